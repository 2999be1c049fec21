"""The cache files for the curious: where they are, their state, made anew, removed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from citylinks.dates.today import today
from citylinks.errors import CitylinksError
from citylinks.files import paths
from citylinks.index import cache_file, code_state, database
from citylinks.index.open_cache import open_cache, share_lock, stale_folders
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citylinks.index.open_cache import Progress

_IN_USE = "another process is using the index; try again when it has finished"


def cache_path(directories: Sequence[str]) -> Path:
    """Return the path of the cache file of the data directories."""
    try:
        return cache_file.index_file(directories, code_state.rows_state())
    except OSError as fault:
        raise CitylinksError(f"the index is kept in memory: {fault}") from None


def cache_status(directories: Sequence[str]) -> str:
    """Return the state of the index of the data directories, in words."""
    file = cache_path(directories)
    if not os.path.lexists(file):
        return "not made yet"
    try:
        with (
            share_lock(file),
            closing(database.open_on_disk(str(file), today())) as connection,
        ):
            return f"{_status(connection, directories)}, {file.stat().st_size} bytes"
    except (sqlite3.Error, OSError) as fault:
        return f"cannot be used ({_reason(fault)})"


def _status(connection: sqlite3.Connection, directories: Sequence[str]) -> str:
    if not database.has_tables(connection):
        return "not made yet"
    [damage] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if damage != "ok":
        return f"damaged ({' '.join(damage.split())})"
    try:
        database.check_sum(connection)
    except sqlite3.DatabaseError as fault:
        return f"damaged ({fault})"
    [count] = connection.execute("SELECT count(*) FROM record").fetchone()
    is_stale = stale_folders(connection, directories)
    state = "to be refreshed" if is_stale else "fresh"
    return f"{state}, {number_of(count, 'record')}"


def rebuild_cache(directories: Sequence[str], progress: Progress | None = None) -> None:
    """Make the index anew; a `CitylinksError` where it cannot be kept."""
    file = cache_path(directories)
    try:
        cache_file.make_private(file.parent)
        with cache_file.index_lock(file.parent, database.PATIENCE, alone=True):
            cache_file.remove_index(file)
        open_cache(directories, progress).connection.close()
    except BlockingIOError:
        raise CitylinksError(_IN_USE) from None
    except (sqlite3.Error, OSError) as fault:
        raise CitylinksError(f"the index cannot be kept: {_reason(fault)}") from None


def clear_caches(directories: Sequence[str] = ()) -> int:
    """Remove all index files, of any data and version; return how many there were.

    Where data directories are named, only theirs of this version.
    """
    try:
        folder = cache_file.cache_directory()
        if not paths.is_folder(folder):
            return 0
        with cache_file.index_lock(folder, database.PATIENCE, alone=True):
            files = _index_files(folder)
            if directories:
                named = cache_file.index_file(directories, code_state.rows_state())
                files = [file for file in files if file == named]
            for file in files:
                cache_file.remove_index(file)
    except BlockingIOError:
        raise CitylinksError(_IN_USE) from None
    except OSError as fault:
        raise CitylinksError(f"the index cannot be removed: {_reason(fault)}") from None
    return len(files)


def _index_files(folder: Path) -> list[Path]:
    files: list[Path] = []
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - glob finds nothing where it may not
        file = folder / name
        if fnmatch(name, "index-*.sqlite") and not file.is_dir():
            files.append(file)
    return files


def _reason(fault: Exception) -> str:
    is_of_sqlite = isinstance(fault, sqlite3.Error)
    if is_of_sqlite and database.sqlite_code(fault) == sqlite3.SQLITE_BUSY:
        return "another process is writing it"
    return getattr(fault, "strerror", None) or str(fault)
