"""One line a problem, as compilers print it: `path:line:column: CODE message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Validation


def lines(answer: Validation) -> Iterator[str]:
    """Yield each problem."""
    for problem in answer.results:
        location = f"{problem.path}:{problem.line}:{problem.column}"
        yield f"{visible(location)}: {problem.code} {visible(problem.message)}\n"
