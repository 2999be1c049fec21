"""Agreements that expire soon or have lapsed, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import Heading, Notes, Story, TimelineBlock, Title
from citylinks.views.phrases import filter_phrases, human, names, once
from citylinks.views.upcoming import SAID, of_cities, status_facts, time_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.expiring import Expiring, Expiry
    from citylinks.views.blocks import Block


OVER = "Past their end, with no renewal known"

TO_COME = "Running out"


def page(answer: Expiring) -> Iterator[Block]:
    """Yield the agreements in order, those that are over first."""
    notes = Notes()
    yield Title(
        f"Agreements{of_cities(answer.subjects)} that run out",
        (time_phrase(answer.query), *filter_phrases(answer.query, SAID)),
    )
    over = [one for one in answer.results if one.certainty is None]
    to_come = [one for one in answer.results if one.certainty]
    for heading, found in ((OVER, over), (TO_COME, to_come)):
        if over and found:
            yield Heading(heading)
        if found:
            yield Story(tuple(_end(one, notes) for one in found))
    yield from notes.blocks()


def _end(one: Expiry, notes: Notes) -> TimelineBlock:
    return TimelineBlock(
        when=once(one.expires),
        kind="ran out" if one.past == "certain" else "runs out",
        title=one.title,
        marks=notes.marks(one.sources),
        facts=tuple(_facts_of_end(one)),
        sign="expiry",
    )


def _facts_of_end(one: Expiry) -> Iterator[tuple[str, str]]:
    if not all(city.name in one.title for city in one.parties):
        yield "parties", join_words([city.name for city in one.parties])
    yield "kind", in_words(one.kind)
    if one.signed:
        yield "signed", human(one.signed)
    if one.past == "possible":
        yield "past", "perhaps already"
    if one.renewed:
        yield "renewed", "perhaps: the dates do not tell whether a renewal came later"
    yield from status_facts(one)
    if one.themes:
        yield "themes", names(one.themes)
