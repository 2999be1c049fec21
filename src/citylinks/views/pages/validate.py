"""The problems of the data, as pages: each problem, or their number by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import FindingBlock, Findings, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import (
        Problem,
        RuleCount,
        Statistics,
        Validation,
    )
    from citylinks.views.blocks import Block


def page(answer: Validation) -> Iterator[Block]:
    """Yield every problem with the line of the file where it is."""
    yield Findings(tuple(map(_finding, answer.results)))


def _finding(problem: Problem) -> FindingBlock:
    return FindingBlock(
        place=f"{problem.path}:{problem.line}:{problem.column}",
        code=problem.code,
        severity=problem.severity,
        message=problem.message,
        help=problem.help,
        line=problem.text,
        column=problem.column,
        number=problem.line,
    )


def statistics_page(answer: Statistics) -> Iterator[Block]:
    """Yield the number of problems of each rule."""
    columns = ("problems", "code", "rule", "severity")
    yield TableBlock(columns, tuple(map(_rule_count_cells, answer.results)))


def _rule_count_cells(row: RuleCount) -> tuple[str, ...]:
    return (str(row.problems), row.code, row.rule, row.severity)
