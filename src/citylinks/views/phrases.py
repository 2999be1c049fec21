"""The phrases that several pages share: when, whom with, by whom, on whose word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from citylinks.dates import NO_LATEST, DateError, parse
from citylinks.views.page import Moment
from citylinks.vocabulary import GATHERING_KINDS, KIND_WORDS, words
from citylinks.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from citylinks.answers import (
        AttendanceRef,
        CityRef,
        ClaimRef,
        PartnershipRow,
        Ref,
        TimelineEntry,
    )
    from citylinks.views.page import Notes

LONG_GAP = 10  # years without an entry that a timeline makes visible
DAYS_A_YEAR = 365.2425
NOT_CERTAIN = ("not certain", "its date allows it, and does not prove it")


def human(text: str | None) -> str:
    """Return a date for people, or nothing."""
    return parse(text).human if text else ""


def names(refs: Iterable[Ref | CityRef]) -> str:
    """Return names with commas."""
    return ", ".join(ref.name for ref in refs)


def by_role(refs: Sequence[Ref], otherwise: str) -> list[tuple[str, str]]:
    """Return organizations under their roles: `organizers` → `A, B`; equal ones under both."""
    roles: dict[str | None, list[str]] = {}
    for ref in refs:
        roles.setdefault(ref.role, []).append(ref.name)
    merged: dict[tuple[str, ...], list[str]] = {}
    for role, found in roles.items():
        merged.setdefault(tuple(found), []).append(_label(role, len(found), otherwise))
    return [(", ".join(labels), ", ".join(found)) for found, labels in merged.items()]


def involved(refs: Sequence[Ref]) -> str:
    """Return organizations with all their roles: `JICA (funder, supporter)`."""
    roles: dict[str, list[str]] = {}
    for ref in refs:
        roles.setdefault(ref.name, []).extend([words(ref.role)] if ref.role else [])
    return ", ".join(f"{name} ({', '.join(r)})" if r else name for name, r in roles.items())


def _label(role: str | None, count: int, otherwise: str) -> str:
    if role is None:
        return otherwise
    return words(role) + ("s" if count > 1 and not role.endswith("sector") else "")


def since(tie: PartnershipRow) -> str:
    """Return what a partnership is and since when: `Sister cities since Apr 1959`."""
    return described(tie.kind, tie.start, tie.end, tie.status)


def described(kind: str, start: str | None, end: str | None, status: str | None) -> str:
    """Return a kind of partnership with its dates, and its status where that is not plain."""
    text = KIND_WORDS[kind].capitalize()
    if start:
        text += f" since {human(start).removeprefix('since ')}"
    if end:
        text += f", until {human(end)}"
    return f"{text} ({status})" if status and status != "active" else text


def network_phrase(tie: PartnershipRow) -> str:
    """Return a network as it is named in a header: `Y-PORT (programme)`."""
    kind = KIND_WORDS[tie.kind] if tie.kind in GATHERING_KINDS else words(tie.kind)
    return f"{tie.name} ({kind})"


def moments(
    entries: Sequence[TimelineEntry],
    notes: Notes,
    subjects: Sequence[str] = (),
    told: Collection[tuple[Ref, ...]] = (),
) -> tuple[Moment, ...]:
    """Return entries as moments of a story.

    `subjects` are the ids of cities that need no naming, `told` the themes that the page has
    already said of its ties.
    """
    latest: TimelineEntry | None = None
    found = []
    for entry in entries:
        found.append(
            Moment(
                when=human(entry.date),
                kind=words(entry.kind),
                title=entry.title,
                marks=notes.marks(entry.sources),
                summary=entry.summary,
                parties=tuple(_parties(entry.cities, subjects, entry.title)),
                facts=tuple(_facts(entry, notes, told)),
                gap=gap(latest, entry),
            )
        )
        latest = max(entry, latest, key=_end) if latest else entry
    return tuple(found)


def _end(entry: TimelineEntry) -> str:
    """Return the last day of an entry, after all days where it goes on."""
    return entry.latest or NO_LATEST


def gap(before: TimelineEntry | None, after: TimelineEntry) -> str | None:
    """Return how many years lie between two entries where they are many.

    From the end of what lasted, or else the middle of what its date allows, and so to the next.
    """
    if before is None or not (before.latest and after.earliest and before.date and after.date):
        return None
    years = round((_moment(after, last=False) - _moment(before, last=True)) / DAYS_A_YEAR)
    if years < LONG_GAP:
        return None
    is_about = any(parse(date).is_approximate for date in (before.date, after.date))
    return age(years, is_about=is_about)


def age(years: int, *, is_about: bool) -> str:
    """Return a number of years: `70 years`, `about 170 years`."""
    return f"{'about ' if is_about else ''}{years} year{'' if years == 1 else 's'}"


def _moment(entry: TimelineEntry, *, last: bool) -> float:
    """Return the day, as a number, from which a gap is measured."""
    days = [date.fromisoformat(day).toordinal() for day in (entry.earliest, entry.latest) if day]
    if entry.date and parse(entry.date).is_interval:
        return days[-1] if last else days[0]
    return sum(days) / len(days)


def _facts(
    entry: TimelineEntry, notes: Notes, told: Collection[tuple[Ref, ...]]
) -> Iterable[tuple[str, str]]:
    if entry.certainty == "possible":
        yield NOT_CERTAIN
    for city in entry.cities:
        if city.people is not None:
            role = f"{words(city.role)}, " if city.role else ""
            yield city.name, f"{role}{city.people} people"
    if entry.attendance:
        yield "attendance", attendance(entry.attendance)
    if entry.pillars:
        yield "parts", "; ".join(pillar.name for pillar in entry.pillars)
    yield from by_role(entry.organizations, "with")
    if entry.themes and not (entry.record.type == "partnership" and entry.themes in told):
        yield "themes", names(entry.themes)
    for claim in entry.claims:
        yield "but", claimed(claim, notes)


def attendance(counted: AttendanceRef) -> str:
    """Return how many took part: `21 cities, 300 people`."""
    said = [(counted.cities, "cities"), (counted.people, "people")]
    return ", ".join(f"{number} {of}" for number, of in said if number is not None)


def claimed(claim: ClaimRef, notes: Notes) -> str:
    """Return what another source says: `1967 according to Comune di Milano [3], of start`."""
    try:
        value = human(claim.value)
    except DateError:
        value = claim.value
    source = claim.source.publisher or claim.source.title
    note = f"; {claim.note}" if claim.note else ""
    field = claim.field.replace(".", " ").replace("_", " ")
    return f"{value} according to {source} {notes.marks((claim.source,))} (of {field}{note})"


def _parties(
    cities: Sequence[CityRef], subjects: Sequence[str], title: str
) -> Iterable[tuple[str, str]]:
    """Yield where it was and who took part, but those whom the page or the title names."""
    place = [city for city in cities if city.role == "place"]
    if place:
        yield "in", names(place)
    others = [
        city
        for city in cities
        if city.role != "place" and not (subjects and _is_named(city, subjects, title))
    ]
    if others:
        yield "with" if subjects else "cities", listed([city.name for city in others])


def _is_named(city: CityRef, subjects: Sequence[str], title: str) -> bool:
    """Whether the page says already that a city takes part."""
    return city.id in subjects or city.people is not None or city.name in title
