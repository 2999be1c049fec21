"""`--between US JP`: what has a city in each of two countries or regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from questions.test_oracle import (
    EVENT_KINDS,
    PAPER_KINDS,
    TIE_KINDS,
    World,
    check_timeline,
    filters,
    keeps_record,
    of_kinds,
    thorough,
    worlds,
)

from citylinks import Filters, KnowledgeBase, UsageError
from citylinks.cli.readings.two_places import read_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

NARROWED = ("between", "with_", "country", "year", "kind")


@thorough
@given(worlds, filters("between"))
def test_lists_and_timelines_between_places(world: World, f: Filters) -> None:
    for type_, plural in (("partnership", "partnerships"), ("event", "events")):
        answer = world.open().list(plural, f)
        assert {row.id for row in answer.results} == {
            record.id
            for record in world.all_of(type_)
            if keeps_record(world, record, f)
        }
    agreements = world.open().list("agreements", f).results
    papers = [row for row in world.rows() if row.entry.kind == "agreement"]
    kept = [row for row in papers if row.record.type == "partnership"]
    assert len(agreements) == sum(world.keeps(row, f, is_listed=True) for row in kept)
    check_timeline(world, [], f)


@thorough
@given(worlds, filters(*NARROWED))
def test_between_places_beside_other_filters(world: World, f: Filters) -> None:
    check_timeline(world, [], of_kinds(f, (*TIE_KINDS, *PAPER_KINDS, *EVENT_KINDS)))


WORLD = {
    "cities/all.yaml": """\
id: lyon
name: Lyon
country: FR
---
id: paris
name: Paris
country: FR
---
id: yokohama
name: Yokohama
country: JP
---
id: chicago
name: Chicago
country: US
""",
    "partnerships/all.yaml": """\
id: lyon-yokohama
kind: sister-city
members: [lyon, yokohama]
start: 1959
---
id: lyon-paris
kind: cooperation
members: [lyon, paris]
start: 1990
---
id: three
kind: network
members: [lyon, yokohama, {city: chicago, from: 2010}]
start: 2000
""",
}


@pytest.fixture
def kb(data: Callable[[Mapping[str, str]], Path]) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(data(WORLD)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("between", "ids"),
    [
        (("FR", "JP"), ["lyon-yokohama", "three"]),
        (("Japon", "Frankreich"), ["lyon-yokohama", "three"]),
        (("Europe", "Japan"), ["lyon-yokohama", "three"]),
        (("France", "France"), ["lyon-paris"]),
        (("EU", "Europe"), ["lyon-paris"]),
        (("Japan", "Japan"), []),
        (("US", "Asia"), ["three"]),
        (("Europe", "Africa"), []),
    ],
)
def test_a_member_on_each_side(
    kb: KnowledgeBase, between: tuple[str, str], ids: list[str]
) -> None:
    for sides in (between, between[::-1]):
        answer = kb.list("partnerships", Filters(between=sides))
        assert sorted(row.id for row in answer.results) == sorted(ids)
        assert answer.query["between"] == list(sides)


def test_the_members_of_that_time_count(kb: KnowledgeBase) -> None:
    between = Filters(between=("US", "JP"))
    assert not kb.list("partnerships", between._replace(as_of="2005")).results
    [row] = kb.list("partnerships", between._replace(as_of="2015")).results
    assert row.id == "three"


@pytest.mark.parametrize("between", [("US",), ("US", "JP", "FR"), "US"])
def test_other_than_two_places_are_refused(
    kb: KnowledgeBase, between: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError, match="--between takes two countries or regions"):
        kb.list("partnerships", Filters(between=between))


@pytest.mark.parametrize("name", ["Jpan", "lyon", "USSR"])
def test_what_is_no_place_is_refused(kb: KnowledgeBase, name: str) -> None:
    with pytest.raises(UsageError, match=f"'{name}'"):
        kb.list("partnerships", Filters(between=("US", name)))


def test_two_cities_or_two_years_are_told_what_to_type(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="citylinks timeline lyon Yokohama"):
        kb.timeline(between=("lyon", "Yokohama"))
    with pytest.raises(UsageError, match="for a time, use --year"):
        kb.timeline(between=("2009", "2012"))


@pytest.mark.parametrize(
    "words",
    [
        ["--between", "US", "JP"],
        ["--between", "US,JP"],
        ["--between=US,JP"],
        ["--between=US", "JP"],
        ["--between", "US", "and", "JP"],
        ["--between", "US and JP"],
        ["--between", "US & JP"],
        ["--between", "US/JP"],
        ["--between", "US", "--between", "JP"],
    ],
)
def test_two_places_after_one_flag(words: list[str]) -> None:
    read = read_places([*words, "--json"])
    assert read == ["--between=US", "--between=JP", "--json"]


def test_a_place_with_a_comma_or_a_joint_is_one() -> None:
    assert read_places(
        ["--between", "Korea, South", "Trinidad and Tobago", "lyon"]
    ) == [
        "--between=Korea, South",
        "--between=Trinidad and Tobago",
        "lyon",
    ]


def test_no_place_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match="takes two countries or regions"):
        read_places(["--between"])
    assert read_places(["--between", "US", "--json"]) == ["--between=US", "--json"]
    assert read_places(["--", "--between", "x"]) == ["--", "--between", "x"]
