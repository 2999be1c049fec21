"""The state of a record at a time: members, status, agreements, the name of a city.

It is asked of records as the index has them, in JSON, and of a span of ISO days, both
included. A part without a beginning, or an end, of its own has that of its record:
whether the record itself holds then is asked elsewhere.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from citylinks import dates
from citylinks.model.vocabulary import FOUNDING_ROLES, GATHERING_KINDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import date

    Body = dict[str, Any]  # the JSON of a record, or of a part of one
    Certainty = Literal["certain", "possible"]

OPEN = ".."  # the sides of a time without bound, as an EDTF interval writes them
UNKNOWN = ""

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


class Period(NamedTuple):
    """The days asked for, in ISO text, and today."""

    first: str
    last: str
    today: str


# A status, and since when a partnership has it, where that is known.
Change = tuple[str, str | None]


class Validity(NamedTuple):
    """The days in which something holds, as in `dates.Date`, as text that compares."""

    earliest: str
    latest: str
    begun_by: str | None
    lasts_until: str | None

    def at(self, days: Period) -> Certainty | None:
        """Whether it holds at some time in these days."""
        latest = days.today if self.latest == dates.BY_TODAY else self.latest
        if self.earliest > days.last or latest < days.first:
            return None
        if self.begun_by is None or self.lasts_until is None:
            return "possible"
        is_sure = self.begun_by <= days.last and self.lasts_until >= days.first
        return "certain" if is_sure else "possible"


def validity_between(start: str, *ends: str) -> Validity:
    """Return the validity from a start to the first of `ends`; without any, it goes on.

    Each is EDTF, `..`, nothing, which is unknown, or what `some_day_since` returns.
    """
    begins = date_validity(start)
    sides = [end_validity(end) for end in ends or (OPEN,)]
    latest = min(side.latest for side in sides)
    surely = [side.lasts_until for side in sides if side.lasts_until is not None]
    lasts_until = min(surely) if len(surely) == len(sides) else None
    return Validity(begins.earliest, latest, begins.begun_by, lasts_until)


@lru_cache(maxsize=65536)
def date_validity(text: str) -> Validity:
    """Return the days of a date, or of one side of a time."""
    if text == OPEN:
        return Validity(dates.NO_EARLIEST, dates.NO_LATEST, FIRST_DAY, LAST_DAY)
    if text == UNKNOWN:
        return Validity(dates.NO_EARLIEST, dates.NO_LATEST, None, None)
    if text.startswith("[") and text.endswith("..]"):
        return date_validity(text[1:-3])._replace(latest=dates.BY_TODAY, begun_by=None)
    parsed = dates.parse(text)
    return Validity(
        _iso(parsed.earliest) or dates.NO_EARLIEST,
        _iso(parsed.latest) or dates.NO_LATEST,
        _iso(parsed.begun_by),
        _iso(parsed.lasts_until),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def end_validity(text: str) -> Validity:
    """Return the days of an end, which comes once: of an interval, on some day of it.

    Of `2017/..` nobody knows whether it has come at all.
    """
    if "/" not in text or text.startswith("["):
        return date_validity(text)
    first, _, last = text.partition("/")
    begun_by = None if last in {OPEN, UNKNOWN} else date_validity(last).begun_by
    lasts_until = None if first in {OPEN, UNKNOWN} else date_validity(first).lasts_until
    return date_validity(text)._replace(begun_by=begun_by, lasts_until=lasts_until)


def end_dates(
    start: str | None, end: str | None, changes: Sequence[Change]
) -> tuple[str, ...]:
    """Return the ends of a partnership, by its end and its last status.

    Where that has no date it is over today, and was not before the last known date.
    """
    if end:
        return (end,)
    if not changes or changes[-1][0] != "ended":
        return ()
    known = [since for _, since in changes if since] or [start or UNKNOWN]
    return (changes[-1][1] or some_day_since(known[-1]),)


def some_day_since(text: str) -> str:
    """Return an unknown day from a date on, and by today, as EDTF level 2 writes it."""
    return f"[{text}..]"


def is_only_planned(start: str | None, changes: Sequence[Change]) -> bool:
    """Whether a partnership has not begun, and has no day on which it is to begin."""
    return start is None and bool(changes) and changes[-1][0] == "planned"


def surest(certainties: Iterable[Certainty | None]) -> Certainty | None:
    """Return the surest of several."""
    known = [certainty for certainty in certainties if certainty]
    return min(known, default=None)  # "certain" comes before "possible"


def least_sure(*certainties: Certainty | None) -> Certainty | None:
    """Return the least sure of several."""
    known = [certainty for certainty in certainties if certainty]
    return max(known) if len(known) == len(certainties) else None


# -- Of a partnership -----------------------------------------------------------------


def membership_certainty(body: Body, city: str, days: Period) -> Certainty | None:
    """Whether a city belonged to a partnership."""
    validities = membership_validities(body, (city,), days.today)
    return surest(validity.at(days) for validity in validities)


def membership_validities(
    body: Body, cities: Container[str], today: str
) -> list[Validity]:
    """Return the validity of each membership of these cities in a partnership."""
    own = [item for item in body["members"] if item["city"] in cities]
    return [_membership_validity(body, item, today) for item in own]


def members_during(body: Body, days: Period) -> list[tuple[Body, Certainty]]:
    """Return the members of a partnership then, as written, and how sure that is."""
    members = []
    for member in body["members"]:
        certainty = _membership_validity(body, member, days.today).at(days)
        if certainty:
            members.append((member, certainty))
    return members


def has_unknown_joining(kind: str, role: str | None, since: str | None) -> bool:
    """Whether nobody knows when a member of a network joined; a founder began it."""
    return kind in GATHERING_KINDS and since is None and role not in FOUNDING_ROLES


def _membership_validity(body: Body, member: Body, today: str) -> Validity:
    """Return the validity of one membership in a partnership.

    One of whom nobody knows when it joined possibly did at the beginning. It surely
    belongs to the partnership today, unless it has left, and has since the day of any
    role that it has had.
    """
    role, since = member.get("role"), member.get("from")
    validity = validity_between(since or OPEN, member.get("until", OPEN))
    if not has_unknown_joining(body.get("kind", ""), role, since):
        return validity
    began = date_validity(body.get("start", UNKNOWN)).earliest
    if "until" in member:
        return validity._replace(earliest=began, begun_by=None)
    days = [today]
    for item in body["members"]:
        if item["city"] == member["city"] and "from" in item:
            day = date_validity(item["from"]).begun_by
            if day:
                days.append(day)
    return validity._replace(earliest=began, begun_by=min(days))


def statuses_during(body: Body, days: Period) -> dict[str, Certainty]:
    """Return the statuses of a partnership then, in the order in which it had them."""
    certainties: dict[str, Certainty] = {}
    for status, validity in _status_validities(body, days.today):
        before = certainties.pop(status, None)
        certainty = surest((validity.at(days), before))
        if certainty:
            certainties[status] = certainty
    return certainties


def _status_validities(body: Body, today: str) -> Iterator[tuple[str, Validity]]:
    """Yield each status that a partnership had; one that has an end has ended since."""
    changes = _changes(body)
    for number, (status, _) in enumerate(changes):
        yield status, _status_validity(body, changes, number, today)
    if body.get("end") and "ended" not in dict(changes):
        end = end_validity(body["end"])
        always = validity_between(OPEN)
        yield "ended", always._replace(earliest=end.earliest, begun_by=end.begun_by)


def _status_validity(
    body: Body, changes: Sequence[Change], number: int, today: str
) -> Validity:
    """Return the validity of a status.

    One that is stated last without a date holds today, one that is stated first since
    the partnership began if another followed. What has begun is planned no more.
    """
    status, since = changes[number]
    is_last = number == len(changes) - 1
    over = until_next(changes, number)
    if is_last and status != "ended" and "end" in body:
        over = (body["end"],)
    if status == "planned" and "start" in body:
        over += (body["start"],)
    if since:
        return validity_between(since, *over)
    if number == 0 and not is_last:
        return validity_between(OPEN, *over)
    before = [since for _, since in changes[:number] if since] or [UNKNOWN]
    stated = validity_between(before[-1], *over)
    return stated._replace(begun_by=today if is_last else None)


def until_next(changes: Sequence[Change], number: int) -> tuple[str, ...]:
    """Return the dates that end a status: of the next, and of the next with a date."""
    ends: list[str] = []
    for _, since in changes[number + 1 :]:
        ends.append(since or UNKNOWN)
        if since:
            break
    return tuple(ends)


def status_certainty(body: Body, number: int, days: Period) -> Certainty | None:
    """Whether a partnership had a status, by number, and was valid if that says so."""
    changes = _changes(body)
    certainty = _status_validity(body, changes, number, days.today).at(days)
    if changes[number][0] in {"planned", "ended"}:
        return certainty
    return least_sure(partnership_certainty(body, days), certainty)


def last_certain_status(body: Body, days: Period) -> str | None:
    """Return the last status that a partnership surely had."""
    for status, certainty in reversed(statuses_during(body, days).items()):
        if certainty == "certain":
            return status
    return None


def agreements_during(body: Body, days: Period) -> dict[int, Certainty]:
    """Return the agreements of a partnership that were running, by their number."""
    certainties: dict[int, Certainty] = {}
    for number, agreement in enumerate(body.get("agreements", ())):
        ends = _ends(body)
        if "expires" in agreement:
            ends = (agreement["expires"], *ends)
        certainty = validity_between(agreement.get("signed", UNKNOWN), *ends).at(days)
        if certainty:
            certainties[number] = certainty
    return certainties


def partnership_certainty(body: Body, days: Period) -> Certainty | None:
    """Whether a partnership was valid."""
    if is_only_planned(body.get("start"), _changes(body)):
        return None
    return validity_between(body.get("start", UNKNOWN), *_ends(body)).at(days)


def _ends(body: Body) -> tuple[str, ...]:
    return end_dates(body.get("start"), body.get("end"), _changes(body))


def _changes(body: Body) -> list[Change]:
    return [(change["is"], change.get("since")) for change in body.get("status", ())]


def record_during(body: Body, days: Period) -> Body:
    """Return a record without what did not hold then, or was to come.

    Contacts are of today.
    """
    kept = dict(body)
    kept.pop("contacts", None)
    if "members" in body:
        kept["members"] = [member for member, _ in members_during(body, days)]
    if "agreements" in body:
        running = agreements_during(body, days)
        kept["agreements"] = [body["agreements"][number] for number in running]
    for field, dated in (("status", "since"), ("outcomes", "date"), ("counts", "date")):
        if field in body:
            kept[field] = [
                part for part in body[field] if not _is_later(part.get(dated), days)
            ]
    return {key: value for key, value in kept.items() if value != []}


def _is_later(date: str | None, days: Period) -> bool:
    return date is not None and date_validity(date).earliest > days.last


# -- Of some members of a partnership ------------------------------------------


class SharedMembership(NamedTuple):
    """Since when and until when cities belong to a partnership together.

    Both are EDTF. `since` is None where the record states nothing, or where one of the
    cities is in a network without a known date of joining; without `until` they still
    belong to it. `path` is the place of the beginning in the record.
    """

    since: str | None
    path: str
    until: str | None


def shared_membership(
    body: Body, requested: Iterable[tuple[Sequence[str], int]]
) -> SharedMembership:
    """Return when so many of each of these groups of cities belong to a partnership."""
    beginnings = [_MembershipDate(body.get("start"), "start")]
    ends = [_MembershipDate(body.get("end"), "end")]
    for cities, least in requested:
        members = {item["city"] for item in body["members"]} & set(cities)
        joined = [_joining(body, city) for city in members]
        joined.sort(key=_MembershipDate.sort_key)
        beginnings.append(joined[least - 1])
        left = [_leaving(body, city) for city in members]
        left.sort(key=_MembershipDate.reverse_key, reverse=True)
        ends.append(left[least - 1])
    since = max(beginnings, key=_MembershipDate.sort_key)
    until = min(ends, key=_MembershipDate.reverse_key)
    is_known = all(beginning.is_known for beginning in beginnings)
    return SharedMembership(since.date if is_known else None, since.path, until.date)


def membership_dates(body: Body, city: str) -> tuple[str | None, str | None]:
    """Return the dates of a membership in a partnership; None where one is unknown."""
    shared = shared_membership(body, [((city,), 1)])
    return shared.since, shared.until


class _MembershipDate(NamedTuple):
    """A date on which a membership begins or ends, and its place in the record.

    It may be none and unknown, or none since the record itself says when.
    """

    date: str | None
    path: str
    is_known: bool = True

    def sort_key(self) -> str:
        """Return a key in order of dates, where none means since ever."""
        return dates.parse(self.date).sort_key if self.date else ""

    def reverse_key(self) -> str:
        """Return a key in order of dates, where none means that it goes on."""
        return dates.parse(self.date).reverse_key if self.date else dates.NO_LATEST


def _joining(body: Body, city: str) -> _MembershipDate:
    own = _membership_dates(body, city, "from", "start")
    joined = min(own, key=_MembershipDate.sort_key)
    if _joined_at_unknown_time(body, city):
        return joined._replace(is_known=False)
    return joined


def _joined_at_unknown_time(body: Body, city: str) -> bool:
    """Whether nobody knows when a city joined a network."""
    own = (item for item in body["members"] if item["city"] == city)
    return any(
        has_unknown_joining(body["kind"], item.get("role"), item.get("from"))
        for item in own
    )


def _leaving(body: Body, city: str) -> _MembershipDate:
    own = _membership_dates(body, city, "until", "end")
    return max(own, key=_MembershipDate.reverse_key)


def _membership_dates(
    body: Body, city: str, field: str, general: str
) -> Iterator[_MembershipDate]:
    """Yield a date of each membership of a city, or the general one's path without."""
    for number, item in enumerate(body["members"]):
        if item["city"] != city:
            continue
        if field in item:
            yield _MembershipDate(item[field], f"members[{number}].{field}")
        else:
            yield _MembershipDate(None, general)


# -- Of a city -----------------------------------------------------------------


def former_name(body: Body, days: Period) -> str | None:
    """Return the English name that a city surely had then, where it is another now."""
    for alias in body.get("aliases", ()):
        if _is_dated_in_english(alias):
            since, until = alias.get("from", OPEN), alias.get("until", OPEN)
            if validity_between(since, until).at(days) == "certain":
                name: str = alias["name"]
                return None if name == body.get("name") else name
    return None


def _is_dated_in_english(alias: Any) -> bool:
    if not isinstance(alias, dict) or not {"from", "until"} & alias.keys():
        return False
    return bool(alias.get("lang", "en").partition("-")[0] == "en")


# -- For SQL ------------------------------------------------------------------


@lru_cache(maxsize=16)
def _read(body: str) -> dict[str, Any]:
    """Return a body as data; SQL asks for it for each member, one after another."""
    parsed: Body = json.loads(body)
    return parsed


def membership_sql(
    today: str, body: str, city: str, first: str, last: str
) -> Certainty | None:
    """Answer `membership` of a body in JSON."""
    return membership_certainty(_read(body), city, Period(first, last, today))


def statuses_sql(body: str, first: str, last: str, today: str) -> str:
    """Answer `statuses` of a body in JSON, as JSON."""
    return json.dumps(statuses_during(json.loads(body), Period(first, last, today)))


def status_held_sql(
    body: str, path: str, first: str, last: str, today: str
) -> Certainty | None:
    """Answer `status_held` of a body, for the status at a path: 1 of `status[1]`."""
    number = int(path.partition("[")[2].partition("]")[0])
    return status_certainty(json.loads(body), number, Period(first, last, today))
