"""The tables of the index, each declared once; its CREATE and INSERT follow from it.

Every record stands once in `record` with its whole body as JSON, under each name that
it has in `label`, and once in `ref` for each other record that it names. Everything
dated in it is a row of `entry`. Nothing is copied from another record, so that a
changed name reaches all that depends on it.

`file` and `folder`, whose paths are bytes as the system has them, are what the disk was
like when the rows were made. `problem` holds what was found reading a file and, once
somebody has asked, in its records and between them.

Days are ISO text, so that they compare as text; `dates` says how a side without bound
does. How rows are numbered, `database` says.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple, get_type_hints

SQL_TYPES = {
    int: "INTEGER NOT NULL",
    bool: "INTEGER NOT NULL",
    str: "TEXT NOT NULL",
    bytes: "BLOB NOT NULL",
    int | None: "INTEGER",
    str | None: "TEXT",
}


# -- Rows: what the columns of each table are ---------------------------------


class FolderRow(NamedTuple):
    """A part of a folder that holds files, with the sum of their stamps.

    The state is null where a file was too young to be told by its stamp.
    """

    path: bytes
    part: int
    state: int | None


class FileRow(NamedTuple):
    """A file as it was when its rows were made.

    It is settled once it had not been touched for a while before it was read; until
    then only its content can tell. From one that is left out something could not be
    taken; a partial one may give more ids than were read. `ignores` are its comments
    that suppress rules, as JSON.
    """

    no: int
    folder: bytes
    part: int
    path: bytes
    type: str
    stamp: str
    is_settled: bool
    hash: bytes
    is_left_out: bool
    is_partial: bool
    ignores: str | None


class UnlistedRow(NamedTuple):
    """A folder whose files are not known, with a type of record that they may hold."""

    path: bytes
    type: str


class LostRow(NamedTuple):
    """An id that a file gives to what is no record here.

    It has errors, or another file gives the id too.
    """

    file: int
    document: int
    type: str
    id: str


class ProblemRow(NamedTuple):
    """What is wrong in a file, and the stage at which that was found."""

    file: int
    stage: str
    rule: str
    line: int
    column: int
    message: str
    help: str | None


class CheckedRow(NamedTuple):
    """A file whose findings stand in `problem`; file 0 is all files together.

    `state` is what they depend on beside the data.
    """

    file: int
    state: str


class RecordRow(NamedTuple):
    """A record; `body` is the whole of it as JSON, `over` the last day of its end."""

    no: int
    type: str
    id: str
    name: str | None
    kind: str | None
    country: str | None
    level: str | None
    status: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    begun_by: str | None
    lasts_until: str | None
    sort_key: str | None
    over: str | None
    document: int
    body: str


class FieldUseRow(NamedTuple):
    """What the fields of a type of record are for, as JSON, copied from the models."""

    type: str
    uses: str


class LabelRow(NamedTuple):
    """A name of a record; its reason is id, name, title or alias."""

    no: int
    record: int
    text: str
    folded: str
    reason: str


class RefRow(NamedTuple):
    """Another record that a record names."""

    record: int
    position: int
    relation: str
    type: str
    id: str


class EntryRow(NamedTuple):
    """Something dated in a record.

    The entry of an event has the number of its record, which says all the rest; no
    other entry has a number that a record has, and its body is written as in a record.
    `sort_key` and `reverse_key` are what a date sorts by. What holds beyond its date, a
    partnership, an agreement, a membership, has the last day on which it may hold and
    the last on which it surely does.
    """

    no: int
    record: int
    path: str
    kind: str
    detail: str | None
    date: str | None
    earliest: str | None
    latest: str | None
    begun_by: str | None
    lasts_until: str | None
    sort_key: str | None
    reverse_key: str | None
    until_latest: str | None
    until_surely: str | None
    is_general: bool
    listed_source: str | None
    listed_position: int | None
    body: str | None


class EntryRefRow(NamedTuple):
    """A record that an entry concerns; of an event its record says that."""

    entry: int
    position: int
    type: str
    id: str


class EvidenceRow(NamedTuple):
    """How many fields of a record a source carries, and how many no other does.

    `sources` is how many sources the record has. Under the empty source stand all
    fields, and those that no source carries.
    """

    record: int
    source: str
    type: str
    sources: int
    fields: int
    alone: int


class KindNameRow(NamedTuple):
    """A name of kinds or of levels of cities as it is compared, with those it means."""

    name: str
    kinds: str
    levels: str


class NamedRow(NamedTuple):
    """The words of a record that has a name, under its number.

    `kind` is a term of its own for each kind of the record and of its agreements.
    """

    rowid: int
    name: str
    alias: str
    text: str
    kind: str


class TitledRow(NamedTuple):
    """The words of a record that has a title; they are many, so they stand apart."""

    rowid: int
    title: str
    text: str
    kind: str


class TrigramsRow(NamedTuple):
    """A folded name with a mark at either end, for what was mistyped; by its label."""

    rowid: int
    label: str


# -- Tables -------------------------------------------------------------------


class PlainTable(NamedTuple):
    """A table, whose columns are the fields of its row.

    A key of one column is the number of the row; a table with a longer key has none.
    """

    name: str
    row: type[Any]
    key: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        names: tuple[str, ...] = self.row._fields
        return names

    def create_statement(self) -> str:
        """Return the statement that makes the table."""
        types = get_type_hints(self.row)
        parts = [f"{name} {SQL_TYPES[types[name]]}" for name in self.columns]
        if self.key:
            parts.append(f"PRIMARY KEY ({', '.join(self.key)})")
        if self.unique:
            parts.append(f"UNIQUE ({', '.join(self.unique)})")
        ending = " WITHOUT ROWID" if len(self.key) > 1 else ""
        return f"CREATE TABLE {self.name} ({', '.join(parts)}){ending}"

    def insert_statement(self, verb: str = "INSERT") -> str:
        """Return the statement that adds a row; `INSERT OR IGNORE` is another verb."""
        return _insert_statement(self.name, self.columns, verb)


class WordTable(NamedTuple):
    """A full-text table without content; the first field of its row is the number."""

    name: str
    row: type[Any]
    options: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, the number among them."""
        names: tuple[str, ...] = self.row._fields
        return names

    def create_statement(self) -> str:
        """Return the statement that makes the table."""
        words = ", ".join(self.columns[1:])
        options = f"content = '', columnsize = 0, {self.options}"
        return f"CREATE VIRTUAL TABLE {self.name} USING fts5 ({words}, {options})"

    def insert_statement(self, verb: str = "INSERT") -> str:
        """Return the statement that adds a row."""
        return _insert_statement(self.name, self.columns, verb)

    def delete_statement(self) -> str:
        """Return the statement that takes out a row, which must be given as it was."""
        columns = ", ".join((self.name, *self.columns))
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({columns}) VALUES ('delete', {marks})"


def _insert_statement(name: str, columns: tuple[str, ...], verb: str) -> str:
    marks = ", ".join("?" * len(columns))
    return f"{verb} INTO {name} ({', '.join(columns)}) VALUES ({marks})"


FOLDER = PlainTable("folder", FolderRow, key=("path", "part"))
FILE = PlainTable("file", FileRow, key=("no",), unique=("path",))
UNLISTED = PlainTable("unlisted", UnlistedRow, key=("path", "type"))
LOST = PlainTable("lost", LostRow)
PROBLEM = PlainTable("problem", ProblemRow)
FIELD = PlainTable("field", FieldUseRow)
CHECKED = PlainTable("checked", CheckedRow, key=("file",))
RECORD = PlainTable("record", RecordRow, key=("no",), unique=("type", "id"))
LABEL = PlainTable("label", LabelRow, key=("no",))
REF = PlainTable("ref", RefRow, key=("record", "position"))
ENTRY = PlainTable("entry", EntryRow, key=("no",))
ENTRY_REF = PlainTable("entry_ref", EntryRefRow, key=("entry", "position"))
EVIDENCE = PlainTable("evidence", EvidenceRow, key=("record", "source"))
KIND_NAME = PlainTable("kind_name", KindNameRow, key=("name",))
NAMED = WordTable("named", NamedRow, "tokenize = 'ascii'")
TITLED = WordTable("titled", TitledRow, "tokenize = 'ascii'")
TRIGRAMS = WordTable("trigrams", TrigramsRow, "detail = 'none', tokenize = 'trigram'")

TABLES: tuple[PlainTable | WordTable, ...] = (
    FOLDER, FILE, UNLISTED, LOST, PROBLEM, CHECKED, RECORD, LABEL, REF, ENTRY,
    ENTRY_REF, EVIDENCE, FIELD, KIND_NAME, NAMED, TITLED, TRIGRAMS,
)  # fmt: skip

# `left_out` and `partial` say of which types something was left out, and of which more
# ids may be given than were read. `concerned` says whom and what an entry is about: of
# an event what its record names, of others `entry_ref`.
VIEWS = {
    "left_out": "SELECT path, type FROM file WHERE is_left_out"
    " UNION ALL SELECT path, type FROM unlisted",
    "partial": "SELECT type FROM file WHERE is_partial"
    " UNION ALL SELECT type FROM unlisted",
    "concerned": "SELECT type, id, entry FROM entry_ref"
    " UNION ALL SELECT type, id, record FROM ref WHERE relation IN"
    " ('cities', 'place', 'partnerships', 'series', 'organizations', 'themes',"
    " 'sources')",
    "theme_within": "WITH RECURSIVE up (id, above) AS ("
    " SELECT id, id FROM record WHERE type = 'theme'"
    " UNION SELECT up.id, ref.id FROM up"
    " JOIN record ON record.type = 'theme' AND record.id = up.above"
    " JOIN ref ON ref.record = record.no AND ref.relation = 'broader')"
    " SELECT id, above FROM up",
}

# Name -> the table and columns that it is of. Of a new index, these are made when all
# rows stand.
INDEXES = {
    "file_folder": "file (folder, part)",
    "file_left_out": "file (path) WHERE is_left_out",
    "file_partial": "file (type) WHERE is_partial",
    "lost_id": "lost (type, id)",
    "lost_file": "lost (file)",
    "problem_file": "problem (file, stage)",
    "city_wikidata": "record (json_extract(body, '$.wikidata')) WHERE type = 'city'",
    "city_geonames": "record (json_extract(body, '$.geonames')) WHERE type = 'city'",
    "label_folded": "label (folded, reason, record)",
    "label_record": "label (record)",
    "ref_target": "ref (type, id, relation)",
    "entry_record": "entry (record)",
    "entry_ref_target": "entry_ref (type, id)",
}


def create_tables(connection: sqlite3.Connection) -> None:
    """Make all tables and views, within the caller's transaction."""
    for table in TABLES:
        connection.execute(table.create_statement())
    for name, sql in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {sql}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Make the indexes, and note that the tables are complete now."""
    for name, columns in INDEXES.items():
        connection.execute(f"CREATE INDEX {name} ON {columns}")
    [number] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute(f"PRAGMA application_id = {number}")


def drop_tables(connection: sqlite3.Connection) -> None:
    """Remove all tables and views, of which there may be only some."""
    for view in VIEWS:
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table.name}")
    connection.execute("PRAGMA application_id = 0")


def add_rows(
    connection: sqlite3.Connection, table: PlainTable, rows: Iterable[tuple[Any, ...]]
) -> None:
    """Add rows of a table, within the caller's transaction."""
    connection.executemany(table.insert_statement(), rows)
