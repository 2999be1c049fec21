"""The counts as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Bars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.stats import Stats
    from citylinks.views.blocks import Block


def page(answer: Stats) -> Iterator[Block]:
    """Yield the counts as bars."""
    yield Bars(
        (answer.query["by"], "partnerships", "events", "uncertain"),
        tuple(
            (row.name, (row.partnerships, row.events, row.uncertain))
            for row in answer.results
        ),
    )
