"""The records that match, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.questions.results import FUZZY
from citylinks.views.blocks import HitBlock, Hits
from citylinks.views.phrases import human

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.search import Hit as SearchHit
    from citylinks.questions.search import Search
    from citylinks.views.blocks import Block


def page(answer: Search) -> Iterator[Block]:
    """Yield what was found."""
    yield Hits(
        tuple(
            HitBlock(hit.record.name, _about(hit), hit.passage, hit.matches)
            for hit in answer.results
        )
    )


def _about(hit: SearchHit) -> str:
    said = [
        hit.record.type,
        in_words(hit.kind or ""),
        human(hit.date),
        hit.record.id,
        "a similar name" if hit.reason == FUZZY else f"by {hit.reason}",
    ]
    return " · ".join(part for part in said if part)
