"""The most important facts about a record: last event, next anniversary, conflicts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from citylinks.dates import DateError, parse
from citylinks.dates.anniversaries import STEP
from citylinks.model.references import value_at
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.filters import Filters
from citylinks.query.sql import IN
from citylinks.questions.anniversaries import (
    AnniversariesQuery,
    Anniversary,
    anniversaries,
)
from citylinks.questions.conflicts import ConflictRow, read_conflicts
from citylinks.questions.results import TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from citylinks.questions.results import PartnershipRow
    from citylinks.questions.session import Session

_MEMBER = re.compile(r"members\[\d+\]")


class Overview(NamedTuple):
    """The last event, the next anniversary and the open conflicts of a record.

    For a city, the conflicts include those of its partnerships and events, except those
    about other members only. `contacts_as_of` is the date of the latest source for the
    contacts, or else the day on which that source was read.
    """

    last_event: TimelineEntry | None
    next_anniversary: Anniversary | None
    conflicts: tuple[ConflictRow, ...]
    contacts_as_of: str | None = None


def overview(
    session: Session,
    key: tuple[str, str],
    body: dict[str, Any],
    ties: Sequence[PartnershipRow],
    entries: Sequence[TimelineEntry],
) -> Overview:
    """Return the overview of a city or a partnership."""
    return Overview(
        _last_event(entries, session.today()),
        _next_anniversary(session, key, body),
        _conflicts(session, key, ties, entries),
        _contacts_as_of(session, body),
    )


def _last_event(entries: Sequence[TimelineEntry], today: str) -> TimelineEntry | None:
    """Return the last event that has begun by today; the entries are in order."""
    last = None
    for entry in entries:
        is_dated_event = _is_event(entry) and entry.date is not None
        if is_dated_event and (entry.earliest or "") <= today:
            last = entry
    return last


# -- Anniversaries ------------------------------------------------------------


def _next_anniversary(
    session: Session, key: tuple[str, str], body: dict[str, Any]
) -> Anniversary | None:
    """Return the next anniversary, of several on one date the most important."""
    cities = [key[1]]
    if key[0] == "partnership":
        cities = _known_cities(session, body["members"])
    if not cities:
        return None
    today = session.today()
    last_year = min(int(today[:4]) + STEP, 9999)
    time = Filters(from_=today, to=f"{last_year:04}-12-31")
    query = AnniversariesQuery(cities=cities, filters=time)
    results = [*anniversaries(session, query).results]
    if key[0] == "partnership":
        results = [row for row in results if (row.record.type, row.record.id) == key]
    same_date = [row for row in results if row.date == results[0].date]
    return min(same_date, key=_importance, default=None)


def _known_cities(session: Session, members: Sequence[dict[str, Any]]) -> list[str]:
    """Return the ids of the members that have a record."""
    ids = json.dumps([member["city"] for member in members])
    sql = f"SELECT id FROM record WHERE type = 'city' AND id {IN} ORDER BY id"
    return list(map(str, session.fetch_column(sql, (ids,))))


def _importance(row: Anniversary) -> tuple[bool, int]:
    return row.kind != "start", -row.years


# -- Conflicts ----------------------------------------------------------------


def _conflicts(
    session: Session,
    key: tuple[str, str],
    ties: Sequence[PartnershipRow],
    entries: Sequence[TimelineEntry],
) -> tuple[ConflictRow, ...]:
    """Return the conflicts of a record; of a city, also of what it takes part in."""
    keys = {key}
    if key[0] == "city":
        keys |= {("partnership", row.id) for row in ties}
        keys |= {("event", entry.record.id) for entry in entries if _is_event(entry)}
    sql = (
        "SELECT r.no, r.type, r.id, r.body FROM json_each(?) j JOIN record r"
        " ON r.type = json_extract(j.value, '$[0]')"
        " AND r.id = json_extract(j.value, '$[1]')"
    )
    records = session.fetch(sql, (json.dumps(sorted(keys)),))
    bodies = {(row["type"], row["id"]): json.loads(row["body"]) for row in records}
    numbers = json.dumps(sorted(row["no"] for row in records))
    conflicts = []
    for row in read_conflicts(session, numbers):
        body = bodies[row.record.type, row.record.id]
        if key[0] != "city" or _concerns_city(row.field, key[1], body):
            conflicts.append(row)
    conflicts.sort(key=lambda row: RECORD_TYPES.index(row.record.type))
    return tuple(conflicts)


def _is_event(entry: TimelineEntry) -> bool:
    return entry.record.type == "event"


def _concerns_city(field: str, city: str, body: dict[str, Any]) -> bool:
    """Whether a field of a record is not about another member alone."""
    member = _MEMBER.match(field)
    if member is None:
        return True
    return bool(value_at(body, f"{member[0]}.city") == city)


# -- Contacts -----------------------------------------------------------------


def _contacts_as_of(session: Session, body: dict[str, Any]) -> str | None:
    """Return the date for which the contacts of a record are known."""
    if "contacts" not in body:
        return None
    from citylinks.model.evidence import carries

    carriers = [
        source["source"]
        for source in body.get("sources", ())
        if carries(source, "contacts")
    ]
    sql = f"SELECT body FROM record WHERE type = 'source' AND id {IN}"
    dates = []
    for row in session.fetch(sql, (json.dumps(carriers),)):
        source = json.loads(row["body"])
        dates.append(source.get("date") or source.get("accessed") or "")
    return max(filter(_is_date, dates), default=None, key=_last_day)


def _is_date(text: str) -> bool:
    try:
        parse(text)
    except DateError:
        return False
    return True


def _last_day(text: str) -> str:
    return parse(text).stated[1]
