"""The index as an SQLite database: opened, numbered, summed up, and its faults."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from citylinks.index import cache_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.model.field_uses import Fields

PATIENCE = 5.0  # seconds to wait for another process that writes

# What stands in a file is numbered from the file's own number on, entries from the
# middle of that span: a file's rows are made without asking the index, and dropped by a
# range. No file has as many bytes as the span leaves room for.
SPAN = 25  # bits of the numbers within one file
MIDDLE = 1 << 24


def numbers_within(file: int) -> tuple[int, int]:
    """Return the first and the last number of what stands in a file."""
    return file << SPAN, (file + 1 << SPAN) - 1


# -- Opening ------------------------------------------------------------------


def open_in_memory(today: str) -> sqlite3.Connection:
    """Return an index without tables, of this process alone; `today` is an ISO day."""
    return _connect(":memory:", today)


def open_on_disk(path: str, today: str) -> sqlite3.Connection:
    """Open the index file at `path`, made where absent; else a `sqlite3.Error`."""
    cache_file.make_private(Path(path).parent)
    return _connect(path, today)


def copy_index(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of an index that nothing else can see."""
    copy = open_in_memory(connection.execute("SELECT today()").fetchone()[0])
    connection.backup(copy)
    return copy


def _connect(path: str, today: str) -> sqlite3.Connection:
    # Any thread may ask; the store sees to it that it is one at a time.
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    set_today(connection, today)
    connection.create_function("region", 1, _region, deterministic=True)
    connection.create_function(
        "membership", 4, partial(_membership, today), deterministic=True
    )
    connection.create_function("statuses", 4, _statuses, deterministic=True)
    connection.create_function("status_held", 5, _status_held, deterministic=True)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def set_today(connection: sqlite3.Connection, today: str) -> None:
    """Set the day that `today()` is."""
    connection.create_function("today", 0, lambda: today)


# What SQL calls is imported when it does: few questions need it.
def _region(country: str | None) -> str | None:
    from citylinks.geo.countries import region_of_country

    return region_of_country(country)


def _membership(*arguments: str) -> str | None:
    from citylinks.model.validity import membership_sql

    return membership_sql(*arguments)


def _statuses(*arguments: str) -> str:
    from citylinks.model.validity import statuses_sql

    return statuses_sql(*arguments)


def _status_held(*arguments: str) -> str | None:
    from citylinks.model.validity import status_held_sql

    return status_held_sql(*arguments)


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether all tables have been made; one that has only some is a `DatabaseError`.

    How many there must be was noted as its application id when they were made.
    """
    [number] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    [noted] = connection.execute("PRAGMA application_id").fetchone()
    if number != noted:
        raise sqlite3.DatabaseError("some tables are missing from the index")
    return bool(number)


def read_fields(connection: sqlite3.Connection, type_: str) -> Fields:
    """Return the uses of the fields of a type of record, which the index keeps."""
    from citylinks.model.field_uses import fields_from_json

    sql = "SELECT uses FROM field WHERE type = ?"
    return fields_from_json(connection.execute(sql, (type_,)).fetchone()["uses"])


# -- The sum of all pages -----------------------------------------------------

# What SQLite changes in its header on writing, by the first byte and the one behind:
# the counter of changes, `user_version`, which holds the sum, and SQLite's version.
_NOT_SUMMED = ((24, 28), (60, 64), (92, 100))
MOST_SUMMED = 32 * 1024 * 1024  # bytes; of more, the sum would be felt at each change


def note_sum(connection: sqlite3.Connection) -> None:
    """Note the sum of all pages, at the end of the caller's transaction.

    FTS5 writes what it still holds at a savepoint, as it does at the end.
    """
    connection.execute("SAVEPOINT summed")
    connection.execute("RELEASE summed")
    pages_sum = _sum_pages(connection)
    if pages_sum != _noted_sum(connection):
        connection.execute(f"PRAGMA user_version = {pages_sum}")


def check_sum(connection: sqlite3.Connection) -> None:
    """Raise a `sqlite3.DatabaseError` where a page is not as it was written."""
    noted = _noted_sum(connection)
    if noted and noted != _sum_pages(connection):
        raise sqlite3.DatabaseError("a page is not as it was written")


def _noted_sum(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _sum_pages(connection: sqlite3.Connection) -> int:
    """Return the sum of all pages that hold something; 0 where it is not made."""
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    [size] = connection.execute("PRAGMA page_size").fetchone()
    if not pages or pages * size > MOST_SUMMED or not hasattr(connection, "serialize"):
        return 0
    raw = bytearray(connection.serialize())
    for page in _free_pages(raw, size):
        raw[page * size : (page + 1) * size] = bytes(size)
    for first, behind in _NOT_SUMMED:
        raw[first:behind] = bytes(behind - first)
    return (crc32(raw) & 0x7FFFFFFF) or 1


def _free_pages(raw: bytes | bytearray, size: int) -> Iterator[int]:
    """Yield the free pages, counted from 0, whose content SQLite does not keep.

    They stand in a chain of lists, by section 1.5 of the description of its file
    format.
    """
    trunk, seen = _number_at(raw, 32), 0
    while 0 < trunk <= len(raw) // size and seen < len(raw) // size:
        begins = (trunk - 1) * size
        leaves = min(_number_at(raw, begins + 4), size // 4 - 2)
        for place in range(begins + 8, begins + 8 + 4 * leaves, 4):
            leaf = _number_at(raw, place)
            if 0 < leaf <= len(raw) // size:
                yield leaf - 1
        trunk, seen = _number_at(raw, begins), seen + 1


def _number_at(raw: bytes | bytearray, place: int) -> int:
    return int.from_bytes(raw[place : place + 4], "big")


# -- Faults -------------------------------------------------------------------

# Those of the place and of the moment, and not of the content of the index.
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


# What rows lead to that are not as they were written, where SQLite finds no fault.
_OF_ROWS = (AttributeError, LookupError, TypeError, ValueError)


def is_content_fault(fault: Exception) -> bool:
    """Whether another file in the place of the index would not have the fault."""
    if isinstance(fault, sqlite3.Error):
        return sqlite_code(fault) not in _OF_THE_PLACE
    return isinstance(fault, _OF_ROWS)


def sqlite_code(fault: Exception) -> int:
    """Return the primary result code of SQLite; that of damage where it has none."""
    code: int = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF


def log_fault(fault: Exception) -> None:
    """Print why the index on disk is not used, where `CITYLINKS_DEBUG` asks for it."""
    if os.environ.get("CITYLINKS_DEBUG"):
        with suppress(OSError):
            sys.stderr.write(f"citylinks: index: {fault!r}\n")
