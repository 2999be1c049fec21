"""A question as data, and its SQL: the one place that says what a filter means.

A filter given twice means either; two different filters mean both.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import countries, dates
from citylinks.errors import UsageError
from citylinks.folding import did_you_mean
from citylinks.vocabulary import ALL_KINDS, GATHERING_KINDS, LEVELS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from citylinks.dates import Span


class Filters(NamedTuple):
    """What a question is narrowed to, in the words of the one who asks.

    `theme`, `organization` and `with_` are ids or names; `year`, `from_` and `to` are EDTF or a
    short form such as `1950s` or `2009..2012`; `country` and `region` are codes or names.
    """

    theme: Sequence[str] = ()
    year: Sequence[str] = ()
    from_: str | None = None
    to: str | None = None
    certain: bool = False
    kind: Sequence[str] = ()
    country: Sequence[str] = ()
    region: Sequence[str] = ()
    status: Sequence[str] = ()
    level: Sequence[str] = ()
    organization: Sequence[str] = ()
    with_: Sequence[str] = ()

    def listed(self) -> Filters:
        """Return the same filters, what was given alone as a list of one."""
        lists = set(self._fields) - {"from_", "to", "certain"}
        values = self._asdict()
        for name in lists:
            if isinstance(values[name], (str, int)):
                values[name] = (str(values[name]),)
        return Filters(**values)

    def given(self) -> dict[str, Any]:
        """Return the filters that are set, under the names that the command line has for them."""
        values = {name.rstrip("_"): value for name, value in zip(self._fields, self, strict=True)}
        return {
            name: list(value) if isinstance(value, (list, tuple)) else value
            for name, value in values.items()
            if value not in (None, False, (), [])
        }


class Condition(NamedTuple):
    """A piece of a WHERE clause with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


class Where(NamedTuple):
    """All conditions of a question; a row meets every one."""

    conditions: tuple[Condition, ...] = ()

    @property
    def sql(self) -> str:
        """The clause, with WHERE, or nothing."""
        parts = " AND ".join(f"({condition.sql})" for condition in self.conditions)
        return f" WHERE {parts}" if parts else ""

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters of the clause in their order."""
        return tuple(value for condition in self.conditions for value in condition.parameters)


# -- Words to values ----------------------------------------------------------


def one_of(known: Iterable[str], noun: str) -> Callable[[str], str]:
    """Return a function that takes a word of `known`, or says which was probably meant."""
    words = tuple(known)

    def take(text: str) -> str:
        word = text.strip().lower().replace(" ", "-").replace("_", "-")
        if word in words:
            return word
        hint = did_you_mean(text, words)
        also = "" if hint else f"; known are {', '.join(words)}"
        raise UsageError(f"unknown {noun} '{text}'{hint or also}")

    return take


take_kind = one_of(ALL_KINDS, "kind")
take_status = one_of(STATUSES, "status")
take_level = one_of(LEVELS, "level")


def take_span(text: str) -> Span:
    """Return the span of time that a person means; `UsageError` where it is none."""
    try:
        return dates.parse_span(text.strip())
    except dates.DateError as error:
        raise UsageError(str(error)) from None


_PERIOD = re.compile(r"([0-9]{1,6})([dmy])")
_MONTHS_IN = {"m": 1, "y": 12}


def take_period(text: str, today: dt.date) -> Span:
    """Return the span from today on that a period such as `90d`, `12m` or `2y` means.

    The last day is the same of its month, or the end of a shorter one; none lies after 9999.
    """
    found = _PERIOD.fullmatch(text.strip().lower())
    if not found or not int(found[1]):
        raise UsageError(f"'{text}' is no period: write days, months or years as 90d, 12m or 2y")
    number, unit = int(found[1]), found[2]
    if unit == "d":
        last = min(today.toordinal() + number, dt.date.max.toordinal())
        return dates.Span(today, dt.date.fromordinal(last))
    year, month = divmod(today.year * 12 + today.month - 1 + number * _MONTHS_IN[unit], 12)
    if year > dt.MAXYEAR:
        return dates.Span(today, dt.date.max)
    end = dates.parse(f"{year:04}-{month + 1:02}").latest or dt.date.max
    return dates.Span(today, end.replace(day=min(today.day, end.day)))


def take_country(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of a country given by code or name."""
    codes = countries.country_codes(text)
    if not codes:
        names = [country.name for country in countries.countries()]
        raise UsageError(f"unknown country '{text}'{did_you_mean(text, names)}")
    return codes


def take_region(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of the countries in a region of UN M49."""
    codes = countries.region_codes(text)
    if not codes:
        hint = did_you_mean(text, countries.region_names())
        raise UsageError(f"unknown region '{text}'{hint or '; regions are those of UN M49'}")
    return codes


def spans_of(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Return the spans asked for as pairs of ISO days; several years mean any of them."""
    spans = [take_span(text) for text in filters.year] or [dates.Span(None, None)]
    first = take_span(filters.from_).first if filters.from_ else None
    last = take_span(filters.to).last if filters.to else None
    if not (filters.year or filters.from_ or filters.to):
        return ()
    narrowed = [_narrowed(span, first, last) for span in spans]
    if filters.from_ and filters.to and first and last and last < first:
        raise UsageError(f"--from {filters.from_} lies after --to {filters.to}")
    return tuple(pair for pair in narrowed if pair[0] <= pair[1]) or (
        (dates.NO_LATEST, dates.NO_EARLIEST),
    )


def _narrowed(span: Span, first: Any, last: Any) -> tuple[str, str]:
    firsts = [day.isoformat() for day in (span.first, first) if day]
    lasts = [day.isoformat() for day in (span.last, last) if day]
    return max(firsts, default="0001-01-01"), min(lasts, default="9999-12-31")


# -- Values to conditions -----------------------------------------------------

_IN = "IN (SELECT value FROM json_each(?))"


def _many(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))


def in_time(spans: tuple[tuple[str, str], ...], table: str, *, certain: bool) -> Condition:
    """Keep what possibly, or certainly, falls in one of the spans."""
    early, late = ("begun_by", "lasts_until") if certain else ("earliest", "latest")
    one = f"{table}.{early} <= ? AND {table}.{late} >= ?"
    return Condition(
        " OR ".join(f"({one})" for _ in spans),
        tuple(day for first, last in spans for day in (last, first)),
    )


def certainty_sql(spans: tuple[tuple[str, str], ...], table: str) -> Condition:
    """Return an expression for how sure it is that a row falls in the spans; null without any."""
    if not spans:
        return Condition("NULL")
    sure = in_time(spans, table, certain=True)
    return Condition(f"CASE WHEN {sure.sql} THEN 'certain' ELSE 'possible' END", sure.parameters)


def entry_of_cities(cities: Sequence[str]) -> Condition:
    """Keep the entries in which all of the cities take part."""
    of_one = "SELECT entry FROM concerned WHERE type = 'city' AND id = ?"
    return Condition(f"e.no IN ({' INTERSECT '.join([of_one] * len(cities))})", tuple(cities))


def entry_of_partnership(id_: str) -> Condition:
    """Keep the entries of a partnership and of all that is part of it."""
    return Condition(
        "e.no IN (WITH RECURSIVE down (id) AS (SELECT ? UNION SELECT r.id FROM down"
        " JOIN ref f ON f.type = 'partnership' AND f.id = down.id AND f.relation = 'part_of'"
        " JOIN record r ON r.no = f.record) SELECT entry FROM concerned"
        " WHERE type = 'partnership' AND id IN down)",
        (id_,),
    )


def not_a_gathering() -> Condition:
    """Leave out what concerns all members of a network, programme, series or commitment alike."""
    return Condition(
        f"NOT (e.is_general AND r.type = 'partnership' AND r.kind {_IN})", (_many(GATHERING_KINDS),)
    )


def entry_conditions(
    filters: Filters, ids: Resolved, *, of_one_kind: bool = False
) -> list[Condition]:
    """Return what the filters ask of entries (`e`, of record `r`).

    Where all entries are `of_one_kind`, to ask for that kind is to ask for what is called so.
    """
    kinds = _many(take_kind(kind) for kind in filters.kind)
    own_kind = "0" if of_one_kind else "1"
    parts = [
        (filters.kind, f"{own_kind} AND e.kind {_IN} OR e.detail {_IN}"
         f" OR r.type = 'partnership' AND r.kind {_IN}", (kinds, kinds, kinds)),
        (filters.theme, f"e.no IN ({_entries_of_theme()})", (_many(ids.themes),)),
        (filters.organization, f"e.no IN ({_entries_of('organization')})",
         (_many(ids.organizations),)),
        (filters.with_, f"e.no IN ({_entries_of('city')})", (_many(ids.with_),)),
        (filters.status,
         "e.no IN (SELECT entry FROM concerned WHERE type = 'partnership' AND id IN"
         f" (SELECT p.id FROM record p WHERE p.type = 'partnership' AND {status_of('p')} {_IN}))",
         (_many(take_status(status) for status in filters.status),)),
    ]  # fmt: skip
    parts += [
        (asked, f"e.no IN ({_entries_with_city(column)})", (_many(values), _many(ids.subjects)))
        for asked, column, values in _places(filters)
    ]
    return [Condition(sql, parameters) for asked, sql, parameters in parts if asked]


def record_conditions(type_: str, filters: Filters, ids: Resolved) -> list[Condition]:
    """Return what the filters ask of records (`r`) of one type."""
    parts: list[tuple[Any, str, tuple[Any, ...]]] = [
        (filters.kind, f"r.kind {_IN}", (_many(take_kind(kind) for kind in filters.kind),)),
        (filters.theme,
         "r.no IN (SELECT f.record FROM ref f JOIN theme_within w ON w.id = f.id"
         f" WHERE f.type = 'theme' AND w.above {_IN})", (_many(ids.themes),)),
        (filters.organization, f"r.no IN ({_records_of('organization')})",
         (_many(ids.organizations),)),
        (filters.status, f"{STATUS} {_IN}",
         (_many(take_status(status) for status in filters.status),)),
    ]  # fmt: skip
    if type_ in {"city", "organization"}:
        parts += [
            (asked, f"r.{column} {_IN}", (_many(values),))
            for asked, column, values in _places(filters)
        ]
        parts.append((filters.with_, f"r.id IN ({_PARTNERS})", (_many(ids.with_),)))
    else:
        parts += [
            (asked, f"r.no IN ({_records_with_city(column)})", (_many(values), _many(ids.with_)))
            for asked, column, values in _places(filters)
        ]
        parts.append(
            (filters.with_, f"r.no IN ({_records_of('city')} AND {TAKES_PART})",
             (_many(ids.with_),))
        )  # fmt: skip
    return [Condition(sql, parameters) for asked, sql, parameters in parts if asked]


class Resolved(NamedTuple):
    """The ids that the names in a question stand for."""

    themes: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def status_of(table: str) -> str:
    """Return the status of a record: the last one stated, or ended where its end is past."""
    return f"coalesce({table}.status, CASE WHEN {table}.over < today() THEN 'ended' END)"


STATUS = status_of("r")

TAKES_PART = "relation IN ('members', 'cities', 'place')"
_PARTNERS = (
    "SELECT other.id FROM ref mine JOIN ref other ON other.record = mine.record"
    " JOIN record tie ON tie.no = mine.record AND tie.type = 'partnership'"
    f" WHERE mine.type = 'city' AND mine.relation = 'members' AND mine.id {_IN}"
    f" AND other.type = 'city' AND other.relation = 'members' AND other.id <> mine.id"
)


def _places(filters: Filters) -> list[tuple[Sequence[str], str, Iterable[str]]]:
    """Return what is asked of the place of cities, as column and wanted values."""
    return [
        (filters.country, "country", _union(take_country, filters.country)),
        (filters.region, "country", _union(take_region, filters.region)),
        (filters.level, "level", [take_level(level) for level in filters.level]),
    ]


def _union(take: Callable[[str], frozenset[str]], texts: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*(take(text) for text in texts))


def _entries_of(type_: str) -> str:
    return f"SELECT entry FROM concerned WHERE type = '{type_}' AND id {_IN}"


def _entries_of_theme() -> str:
    return (
        "SELECT entry FROM concerned WHERE type = 'theme'"
        f" AND id IN (SELECT id FROM theme_within WHERE above {_IN})"
    )


def _entries_with_city(column: str) -> str:
    return (
        "SELECT entry FROM concerned WHERE type = 'city' AND id IN"
        f" (SELECT id FROM record WHERE type = 'city' AND {column} {_IN} AND id NOT {_IN})"
    )


def _records_of(type_: str) -> str:
    return f"SELECT record FROM ref WHERE type = '{type_}' AND id {_IN}"


def _records_with_city(column: str) -> str:
    return (
        "SELECT x.record FROM ref x JOIN record c ON c.type = 'city' AND c.id = x.id"
        f" WHERE x.type = 'city' AND {TAKES_PART} AND c.{column} {_IN} AND c.id NOT {_IN}"
    )
