"""The counts of partnerships and events, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Bars
from citylinks.views.phrases import filter_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.stats import StatRow, Stats
    from citylinks.views.blocks import Block


# Options that are no filters, or that the page states otherwise.
_NOT_FILTERS = frozenset(("by", "limit"))


def page(answer: Stats) -> Iterator[Block]:
    """Yield the counts as bars, under a line that says what is counted."""
    by = answer.query["by"]
    columns = (by, "partnerships", "events", "uncertain")
    filters = filter_phrases(answer, _NOT_FILTERS)
    heading = ". ".join((f"{_counted(answer)} by {by}", *filters))
    yield Bars(columns, tuple(map(_bar, answer.results)), heading=heading)


def _counted(answer: Stats) -> str:
    """Return the things that are counted: partnerships, events or both."""
    if not any(row.events for row in answer.results):
        return "Partnerships"
    if not any(row.partnerships for row in answer.results):
        return "Events"
    return "Partnerships and events"


def _bar(row: StatRow) -> tuple[str, tuple[int, ...]]:
    return row.name, (row.partnerships, row.events, row.uncertain)
