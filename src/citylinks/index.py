"""The tables that every answer is asked of: SQLite, in memory, filled at start."""

from __future__ import annotations

import sqlite3

from citylinks import countries

# Every record stands once in `record` with its whole body as JSON, under each name that it has in
# `label`, and once in `ref` for each other record that it names. Everything dated in it is a row
# of `entry`; `entry_ref` says whom and what that concerns. Days are ISO text, so that they compare
# as text; a side without bound is '' or '9999-99-99'. `words` holds the folded terms of a record
# under its number. Nothing here is copied from another record.
SCHEMA = """
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
    path TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (type, id)
);
CREATE TABLE label (
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
CREATE VIRTUAL TABLE words USING fts5 (
    name, alias, text, content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
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
CREATE VIEW tie_within AS
    WITH RECURSIVE up (id, above) AS (
        SELECT id, id FROM record WHERE type = 'partnership'
        UNION
        SELECT up.id, ref.id FROM up
        JOIN record ON record.type = 'partnership' AND record.id = up.above
        JOIN ref ON ref.record = record.no AND ref.relation = 'part_of'
    )
    SELECT id, above FROM up;
"""


NO_EARLIEST = ""
NO_LATEST = "9999-99-99"


def open_in_memory(today: str) -> sqlite3.Connection:
    """Return an empty index that nothing else can see; `today` is the ISO day of `today()`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.create_function("today", 0, lambda: today)
    connection.create_function("region", 1, countries.region_of, deterministic=True)
    connection.executescript(SCHEMA)
    return connection
