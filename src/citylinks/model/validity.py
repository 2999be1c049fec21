"""What holds at a time: who belongs to a tie, its status, its papers, what a place was
called.

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
    from collections.abc import Container, Iterable, Sequence

    Certainty = Literal["certain", "possible"]

OPEN = ".."  # the sides of a time without bound, as an EDTF interval writes them
UNKNOWN = ""

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


class Period(NamedTuple):
    """The days asked for, in ISO text, and today."""

    first: str
    last: str
    today: str


Change = tuple[
    str, str | None
]  # a status, and since when a tie has it, where that is known


class Validity(NamedTuple):
    """How long something holds, in days as the index compares them; see `dates.Date`."""

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
    """Return how long something holds that ends with the first of `ends`; without any,
    it goes on.

    Each is EDTF, `..`, nothing, which is unknown, or what `some_day_since` returns.
    """
    begins, sides = date_validity(start), [once(end) for end in ends or (OPEN,)]
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
    date = dates.parse(text)
    return Validity(
        date.earliest.isoformat() if date.earliest else dates.NO_EARLIEST,
        date.latest.isoformat() if date.latest else dates.NO_LATEST,
        date.begun_by.isoformat() if date.begun_by else None,
        date.lasts_until.isoformat() if date.lasts_until else None,
    )


def once(text: str) -> Validity:
    """Return the days of an end, which comes once: where it is an interval, on some day
    of it.

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
    """Return what ends a tie, by its end and its last status with the date since when.

    Where that has no date it is over today, and was not before the last date that is
    known.
    """
    if end:
        return (end,)
    if not changes or changes[-1][0] != "ended":
        return ()
    known = [since for _, since in changes if since] or [start or UNKNOWN]
    return (changes[-1][1] or some_day_since(known[-1]),)


def some_day_since(text: str) -> str:
    """Return a day from a date on, and by today, which nobody knows, as EDTF level 2
    writes it.
    """
    return f"[{text}..]"


def is_only_planned(start: str | None, changes: Sequence[Change]) -> bool:
    """Whether a tie has not begun, for all that is known, and has no day on which it is
    to.
    """
    return start is None and bool(changes) and changes[-1][0] == "planned"


def surest(found: Iterable[Certainty | None]) -> Certainty | None:
    """Return the surest of several."""
    return min(
        (one for one in found if one), default=None
    )  # certain is before possible


def least_sure(*found: Certainty | None) -> Certainty | None:
    """Return the least sure of several."""
    return None if None in found else max(one for one in found if one)


# -- Of a tie -----------------------------------------------------------------


def membership_certainty(
    body: dict[str, Any], city: str, days: Period
) -> Certainty | None:
    """Whether a city belonged to a tie."""
    own = [item for item in body["members"] if item["city"] == city]
    return surest(_spell_of_member(body, item, days.today).at(days) for item in own)


def membership_validities(
    body: dict[str, Any], cities: Container[str], today: str
) -> list[Validity]:
    """Return how long any of these cities belonged to a tie, each time by itself."""
    own = [item for item in body["members"] if item["city"] in cities]
    return [_spell_of_member(body, item, today) for item in own]


def members_during(
    body: dict[str, Any], days: Period
) -> list[tuple[dict[str, Any], Certainty]]:
    """Return who belonged to a tie, as it is written, each with how sure that is."""
    found = (
        (item, _spell_of_member(body, item, days.today).at(days))
        for item in body["members"]
    )
    return [(item, sure) for item, sure in found if sure]


def has_unknown_joining(kind: str, role: str | None, since: str | None) -> bool:
    """Whether nobody knows when a member joined: of a network, and neither dated nor a
    founder.
    """
    return kind in GATHERING_KINDS and since is None and role not in FOUNDING_ROLES


def _spell_of_member(
    body: dict[str, Any], member: dict[str, Any], today: str
) -> Validity:
    """Return how long a member belonged to a tie.

    One of whom nobody knows when it joined possibly did at the beginning. It surely
    belongs to the tie today, unless it has left, and has since the day of any role that
    it has had.
    """
    held = validity_between(member.get("from", OPEN), member.get("until", OPEN))
    if not has_unknown_joining(
        body.get("kind", ""), member.get("role"), member.get("from")
    ):
        return held
    others = [item["from"] for item in body["members"] if _is_other_time(item, member)]
    known = [day for day in (date_validity(text).begun_by for text in others) if day]
    return held._replace(
        earliest=date_validity(body.get("start", UNKNOWN)).earliest,
        begun_by=None if "until" in member else min([today, *known]),
    )


def _is_other_time(item: dict[str, Any], member: dict[str, Any]) -> bool:
    return item["city"] == member["city"] and "from" in item


def statuses_during(body: dict[str, Any], days: Period) -> dict[str, Certainty]:
    """Return which statuses a tie had, in the order in which it had them."""
    changes = _changes(body)
    spells = [
        (status, _status_spell(body, changes, number, days.today))
        for number, (status, _) in enumerate(changes)
    ]
    if body.get("end") and "ended" not in dict(changes):
        since = once(body["end"])
        spells.append(
            (
                "ended",
                validity_between(OPEN)._replace(
                    earliest=since.earliest, begun_by=since.begun_by
                ),
            )
        )
    found: dict[str, Certainty] = {}
    for status, held in spells:
        sure = surest((held.at(days), found.pop(status, None)))
        if sure:
            found[status] = sure
    return found


def _status_spell(
    body: dict[str, Any], changes: Sequence[Change], number: int, today: str
) -> Validity:
    """Return how long a status held.

    One that is stated last without a date holds today, one that is stated first since
    the tie began if another followed. What has begun is planned no more.
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
    """Return what ends a status: the next, and where that has no date the next that has
    one.
    """
    found: list[str] = []
    for _, since in changes[number + 1 :]:
        found.append(since or UNKNOWN)
        if since:
            break
    return tuple(found)


def status_certainty(
    body: dict[str, Any], number: int, days: Period
) -> Certainty | None:
    """Whether a tie had the status that is stated in this place, and was in force if it
    says so.
    """
    changes = _changes(body)
    at = _status_spell(body, changes, number, days.today).at(days)
    if changes[number][0] in {"planned", "ended"}:
        return at
    return least_sure(partnership_certainty(body, days), at)


def last_certain_status(body: dict[str, Any], days: Period) -> str | None:
    """Return the last status that a tie surely had."""
    found = statuses_during(body, days)
    return next(
        (name for name, sure in reversed(found.items()) if sure == "certain"), None
    )


def agreements_during(body: dict[str, Any], days: Period) -> dict[int, Certainty]:
    """Return which of the agreements of a tie were running, by their place in it."""
    over = _over(body)
    found: dict[int, Certainty] = {}
    for number, paper in enumerate(body.get("agreements", ())):
        own = (paper["expires"],) if "expires" in paper else ()
        sure = validity_between(paper.get("signed", UNKNOWN), *own, *over).at(days)
        if sure:
            found[number] = sure
    return found


def partnership_certainty(body: dict[str, Any], days: Period) -> Certainty | None:
    """Whether a tie held."""
    if is_only_planned(body.get("start"), _changes(body)):
        return None
    return validity_between(body.get("start", UNKNOWN), *_over(body)).at(days)


def _over(body: dict[str, Any]) -> tuple[str, ...]:
    return end_dates(body.get("start"), body.get("end"), _changes(body))


def _changes(body: dict[str, Any]) -> list[Change]:
    return [(change["is"], change.get("since")) for change in body.get("status", ())]


def record_during(body: dict[str, Any], days: Period) -> dict[str, Any]:
    """Return a record without what did not hold then, or was to come; contacts are of
    today.
    """
    running = agreements_during(body, days)
    kept = {
        "members": [item for item, _ in members_during(body, days)]
        if "members" in body
        else [],
        "agreements": [
            p for n, p in enumerate(body.get("agreements", ())) if n in running
        ],
        "status": [
            c for c in body.get("status", ()) if not _is_later(c.get("since"), days)
        ],
        "outcomes": [
            o for o in body.get("outcomes", ()) if not _is_later(o.get("date"), days)
        ],
        "contacts": [],
        "counts": [
            c for c in body.get("counts", ()) if not _is_later(c.get("date"), days)
        ],
    }
    told = {key: kept.get(key, value) for key, value in body.items()}
    return {key: value for key, value in told.items() if value != []}


def _is_later(date: str | None, days: Period) -> bool:
    return date is not None and date_validity(date).earliest > days.last


# -- Of some members of a tie -----------------------------------------------------


class Together(NamedTuple):
    """Since when cities belong to a tie together, where its record says so, and until
    when.

    Both are EDTF, None where nothing is stated; without `until` they still do.
    """

    since: str | None
    path: str
    until: str | None


def together(
    body: dict[str, Any], wanted: Iterable[tuple[Sequence[str], int]]
) -> Together:
    """Return since when, and until when, so many of each of these cities belong to a
    tie.
    """
    joined, left = [_Side(body.get("start"), "start")], [_Side(body.get("end"), "end")]
    for cities, least in wanted:
        own = {item["city"] for item in body["members"]} & set(cities)
        joined.append(
            sorted((_joined(body, city) for city in own), key=_Side.first)[least - 1]
        )
        left.append(
            sorted((_left(body, city) for city in own), key=_Side.last, reverse=True)[
                least - 1
            ]
        )
    since = max(joined, key=_Side.first)
    return Together(since.date, since.path, min(left, key=_Side.last).date)


def belonging(body: dict[str, Any], city: str) -> tuple[str | None, str | None]:
    """Return since when a city belongs to a tie, and until when; None where it is not
    known.
    """
    held = together(body, [((city,), 1)])
    return (None if joined_at_unknown_time(body, city) else held.since), held.until


def joined_at_unknown_time(body: dict[str, Any], city: str) -> bool:
    """Whether nobody knows when a city joined a network."""
    own = (item for item in body["members"] if item["city"] == city)
    return any(
        has_unknown_joining(body["kind"], item.get("role"), item.get("from"))
        for item in own
    )


class _Side(NamedTuple):
    """A date on which a membership begins or ends, and where in the record it stands."""

    date: str | None
    path: str

    def first(self) -> str:
        """Return what it sorts by where no date means since ever."""
        return dates.parse(self.date).sort_key if self.date else ""

    def last(self) -> str:
        """Return what it sorts by where no date means that it goes on."""
        return dates.parse(self.date).reverse_key if self.date else dates.NO_LATEST


def _joined(body: dict[str, Any], city: str) -> _Side:
    return min(_sides(body, city, "from", "start"), key=_Side.first)


def _left(body: dict[str, Any], city: str) -> _Side:
    return max(_sides(body, city, "until", "end"), key=_Side.last)


def _sides(
    body: dict[str, Any], city: str, field: str, general: str
) -> Iterable[_Side]:
    for number, item in enumerate(body["members"]):
        if item["city"] == city:
            date = item.get(field)
            yield _Side(date, f"members[{number}].{field}" if date else general)


# -- Of a place ---------------------------------------------------------------


def former_name(body: dict[str, Any], days: Period) -> str | None:
    """Return what a place was surely called in English then, where it has another name
    now.
    """
    dated = [
        alias
        for alias in body.get("aliases", ())
        if isinstance(alias, dict) and ("from" in alias or "until" in alias)
    ]
    names = [
        alias["name"]
        for alias in dated
        if alias.get("lang", "en").partition("-")[0] == "en"
        and validity_between(alias.get("from", OPEN), alias.get("until", OPEN)).at(days)
        == "certain"
    ]
    return names[0] if names and names[0] != body.get("name") else None


# -- For SQL ------------------------------------------------------------------


@lru_cache(maxsize=16)
def _read(body: str) -> dict[str, Any]:
    """Return a body as data, which SQL asks for each member of one tie after another."""
    found: dict[str, Any] = json.loads(body)
    return found


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
    """Answer `status_held` of a body in JSON, for the status at a path: 1 of
    `status[1]`.
    """
    number = int(path.partition("[")[2].partition("]")[0])
    return status_certainty(json.loads(body), number, Period(first, last, today))
