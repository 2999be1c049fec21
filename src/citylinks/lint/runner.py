"""What the rules find in the index, kept there until a file changes."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from citylinks.files.diagnostics import (
    MOST_PROBLEMS,
    RULE_BY_NAME,
    TOO_MANY,
    Diagnostic,
    Location,
    Stage,
)
from citylinks.index import code_state, tables
from citylinks.index.database import numbers_within, read_fields
from citylinks.index.tables import ProblemRow
from citylinks.lint import rules
from citylinks.lint.locations import Locations
from citylinks.lint.rules import CheckedIndex, CheckedRecord
from citylinks.model.vocabulary import RECORD_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from citylinks.files.diagnostics import Rule
    from citylinks.lint.rules import CrossRecordFinding, RuleFinding

_TOGETHER = 0  # the number that stands for all files at once


class CheckResult(NamedTuple):
    """The problems of the data, by file; `new` are those not in the index yet."""

    problems: list[Diagnostic]
    new: list[ProblemRow]
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
    known = _known(connection, _state(today))
    files = sorted(_numbers(connection) if only is None else only)
    unchecked = [file for file in files if file not in known]
    locations = Locations(connection, texts)
    new = list(_bounded(_in_records(connection, locations, unchecked, today)))
    knows_between = _TOGETHER in known
    if not knows_between:
        new += _bounded(_between_records(connection, locations, only))
    stored = _stored(connection, files, set(unchecked), with_between=knows_between)
    rows = [row for row in (*stored, *new) if only is None or row.file in only]
    checked = list(unchecked)
    if only is None and not knows_between:
        checked.append(_TOGETHER)
    else:  # what was found between some records only is not kept
        new = [row for row in new if row.stage == Stage.IN_RECORD]
    return CheckResult([_diagnostic(locations, row) for row in rows], new, checked)


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
    files: Sequence[int],
    unchecked: Collection[int],
    *,
    with_between: bool,
) -> Iterator[ProblemRow]:
    """Yield the known problems of files, but for those that were looked for again."""
    rows = connection.execute(
        "SELECT * FROM problem WHERE file IN (SELECT value FROM json_each(?))",
        (json.dumps(files),),
    )
    for row in rows:
        is_old = row["stage"] == Stage.IN_RECORD and row["file"] in unchecked
        if not is_old and (with_between or row["stage"] != Stage.BETWEEN):
            yield ProblemRow(*row)


def _in_records(
    connection: sqlite3.Connection,
    locations: Locations,
    files: Sequence[int],
    today: str,
) -> Iterator[ProblemRow]:
    """Yield what the records of files break by themselves."""
    checks = rules.record_checks()
    fields = {type_: read_fields(connection, type_) for type_ in RECORD_TYPES}
    sql = "SELECT no, type, id, body FROM record WHERE no BETWEEN ? AND ?"
    for file in files:
        for row in connection.execute(sql, numbers_within(file)):
            type_, text = row["type"], row["body"]
            body = json.loads(text)
            record = CheckedRecord(type_, row["id"], body, today, text, fields[type_])
            for rule, find in checks.items():
                for finding in find(record):
                    where = locations.record_location(row["no"])
                    location = locations.locate(where, finding.path)
                    yield _problem_row(file, rule, location, finding)


def _problem_row(
    file: int,
    rule: Rule,
    location: Location,
    finding: RuleFinding | CrossRecordFinding,
) -> ProblemRow:
    return ProblemRow(
        file,
        rule.stage,
        rule.name,
        location.line,
        location.column,
        finding.message,
        finding.help,
    )


def _between_records(
    connection: sqlite3.Connection, locations: Locations, only: Collection[int] | None
) -> Iterator[ProblemRow]:
    """Yield what records break together, of some files or of all."""
    if only is not None:
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS asked (no INTEGER PRIMARY KEY)"
        )
        connection.execute("DELETE FROM asked")
        connection.executemany(
            "INSERT INTO asked SELECT no FROM record WHERE no BETWEEN ? AND ?",
            map(numbers_within, only),
        )
    index = CheckedIndex(connection, locations, is_whole=only is None)
    findings = []
    for rule, find in rules.cross_record_checks().items():
        for finding in find(index):
            record = locations.record_location(finding.where)
            findings.append((record, rule, finding))
    findings.sort(key=lambda item: item[0].file)  # so that each file is read once
    for record, rule, finding in findings:
        location = locations.locate(record, finding.path)
        yield _problem_row(record.file, rule, location, finding)


def _bounded(rows: Iterator[ProblemRow]) -> Iterator[ProblemRow]:
    """Yield problems up to the bound of each file, and that there are more."""
    counts: Counter[int] = Counter()
    for row in rows:
        counts[row.file] += 1
        if counts[row.file] <= MOST_PROBLEMS:
            yield row
        elif counts[row.file] == MOST_PROBLEMS + 1:
            yield row._replace(rule="too-large", message=TOO_MANY, help=None)


def _diagnostic(locations: Locations, row: ProblemRow) -> Diagnostic:
    location = Location(locations.path(row.file), row.line, row.column)
    return Diagnostic(RULE_BY_NAME[row.rule], location, row.message, row.help)
