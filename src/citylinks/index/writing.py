"""Rows written to the tables, and dropped again, a file at a time."""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import TYPE_CHECKING, Any

from citylinks.files.diagnostics import Stage
from citylinks.index import tables
from citylinks.index.database import SPAN, numbers_within
from citylinks.index.rows import (
    Rows,
    StampedFile,
    add_file,
    add_records,
    field_rows,
    kind_name_rows,
    named_row,
    titled_row,
    trigrams_row,
)
from citylinks.index.workers import make_rows
from citylinks.model.vocabulary import NAMED_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from citylinks.files.diagnostics import Diagnostic
    from citylinks.files.listing import RecordFile
    from citylinks.files.loader import Dataset
    from citylinks.index.rows import TableRows
    from citylinks.index.tables import PlainTable, WordTable

    Progress = Callable[[int, int], None]

# What is made of a file, after its records: an id that is taken keeps out a record and
# all that is of it.
FILLED = (
    tables.FILE, tables.LOST, tables.PROBLEM, tables.LABEL, tables.TRIGRAMS, tables.REF,
    tables.EVIDENCE, tables.NAMED, tables.TITLED, tables.ENTRY, tables.ENTRY_REF,
)  # fmt: skip

# Table -> the column with the number of a record, or of an entry or label of one.
NUMBERED_BY = {
    "entry_ref": "entry",
    "entry": "no",
    "evidence": "record",
    "ref": "record",
    "label": "no",
    "record": "no",
}


def prepare_tables(connection: sqlite3.Connection) -> None:
    """Make the tables, without rows but for those that are copied from the model."""
    tables.create_tables(connection)
    tables.add_rows(connection, tables.FIELD, field_rows())
    tables.add_rows(connection, tables.KIND_NAME, kind_name_rows())


def fill_index(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Write the records of a dataset that was read as a whole into an empty index."""
    rows = Rows()
    add_records(rows, 1, dataset)
    connection.execute("BEGIN")
    prepare_tables(connection)
    write_rows(connection, rows.by_table())
    tables.create_indexes(connection)
    connection.execute("COMMIT")


def fill_files(
    connection: sqlite3.Connection,
    files: Sequence[StampedFile],
    progress: Progress | None,
) -> None:
    """Write the rows of files, and call `progress` with how far that is."""
    total, done = sum(file.size for file in files), 0
    with closing(make_rows(files)) as groups:
        for group, rows in groups:
            write_rows(connection, rows)
            done += sum(file.size for file in group)
            if progress:
                progress(done, total)


def replace_file(
    connection: sqlite3.Connection, file: RecordFile, raw: bytes | Diagnostic
) -> None:
    """Put the rows of a file that holds `raw` in place of those in the index.

    Within the transaction of the caller, who undoes it: the disk does not say the same.
    """
    existing = connection.execute(
        "SELECT no FROM file WHERE path = ?", (os.fsencode(file.path),)
    ).fetchone()
    if existing:
        no = existing["no"]
        drop_file(connection, no)
    else:
        [no] = connection.execute(
            "SELECT coalesce(max(no), 0) + 1 FROM file"
        ).fetchone()
    forget_findings_between(connection)
    folder = file.path.rpartition(os.sep)[0]
    rows = Rows()
    add_file(rows, StampedFile(no, file, folder, "", is_settled=False, size=0), raw)
    write_rows(connection, rows.by_table())


def forget_findings_between(connection: sqlite3.Connection) -> None:
    """Forget the findings between records, since some of them are others now."""
    connection.execute("DELETE FROM problem WHERE stage = ?", (Stage.BETWEEN,))
    connection.execute("DELETE FROM checked WHERE file = 0")


# -- Writing ------------------------------------------------------------------


def write_rows(connection: sqlite3.Connection, rows: TableRows) -> None:
    """Write rows, but for those of a record whose id is taken."""
    records = rows["record"]
    taken = connection.executemany(
        tables.RECORD.insert_statement("INSERT OR IGNORE"), records
    ).rowcount
    if records and taken < len(records):
        rows = _without_refused(connection, rows)
    for table in FILLED:
        connection.executemany(table.insert_statement(), rows[table.name])


def _without_refused(connection: sqlite3.Connection, rows: TableRows) -> TableRows:
    """Return the rows without those of records whose id was taken, which are lost."""
    records = [tables.RecordRow._make(row) for row in rows["record"]]
    taken = connection.execute(
        "SELECT no FROM record WHERE no IN (SELECT value FROM json_each(?))",
        (json.dumps([record.no for record in records]),),
    )
    numbers = {row["no"] for row in taken}
    refused = [record for record in records if record.no not in numbers]
    kept = dict(rows)
    for table, column in (
        (tables.LABEL, "record"),
        (tables.REF, "record"),
        (tables.EVIDENCE, "record"),
        (tables.NAMED, "rowid"),
        (tables.TITLED, "rowid"),
        (tables.ENTRY, "record"),
    ):
        kept[table.name] = _rows_of(table, column, numbers, rows)
    kept["trigrams"] = _rows_of(
        tables.TRIGRAMS, "rowid", _values(tables.LABEL, "no", kept), rows
    )
    kept["entry_ref"] = _rows_of(
        tables.ENTRY_REF, "entry", _values(tables.ENTRY, "no", kept), rows
    )
    kept["lost"] = [*rows["lost"], *map(_lost_row, refused)]
    kept["file"] = _left_out(rows["file"], {record.no >> SPAN for record in refused})
    return kept


def _rows_of(
    table: PlainTable | WordTable, column: str, numbers: set[int], rows: TableRows
) -> list[tuple[Any, ...]]:
    """Return the rows of a table in which a column has one of the numbers."""
    at = table.columns.index(column)
    return [row for row in rows[table.name] if row[at] in numbers]


def _values(table: PlainTable, column: str, rows: TableRows) -> set[int]:
    at = table.columns.index(column)
    return {row[at] for row in rows[table.name]}


def _lost_row(record: tables.RecordRow) -> tables.LostRow:
    return tables.LostRow(record.no >> SPAN, record.document, record.type, record.id)


def _left_out(rows: list[tuple[Any, ...]], numbers: set[int]) -> list[tuple[Any, ...]]:
    """Return the rows of files; from those of these numbers something is left out."""
    changed: list[tuple[Any, ...]] = []
    for row in map(tables.FileRow._make, rows):
        is_left_out = row.is_left_out or row.no in numbers
        changed.append(row._replace(is_left_out=is_left_out))
    return changed


# -- Dropping -----------------------------------------------------------------


def drop_file(connection: sqlite3.Connection, file: int) -> None:
    """Remove a file and all rows that were made of it."""
    _drop_words(connection, file)
    numbers = numbers_within(file)
    for table, column in NUMBERED_BY.items():
        connection.execute(
            f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", numbers
        )
    for table in ("lost", "problem", "checked"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (file,))
    connection.execute("DELETE FROM file WHERE no = ?", (file,))


def _drop_words(connection: sqlite3.Connection, file: int) -> None:
    """Take the words of a file's records out of the full-text tables.

    These hold no content, so that each row must be given as it was added.
    """
    labels = connection.execute(
        "SELECT no, record, text, folded, reason FROM label"
        " WHERE no BETWEEN ? AND ? ORDER BY no",
        numbers_within(file),
    ).fetchall()
    names: dict[int, list[tuple[str, str]]] = {}
    for label in labels:
        names.setdefault(label["record"], []).append((label["text"], label["reason"]))
    records = connection.execute(
        "SELECT no, type, body FROM record WHERE no BETWEEN ? AND ?",
        numbers_within(file),
    ).fetchall()
    named_records = set()
    for record in records:
        no, body = record["no"], json.loads(record["body"])
        if record["type"] in NAMED_TYPES:
            named_records.add(no)
            named = named_row(no, record["type"], names[no], body)
            connection.execute(tables.NAMED.delete_statement(), named)
        else:
            titled = titled_row(no, record["type"], names[no], body)
            connection.execute(tables.TITLED.delete_statement(), titled)
    for label in labels:
        if label["record"] in named_records:
            trigrams = trigrams_row(label["no"], label["folded"])
            connection.execute(tables.TRIGRAMS.delete_statement(), trigrams)
