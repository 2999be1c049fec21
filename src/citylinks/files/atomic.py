"""Files and folders written whole or not at all: beside their place, then moved there.

What is unfinished is locked. So what nobody holds was left by a command that was
killed, and the next that writes to the same place removes it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW_FILE = 0o666  # the permissions that a new file has, but for the umask
NEW_FOLDER = 0o777

MARK = ".citylinks-"
_LONGEST = 180  # bytes of a name that stand in that of what is unfinished


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all, with the permissions that it had."""
    mode = usual_mode(NEW_FILE)
    if path.exists():
        mode = path.stat().st_mode & 0o777
    with file_beside(path) as temporary:
        temporary.write_bytes(raw)
        temporary.chmod(mode)
        temporary.replace(path)


def usual_mode(mode: int) -> int:
    """Return the permissions that the user's umask leaves of `mode`."""
    mask = os.umask(0)
    os.umask(mask)
    return mode & ~mask


@contextmanager
def file_beside(place: Path, suffix: str = "") -> Iterator[Path]:
    """Yield a new file beside a place, to be moved there; else it is removed."""
    _remove_left(place)
    temporary, held = _new_file(place, suffix)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        _let_go(held)


@contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """Yield a new folder beside a place, to be moved there; else it is removed."""
    _remove_left(place)
    temporary, held = _new_folder(place)
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _let_go(held)


def _prefix(place: Path) -> str:
    """Return the beginning of the names of unfinished things, after their place."""
    name = os.fsdecode(os.fsencode(place.name)[:_LONGEST])
    return f".{name}{MARK}"


def _new_file(place: Path, suffix: str) -> tuple[Path, int | None]:
    while True:
        handle, name = tempfile.mkstemp(suffix, _prefix(place), place.parent)
        if sys.platform == "win32":  # where what is open cannot be moved
            os.close(handle)
            return Path(name), None
        if _is_ours(handle, name):
            return Path(name), handle
        os.close(handle)


def _new_folder(place: Path) -> tuple[Path, int | None]:
    while True:
        name = tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent)
        if sys.platform == "win32":
            return Path(name), None
        with suppress(FileNotFoundError):  # another took it for what was left
            handle = os.open(name, os.O_RDONLY)
            if _is_ours(handle, name):
                return Path(name), handle
            os.close(handle)


def _is_ours(handle: int, name: str) -> bool:
    """Lock what is new; False where another took it for left over, and removed it."""
    _lock(handle, waits=True)
    with suppress(FileNotFoundError):
        return Path(name).stat().st_ino == os.fstat(handle).st_ino
    return False


def _let_go(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def _lock(handle: int, *, waits: bool) -> bool:
    """Lock an open file or folder; False where another holds it, or nobody can."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _remove_left(place: Path) -> None:
    """Remove what killed commands have left beside a place, as far as it goes."""
    prefix = _prefix(place)
    with suppress(OSError), os.scandir(place.parent) as listing:
        for entry in listing:
            if entry.name.startswith(prefix):
                with suppress(OSError):
                    _remove_unless_held(entry)


def _remove_unless_held(entry: os.DirEntry[str]) -> None:
    handle = os.open(entry.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        if not _lock(handle, waits=False):
            return
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            Path(entry.path).unlink()
    finally:
        os.close(handle)
