"""Workflow commands of GitHub Actions, which shows each problem at its line of a pull
request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.safe import visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Problem, Validation


def lines(answer: Validation) -> Iterator[str]:
    """Yield each problem: `::error file=...,line=...,col=...,title=...::message`.

    The message begins with the place, since the log shows nothing else of a command.
    """
    for problem in answer.results:
        properties = {
            "file": problem.path,
            "line": str(problem.line),
            "col": str(problem.column),
            "title": f"{problem.code} {problem.rule}",
        }
        said = ",".join(
            f"{name}={_property(value)}" for name, value in properties.items()
        )
        yield f"::{problem.severity} {said}::{_data(_message(problem))}\n"


def _message(problem: Problem) -> str:
    place = f"{visible(problem.path)}:{problem.line}:{problem.column}"
    said = f"{place}: {problem.code} {visible(problem.message)}"
    return f"{said}\n{visible(problem.help)}" if problem.help else said


def _data(text: str) -> str:
    """Return a text as the message of a command may hold it."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible_lines(escaped)


def _property(text: str) -> str:
    """Return a text as a property may hold it, which ends at a comma or a colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
