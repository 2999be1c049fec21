"""The records that match a search, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.questions.search_passages import FUZZY
from citylinks.views.blocks import HitBlock, Hits
from citylinks.views.phrases import human_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.search import Search
    from citylinks.questions.search_passages import Hit
    from citylinks.views.blocks import Block


def page(answer: Search) -> Iterator[Block]:
    """Yield the records that match, the best first."""
    yield Hits(tuple(map(_hit_block, answer.results)))


def _hit_block(hit: Hit) -> HitBlock:
    about = [
        hit.record.type,
        in_words(hit.kind or ""),
        human_date(hit.date),
        hit.record.id,
        _reason_phrase(hit.reason),
    ]
    about_line = " · ".join(filter(None, about))
    if _says_no_more(hit.passage, hit.record.name):
        return HitBlock(hit.record.name, about_line)
    return HitBlock(hit.record.name, about_line, hit.passage, hit.matches)


# Where a match needs no reason: its title shows it, or its passage.
_OBVIOUS_REASONS = frozenset(("name", "title", "text"))
_REASONS = {FUZZY: "a similar name", "alias": "another name"}


def _reason_phrase(reason: str) -> str:
    """Return why a record matches, or nothing where that is obvious."""
    if reason in _OBVIOUS_REASONS:
        return ""
    return _REASONS.get(reason, f"by {reason}")


def _says_no_more(passage: str, title: str) -> bool:
    """Whether a passage is the title, or a part of it."""
    return passage.strip("… ").casefold() in title.casefold()
