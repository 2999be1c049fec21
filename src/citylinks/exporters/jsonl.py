"""JSON Lines: the bare results, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.exporters.json import encode_json, json_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.results import Answer


def lines(answer: Answer) -> Iterator[str]:
    """Yield each result."""
    for result in answer.results:
        yield encode_json(json_value(result)) + "\n"
