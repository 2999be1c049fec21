"""The chains that connect two cities, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Heading, Notes, Route, Title
from citylinks.views.connections import link_phrase, query_phrases, subjects_phrase
from citylinks.views.phrases import location_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.path import Chain, Chains
    from citylinks.views.blocks import Block


def page(answer: Chains) -> Iterator[Block]:
    """Yield the chains, each from one end to the other."""
    notes = Notes()
    yield Title(
        subjects_phrase(answer.subjects),
        (*_how_far(answer.results), *query_phrases(answer)),
    )
    for chain in answer.results:
        if len(answer.results) > 1:
            yield Heading(f"Chain {chain.number} of {chain.total:,}")
        yield _route(chain, notes)
    yield from notes.blocks()


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
            tuple(link_phrase(link, (one.name, other.name), notes) for link in ties)
            for one, other, ties in steps
        ),
    )
