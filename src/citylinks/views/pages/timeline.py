"""A timeline as a page: the cities, their partnerships, the entries, the sources."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.views.blocks import Heading, Story, Title
from citylinks.views.notes import Notes
from citylinks.views.phrases import (
    as_of_phrase,
    filter_phrases,
    located_names,
    name_list,
    network_phrase,
    since_phrase,
)
from citylinks.views.story import story_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.results import Group, PartnershipRow, TimelineEntry
    from citylinks.questions.timeline import Timeline
    from citylinks.views.blocks import Block, StoryEntry

WITHOUT_DATE = "Date not known"

# Options that are no filters, or that the page states otherwise.
_NOT_FILTERS = frozenset(("subjects", "as-of", "any", "by", "reverse", "limit"))


def page(answer: Timeline) -> Iterator[Block]:
    """Yield the blocks of a timeline."""
    notes = Notes()
    yield Title(_title(answer), tuple(_header_lines(answer)))
    sections = []
    for heading, entries in _sections(answer):
        sections.append((heading, _story_entries(entries, answer, notes)))
    widest = ""
    if answer.query.get("by"):
        widest = _widest_date([entries for _, entries in sections])
    for heading, story in sections:
        if heading:
            yield Heading(heading)
        yield Story(story, widest=widest)
    yield from notes.blocks()


def _story_entries(
    entries: Sequence[TimelineEntry], answer: Timeline, notes: Notes
) -> tuple[StoryEntry, ...]:
    return story_entries(
        entries,
        notes,
        _subject_ids(answer),
        [row.themes for row in answer.ties],
        names_subjects=_is_about_several(answer),
        is_reversed=bool(answer.query.get("reverse")),
    )


def _subject_ids(answer: Timeline) -> list[str]:
    """Return the ids of the cities that the timeline is about."""
    if not _is_about_one_partnership(answer):
        return [subject.id for subject in answer.subjects if subject.type == "city"]
    ids = []
    for row in answer.ties:
        ids += [member.id for member in row.members]
    return ids


def _widest_date(stories: Sequence[Sequence[StoryEntry]]) -> str:
    widest = ""
    for story in stories:
        for entry in story:
            if len(entry.when) > len(widest):
                widest = entry.when
    return widest


def _is_about_one_partnership(answer: Timeline) -> bool:
    return [subject.type for subject in answer.subjects] == ["partnership"]


def _is_about_several(answer: Timeline) -> bool:
    """Whether an entry may concern some of the subjects and not others.

    Between two, each entry concerns both; where any may be concerned, two are several.
    """
    if answer.query.get("any"):
        return len(answer.subjects) > 1
    return len(answer.subjects) > 2


def _is_about_pair(answer: Timeline) -> bool:
    return len(answer.subjects) == 2 and not _is_about_several(answer)


# -- Sections -----------------------------------------------------------------


def _sections(answer: Timeline) -> Iterator[tuple[str, list[TimelineEntry]]]:
    """Yield the entries of each group under its heading, those without a date apart."""
    for group, group_entries in groupby(answer.results, key=lambda entry: entry.group):
        heading = _group_heading(group, answer)
        entries = list(group_entries)
        dated = [entry for entry in entries if entry.date]
        undated = [entry for entry in entries if not entry.date]
        if dated:
            yield heading, dated
        if undated and heading:
            yield f"{heading}, {WITHOUT_DATE.lower()}", undated
        if undated and not heading:
            yield WITHOUT_DATE, undated


def _group_heading(group: Group | None, answer: Timeline) -> str:
    """Return the name of a group, or nothing where a timeline has no groups."""
    if group:
        return group.name
    if answer.query.get("by") == "theme":
        return "No theme"
    if answer.query.get("by") != "city":
        return ""
    if any(subject.type == "city" for subject in answer.subjects):
        return "No other city"
    return "No city"


# -- The header ---------------------------------------------------------------


def _title(answer: Timeline) -> str:
    if not answer.subjects:
        return "Timeline"
    names = located_names(answer.subjects)
    if answer.query.get("any"):
        return join_words(names, "or")
    return " – ".join(names)


def _header_lines(answer: Timeline) -> Iterator[str]:
    for row in answer.ties:
        yield from _partnership_lines(row, answer)
    yield from _network_lines(answer)
    if "as-of" in answer.query:
        yield f"{as_of_phrase(answer.query['as-of'])}: only what was in force then"
    stated = _NOT_FILTERS
    if len(answer.subjects) > len(answer.query["subjects"]):
        stated |= {"with"}  # the title names the city that was given with --with
    yield from filter_phrases(answer, stated)


def _partnership_lines(row: PartnershipRow, answer: Timeline) -> Iterator[str]:
    """Yield the dates and themes of a partnership, after its name where it needs it."""
    since, themes = since_phrase(row), name_list(row.themes)
    if _is_about_one_partnership(answer) or _is_about_pair(answer):
        yield since
        if themes:
            yield f"Themes: {themes}"
        return
    line = f"{row.name}: {since[0].lower()}{since[1:]}"
    if themes:
        line += f"; themes: {themes}"
    yield line


def _network_lines(answer: Timeline) -> Iterator[str]:
    """Yield the networks of the subjects, those with the same members in one line."""
    phrases_by_members: dict[tuple[str, ...], list[str]] = {}
    for row in answer.networks:
        names_by_id = {member.id: member.name for member in row.members}
        members = tuple(names_by_id.values())
        phrases_by_members.setdefault(members, []).append(network_phrase(row))
    for members, phrases in phrases_by_members.items():
        yield f"{_members_phrase(members, answer)} in {', '.join(phrases)}"


def _members_phrase(members: tuple[str, ...], answer: Timeline) -> str:
    if _is_about_pair(answer):
        return "Both"
    if len(members) == len(answer.subjects):
        return "All"
    return join_words(members)
