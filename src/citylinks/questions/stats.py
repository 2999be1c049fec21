"""The numbers of partnerships and events, by theme, decade, kind and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks import dates
from citylinks.geo import countries
from citylinks.model.vocabulary import in_words
from citylinks.query.conditions import STATUS, TAKES_PART, record_conditions
from citylinks.query.filters import (
    NO_FILTERS,
    FilterOptions,
    Filters,
    as_of_period,
    choice_of,
    of_kinds,
)
from citylinks.query.options import Option
from citylinks.query.sql import Condition
from citylinks.query.validity_sql import STATUSES
from citylinks.questions.results import NamedFilter
from citylinks.questions.session import (
    Session,
    check_number,
    describe_query,
    where_clause,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citylinks.query.validity_sql import PeriodDays

    Table = Callable[["PeriodDays | None"], Condition]


class StatRow(NamedTuple):
    """The number of partnerships and events under one key; the key is null if unknown.

    `uncertain` counts the partnerships and events that belong there only possibly.
    """

    key: str | None
    name: str
    partnerships: int
    events: int
    uncertain: int


class Stats(NamedTuple):
    """The numbers for each key; `more` is the number of rows beyond the limit."""

    query: dict[str, Any]
    results: tuple[StatRow, ...]
    more: int = 0
    named: tuple[NamedFilter, ...] = ()


UNKNOWN = "not stated"


class Grouping(NamedTuple):
    """A way to count: its table of (record, key, sure) at a time, and names of keys."""

    table: Table
    name: Callable[[str], str]
    is_in_order: bool = False


def _always(sql: str) -> Table:
    return lambda days: Condition(sql)


def _table_of_cities(value: str) -> Table:
    """Return the table of a value of the cities of records.

    Of a partnership these are its members then. A key is sure where one of its cities
    surely was a member.
    """
    member = (
        "CASE f.relation WHEN 'members' THEN membership("
        "(SELECT t.body FROM record t WHERE t.no = f.record), f.id, ?, ?)"
        " ELSE 'certain' END"
    )

    def table(days: PeriodDays | None) -> Condition:
        held = member if days else "'certain'"
        return Condition(
            "SELECT record, key, max(held = 'certain') AS sure FROM ("
            f"SELECT f.record, {value} AS key, {held} AS held FROM ref f"
            " JOIN record c ON c.type = 'city' AND c.id = f.id"
            f" WHERE f.{TAKES_PART} AND {value} IS NOT NULL"
            ") WHERE held IS NOT NULL GROUP BY record, key",
            days or (),
        )

    return table


def _table_of_terms(type_: str) -> Table:
    return _always(
        "SELECT DISTINCT f.record, f.id AS key, 1 AS sure"
        f" FROM ref f WHERE f.type = '{type_}'"
    )


def _table_of_statuses(days: PeriodDays | None) -> Condition:
    if days is None:
        return Condition(
            f"SELECT r.no AS record, {STATUS} AS key, 1 AS sure FROM record r"
        )
    return Condition(
        "SELECT r.no AS record, had.key, had.value = 'certain' AS sure"
        f" FROM record r, json_each({STATUSES}) had WHERE r.type = 'partnership'",
        days,
    )


_DECADES = (
    "WITH RECURSIVE decade (year) AS ("
    "SELECT first * 10 FROM bounds WHERE first IS NOT NULL"
    " UNION ALL SELECT year + 10 FROM decade, bounds WHERE year + 10 <= last * 10),"
    " bounds AS ("
    "SELECT CAST(min(substr(earliest, 1, 3)) AS INTEGER) AS first, CAST(max(substr("
    f"CASE latest WHEN '{dates.NO_LATEST}' THEN earliest ELSE latest END, 1, 3))"
    " AS INTEGER) AS last"
    " FROM record WHERE type IN ('partnership', 'event') AND earliest > '')"
    " SELECT r.no AS record, printf('%04d', year) || 's' AS key,"
    " coalesce(r.begun_by <= printf('%04d-12-31', year + 9)"
    " AND r.lasts_until >= printf('%04d-01-01', year), 0) AS sure"
    " FROM record r JOIN decade ON r.earliest <= printf('%04d-12-31', year + 9)"
    " AND r.latest >= printf('%04d-01-01', year)"
)


def _country(code: str) -> str:
    country = countries.get_country(code)
    if country is None:
        return code
    return country.name


BYS: dict[str, Grouping] = {
    "theme": Grouping(_table_of_terms("theme"), str),
    "decade": Grouping(_always(_DECADES), str, is_in_order=True),
    "kind": Grouping(
        _always("SELECT no AS record, kind AS key, 1 AS sure FROM record"), in_words
    ),
    "country": Grouping(_table_of_cities("c.country"), _country),
    "region": Grouping(_table_of_cities("region(c.country)"), str),
    "status": Grouping(_table_of_statuses, str),
    "organization": Grouping(_table_of_terms("organization"), str),
    "city": Grouping(_table_of_cities("f.id"), str),
}
parse_by = choice_of(BYS, "grouping")


class StatsQuery(NamedTuple):
    """What to count by: theme, decade, kind, country, region, city, ..."""

    by: Annotated[
        str,
        Option(
            "What to count by (default: kind).",
            metavar="WHAT",
            completes="grouping",
        ),
    ] = "kind"
    limit: Annotated[
        int | None, Option("Show at most N rows.", metavar="N", minimum=1)
    ] = None
    filters: Filters = NO_FILTERS


class StatsOptions(FilterOptions, total=False):
    """The options of `stats` as keywords."""

    limit: int | None


def stats(session: Session, query: StatsQuery) -> Stats:
    """Return the numbers for each key, the largest first; decades in order of time.

    A record counts once under each of its keys, or under null if it has none.
    """
    check_number("limit", query.limit, "rows")
    filters = of_kinds(query.filters, "partnership", "event")
    chosen = parse_by(query.by)
    query = query._replace(by=chosen, filters=filters)
    how = BYS[chosen]
    counted: dict[str | None, list[int]] = {}
    for column, type_ in enumerate(("partnership", "event")):
        for key, total, sure in _counted(session, how, type_, filters):
            counts = counted.setdefault(key, [0, 0, 0])
            counts[column] += total
            counts[2] += total - sure
    keys = sorted(counted, key=_order(how, counted))[: query.limit]
    names = session.names(filters)
    names.gather((chosen, key) for key in keys if key)
    rows = []
    for key in keys:
        own_name = names.own_name(chosen, key or "")
        rows.append(StatRow(key, own_name or _key_name(how, key), *counted[key]))
    return Stats(
        query=describe_query(query),
        results=tuple(rows),
        more=len(counted) - len(keys),
        named=session.named(filters),
    )


def _key_name(how: Grouping, key: str | None) -> str:
    if key is None:
        return UNKNOWN
    return how.name(key)


def _order(
    how: Grouping, counted: Mapping[str | None, Sequence[int]]
) -> Callable[[str | None], tuple[object, ...]]:
    if how.is_in_order:
        return lambda key: (key is None, key)
    return lambda key: (key is None, -counted[key][0] - counted[key][1], key)


def _counted(
    session: Session, how: Grouping, type_: str, filters: Filters
) -> list[tuple[str | None, int, int]]:
    """Return key, number of records and number of sure ones."""
    conditions = [Condition("r.type = ?", (type_,))]
    conditions += record_conditions(type_, filters, session.resolved(filters))
    clause, certainty = where_clause(conditions, filters, "r")
    table = how.table(as_of_period(filters))
    is_sure = f"coalesce({certainty.sql}, '') <> 'possible'"
    # What a record had then is asked of the day, as the record is.
    only = " AND k.sure" if filters.certain and table.parameters else ""
    # Each key has its records, which are found by their numbers; the other way round,
    # SQLite would go through all keys for every record.
    rows = session.fetch(
        f"WITH k AS MATERIALIZED ({table.sql})"
        f" SELECT k.key, count(*) AS total, sum(k.sure AND {is_sure}) AS sure"
        f" FROM k CROSS JOIN record r ON r.no = k.record{clause.sql}{only}"
        " GROUP BY k.key"
        f" UNION ALL SELECT NULL, count(*), sum({is_sure}) FROM record r{clause.sql}"
        " AND r.no NOT IN (SELECT record FROM k)",
        (*table.parameters, *(certainty.parameters + clause.parameters) * 2),
    )
    counted: dict[str | None, list[int]] = {}
    for row in rows:
        counts = counted.setdefault(row["key"], [0, 0])
        counts[0] += row["total"]
        counts[1] += row["sure"] or 0
    return [(key, total, sure) for key, (total, sure) in counted.items() if total]
