"""What filters mean: the conditions, in SQL, on entries and on records."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from citylinks import dates
from citylinks.model.vocabulary import GATHERING_KINDS
from citylinks.query import validity_sql
from citylinks.query.filters import (
    Filters,
    as_of_period,
    parse_country,
    parse_level,
    parse_region,
    parse_status,
)
from citylinks.query.sql import (
    IN,
    Condition,
    either_condition,
    every_condition,
    json_list,
)


class Among(NamedTuple):
    """So many at least of these cities."""

    cities: tuple[str, ...]
    least: int = 1


class Resolved(NamedTuple):
    """The ids that the names in a question stand for.

    `sides` are the cities on each side of `between`, or none.
    """

    themes: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()


def each_with(filters: Filters, ids: Resolved) -> list[Among]:
    """Return the cities of `with_`: each by itself, or one of all."""
    if not filters.with_:
        return []
    if filters.any_:
        return [Among(ids.with_)]
    return [Among((city,)) for city in dict.fromkeys(ids.with_)]


def each_side(ids: Resolved) -> list[Among]:
    """Return the cities of the two sides of `between`, with the number of them wanted.

    Some city on one side and another on the other: one of each, and where the sides
    have cities in common, two of both together.
    """
    if not ids.sides:
        return []
    first, second = ids.sides
    sides = [Among(first), Among(second)]
    if not set(first).isdisjoint(second):
        sides.append(Among(tuple(dict.fromkeys(first + second)), 2))
    return sides


def entry_of_each(wanted: Sequence[Among], column: str = "e.no") -> Condition:
    """Keep the entries in which as many cities as each asks take part.

    Of two cities or more, also all entries of a partnership to which they belong at
    that time, but for networks and the like. `column` holds the number of the entry; an
    event has its own.
    """
    named = every_condition([_entry_among(among, column) for among in wanted])
    if len(wanted) == 1 and wanted[0].least == 1:
        return named
    return either_condition(named, _entry_of_partnership(wanted, column))


def _entry_among(wanted: Among, column: str) -> Condition:
    if wanted.least == 1:
        return Condition(
            f"{column} IN ({_entries_with('city')})", (json_list(wanted.cities),)
        )
    entries = "SELECT entry FROM concerned WHERE type = 'city'"
    return _with_two(column, entries, wanted.cities)


def _entry_of_partnership(wanted: Sequence[Among], column: str) -> Condition:
    """Keep the entries of partnerships to which so many of the cities belong then."""
    among = every_condition([partnership_among(cities, "p.no") for cities in wanted])
    then = every_condition([_belonging(cities) for cities in wanted])
    # The pluses keep SQLite from walking all partnerships, or all that concerns some.
    sql = (
        f"{column} IN (SELECT k.entry FROM record p"
        " CROSS JOIN concerned k ON k.type = 'partnership' AND k.id = p.id"
        f" CROSS JOIN entry d ON d.no = k.entry WHERE {among.sql}"
        f" AND +p.type = 'partnership' AND p.kind NOT {IN}"
        f" AND coalesce(d.latest, '{dates.NO_LATEST}') >= coalesce(p.earliest, '')"
        f" AND {then.sql})"
    )
    return Condition(
        sql, (*among.parameters, json_list(GATHERING_KINDS), *then.parameters)
    )


def _belonging(wanted: Among) -> Condition:
    """Keep the entries (`d`) in whose time so many cities are members of `p`."""
    # The pluses keep SQLite from looking each of the cities up: they may be thousands.
    sql = (
        "(SELECT count(DISTINCT x.id) FROM ref x WHERE x.record = p.no"
        f" AND +x.{_IS_MEMBER} AND +x.id {IN} AND membership(p.body, x.id,"
        f" coalesce(d.earliest, ''), coalesce(d.latest, '{dates.NO_LATEST}'))"
        " IS NOT NULL) >= ?"
    )
    return Condition(sql, (json_list(wanted.cities), wanted.least))


def entry_of_any(cities: Sequence[str], partnerships: Sequence[str] = ()) -> Condition:
    """Keep the entries of any of the cities or partnerships.

    With a partnership come the entries of all that is part of it.
    """
    parts = []
    parameters = []
    if cities:
        parts.append(_entries_with("city"))
        parameters.append(json_list(cities))
    if partnerships:
        parts.append(_ENTRIES_WITHIN)
        parameters.append(json_list(partnerships))
    return Condition(f"e.no IN ({' UNION ALL '.join(parts)})", tuple(parameters))


def partnership_among(wanted: Among, column: str = "r.no") -> Condition:
    """Keep the partnerships of which so many of the cities are members."""
    records = f"SELECT record FROM ref WHERE {_IS_MEMBER}"
    if wanted.least > 1:
        return _with_two(column, records, wanted.cities)
    sql = f"{column} IN ({records} AND id {IN})"
    return Condition(sql, (json_list(wanted.cities),))


def _with_two(column: str, selected: str, cities: Sequence[str]) -> Condition:
    """Keep those selected for two or more of the cities.

    Of just two it is quicker to intersect.

    Of more they are written out, since SQLite looks into a view for what it is given,
    not for what it has to select.
    """
    if len(cities) == 2:
        with_city = f"{selected} AND id = ?"
        both = f"{with_city} INTERSECT {with_city}"
        return Condition(f"{column} IN ({both})", tuple(cities))
    listed = ", ".join("?" * len(cities))
    return Condition(
        f"{column} IN ({selected} AND id IN ({listed})"
        " GROUP BY 1 HAVING count(DISTINCT id) > 1)",
        tuple(cities),
    )


def not_a_gathering() -> Condition:
    """Leave out what concerns all members of a network or another gathering alike."""
    return Condition(
        f"NOT (e.is_general AND r.type = 'partnership' AND r.kind {IN})",
        (json_list(GATHERING_KINDS),),
    )


def entry_conditions(
    filters: Filters,
    ids: Resolved,
    subjects: Sequence[Among] = (),
    *,
    of_one_kind: bool = False,
) -> list[Condition]:
    """Return the conditions of the filters, and of the subjects, on entries (`e`).

    Where all entries are `of_one_kind`, to ask for that kind is to ask for what is
    called so.
    """
    kinds = json_list(filters.kind)
    own_kind = "0" if of_one_kind else "1"
    parts = [
        (filters.kind, f"{own_kind} AND e.kind {IN} OR e.detail {IN}"
         f" OR r.type = 'partnership' AND r.kind {IN}", (kinds, kinds, kinds)),
        (filters.theme, f"e.no IN ({_entries_of_theme()})", (json_list(ids.themes),)),
        (filters.organization, f"e.no IN ({_entries_with('organization')})",
         (json_list(ids.organizations),)),
        (filters.status and not filters.as_of,
         f"{_OF_PARTNERSHIPS_WITH} {status_sql('r')} {IN}))",
         (json_list(_statuses(filters)),)),
    ]  # fmt: skip
    conditions = _given_conditions(parts)
    for column, values in _places(filters):
        sql = f"e.no IN ({_entries_with_city(column)})"
        conditions.append(Condition(sql, (values, json_list(ids.subjects))))
    wanted = [*subjects, *each_with(filters, ids)]
    for together in (wanted, each_side(ids)):
        if together:
            conditions.append(entry_of_each(together))
    days = as_of_period(filters)
    if days:
        conditions += _entries_then(days, filters, ids)
    return conditions


def _given_conditions(
    parts: Iterable[tuple[object, str, tuple[Any, ...]]],
) -> list[Condition]:
    """Return the conditions of the filters that are given; each part has the filter."""
    conditions = []
    for given, sql, parameters in parts:
        if given:
            conditions.append(Condition(sql, parameters))
    return conditions


def _entries_then(
    days: validity_sql.PeriodDays, filters: Filters, ids: Resolved
) -> Iterator[Condition]:
    """Yield the conditions on entries of what held at a time."""
    yield validity_sql.entry_is_valid(days, _statuses(filters))
    if filters.status:
        had = validity_sql.had_status(days, _statuses(filters))
        yield had.within(f"{_OF_PARTNERSHIPS_WITH} ", "))")
    for wanted in _wanted(filters, ids.subjects, ids):
        yield validity_sql.involves(days, wanted)
    for side in each_side(ids):
        yield validity_sql.involves(days, _is_among(side), side.least)


def record_conditions(type_: str, filters: Filters, ids: Resolved) -> list[Condition]:
    """Return the conditions of the filters on records (`r`) of one type."""
    parts: list[tuple[Any, str, tuple[Any, ...]]] = [
        (filters.kind, f"r.kind {IN}", (json_list(filters.kind),)),
        (filters.theme,
         "r.no IN (SELECT f.record FROM ref f JOIN theme_within w ON w.id = f.id"
         f" WHERE f.type = 'theme' AND w.above {IN})", (json_list(ids.themes),)),
        (filters.organization, f"r.no IN ({_records_with('organization')})",
         (json_list(ids.organizations),)),
        (filters.status and not filters.as_of, f"{STATUS} {IN}",
         (json_list(_statuses(filters)),)),
    ]  # fmt: skip
    conditions = _given_conditions(parts)
    if type_ in {"city", "organization"}:
        conditions += _places_of_records(filters, ids)
    else:
        conditions += _places_of_members(type_, filters, ids)
    days = as_of_period(filters)
    if days:
        conditions += _records_then(days, type_, filters, ids)
    return conditions


def _places_of_records(filters: Filters, ids: Resolved) -> Iterator[Condition]:
    """Yield the conditions on the place and the partners of a record."""
    for column, values in _places(filters):
        yield Condition(f"r.{column} {IN}", (values,))
    if not filters.as_of:
        for among in each_with(filters, ids):
            yield _is_partner_of(among.cities)
        if ids.sides:
            yield _is_across(ids.sides, _is_partner_of)


def _is_partner_of(cities: Sequence[str]) -> Condition:
    """Keep the cities that are partners of one of these."""
    return Condition(f"r.id IN ({_PARTNERS})", (json_list(cities),))


def _is_across(
    sides: Sequence[Sequence[str]], is_partner_of: Callable[..., Condition]
) -> Condition:
    """Keep the cities on one side that have a partner on the other."""
    across = []
    for own, others in (sides, sides[::-1]):
        partner = is_partner_of(others)
        across.append(_all_of_both(Condition(f"r.id {IN}", (json_list(own),)), partner))
    return either_condition(*across)


def _all_of_both(plain: Condition, other: Condition) -> Condition:
    """Keep what both keep, of which the first is certain."""
    sure = _all_of_both(plain, other.sure) if other.sure else None
    return every_condition([plain, other])._replace(sure=sure)


def _places_of_members(
    type_: str, filters: Filters, ids: Resolved
) -> Iterator[Condition]:
    """Yield the conditions on the cities that take part in a record."""
    for column, values in _places(filters):
        sql = f"r.no IN ({_records_with_city(column)})"
        yield Condition(sql, (values, json_list(ids.with_)))
    with_, sides = each_with(filters, ids), each_side(ids)
    if type_ == "event":
        for together in filter(None, (with_, sides)):
            sql, parameters, _ = entry_of_each(together, "r.no")
            yield Condition(sql, parameters)
        return
    for side in sides:
        yield partnership_among(side)
    for among in with_:
        sql = f"r.no IN ({_records_with('city')} AND {TAKES_PART})"
        yield Condition(sql, (json_list(among.cities),))


def _records_then(
    days: validity_sql.PeriodDays, type_: str, filters: Filters, ids: Resolved
) -> Iterator[Condition]:
    """Yield the conditions on records as they were at a time."""
    if type_ == "city":
        for among in each_with(filters, ids):
            yield validity_sql.is_partner_of(days, among.cities)
        if ids.sides:
            is_partner_of = partial(validity_sql.is_partner_of, days)
            yield _is_across(ids.sides, is_partner_of)
        return
    yield validity_sql.record_is_valid(days, _statuses(filters))
    if filters.status:
        yield validity_sql.had_status(days, _statuses(filters))
    if type_ == "partnership":
        for wanted in member_conditions(filters, ids):
            yield validity_sql.has_member(days, wanted)
        for side in each_side(ids):
            yield validity_sql.has_member(days, _is_among(side), side.least)


def member_conditions(filters: Filters, ids: Resolved) -> Iterator[Condition]:
    """Yield the conditions on members (`x.id`): some member is to meet each of them.

    At a time, it is to have belonged to it then.
    """
    return _wanted(filters, ids.with_, ids)


def status_sql(table: str) -> str:
    """Return the status of a record: the last one stated, or ended after its end."""
    return (
        f"coalesce({table}.status, CASE WHEN {table}.over < today() THEN 'ended' END)"
    )


STATUS = status_sql("r")
_OF_PARTNERSHIPS_WITH = (
    "e.no IN (SELECT entry FROM concerned WHERE type = 'partnership' AND id IN"
    " (SELECT r.id FROM record r WHERE r.type = 'partnership' AND"
)

TAKES_PART = "relation IN ('members', 'cities', 'place')"
_IS_MEMBER = "type = 'city' AND relation = 'members'"
_PARTNERS = (
    "SELECT other.id FROM ref mine JOIN ref other ON other.record = mine.record"
    " JOIN record p ON p.no = mine.record AND p.type = 'partnership'"
    f" WHERE mine.type = 'city' AND mine.relation = 'members' AND mine.id {IN}"
    f" AND other.type = 'city' AND other.relation = 'members' AND other.id <> mine.id"
)


def _places(filters: Filters) -> Iterator[tuple[str, str]]:
    """Yield the columns that say where a city is, with the wanted values as JSON."""
    if filters.country:
        yield "country", json_list(_union(parse_country, filters.country))
    if filters.region:
        yield "country", json_list(_union(parse_region, filters.region))
    if filters.level:
        yield "level", json_list(_union(parse_level, filters.level))


def _wanted(
    filters: Filters, others: Sequence[str], ids: Resolved
) -> Iterator[Condition]:
    """Yield the conditions on cities that take part (`x.id`), but for the others."""
    for among in each_with(filters, ids):
        yield _is_among(among)
    for column, values in _places(filters):
        cities = f"SELECT id FROM record WHERE type = 'city' AND {column} {IN}"
        sql = f"x.id IN ({cities}) AND x.id NOT {IN}"
        yield Condition(sql, (values, json_list(others)))


def _is_among(among: Among) -> Condition:
    """Keep these cities (`x.id`)."""
    return Condition(f"x.id {IN}", (json_list(among.cities),))


def _statuses(filters: Filters) -> list[str]:
    return list(map(parse_status, filters.status))


def _union(
    parse: Callable[[str], frozenset[str]], texts: Sequence[str]
) -> frozenset[str]:
    return frozenset().union(*map(parse, texts))


def _entries_with(type_: str) -> str:
    return f"SELECT entry FROM concerned WHERE type = '{type_}' AND id {IN}"


_ENTRIES_WITHIN = (
    "SELECT entry FROM concerned WHERE type = 'partnership' AND id IN ("
    "WITH RECURSIVE down (id) AS (SELECT value FROM json_each(?)"
    " UNION SELECT r.id FROM down CROSS JOIN ref f"
    " ON f.type = 'partnership' AND f.id = down.id AND f.relation = 'part_of'"
    " JOIN record r ON r.no = f.record) SELECT id FROM down)"
)


def _entries_of_theme() -> str:
    return (
        "SELECT entry FROM concerned WHERE type = 'theme'"
        f" AND id IN (SELECT id FROM theme_within WHERE above {IN})"
    )


def _entries_with_city(column: str) -> str:
    return (
        "SELECT entry FROM concerned WHERE type = 'city' AND id IN ("
        "SELECT id FROM record"
        f" WHERE type = 'city' AND {column} {IN} AND id NOT {IN})"
    )


def _records_with(type_: str) -> str:
    return f"SELECT record FROM ref WHERE type = '{type_}' AND id {IN}"


def _records_with_city(column: str) -> str:
    return (
        "SELECT x.record FROM ref x JOIN record c ON c.type = 'city' AND c.id = x.id"
        f" WHERE x.type = 'city' AND {TAKES_PART} AND c.{column} {IN} AND c.id NOT {IN}"
    )
