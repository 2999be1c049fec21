"""Timeline entries as the entries of a story: what each page says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import StoryEntry
from citylinks.views.chronology import (
    find_bounds,
    is_end,
    measure_gaps,
    merge_memberships,
)
from citylinks.views.phrases import (
    NOT_CERTAIN,
    attendance_phrase,
    claim_phrase,
    human_date,
    human_end,
    member_phrase,
    name_list,
    number_phrase,
    organizations_by_role,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from citylinks.questions.results import CityRef, Ref, TimelineEntry
    from citylinks.views.notes import Notes

UNDATED = ("possible", "the date is not known")


def story_entries(
    entries: Sequence[TimelineEntry],
    notes: Notes,
    subjects: Sequence[str] = (),
    stated_themes: Collection[tuple[Ref, ...]] = (),
    *,
    names_subjects: bool = False,
    is_reversed: bool = False,
) -> tuple[StoryEntry, ...]:
    """Return timeline entries as the entries of a story.

    `subjects` are the ids of the cities of the page. They are named only where the page
    `names_subjects`, as an entry may concern some of them and not others.
    `stated_themes` are those that the page has already stated of its partnerships.
    """
    entries = merge_memberships(entries)
    gaps = measure_gaps(entries, is_reversed=is_reversed)
    bounds = find_bounds(entries, is_reversed=is_reversed)
    story = []
    for index, entry in enumerate(entries):
        participants = _participants(entry, subjects, names_subjects=names_subjects)
        story.append(
            StoryEntry(
                when=_entry_date(entry),
                kind=in_words(entry.kind),
                title=entry.title,
                marks=notes.marks(entry.sources),
                summary=entry.summary,
                participants=tuple(participants),
                facts=tuple(_facts(entry, notes, stated_themes)),
                gap=gaps[index],
                is_possible=entry.certainty == "possible",
                bounds=bounds.get(index, ()),
            )
        )
    return tuple(story)


def _entry_date(entry: TimelineEntry) -> str:
    if is_end(entry):
        return human_end(entry.date)
    return human_date(entry.date)


def _participants(
    entry: TimelineEntry, subjects: Sequence[str], *, names_subjects: bool
) -> Iterator[tuple[str, str]]:
    """Yield the place of an entry and its cities, but those already named."""
    places = [
        city
        for city in entry.cities
        if city.role == "place" and f"in {city.name}" not in entry.title
    ]
    if places:
        yield "in", name_list(places)
    own, others = _own_and_other_cities(entry, subjects)
    is_naming_own = not subjects or names_subjects
    if names_subjects and all(_is_named(city, entry.title) for city in own):
        is_naming_own = False
    if own and is_naming_own:
        yield "cities", _joined_members(own)
    others = [city for city in others if not _is_named(city, entry.title)]
    if others:
        yield "with", _joined_members(others)


def _own_and_other_cities(
    entry: TimelineEntry, subjects: Sequence[str]
) -> tuple[list[CityRef], list[CityRef]]:
    """Return the cities that the page is about, which may be all, and the others."""
    own: list[CityRef] = []
    others: list[CityRef] = []
    for city in entry.cities:
        if city.role == "place":
            continue
        if not subjects or city.id in subjects:
            own.append(city)
        else:
            others.append(city)
    return own, others


def _is_named(city: CityRef, title: str) -> bool:
    """Whether an entry says already that a city takes part."""
    return city.people is not None or city.name in title


def _facts(
    entry: TimelineEntry, notes: Notes, stated_themes: Collection[tuple[Ref, ...]]
) -> Iterator[tuple[str, str]]:
    if entry.certainty == "possible" and entry.date:
        yield NOT_CERTAIN
    if entry.certainty == "possible" and not entry.date:
        yield UNDATED
    for city in entry.cities:
        if city.people is not None:
            yield city.name, _delegation_phrase(city.role, city.people)
    if entry.undated_members:
        yield "joining date unknown", _joined_members(entry.undated_members)
    if entry.attendance:
        yield "attendance", attendance_phrase(entry.attendance)
    if entry.pillars:
        yield "parts", "; ".join(pillar.name for pillar in entry.pillars)
    yield from organizations_by_role(entry.organizations, "with")
    if entry.themes and not _are_themes_stated(entry, stated_themes):
        yield "themes", name_list(entry.themes)
    for claim in entry.claims:
        yield "another source", claim_phrase(claim, notes)


def _joined_members(cities: Sequence[CityRef]) -> str:
    return join_words(list(map(member_phrase, cities)))


def _delegation_phrase(role: str | None, people: int) -> str:
    phrase = number_phrase(people, "people")
    if role:
        return f"{in_words(role)}, {phrase}"
    return phrase


def _are_themes_stated(
    entry: TimelineEntry, stated_themes: Collection[tuple[Ref, ...]]
) -> bool:
    return entry.record.type == "partnership" and entry.themes in stated_themes
