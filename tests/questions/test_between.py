"""What stands between two cities that belong to a partnership together, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import Filters, KnowledgeBase
from citylinks.views import page, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

WORLD = {
    "cities/all.yaml": "".join(
        f"---\nid: {id_}\nname: {id_.title()}\n" for id_ in "abcde"
    ),
    "partnerships/all.yaml": """\
id: three
kind: cooperation
members: [a, {city: b, from: 1997}, {city: c, from: 2001, until: 2010}]
start: 1992
outcomes:
  - {summary: In A before B, date: 1994, city: a}
  - {summary: In A, date: 1999, city: a}
  - {summary: In C, date: 2005, city: c}
  - {summary: In A after C, date: 2015, city: a}
agreements:
  - {kind: protocol, title: Of A and C, signed: 2002, parties: [a, c]}
---
id: two
kind: sister-city
members: [{city: d, from: 1980-05}, {city: e, from: 1980-05}]
start: 1980-05
---
id: late
kind: contact
members: [a, {city: d, from: 1990}]
---
id: net
kind: network
name: Net
members: [a, {city: b, role: founder}, d]
start: 1970
outcomes: [{summary: In A, date: 1999, city: a}]
""",
    "events/all.yaml": """\
id: only-tie
title: The three meet
date: 2003
kind: visit
partnerships: [three]
---
id: only-a
title: A is proud of it
date: 2004
kind: visit
cities: [a]
partnerships: [three]
---
id: before
title: A prepares it
date: 1995
kind: visit
cities: [a]
partnerships: [three]
---
id: of-net
title: A serves the net
date: 2004
kind: visit
cities: [a]
partnerships: [net]
""",
}


@pytest.fixture
def kb(data: Callable[[Mapping[str, str]], Path]) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(data(WORLD)) as opened:
        yield opened


def list_entries(answer: Any) -> list[str]:
    return [f"{entry.kind} {entry.date} {entry.title}" for entry in answer.results]


A_AND_B = [
    "join 1997 B joins the cooperation with A and C",
    "outcome 1999 In A",
    "join 2001 C joins the cooperation with A and B",
    "agreement 2002 Of A and C",
    "visit 2003 The three meet",
    "visit 2004 A is proud of it",
    "outcome 2005 In C",
    "leave 2010 C leaves the cooperation with A and B",
    "outcome 2015 In A after C",
]


def test_from_the_day_when_both_belong_all_of_it_stands_between_them(
    kb: KnowledgeBase,
) -> None:
    for answer in (
        kb.timeline("a", "b"),
        kb.timeline("b", filters=Filters(with_=("a",))),
        kb.timeline(filters=Filters(with_=("b", "a"))),
    ):
        assert list_entries(answer) == A_AND_B
        [tie] = answer.ties
        assert (tie.start, tie.since, tie.until) == ("1992", "1997", None)


def test_until_one_of_them_leaves(kb: KnowledgeBase) -> None:
    answer = kb.timeline("a", "c")
    assert list_entries(answer) == A_AND_B[2:-1]
    [tie] = answer.ties
    assert (tie.since, tie.until) == ("2001", "2010")


def test_of_three_any_two(kb: KnowledgeBase) -> None:
    answer = kb.timeline("a", "b", "c")
    assert list_entries(answer) == A_AND_B
    assert answer.ties[0].since == "1997"
    assert (
        list_entries(kb.timeline("a", filters=Filters(with_=("b", "c"))))
        == A_AND_B[2:-1]
    )
    assert kb.timeline("a", filters=Filters(with_=("b", "c"))).ties[0].since == "2001"


@pytest.mark.parametrize(
    ("time", "certain", "possible"),
    [
        ({"to": "1995"}, [], ["net"]),
        ({"year": ("1992",)}, [], ["net"]),
        ({"year": ("1997",)}, ["three"], ["net"]),
        ({"year": ("1960s", "1990s")}, ["three"], ["net"]),
        ({"from_": "1998"}, [], ["net"]),
        ({"to": "1969"}, [], []),
        ({"from_": "1990", "as_of": "1996"}, [], ["net"]),
        ({"from_": "1990", "as_of": "2003"}, ["three"], ["net"]),
    ],
)
def test_a_list_with_several_cities_counts_from_when_all_belong(
    kb: KnowledgeBase, time: dict[str, Any], certain: list[str], possible: list[str]
) -> None:
    listed = kb.list("partnerships", Filters(with_=("a", "b"), **time)).results
    assert [row.id for row in listed if row.certainty == "certain"] == certain
    assert [row.id for row in listed if row.certainty == "possible"] == possible
    sure = kb.list("partnerships", Filters(with_=("a", "b"), certain=True, **time))
    assert [row.id for row in sure.results] == certain


def test_with_any_each_has_its_own(kb: KnowledgeBase) -> None:
    entries = [list_entries(kb.timeline(city)) for city in ("a", "b")]
    merged = list_entries(kb.timeline("a", "b", any_=True))
    assert {*merged} == {*entries[0], *entries[1]}
    assert "visit 1995 A prepares it" in merged


def test_a_list_of_events_has_the_same(kb: KnowledgeBase) -> None:
    answer: Any = kb.list("events", Filters(with_=("a", "b")))
    assert [row.id for row in answer.results] == ["only-tie", "only-a"]


def test_as_of_a_time(kb: KnowledgeBase) -> None:
    assert kb.timeline("a", "b", filters=Filters(as_of="1995")).ties == ()
    then = kb.timeline("a", "b", filters=Filters(as_of="2003"))
    assert [tie.since for tie in then.ties] == ["1997"]
    assert "join 1997 B joins the cooperation with A and C" in list_entries(then)


def test_where_all_is_dated_as_the_start(kb: KnowledgeBase) -> None:
    [tie] = kb.timeline("d", "e").ties
    assert (tie.start, tie.since) == ("1980-05", "1980-05")
    [tie] = kb.timeline("a", "d").ties
    assert (tie.start, tie.since) == (None, "1990")


@pytest.mark.parametrize(
    ("cities", "with_", "wanted"),
    [
        (("a",), ("b",), {("join", "1997"), ("visit", "2003"), ("visit", "2004"),
                          ("agreement", "2002")}),
        ((), ("a", "b"), {("join", "1997"), ("visit", "2003"), ("visit", "2004"),
                          ("agreement", "2002")}),
        (("d",), ("e",), {("start", "1980-05")}),
    ],
)  # fmt: skip
def test_a_birthday_counts_from_the_day_when_both_belong(
    kb: KnowledgeBase, cities: tuple[str, ...], with_: tuple[str, ...],
    wanted: set[tuple[str, str]],
) -> None:  # fmt: skip
    filters = Filters(year=("2030",), with_=with_)
    visits = filters._replace(kind=("visit",))
    rows = [
        *kb.anniversaries(filters, cities=cities, step=1).results,
        *kb.anniversaries(visits, cities=cities, step=1).results,
    ]
    assert {
        (row.kind, row.original) for row in rows if row.record.id != "net"
    } == wanted


def test_of_one_city_a_tie_has_the_birthday_of_its_start(kb: KnowledgeBase) -> None:
    rows = kb.anniversaries(
        Filters(year=("2022",), kind=("cooperation",)), cities=("b",)
    ).results
    assert [(row.kind, row.years) for row in rows] == [("start", 30)]


def _lines(blocks: Any) -> list[str]:
    return list(plain.lines(blocks))


def test_a_step_of_a_path_says_since_when_both_belong(kb: KnowledgeBase) -> None:
    answer = kb.path("a", "c")
    [link] = answer.results[0].ties[0]
    assert (link.date, link.since, link.until) == ("1992", "2001", "2010")
    words = "cooperation since 2001, until 2010 (partnership since 1992)"
    assert f"  three, {words}" in _lines(page(answer)) or f"  {words}" in _lines(
        page(answer)
    )
    assert kb.path("a", "d").results[0].ties[0][0].since == "1990"
    assert kb.path("d", "e").results[0].ties[0][0].since == "1980-05"


def test_in_a_network_nobody_knows_since_when(kb: KnowledgeBase) -> None:
    [link] = [
        link
        for link in kb.path("a", "d", networks=True).results[0].ties[0]
        if link.kind == "network"
    ]
    assert (link.date, link.since) == ("1970", None)


def test_what_is_common_says_since_when_both_belong(kb: KnowledgeBase) -> None:
    answer = kb.common("b", "c")
    [partner] = [row for row in answer.results if row.type == "partner"]
    assert partner.id == "a"
    assert [[link.since for link in links] for links in partner.links] == [
        ["1997"],
        ["2001"],
    ]
    assert [(tie.since, tie.until) for tie in answer.ties] == [("2001", "2010")]
    printed = _lines(page(answer))
    assert "Cooperation since 2001, until 2010 (partnership since 1992)" in printed
    header = _lines(page(kb.timeline("b", "c")))[1]
    assert header in printed


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("a", {"three": ("1992", None), "late": (None, None), "net": (None, None)}),
        ("b", {"three": ("1997", None), "net": ("1970", None)}),
        ("c", {"three": ("2001", "2010")}),
        ("d", {"two": ("1980-05", None), "late": ("1990", None), "net": (None, None)}),
    ],
)
def test_the_ties_of_a_city_say_since_when_it_belongs(
    kb: KnowledgeBase, city: str, expected: dict[str, tuple[str | None, str | None]]
) -> None:
    answer = kb.show(f"city/{city}")
    ties = answer.results[0].ties
    assert {tie.id: (tie.since, tie.until) for tie in ties} == expected
    printed = _lines(page(answer))
    if city == "c":
        assert any(line.split()[:3] == ["2001,", "until", "2010"] for line in printed)
    assert not [
        line for line in printed if line.startswith(("1992", "1970")) and city in "cd"
    ]


def test_a_list_of_partnerships_of_two_says_since_when_both_belong(
    kb: KnowledgeBase,
) -> None:
    both = {
        row.id: (row.since, row.until)
        for row in kb.list("partnerships", Filters(with_=["b", "c"])).results
    }
    assert both == {"three": ("2001", "2010")}
    nobody_knows = kb.list("partnerships", Filters(with_=["a", "b"])).results
    assert ("net", None) in {(row.id, row.since) for row in nobody_knows}
    alone = kb.list("partnerships", Filters(with_=["b"])).results
    assert {row.since for row in alone} == {None}
