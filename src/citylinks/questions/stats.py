"""How many partnerships and events there are, by what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks import countries, dates
from citylinks.answers import StatRow, Stats
from citylinks.query import STATUS, TAKES_PART, Condition, Filters, one_of, record_conditions
from citylinks.questions.session import Session, asked, where
from citylinks.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = "not stated"


class By(NamedTuple):
    """What is counted by: the table of (record, key, sure), and how a key is called."""

    table: str
    name: Callable[[str], str]
    is_in_order: bool = False


def _of_city(value: str) -> str:
    return (
        f"SELECT DISTINCT f.record, {value} AS key, 1 AS sure FROM ref f"
        " JOIN record c ON c.type = 'city' AND c.id = f.id"
        f" WHERE f.{TAKES_PART} AND {value} IS NOT NULL"
    )


def _of_term(type_: str) -> str:
    return f"SELECT DISTINCT f.record, f.id AS key, 1 AS sure FROM ref f WHERE f.type = '{type_}'"


_DECADES = (
    "WITH RECURSIVE decade (year) AS (SELECT first * 10 FROM bounds WHERE first IS NOT NULL"
    " UNION ALL SELECT year + 10 FROM decade, bounds WHERE year + 10 <= last * 10), bounds AS ("
    "SELECT CAST(min(substr(earliest, 1, 3)) AS INTEGER) AS first,"
    f" CAST(max(substr(CASE latest WHEN '{dates.NO_LATEST}' THEN earliest ELSE latest END, 1, 3))"
    " AS INTEGER) AS last FROM record WHERE type IN ('partnership', 'event') AND earliest > '')"
    " SELECT r.no AS record, printf('%04d', year) || 's' AS key,"
    " coalesce(r.begun_by <= printf('%04d-12-31', year + 9)"
    " AND r.lasts_until >= printf('%04d-01-01', year), 0) AS sure"
    " FROM record r JOIN decade ON r.earliest <= printf('%04d-12-31', year + 9)"
    " AND r.latest >= printf('%04d-01-01', year)"
)


def _country(code: str) -> str:
    found = countries.get(code)
    return found.name if found else code


BYS: dict[str, By] = {
    "theme": By(_of_term("theme"), str),
    "decade": By(_DECADES, str, is_in_order=True),
    "kind": By("SELECT no AS record, kind AS key, 1 AS sure FROM record", words),
    "country": By(_of_city("c.country"), _country),
    "region": By(_of_city("region(c.country)"), str),
    "status": By(f"SELECT r.no AS record, {STATUS} AS key, 1 AS sure FROM record r", str),
    "organization": By(_of_term("organization"), str),
}
take_by = one_of(BYS, "grouping")


def stats(session: Session, by: str, filters: Filters) -> Stats:
    """Return the counts under each key, the largest first; decades in their order.

    A record counts once under each of its keys, and under no key where it has none.
    """
    chosen = take_by(by)
    how = BYS[chosen]
    found: dict[str | None, list[int]] = {}
    for column, type_ in enumerate(("partnership", "event")):
        for key, total, sure in _counted(session, how, type_, filters):
            counts = found.setdefault(key, [0, 0, 0])
            counts[column] += total
            counts[2] += total - sure
    names = session.names()
    names.gather((chosen, key) for key in found if key)
    rows = [
        StatRow(key, _called(how, key, names.own(chosen, key or "")), *counts)
        for key, counts in found.items()
    ]
    return Stats(query=asked(filters, by=chosen), results=tuple(sorted(rows, key=_order(how))))


def _called(how: By, key: str | None, own: str | None) -> str:
    return own or (how.name(key) if key else UNKNOWN)


def _order(how: By) -> Callable[[StatRow], tuple[object, ...]]:
    if how.is_in_order:
        return lambda row: (row.key is None, row.key)
    return lambda row: (row.key is None, -row.partnerships - row.events, row.key)


def _counted(
    session: Session, how: By, type_: str, filters: Filters
) -> list[tuple[str | None, int, int]]:
    """Return key, number of records and number of sure ones."""
    conditions = [Condition("r.type = ?", (type_,))]
    conditions += record_conditions(type_, filters, session.resolved(filters))
    clause, _ = where(conditions, filters, "r")
    rows = session.fetch(
        f"SELECT k.key, count(*) AS total, sum(coalesce(k.sure, 1)) AS sure"
        f" FROM record r LEFT JOIN ({how.table}) k ON k.record = r.no{clause.sql} GROUP BY k.key",
        clause.parameters,
    )
    return [(row["key"], row["total"], row["sure"]) for row in rows]
