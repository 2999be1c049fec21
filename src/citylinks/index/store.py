"""The Store: an index to ask, whatever becomes of the files and of the cache file."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from citylinks.dates import DateError
from citylinks.dates.today import today
from citylinks.errors import CitylinksError, ClosedError, UsageError
from citylinks.files import paths
from citylinks.index import cache_file, database
from citylinks.index.open_cache import (
    open_cache,
    refresh,
    remove_damaged,
    stale_folders,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citylinks.index.open_cache import OpenCache, Progress

Answer = TypeVar("Answer")

# To write is to keep what was found out, if it can be kept; in a trial the index is
# changed, and all of that undone at the end.
Mode = Literal["read", "write", "trial"]


class Snapshot(NamedTuple):
    """The index for one question: nobody's writing comes in between.

    `is_writing` where what is found out may be kept in it.
    """

    connection: sqlite3.Connection
    directories: tuple[str, ...]
    is_writing: bool = False


class Store:
    """The index of data directories, kept in a cache file or, failing that, in memory.

    A live one looks at the files before each question and reads again what differs. Any
    thread may ask; one question is answered at a time.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        directories: Sequence[str] = (),
        cache: OpenCache | None = None,
        *,
        is_live: bool = True,
    ) -> None:
        self.directories = tuple(directories)
        self._is_live = is_live and bool(directories)
        self._connection = connection
        self._cache = cache
        self._today = ""
        self._lock = threading.Lock()
        self._is_closed = False

    @classmethod
    def open(
        cls,
        directories: Sequence[str],
        progress: Progress | None = None,
        *,
        is_live: bool = True,
    ) -> Store:
        """Open the index in its cache file, or one in memory where that cannot be.

        `progress` is called with how many bytes have been read, of how many.
        """
        try:
            cache = open_cache(directories, progress)
            return cls(cache.connection, directories, cache, is_live=is_live)
        except UsageError:
            raise
        except Exception as fault:
            # Also a ReadError: what fails once is tried once more.
            database.log_fault(fault)
            return cls.in_memory(directories, progress, is_live=is_live)

    @classmethod
    def in_memory(
        cls,
        directories: Sequence[str],
        progress: Progress | None = None,
        *,
        is_live: bool = True,
    ) -> Store:
        """Make an index of the files that is kept nowhere."""
        connection = _index_in_memory(directories, progress)
        return cls(connection, directories, is_live=is_live)

    def ask(
        self, question: Callable[[Snapshot], Answer], mode: Mode = "read"
    ) -> Answer:
        """Return the answer to a question, from one snapshot of the files.

        Where the index on disk fails, it is from one in memory.
        """
        with self._lock:
            self.refuse_closed()
            if self._is_live:
                paths.refuse_missing(self.directories)
                self._turn_to(today())
            if self._cache is None:
                return self._ask_in_memory(question, mode)
            return self._ask_on_disk(self._cache, question, mode)

    def close(self) -> None:
        """Let go of the index, once a question that another thread asks is answered."""
        with self._lock:
            self._connection.close()
            self._is_closed = True

    def refuse_closed(self) -> None:
        """Raise a `ClosedError` after `close`."""
        if self._is_closed:
            raise ClosedError(
                "the knowledge base is closed; open it again to ask a question"
            )

    def __del__(self) -> None:
        """Let go of the index that nobody can ask any more."""
        self._connection.close()

    def _turn_to(self, day: str) -> None:
        """Set the day, which may be another than when the index was opened."""
        if day != self._today:
            database.set_today(self._connection, day)
        self._today = day

    def _ask_in_memory(
        self, question: Callable[[Snapshot], Answer], mode: Mode
    ) -> Answer:
        if self._is_live:
            folders = stale_folders(self._connection, self.directories)
            if folders:
                refresh(self._connection, folders)
        return self._answer(self._connection, question, mode)

    def _ask_on_disk(
        self, cache: OpenCache, question: Callable[[Snapshot], Answer], mode: Mode
    ) -> Answer:
        """Ask the index on disk, opened again where it was removed.

        Whatever fails there and not in memory is the fault of the index: of damaged
        rows SQLite need not know that they are damaged.
        """
        try:
            if self._is_live and not cache.is_in_place():
                cache = open_cache(self.directories)
                self._replace(cache.connection, cache)
            return cache.ask(
                lambda: self._answer(cache.connection, question, mode),
                refreshes=self._is_live,
            )
        except Exception as fault:
            if _is_of_the_question(fault):
                raise
            database.log_fault(fault)
            state = cache_file.index_state(cache.file)
            self._replace(_index_in_memory(self.directories), None)
            answer = self._answer(self._connection, question, mode)
            if database.is_content_fault(fault):
                with suppress(OSError):
                    remove_damaged(cache.file, state)
            return answer

    def _answer(
        self,
        connection: sqlite3.Connection,
        question: Callable[[Snapshot], Answer],
        mode: Mode,
    ) -> Answer:
        if mode == "trial":
            with _trial(connection) as changeable:
                return question(Snapshot(changeable, self.directories))
        with _transaction(connection, writes=mode == "write") as is_writing:
            return question(Snapshot(connection, self.directories, is_writing))

    def _replace(self, connection: sqlite3.Connection, cache: OpenCache | None) -> None:
        """Ask another index from now on."""
        self._connection.close()
        self._connection, self._cache = connection, cache


def _index_in_memory(
    directories: Sequence[str], progress: Progress | None = None
) -> sqlite3.Connection:
    connection = database.open_in_memory(today())
    try:
        refresh(connection, stale_folders(connection, directories), progress)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_of_the_question(fault: Exception) -> bool:
    """Whether a fault would be there with any index.

    A date that is none is one of damaged rows.
    """
    if isinstance(fault, DateError):
        return False
    return isinstance(fault, (CitylinksError, sqlite3.ProgrammingError))


# -- Snapshots ----------------------------------------------------------------


@contextmanager
def _transaction(connection: sqlite3.Connection, *, writes: bool) -> Iterator[bool]:
    """Hold the index as it is; yield whether it can be written, if one writes."""
    is_writing = writes and _begin_writing(connection)
    if not is_writing:
        connection.execute("BEGIN")
    try:
        yield is_writing
    except BaseException:
        _end(connection, "ROLLBACK")
        raise
    _end(connection, "COMMIT")


@contextmanager
def _trial(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Yield an index that may be changed: nobody else sees that, and it is undone.

    Where the index cannot be written now, it is a copy.
    """
    if _begin_writing(connection):
        try:
            yield connection
        finally:
            _end(connection, "ROLLBACK")
        return
    copy = database.copy_index(connection)
    copy.execute("BEGIN")
    try:
        yield copy
    finally:
        copy.close()


def _begin_writing(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:  # another writes, or nobody may
        return False
    return True


def _end(connection: sqlite3.Connection, statement: str) -> None:
    if connection.in_transaction:
        connection.execute(statement)
