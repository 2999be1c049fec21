"""The phrases that several pages share: when, whom with, by whom, on whose word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citylinks.dates import DateError, parse
from citylinks.geo import countries
from citylinks.model.titles import join_words
from citylinks.model.vocabulary import GATHERING_KINDS, KIND_WORDS, in_words
from citylinks.text.safe import number_of
from citylinks.views import chronology
from citylinks.views.blocks import TimelineBlock

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from citylinks.questions.results import (
        AttendanceRef,
        CityRef,
        ClaimRef,
        PartnershipRow,
        Ref,
        TimelineEntry,
    )
    from citylinks.views.blocks import Notes

NOT_CERTAIN = ("not certain", "its date allows it, and does not prove it")
UNDATED = ("not certain", "its date is not known")


def human(text: str | None) -> str:
    """Return a date for people, or nothing."""
    return parse(text).human if text else ""


def once(text: str | None) -> str:
    """Return the date of an end for people: of an interval, that it is on some day of
    it.
    """
    date = parse(text) if text else None
    if date is None or not date.is_interval:
        return human(text)
    if date.text.endswith(("/", "/..")):
        return f"{human(str(date.start))} or later"
    if date.text.startswith(("/", "../")):
        return f"{human(str(date.end))} or earlier"
    return f"{date.human} (once)"


def possible(certainty: str | None) -> str:
    """Return the mark of what is only possible."""
    return " (possible)" if certainty == "possible" else ""


def date_phrase(date: str | None, certainty: str | None) -> str:
    """Return a date for people, marked where what it is of is only possible."""
    return (human(date) + possible(certainty)).strip()


def party(city: CityRef) -> str:
    """Return the name of a city, marked where it only possibly belonged."""
    return f"{city.name}{possible(city.certainty)}"


def readable(text: str) -> str:
    """Return a date in words, and all else as it is written."""
    try:
        return human(text)
    except DateError:
        return text


def names(refs: Iterable[Ref | CityRef]) -> str:
    """Return names with commas."""
    return ", ".join(ref.name for ref in refs)


def location_phrase(name: str, country: str | None) -> str:
    """Return a name with the country of that ISO 3166-1 code: `Lyon (France)`."""
    found = countries.get_country(country or "")
    return f"{name} ({found.name})" if found else name


def filter_phrases(query: dict[str, Any], said: Collection[str]) -> Iterator[str]:
    """Yield what narrows an answer beside what is `said` otherwise: `Only theme
    energy`.
    """
    is_either = bool(query.get("any"))
    found = [
        _filter(name, value, "and" if name == "with" and not is_either else "or")
        for name, value in query.items()
        if name not in (*said, "any") and value
    ]
    if found:
        yield f"Only {', '.join(found)}"


def _filter(name: str, value: object, word: str) -> str:
    if value is True:
        return name
    return f"{name} {f' {word} '.join(map(str, value)) if isinstance(value, list) else value}"


def by_role(refs: Sequence[Ref], otherwise: str) -> list[tuple[str, str]]:
    """Return organizations under their roles: `organizers` → `A, B`; equal ones under
    both.
    """
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
        roles.setdefault(ref.name, []).extend([in_words(ref.role)] if ref.role else [])
    return ", ".join(
        f"{name} ({', '.join(r)})" if r else name for name, r in roles.items()
    )


def _label(role: str | None, count: int, otherwise: str) -> str:
    if role is None:
        return otherwise
    return in_words(role) + ("s" if count > 1 and not role.endswith("sector") else "")


def since(tie: PartnershipRow) -> str:
    """Return what a partnership is and since when: `Sister cities since Apr 1959`.

    As a tie between cities, since when they belong to it together.
    """
    text = described(tie.kind, tie.since or tie.start, tie.until or tie.end, tie.status)
    return text + begun_before(tie.since, tie.start) + possible(tie.certainty)


def begun_before(since: str | None, start: str | None) -> str:
    """Return that a partnership is older than since when cities belong to it together."""
    return (
        f" (partnership since {human(start)})"
        if since and start and since != start
        else ""
    )


def described(kind: str, start: str | None, end: str | None, status: str | None) -> str:
    """Return a kind of partnership with its dates, and its status where that is not
    plain.
    """
    text = KIND_WORDS[kind].capitalize()
    if start:
        text += f" since {human(start).removeprefix('since ')}"
    if end:
        text += f", until {once(end)}"
    return f"{text} ({status})" if status and status != "active" else text


def network_phrase(tie: PartnershipRow) -> str:
    """Return a network as it is named in a header: `Y-PORT (programme)`."""
    kind = KIND_WORDS[tie.kind] if tie.kind in GATHERING_KINDS else in_words(tie.kind)
    return f"{tie.name} ({kind}){possible(tie.certainty)}"


def moments(
    entries: Sequence[TimelineEntry],
    notes: Notes,
    subjects: Sequence[str] = (),
    told: Collection[tuple[Ref, ...]] = (),
    *,
    is_of_each: bool = False,
    is_reversed: bool = False,
) -> tuple[TimelineBlock, ...]:
    """Return entries as moments of a story.

    `subjects` are the ids of cities that need no naming, but where the story
    `is_of_each` of them and an entry may be of some; `told` are the themes that the
    page has already said of its ties.
    """
    entries = chronology.shared_cities(entries)
    gaps = chronology.gaps(entries, is_reversed=is_reversed)
    bounds = chronology.bounds(entries, is_reversed=is_reversed)
    return tuple(
        TimelineBlock(
            when=once(entry.date) if chronology.is_end(entry) else human(entry.date),
            kind=in_words(entry.kind),
            title=entry.title,
            marks=notes.marks(entry.sources),
            summary=entry.summary,
            parties=tuple(_parties(entry, subjects, is_of_each=is_of_each)),
            facts=tuple(_facts(entry, notes, told)),
            gap=gaps[number],
            is_possible=entry.certainty == "possible",
            bounds=bounds.get(number, ()),
        )
        for number, entry in enumerate(entries)
    )


def as_of_phrase(date: str) -> str:
    """Return for which time something is told: `As of 1985`, `As of Apr 1985`."""
    return f"As of {readable(date)}"


def _facts(
    entry: TimelineEntry, notes: Notes, told: Collection[tuple[Ref, ...]]
) -> Iterable[tuple[str, str]]:
    if entry.certainty == "possible":
        yield NOT_CERTAIN if entry.date else UNDATED
    for city in entry.cities:
        if city.people is not None:
            role = f"{in_words(city.role)}, " if city.role else ""
            yield city.name, f"{role}{count_of(city.people, 'people')}"
    if entry.undated_members:
        yield (
            "joining date unknown",
            join_words([party(city) for city in entry.undated_members]),
        )
    if entry.attendance:
        yield "attendance", attendance(entry.attendance)
    if entry.pillars:
        yield "parts", "; ".join(pillar.name for pillar in entry.pillars)
    yield from by_role(entry.organizations, "with")
    if entry.themes and not (
        entry.record.type == "partnership" and entry.themes in told
    ):
        yield "themes", names(entry.themes)
    for claim in entry.claims:
        yield "but", claimed(claim, notes)


def attendance(attended: AttendanceRef) -> str:
    """Return how many took part: `21 cities, 300 people`."""
    said = [(attended.cities, "cities"), (attended.people, "people")]
    return ", ".join(count_of(number, of) for number, of in said if number is not None)


def count_of(number: int, of: str) -> str:
    """Return a number of `cities` or `people`: `1 city`, `300 people`."""
    return number_of(number, _ONE[of], of)


_ONE = {"cities": "city", "people": "person"}


def claimed(claim: ClaimRef, notes: Notes) -> str:
    """Return what another source says: `1967 according to Comune di Milano [3], of
    start`.
    """
    source = claim.source.publisher or claim.source.title
    note = f"; {claim.note}" if claim.note else ""
    said = f"of {field_words(claim.field)}{note}"
    return f"{readable(claim.value)} according to {source} {notes.marks((claim.source,))} ({said})"


def field_words(path: str) -> str:
    """Return the path of a field in words: `signed of agreements 2` for
    `agreements[1].signed`.
    """
    steps = [
        re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", step)
        for step in path.replace("_", " ").split(".")
    ]
    return " of ".join(reversed(steps))


def _parties(
    entry: TimelineEntry, subjects: Sequence[str], *, is_of_each: bool
) -> Iterable[tuple[str, str]]:
    """Yield where it was and who took part, but those whom the page or the entry names."""
    place = [city for city in entry.cities if city.role == "place"]
    if place:
        yield "in", names(place)
    taking = [city for city in entry.cities if city.role != "place"]
    own = [
        city for city in taking if not subjects or (is_of_each and city.id in subjects)
    ]
    if is_of_each and all(_is_named(city, entry.title) for city in own):
        own = []
    others = [city for city in taking if subjects and city.id not in subjects]
    others = [city for city in others if not _is_named(city, entry.title)]
    if own:
        yield "cities", join_words([party(city) for city in own])
    if others:
        yield "with", join_words([party(city) for city in others])


def _is_named(city: CityRef, title: str) -> bool:
    """Whether an entry says already that a city takes part."""
    return city.people is not None or city.name in title
