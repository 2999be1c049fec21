"""Upcoming anniversaries as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.views.blocks import Notes, Story, TimelineBlock, Title
from citylinks.views.chronology import age
from citylinks.views.phrases import filter_phrases, human, names
from citylinks.views.upcoming import SAID, of_cities, status_facts, time_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.anniversaries import Anniversaries, Anniversary
    from citylinks.views.blocks import Block


def page(answer: Anniversaries) -> Iterator[Block]:
    """Yield the birthdays in order."""
    notes = Notes()
    step = answer.query["step"]
    every = "every year" if step == 1 else f"every {step} years"
    yield Title(
        f"Anniversaries{of_cities(answer.subjects)}",
        (f"{time_phrase(answer.query)}, {every}", *filter_phrases(answer.query, SAID)),
    )
    if answer.results:
        yield Story(tuple(_birthday(one, notes) for one in answer.results))
    yield from notes.blocks()


def _birthday(one: Anniversary, notes: Notes) -> TimelineBlock:
    return TimelineBlock(
        when=human(one.date),
        kind=age(one.years, is_about=one.is_about),
        title=one.title,
        marks=notes.marks(one.sources),
        parties=tuple(_company(one)),
        facts=tuple(_facts_of_birthday(one)),
        sign=one.kind,
    )


def _company(one: Anniversary) -> Iterator[tuple[str, str]]:
    """Yield where it was and who took part, but those whom the title names."""
    place = [city for city in one.cities if city.role == "place"]
    others = [city.name for city in one.cities if city not in place]
    if place:
        yield "in", names(place)
    if not all(name in one.title for name in others):
        yield "cities", join_words(others)


def _facts_of_birthday(one: Anniversary) -> Iterator[tuple[str, str]]:
    yield "counted from", human(one.original)
    if one.note:
        yield "note", one.note
    yield from status_facts(one)
