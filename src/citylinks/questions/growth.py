"""How many partnerships were in force in each year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates
from citylinks.errors import UsageError
from citylinks.model.validity import (
    FIRST_DAY,
    LAST_DAY,
    Validity,
    membership_validities,
)
from citylinks.query.conditions import member_conditions, record_conditions
from citylinks.query.filters import NO_FILTERS, Filters, of_kinds, requested_spans
from citylinks.query.sql import Condition
from citylinks.query.validity_sql import UNTIL
from citylinks.questions.results import NamedFilter
from citylinks.questions.session import Session, describe_query, where_clause

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator


class GrowthRow(NamedTuple):
    """The partnerships possibly in force in a year, and those certainly in force."""

    year: int
    possible: int
    certain: int


class Growth(NamedTuple):
    """The number of partnerships in force in each year.

    `undated` counts those whose start is unknown.
    """

    query: dict[str, Any]
    results: tuple[GrowthRow, ...]
    undated: int = 0
    named: tuple[NamedFilter, ...] = ()


Years = tuple[int, int]  # the first and the last

_ALWAYS: Years = (0, int(dates.NO_LATEST[:4]))
_YEARS = (
    "substr(s.earliest, 1, 4) AS earliest,"
    f" substr({UNTIL.format('s')}, 1, 4) AS until_latest,"
    " substr(s.begun_by, 1, 4) AS begun_by,"
    " substr(s.until_surely, 1, 4) AS until_surely"
)
# The bodies of the partnerships that have not had all their members for as long as they
# held.
_BODY = (
    "CASE WHEN EXISTS (SELECT 1 FROM entry j WHERE j.record = r.no"
    " AND j.kind IN ('join', 'member', 'leave', 'term')) THEN r.body END"
)


class _Held(NamedTuple):
    """The years in which so many partnerships held with the wanted members.

    No year is in two spans. What has no known beginning begins in the year 0.
    """

    possible: Sequence[Years]
    certain: Sequence[Years]
    partnerships: int


class GrowthQuery(NamedTuple):
    """The partnerships to count, and the years."""

    filters: Filters = NO_FILTERS


def growth(session: Session, query: GrowthQuery) -> Growth:
    """Return a row for each year, from the first known start to today.

    The time asked for selects the years, not the partnerships; see `_years`. The number
    for a year equals that of the list of partnerships as of that year.
    """
    filters = query.filters
    if filters.as_of or filters.certain or filters.status:
        raise UsageError(
            "stats growth has a row for each year; use --year, --from or --to"
        )
    filters = of_kinds(filters, "partnership")
    held = list(_held(session, filters._replace(year=(), from_=None, to=None)))
    today = int(session.today()[:4])
    possible: list[tuple[Years, int]] = []
    certain: list[tuple[Years, int]] = []
    spans: list[Years] = []
    undated = 0
    for group in held:
        for span in group.possible:
            possible.append((span, group.partnerships))
            spans.append(span)
        certain += [(span, group.partnerships) for span in group.certain]
        if not all(first for first, _ in group.possible):
            undated += group.partnerships
    years = _years(spans, requested_spans(filters), today)
    counts = zip(
        years, _in_force(possible, years), _in_force(certain, years), strict=True
    )
    return Growth(
        query=describe_query(GrowthQuery(filters), by="growth"),
        results=tuple(GrowthRow(*count) for count in counts),
        undated=undated,
        named=session.named(filters),
    )


# -- When partnerships held ---------------------------------------------------


def _held(session: Session, untimed: Filters) -> Iterator[_Held]:
    """Yield the years of the partnerships that are kept, equal ones together."""
    resolved = session.resolved(untimed)
    members = member_conditions(untimed, resolved)
    wanted = [_cities(session, condition) for condition in members]
    conditions = [
        Condition("r.type = 'partnership' AND s.path = 'start'"),
        *record_conditions("partnership", untimed, resolved),
    ]
    clause, _ = where_clause(conditions, untimed, "r")
    body = _BODY if wanted or resolved.sides else "NULL"
    rows = session.fetch(
        f"SELECT {_YEARS}, {body} AS body, count(*) AS partnerships"
        f" FROM record r JOIN entry s ON s.record = r.no{clause.sql}"
        " GROUP BY 1, 2, 3, 4, 5",
        clause.parameters,
    )
    today = session.today()
    for row in rows:
        yield _held_years(row, wanted, resolved.sides, today)


def _cities(session: Session, wanted: Condition) -> set[str]:
    sql = f"SELECT x.id FROM record x WHERE x.type = 'city' AND {wanted.sql}"
    return set(session.fetch_column(sql, wanted.parameters))


def _held_years(
    row: sqlite3.Row,
    wanted: Iterable[set[str]],
    sides: Sequence[Sequence[str]],
    today: str,
) -> _Held:
    """Return the years in which one of each wanted set of cities belonged.

    Where there are sides, also one city of each, and another of the other.
    """
    held = Validity(
        row["earliest"] or "", row["until_latest"], row["begun_by"], row["until_surely"]
    )
    possible, certain = _possible([held]), _certain([held])
    if row["body"]:
        body = json.loads(row["body"])
        for cities in wanted:
            members = membership_validities(body, cities, today)
            possible = _both(possible, _possible(members))
            certain = _both(certain, _certain(members))
        if sides:
            pairs = list(_pairs(body, sides, today))
            possible = _both(possible, _together(pairs, _possible))
            certain = _both(certain, _together(pairs, _certain))
    return _Held(possible, certain, row["partnerships"])


def _pairs(
    body: dict[str, Any], sides: Sequence[Sequence[str]], today: str
) -> Iterator[tuple[list[Validity], list[Validity]]]:
    """Yield the memberships of each two members that stand on the two sides."""
    first, second = map(set, sides)
    members = dict.fromkeys(item["city"] for item in body["members"])
    for own, other in permutations(members, 2):
        if own in first and other in second:
            yield (
                membership_validities(body, {own}, today),
                membership_validities(body, {other}, today),
            )


def _together(
    pairs: Iterable[tuple[list[Validity], list[Validity]]],
    years: Callable[[Iterable[Validity]], list[Years]],
) -> list[Years]:
    """Return the years in which the two of some pair belonged."""
    together: list[Years] = []
    for first, second in pairs:
        together += _both(years(first), years(second))
    return _united(together)


def _possible(periods: Iterable[Validity]) -> list[Years]:
    years = []
    for period in periods:
        first = int(period.earliest[:4] or 0)
        years.append((first, int(period.latest[:4])))
    return _united(years)


def _certain(periods: Iterable[Validity]) -> list[Years]:
    years = []
    for period in periods:
        if period.begun_by is not None and period.lasts_until is not None:
            first = int(period.begun_by[:4])
            years.append((first, int(period.lasts_until[:4])))
    return _united(years)


def _united(spans: Iterable[Years]) -> list[Years]:
    """Return the same years in spans of which no two have one in common."""
    united: list[Years] = []
    known_until = -1
    for first, last in sorted(spans):
        if last > known_until:
            united.append((max(first, known_until + 1), last))
            known_until = last
    return united


def _both(some: Iterable[Years], others: Sequence[Years]) -> list[Years]:
    """Return the years that are in both."""
    shared = []
    for some_first, some_last in some:
        for first, last in others:
            years = max(some_first, first), min(some_last, last)
            if years[0] <= years[1]:
                shared.append(years)
    return shared


# -- Years --------------------------------------------------------------------


def _years(
    held: Sequence[Years], spans: Sequence[tuple[str, str]], today: int
) -> range:
    """Return the years to tell: as asked for, from the first known beginning, to today.

    Before that beginning only what was asked for is told, and only if a partnership
    possibly held then. A time without an end is one year where today lies before it,
    and one without a beginning where all known beginnings lie after it.
    """
    asked_first = min((span[0] for span in spans), default=FIRST_DAY)
    asked_last = max((span[1] for span in spans), default=LAST_DAY)
    if asked_first > asked_last:
        return range(0)
    known = min((first for first, _ in held if first), default=_ALWAYS[1])
    has_first, has_last = asked_first > FIRST_DAY, asked_last < LAST_DAY
    last = max(today, int(asked_first[:4]))
    if has_last:
        last = int(asked_last[:4])
    first = min(known, last)
    if has_first:
        first = int(asked_first[:4])
    if not any(begins <= first <= ends for begins, ends in held):
        first = max(first, known)
    return range(first, last + 1)


def _in_force(spans: Iterable[tuple[Years, int]], years: range) -> Iterable[int]:
    """Return the number in force in each year, by spans of years with numbers."""
    change = [0] * (len(years) + 1)
    for (first, last), count in spans:
        begins, ends = max(first, years.start), min(last, years.stop - 1)
        if begins <= ends:
            change[begins - years.start] += count
            change[ends - years.start + 1] -= count
    return accumulate(change[:-1])
