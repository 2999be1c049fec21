"""JSON: one envelope, a result a line, keys in the order of the answer's fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citylinks.questions import schema_name
from citylinks.text.safe import escaped_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citylinks.questions.results import Answer


def encode_json(value: object) -> str:
    """Return a value as one line of JSON, without what could steer a terminal."""
    return escaped_json(json.dumps(value, ensure_ascii=False))


def json_value(value: Any) -> Any:
    """Return a value as JSON has it.

    A named tuple is an object, any other tuple an array.
    """
    if not isinstance(value, tuple):
        return value
    if hasattr(value, "_asdict"):
        return {name: json_value(item) for name, item in value._asdict().items()}
    return list(map(json_value, value))


def array_items(values: Iterable[object]) -> Iterator[str]:
    """Yield the items of an array, each on a line of its own."""
    line_end = "\n"
    for value in values:
        yield line_end + encode_json(value)
        line_end = ",\n"


def lines(
    answer: Answer, left_out: Sequence[str] = (), number: int | None = None
) -> Iterator[str]:
    """Yield the envelope, its results one by one; `left_out` are files with errors.

    Where only their `number` is wanted, it is without results.
    """
    if number is not None:
        answer = answer._replace(results=())  # type: ignore[attr-defined]
    yield "{\n"
    yield f'"schema": {encode_json(schema_name(type(answer).__name__))},\n'
    yield f'"query": {encode_json(answer.query)},\n'
    yield f'"count": {len(answer.results) if number is None else number},\n'
    yield f'"more": {encode_json(getattr(answer, "more", 0))},\n'
    yield f'"left_out": {encode_json(left_out)},\n'
    yield '"results": ['
    yield from array_items(map(json_value, answer.results))
    if answer.results:
        yield "\n"
    yield "]\n}\n"
