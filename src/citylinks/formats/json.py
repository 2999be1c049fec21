"""JSON: one envelope, a result a line, keys in the order of the answer's fields."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from citylinks.answers import schema_name
from citylinks.text import escaped_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.answers import Answer


def encoded(value: object) -> str:
    """Return one value as a line of JSON in UTF-8, without what could steer a terminal."""
    return escaped_json(json.dumps(value, ensure_ascii=False))


def lines(answer: Answer) -> Iterator[str]:
    """Yield the envelope, its results one by one."""
    results: tuple[Any, ...] = answer.results
    yield "{\n"
    yield f'"schema": {encoded(schema_name(answer))},\n'
    yield f'"query": {encoded(answer.query)},\n'
    yield f'"count": {len(answer.results)},\n'
    yield '"results": ['
    for number, result in enumerate(results):
        yield (",\n" if number else "\n") + encoded(asdict(result))
    yield "\n]\n}\n" if answer.results else "]\n}\n"
