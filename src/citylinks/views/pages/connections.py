"""What connects cities as pages: the chains between two of them, what they have in
common.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.text.safe import number_of
from citylinks.views.blocks import (
    Fields,
    Heading,
    Notes,
    Route,
    Story,
    TableBlock,
    TimelineBlock,
    Title,
)
from citylinks.views.phrases import (
    as_of_phrase,
    begun_before,
    described,
    filter_phrases,
    human,
    location_phrase,
    possible,
    since,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citylinks.questions.common import Common, Shared
    from citylinks.questions.path import Chain, Chains
    from citylinks.questions.results import Link, PartnershipRow, Subject
    from citylinks.views.blocks import Block

# What of a question is no filter, and is told otherwise than as what it is narrowed to.
_NOT_FILTERS = frozenset(("subjects", "as-of", "all", "limit", "max", "networks"))


def path(answer: Chains) -> Iterator[Block]:
    """Yield the chains, each from one end to the other."""
    notes = Notes()
    yield Title(_title(answer.subjects), (*_how_far(answer.results), *_asked(answer)))
    for chain in answer.results:
        if len(answer.results) > 1:
            yield Heading(f"Chain {chain.number} of {chain.total:,}")
        yield _route(chain, notes)
    yield from notes.blocks()


def common(answer: Common) -> Iterator[Block]:
    """Yield what is shared, each type of it under its heading."""
    notes = Notes()
    ties = [_tie_between(tie, answer.subjects) for tie in answer.ties]
    yield Title(_title(answer.subjects), (*ties, *_asked(answer)))
    for type_, (heading, block) in _SECTIONS.items():
        found = [shared for shared in answer.results if shared.type == type_]
        if found:
            yield Heading(heading)
            yield block(found, answer.subjects, notes)
    yield from notes.blocks()


def _title(subjects: Sequence[Subject]) -> str:
    return " – ".join(
        location_phrase(subject.name, subject.country) for subject in subjects
    )


def _asked(answer: Chains | Common) -> Iterator[str]:
    if "as-of" in answer.query:
        yield f"{as_of_phrase(answer.query['as-of'])}: what held then"
    yield from filter_phrases(answer.query, _NOT_FILTERS)


# -- Chains -------------------------------------------------------------------


def _how_far(found: Sequence[Chain]) -> Iterator[str]:
    """Yield how long the shortest chains are, how many there are, and which of them are
    told.
    """
    if not found:
        return
    first, *others = found
    if first.length == 1:
        yield "Tied to each other"
    elif first.total == 1:
        yield f"Connected in {first.length} steps, by one chain of ties"
    else:
        told = (
            "this is the first" if not others else f"these are the first {len(found)}"
        )
        cut = f"; {told}" if len(found) < first.total else ""
        yield f"Connected in {first.length} steps, by {first.total:,} chains of ties{cut}"


def _route(chain: Chain, notes: Notes) -> Route:
    steps = zip(chain.cities, chain.cities[1:], chain.ties, strict=False)
    return Route(
        tuple(location_phrase(city.name, city.country) for city in chain.cities),
        tuple(
            tuple(_tie(link, (one.name, other.name), notes) for link in ties)
            for one, other, ties in steps
        ),
    )


def _tie(link: Link, cities: Sequence[str], notes: Notes) -> str:
    """Return what a tie is and since when, after its name where that says more than its
    cities.
    """
    began, ended = link.since or link.date, link.until or link.end
    said = _in_line(described(link.kind, began, ended, link.status))
    said += begun_before(link.since, link.date)
    name = "" if all(city in link.name for city in cities) else f"{link.name}, "
    return (
        f"{name}{said}{possible(link.certainty)} {notes.marks(link.sources)}".rstrip()
    )


def _in_line(said: str) -> str:
    """Return a sentence as it stands within a line."""
    return f"{said[:1].lower()}{said[1:]}"


# -- What is shared -----------------------------------------------------------


def _tie_between(tie: PartnershipRow, subjects: Sequence[Subject]) -> str:
    said = since(tie)
    return said if len(subjects) == 2 else f"{tie.name}: {_in_line(said)}"


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
        ties = (_tie(link, (city.name, partner.name), notes) for link in links)
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
    yield _tie(of_each[0]._replace(certainty=None), (), notes)
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
