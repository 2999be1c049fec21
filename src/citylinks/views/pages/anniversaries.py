"""Upcoming anniversaries as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.views.blocks import Story, StoryEntry, Title
from citylinks.views.notes import Notes
from citylinks.views.phrases import (
    filter_phrases,
    human_date,
    name_list,
    names_all,
    years_phrase,
)
from citylinks.views.upcoming import (
    NOT_FILTERS,
    cities_after_noun,
    status_facts,
    time_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.anniversaries import Anniversaries, Anniversary
    from citylinks.views.blocks import Block


def page(answer: Anniversaries) -> Iterator[Block]:
    """Yield the anniversaries in order."""
    notes = Notes()
    time = f"{time_phrase(answer.query)}, {_step_phrase(answer.query['step'])}"
    filters = filter_phrases(answer, NOT_FILTERS)
    lines = (time, *_counted_phrase(answer), *filters)
    yield Title(f"Anniversaries{cities_after_noun(answer.subjects)}", lines)
    entries = [_anniversary_entry(row, notes) for row in answer.results]
    if entries:
        yield Story(tuple(entries))
    yield from notes.blocks()


def _counted_phrase(answer: Anniversaries) -> Iterator[str]:
    """Yield what has anniversaries here, unless a kind of it was asked for."""
    if "kind" in answer.query:
        return
    if answer.query.get("events"):
        yield "Partnerships, agreements and events; no visits, meetings, commemorations"
    else:
        yield "Partnerships, agreements and foundings"


def _step_phrase(step: int) -> str:
    if step == 1:
        return "every year"
    return f"every {step} years"


def _anniversary_entry(row: Anniversary, notes: Notes) -> StoryEntry:
    return StoryEntry(
        when=human_date(row.date),
        kind=years_phrase(row.years, is_about=row.is_about),
        title=row.title,
        marks=notes.marks(row.sources),
        participants=tuple(_participants(row)),
        facts=tuple(_facts(row)),
        sign_kind=row.kind,
    )


def _participants(row: Anniversary) -> Iterator[tuple[str, str]]:
    """Yield the place and the cities, unless the title names them all."""
    places = [city for city in row.cities if city.role == "place"]
    others = [city.name for city in row.cities if city.role != "place"]
    if places:
        yield "in", name_list(places)
    if not names_all(row.title, others):
        yield "cities", join_words(others)


def _facts(row: Anniversary) -> Iterator[tuple[str, str]]:
    yield "counted from", human_date(row.original)
    if row.note:
        yield "note", row.note
    yield from status_facts(row)
