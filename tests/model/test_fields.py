"""The use of each field follows from the model, and is the same after the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks.model.entries import COMPOSED, ORDER
from citylinks.model.fields import fields_from_json, fields_to_json, record_fields
from citylinks.model.vocabulary import ALL_KINDS, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.model.fields import Fields, FieldUse


def all_uses(fields: Fields) -> Iterator[tuple[str, FieldUse]]:
    for key, use in fields.items():
        yield key, use
        yield from all_uses(use.fields)


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_the_index_keeps_all_that_is_known_of_fields(type_: str) -> None:
    fields = record_fields()[type_]
    assert fields_from_json(fields_to_json(fields)) == fields


def test_what_markers_say() -> None:
    tie = record_fields()["partnership"]
    assert (tie["start"].dated, tie["start"].is_searched) == ("start", True)
    assert (tie["end"].dated, tie["end"].is_searched) == ("end", False)
    assert (tie["themes"].shape, tie["themes"].refers) == ("list", "theme")
    assert tie["members"].fields["from"].dated == "join"
    assert tie["members"].item.shape == "part"
    assert tie["agreements"].fields["listed"].carried_by == "source"
    assert tie["agreements"].fields["sources"].is_evidence
    assert record_fields()["city"]["country"].is_country
    assert record_fields()["city"]["names"].shape == "map"


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_a_dated_field_becomes_an_entry_of_a_known_kind(type_: str) -> None:
    """Add a new kind to `vocabulary.DerivedKind`, so that --kind knows it."""
    for key, use in all_uses(record_fields()[type_]):
        assert use.dated is None or use.dated in ALL_KINDS, key


def test_composed_kinds_have_an_order() -> None:
    ordered = {kind for row in ORDER for kind in row}
    assert ordered >= {kind for _, kinds in COMPOSED for kind in kinds}
