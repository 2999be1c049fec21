"""What is being written beside its place, and what a kill has left of that.

It is locked for as long as it is written. So what nobody holds was left by a command
that was killed, and the next that writes to the same place removes it.
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

MARK = ".citylinks-"
_LONGEST = 180  # bytes of a name that stand in that of what is unfinished


@contextmanager
def file_beside(place: Path, suffix: str = "") -> Iterator[Path]:
    """Yield a new file beside a place, to be moved there; what is not moved is removed."""
    _remove_left(place)
    temporary, held = _new_file(place, suffix)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
        _let_go(held)


@contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """Yield a new folder beside a place, to be moved there; what is not moved is
    removed.
    """
    _remove_left(place)
    temporary, held = _new_folder(place)
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _let_go(held)


def _begins(place: Path) -> str:
    """Return how the names of what is unfinished begin, so that a person knows whose it
    is.
    """
    name = os.fsdecode(os.fsencode(place.name)[:_LONGEST])
    return f".{name}{MARK}"


def _new_file(place: Path, suffix: str) -> tuple[Path, int | None]:
    while True:
        handle, name = tempfile.mkstemp(suffix, _begins(place), place.parent)
        if sys.platform == "win32":  # where what is open cannot be moved
            os.close(handle)
            return Path(name), None
        if _is_ours(handle, name):
            return Path(name), handle
        os.close(handle)


def _new_folder(place: Path) -> tuple[Path, int | None]:
    while True:
        name = tempfile.mkdtemp(prefix=_begins(place), dir=place.parent)
        if sys.platform == "win32":
            return Path(name), None
        with suppress(FileNotFoundError):  # another took it for what was left
            handle = os.open(name, os.O_RDONLY)
            if _is_ours(handle, name):
                return Path(name), handle
            os.close(handle)


def _is_ours(handle: int, name: str) -> bool:
    """Lock what is new; False where another took it for what was left, and has removed
    it.
    """
    _lock(handle, waits=True)
    with suppress(FileNotFoundError):
        return Path(name).stat().st_ino == os.fstat(handle).st_ino
    return False


def _let_go(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def _lock(handle: int, *, waits: bool) -> bool:
    """Lock an open file or folder; False where another holds it, or nothing can be
    locked.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _remove_left(place: Path) -> None:
    """Remove what killed commands have left beside a place; what cannot be, does no
    harm.
    """
    begins = _begins(place)
    with suppress(OSError), os.scandir(place.parent) as found:
        for entry in found:
            if entry.name.startswith(begins):
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
