"""Agreements that expire within a time, and those that have lapsed."""

from __future__ import annotations

import json
from collections.abc import Sequence  # noqa: TC003 - of the keywords, at runtime too
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
from citylinks.query.options import Without
from citylinks.query.sql import (
    Condition,
    Where,
    certainty_sql,
    either_condition,
    within_spans,
)
from citylinks.questions import rows, upcoming
from citylinks.questions.results import (
    Certainty,
    CityRef,
    NamedFilter,
    RecordRef,
    Ref,
    SourceRef,
    Subject,
)
from citylinks.questions.session import describe_query
from citylinks.questions.upcoming import OfCities, Within

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3

    from citylinks.questions.results import TimelineEntry
    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session


class Expiry(NamedTuple):
    """An agreement, at `path` of a record, that expires and has not been renewed.

    `certainty` says how sure it is that it expires in the time asked for; it is null
    for an agreement listed because it has lapsed. `past` says how sure it is that it
    has expired by today; it is null if it has not. `renewed` is "possible" if the dates
    leave open whether the partnership was renewed later. `status` is that of the
    partnership.
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
    """The agreements that expire within a time, or have lapsed.

    `today` is the ISO day of the question; `ended` counts the agreements of ended
    partnerships.
    """

    query: dict[str, Any]
    results: tuple[Expiry, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0
    more: int = 0
    named: tuple[NamedFilter, ...] = ()


PERIOD = "12m"  # from today on, where no time is asked for

Agreement = dict[str, Any]


class ExpiringQuery(NamedTuple):
    """The cities and the time of a question about expiring agreements."""

    cities: OfCities = ()
    within: Within = None
    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


class ExpiringOptions(FilterOptions, total=False):
    """The options of `expiring` as keywords."""

    cities: Sequence[str]
    within: str | None


def expiring(session: Session, query: ExpiringQuery) -> Expiring:
    """Return the agreements that expire and have not been renewed.

    Without a time, they are those that expire within a year. If the time is counted
    from today, those that have lapsed follow. Agreements of partnerships that have
    ended are left out unless a status is set.
    """
    filters = of_kinds(query.filters, "agreement", "partnership", beside=("expiry",))
    day = upcoming.asking_day(session)
    within = query.within
    if within is None and not upcoming.has_time_filter(filters):
        within = PERIOD
    filters = upcoming.with_period(filters, within, day)
    query = query._replace(within=within, filters=filters)
    ids = session.city_ids(query.cities)
    candidates = _candidates(session, filters, ids, is_with_past=within is not None)
    unrenewed = [row for row in candidates if not is_renewed(*_agreement(row))]
    kept = [row for row in unrenewed if not upcoming.is_ended(row, filters)]
    names = session.names()
    results = _results(kept, names, day)
    if filters.certain:
        results = list(filter(_is_sure, results))
    # What was asked for comes first, then what has lapsed, each by date.
    results.sort(key=lambda expiry: expiry.certainty is None)
    return Expiring(
        query=describe_query(query, cities=list(ids)),
        results=tuple(results),
        subjects=upcoming.city_subjects(names, ids),
        today=day.isoformat(),
        ended=len(unrenewed) - len(kept),
        named=session.named(filters),
    )


def _is_sure(expiry: Expiry) -> bool:
    return "certain" in (expiry.certainty, expiry.past)


def _candidates(
    session: Session, filters: Filters, cities: Sequence[str], *, is_with_past: bool
) -> list[sqlite3.Row]:
    """Return the ends of agreements in that time, or past."""
    asked_for = within_spans(requested_spans(filters), "e")
    sure = certainty_sql([asked_for])
    conditions = upcoming.entry_filter(
        filters, session.resolved(filters, cities), cities
    )
    of_time = asked_for
    if is_with_past:
        of_time = either_condition(asked_for, Condition("e.earliest < today()"))
    clause = Where((Condition("e.kind = 'expiry'"), *conditions, of_time))
    return session.fetch(
        "SELECT e.no, e.path, e.detail, e.date, e.earliest, e.latest,"
        " 'agreement' AS kind,"
        " r.type, r.id, e.body AS entry_body, r.body AS record_body,"
        f" CASE WHEN {asked_for.sql} THEN {sure.sql} END AS certainty,"
        f" {upcoming.STATUS_OF_ENTRY} AS current_status"
        f" FROM entry e JOIN record r ON r.no = e.record{clause.sql}"
        " ORDER BY e.sort_key, r.id, e.no",
        (*asked_for.parameters, *sure.parameters, *clause.parameters),
    )


# -- Renewals -----------------------------------------------------------------


def _agreement(row: sqlite3.Row) -> tuple[int, list[Agreement], list[str]]:
    """Return the place of an agreement among those of its partnership, and these.

    The members of the partnership come with them.
    """
    partnership = json.loads(row["record_body"])
    members = [member["city"] for member in partnership["members"]]
    return rows.number_in(row["path"]), partnership["agreements"], members


def is_renewed(
    number: int, agreements: Sequence[Agreement], members: Sequence[str]
) -> bool:
    """Whether another agreement certainly takes the place of this one."""
    return renewal(number, agreements, members) == "certain"


def renewal(
    number: int, agreements: Sequence[Agreement], members: Sequence[str]
) -> Certainty | None:
    """Return the certainty that another agreement of the same cities takes its place.

    That is a renewal that is not before it, or a later agreement of the same kind,
    which does not end as early. Where dates do not tell which of two is later, their
    order in the record does. A doubt or a missing date that leaves open whether a
    renewal came before makes it possible.
    """
    agreement = agreements[number]
    cities = _signatories(agreement, members)
    renewals = []
    for place, other in enumerate(agreements):
        if place != number and _signatories(other, members) == cities:
            is_below = place > number
            renewals.append(_renews(other, agreement, is_below=is_below))
    return surest(renewals)


def _signatories(agreement: Agreement, members: Sequence[str]) -> frozenset[str]:
    return frozenset(agreement.get("parties") or members)


def _renews(
    agreement: Agreement, older: Agreement, *, is_below: bool
) -> Certainty | None:
    ends = _date(agreement, "expires"), _date(older, "expires")
    if ends[0] and ends[1] and _ends_as_early(ends[0], ends[1]):
        return None
    signed, before = _date(agreement, "signed"), _date(older, "signed")
    if agreement["kind"] == "renewal" and older["kind"] != "renewal":
        return _comes_after(signed, before)
    if agreement["kind"] != older["kind"]:
        return None
    if _is_later(signed, before, is_below=is_below):
        return "certain"
    return None


def _comes_after(
    renewed: dates.Date | None, before: dates.Date | None
) -> Certainty | None:
    """Return the certainty that a renewal came after an agreement.

    One without a date comes last.
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
    if is_earlier or _is_vague(renewed) or _is_vague(before):
        return "possible"
    return "certain"


def _is_vague(date: dates.Date) -> bool:
    return date.is_uncertain or date.is_approximate


def _ends_as_early(first: dates.Date, second: dates.Date) -> bool:
    return bool(first.latest and second.earliest and first.latest <= second.earliest)


def _is_later(
    first: dates.Date | None, second: dates.Date | None, *, is_below: bool
) -> bool:
    """Whether one agreement comes after another; what has no date comes last."""
    if second is None:
        return first is None and is_below
    if first is None:
        return True
    if first.sort_key == second.sort_key:
        return is_below and first.precision != "day"
    return first.sort_key > second.sort_key


def _date(agreement: Agreement, field: str) -> dates.Date | None:
    if agreement.get(field):
        return dates.parse(agreement[field])
    return None


# -- Answers ------------------------------------------------------------------


def _results(
    matches: Sequence[sqlite3.Row], names: NameIndex, day: dt.date
) -> list[Expiry]:
    results = []
    for row, entry in zip(matches, rows.read_entries(matches, names), strict=True):
        results.append(_result(row, entry, day))
    return results


def _result(row: sqlite3.Row, entry: TimelineEntry, day: dt.date) -> Expiry:
    number, agreements, members = _agreement(row)
    return Expiry(
        expires=row["date"],
        earliest=entry.earliest,
        latest=entry.latest,
        certainty=entry.certainty,
        past=_past(dates.parse(row["date"]), day),
        renewed=renewal(number, agreements, members),
        kind=entry.detail or "",
        title=entry.title,
        signed=agreements[number].get("signed"),
        parties=entry.cities,
        status=row["current_status"],
        themes=entry.themes,
        sources=entry.sources,
        record=entry.record,
        path=row["path"],
    )


def _past(date: dates.Date, day: dt.date) -> Literal["certain", "possible"] | None:
    """Return the certainty that a date is over on a day; None where it is not."""
    if date.earliest and date.earliest >= day:
        return None
    if date.latest and date.latest < day and not date.is_uncertain:
        return "certain"
    return "possible"
