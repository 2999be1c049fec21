"""Workflow commands of GitHub Actions, which show problems in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.safe import visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Problem, Validation


def lines(answer: Validation) -> Iterator[str]:
    """Yield each problem: `::error file=...,line=...,col=...,title=...::message`.

    The message begins with the location, since the log shows only the message.
    """
    for problem in answer.results:
        properties = (
            f"file={_property(problem.path)}",
            f"line={problem.line}",
            f"col={problem.column}",
            f"title={_property(f'{problem.code} {problem.rule}')}",
        )
        command = f"::{problem.severity} {','.join(properties)}"
        yield f"{command}::{_data(_message(problem))}\n"


def _message(problem: Problem) -> str:
    location = f"{visible(problem.path)}:{problem.line}:{problem.column}"
    message = f"{location}: {problem.code} {visible(problem.message)}"
    if problem.help:
        message += f"\n{visible(problem.help)}"
    return message


def _data(text: str) -> str:
    """Return a text as the message of a command may hold it."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible_lines(escaped)


def _property(text: str) -> str:
    """Return a text as a property may hold it, which ends at a comma or a colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
