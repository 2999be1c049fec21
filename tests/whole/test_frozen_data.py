"""The data set of the tests, `tests/data`, shows every feature of the data model."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

import yaml
from support import ROOT

from citylinks import KnowledgeBase
from citylinks.files.loader import load
from citylinks.model.records import (
    MODELS,
    RECORDS,
    EdtfDate,
    Part,
    Short,
    nested_models,
)
from citylinks.model.vocabulary import DERIVED_KINDS, EVENT_KINDS, PLURALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from pydantic.fields import FieldInfo

DATA = ROOT / "tests" / "data"
DATES_PAGE = ROOT / "docs" / "dates.md"
REMEDY = "add it to tests/data and to the table in tests/data/README.md"
TODAY = "2026-11-22"


class Value(NamedTuple):
    """What a field of a model holds somewhere in the data."""

    model: type[Part]
    field: str
    value: Any


@cache
def models() -> tuple[type[Part], ...]:
    """Return every model, also those that are only parts of others."""
    seen: dict[type[Part], None] = {}
    waiting = list(MODELS.values())
    while waiting:
        model = waiting.pop(0)
        if model not in seen:
            seen[model] = None
            for field in model.model_fields.values():
                waiting += nested_models(field)
    return tuple(seen)


def fields() -> Iterator[tuple[type[Part], str, FieldInfo]]:
    for model in models():
        for name, field in model.model_fields.items():
            yield model, name, field


@cache
def values() -> tuple[Value, ...]:
    """Return what every field of every record holds, and of every part in it."""
    return tuple(value for record in load([DATA]) for value in values_in(record.model))


def values_in(part: Part) -> Iterator[Value]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if value is None:
            continue
        yield Value(type(part), name, value)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Part):
                yield from values_in(item)


@cache
def documents() -> dict[str, list[dict[str, Any]]]:
    """Return the YAML of cities, partnerships and events as written, by its file."""
    by_file = {}
    for path in sorted(DATA.glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        by_file[str(path.relative_to(DATA))] = list(
            yaml.load_all(text, yaml.BaseLoader)
        )
    return by_file


def parts_of(hint: Any) -> Iterator[Any]:
    """Yield all that an annotation is made of: types, lists of words, checks."""
    yield hint
    if get_origin(hint) is not Literal:
        for inner in get_args(hint):
            yield from parts_of(inner)


def within(field: FieldInfo) -> Iterator[Any]:
    yield from parts_of(field.annotation)
    yield from field.metadata


def form(date: str) -> str:
    """Return the form of a date: `9999-99-99` for a day, `9999-season` for a season."""
    return re.sub(r"\d", "9", re.sub(r"\b(\d{4})-2[1-4](?![\d-])", r"\1-season", date))


def documented_dates() -> list[str]:
    """Return the dates in the first table of the page on dates."""
    page = DATES_PAGE.read_text(encoding="utf-8")
    table = page.partition("| text | level, section |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


# -- Complete -----------------------------------------------------------------


def test_every_field_of_every_model_is_used() -> None:
    used = {(value.model, value.field) for value in values()}
    unused = [field for field in fields() if field[:2] not in used]
    assert not [f"{model.__name__}.{name}" for model, name, _ in unused], REMEDY


def test_every_word_of_the_closed_lists_is_used() -> None:
    used = {value for value in values() if isinstance(value.value, str)}
    unused = [
        f"{model.__name__}.{name}: {word}"
        for model, name, field in fields()
        for words in within(field)
        if get_origin(words) is Literal
        for word in get_args(words)
        if Value(model, name, word) not in used
    ]
    assert not unused, REMEDY


def test_every_kind_of_entry_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CITYLINKS_TODAY", TODAY)
    with KnowledgeBase.open(DATA) as opened:
        kinds = {entry.kind for entry in opened.timeline().results}
    assert {*EVENT_KINDS, *DERIVED_KINDS} - kinds == set(), REMEDY


def test_every_form_of_a_date_is_used() -> None:
    marker = get_args(EdtfDate)[1]
    dated = {field[:2] for field in fields() if marker in within(field[2])}
    used = {form(value.value) for value in values() if value[:2] in dated}
    documented = documented_dates()
    assert len(documented) > 20
    assert [date for date in documented if form(date) not in used] == [], REMEDY


def test_parts_are_written_as_a_word_and_in_full() -> None:
    missing = []
    for type_, model in RECORDS.items():
        for name, field in model.model_fields.items():
            if any(isinstance(item, Short) for item in within(field)):
                written = {type(item) for item in items(type_, name)}
                missing += [f"{type_}: {name}"] if written != {str, dict} else []
    assert not missing, REMEDY


def items(type_: str, name: str) -> Iterator[Any]:
    folder = PLURALS[type_]
    for file, records in documents().items():
        if Path(file).parts[0] == folder:
            for record in records:
                yield from record.get(name, ())


# -- What no field alone shows ------------------------------------------------


def partnerships() -> list[Any]:
    return list(load([DATA]).records["partnership"].values())


def test_a_status_is_one_word_or_a_history() -> None:
    written = {
        type(record["status"])
        for records in documents().values()
        for record in records
        if "status" in record
    }
    assert written == {str, list}


def test_a_tie_is_planned_and_another_has_no_start() -> None:
    without = [tie.model for tie in partnerships() if tie.model.start is None]
    planned = [tie for tie in without if tie.status and tie.status[-1].is_ == "planned"]
    assert 0 < len(planned) < len(without)


def test_a_member_has_two_roles_and_another_no_date() -> None:
    (network,) = [tie.model for tie in partnerships() if tie.model.kind == "network"]
    cities = [member.city for member in network.members]
    assert len(set(cities)) < len(cities)
    assert any(member.from_ is None for member in network.members)


def test_some_files_hold_many_records_and_a_vocabulary_has_two_files() -> None:
    bulk = [file for file, records in documents().items() if len(records) > 1]
    folders = {Path(file).parts[0] for file in bulk}
    assert folders == {"cities", "partnerships", "events"}
    assert len(list(DATA.glob("sources*.yaml"))) == 2


def test_places_lie_on_both_sides_of_the_date_line() -> None:
    longitudes = [value.value for value in values() if value.field == "longitude"]
    assert min(longitudes) < -179
    assert max(longitudes) > 179


# -- Sound --------------------------------------------------------------------


def test_nothing_is_wrong_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITYLINKS_TODAY", TODAY)
    with KnowledgeBase.open(DATA) as opened:
        assert opened.validate().results == ()


def test_it_stays_small() -> None:
    assert sum(len(records) for records in documents().values()) <= 45


def test_the_page_names_every_record_and_nothing_else() -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .* \| (.*) \|$", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    ids = {record.id for record in load([DATA])}
    assert named - ids == set()
    records = {record.id for record in load([DATA]) if record.type in RECORDS}
    assert records - named == set()
