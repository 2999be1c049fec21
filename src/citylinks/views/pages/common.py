"""The things that cities have in common, as a page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.text.safe import number_of
from citylinks.views.blocks import (
    FieldList,
    Heading,
    Story,
    StoryEntry,
    TableBlock,
    Title,
)
from citylinks.views.connections import (
    in_line,
    link_phrase,
    query_phrases,
    subjects_phrase,
)
from citylinks.views.notes import Notes
from citylinks.views.phrases import human_date, location_phrase, since_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citylinks.questions.common import Common, Shared
    from citylinks.questions.connections import Link
    from citylinks.questions.results import PartnershipRow, Subject
    from citylinks.views.blocks import Block

    SectionMaker = Callable[[Sequence[Shared], Sequence[Subject], Notes], Block]


def page(answer: Common) -> Iterator[Block]:
    """Yield the things that the cities share, each type of them under its heading."""
    notes = Notes()
    ties = [_partnership_line(row, answer.subjects) for row in answer.ties]
    yield Title(subjects_phrase(answer.subjects), (*ties, *query_phrases(answer)))
    for type_, (heading, make_block) in _SECTIONS.items():
        shared = [row for row in answer.results if row.type == type_]
        if shared:
            yield Heading(heading)
            yield make_block(shared, answer.subjects, notes)
    yield from notes.blocks()


def _partnership_line(row: PartnershipRow, subjects: Sequence[Subject]) -> str:
    if len(subjects) == 2:
        return since_phrase(row)
    return f"{row.name}: {in_line(since_phrase(row))}"


# -- Sections -----------------------------------------------------------------


def _partners(
    shared: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> FieldList:
    """Return the partners, each with the partnerships of each city."""
    rows = []
    for partner in shared:
        label = location_phrase(partner.name, partner.country)
        rows.append((label, tuple(_partner_lines(partner, subjects, notes))))
    return FieldList(tuple(rows))


def _partner_lines(
    partner: Shared, subjects: Sequence[Subject], notes: Notes
) -> Iterator[str]:
    for city, links in zip(subjects, partner.links, strict=True):
        names = (city.name, partner.name)
        phrases = [link_phrase(link, names, notes) for link in links]
        yield f"{city.name}: {'; '.join(phrases)}"


def _networks(
    shared: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> FieldList:
    """Return the networks, with the cities that are only possibly members."""
    return FieldList(
        tuple(
            (network.name, tuple(_network_lines(network, subjects, notes)))
            for network in shared
        )
    )


def _network_lines(
    network: Shared, subjects: Sequence[Subject], notes: Notes
) -> Iterator[str]:
    first_link = network.links[0][0]
    yield link_phrase(first_link._replace(certainty=None), (), notes)
    possible = []
    for city, links in zip(subjects, network.links, strict=True):
        if links[0].certainty == "possible":
            possible.append(city.name)
    if possible:
        yield f"possibly: {', '.join(possible)}"


def _themes(
    shared: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> TableBlock:
    """Return the themes, with the partnerships and events of each city about them."""
    columns = ("theme", *(city.name for city in subjects))
    return TableBlock(columns, tuple(map(_theme_cells, shared)))


def _theme_cells(theme: Shared) -> tuple[str, ...]:
    return (theme.name, *map(_count_links, theme.links))


def _count_links(links: Sequence[Link]) -> str:
    """Return the number of links of each type: `1 partnership, 2 events`."""
    counts = Counter(link.type for link in links)
    types = [type_ for type_ in ("partnership", "event") if counts[type_]]
    return ", ".join(number_of(counts[type_], type_) for type_ in types)


def _events(
    shared: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> Story:
    """Return the events in order."""
    entries = [_event_entry(event.links[0][0], notes) for event in shared]
    return Story(tuple(entries), is_brief=True)


def _event_entry(link: Link, notes: Notes) -> StoryEntry:
    return StoryEntry(
        when=human_date(link.date),
        kind=in_words(link.kind),
        title=link.name,
        marks=notes.marks(link.sources),
        is_possible=link.certainty == "possible",
    )


# Each type of thing that cities share, with its heading and what makes its block.
_SECTIONS: dict[str, tuple[str, SectionMaker]] = {
    "partner": ("Partners", _partners),
    "network": ("Networks", _networks),
    "theme": ("Themes", _themes),
    "event": ("Events", _events),
}
