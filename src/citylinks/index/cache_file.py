"""The cache file of the index: where it is kept, its lock, its state."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.index.code_state import checksum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def index_file(directories: Iterable[str], code: str) -> Path:
    """Return the path of the index of these data directories.

    Its name holds them and the state of the code, so that another set of directories,
    or another version, has another file.
    """
    key = checksum("\0".join((*directories, code)))
    return cache_directory() / f"index-{key}.sqlite"


def cache_directory(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of this program in the platform's cache directory.

    By the XDG base directory specification where that holds, which spares a quarter of
    the time that a question takes; platformdirs knows the other platforms.
    """
    if sys.platform == "linux":
        named = environment.get("XDG_CACHE_HOME", "")
        base = named if named.startswith("/") else os.path.expanduser("~/.cache")  # noqa: PTH111
        if not base.startswith("/") or (
            base != named and environment.get("HOME") == ""
        ):
            raise OSError("there is no home directory")
        return Path(base) / "citylinks"
    from platformdirs import user_cache_path

    return user_cache_path("citylinks", appauthor=False)


@contextmanager
def index_lock(folder: Path, patience: float, *, alone: bool = False) -> Iterator[None]:
    """Hold the lock of a folder of indexes: shared to use one, `alone` to remove one.

    SQLite finds the journal of a file by its name: who still used a removed index could
    take the journal of the next for its own. `BlockingIOError` where others hold the
    lock longer than `patience`, in seconds. Where folders cannot be locked, nothing is
    held: Windows removes no file that is open, and network drives have to do without.
    """
    held = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if held is not None:
            _lock(held, time.monotonic() + patience, alone=alone)
        yield
    finally:
        if held is not None:
            os.close(held)


def _lock(folder: int, until: float, *, alone: bool) -> None:
    import fcntl

    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    while True:
        try:
            return fcntl.flock(folder, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.01)
        except OSError:  # a network drive that knows no such lock
            return None


def remove_index(file: Path) -> None:
    """Remove an index file and its journal, under the lock held alone."""
    file.unlink(missing_ok=True)
    Path(f"{file}-journal").unlink(missing_ok=True)


def index_state(file: Path) -> tuple[object, ...]:
    """Return the marks of an index file and its journal, which any change moves."""
    marks: list[object] = []
    for path in (file, f"{file}-journal"):
        try:
            status = os.stat(path)  # noqa: PTH116
            marks += (
                status.st_ino,
                status.st_size,
                status.st_mtime_ns,
                status.st_ctime_ns,
            )
        except OSError:
            marks.append(None)
    return tuple(marks)


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can read, where it is absent."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
