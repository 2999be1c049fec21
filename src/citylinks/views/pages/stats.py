"""The counts of partnerships and events, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Bars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.stats import StatRow, Stats
    from citylinks.views.blocks import Block


def page(answer: Stats) -> Iterator[Block]:
    """Yield the counts as bars."""
    columns = (answer.query["by"], "partnerships", "events", "uncertain")
    yield Bars(columns, tuple(map(_bar, answer.results)))


def _bar(row: StatRow) -> tuple[str, tuple[int, ...]]:
    return row.name, (row.partnerships, row.events, row.uncertain)
