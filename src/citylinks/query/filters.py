"""A question as data, and its SQL: the one place that says what a filter means.

A filter given twice means either, but `with_`, which means all; two different filters
mean both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, TypedDict

from citylinks import dates
from citylinks.errors import UsageError
from citylinks.model.vocabulary import (
    ALL_KINDS,
    GATHERING_KINDS,
    KINDS_OF,
    LEVELS,
    PLURALS,
    STATUSES,
    TIES_MADE_BY,
    in_words,
)
from citylinks.query import validity_sql
from citylinks.query.arguments import check_query
from citylinks.query.options import Option, set_values
from citylinks.query.sql import (
    IN,
    Condition,
    either_condition,
    every_condition,
    json_list,
)
from citylinks.text.safe import with_article
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from citylinks.dates import Span


class FilterFields(NamedTuple):
    """The fields of `Filters`, each with its option."""

    theme: Annotated[
        Sequence[str],
        Option(
            "About this theme or a narrower one.", metavar="THEME", completes="theme"
        ),
    ] = ()
    year: Annotated[
        Sequence[str],
        Option("Begun or happened within it: 2009, 1950s, 2009..2012.", metavar="DATE"),
    ] = ()
    from_: Annotated[str | None, Option("Not before this date.", metavar="DATE")] = None
    to: Annotated[str | None, Option("Not after this date.", metavar="DATE")] = None
    certain: Annotated[
        bool, Option("Leave out what is only possibly in that time.")
    ] = False
    kind: Annotated[
        Sequence[str],
        Option(
            "Of this kind: sister-city, visit, start.", metavar="KIND", completes="kind"
        ),
    ] = ()
    country: Annotated[
        Sequence[str],
        Option(
            "With a city there: JP, Japan, Japon.",
            metavar="COUNTRY",
            completes="country",
        ),
    ] = ()
    region: Annotated[
        Sequence[str],
        Option(
            "With a city there: Asia, EU, Middle East.",
            metavar="REGION",
            completes="region",
        ),
    ] = ()
    between: Annotated[
        Sequence[str],
        Option(
            "With a city on each side: US JP, Europe Asia.",
            metavar="A B",
            completes="place",
            values=2,
        ),
    ] = ()
    status: Annotated[
        Sequence[str],
        Option(
            "planned, active, dormant, suspended, ended.",
            metavar="STATUS",
            completes="status",
        ),
    ] = ()
    level: Annotated[
        Sequence[str],
        Option(
            "With a city, state, port, region...", metavar="LEVEL", completes="level"
        ),
    ] = ()
    organization: Annotated[
        Sequence[str],
        Option("With this organization.", metavar="ORG", completes="organization"),
    ] = ()
    with_: Annotated[
        Sequence[str],
        Option(
            "With this city too; twice: with both.", metavar="CITY", completes="city"
        ),
    ] = ()
    as_of: Annotated[
        str | None, Option("What held then, as it was then.", metavar="DATE")
    ] = None
    any_: Annotated[bool, Option("With one at least of those of --with.")] = False


class Filters(FilterFields):
    """What a question is narrowed to, in the words of the one who asks.

    `theme`, `organization` and `with_` are ids or names; `year`, `from_`, `to` and
    `as_of` are EDTF or a short form such as `1950s` or `2009..2012`; `country` and
    `region` are codes or names, in any of the usual languages. `between` holds two
    countries or regions, and asks for what has a city in each of them. With `as_of`,
    what held at that time is meant, as it was then. All the cities of `with_` are to
    take part, or with `any_` one of them. Where a list may be given, text alone is a
    list of one; what is neither is a `UsageError`.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # for type checkers, the parameters are the fields

        def __new__(cls, *values: object, **named: object) -> Self:
            """Hold each value to the type of its field."""
            return check_query(super().__new__(cls, *values, **named))

    def given(self) -> dict[str, Any]:
        """Return the filters that are set, by their names on the command line."""
        return set_values(self._fields, self)


class FilterOptions(TypedDict, total=False):
    """The filters as keywords: the fields of `Filters`, with the same types."""

    theme: Sequence[str]
    year: Sequence[str]
    from_: str | None
    to: str | None
    certain: bool
    kind: Sequence[str]
    country: Sequence[str]
    region: Sequence[str]
    between: Sequence[str]
    status: Sequence[str]
    level: Sequence[str]
    organization: Sequence[str]
    with_: Sequence[str]
    as_of: str | None
    any_: bool


NO_FILTERS = Filters()


# -- Words to values ----------------------------------------------------------


def choice_of(known: Iterable[str], noun: str) -> Callable[[str], str]:
    """Return a function that takes a word of `known`, and refuses any other."""
    words = tuple(known)

    def parse(text: str) -> str:
        word = text.strip().lower().replace(" ", "-").replace("_", "-")
        if word in words:
            return word
        hint = did_you_mean(text, words) or _known_words(words)
        raise UsageError(f"unknown {noun} '{text}'{hint}")

    return parse


def _known_words(words: Iterable[str]) -> str:
    return f"; known are {', '.join(words)}"


parse_status = choice_of(STATUSES, "status")
parse_level = choice_of(LEVELS, "level")


parse_kind = choice_of(ALL_KINDS, "kind")


def of_kinds(filters: Filters, *having: str, beside: Sequence[str] = ()) -> Filters:
    """Return the filters with the kinds that are meant of what can be asked here.

    `having` are keys of `KINDS_OF`, `beside` are single kinds that can be asked for
    too. A kind that nothing here can have is a `UsageError` that says what has it.
    """
    known: dict[str, None] = {}
    for bearer in having:
        known |= dict.fromkeys((*KINDS_OF[bearer], *beside))
    kinds: list[str] = []
    for text in filters.kind:
        kinds += _kinds(text, known, having)
    return filters._replace(kind=tuple(dict.fromkeys(kinds)))


def _kinds(text: str, known: Collection[str], having: Collection[str]) -> Sequence[str]:
    """Return the kinds that a text means: by its id, or else by a name of it."""
    kind = "-".join(text.strip().lower().replace("_", " ").split())
    if kind in known:
        return [kind]
    if "partnership" in having and kind in TIES_MADE_BY:
        return [TIES_MADE_BY[kind]]
    from citylinks.query.kinds import kinds_called

    called = kinds_called(text)
    meant = [each for each in called if each in known]
    if meant:
        return meant
    if called:
        kind = called[0]
    bearers = [bearer for bearer, kinds in KINDS_OF.items() if kind in kinds]
    if bearers:
        raise UsageError(_misplaced(kind, bearers))
    hint = did_you_mean(text, known) or _hint_at_any_kind(text) or _known_words(known)
    raise UsageError(f"unknown kind '{text}'{hint}")


def _misplaced(kind: str, bearers: Sequence[str]) -> str:
    """Return the message for a kind of something else, with the command to ask it."""
    commands = [f"{_command_about(bearer)} --kind {kind}" for bearer in bearers]
    return (
        f"{_kind_in_words(kind, bearers[0])} is a kind of {' and of '.join(bearers)}:"
        f" {' or '.join(commands)}"
    )


def _command_about(bearer: str) -> str:
    if bearer == "entry":
        return "citylinks timeline"
    plurals = {**PLURALS, "agreement": "agreements"}
    return f"citylinks list {plurals[bearer]}"


def _kind_in_words(kind: str, bearer: str) -> str:
    if bearer in {"entry", "source"} or kind == "unspecified":
        return f"'{kind}'"
    return with_article(in_words(kind))


def _hint_at_any_kind(text: str) -> str:
    kinds: dict[str, None] = {}
    for known in KINDS_OF.values():
        kinds |= dict.fromkeys(known)
    return did_you_mean(text, kinds)


def parse_span_option(text: str) -> Span:
    """Return the span of time that a person means; `UsageError` where it is none."""
    try:
        return dates.parse_span(text.strip())
    except dates.DateError as error:
        raise UsageError(str(error)) from None


def parse_period(text: str, today: dt.date) -> Span:
    """Return the span from today on that a period such as `90d` or `2 years` means.

    The last day is the same of its month, or the end of a shorter one; none lies after
    9999.
    """
    from citylinks.dates.periods import move_day, read_period

    return dates.Span(today, move_day(today, read_period(text)))


def parse_country(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of a country given by code or name."""
    from citylinks.query.places import country_meaning

    return country_meaning(text).codes


def parse_region(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of the countries in a region."""
    from citylinks.query.places import region_meaning

    return region_meaning(text).codes


def parse_sides(filters: Filters) -> list[frozenset[str]]:
    """Return the codes of the countries on each side of `between`, if it is given."""
    if not filters.between:
        return []
    from citylinks.query.places import place_meaning

    if len(filters.between) != 2:
        number = len(filters.between)
        raise UsageError(
            f"--between takes two countries or regions, as in US JP, not {number}"
        )
    return [place_meaning(text).codes for text in filters.between]


def requested_spans(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Return the spans asked for as pairs of ISO days; of several years, any."""
    spans = [parse_span_option(text) for text in filters.year]
    first = last = None
    if filters.from_ is not None:
        first = _bound("from", filters.from_, "to").first
    if filters.to is not None:
        last = _bound("to", filters.to, "from").last
    if not filters.year and filters.from_ is None and filters.to is None:
        return ()
    narrowed = []
    for span in spans or [dates.Span(None, None)]:
        first_day, last_day = _narrowed(span, first, last)
        if first_day <= last_day:
            narrowed.append((first_day, last_day))
    if first and last and last < first:
        raise UsageError(f"--from {filters.from_} lies after --to {filters.to}")
    no_day = ((dates.NO_LATEST, dates.NO_EARLIEST),)
    return tuple(_joined(sorted(narrowed))) or no_day


def _bound(name: str, text: str, other: str) -> Span:
    """Return the span of --from or --to; refuse one that has only the other end."""
    span = parse_span_option(text)
    if (span.first if name == "from" else span.last) is None:
        words = dates.span_in_words(text)
        raise UsageError(
            f"--{name} '{words}' sets no such bound; did you mean --{other}, or --year?"
        )
    return span


def _joined(spans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return spans in order, those that touch or overlap as one.

    What falls in 1959 or in 1960, nobody knows in which, falls in both together for
    certain.
    """
    joined: list[tuple[str, str]] = []
    for span in spans:
        if joined and _follows(span[0], joined[-1][1]):
            before = joined.pop()
            joined.append((before[0], max(before[1], span[1])))
        else:
            joined.append(span)
    return joined


def _follows(first: str, last: str) -> bool:
    """Whether no day lies between the last of one span and the first of another."""
    return (
        dt.date.fromisoformat(first).toordinal()
        <= dt.date.fromisoformat(last).toordinal() + 1
    )


def _narrowed(
    span: Span, first: dt.date | None, last: dt.date | None
) -> tuple[str, str]:
    """Return the ISO days of a span, with what lies before and after left out."""
    first_day = max(span.first or dt.date.min, first or dt.date.min)
    last_day = min(span.last or dt.date.max, last or dt.date.max)
    return first_day.isoformat(), last_day.isoformat()


def as_of_period(filters: Filters) -> validity_sql.PeriodDays | None:
    """Return the first and the last day of `as_of`, where it is given."""
    if filters.as_of is None:
        return None
    return _narrowed(parse_span_option(filters.as_of), None, None)


# -- Values to conditions -----------------------------------------------------


class Among(NamedTuple):
    """So many at least of these cities."""

    cities: tuple[str, ...]
    least: int = 1


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


class Resolved(NamedTuple):
    """The ids that the names in a question stand for.

    `sides` are the cities on each side of `between`, or none.
    """

    themes: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()


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
        yield "level", json_list(map(parse_level, filters.level))


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
