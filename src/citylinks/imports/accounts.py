"""What became of every row: the counts, and the report row by row."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from typing import TextIO

OUTCOMES = ("taken", "merged", "set aside")
FIELDS = ("where", "outcome", "record", "with", "why", "remarks")
SUFFIXES = (".csv", ".jsonl")


class Line(NamedTuple):
    """What became of a row: the tie that it is in, and for a merged one the row that was taken."""

    where: str
    outcome: str
    record: str | None
    with_: str | None
    why: str | None
    remarks: list[str]


class Account(NamedTuple):
    """How many rows there were, what became of them and why, and what they added."""

    rows: int
    outcomes: dict[str, int]
    reasons: list[tuple[str, str, int]]  # outcome, why, rows
    cities: int
    ties: int
    notes: list[str]


def check_report(file: Path) -> None:
    """Refuse a report in a form that is not known."""
    if file.suffix not in SUFFIXES:
        raise UsageError(f"a report is a file that ends in {' or '.join(SUFFIXES)}, not '{file}'")


def outcomes(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows were taken, merged and set aside: together, all of them."""
    rows = connection.execute("SELECT outcome, count(*) FROM row GROUP BY outcome")
    found = dict(map(tuple, rows))
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}


def reasons(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return why rows were merged or set aside, the commonest reason first."""
    rows = connection.execute(
        "SELECT outcome, CASE instr(why, ';') WHEN 0 THEN why ELSE substr(why, 1, instr(why, ';')"
        " - 1) END AS reason, count(*) AS number FROM row WHERE why IS NOT NULL"
        " GROUP BY outcome, reason ORDER BY outcome, number DESC, reason"
    )
    return list(map(tuple, rows))


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
        for subject, no in (("row", "no"), ("link", "link"), ("place", "a"), ("place", "b")):
            remarks += _noted(connection, subject, row[no])
        unlike = list(dict.fromkeys(remarks))
        with_ = None if with_ == row["place"] else with_
        yield Line(row["place"], row["outcome"], row["id"], with_, row["why"], unlike)


ONE_SIDED = "recorded from this side only"


def _noted(connection: sqlite3.Connection, subject: str, no: int | None) -> list[str]:
    if no is None:
        return []
    sql = "SELECT text FROM noted WHERE subject = ? AND no = ? ORDER BY text"
    return [row["text"] for row in connection.execute(sql, (subject, no))]


@contextmanager
def reported(connection: sqlite3.Connection, file: Path | None) -> Iterator[None]:
    """Write the report, and put it in its place once all else is done."""
    if file is None:
        yield
        return
    handle, temporary = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            _write(connection, out, file.suffix)
        yield
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write(connection: sqlite3.Connection, out: TextIO, suffix: str) -> None:
    if suffix == ".jsonl":
        for line in lines(connection):
            record = dict(zip(FIELDS, line, strict=True))
            out.write(f"{json.dumps(record, ensure_ascii=False)}\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for line in lines(connection):
        writer.writerow((*line[:5], "; ".join(line.remarks)))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
