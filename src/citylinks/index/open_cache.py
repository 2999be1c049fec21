"""The cache file while it is open: brought up to date, waited for, made anew."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from citylinks.dates.today import today
from citylinks.index import cache_file, code_state, database, freshness
from citylinks.index.database import is_content_fault, log_fault, sqlite_code

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from citylinks.index.freshness import ScannedFolder

    Progress = Callable[[int, int], None]

Result = TypeVar("Result")


def open_cache(
    directories: Sequence[str], progress: Progress | None = None
) -> OpenCache:
    """Return the index of the data directories, up to date; made anew where damaged.

    Where it cannot be kept, that is a `sqlite3.Error` or an `OSError`. `progress` is
    called with how many bytes have been read, of how many.
    """
    file = cache_file.index_file(directories, code_state.rows_state())
    cache_file.make_private(file.parent)
    with share_lock(file):
        try:
            return OpenCache(file, directories, progress)
        except Exception as fault:
            if not is_content_fault(fault):
                raise
            log_fault(fault)
            state = cache_file.index_state(file)
    remove_damaged(file, state)
    with share_lock(file):
        return OpenCache(file, directories, progress)


def share_lock(file: Path) -> AbstractContextManager[None]:
    """Hold the lock of all who use an index: nobody removes it meanwhile."""
    return cache_file.index_lock(file.parent, database.PATIENCE)


def remove_damaged(file: Path, state: tuple[object, ...]) -> None:
    """Remove an index that was found damaged in this state.

    Unless another process was quicker, and it is in another state by now.
    """
    until = time.monotonic() + database.PATIENCE
    while cache_file.index_state(file) == state:
        try:
            with cache_file.index_lock(file.parent, 0.1, alone=True):
                if cache_file.index_state(file) == state:
                    cache_file.remove_index(file)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise


def stale_folders(
    connection: sqlite3.Connection, directories: Sequence[str]
) -> list[ScannedFolder]:
    """Return the folders as they are now; none where the rows are made of these."""
    folders = freshness.scan_folders(directories)
    if freshness.is_fresh(connection, folders):
        return []
    return folders


def refresh(
    connection: sqlite3.Connection,
    folders: Sequence[ScannedFolder],
    progress: Progress | None = None,
) -> None:
    """Make the rows of folders; what reads files is imported only now."""
    from citylinks.index.refresh import refresh_index

    refresh_index(connection, folders, progress)


class OpenCache:
    """A cache file that is open, under the lock of those who use it.

    Its inode tells it from a file that came in its place.
    """

    def __init__(
        self, file: Path, directories: Sequence[str], progress: Progress | None = None
    ) -> None:
        self.file = file
        self._directories = directories
        self.connection = self._patiently(
            lambda: database.open_on_disk(str(file), today())
        )
        try:
            self._refresh(progress)
            self._inode = file.stat().st_ino
        except BaseException as fault:
            self.connection.close()
            if isinstance(fault, sqlite3.OperationalError):
                _take_back(file)
            raise

    def is_in_place(self) -> bool:
        """Whether the file is where it was, and no other."""
        try:
            return self.file.stat().st_ino == self._inode
        except FileNotFoundError:
            return False

    def ask(self, question: Callable[[], Result], *, refreshes: bool) -> Result:
        """Return the answer to a question; `OSError` where the file was removed."""
        with share_lock(self.file):
            if not self.is_in_place():
                raise OSError("the index was removed")
            if refreshes:
                self._refresh()
            return self._patiently(question)

    def _refresh(self, progress: Progress | None = None) -> None:
        """Bring the index up to date, unless another process does so now."""
        while folders := self._patiently(self._stale_folders):
            if _is_free(self.connection):
                self._patiently(lambda: refresh(self.connection, folders, progress))
                break
            self._patiently(lambda: _take_turn(self.connection, database.PATIENCE))

    def _stale_folders(self) -> list[ScannedFolder]:
        return stale_folders(self.connection, self._directories)

    def _patiently(self, work: Callable[[], Result]) -> Result:
        """Do what needs the file, and while another process writes it, wait.

        For as long as that one gets on, which shows in the file; where it does not, for
        as long as it would take to read all the data here.
        """
        since = time.monotonic()
        while True:
            before = cache_file.index_state(self.file)
            try:
                return work()
            except sqlite3.OperationalError as fault:
                if sqlite_code(fault) != sqlite3.SQLITE_BUSY:
                    raise
                if cache_file.index_state(self.file) != before:
                    since = time.monotonic()
                elif time.monotonic() - since >= _time_to_read(self._directories):
                    raise


def _is_free(connection: sqlite3.Connection) -> bool:
    """Whether nobody writes the index.

    Who waits for another has not imported what reads files for it.
    """
    try:
        _take_turn(connection, 0)
    except sqlite3.OperationalError as fault:
        if sqlite_code(fault) != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {database.PATIENCE * 1000:.0f}")
    return True


def _take_turn(connection: sqlite3.Connection, patience: float) -> None:
    """Be for a moment the one that may write.

    `sqlite3.OperationalError` where others write for longer than so many seconds.
    """
    connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _time_to_read(directories: Sequence[str]) -> float:
    """Return the seconds that a small machine may need for all files.

    A second is enough for a megabyte.
    """
    size = 0
    for directory in directories:
        for path in Path(directory).rglob("*.yaml"):
            size += path.lstat().st_size
    return database.PATIENCE + size / 1_000_000


def _take_back(file: Path) -> None:
    """Have SQLite undo what a full disk cut short, as it does on opening.

    The room on the disk is others'.
    """
    with suppress(sqlite3.Error):
        database.open_on_disk(str(file), today()).close()
