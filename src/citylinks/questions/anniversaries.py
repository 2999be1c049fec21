"""The anniversaries of partnerships, agreements and events within a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence  # noqa: TC003 - of the keywords, at runtime too
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from citylinks import dates
from citylinks.dates import anniversaries as recurrences
from citylinks.dates.anniversaries import Recurrence
from citylinks.errors import UsageError
from citylinks.model.validity import (
    FIRST_DAY,
    LAST_DAY,
    Period,
    least_sure,
    membership_certainty,
    shared_membership,
    surest,
)
from citylinks.model.vocabulary import GATHERING_KINDS
from citylinks.query.conditions import Among, each_with, entry_of_each
from citylinks.query.filters import (
    NO_FILTERS,
    FilterOptions,
    Filters,
    of_kinds,
    parse_span_option,
)
from citylinks.query.options import Option, Without
from citylinks.query.sql import (
    IN,
    Condition,
    Where,
    either_condition,
    every_condition,
    json_list,
)
from citylinks.questions import rows, upcoming
from citylinks.questions.results import (
    Certainty,
    CityRef,
    NamedFilter,
    RecordRef,
    SourceRef,
    Subject,
)
from citylinks.questions.session import describe_query
from citylinks.questions.upcoming import OfCities, Within

if TYPE_CHECKING:
    import datetime as dt

    from citylinks.dates import Span
    from citylinks.query.conditions import Resolved
    from citylinks.questions.results import TimelineEntry
    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session


class Anniversary(NamedTuple):
    """An anniversary of a date at `path` of a record.

    It is as precise as that date. `certainty` says how sure it is that the anniversary
    falls in the time asked for. With `is_about`, the number of `years` is approximate,
    because the date is. `kind` and `detail` are those of the timeline entry. `status`
    is that of the partnership; for an event, the one that all its partnerships share.
    `last` is the latest anniversary that has passed, `next` the one after it.
    """

    date: str
    earliest: str | None
    latest: str | None
    certainty: Certainty
    years: int
    is_about: bool
    original: str
    kind: str
    detail: str | None
    title: str
    note: str | None
    cities: tuple[CityRef, ...]
    status: str | None
    last: str | None
    next: str | None
    sources: tuple[SourceRef, ...]
    record: RecordRef
    path: str


class Anniversaries(NamedTuple):
    """The anniversaries within a time, of the cities in `subjects` or of all.

    `today` is the ISO day of the question. `ended` counts the anniversaries left out
    because the partnership has ended, `vague` the dates that are too vague to have any.
    If the time asked for has too many anniversaries, only those up to the end of the
    year `told_until` are listed.
    """

    query: dict[str, Any]
    results: tuple[Anniversary, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0
    vague: int = 0
    told_until: str | None = None
    beyond_limit: int = 0
    named: tuple[NamedFilter, ...] = ()

    @property
    def more(self) -> int | None:
        """How many more there are; null if only the first of a long time are listed."""
        return None if self.told_until else self.beyond_limit


MOVED = "29 February falls on 28 February"

# The events that have anniversaries, and those that have none unless their kind is
# asked for: they only brought people together.
FOUNDING_EVENTS = ("founding", "agreement")
GATHERINGS = (
    "commemoration",
    "visit",
    "conference",
    "forum",
    "seminar",
    "symposium",
    "summit",
)
STARTED = "r.type = 'partnership' AND e.kind IN ('start', 'agreement')"
# Of cities together, a partnership is as old as they belong to it together.
JOINED = Condition(
    f"e.kind = 'join' AND r.kind NOT {IN}", (json_list(GATHERING_KINDS),)
)
# Whether an anniversary is possible, by the years alone: some number of years, in
# steps, leads from the first year of a date to the span, or from one of the two years
# after it that it may touch. Whatever may be too vague comes too, so that it can be
# counted.
_FIRST_YEAR = "CAST(e.earliest AS INTEGER)"
_WIDTH = (
    "CASE WHEN instr(e.date, '/') THEN 2"
    f" ELSE min(2, CAST(e.latest AS INTEGER) - {_FIRST_YEAR}) END"
)
_IN_YEARS = f"(? - {_FIRST_YEAR}) / ? * ? >= max(?, ? - {_FIRST_YEAR} - {_WIDTH})"
_MAY_BE_VAGUE = "substr(e.date, 1, 4) GLOB '*[[./X]*'"


class AnniversariesQuery(NamedTuple):
    """The cities, the time and the step in years of a question about anniversaries."""

    cities: OfCities = ()
    within: Within = None
    step: Annotated[
        int,
        Option(
            "The number of years between anniversaries.", metavar="YEARS", minimum=1
        ),
    ] = recurrences.STEP
    events: Annotated[bool, Option("Add events, but not visits and meetings.")] = False
    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


class AnniversariesOptions(FilterOptions, total=False):
    """The options of `anniversaries` as keywords."""

    cities: Sequence[str]
    within: str | None
    step: int
    events: bool


def anniversaries(session: Session, query: AnniversariesQuery) -> Anniversaries:
    """Return the anniversaries that are a multiple of `step` years.

    Without a time, those of this year and the next. They are anniversaries of
    partnerships, agreements and foundings; `events` adds other events, and a kind
    selects entries of that kind.

    A time without an end, or a step of less than one year, raises `UsageError`.
    Partnerships that have ended are left out unless a status is set, and so are dates
    after the end of a partnership.

    If cities are named, a partnership counts for those that belong to it on that day,
    and an agreement or event for those that took part.
    """
    if query.step < 1:
        raise UsageError(
            f"a step of {query.step} years is not possible:"
            " it is a whole number from 1 up"
        )
    having = ("event", "partnership", "agreement")
    filters = of_kinds(query.filters, *having, beside=("start",))
    day, step = upcoming.asking_day(session), min(query.step, recurrences.LAST_YEAR)
    filters = upcoming.with_period(filters, query.within, day)
    if not upcoming.has_time_filter(filters):
        filters = filters._replace(from_=f"{day.year:04}", to=f"{_next_year(day):04}")
    _refuse_without_end(filters)
    ids = session.city_ids(query.cities)
    query = query._replace(step=step, filters=filters)
    resolved, spans = session.resolved(filters, ids), upcoming.asked_spans(filters)
    groups: list[Sequence[str]] = []
    if ids:
        groups.append(ids)
    groups += [among.cities for among in each_with(filters, resolved)]
    candidates = _candidates(session, query, resolved, groups, spans)
    dated = [dates.parse(row["date"]) for row in candidates]
    last = recurrences.last_listed_year(dated, spans, step)
    until = recurrences.cut_spans(spans, last)
    in_time: list[_DatedRow] = []
    for row, date in zip(candidates, dated, strict=True):
        for recurrence, certainty in recurrences.recurrences_within(date, until, step):
            anniversary = _theirs(_DatedRow(row, recurrence, certainty), groups, day)
            if anniversary and _is_sure_enough(anniversary, filters):
                in_time.append(anniversary)
    kept = [anniversary for anniversary in in_time if _is_kept(anniversary, filters)]
    names = session.names()
    return Anniversaries(
        query=describe_query(query, cities=list(ids)),
        results=_results(kept, names, day, step),
        subjects=upcoming.city_subjects(names, ids),
        today=day.isoformat(),
        ended=len(in_time) - len(kept),
        vague=sum(recurrences.counting_date(date) is None for date in dated),
        told_until=_told_until(spans, last),
        named=session.named(filters),
    )


def _told_until(spans: Sequence[Span], last: int) -> str | None:
    """Return the last year of the answer, where more was asked for."""
    if any(_last(span) > last for span in spans):
        return f"{last:04}"
    return None


def _is_sure_enough(anniversary: _DatedRow, filters: Filters) -> bool:
    return anniversary.certainty == "certain" or not filters.certain


def _is_kept(anniversary: _DatedRow, filters: Filters) -> bool:
    """Whether its partnership lasts until then, or a status is asked for."""
    if upcoming.is_ended(anniversary.row, filters):
        return False
    return bool(filters.status) or not _is_after_end(anniversary)


class _DatedRow(NamedTuple):
    """An anniversary of an entry, with the certainty that it falls in the time."""

    row: sqlite3.Row
    recurrence: Recurrence
    certainty: Literal["certain", "possible"]


def _theirs(
    anniversary: _DatedRow, groups: Sequence[Sequence[str]], day: dt.date
) -> _DatedRow | None:
    """Return an anniversary as sure as the cities belong to its partnership then.

    One city of each group has to belong to it. Of several groups, a partnership is as
    old as they belong to it together.
    """
    path = anniversary.row["path"]
    if not groups or (path != "start" and anniversary.row["kind"] != "join"):
        return anniversary
    if len(groups) > 1 and path != _begins_at(anniversary.row, groups):
        return None
    body, then = json.loads(anniversary.row["record_body"]), anniversary.recurrence.date
    days = Period(
        _day(then.earliest) or FIRST_DAY, _day(then.latest) or LAST_DAY, day.isoformat()
    )
    for cities in groups:
        belongs = surest(membership_certainty(body, city, days) for city in cities)
        sure = least_sure(anniversary.certainty, belongs)
        if sure is None:
            return None
        anniversary = anniversary._replace(certainty=sure)
    return anniversary


def _begins_at(row: sqlite3.Row, groups: Sequence[Sequence[str]]) -> str:
    """Return the path of the date since which the groups belong together."""
    body = json.loads(row["record_body"])
    if body["kind"] in GATHERING_KINDS:
        return "start"
    return shared_membership(body, [(cities, 1) for cities in groups]).path


def _is_after_end(anniversary: _DatedRow) -> bool:
    """Whether the partnership will have ended by then."""
    first, over = _day(anniversary.recurrence.date.earliest), anniversary.row["over"]
    return bool(over and first and first > over)


def _next_year(day: dt.date) -> int:
    return min(day.year + 1, recurrences.LAST_YEAR)


def _refuse_without_end(filters: Filters) -> None:
    """Refuse a time that goes on: it has anniversaries without end."""
    if filters.to:
        return
    ends = [parse_span_option(text).last for text in filters.year]
    if not ends or None in ends:
        raise UsageError(
            "anniversaries need a time with an end; use --to, or --year 2026..2030"
        )


def _candidates(
    session: Session,
    query: AnniversariesQuery,
    resolved: Resolved,
    groups: Sequence[Sequence[str]],
    spans: Sequence[Span],
) -> list[sqlite3.Row]:
    """Return the entries that may have an anniversary in that time, in order of ids.

    They are of one of each group of cities.
    """
    step, others = query.step, query.filters._replace(with_=(), any_=False)
    conditions = [*upcoming.entry_filter(others, resolved, ()), *_conditions(groups)]
    celebrated = _celebrated(query)
    if len(groups) > 1:
        celebrated = either_condition(celebrated, JOINED)
    record_body = "r.body" if groups else "NULL"
    years: list[int] = []
    for span in spans:
        years += (_last(span), step, step, step, _first(span))
    possible = " OR ".join([*[_IN_YEARS] * len(spans), _MAY_BE_VAGUE])
    clause = Where((celebrated, *conditions, Condition(possible, tuple(years))))
    return session.fetch(
        "SELECT e.*, r.type, r.id, coalesce(e.body, r.body) AS entry_body,"
        f" NULL AS certainty, {upcoming.STATUS_OF_ENTRY} AS current_status, r.over,"
        f" {record_body} AS record_body"
        f" FROM entry e JOIN record r ON r.no = e.record{clause.sql}"
        " ORDER BY r.type DESC, r.id, e.no",
        clause.parameters,
    )


def _celebrated(query: AnniversariesQuery) -> Condition:
    """Keep starts, agreements and the events that have anniversaries here."""
    if query.filters.kind:
        events = Condition("r.type = 'event'")
    elif query.events:
        sql = f"r.type = 'event' AND e.kind NOT {IN}"
        events = Condition(sql, (json_list(GATHERINGS),))
    else:
        sql = f"r.type = 'event' AND e.kind {IN}"
        events = Condition(sql, (json_list(FOUNDING_EVENTS),))
    return Condition(
        f"e.date IS NOT NULL AND ({events.sql} OR {STARTED})", events.parameters
    )


def _conditions(groups: Sequence[Sequence[str]]) -> list[Condition]:
    """Keep what concerns one of each group of cities.

    Of several groups, also all of a partnership between them.
    """
    conditions = [_with_any(cities) for cities in groups]
    if len(conditions) < 2:
        return conditions
    between = entry_of_each([Among(tuple(cities)) for cities in groups])
    return [either_condition(every_condition(conditions), between)]


def _with_any(cities: Sequence[str]) -> Condition:
    """Keep what concerns one of the cities, and the start of each partnership."""
    return Condition(
        f"e.no IN (SELECT entry FROM concerned WHERE type = 'city' AND id {IN}"
        " UNION ALL SELECT s.no FROM ref f"
        " JOIN entry s ON s.record = f.record AND s.path = 'start'"
        f" WHERE f.type = 'city' AND f.relation = 'members' AND f.id {IN})",
        (json_list(cities), json_list(cities)),
    )


def _first(span: Span) -> int:
    return span.first.year if span.first else 1


def _last(span: Span) -> int:
    return span.last.year if span.last else recurrences.LAST_YEAR


def _results(
    kept: Sequence[_DatedRow], names: NameIndex, day: dt.date, step: int
) -> tuple[Anniversary, ...]:
    """Return anniversaries as answers, by date."""
    by_number = {anniversary.row["no"]: anniversary.row for anniversary in kept}
    read = rows.read_entries(list(by_number.values()), names)
    entries = dict(zip(by_number, read, strict=True))
    around = {}
    for no, row in by_number.items():
        around[no] = recurrences.recurrences_around(_date(row), day, step)
    results = []
    for anniversary in sorted(kept, key=lambda dated: dated.recurrence.date.sort_key):
        no = anniversary.row["no"]
        results.append(_result(anniversary, entries[no], around[no]))
    return tuple(results)


def _date(row: sqlite3.Row) -> dates.Date:
    return dates.parse(row["date"])


def _result(
    anniversary: _DatedRow,
    entry: TimelineEntry,
    around: tuple[Recurrence | None, Recurrence | None],
) -> Anniversary:
    """Return an anniversary with the last one that is over and the next one."""
    recurrence, (last, next_) = anniversary.recurrence, around
    return Anniversary(
        date=recurrence.date.text,
        earliest=_day(recurrence.date.earliest),
        latest=_day(recurrence.date.latest),
        certainty=anniversary.certainty,
        years=recurrence.years,
        is_about=recurrence.date.is_approximate,
        original=anniversary.row["date"],
        kind=entry.kind,
        detail=entry.detail,
        title=entry.title,
        note=MOVED if recurrence.is_moved else None,
        cities=entry.cities,
        status=anniversary.row["current_status"],
        last=last.date.text if last else None,
        next=next_.date.text if next_ else None,
        sources=entry.sources,
        record=entry.record,
        path=anniversary.row["path"],
    )


def _day(day: dt.date | None) -> str | None:
    if day is None:
        return None
    return day.isoformat()
