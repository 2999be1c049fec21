"""The tables that every answer is asked of: one SQLite file, or the same in memory.

This is the index as it is read: where it is, whether it is fresh. `build` writes it.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import adler32, crc32

from citylinks import countries, paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Every record stands once in `record` with its whole body as JSON, under each name that it has in
# `label`, and once in `ref` for each other record that it names. Everything dated in it is a row
# of `entry`; `entry_ref` says whom and what that concerns. Days are ISO text, so that they compare
# as text; `dates` says how a side without bound does. `named` and `titled` hold the words of a
# record under its number, those with a title apart, since they are so many; `trigrams` the folded
# names of the others under the number of their label, with a mark at either end, for what was
# mistyped. Nothing here is copied from another record.
#
# `file` and `folder`, whose paths are bytes as the system has them, are what the disk was like when
# the rows were made. A file is settled once it has not been touched for a while before it was
# read; until then only its content can tell.
SCHEMA = """
CREATE TABLE folder (
    path BLOB PRIMARY KEY,
    state TEXT
);
CREATE TABLE file (
    no INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    stamp TEXT NOT NULL,
    is_settled INTEGER NOT NULL,
    hash BLOB NOT NULL,
    is_left_out INTEGER NOT NULL,
    problems TEXT NOT NULL
);
CREATE INDEX file_left_out ON file (path) WHERE is_left_out;
CREATE TABLE record (
    no INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT,
    kind TEXT,
    country TEXT,
    level TEXT,
    status TEXT,
    date TEXT,
    earliest TEXT,
    latest TEXT,
    begun_by TEXT,
    lasts_until TEXT,
    over TEXT,
    file INTEGER NOT NULL REFERENCES file,
    body TEXT NOT NULL,
    UNIQUE (type, id)
);
CREATE INDEX record_file ON record (file);
CREATE TABLE label (
    no INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX label_folded ON label (folded);
CREATE INDEX label_record ON label (record);
CREATE TABLE ref (
    record INTEGER NOT NULL REFERENCES record,
    relation TEXT NOT NULL,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    role TEXT
);
CREATE INDEX ref_record ON ref (record, relation);
CREATE INDEX ref_target ON ref (type, id, relation);
CREATE TABLE entry (
    no INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT,
    date TEXT,
    earliest TEXT,
    latest TEXT,
    begun_by TEXT,
    lasts_until TEXT,
    is_general INTEGER NOT NULL,
    listed_source TEXT,
    listed_position INTEGER,
    body TEXT NOT NULL
);
CREATE INDEX entry_record ON entry (record);
CREATE TABLE entry_ref (
    entry INTEGER NOT NULL REFERENCES entry,
    type TEXT NOT NULL,
    id TEXT NOT NULL
);
CREATE INDEX entry_ref_entry ON entry_ref (entry, type);
CREATE INDEX entry_ref_target ON entry_ref (type, id, entry);
CREATE VIRTUAL TABLE named USING fts5 (
    name, alias, text, content = '', columnsize = 0, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE titled USING fts5 (
    title, text, content = '', columnsize = 0, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE trigrams USING fts5 (
    label, content = '', columnsize = 0, detail = 'none', tokenize = 'trigram'
);
CREATE VIEW theme_within AS
    WITH RECURSIVE up (id, above) AS (
        SELECT id, id FROM record WHERE type = 'theme'
        UNION
        SELECT up.id, ref.id FROM up
        JOIN record ON record.type = 'theme' AND record.id = up.above
        JOIN ref ON ref.record = record.no AND ref.relation = 'broader'
    )
    SELECT id, above FROM up;
"""


PATIENCE = 5.0  # seconds to wait for another process that writes
UNSETTLED = 2 * 10**9  # nanoseconds within which a change may leave no other mark


def open_in_memory(today: str) -> sqlite3.Connection:
    """Return an empty index that nothing else can see; `today` is the ISO day of `today()`."""
    connection = _connected(":memory:", today)
    create(connection)
    return connection


def open_on_disk(path: str, today: str) -> sqlite3.Connection:
    """Open the index file at `path`, made where it is absent; `sqlite3.Error` where it is none."""
    paths.make_private(Path(path).parent)
    return _connected(path, today)


def _connected(path: str, today: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.create_function("today", 0, lambda: today)
    connection.create_function("region", 1, countries.region_of, deterministic=True)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, within the transaction of the caller where there is one."""
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)


TABLES = frozenset(re.findall(r"CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", SCHEMA))


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether all tables have been made; a file that has only some is a `DatabaseError`."""
    rows = connection.execute("SELECT name FROM sqlite_master").fetchall()
    if not rows:
        return False
    if not {row["name"] for row in rows} >= TABLES:
        raise sqlite3.DatabaseError("the index lacks some of its tables")
    return True


# -- Freshness ----------------------------------------------------------------


class Folder(NamedTuple):
    """A folder as the disk has it: `state` sums up its files, `newest` is their last change."""

    path: str
    state: str
    newest: int

    def is_settled(self, now: int) -> bool:
        """Whether no file in it was touched too recently to be told by its stamp."""
        return self.newest < now - UNSETTLED


def scan(directories: Sequence[str]) -> list[Folder]:
    """Return the folders of the data directories as they are now."""
    return [_scanned(path, only_yaml=path in directories) for path in folders(directories)]


def folders(directories: Iterable[str]) -> Iterator[str]:
    """Yield every folder that holds files of data."""
    for directory in directories:
        yield directory
        for name in paths.FOLDERS:
            yield f"{directory}{os.sep}{name}"


def _scanned(folder: str, *, only_yaml: bool) -> Folder:
    """Sum up a folder in the order in which the system lists it.

    Two checksums over name, size, times and inode of each file: no content is read.
    """
    first, second, number, newest = 0, 1, 0, 0
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if only_yaml and not entry.name.endswith((".yaml", ".yml")):
                    continue
                mark, touched = stamp(entry)
                raw = os.fsencode(f"{entry.name}/{mark}")
                first, second, number = crc32(raw, first), adler32(raw, second), number + 1
                newest = max(newest, touched)
    except OSError as error:
        return Folder(folder, f"unreadable: {error.errno}", time.time_ns())
    return Folder(folder, f"{number} {first:08x}{second:08x}", newest)


def stamp(entry: os.DirEntry[str]) -> tuple[str, int]:
    """Return what tells a file from its other versions, and its last change in nanoseconds."""
    try:
        status = entry.stat()
    except OSError:
        status = entry.stat(follow_symlinks=False)
    touched = max(status.st_mtime_ns, status.st_ctime_ns)
    mark = f"{status.st_size}/{status.st_mtime_ns}/{status.st_ctime_ns}/{status.st_ino}"
    return mark, touched


def is_fresh(connection: sqlite3.Connection, found: Sequence[Folder]) -> bool:
    """Whether the rows were made of just these folders, all of whose files had settled."""
    if not has_tables(connection):
        return False
    known = {row["path"]: row["state"] for row in connection.execute("SELECT * FROM folder")}
    return known == {os.fsencode(folder.path): folder.state for folder in found}


def forget(connection: sqlite3.Connection) -> None:
    """Have every file read again at the next refresh, whatever its stamp and content."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM folder")
    connection.execute("UPDATE file SET is_settled = 0, hash = x''")
    connection.execute("COMMIT")


def files_left_out(connection: sqlite3.Connection) -> list[str]:
    """Return the files from which something could not be taken."""
    rows = connection.execute("SELECT path FROM file WHERE is_left_out ORDER BY path")
    return [os.fsdecode(row["path"]) for row in rows]
