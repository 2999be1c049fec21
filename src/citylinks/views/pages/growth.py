"""The partnerships in force in each year, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Chart
from citylinks.views.phrases import filter_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.growth import Growth
    from citylinks.views.blocks import Block


# Options that the years of the chart state.
_NOT_FILTERS = frozenset(("by", "year", "from", "to"))


def page(answer: Growth) -> Iterator[Block]:
    """Yield the numbers of the years as a chart."""
    filters = filter_phrases(answer, _NOT_FILTERS)
    yield Chart(
        ("year", "possibly in force", "certainly in force"),
        answer.results,
        heading=". ".join(("Partnerships in force in each year", *filters)),
        counted="partnerships",
    )
