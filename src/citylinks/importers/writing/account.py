"""What became of every row: the counts, and the report row by row."""

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
TOLD = 5  # examples
MOST_REASONS = 10

ONE_SIDED = "recorded from this side only"
_SUBJECTS = (
    ("row", "no"), ("link", "link"), ("place", "a"), ("place", "b"), ("double", "a"),
    ("double", "b"),
)  # fmt: skip


class Line(NamedTuple):
    """What became of a row: the tie that it is in, and for a merged one the row that
    was taken.
    """

    where: str
    outcome: str
    record: str | None
    with_: str | None
    why: str | None
    remarks: list[str]


class Account(NamedTuple):
    """How many rows there were, what became of them and why, and what they added."""

    outcomes: dict[str, int]
    reasons: list[tuple[str, str, int]]  # outcome, why, rows
    cities: int
    ties: int
    notes: list[str]

    @property
    def rows(self) -> int:
        """How many rows the source has."""
        return sum(self.outcomes.values())

    def told(self, into: str) -> Iterator[str]:
        """Yield it in sentences; `into` is the directory as a person has it."""
        counts = ", ".join(
            f"{number} {outcome}" for outcome, number in self.outcomes.items()
        )
        yield f"{number_of(self.rows, 'row')}: {counts}"
        for outcome, why, number in self.reasons[:MOST_REASONS]:
            yield f"{outcome}: {number}, {shortened(why)}"
        if len(self.reasons) > MOST_REASONS:
            more = len(self.reasons) - MOST_REASONS
            are = "is" if more == 1 else "are"
            yield f"there {are} {number_of(more, 'more reason')}; --report has them"
        cities = number_of(self.cities, "city", "cities")
        yield f"added to '{into}': {cities}, {number_of(self.ties, 'tie')}"
        yield from self.notes


def check_report(file: Path) -> None:
    """Refuse a report in a form that is not known."""
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"a report is a file that ends in {' or '.join(SUFFIXES)}, not '{file}'"
        )


def account(connection: sqlite3.Connection, cities: int, ties: int) -> Account:
    """Return the account of an import that has added so many cities and ties."""
    return Account(
        _outcomes(connection),
        _reasons(connection),
        cities,
        ties,
        list(_notes(connection)),
    )


def _outcomes(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows were taken, merged and set aside: together, all of them."""
    rows = connection.execute("SELECT outcome, count(*) FROM row GROUP BY outcome")
    found = dict(map(tuple, rows))
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}


def _reasons(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return why rows were merged or set aside, the commonest reason first."""
    rows = connection.execute(
        "SELECT outcome, CASE instr(why, ';') WHEN 0 THEN why ELSE substr(why, 1, instr(why, ';')"
        " - 1) END AS reason, count(*) AS number FROM row WHERE why IS NOT NULL"
        " GROUP BY outcome, reason ORDER BY outcome, number DESC, reason"
    )
    return list(map(tuple, rows))


def _notes(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what a person should know of the cities and ties, with the first examples."""
    one_sided = connection.execute(
        "SELECT count(*) FROM link WHERE is_one_sided"
    ).fetchone()[0]
    if one_sided:
        yield f"ties that are recorded from one side only: {one_sided}"
    names = (
        "SELECT min(name) AS text, count(*) AS number FROM place WHERE country IS NULL"
        " AND there IS NULL GROUP BY folded HAVING number > 1"
    )
    yield from _listed(
        connection, names, "names that several cities without a country bear"
    )
    unclear = "SELECT text, count(*) AS number FROM noted WHERE subject <> 'double' GROUP BY text"
    yield from _listed(connection, unclear, "left out or not clear")
    alike = connection.execute("SELECT count(*) FROM double").fetchone()[0]
    if alike:
        yield f"cities that may be one: {alike}; none was merged that --accept does not name"
        texts = connection.execute(
            "SELECT text FROM double JOIN noted ON subject = 'double' AND no = double.other"
            " GROUP BY kept, other ORDER BY shared DESC, text LIMIT ?", (TOLD,)
        )  # fmt: skip
        yield from (shortened(row["text"]) for row in texts)


def _listed(connection: sqlite3.Connection, sql: str, said: str) -> Iterator[str]:
    """Yield how many texts a query has, and the first of them, the commonest."""
    total = connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]
    if total:
        first = connection.execute(f"{sql} ORDER BY number DESC, text LIMIT {TOLD}")
        more = f" and {total - TOLD} more" if total > TOLD else ""
        yield f"{said}: {total}: {', '.join(shortened(row['text']) for row in first)}{more}"


def lines(connection: sqlite3.Connection) -> Iterator[Line]:
    """Yield what became of each row, in the order of the source."""
    rows = connection.execute(
        "SELECT row.no, row.place, row.outcome, row.why, row.link, a.place AS a, b.place AS b,"
        " link.id, link.is_one_sided, (SELECT o.place FROM row o WHERE o.no = link.first) AS first"
        " FROM row LEFT JOIN link ON link.no = row.link LEFT JOIN party a ON a.no = row.a"
        " LEFT JOIN party b ON b.no = row.b ORDER BY row.no"
    )
    for row in rows:
        with_ = row["first"] if row["outcome"] == "merged" else None
        remarks = [ONE_SIDED] if row["is_one_sided"] else []
        for subject, no in _SUBJECTS:
            remarks += _noted(connection, subject, row[no])
        remarks = list(dict.fromkeys(remarks))
        with_ = None if with_ == row["place"] else with_
        yield Line(row["place"], row["outcome"], row["id"], with_, row["why"], remarks)


def _noted(connection: sqlite3.Connection, subject: str, no: int | None) -> list[str]:
    if no is None:
        return []
    sql = "SELECT text FROM noted WHERE subject = ? AND no = ? ORDER BY text"
    return [row["text"] for row in connection.execute(sql, (subject, no))]


@contextmanager
def placed(file: Path | None) -> Iterator[Path | None]:
    """Yield where to write a report; it is put in its place at the end, or nothing
    stays.
    """
    if file is None:
        yield None
        return
    with file_beside(file.absolute(), file.suffix) as temporary:
        yield temporary
        temporary.chmod(usual_mode(NEW_FILE))
        temporary.replace(file)


def write_report(connection: sqlite3.Connection, file: Path) -> None:
    """Write what became of each row, in the form of the file's suffix."""
    with file.open("w", encoding="utf-8", newline="") as out:
        _write(connection, out, file.suffix.lower())


def _write(connection: sqlite3.Connection, out: TextIO, suffix: str) -> None:
    if suffix == ".jsonl":
        for line in lines(connection):
            record = dict(zip(FIELDS, line, strict=True))
            out.write(f"{escaped_json(json.dumps(record, ensure_ascii=False))}\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for line in lines(connection):
        row = (*line[:5], "; ".join(line.remarks))
        writer.writerow([None if cell is None else visible(cell) for cell in row])
