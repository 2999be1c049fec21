"""How many ties were in force in each year."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.answers import Growth, GrowthRow
from citylinks.conditions import Condition
from citylinks.errors import UsageError
from citylinks.in_force import UNTIL
from citylinks.query import Filters, record_conditions, spans_of
from citylinks.questions.session import Session, asked, where

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_YEARS = tuple(
    f"CAST(substr({column}, 1, 4) AS INTEGER)"
    for column in ("s.earliest", UNTIL.format("s"), "s.begun_by", "s.until_surely")
)


def growth(session: Session, filters: Filters) -> Growth:
    """Return a row for each year from the first that is known, to today or as far as was asked.

    The time that is asked for says which years there are, not which ties.
    """
    if filters.as_of or filters.certain or filters.status:
        raise UsageError("stats growth has a row for each year: ask with --year, --from or --to")
    ties = _ties(session, filters)
    years = _years(session, ties, filters)
    possible = _in_force(((row["first"] or 0, row["last"], row["n"]) for row in ties), years)
    certain = _in_force(((row["surely"], row["until"], row["n"]) for row in ties), years)
    return Growth(
        query=asked(filters, by="growth"),
        results=tuple(map(GrowthRow, years, possible, certain)),
        undated=sum(row["n"] for row in ties if not row["first"]),
    )


def _ties(session: Session, filters: Filters) -> list[sqlite3.Row]:
    """Return how many ties there are of the same years: possibly and surely begun and ended."""
    untimed = filters._replace(year=(), from_=None, to=None)
    conditions = [
        Condition("r.type = 'partnership' AND s.path = 'start'"),
        *record_conditions("partnership", untimed, session.resolved(untimed)),
    ]
    clause, _ = where(conditions, untimed, "r")
    first, last, surely, until = _YEARS
    return session.fetch(
        f"SELECT {first} AS first, {last} AS last, {surely} AS surely, {until} AS until,"
        f" count(*) AS n FROM record r JOIN entry s ON s.record = r.no{clause.sql}"
        " GROUP BY 1, 2, 3, 4",
        clause.parameters,
    )


def _years(session: Session, ties: Sequence[sqlite3.Row], filters: Filters) -> range:
    known = [row["first"] for row in ties if row["first"]]
    today = int(session.fetch("SELECT today()")[0][0][:4])
    first, last = min(known, default=today + 1), today
    spans = spans_of(filters)
    if spans:
        first = max(first, min(int(span[0][:4] or dates.NO_LATEST[:4]) for span in spans))
        asked_last = max(int(span[1][:4] or 0) for span in spans)
        last = min(asked_last, max(today, asked_last if asked_last < 9999 else today))
    return range(first, last + 1)


def _in_force(spans: Iterable[tuple[int | None, int | None, int]], years: range) -> Iterable[int]:
    """Return how many hold in each year, of so many from a first to a last year."""
    change = [0] * (len(years) + 1)
    for first, last, count in spans:
        if first is None or last is None or not years:
            continue
        begins, ends = max(first, years[0]), min(last, years[-1])
        if begins <= ends:
            change[begins - years[0]] += count
            change[ends - years[0] + 1] -= count
    return accumulate(change[:-1])
