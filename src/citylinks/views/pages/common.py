"""The things that cities have in common, as a page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.text.safe import number_of
from citylinks.views.blocks import (
    Fields,
    Heading,
    Notes,
    Story,
    TableBlock,
    TimelineBlock,
    Title,
)
from citylinks.views.connections import (
    in_line,
    link_phrase,
    query_phrases,
    subjects_phrase,
)
from citylinks.views.phrases import human, location_phrase, since

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citylinks.questions.common import Common, Shared
    from citylinks.questions.results import Link, PartnershipRow, Subject
    from citylinks.views.blocks import Block


def page(answer: Common) -> Iterator[Block]:
    """Yield what is shared, each type of it under its heading."""
    notes = Notes()
    ties = [_tie_between(tie, answer.subjects) for tie in answer.ties]
    yield Title(subjects_phrase(answer.subjects), (*ties, *query_phrases(answer)))
    for type_, (heading, block) in _SECTIONS.items():
        found = [shared for shared in answer.results if shared.type == type_]
        if found:
            yield Heading(heading)
            yield block(found, answer.subjects, notes)
    yield from notes.blocks()


def _tie_between(tie: PartnershipRow, subjects: Sequence[Subject]) -> str:
    said = since(tie)
    return said if len(subjects) == 2 else f"{tie.name}: {in_line(said)}"


def _partners(
    found: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> Fields:
    """Return the partners, each with the ties of each city."""
    return Fields(
        tuple(
            (
                location_phrase(partner.name, partner.country),
                tuple(_ties(partner, subjects, notes)),
            )
            for partner in found
        )
    )


def _ties(partner: Shared, subjects: Sequence[Subject], notes: Notes) -> Iterator[str]:
    for city, links in zip(subjects, partner.links, strict=True):
        ties = (link_phrase(link, (city.name, partner.name), notes) for link in links)
        yield f"{city.name}: {'; '.join(ties)}"


def _networks(
    found: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> Fields:
    """Return the networks; where a time is asked for, with whose membership is only
    possible.
    """
    return Fields(
        tuple(
            (network.name, tuple(_membership(network, subjects, notes)))
            for network in found
        )
    )


def _membership(
    network: Shared, subjects: Sequence[Subject], notes: Notes
) -> Iterator[str]:
    of_each = [links[0] for links in network.links]
    yield link_phrase(of_each[0]._replace(certainty=None), (), notes)
    sides = zip(subjects, of_each, strict=True)
    doubted = [city.name for city, link in sides if link.certainty == "possible"]
    if doubted:
        yield f"possibly: {', '.join(doubted)}"


def _themes(
    found: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> TableBlock:
    """Return the themes, with how many ties and events of each city treat them."""
    return TableBlock(
        ("theme", *(city.name for city in subjects)),
        tuple((theme.name, *map(_counted, theme.links)) for theme in found),
    )


def _counted(links: Sequence[Link]) -> str:
    """Return how many there are of each type: `1 tie, 2 events`."""
    counts = Counter(link.type for link in links)
    words_of = {"partnership": ("tie", "ties"), "event": ("event", "events")}
    return ", ".join(
        number_of(counts[type_], one, many)
        for type_, (one, many) in words_of.items()
        if counts[type_]
    )


def _events(
    found: Sequence[Shared], subjects: Sequence[Subject], notes: Notes
) -> Story:
    """Return the events, in order."""
    return Story(
        tuple(
            TimelineBlock(
                when=human(link.date),
                kind=in_words(link.kind),
                title=link.name,
                marks=notes.marks(link.sources),
                is_possible=link.certainty == "possible",
            )
            for link in (event.links[0][0] for event in found)
        ),
        is_brief=True,
    )


_SECTIONS: dict[
    str, tuple[str, Callable[[Sequence[Shared], Sequence[Subject], Notes], Block]]
] = {
    "partner": ("Partners", _partners),
    "network": ("Networks", _networks),
    "theme": ("Themes", _themes),
    "event": ("Events", _events),
}
