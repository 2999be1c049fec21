"""No field of a record is left out of its page: what can be written can be read."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from citylinks.cli.app import main
from citylinks.model.records import MODELS, nested_models
from citylinks.model.vocabulary import KIND_WORDS, PLURALS, in_words
from citylinks.views.pages import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pydantic.fields import FieldInfo

    Write = Callable[[Mapping[str, str]], Path]

# What stands on no page of a record that says all else, and why.
ELSEWHERE = {
    "partnership": {
        "agreements.kind": "the title is shown in its place",
        "agreements.listed.position": "the date is shown in its place",
    },
    "event": {"outcomes.city": "the page of an event has no room for it yet"},
}


def value_of(info: FieldInfo, number: int) -> Any:
    """Return a value of its own for a field that has no parts: the first that it takes."""
    adapter = adapter_of(info)
    word = f"word-{number}"
    values = (
        word, str(1500 + number), 7, 45.5, "FR", "FR-ARA", f"Q{number}9", "ja",
        f"https://{word}.example/", *enumerated(info.annotation),
    )  # fmt: skip
    for value in (*values, *([each] for each in values), {"ja": word}):
        try:
            adapter.validate_python(value)
        except ValidationError:
            continue
        return value
    raise AssertionError(f"no value is known for {info}")


def adapter_of(info: FieldInfo) -> TypeAdapter[Any]:
    hint: Any = Annotated[(info.annotation, *info.metadata, None)]
    return TypeAdapter(hint)


def enumerated(hint: Any) -> Iterator[str]:
    """Yield the words of a closed list."""
    for inner in get_args(hint):
        if isinstance(inner, str):
            yield inner
        yield from enumerated(inner)


def filled(model: type[BaseModel], numbers: Iterator[int]) -> dict[str, Any]:
    """Return a record, or a part of one, that states every field."""
    body: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        part = next(nested_models(info), None)
        if part is None:
            body[info.alias or name] = value_of(info, next(numbers))
            continue
        inner = filled(part, numbers)
        try:
            adapter_of(info).validate_python([inner])
        except ValidationError:
            body[info.alias or name] = inner
        else:
            body[info.alias or name] = [inner]
    return body


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text or number of a record with the keys that lead to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    else:
        yield path, str(value)


@pytest.mark.parametrize("type_", MODELS)
def test_every_field_is_shown(
    type_: str, data: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    body = filled(MODELS[type_], count(10))
    in_one_file = type_ in {"theme", "organization", "source"}
    name = f"{PLURALS[type_]}.yaml" if in_one_file else f"{PLURALS[type_]}/a-b.yaml"
    written = {"a-b": body} if in_one_file else body
    root = data({name: json.dumps(written, ensure_ascii=False)})
    assert main(["show", "a-b", "--data", str(root), "--format", "text"]) == 0
    page = capsys.readouterr().out
    hidden = {path for path, text in leaves(body) if not is_shown(text, page)}
    assert hidden == ELSEWHERE.get(type_, {}).keys(), (
        "the page of a record shows all its fields: give these a row in `_ROWS` of"
        f" views/pages/show.py\n{page}"
    )


def test_a_number_of_0_is_shown(
    data: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = """
        title: A visit
        date: 2009
        kind: visit
        cities: [{city: a, people: 0}]
        attendance: {people: 0}
        series: {id: a-b, edition: 0}
        """
    root = data({"events/visit.yaml": visit})
    assert main(["show", "visit", "--data", str(root), "--format", "text"]) == 0
    page = capsys.readouterr().out
    for text in ("a, 0 people", "Attendance: 0 people", "a-b, edition 0"):
        assert text in page


def test_each_row_is_of_fields_that_records_have() -> None:
    known = {
        info.alias or name
        for model in MODELS.values()
        for name, info in model.model_fields.items()
    }
    assert known >= show._LABELLED_FIELDS, "views/pages/show.py names other fields too"


def is_shown(text: str, page: str) -> bool:
    words = {text, in_words(text), KIND_WORDS.get(text, text).capitalize()}
    return any(each in page for each in words)
