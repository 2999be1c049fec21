"""Agreements that expire soon or have lapsed, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import Heading, Story, StoryEntry, Title
from citylinks.views.notes import Notes
from citylinks.views.phrases import (
    filter_phrases,
    human_date,
    human_end,
    name_list,
    names_all,
)
from citylinks.views.upcoming import (
    NOT_FILTERS,
    cities_after_noun,
    status_facts,
    time_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.expiring import Expiring, Expiry
    from citylinks.views.blocks import Block

LAPSED = "Past their end, with no renewal known"
TO_COME = "Running out"


def page(answer: Expiring) -> Iterator[Block]:
    """Yield the agreements in order, those that have lapsed first."""
    notes = Notes()
    title = f"Agreements{cities_after_noun(answer.subjects)} that run out"
    filters = filter_phrases(answer.query, NOT_FILTERS)
    yield Title(title, (time_phrase(answer.query), *filters))
    lapsed = [row for row in answer.results if row.certainty is None]
    to_come = [row for row in answer.results if row.certainty]
    for heading, rows in ((LAPSED, lapsed), (TO_COME, to_come)):
        if lapsed and rows:
            yield Heading(heading)
        if rows:
            yield Story(tuple(_agreement_entry(row, notes) for row in rows))
    yield from notes.blocks()


def _agreement_entry(row: Expiry, notes: Notes) -> StoryEntry:
    return StoryEntry(
        when=human_end(row.expires),
        kind=_expiry_phrase(row),
        title=row.title,
        marks=notes.marks(row.sources),
        facts=tuple(_facts(row)),
        sign_kind="expiry",
    )


def _expiry_phrase(row: Expiry) -> str:
    if row.past == "certain":
        return "ran out"
    return "runs out"


def _facts(row: Expiry) -> Iterator[tuple[str, str]]:
    members = [city.name for city in row.parties]
    if not names_all(row.title, members):
        yield "parties", join_words(members)
    yield "kind", in_words(row.kind)
    if row.signed:
        yield "signed", human_date(row.signed)
    if row.past == "possible":
        yield "past", "perhaps already"
    if row.renewed:
        yield "renewed", "perhaps: the dates do not tell whether a renewal came later"
    yield from status_facts(row)
    if row.themes:
        yield "themes", name_list(row.themes)
