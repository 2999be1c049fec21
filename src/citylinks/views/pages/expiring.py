"""Agreements that expire soon or have lapsed, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import Heading, Prose, Story, StoryEntry, Title
from citylinks.views.notes import Notes
from citylinks.views.phrases import (
    capitalized,
    filter_phrases,
    human_date,
    human_end,
    name_list,
    names_all,
)
from citylinks.views.upcoming import (
    NOT_FILTERS,
    cities_after_noun,
    period_phrase,
    status_facts,
    time_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.expiring import Expiring, Expiry
    from citylinks.views.blocks import Block

LAPSED = "Lapsed, with no renewal on record"


def page(answer: Expiring) -> Iterator[Block]:
    """Yield the agreements that expire in the time asked for, then the lapsed ones."""
    notes = Notes()
    title = f"Agreements{cities_after_noun(answer.subjects)} that expire"
    filters = filter_phrases(answer, NOT_FILTERS)
    yield Title(title, (time_phrase(answer.query), *filters))
    lapsed = [row for row in answer.results if row.certainty is None]
    to_come = [row for row in answer.results if row.certainty]
    period = ""
    if answer.query.get("within"):
        period = period_phrase(answer.query["from"], answer.query["to"])
    if to_come and period:
        yield Heading(capitalized(period))
    elif period and _is_whole(answer):
        yield Prose(f"None {period}.")
    elif not answer.results:
        yield Prose("None in this period.")
    if to_come:
        yield Story(tuple(_agreement_entry(row, notes) for row in to_come))
    if lapsed:
        yield Heading(LAPSED)
        yield Story(tuple(_agreement_entry(row, notes) for row in lapsed))
    yield from notes.blocks()


def _is_whole(answer: Expiring) -> bool:
    """Whether no limit can have left out what expires in the time asked for."""
    is_in_order = not ("sort" in answer.query or answer.query.get("reverse"))
    limit = answer.query.get("limit")
    return is_in_order or limit is None or len(answer.results) < limit


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
        return "expired"
    return "expires"


def _facts(row: Expiry) -> Iterator[tuple[str, str]]:
    members = [city.name for city in row.parties]
    if not names_all(row.title, members):
        yield "parties", join_words(members)
    yield "kind", in_words(row.kind)
    if row.signed:
        yield "signed", human_date(row.signed)
    if row.past == "possible":
        yield "expired", "possibly: the date is too imprecise to be sure"
    if row.renewed:
        yield "renewed", "possibly: a date is missing or too imprecise to be sure"
    yield from status_facts(row)
    if row.themes:
        yield "themes", name_list(row.themes)
