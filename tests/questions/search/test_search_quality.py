"""What a search finds first, as a table of what people type and what they want."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from citylinks import Filters, KnowledgeBase

if TYPE_CHECKING:
    from citylinks.questions.search import Hit, Search

HERE = Path(__file__).parent


class Query(NamedTuple):
    typed: str
    record: str
    reason: str


def queries() -> list[Query]:
    lines = (HERE / "queries.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [Query(*row) for row in rows]


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.typed)
def test_what_is_wanted_comes_first(kb: KnowledgeBase, query: Query) -> None:
    hits = kb.search(query.typed).results
    assert hits, "nothing was found"
    first = hits[0]
    assert f"{first.record.type}/{first.record.id}" == query.record
    assert first.reason == query.reason


@pytest.mark.parametrize(
    "typed", ["d'a", "xi'", "d", "to", "new y", "port of", "横", "lyon", "saint"]
)
def test_a_filter_narrows_what_is_found_and_keeps_its_order(
    kb: KnowledgeBase, typed: str
) -> None:
    """Names are compared without their apostrophes, words are parted there."""
    everything = kb.search(typed, limit=1000)
    assert everything.is_literal
    for country in ("JP", "FR", "VN", "US", "CN"):
        in_country = {
            row.id for row in kb.list("cities", Filters(country=(country,))).results
        }
        wanted = [
            hit.record.id for hit in _cities(everything) if hit.record.id in in_country
        ]
        narrowed = kb.search(typed, Filters(country=(country,)), limit=1000)
        if wanted:
            assert [hit.record.id for hit in _cities(narrowed)] == wanted
        else:
            assert not narrowed.is_literal or not _cities(narrowed)


def _cities(answer: Search) -> list[Hit]:
    return [hit for hit in answer.results if hit.record.type == "city"]
