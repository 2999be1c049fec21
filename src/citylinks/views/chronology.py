"""The order of a story: who joins together, where little is known, what ends where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from citylinks.dates import NO_EARLIEST, NO_LATEST, parse
from citylinks.model.titles import entry_title
from citylinks.model.vocabulary import END_KINDS, MEMBERSHIP_KINDS
from citylinks.views.blocks import Bound
from citylinks.views.phrases import years_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.questions.results import TimelineEntry

LONG_GAP = 10  # years without an entry that a story makes visible
LASTING = 1.0  # years after which a story says where something ends
DAYS_A_YEAR = 365.2425


# -- Cities that join or leave together ---------------------------------------


def merge_memberships(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Return the entries, with cities that join or leave together in one entry.

    They do so together where partnership, date and role are the same.
    """
    merged: list[TimelineEntry] = []
    for entry in entries:
        if merged and _is_same_membership(merged[-1], entry):
            merged[-1] = _merge_entries(merged[-1], entry)
        else:
            merged.append(entry)
    return merged


def _is_same_membership(previous: TimelineEntry, entry: TimelineEntry) -> bool:
    if entry.kind not in MEMBERSHIP_KINDS:
        return False
    return _membership_key(previous) == _membership_key(entry)


def _membership_key(entry: TimelineEntry) -> tuple[object, ...]:
    return (
        entry.record,
        entry.kind,
        entry.detail,
        entry.date,
        entry.certainty,
        entry.group,
    )


def _merge_entries(first: TimelineEntry, second: TimelineEntry) -> TimelineEntry:
    cities = first.cities + second.cities
    names = [city.name for city in cities]
    name = first.record.name
    if name not in first.title:
        name = f"the partnership {name}"
    return first._replace(
        title=entry_title(first.kind, first.detail, None, name, names),
        cities=cities,
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        claims=first.claims + second.claims,
    )


# -- Gaps ---------------------------------------------------------------------


def measure_gaps(
    entries: Sequence[TimelineEntry], *, is_reversed: bool = False
) -> list[str | None]:
    """Return, for each entry, how long nothing is known to have happened before it.

    Before it means: between the entries that stand above it and itself.
    """
    if not entries:
        return []
    gaps: list[str | None] = [None]
    # Of the entries so far, the one that ends last; in reverse, that begins first.
    outermost = entries[0]
    for entry in entries[1:]:
        if is_reversed:
            gaps.append(measure_gap(entry, outermost))
            outermost = min(outermost, entry, key=_first_day)
        else:
            gaps.append(measure_gap(outermost, entry))
            outermost = max(outermost, entry, key=_last_day)
    return gaps


def measure_gap(before: TimelineEntry, after: TimelineEntry) -> str | None:
    """Return the years between two entries, or None where they are few or not known.

    They are counted from the end of what lasted, else from the middle of the days that
    a date allows, to the beginning of what lasts, else to the middle again.
    """
    if not (before.latest and after.earliest and before.date and after.date):
        return None
    days = _gap_day(after, is_end=False) - _gap_day(before, is_end=True)
    years = round(days / DAYS_A_YEAR)
    if years < LONG_GAP:
        return None
    is_about = parse(before.date).is_approximate or parse(after.date).is_approximate
    return years_phrase(years, is_about=is_about)


def _gap_day(entry: TimelineEntry, *, is_end: bool) -> float:
    """Return the day, as a number, from which a gap is measured or to which."""
    days = [_day_number(day) for day in (entry.earliest, entry.latest) if day]
    if not _is_lasting(entry):
        return sum(days) / len(days)
    if is_end:
        return days[-1]
    return days[0]


# -- Bounds -------------------------------------------------------------------


def find_bounds(
    entries: Sequence[TimelineEntry], *, is_reversed: bool = False
) -> dict[int, tuple[Bound, ...]]:
    """Return the ends of lasting entries by the index of the entry that they follow.

    In reverse these are the beginnings. An entry has one only where it lasts a year or
    more and others stand within it; else its date says enough.
    """
    dated_bounds: dict[int, list[tuple[str, Bound]]] = {}
    for index, entry in enumerate(entries):
        if not _is_long(entry):
            continue
        next_index = _index_beyond(entry, entries, is_reversed=is_reversed)
        if next_index > index + 1:
            bound = _dated_bound(entry, is_reversed=is_reversed)
            dated_bounds.setdefault(next_index - 1, []).append(bound)
    bounds = {}
    for index, pairs in dated_bounds.items():
        pairs.sort(reverse=is_reversed)
        bounds[index] = tuple(bound for _, bound in pairs)
    return bounds


def _index_beyond(
    entry: TimelineEntry, entries: Sequence[TimelineEntry], *, is_reversed: bool
) -> int:
    """Return the index of the first entry beyond a lasting one, or their number.

    Compared are the days that dates state, by which the entries are in order.
    """
    from bisect import bisect  # most stories have nothing that lasts

    def is_beyond(other: TimelineEntry) -> bool:
        if other.date is None or entry.date is None:
            return True
        if is_reversed:
            return parse(other.date).stated[1] < parse(entry.date).stated[0]
        return parse(other.date).stated[0] > parse(entry.date).stated[1]

    return bisect(entries, False, key=is_beyond)


def _is_lasting(entry: TimelineEntry) -> bool:
    """Whether an entry goes on for a time: it has an interval and is no end."""
    if not entry.date or is_end(entry):
        return False
    return parse(entry.date).is_interval


def _is_long(entry: TimelineEntry) -> bool:
    """Whether an entry lasts a year or more, from a known beginning to a known end."""
    if not (entry.earliest and entry.latest and _is_lasting(entry)):
        return False
    days = _day_number(entry.latest) - _day_number(entry.earliest)
    return days >= LASTING * DAYS_A_YEAR


def is_end(entry: TimelineEntry) -> bool:
    """Whether an entry is an end, which comes once, even within an interval."""
    return entry.record.type == "partnership" and entry.kind in END_KINDS


def _dated_bound(entry: TimelineEntry, *, is_reversed: bool) -> tuple[str, Bound]:
    """Return the end of a lasting entry, in reverse its beginning, after its day."""
    assert entry.date is not None
    start, _, end = entry.date.partition("/")
    if is_reversed:
        return _first_day(entry), Bound(parse(start).human, "begins", entry.title)
    return _last_day(entry), Bound(parse(end).human, "ends", entry.title)


def _first_day(entry: TimelineEntry) -> str:
    """Return the first day of an entry, before all days where it has no beginning."""
    return entry.earliest or NO_EARLIEST


def _last_day(entry: TimelineEntry) -> str:
    """Return the last day of an entry, after all days where it goes on."""
    return entry.latest or NO_LATEST


def _day_number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
