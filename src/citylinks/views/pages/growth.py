"""The partnerships in force in each year, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Chart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.growth import Growth
    from citylinks.views.blocks import Block


def page(answer: Growth) -> Iterator[Block]:
    """Yield the numbers of the years as a chart."""
    yield Chart(("year", "possibly in force", "certainly in force"), answer.results)
