"""A timeline as a page: who, the tie between them, what happened, on whose word."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.views.blocks import Heading, Notes, Story, Title
from citylinks.views.phrases import (
    as_of_phrase,
    filter_phrases,
    location_phrase,
    moments,
    names,
    network_phrase,
    since,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.results import Group, PartnershipRow, TimelineEntry
    from citylinks.questions.timeline import Timeline
    from citylinks.views.blocks import Block, TimelineBlock

WITHOUT_DATE = "Date not known"

# What of a question is no filter, and is told otherwise than as what it is narrowed to.
_NOT_FILTERS = frozenset(("subjects", "as-of", "any", "by", "reverse", "limit"))


def page(answer: Timeline) -> Iterator[Block]:
    """Yield the blocks of a timeline."""
    notes = Notes()
    yield Title(_title(answer), tuple(_header(answer)))
    told = [
        (heading, _moments(entries, answer, notes))
        for heading, entries in _sections(answer)
    ]
    is_grouped = answer.query.get("by")
    whens = [
        moment.when for _, of_section in told for moment in of_section if is_grouped
    ]
    for heading, of_section in told:
        if heading:
            yield Heading(heading)
        yield Story(of_section, widest=max(whens, key=len, default=""))
    yield from notes.blocks()


def _moments(
    entries: Sequence[TimelineEntry], answer: Timeline, notes: Notes
) -> tuple[TimelineBlock, ...]:
    subjects = [subject.id for subject in answer.subjects if subject.type == "city"]
    if _is_of_one_partnership(answer):
        subjects = [member.id for tie in answer.ties for member in tie.members]
    return moments(
        entries,
        notes,
        subjects,
        [tie.themes for tie in answer.ties],
        is_of_each=_is_of_several(answer),
        is_reversed=bool(answer.query.get("reverse")),
    )


def _is_of_one_partnership(answer: Timeline) -> bool:
    return [subject.type for subject in answer.subjects] == ["partnership"]


def _is_of_several(answer: Timeline) -> bool:
    """Whether an entry may be about some of those whom it was asked of."""
    return len(answer.subjects) > (1 if answer.query.get("any") else 2)


# -- Sections -----------------------------------------------------------------


def _sections(answer: Timeline) -> Iterator[tuple[str, list[TimelineEntry]]]:
    """Yield the entries of each group under its heading, those without a date apart."""
    for group, of_group in groupby(answer.results, key=lambda entry: entry.group):
        heading = _heading(group, answer)
        entries = list(of_group)
        dated = [entry for entry in entries if entry.date]
        undated = [entry for entry in entries if not entry.date]
        if dated:
            yield heading, dated
        if undated:
            yield (
                f"{heading}, {WITHOUT_DATE.lower()}" if heading else WITHOUT_DATE,
                undated,
            )


def _heading(group: Group | None, answer: Timeline) -> str:
    """Return what a group is called; nothing where there are none, and of what has no
    date.
    """
    if group:
        return group.name
    has_city = any(subject.type == "city" for subject in answer.subjects)
    without = {"theme": "No theme", "city": "No other city" if has_city else "No city"}
    return without.get(answer.query.get("by", ""), "")


# -- The header ---------------------------------------------------------------


def _title(answer: Timeline) -> str:
    if not answer.subjects:
        return "Timeline"
    called = [
        location_phrase(subject.name, subject.country) for subject in answer.subjects
    ]
    return join_words(called, "or") if answer.query.get("any") else " – ".join(called)


def _header(answer: Timeline) -> Iterator[str]:
    for tie in answer.ties:
        yield from _tie(tie, answer)
    yield from _networks(answer)
    if "as-of" in answer.query:
        yield f"{as_of_phrase(answer.query['as-of'])}: what held then"
    is_pair_by_with = len(answer.subjects) > len(answer.query["subjects"])
    said = _NOT_FILTERS | {"with"} if is_pair_by_with else _NOT_FILTERS
    yield from filter_phrases(answer.query, said)


def _tie(tie: PartnershipRow, answer: Timeline) -> Iterator[str]:
    """Yield what a tie is and what it is about; of whom, where the title does not say
    it.
    """
    about = names(tie.themes)
    if _is_of_one_partnership(answer) or _is_pair(answer):
        yield since(tie)
        if tie.themes:
            yield f"About {about}"
    else:
        said = "; about ".join(filter(None, (since(tie), about)))
        yield f"{tie.name}: {said[0].lower()}{said[1:]}"


def _is_pair(answer: Timeline) -> bool:
    return len(answer.subjects) == 2 and not _is_of_several(answer)


def _networks(answer: Timeline) -> Iterator[str]:
    """Yield which networks belong to whom, the same of them in one line."""
    by_members: dict[tuple[str, ...], list[str]] = {}
    for tie in answer.networks:
        named = {member.id: member.name for member in tie.members}
        by_members.setdefault(tuple(named.values()), []).append(network_phrase(tie))
    for members, networks in by_members.items():
        yield f"{_who(members, answer)} in {', '.join(networks)}"


def _who(members: tuple[str, ...], answer: Timeline) -> str:
    if _is_pair(answer):
        return "Both"
    return "All" if len(members) == len(answer.subjects) else join_words(members)
