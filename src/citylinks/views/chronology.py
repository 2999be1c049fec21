"""The course of time through a story: where little is known, and where what lasts ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from citylinks.dates import NO_EARLIEST, NO_LATEST, parse
from citylinks.model.titles import entry_title
from citylinks.model.vocabulary import END_KINDS
from citylinks.text.safe import number_of
from citylinks.views.blocks import Bound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.questions.results import TimelineEntry

LONG_GAP = 10  # years without an entry that a timeline makes visible
LASTING = 1.0  # years after which a timeline says where something ends
DAYS_A_YEAR = 365.2425


# -- Who came and went together -----------------------------------------------

TOGETHER = ("join", "member", "leave", "term")


def shared_cities(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Return the entries, those who join or leave a tie at one time in the same role as
    one.
    """
    found: list[TimelineEntry] = []
    for entry in entries:
        if (
            found
            and entry.kind in TOGETHER
            and _likeness(found[-1]) == _likeness(entry)
        ):
            found[-1] = _as_one(found[-1], entry)
        else:
            found.append(entry)
    return found


def _likeness(entry: TimelineEntry) -> tuple[object, ...]:
    return (
        entry.record,
        entry.kind,
        entry.detail,
        entry.date,
        entry.certainty,
        entry.group,
    )


def _as_one(one: TimelineEntry, other: TimelineEntry) -> TimelineEntry:
    cities = one.cities + other.cities
    names = [city.name for city in cities]
    return one._replace(
        title=entry_title(one.kind, one.detail, None, one.record.name, names),
        cities=cities,
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
        claims=one.claims + other.claims,
    )


# -- Gaps ---------------------------------------------------------------------


def gaps(
    entries: Sequence[TimelineEntry], *, is_reversed: bool = False
) -> list[str | None]:
    """Return for each entry how long nothing is known to have happened before it is
    told.
    """
    reached: TimelineEntry | None = (
        None  # what ends last of those told, in reverse begins first
    )
    found: list[str | None] = []
    for entry in entries:
        if reached is None:
            found.append(None)
            reached = entry
        elif is_reversed:
            found.append(gap(entry, reached))
            reached = min(reached, entry, key=_first)
        else:
            found.append(gap(reached, entry))
            reached = max(reached, entry, key=_last)
    return found


def gap(before: TimelineEntry, after: TimelineEntry) -> str | None:
    """Return how many years lie between two entries where they are many.

    From the end of what lasted, or else the middle of what its date allows, and so to
    the next.
    """
    if not (before.latest and after.earliest and before.date and after.date):
        return None
    years = round(
        (_moment(after, last=False) - _moment(before, last=True)) / DAYS_A_YEAR
    )
    if years < LONG_GAP:
        return None
    is_about = any(parse(date).is_approximate for date in (before.date, after.date))
    return age(years, is_about=is_about)


def age(years: int, *, is_about: bool) -> str:
    """Return a number of years: `70 years`, `about 170 years`."""
    return f"{'about ' if is_about else ''}{number_of(years, 'year')}"


def _moment(entry: TimelineEntry, *, last: bool) -> float:
    """Return the day, as a number, from which a gap is measured."""
    days = [_day(day) for day in (entry.earliest, entry.latest) if day]
    if entry.date and parse(entry.date).is_interval and not is_end(entry):
        return days[-1] if last else days[0]
    return sum(days) / len(days)


# -- Bounds -------------------------------------------------------------------


def bounds(
    entries: Sequence[TimelineEntry], *, is_reversed: bool = False
) -> dict[int, tuple[Bound, ...]]:
    """Return where what lasts ends, in reverse begins, by the number of the entry
    before that.

    Only of what lasts a year or more while others are told: of the rest its date says
    enough.
    """
    lasting = [number for number, entry in enumerate(entries) if _lasts(entry)]
    found: dict[int, list[tuple[str, Bound]]] = {}
    for number in lasting:
        after = _number_after(number, entries, is_reversed=is_reversed)
        if after > number + 1:
            found.setdefault(after - 1, []).append(
                _bound(entries[number], is_reversed=is_reversed)
            )
    return {
        number: tuple(bound for _, bound in sorted(told, reverse=is_reversed))
        for number, told in found.items()
    }


def _number_after(
    number: int, entries: Sequence[TimelineEntry], *, is_reversed: bool
) -> int:
    """Return the number of the first entry that lies beyond what lasts, or of the end.

    By the days that are stated, as the entries are in order.
    """
    from bisect import bisect  # most timelines have nothing that lasts

    entry = entries[number]

    def is_beyond(one: TimelineEntry) -> bool:
        if one.date is None or entry.date is None:
            return True
        if is_reversed:
            return parse(one.date).stated[1] < parse(entry.date).stated[0]
        return parse(one.date).stated[0] > parse(entry.date).stated[1]

    return bisect(entries, False, key=is_beyond)


def _lasts(entry: TimelineEntry) -> bool:
    """Whether it lasts from a known beginning to a known end, and long."""
    if not (
        entry.date and entry.earliest and entry.latest and parse(entry.date).is_interval
    ):
        return False
    if is_end(entry):
        return False
    return _day(entry.latest) - _day(entry.earliest) >= LASTING * DAYS_A_YEAR


def is_end(entry: TimelineEntry) -> bool:
    """Whether an entry is an end, which comes once, also where its date is an interval."""
    return entry.record.type == "partnership" and entry.kind in END_KINDS


def _bound(entry: TimelineEntry, *, is_reversed: bool) -> tuple[str, Bound]:
    """Return the day by which it is put in order, and what there is to say."""
    assert entry.date is not None
    start, _, end = entry.date.partition("/")
    if is_reversed:
        return _first(entry), Bound(parse(start).human, "begins", entry.title)
    return _last(entry), Bound(parse(end).human, "ends", entry.title)


def _first(entry: TimelineEntry) -> str:
    """Return the first day of an entry, before all days where it has no beginning."""
    return entry.earliest or NO_EARLIEST


def _last(entry: TimelineEntry) -> str:
    """Return the last day of an entry, after all days where it goes on."""
    return entry.latest or NO_LATEST


def _day(day: str) -> int:
    return date.fromisoformat(day).toordinal()
