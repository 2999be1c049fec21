"""JSON: one envelope, a result a line, keys in the order of the answer's fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citylinks.questions import schema_name
from citylinks.text.safe import escaped_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.results import Answer


def encoded(value: object) -> str:
    """Return one value as a line of JSON in UTF-8, without what could steer a terminal."""
    return escaped_json(json.dumps(value, ensure_ascii=False))


def plain(value: Any) -> Any:
    """Return a value as JSON has it: a named tuple as an object, any other as an array."""
    if isinstance(value, tuple):
        if hasattr(value, "_asdict"):
            return {name: plain(item) for name, item in value._asdict().items()}
        return [plain(item) for item in value]
    return value


def lines(answer: Answer, left_out: Sequence[str] = ()) -> Iterator[str]:
    """Yield the envelope, its results one by one; `left_out` are files with errors."""
    results: tuple[Any, ...] = answer.results
    yield "{\n"
    yield f'"schema": {encoded(schema_name(type(answer).__name__))},\n'
    yield f'"query": {encoded(answer.query)},\n'
    yield f'"count": {len(answer.results)},\n'
    yield f'"more": {encoded(getattr(answer, "more", 0))},\n'
    yield f'"left_out": {encoded(left_out)},\n'
    yield '"results": ['
    for number, result in enumerate(results):
        yield (",\n" if number else "\n") + encoded(plain(result))
    yield "\n]\n}\n" if answer.results else "]\n}\n"
