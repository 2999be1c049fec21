"""The use of each field follows from the model, and is the same after the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import pytest

from citylinks.model.entries import COMPOSED, Involved, StoredRecord, timeline_entries
from citylinks.model.field_uses import FieldUse, fields_from_json, fields_to_json
from citylinks.model.fields import _model_fields, record_fields
from citylinks.model.markers import Dated
from citylinks.model.records import EdtfDate, Part
from citylinks.model.vocabulary import ENTRY_PLACES, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.model.field_uses import Fields


def all_uses(fields: Fields, at: str = "") -> Iterator[tuple[str, FieldUse]]:
    """Yield each field with its path: `agreements.signed`."""
    for key, use in fields.items():
        yield f"{at}{key}", use
        yield from all_uses(use.fields, f"{at}{key}.")


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


def test_a_date_of_an_unknown_kind_is_refused() -> None:
    class Treaty(Part):
        ratified: Annotated[EdtfDate | None, Dated("ratification")] = None

    message = r"Treaty.ratified is Dated\('ratification'\).* name it in ENTRY_KINDS"
    with pytest.raises(ValueError, match=message):
        _model_fields(Treaty)


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_a_timeline_has_every_dated_field(type_: str) -> None:
    """The outcomes of an event stand in its own entry."""
    made_by_a_function = {kind for _, kinds in COMPOSED for kind in kinds}
    for path, use in all_uses(record_fields()[type_]):
        if use.dated is None or (type_, path) == ("event", "outcomes.date"):
            continue
        assert type_ in {"city", "partnership"}, (
            f"{type_}.{path} is Dated({use.dated!r}), and no timeline would have it:"
            " of an event its date alone stands there, of a vocabulary nothing."
            " Leave `Dated` away, or extend `timeline_entries`"
        )
        assert path.count(".") < 2 or use.dated in made_by_a_function, (
            f"{type_}.{path} is Dated({use.dated!r}) in a part of a part, which"
            " `dated_entries` does not look into. Leave `Dated` away, or extend it"
        )


def test_a_date_of_a_part_that_is_no_list_becomes_an_entry() -> None:
    fields = {"site": FieldUse("part", fields={"opened": FieldUse(dated="count")})}
    record = StoredRecord("city", "lyon", {"site": {"opened": "1894"}})
    [entry] = timeline_entries(record, fields)
    assert (entry.path, entry.date, entry.kind) == ("site.opened", "1894", "count")
    assert entry.cities == (Involved("lyon"),)


def test_dates_set_the_parts_of_a_list_apart() -> None:
    agreements = record_fields()["partnership"]["agreements"].distinct
    assert agreements
    assert "expires" in agreements.apart
    members = record_fields()["partnership"]["members"].distinct
    assert members
    assert members.apart == ()


def test_every_kind_that_a_function_makes_has_a_place() -> None:
    for function, kinds in COMPOSED:
        for kind in kinds:
            assert kind in ENTRY_PLACES, (
                f"{function.__name__} makes entries of kind {kind!r}:"
                " name it in ENTRY_KINDS of model/vocabulary.py"
            )


def test_what_is_past_once_it_is_recorded() -> None:
    ahead = set()
    for type_ in RECORD_TYPES:
        for path, use in all_uses(record_fields()[type_]):
            if use.dated and not use.is_past:
                ahead.add(f"{type_}.{path}")
    assert ahead == {
        "partnership.end", "partnership.members.until", "partnership.agreements.expires"
    }  # fmt: skip
    assert record_fields()["event"]["date"].is_past
    assert record_fields()["source"]["accessed"].is_past
    assert not record_fields()["source"]["date"].is_past
