"""The problems of the data, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import FindingBlock, Findings, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Statistics, Validation
    from citylinks.views.blocks import Block


def page(answer: Validation) -> Iterator[Block]:
    """Yield every problem with the line that it stands in."""
    yield Findings(
        tuple(
            FindingBlock(
                f"{problem.path}:{problem.line}:{problem.column}",
                problem.code,
                problem.severity,
                problem.message,
                problem.help,
                problem.text,
                problem.column,
                problem.line,
            )
            for problem in answer.results
        )
    )


def statistics_page(answer: Statistics) -> Iterator[Block]:
    """Yield the number of problems of each rule."""
    rows = (
        (str(row.problems), row.code, row.rule, row.severity) for row in answer.results
    )
    yield TableBlock(("problems", "code", "rule", "severity"), tuple(rows))
