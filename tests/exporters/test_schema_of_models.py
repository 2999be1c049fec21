"""How a schema is made of a model or an answer: keys, forms, meanings, the envelope."""

from __future__ import annotations

import pytest

from citylinks import UsageError
from citylinks.exporters.schemas import field_meanings, schema, schema_names
from citylinks.model.records import MODELS, City


def test_there_is_a_schema_for_each_record_file_map_and_output() -> None:
    names = schema_names()
    assert {f"record/{type_}" for type_ in MODELS} < set(names)
    assert {"record/themes", "map/table", "output/timeline"} < set(names)
    assert len(names) == len(set(names))


def test_an_optional_key_is_absent_and_never_null() -> None:
    city = schema("record/city")
    assert city["required"] == ["name"]
    assert city["additionalProperties"] is False
    assert "null" not in str(city["properties"]["wikidata"])


def test_a_record_may_say_its_id() -> None:
    identifier = schema("record/event")["properties"]["id"]
    assert identifier["type"] == "string"
    assert "name of the file" in identifier["description"]


def test_every_key_says_what_it_means() -> None:
    properties = schema("record/city")["properties"]
    for key, meaning in field_meanings(City).items():
        assert properties[key]["description"].startswith(meaning.strip())


def test_a_vocabulary_is_a_mapping_of_ids_to_terms() -> None:
    themes = schema("record/themes")
    assert themes["type"] == "object"
    assert "pattern" in themes["propertyNames"]
    assert "label" in themes["additionalProperties"]["properties"]


def test_an_output_is_an_envelope_about_its_results() -> None:
    timeline = schema("output/timeline")
    assert timeline["required"] == [
        "schema", "query", "count", "more", "left_out", "results",
    ]  # fmt: skip
    assert timeline["properties"]["schema"] == {"const": "citylinks/timeline/1"}
    assert timeline["properties"]["results"]["type"] == "array"


def test_an_unknown_schema_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match="did you mean 'record/city'"):
        schema("record/citty")
