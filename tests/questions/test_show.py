"""One record of the frozen data in full: its relations, its history, its sources."""

from __future__ import annotations

from typing import Any

import pytest

from citylinks import KnowledgeBase, UsageError


def shown(frozen: KnowledgeBase, name: str, **options: Any) -> Any:
    [result] = frozen.show(name, **options).results
    return result


def test_a_partnership_is_shown_with_its_history_and_sources(
    frozen: KnowledgeBase,
) -> None:
    result = shown(frozen, "kazehama-port-halcyon")
    assert [(entry.kind, entry.date) for entry in result.entries] == [
        ("status", "1984%"),
        ("start", "199X"),
        ("status", "199X"),
        ("status", "2008-03-01"),
        ("end", "2015-07"),
        ("status", "2015-07"),
    ]
    assert [source.id for source in result.sources] == [
        "halcyon-minutes",
        "kazehama-list-of-ties",
    ]
    assert result.file.endswith("partnerships/kazehama-port-halcyon.yaml")


def test_a_city_is_shown_with_its_partnerships(frozen: KnowledgeBase) -> None:
    result = shown(frozen, "nahr-al-nur")
    assert [tie.id for tie in result.ties] == [
        "maravel-nahr-al-nur",
        "clear-water",
        "kazehama-nahr-al-nur",
        "harbour-pledge",
    ]


def test_what_names_a_record_otherwise_is_told(frozen: KnowledgeBase) -> None:
    result = shown(frozen, "umibe")
    assert [(record.type, record.id) for record in result.named_by] == [
        ("city", "kazehama"),
        ("event", "2019-flood-drill"),
    ]


def test_a_theme_is_shown_with_those_below_it(frozen: KnowledgeBase) -> None:
    named_by = [record.id for record in shown(frozen, "environment").named_by]
    assert named_by == ["energy", "water"]


@pytest.mark.parametrize(
    ("year", "name"), [("1950", "Lan Harbour"), ("1995", "Lanxing")]
)
def test_a_city_has_the_name_of_the_time(
    frozen: KnowledgeBase, year: str, name: str
) -> None:
    assert shown(frozen, "lanxing", as_of=year).name == name


def test_only_cities_and_partnerships_have_been_otherwise(
    frozen: KnowledgeBase,
) -> None:
    with pytest.raises(UsageError, match="is neither"):
        frozen.show("umibe-water-agency", as_of="1985")


@pytest.mark.parametrize("text", ["Maravel, France", "Maravel, Frankreich"])
def test_a_city_with_its_country_is_shown(frozen: KnowledgeBase, text: str) -> None:
    assert frozen.show(text).results == frozen.show("city/maravel").results


# -- The overview -------------------------------------------------------------


def test_a_city_has_its_last_event_its_next_anniversary_and_conflicts(
    frozen: KnowledgeBase,
) -> None:
    overview = shown(frozen, "maravel").overview
    assert overview.last_event.date == "2019-12-30/2020-01"
    assert overview.next_anniversary.date > "2026-11"
    fields = [(row.record.type, row.field) for row in overview.conflicts]
    assert fields[0] == ("city", "name")
    assert ("partnership", "start") in fields
    assert ("event", "date") in fields


def test_the_next_anniversary_of_a_partnership_is_its_own(
    frozen: KnowledgeBase,
) -> None:
    overview = shown(frozen, "kazehama-maravel").overview
    assert overview.next_anniversary.record.id == "kazehama-maravel"
    assert overview.contacts_as_of == "2025-01-15"
    assert {row.record.id for row in overview.conflicts} == {"kazehama-maravel"}


def test_what_concerns_other_members_alone_is_no_conflict_of_a_city(
    frozen: KnowledgeBase,
) -> None:
    """Another source calls Nahr al-Nur an observer of what Kazehama belongs to."""
    fields = {row.field for row in shown(frozen, "kazehama").overview.conflicts}
    assert "members[1].role" not in fields
    fields = {row.field for row in shown(frozen, "nahr-al-nur").overview.conflicts}
    assert "members[1].role" in fields


@pytest.mark.parametrize("name", ["lumina-works", "2009-kazehama-maravel-50-years"])
def test_other_records_and_other_times_have_no_overview(
    frozen: KnowledgeBase, name: str
) -> None:
    assert shown(frozen, name).overview is None
    assert shown(frozen, "maravel", as_of="1985").overview is None
