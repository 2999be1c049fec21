from __future__ import annotations

from typing import Any

from citylinks.model.evidence import (
    FieldSources,
    SourceShare,
    field_sources,
    source_shares,
)
from citylinks.model.fields import record_fields

FIELDS = record_fields()["partnership"]
CITY_FIELDS = record_fields()["city"]
TIE: dict[str, Any] = {
    "kind": "sister-city",
    "members": [{"city": "lyon"}, {"city": "milan"}],
    "start": "1966",
    "agreements": [
        {"kind": "twinning", "signed": "1966", "sources": ["archive"]},
        {"kind": "renewal", "listed": {"source": "list", "position": 2}},
    ],
    "sources": [
        {"source": "page"},
        {"source": "letter", "fields": ["start", "agreements[1].kind"]},
    ],
    "claims": [{"field": "start", "value": "1967", "source": "milan-page"}],
}


def sources(body: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {ground.path: ground.sources for ground in field_sources(body, FIELDS)}


def test_a_field_rests_on_the_sources_that_carry_it() -> None:
    by_path = sources(TIE)
    assert by_path["kind"] == ("page",)
    assert by_path["start"] == ("page", "letter")


def test_a_part_rests_on_its_own_sources_where_it_names_some() -> None:
    by_path = sources(TIE)
    assert by_path["agreements[0].signed"] == ("archive",)
    assert by_path["agreements[1].kind"] == ("page", "letter")
    assert by_path["agreements[1].listed"] == ("list",), (
        "the list itself says the place in it"
    )


def test_what_others_say_is_no_ground() -> None:
    assert not any("milan-page" in ids for ids in sources(TIE).values())
    assert not any(path.startswith(("sources", "claims")) for path in sources(TIE))


def test_a_field_that_no_source_is_named_for_rests_on_none() -> None:
    body: dict[str, Any] = {"name": "Lyon", "location": {"latitude": 45.7, "longitude": 4.8},
            "sources": [{"source": "wikidata", "fields": ["location.latitude"]}]}  # fmt: skip
    by_path = {field.path: field.sources for field in field_sources(body, CITY_FIELDS)}
    assert by_path == {"name": (), "location": ("wikidata",)}


def test_a_list_of_words_is_one_field() -> None:
    body: dict[str, Any] = {"themes": ["energy", "water"]}
    assert list(field_sources(body, FIELDS)) == [
        FieldSources("themes", ["energy", "water"], ())
    ]


def test_shares_count_fields_and_those_that_nothing_else_carries() -> None:
    assert source_shares(TIE, FIELDS) == {
        "": SourceShare(8, 0),
        "page": SourceShare(5, 3),
        "letter": SourceShare(2, 0),
        "archive": SourceShare(2, 2),
        "list": SourceShare(1, 1),
    }


def test_a_source_that_carries_nothing_is_a_source_all_the_same() -> None:
    body: dict[str, Any] = {
        "name": "Lyon",
        "sources": [{"source": "page", "fields": ["summary"]}],
    }
    assert source_shares(body, FIELDS) == {
        "": SourceShare(1, 1),
        "page": SourceShare(0, 0),
    }
