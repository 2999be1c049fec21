"""The index file: opened, brought up to date, waited for, mended, removed.

Whatever has become of it, there is an index to ask: this one, one made anew, or one in
memory.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import closing, suppress
from datetime import date
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from citylinks.errors import CitylinksError, UsageError
from citylinks.files import paths
from citylinks.index import cache_file, code_state, tables
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    Progress = Callable[[int, int], None]

Done = TypeVar("Done")


class OpenIndex(NamedTuple):
    """An index file that is open; `inode` tells it from one that came in its place."""

    connection: sqlite3.Connection
    file: Path
    inode: int


def open_index(
    directories: Sequence[str], progress: Progress | None = None
) -> OpenIndex:
    """Return the index of the data directories, brought up to date; made anew where
    damaged.

    Where it cannot be kept, that is a `sqlite3.Error` or an `OSError`. `progress` is
    told how many bytes have been read, of how many.
    """
    file = cache_file.index_file(directories, code_state.code_state())
    cache_file.make_private(file.parent)
    with _lock_of(file):
        try:
            return _brought_up_to_date(file, directories, progress)
        except Exception as fault:
            if not is_of_the_content(fault):
                raise
            log_fault(fault)
            state = cache_file.index_state(file)
    remove_damaged(file, state)
    with _lock_of(file):
        return _brought_up_to_date(file, directories, progress)


def index_in_memory(
    directories: Sequence[str], progress: Progress | None = None
) -> sqlite3.Connection:
    """Return an index that is made of the files and kept nowhere."""
    connection = tables.open_in_memory(today())
    try:
        _refresh(connection, tables.scan_folders(directories), progress)
    except BaseException:
        connection.close()
        raise
    return connection


def ask_in_place(
    opened: OpenIndex,
    directories: Sequence[str],
    work: Callable[[], Done],
    *,
    renews: bool = False,
) -> Done:
    """Do what asks an open index; `OSError` where its file has been removed.

    With `renews`, it is first brought up to date with the disk.
    """
    with _lock_of(opened.file):
        if not is_there(opened):
            raise OSError("the index was removed")
        if renews:
            _renew(opened.connection, opened.file, directories)
        return _patiently(opened.file, directories, work)


def is_there(opened: OpenIndex) -> bool:
    """Whether the file of an open index is in its place, and no other."""
    try:
        return opened.file.stat().st_ino == opened.inode
    except FileNotFoundError:
        return False


def renew_in_memory(connection: sqlite3.Connection, directories: Sequence[str]) -> None:
    """Bring an index in memory up to date with the disk."""
    if found := _other(connection, directories):
        _refresh(connection, found, None)


def today() -> str:
    """Return the ISO day on which it is asked: `CITYLINKS_TODAY` where that is set."""
    given = os.environ.get("CITYLINKS_TODAY")
    try:
        return (
            date.fromisoformat(given).isoformat() if given else date.today().isoformat()
        )
    except ValueError:
        raise UsageError(
            f"CITYLINKS_TODAY is '{given}', not a day such as 2026-11-22"
        ) from None


def _lock_of(file: Path, *, alone: bool = False) -> AbstractContextManager[None]:
    return cache_file.index_lock(file.parent, tables.PATIENCE, alone=alone)


def _brought_up_to_date(
    file: Path, directories: Sequence[str], progress: Progress | None
) -> OpenIndex:
    connection = _patiently(
        file, directories, lambda: tables.open_on_disk(str(file), today())
    )
    try:
        _renew(connection, file, directories, progress)
    except BaseException as fault:
        connection.close()
        if isinstance(fault, sqlite3.OperationalError):
            _take_back(file)
        raise
    return OpenIndex(connection, file, file.stat().st_ino)


def _renew(
    connection: sqlite3.Connection,
    file: Path,
    directories: Sequence[str],
    progress: Progress | None = None,
) -> None:
    """Bring an open index up to date with the disk, unless another process does so now."""
    while found := _patiently(
        file, directories, lambda: _other(connection, directories)
    ):
        if _is_free(connection):
            _patiently(
                file, directories, partial(_refresh, connection, found, progress)
            )
            break
        _patiently(file, directories, lambda: _take_turn(connection, tables.PATIENCE))


def _take_back(file: Path) -> None:
    """Have SQLite undo what a full disk cut short, as it does on opening: the room is
    others'.
    """
    with suppress(sqlite3.Error):
        tables.open_on_disk(str(file), today()).close()


def _other(
    connection: sqlite3.Connection, directories: Sequence[str]
) -> list[tables.ScannedFolder]:
    """Return the folders as they are now; nothing where the rows were made of just
    these.
    """
    found = tables.scan_folders(directories)
    return [] if tables.is_fresh(connection, found) else found


def _refresh(
    connection: sqlite3.Connection,
    found: Sequence[tables.ScannedFolder],
    progress: Progress | None,
) -> None:
    from citylinks.index.build import refresh_index

    refresh_index(connection, found, progress)


# -- Waiting for others -------------------------------------------------------


def _patiently(
    file: Path, directories: Sequence[str], work: Callable[[], Done]
) -> Done:
    """Do what needs the index file, and while another process writes it, wait.

    For as long as that one gets on, which shows in the file; where it does not, for as
    long as it would take to read all the data here.
    """
    since = time.monotonic()
    while True:
        before = cache_file.index_state(file)
        try:
            return work()
        except sqlite3.OperationalError as fault:
            if _code(fault) != sqlite3.SQLITE_BUSY:
                raise
            if cache_file.index_state(file) != before:
                since = time.monotonic()
            elif time.monotonic() - since >= _time_to_read(directories):
                raise


def _is_free(connection: sqlite3.Connection) -> bool:
    """Whether nobody writes the index: who waits for another has not imported `build`
    for it.
    """
    try:
        _take_turn(connection, 0)
    except sqlite3.OperationalError as fault:
        if _code(fault) != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {tables.PATIENCE * 1000:.0f}")
    return True


def _take_turn(connection: sqlite3.Connection, patience: float) -> None:
    """Be for a moment the one that may write; `sqlite3.OperationalError` after so many
    seconds.
    """
    connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _time_to_read(directories: Sequence[str]) -> float:
    """Return the seconds that a small machine may need for all files: one a megabyte."""
    found = (
        path for directory in directories for path in Path(directory).rglob("*.yaml")
    )
    return tables.PATIENCE + sum(path.lstat().st_size for path in found) / 1_000_000


# -- Faults -------------------------------------------------------------------

# Those of the place and of the moment, and not of what stands in the index.
_OF_THE_PLACE = frozenset(
    (
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
    )
)


# What rows bring about that are not as they were written, where SQLite finds no fault
# in them.
_OF_ROWS = (AttributeError, LookupError, TypeError, ValueError)


def is_of_the_content(fault: Exception) -> bool:
    """Whether another file in the place of the index would not have the fault."""
    if isinstance(fault, sqlite3.Error):
        return _code(fault) not in _OF_THE_PLACE
    return isinstance(fault, _OF_ROWS)


def _code(fault: sqlite3.Error) -> int:
    """Return the primary result code of SQLite; that of damage where it says none."""
    code: int = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF


def log_fault(fault: Exception) -> None:
    """Say why the index on disk is not used, to those who want to know."""
    if os.environ.get("CITYLINKS_DEBUG"):
        with suppress(OSError):
            sys.stderr.write(f"citylinks: index: {fault!r}\n")


def remove_damaged(file: Path, state: tuple[object, ...]) -> None:
    """Remove an index that was found damaged in this state, unless another process was
    quicker.
    """
    until = time.monotonic() + tables.PATIENCE
    while cache_file.index_state(file) == state:
        try:
            with cache_file.index_lock(file.parent, 0.1, alone=True):
                if cache_file.index_state(file) == state:
                    cache_file.remove_index(file)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise


# -- For the curious ----------------------------------------------------------

_IN_USE = "the index is in use by another process; try again when that has ended"


def cache_path(directories: Sequence[str]) -> Path:
    """Return where the index of the data directories is kept."""
    try:
        return cache_file.index_file(directories, code_state.code_state())
    except OSError as fault:
        raise CitylinksError(f"the index is kept in memory: {fault}") from None


def cache_status(directories: Sequence[str]) -> str:
    """Return in words how the index of the data directories stands."""
    file = cache_path(directories)
    if not os.path.lexists(file):
        return "not made yet"
    try:
        with (
            _lock_of(file),
            closing(tables.open_on_disk(str(file), today())) as connection,
        ):
            return f"{_status(connection, directories)}, {file.stat().st_size} bytes"
    except (sqlite3.Error, OSError) as fault:
        return f"cannot be used ({_why(fault)})"


def _status(connection: sqlite3.Connection, directories: Sequence[str]) -> str:
    if not tables.has_tables(connection):
        return "not made yet"
    [fault] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if fault != "ok":
        return f"damaged ({' '.join(fault.split())})"
    try:
        tables.check_sum(connection)
    except sqlite3.DatabaseError as wrong:
        return f"damaged ({wrong})"
    [count] = connection.execute("SELECT count(*) FROM record").fetchone()
    state = "fresh" if not _other(connection, directories) else "to be refreshed"
    return f"{state}, {number_of(count, 'record')}"


def rebuild_cache(directories: Sequence[str], progress: Progress | None = None) -> None:
    """Make the index of the data directories anew; `CitylinksError` where it cannot be
    kept.
    """
    file = cache_path(directories)
    try:
        cache_file.make_private(file.parent)
        with _lock_of(file, alone=True):
            cache_file.remove_index(file)
        open_index(directories, progress).connection.close()
    except BlockingIOError:
        raise CitylinksError(_IN_USE) from None
    except (sqlite3.Error, OSError) as fault:
        raise CitylinksError(f"the index cannot be kept: {_why(fault)}") from None


def clear_caches(directories: Sequence[str] = ()) -> int:
    """Remove the index files of all data directories and versions; return how many
    there were.

    Where data directories are named, only theirs of this version.
    """
    try:
        folder = cache_file.cache_directory()
        if not paths.is_folder(folder):
            return 0
        with cache_file.index_lock(folder, tables.PATIENCE, alone=True):
            named = (
                [cache_file.index_file(directories, code_state.code_state())]
                if directories
                else None
            )
            names = sorted(os.listdir(folder))  # noqa: PTH208 - glob finds nothing where it may not
            found = [folder / name for name in names if fnmatch(name, "index-*.sqlite")]
            files = [
                file
                for file in found
                if not file.is_dir() and (not named or file in named)
            ]
            for file in files:
                cache_file.remove_index(file)
    except BlockingIOError:
        raise CitylinksError(_IN_USE) from None
    except OSError as fault:
        raise CitylinksError(f"the index cannot be removed: {_why(fault)}") from None
    return len(files)


def _why(fault: Exception) -> str:
    if isinstance(fault, sqlite3.Error) and _code(fault) == sqlite3.SQLITE_BUSY:
        return "another process writes it"
    return getattr(fault, "strerror", None) or str(fault)
