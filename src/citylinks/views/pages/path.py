"""The chains that connect two cities, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Heading, Route, Title
from citylinks.views.connections import link_phrase, query_phrases, subjects_phrase
from citylinks.views.notes import Notes
from citylinks.views.phrases import located_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.connections import Link
    from citylinks.questions.path import Chain, Chains
    from citylinks.views.blocks import Block


def page(answer: Chains) -> Iterator[Block]:
    """Yield the chains, each from one end to the other."""
    notes = Notes()
    lines = (*_length_phrase(answer.results), *query_phrases(answer))
    yield Title(subjects_phrase(answer.subjects), lines)
    for chain in answer.results:
        if len(answer.results) > 1:
            yield Heading(f"Chain {chain.number} of {chain.total:,}")
        yield _route(chain, notes)
    yield from notes.blocks()


def _length_phrase(chains: Sequence[Chain]) -> Iterator[str]:
    """Yield the length of the shortest chains, and how many of them are shown."""
    if not chains:
        return
    first = chains[0]
    if first.length == 1:
        yield "Connected directly"
    elif first.total == 1:
        yield f"Connected in {first.length} steps, by one chain of partnerships"
    else:
        many = f"{first.total:,} chains of partnerships"
        phrase = f"Connected in {first.length} steps, by {many}"
        yield phrase + _shown_phrase(len(chains), first.total)


def _shown_phrase(shown: int, total: int) -> str:
    if shown >= total:
        return ""
    if shown == 1:
        return "; this is the first"
    return f"; these are the first {shown}"


def _route(chain: Chain, notes: Notes) -> Route:
    between = []
    steps = zip(chain.cities, chain.cities[1:], chain.ties, strict=False)
    for city, next_city, links in steps:
        between.append(_links_between((city.name, next_city.name), links, notes))
    return Route(tuple(located_names(chain.cities)), tuple(between))


def _links_between(
    cities: Sequence[str], links: Sequence[Link], notes: Notes
) -> tuple[str, ...]:
    return tuple(link_phrase(link, cities, notes) for link in links)
