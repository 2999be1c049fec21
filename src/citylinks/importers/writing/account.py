"""The account of an import: the outcome of every row, counted and row by row."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import UsageError
from citylinks.files.atomic import NEW_FILE, file_beside, usual_mode
from citylinks.text.safe import escaped_json, number_of, shortened, visible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

OUTCOMES = ("taken", "merged", "set aside")
FIELDS = ("where", "outcome", "record", "with", "why", "remarks")
SUFFIXES = (".csv", ".jsonl")
EXAMPLES = 5
MOST_REASONS = 10

ONE_SIDED = "recorded from this side only"
_SUBJECTS = (
    ("row", "no"), ("partnership", "partnership"), ("city", "a"), ("city", "b"),
    ("double", "a"), ("double", "b"),
)  # fmt: skip


class ReportLine(NamedTuple):
    """The outcome of a row: its partnership, and if merged the row taken instead."""

    where: str
    outcome: str
    record: str | None
    with_: str | None
    why: str | None
    remarks: list[str]


class Account(NamedTuple):
    """The outcomes of all rows with their reasons, and what the rows added."""

    outcomes: dict[str, int]
    reasons: list[tuple[str, str, int]]  # outcome, why, rows
    cities: int
    partnerships: int
    notes: list[str]

    @property
    def rows(self) -> int:
        """The number of rows in the source."""
        return sum(self.outcomes.values())

    def sentences(self, into: str) -> Iterator[str]:
        """Yield it in sentences; `into` is the directory as a person has it."""
        counts = ", ".join(f"{self.outcomes[name]} {name}" for name in self.outcomes)
        yield f"{number_of(self.rows, 'row')}: {counts}"
        for outcome, why, number in self.reasons[:MOST_REASONS]:
            yield f"{outcome}: {number}, {shortened(why)}"
        if len(self.reasons) > MOST_REASONS:
            more = len(self.reasons) - MOST_REASONS
            are = "is" if more == 1 else "are"
            yield f"there {are} {number_of(more, 'more reason')}; --report lists all"
        cities = number_of(self.cities, "city", "cities")
        partnerships = number_of(self.partnerships, "partnership")
        yield f"added to '{into}': {cities}, {partnerships}"
        yield from self.notes


def check_report(file: Path) -> None:
    """Refuse a report in a form that is not known."""
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"a report is a file that ends in {' or '.join(SUFFIXES)}, not '{file}'"
        )


def make_account(
    connection: sqlite3.Connection, cities: int, partnerships: int
) -> Account:
    """Return the account of an import that added so many cities and partnerships."""
    return Account(
        _outcomes(connection),
        _reasons(connection),
        cities,
        partnerships,
        list(_notes(connection)),
    )


def _outcomes(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each outcome; together these are all rows."""
    rows = connection.execute("SELECT outcome, count(*) FROM row GROUP BY outcome")
    counts = dict(map(tuple, rows))
    return {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}


def _reasons(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return the reasons why rows were merged or set aside, the commonest first."""
    rows = connection.execute(
        """
        SELECT outcome, CASE instr(why, ';') WHEN 0 THEN why
            ELSE substr(why, 1, instr(why, ';') - 1) END AS reason,
            count(*) AS number
        FROM row WHERE why IS NOT NULL
        GROUP BY outcome, reason ORDER BY outcome, number DESC, reason
        """
    )
    return list(map(tuple, rows))


def _notes(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what a person should know of the result, with the first examples."""
    one_sided = connection.execute(
        "SELECT count(*) FROM partnership WHERE is_one_sided"
    ).fetchone()[0]
    if one_sided:
        yield f"partnerships recorded from one side only: {one_sided}"
    names = (
        "SELECT min(name) AS text, count(*) AS number FROM city WHERE country IS NULL"
        " AND existing_id IS NULL GROUP BY folded HAVING number > 1"
    )
    yield from _listed(
        connection, names, "names shared by several cities without a country"
    )
    unclear = (
        "SELECT text, count(*) AS number FROM noted WHERE subject <> 'double'"
        " GROUP BY text"
    )
    yield from _listed(connection, unclear, "left out or not clear")
    alike = connection.execute("SELECT count(*) FROM double").fetchone()[0]
    if alike:
        merged = "only those named by --accept were merged"
        yield f"cities that may be one: {alike}; {merged}"
        texts = connection.execute(
            "SELECT text FROM double JOIN noted ON subject = 'double'"
            " AND no = double.other"
            " GROUP BY kept, other ORDER BY shared DESC, text LIMIT ?", (EXAMPLES,)
        )  # fmt: skip
        yield from (shortened(row["text"]) for row in texts)


def _listed(connection: sqlite3.Connection, sql: str, noun: str) -> Iterator[str]:
    """Yield the number of texts that a query has, and the commonest of them."""
    total = connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]
    if total:
        rows = connection.execute(f"{sql} ORDER BY number DESC, text LIMIT {EXAMPLES}")
        first = ", ".join(shortened(row["text"]) for row in rows)
        more = f" and {total - EXAMPLES} more" if total > EXAMPLES else ""
        yield f"{noun}: {total}: {first}{more}"


def report_lines(connection: sqlite3.Connection) -> Iterator[ReportLine]:
    """Yield the outcome of each row, in the order of the source."""
    rows = connection.execute(
        """
        SELECT row.no, location, outcome, why, partnership, a.city AS a, b.city AS b,
            p.id, is_one_sided,
            (SELECT o.location FROM row o WHERE o.no = p.first) AS first
        FROM row LEFT JOIN partnership p ON p.no = row.partnership
        LEFT JOIN city_form a ON a.no = row.a
        LEFT JOIN city_form b ON b.no = row.b
        ORDER BY row.no
        """
    )
    for row in rows:
        with_ = None
        if row["outcome"] == "merged" and row["first"] != row["location"]:
            with_ = row["first"]
        remarks = [ONE_SIDED] if row["is_one_sided"] else []
        for subject, no in _SUBJECTS:
            remarks += _noted(connection, subject, row[no])
        yield ReportLine(
            row["location"],
            row["outcome"],
            row["id"],
            with_,
            row["why"],
            list(dict.fromkeys(remarks)),
        )


def _noted(connection: sqlite3.Connection, subject: str, no: int | None) -> list[str]:
    if no is None:
        return []
    sql = "SELECT text FROM noted WHERE subject = ? AND no = ? ORDER BY text"
    return [row["text"] for row in connection.execute(sql, (subject, no))]


@contextmanager
def report_file(file: Path | None) -> Iterator[Path | None]:
    """Yield the file for a report; it gets its name at the end, if all is well."""
    if file is None:
        yield None
        return
    with file_beside(file.absolute(), file.suffix) as temporary:
        yield temporary
        temporary.chmod(usual_mode(NEW_FILE))
        temporary.replace(file)


def write_report(connection: sqlite3.Connection, file: Path) -> None:
    """Write the outcome of each row, in the form of the file's suffix."""
    with file.open("w", encoding="utf-8", newline="") as out:
        _write(connection, out, file.suffix.lower())


def _write(connection: sqlite3.Connection, out: TextIO, suffix: str) -> None:
    if suffix == ".jsonl":
        for line in report_lines(connection):
            record = dict(zip(FIELDS, line, strict=True))
            out.write(f"{escaped_json(json.dumps(record, ensure_ascii=False))}\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for line in report_lines(connection):
        row = (*line[:5], "; ".join(line.remarks))
        writer.writerow([visible(cell or "") for cell in row])
