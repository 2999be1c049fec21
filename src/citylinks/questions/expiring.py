"""Which agreements run out in a time, and which have run out without a renewal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from citylinks import dates
from citylinks.model.validity import surest
from citylinks.query.filters import (
    NO_FILTERS,
    FilterOptions,
    Filters,
    of_kinds,
    requested_spans,
)
from citylinks.query.options import Option
from citylinks.query.sql import Condition, Where, certainty_sql, within_spans
from citylinks.questions import rows, upcoming
from citylinks.questions.results import (
    Certainty,
    CityRef,
    RecordRef,
    Ref,
    SourceRef,
    Subject,
)
from citylinks.questions.session import describe_query

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

    from citylinks.questions.results import TimelineEntry
    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session


class Expiry(NamedTuple):
    """An agreement that runs out, at `path` of a record, and is not renewed.

    `certainty` is how sure it is that it does so in the time asked for, null where it
    is over and stands here for that; `past` is how sure it is that it is over today,
    null where it is not. `renewed` is possible where dates leave open whether a renewal
    of the tie came before it. `status` is that of the tie.
    """

    expires: str
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    past: Certainty | None
    kind: str
    title: str
    signed: str | None
    parties: tuple[CityRef, ...]
    status: str | None
    themes: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]
    record: RecordRef
    path: str
    renewed: Certainty | None = None


class Expiring(NamedTuple):
    """The agreements that run out in a time, or have run out; `today`, `ended` as
    above.
    """

    query: dict[str, Any]
    results: tuple[Expiry, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0


PERIOD = "12m"  # from today on, where no time is asked for

Paper = dict[str, Any]


class ExpiringQuery(NamedTuple):
    """What may be asked of agreements that run out: whose, and when."""

    cities: Annotated[
        Sequence[str],
        Option("Of this city.", flag="--city", metavar="CITY", completes="city"),
    ] = ()
    within: Annotated[
        str | None, Option("From today on: 90d, 12m, 2y.", metavar="PERIOD")
    ] = None
    filters: Filters = NO_FILTERS


class ExpiringOptions(FilterOptions, total=False):
    """The options of agreements that run out as keywords."""

    cities: Sequence[str]
    within: str | None


def expiring(session: Session, query: ExpiringQuery) -> Expiring:
    """Return the agreements that run out and are not renewed; without a time, within a
    year.

    Where the time is counted from today on, those that are over stand before them. Ties
    that have ended are left out, unless a status is asked for.
    """
    filters = of_kinds(query.filters, "agreement", "partnership", beside=("expiry",))
    day = upcoming.asking_day(session)
    within = query.within
    if within is None and not upcoming.has_time_filter(filters):
        within = PERIOD
    filters = upcoming.with_period(filters, within, day)
    query = query._replace(within=within, filters=filters)
    ids = [session.key(city, "city")[1] for city in query.cities]
    found = _candidates(session, filters, ids, is_with_past=within is not None)
    told = [row for row in found if not is_renewed(*_paper(row))]
    kept = [row for row in told if not upcoming.is_ended(row, filters)]
    names = session.names()
    results = _results(kept, names, day)
    return Expiring(
        query=describe_query(query, cities=ids),
        results=tuple(one for one in results if _is_sure(one) or not filters.certain),
        subjects=upcoming.city_subjects(names, ids),
        today=day.isoformat(),
        ended=len(told) - len(kept),
    )


def _is_sure(expiry: Expiry) -> bool:
    return "certain" in (expiry.certainty, expiry.past)


def _candidates(
    session: Session, filters: Filters, cities: Sequence[str], *, is_with_past: bool
) -> list[sqlite3.Row]:
    """Return the ends of agreements in that time, or past, each told as its agreement
    is.
    """
    asked_for = within_spans(requested_spans(filters), "e")
    past = Condition("e.earliest < today()") if is_with_past else Condition("0")
    sure = certainty_sql([asked_for])
    conditions = upcoming.entry_filter(
        filters, session.resolved(filters, cities), cities
    )
    of_time = Condition(f"({asked_for.sql}) OR {past.sql}", asked_for.parameters)
    clause = Where((Condition("e.kind = 'expiry'"), *conditions, of_time))
    return session.fetch(
        "SELECT e.no, e.path, e.detail, e.date, e.earliest, e.latest, 'agreement' AS kind,"
        " r.type, r.id, e.body AS said, r.body AS record_body,"
        f" CASE WHEN {asked_for.sql} THEN {sure.sql} END AS certainty,"
        f" {upcoming.STANDING} AS standing"
        f" FROM entry e JOIN record r ON r.no = e.record{clause.sql}"
        " ORDER BY e.sort_key, r.id, e.no",
        (*asked_for.parameters, *sure.parameters, *clause.parameters),
    )


# -- Renewals -----------------------------------------------------------------


def _paper(row: sqlite3.Row) -> tuple[int, list[Paper], list[str]]:
    """Return the place of an agreement among those of its tie, these, and the tie's
    members.
    """
    tie = json.loads(row["record_body"])
    return (
        rows.number_in(row["path"]),
        tie["agreements"],
        [member["city"] for member in tie["members"]],
    )


def is_renewed(number: int, papers: Sequence[Paper], members: Sequence[str]) -> bool:
    """Whether another paper of a tie takes the place of this one, by what their dates
    state.
    """
    return renewal(number, papers, members) == "certain"


def renewal(
    number: int, papers: Sequence[Paper], members: Sequence[str]
) -> Certainty | None:
    """Return how sure it is that another paper, between the same parties, takes its
    place.

    That is a renewal that is not before it, or a later paper of the same kind, which
    does not end as early. Where dates do not tell which of two is later, their order in
    the record does. A doubt or a missing date that leaves open whether a renewal came
    before makes it possible.
    """
    return surest(
        _renews(papers[other], papers[number], is_below=other > number)
        for other in range(len(papers))
        if other != number
        and _parties(papers[other], members) == _parties(papers[number], members)
    )


def _parties(paper: Paper, members: Sequence[str]) -> frozenset[str]:
    return frozenset(paper.get("parties") or members)


def _renews(paper: Paper, older: Paper, *, is_below: bool) -> Certainty | None:
    ends = _date(paper, "expires"), _date(older, "expires")
    if ends[0] and ends[1] and _ends_as_early(ends[0], ends[1]):
        return None
    signed, before = _date(paper, "signed"), _date(older, "signed")
    if paper["kind"] == "renewal" and older["kind"] != "renewal":
        return _comes_after(signed, before)
    is_next = paper["kind"] == older["kind"] and _is_later(
        signed, before, is_below=is_below
    )
    return "certain" if is_next else None


def _comes_after(
    renewed: dates.Date | None, before: dates.Date | None
) -> Certainty | None:
    """Return how sure it is that a renewal came after a paper; one without a date comes
    last.
    """
    if renewed is None:
        return "certain"
    if before is None:
        return "possible"
    if renewed.latest and before.earliest and renewed.latest < before.earliest:
        return None
    if before.stated[1] < renewed.stated[0]:
        return "certain"
    is_earlier = renewed.stated[1] < before.stated[0]
    return (
        "possible"
        if is_earlier or _is_vague(renewed) or _is_vague(before)
        else "certain"
    )


def _is_vague(date: dates.Date) -> bool:
    return date.is_uncertain or date.is_approximate


def _ends_as_early(one: dates.Date, other: dates.Date) -> bool:
    return bool(one.latest and other.earliest and one.latest <= other.earliest)


def _is_later(
    one: dates.Date | None, other: dates.Date | None, *, is_below: bool
) -> bool:
    """Whether one paper comes after another; what has no date comes last."""
    if other is None:
        return one is None and is_below
    if one is None:
        return True
    if one.sort_key == other.sort_key:
        return is_below and one.precision != "day"
    return one.sort_key > other.sort_key


def _date(paper: Paper, field: str) -> dates.Date | None:
    return dates.parse(paper[field]) if paper.get(field) else None


# -- Answers ------------------------------------------------------------------


def _results(
    found: Sequence[sqlite3.Row], names: NameIndex, day: dt.date
) -> list[Expiry]:
    entries = rows.read_entries(found, names)
    return [_result(row, entry, day) for row, entry in zip(found, entries, strict=True)]


def _result(row: sqlite3.Row, entry: TimelineEntry, day: dt.date) -> Expiry:
    number, papers, members = _paper(row)
    return Expiry(
        expires=row["date"],
        earliest=entry.earliest,
        latest=entry.latest,
        certainty=entry.certainty,
        past=_past(dates.parse(row["date"]), day),
        renewed=renewal(number, papers, members),
        kind=entry.detail or "",
        title=entry.title,
        signed=papers[number].get("signed"),
        parties=entry.cities,
        status=row["standing"],
        themes=entry.themes,
        sources=entry.sources,
        record=entry.record,
        path=row["path"],
    )


def _past(date: dates.Date, day: dt.date) -> Literal["certain", "possible"] | None:
    """Return how sure it is that a date is over on a day; None where it is not."""
    if date.earliest and date.earliest >= day:
        return None
    is_doubted = date.is_uncertain
    return (
        "certain"
        if date.latest and date.latest < day and not is_doubted
        else "possible"
    )
