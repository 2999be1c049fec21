"""Lists of the frozen data: their rows, their order, and what narrows which."""

from __future__ import annotations

from typing import Any

import pytest

from citylinks import Filters, KnowledgeBase, UsageError


def listed(frozen: KnowledgeBase, what: str, **filters: Any) -> list[Any]:
    return list(frozen.list(what, Filters(**filters)).results)


def test_cities_have_their_country_region_and_number_of_partnerships(
    frozen: KnowledgeBase,
) -> None:
    [matalua, port] = listed(frozen, "cities", country=("FJ",))
    assert (matalua.id, matalua.level, matalua.region) == (
        "matalua",
        "country",
        "Melanesia",
    )
    assert (port.name, port.country, port.ties) == ("Port Halcyon", "FJ", 1)


def test_partnerships_are_in_order_of_their_start_those_without_one_last(
    frozen: KnowledgeBase,
) -> None:
    rows = listed(frozen, "partnerships", with_=("lanxing",))
    assert [(row.start, row.id) for row in rows] == [
        ("1985-XX-XX", "kazehama-lanxing"),
        ("2002-11", "lantern-network"),
        ("2011-01", "clear-water"),
        ("2012-06", "estuary-forum"),
        (None, "lanxing-maravel"),
    ]


def test_two_cities_are_both_in_what_is_listed_with_them(frozen: KnowledgeBase) -> None:
    rows = listed(frozen, "partnerships", with_=("lanxing", "nahr-al-nur"))
    assert [row.id for row in rows] == ["clear-water"]


def test_a_partnership_had_its_name_members_and_status_of_the_time(
    frozen: KnowledgeBase,
) -> None:
    rows = listed(frozen, "partnerships", with_=("port-halcyon-us",), as_of="2010")
    assert [(row.id, row.status) for row in rows] == [
        ("kazehama-port-halcyon", "suspended"),
        ("lantern-network", None),
    ]


def test_agreements_without_a_date_are_told_by_their_place_in_a_list(
    frozen: KnowledgeBase,
) -> None:
    rows = listed(frozen, "agreements", with_=("nahr-al-nur",))
    positions = [(row.signed, row.position) for row in rows]
    assert positions[-2:] == [(None, 1), (None, 2)]


def test_events_of_a_year_may_only_possibly_be_of_it(frozen: KnowledgeBase) -> None:
    rows = listed(frozen, "events", year=("2019",))
    assert {row.id: row.certainty for row in rows} == {
        "2019-flood-drill": "possible",
        "2019-harbour-summit": "certain",
        "2019-winter-declaration": "certain",
    }


def test_terms_and_sources_say_how_many_records_use_them(frozen: KnowledgeBase) -> None:
    themes = {row.id: (row.broader, row.records) for row in listed(frozen, "themes")}
    assert themes["wastewater"] == ("water", 2)
    assert themes["environment"] == (None, 11)
    sources = {row.id: row.records for row in listed(frozen, "sources")}
    assert sources["kazehama-list-of-ties"] == 15
    organizations = listed(frozen, "organizations", country=("JP",))
    assert [row.name for row in organizations] == [
        "Institute of Quiet Rivers",
        "Lumina Works",
        "UWA",
    ]


@pytest.mark.parametrize(
    ("what", "filters", "message"),
    [
        ("citys", {}, "unknown list 'citys'; did you mean 'cities'"),
        ("themes", {"year": ("2009",)}, "--year does not apply to a list of themes"),
        ("sources", {"as_of": "1985"}, "--as-of does not apply to a list of sources"),
    ],
)
def test_a_list_refuses_what_it_does_not_have(
    frozen: KnowledgeBase, what: str, filters: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        listed(frozen, what, **filters)
