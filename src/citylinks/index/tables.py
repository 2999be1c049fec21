"""The tables that every answer is asked of: one SQLite file, or the same in memory.

This is the index as it is read: where it is, whether it is fresh. `build` writes it.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, AnyStr, NamedTuple
from zlib import crc32

from citylinks.files import paths
from citylinks.geo import countries
from citylinks.index import cache_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Every record stands once in `record` with its whole body as JSON, under each name that
# it has in `label`, and once in `ref` for each other record that it names. Everything
# dated in it is a row of `entry`: what an event says is its record, what else there is
# says `body`, written as in a record. `concerned` says whom and what an entry is about:
# of an event what its record names, of others `entry_ref`. The entry of an event has
# the number of its record, and no other entry has a number that a record has. Days are
# ISO text, so that they compare as text; `dates` says how a side without bound does.
# `sort_key` and `reverse_key` are what a date sorts by. What holds beyond its date, a
# tie, a paper, a membership, has the last day on which it may and the last on which it
# surely does as `until_latest` and `until_surely`. `named` and `titled` hold the words
# of a record under its number, those with a title apart, since they are so many;
# `trigrams` the folded names of the others under the number of their label, with a mark
# at either end, for what was mistyped. `evidence` has, of a city, a partnership or an
# event, how many sources it has, how many fields each of them carries and how many of
# these no other does; under the empty id, how many fields it has and how many no source
# carries. Nothing here is copied from another record.
#
# `file` and `folder`, whose paths are bytes as the system has them, are what the disk
# was like when the rows were made: each file, and a sum for each part of a folder that
# holds files. A file is settled once it has not been touched for a while before it was
# read; until then only its content can tell. `lost` are the ids that a file gives to
# what is no record here, for its errors or because another file gives them too.
# `unlisted` are the folders whose files are not known, with each type of record that
# they may hold; `left_out` and `partial` say with them of which types something was
# left out, and of which more ids may be given than were read. `problem` holds what was
# found reading a file and, once somebody has asked, in its records and between them;
# `checked` says of which files that stands, and of all together as file 0. What stands
# in a file is numbered from `no << SPAN` on, entries from the middle of that span: no
# file has as many bytes as that leaves room for.
TABLES = (
    "CREATE TABLE folder (path BLOB NOT NULL, part INTEGER NOT NULL, state INTEGER,"
    " PRIMARY KEY (path, part)) WITHOUT ROWID",
    "CREATE TABLE file (no INTEGER PRIMARY KEY, folder BLOB NOT NULL, part INTEGER NOT NULL,"
    " path BLOB NOT NULL UNIQUE, type TEXT NOT NULL, stamp TEXT NOT NULL,"
    " is_settled INTEGER NOT NULL, hash BLOB NOT NULL, is_left_out INTEGER NOT NULL,"
    " is_partial INTEGER NOT NULL, ignores TEXT)",
    "CREATE TABLE unlisted (path BLOB NOT NULL, type TEXT NOT NULL,"
    " PRIMARY KEY (path, type)) WITHOUT ROWID",
    "CREATE TABLE lost (file INTEGER NOT NULL, document INTEGER NOT NULL, type TEXT NOT NULL,"
    " id TEXT NOT NULL)",
    "CREATE TABLE problem (file INTEGER NOT NULL, found TEXT NOT NULL, rule TEXT NOT NULL,"
    " line INTEGER NOT NULL, column INTEGER NOT NULL, message TEXT NOT NULL, help TEXT)",
    "CREATE TABLE checked (file INTEGER PRIMARY KEY, state TEXT NOT NULL)",
    "CREATE TABLE record (no INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, name TEXT,"
    " kind TEXT, country TEXT, level TEXT, status TEXT, date TEXT, earliest TEXT, latest TEXT,"
    " begun_by TEXT, lasts_until TEXT, sort_key TEXT, over TEXT, document INTEGER NOT NULL,"
    " body TEXT NOT NULL,"
    " UNIQUE (type, id))",
    "CREATE TABLE label (no INTEGER PRIMARY KEY, record INTEGER NOT NULL, text TEXT NOT NULL,"
    " folded TEXT NOT NULL, reason TEXT NOT NULL)",
    "CREATE TABLE ref (record INTEGER NOT NULL, position INTEGER NOT NULL, relation TEXT NOT NULL,"
    " type TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (record, position))"
    " WITHOUT ROWID",
    "CREATE TABLE entry (no INTEGER PRIMARY KEY, record INTEGER NOT NULL, path TEXT NOT NULL,"
    " kind TEXT NOT NULL, detail TEXT, date TEXT, earliest TEXT, latest TEXT, begun_by TEXT,"
    " lasts_until TEXT, sort_key TEXT, reverse_key TEXT, until_latest TEXT, until_surely TEXT,"
    " is_general INTEGER NOT NULL, listed_source TEXT, listed_position INTEGER, body TEXT)",
    "CREATE TABLE entry_ref (entry INTEGER NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL,"
    " id TEXT NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID",
    "CREATE TABLE evidence (record INTEGER NOT NULL, source TEXT NOT NULL, type TEXT NOT NULL,"
    " sources INTEGER NOT NULL, fields INTEGER NOT NULL, alone INTEGER NOT NULL,"
    " PRIMARY KEY (record, source)) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE named USING fts5 (name, alias, text, content = '', columnsize = 0,"
    " tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE titled USING fts5 (title, text, content = '', columnsize = 0,"
    " tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE trigrams USING fts5 (label, content = '', columnsize = 0,"
    " detail = 'none', tokenize = 'trigram')",
)
VIEWS = (
    "CREATE VIEW left_out AS SELECT path, type FROM file WHERE is_left_out"
    " UNION ALL SELECT path, type FROM unlisted",
    "CREATE VIEW partial AS SELECT type FROM file WHERE is_partial"
    " UNION ALL SELECT type FROM unlisted",
    "CREATE VIEW concerned AS SELECT type, id, entry FROM entry_ref"
    " UNION ALL SELECT type, id, record FROM ref WHERE relation IN ('cities', 'place',"
    " 'partnerships', 'series', 'organizations', 'themes', 'sources')",
    "CREATE VIEW theme_within AS WITH RECURSIVE up (id, above) AS ("
    " SELECT id, id FROM record WHERE type = 'theme'"
    " UNION SELECT up.id, ref.id FROM up"
    " JOIN record ON record.type = 'theme' AND record.id = up.above"
    " JOIN ref ON ref.record = record.no AND ref.relation = 'broader')"
    " SELECT id, above FROM up",
)
# Of a new index, these are made when all rows stand.
INDEXES = (
    "CREATE INDEX file_folder ON file (folder, part)",
    "CREATE INDEX file_left_out ON file (path) WHERE is_left_out",
    "CREATE INDEX file_partial ON file (type) WHERE is_partial",
    "CREATE INDEX lost_id ON lost (type, id)",
    "CREATE INDEX lost_file ON lost (file)",
    "CREATE INDEX problem_file ON problem (file, found)",
    "CREATE INDEX city_wikidata ON record (json_extract(body, '$.wikidata')) WHERE type = 'city'",
    "CREATE INDEX city_geonames ON record (json_extract(body, '$.geonames')) WHERE type = 'city'",
    "CREATE INDEX label_folded ON label (folded, reason, record)",
    "CREATE INDEX label_record ON label (record)",
    "CREATE INDEX ref_target ON ref (type, id, relation)",
    "CREATE INDEX entry_record ON entry (record)",
    "CREATE INDEX entry_ref_target ON entry_ref (type, id)",
)
SPAN = 25  # bits of the numbers within one file
MIDDLE = 1 << 24


PATIENCE = 5.0  # seconds to wait for another process that writes
UNSETTLED = 2 * 10**9  # nanoseconds within which a change may leave no other mark
UNLISTED = -1  # in place of the parts of a folder whose names may not be read
PARTS = 256  # of a folder: where one differs, only its files are looked at again


def open_in_memory(today: str) -> sqlite3.Connection:
    """Return an index without tables that nothing else can see; `today` is the ISO
    `today()`.
    """
    return _connected(":memory:", today)


def copy_index(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of an index that nothing else can see."""
    copy = open_in_memory(connection.execute("SELECT today()").fetchone()[0])
    connection.backup(copy)
    return copy


def open_on_disk(path: str, today: str) -> sqlite3.Connection:
    """Open the index file at `path`, made where it is absent; `sqlite3.Error` where it
    is none.
    """
    cache_file.make_private(Path(path).parent)
    return _connected(path, today)


def _connected(path: str, today: str) -> sqlite3.Connection:
    # Any thread may ask; that it is one at a time, the one who holds the connection
    # sees to.
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    set_today(connection, today)
    connection.create_function(
        "region", 1, countries.region_of_country, deterministic=True
    )
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
    """Say what day `today()` is."""
    connection.create_function("today", 0, lambda: today)


def _membership(*asked: str) -> str | None:
    from citylinks.model.validity import membership_sql

    return membership_sql(*asked)


def _statuses(*asked: str) -> str:
    from citylinks.model.validity import statuses_sql

    return statuses_sql(*asked)


def _status_held(*asked: str) -> str | None:
    from citylinks.model.validity import status_held_sql

    return status_held_sql(*asked)


def create(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    """Make tables, views or indexes, within the transaction of the caller where there
    is one.
    """
    for statement in statements:
        connection.execute(statement)


def drop_all(connection: sqlite3.Connection) -> None:
    """Remove all tables and views."""
    for statement in (*VIEWS, *TABLES):
        what, name = _made_by(statement)
        connection.execute(f"DROP {what} IF EXISTS {name}")


def _made_by(statement: str) -> tuple[str, str]:
    """Return what a statement makes, a TABLE, a VIEW or an INDEX, and its name."""
    found = re.match(r"CREATE (?:VIRTUAL )?(\w+) (\w+)", statement)
    assert found is not None
    return found[1], found[2]


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether all tables have been made; a file that has only some is a
    `DatabaseError`.
    """
    known = {
        row["name"] for row in connection.execute("SELECT name FROM sqlite_master")
    }
    if not known:
        return False
    if not known >= {
        _made_by(statement)[1] for statement in (*TABLES, *VIEWS, *INDEXES)
    }:
        raise sqlite3.DatabaseError("the index lacks some of its tables")
    return True


# -- Freshness ----------------------------------------------------------------


class ScannedFolder(NamedTuple):
    """A folder as the disk has it: `states` sums up the files of each of its parts.

    `directory` is the data directory that it belongs to, or is. In an unsettled part a
    file was touched too recently to be told by its stamp.
    """

    directory: str
    path: str
    states: dict[int, int]
    unsettled: set[int]

    @property
    def is_listed(self) -> bool:
        """Whether the names of its files are known."""
        return UNLISTED not in self.states


def scan_folders(directories: Sequence[str]) -> list[ScannedFolder]:
    """Return the folders of the data directories as they are now.

    What cannot be found out this time is a `ReadError`: nothing is made of half a look.
    """
    settled = time.time_ns() - UNSETTLED
    return [
        _scanned(directory, folder, settled)
        for directory in directories
        for folder in paths.folders(directory)
    ]


_STAMP = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")


def _scanned(directory: str, path: str, settled: int) -> ScannedFolder:
    """Sum up a folder in the order in which the system lists it: no content is read.

    A hundred thousand files pass here at every start, so that a file costs little
    beyond its stat.
    """
    wanted = (b".yaml", b".yml") if path == directory else b""
    states, unsettled = [0] * PARTS, set()
    try:
        with os.scandir(os.fsencode(path)) as found:
            for entry in found:
                name = entry.name
                if wanted and not name.endswith(wanted):
                    continue
                try:
                    stamp = _STAMP(entry.stat())
                except OSError:
                    stamp = file_stamp(entry)
                number = crc32(name)
                part = number % PARTS
                states[part] = hash((states[part], stamp, number))
                if stamp[1] >= settled or stamp[2] >= settled:
                    unsettled.add(part)
    except OSError as error:
        if not paths.is_lasting(error):
            raise paths.cannot_read(path, error) from None
        return ScannedFolder(directory, path, {UNLISTED: error.errno or 0}, set())
    return ScannedFolder(
        directory,
        path,
        {no: state for no, state in enumerate(states) if state},
        unsettled,
    )


def part_of(name: str) -> int:
    """Return the number of the part of its folder that a file of this name is in."""
    return crc32(os.fsencode(name)) % PARTS


def file_stamp(entry: os.DirEntry[AnyStr]) -> tuple[int, int, int, int]:
    """Return what tells a file from its other versions: size, mtime, ctime and inode.

    A link that leads nowhere is told by itself, a file that is gone by nothing.
    """
    try:
        status = entry.stat()
    except OSError as error:
        _check_lasting(entry, error)
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as its:
            _check_lasting(entry, its)
            return (0, 0, 0, 0)
    found: tuple[int, int, int, int] = _STAMP(status)
    return found


def _check_lasting(entry: os.DirEntry[AnyStr], error: OSError) -> None:
    if not paths.is_lasting(error):
        raise paths.cannot_read(os.fsdecode(entry.path), error) from None


def is_fresh(connection: sqlite3.Connection, found: Sequence[ScannedFolder]) -> bool:
    """Whether the rows were made of just these folders, all of whose files had settled."""
    return has_tables(connection) and not changed_parts(connection, found)


def changed_parts(
    connection: sqlite3.Connection, found: Sequence[ScannedFolder]
) -> set[tuple[bytes, int]]:
    """Return the parts of folders, by path and number, that may hold what no row was
    made of.

    The state of a part that had not settled is null, so that it differs from any.
    """
    known = {
        tuple(row) for row in connection.execute("SELECT path, part, state FROM folder")
    }
    there = {
        (os.fsencode(folder.path), part, state)
        for folder in found
        for part, state in folder.states.items()
    }
    return {(path, part) for path, part, _ in known ^ there}


def folders_unlisted(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return the folders whose files are not known, with the number of the error that
    says why.
    """
    rows = connection.execute(
        "SELECT path, state FROM folder WHERE part = ?", (UNLISTED,)
    )
    return [(os.fsdecode(row["path"]), row["state"]) for row in rows]


def files_left_out(connection: sqlite3.Connection) -> list[str]:
    """Return the files from which something could not be taken, and the unlisted
    folders.
    """
    rows = connection.execute("SELECT DISTINCT path FROM left_out ORDER BY path")
    return [os.fsdecode(row["path"]) for row in rows]


# -- The sum of all that stands in it -----------------------------------------

# What SQLite changes in its header on writing, by the first byte and the one behind:
# the counter of changes, `user_version`, which holds the sum, and the version of
# SQLite.
_NOT_SUMMED = ((24, 28), (60, 64), (92, 100))
MOST_SUMMED = (
    32 * 1024 * 1024
)  # bytes; of a larger index the sum would be felt at each change


def note_sum(connection: sqlite3.Connection) -> None:
    """Note the sum of all pages as they will be, at the end of the caller's
    transaction.

    FTS5 writes what it still holds at a savepoint, as it does at the end.
    """
    create(connection, ("SAVEPOINT summed", "RELEASE summed"))
    made = _sum(connection)
    if made != _noted(connection):
        connection.execute(f"PRAGMA user_version = {made}")


def check_sum(connection: sqlite3.Connection) -> None:
    """Raise a `sqlite3.DatabaseError` where a page is not as it was written."""
    noted = _noted(connection)
    if noted and noted != _sum(connection):
        raise sqlite3.DatabaseError("a page is not as it was written")


def _noted(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _sum(connection: sqlite3.Connection) -> int:
    """Return the sum of all pages that hold something; 0 where it is not made."""
    [[pages], [size]] = (
        connection.execute(f"PRAGMA {what}").fetchone()
        for what in ("page_count", "page_size")
    )
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
    trunk, seen = _number(raw, 32), 0
    while 0 < trunk <= len(raw) // size and seen < len(raw) // size:
        begins = (trunk - 1) * size
        leaves = min(_number(raw, begins + 4), size // 4 - 2)
        for place in range(begins + 8, begins + 8 + 4 * leaves, 4):
            if 0 < (leaf := _number(raw, place)) <= len(raw) // size:
                yield leaf - 1
        trunk, seen = _number(raw, begins), seen + 1


def _number(raw: bytes | bytearray, place: int) -> int:
    return int.from_bytes(raw[place : place + 4], "big")
