"""What the rules find in the index, kept there until a file changes."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.files.diagnostics import (
    MOST_PROBLEMS,
    RULE_BY_NAME,
    TOO_MANY,
    Diagnostic,
    Location,
    Stage,
)
from citylinks.index import code_state, tables
from citylinks.index.database import SPAN
from citylinks.lint import rules
from citylinks.lint.locations import Locations
from citylinks.lint.rules import CheckedData, CheckedRecord
from citylinks.model.vocabulary import RECORD_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence

_TOGETHER = 0  # the number that stands for all files at once


class CheckResult(NamedTuple):
    """What is wrong with the data, by file; `new` is what the index did not know."""

    problems: list[Diagnostic]
    new: list[tuple[Any, ...]]
    files: list[int]


def run_rules(
    connection: sqlite3.Connection,
    today: str,
    only: Collection[int] | None = None,
    texts: Mapping[str, str] | None = None,
) -> CheckResult:
    """Return every problem of the files of these numbers, or of all.

    `today` is an ISO day: what lies in the future is a matter of it. `texts` holds, by
    path, what stands in place of a file.
    """
    state = _state(today)
    asked = sorted(_numbers(connection) if only is None else only)
    known = _known(connection, state)
    unchecked = [file for file in asked if file not in known]
    places = Locations(connection, texts)
    new = list(_bounded(_in_records(connection, places, unchecked, today)))
    if _TOGETHER not in known:
        new += _bounded(_between_records(connection, places, only))
    together = [_TOGETHER] if only is None and _TOGETHER not in known else []
    stored = _stored(connection, asked, set(unchecked), with_between=_TOGETHER in known)
    rows = [*stored, *new]
    return CheckResult(
        [_diagnostic(places, row) for row in rows if only is None or row[0] in only],
        [row for row in new if row[1] == Stage.IN_RECORD or together],
        [*unchecked, *together],
    )


def keep_findings(
    connection: sqlite3.Connection, checked: CheckResult, today: str
) -> None:
    """Keep what was found in the index, within the transaction of the caller."""
    state = _state(today)
    connection.executemany(
        "DELETE FROM problem WHERE file = ? AND stage = ?",
        [(file, Stage.IN_RECORD) for file in checked.files],
    )
    if _TOGETHER in checked.files:
        connection.execute("DELETE FROM problem WHERE stage = ?", (Stage.BETWEEN,))
    tables.add_rows(connection, tables.PROBLEM, checked.new)
    connection.executemany(
        tables.CHECKED.insert_statement("INSERT OR REPLACE"),
        [(file, state) for file in checked.files],
    )


def _state(today: str) -> str:
    """Return the day and the state of the code, on which findings depend too."""
    return f"{today} {code_state.findings_state()}"


def _numbers(connection: sqlite3.Connection) -> list[int]:
    return [row["no"] for row in connection.execute("SELECT no FROM file")]


def _known(connection: sqlite3.Connection, state: str) -> set[int]:
    rows = connection.execute("SELECT file FROM checked WHERE state = ?", (state,))
    return {row["file"] for row in rows}


def _stored(
    connection: sqlite3.Connection,
    asked: Sequence[int],
    unchecked: Collection[int],
    *,
    with_between: bool,
) -> Iterator[tuple[Any, ...]]:
    """Yield what is known of the files, but for what has just been looked for again."""
    rows = connection.execute(
        "SELECT * FROM problem WHERE file IN (SELECT value FROM json_each(?))",
        (json.dumps(asked),),
    )
    for row in rows:
        is_old = row["stage"] == Stage.IN_RECORD and row["file"] in unchecked
        if not is_old and (with_between or row["stage"] != Stage.BETWEEN):
            yield tuple(row)


def _in_records(
    connection: sqlite3.Connection, places: Locations, files: Sequence[int], today: str
) -> Iterator[tuple[Any, ...]]:
    """Yield what the records of files break by themselves."""
    checks = rules.record_checks()
    fields = {type_: tables.read_fields(connection, type_) for type_ in RECORD_TYPES}
    sql = "SELECT no, type, id, body FROM record WHERE no BETWEEN ? AND ?"
    for file in files:
        for row in connection.execute(sql, (file << SPAN, (file + 1 << SPAN) - 1)):
            body = row["body"]
            record = CheckedRecord(
                row["type"],
                row["id"],
                json.loads(body),
                today,
                body,
                fields[row["type"]],
            )
            for rule, run in checks.items():
                for found in run(record):
                    span = places.span(places.at(row["no"]), found.path)
                    yield (
                        file,
                        rule.stage,
                        rule.name,
                        *span[1:],
                        found.message,
                        found.help,
                    )


def _between_records(
    connection: sqlite3.Connection, places: Locations, only: Collection[int] | None
) -> Iterator[tuple[Any, ...]]:
    """Yield what records break together, of some files or of all."""
    if only is not None:
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS asked (no INTEGER PRIMARY KEY)"
        )
        connection.execute("DELETE FROM asked")
        connection.executemany(
            "INSERT INTO asked SELECT no FROM record WHERE no BETWEEN ? AND ?",
            [(file << SPAN, (file + 1 << SPAN) - 1) for file in only],
        )
    data = CheckedData(connection, places, is_whole=only is None)
    found = [
        (places.at(one.where) if isinstance(one.where, int) else one.where, rule, one)
        for rule, run in rules.cross_record_checks().items()
        for one in run(data)
    ]
    for at, rule, one in sorted(
        found, key=lambda item: item[0].file
    ):  # each file is read once
        span = places.span(at, one.path)
        yield (at.file, rule.stage, rule.name, *span[1:], one.message, one.help)


def _bounded(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield what was found, of each file so much as is told, and that there is more."""
    told: Counter[int] = Counter()
    for row in rows:
        told[row[0]] += 1
        if told[row[0]] <= MOST_PROBLEMS:
            yield row
        elif told[row[0]] == MOST_PROBLEMS + 1:
            yield (*row[:2], "too-large", *row[3:5], TOO_MANY, None)


def _diagnostic(places: Locations, row: tuple[Any, ...]) -> Diagnostic:
    file, _, rule, line, column, message, help_ = row
    return Diagnostic(
        RULE_BY_NAME[rule], Location(places.path(file), line, column), message, help_
    )
