"""What the questions about days to come share: their time and their cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from citylinks.dates import Span
from citylinks.errors import UsageError
from citylinks.query.conditions import entry_conditions, entry_of_any, status_sql
from citylinks.query.filters import parse_period, requested_spans
from citylinks.query.options import Option

if TYPE_CHECKING:
    import sqlite3

    from citylinks.query.conditions import Resolved
    from citylinks.query.filters import Filters
    from citylinks.query.sql import Condition
    from citylinks.questions.results import Subject
    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session

# The fields that both questions have.
OfCities = Annotated[
    Sequence[str],
    Option("Only with this city.", flag="--city", metavar="CITY", completes="city"),
]
Within = Annotated[
    str | None,
    Option("Only in this period from today: 90d, 12m, 2y.", metavar="PERIOD"),
]

TIMES = ("year", "from", "to")
ENDED = "ended"

# The status of the partnership of an entry; of an event, the one that all its
# partnerships have. The plus keeps SQLite from walking all that refers to partnerships.
STATUS_OF_ENTRY = (
    f"CASE r.type WHEN 'partnership' THEN {status_sql('r')} ELSE ("
    f"SELECT CASE WHEN count(*) = count({status_sql('p')})"
    f" AND min({status_sql('p')}) = max({status_sql('p')})"
    f" THEN min({status_sql('p')}) END"
    " FROM ref f JOIN record p ON p.type = 'partnership' AND p.id = f.id"
    " WHERE f.record = r.no AND +f.type = 'partnership') END"
)


def asking_day(session: Session) -> dt.date:
    """Return the day of the question."""
    return dt.date.fromisoformat(session.today())


def with_period(filters: Filters, within: str | None, day: dt.date) -> Filters:
    """Return the filters with the time of a period from today on."""
    if within is None:
        return filters
    for given in TIMES:
        if given in filters.given():
            raise UsageError(f"--within and --{given} cannot be used together")
    last = parse_period(within, day).last or dt.date.max
    return filters._replace(from_=day.isoformat(), to=last.isoformat())


def has_time_filter(filters: Filters) -> bool:
    """Whether a time is asked for."""
    return any(name in filters.given() for name in TIMES)


def asked_spans(filters: Filters) -> list[Span]:
    """Return the spans asked for; none where they leave no day."""
    spans = []
    for first, last in requested_spans(filters):
        if first <= last:
            days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
            spans.append(Span(*days))
    return spans


def entry_filter(
    filters: Filters, resolved: Resolved, cities: Sequence[str]
) -> list[Condition]:
    """Return the conditions on entries but for the time, of any of the cities."""
    conditions = entry_conditions(filters, resolved)
    if cities:
        conditions.append(entry_of_any(cities))
    return conditions


def is_ended(row: sqlite3.Row, filters: Filters) -> bool:
    """Whether the partnership of a row has ended, and no status was asked for."""
    return row["current_status"] == ENDED and not filters.status


def city_subjects(names: NameIndex, cities: Sequence[str]) -> tuple[Subject, ...]:
    """Return the cities as the subjects of an answer."""
    return names.subjects([("city", city) for city in cities])
