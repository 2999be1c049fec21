"""Counts of the frozen data, by each grouping, and year by year."""

from __future__ import annotations

import pytest

from citylinks import Filters, KnowledgeBase, UsageError
from citylinks.questions.groups import GROUPINGS


def test_a_partnership_of_two_countries_counts_in_each(frozen: KnowledgeBase) -> None:
    rows = frozen.stats("country", Filters(with_=("old-wharf",))).results
    assert {row.key: row.partnerships for row in rows} == {"JP": 1, "NO": 1}


def test_what_states_nothing_is_counted_last(frozen: KnowledgeBase) -> None:
    rows = frozen.stats("status").results
    assert [(row.key, row.partnerships) for row in rows] == [
        ("ended", 2),
        ("active", 1),
        ("dormant", 1),
        ("planned", 1),
        (None, 9),
    ]


def test_narrower_themes_count_in_the_broader_one(frozen: KnowledgeBase) -> None:
    water = frozen.stats("theme", Filters(theme=("water",))).results
    assert {row.key for row in water} >= {"water", "wastewater"}


def test_a_vague_date_counts_in_each_decade_that_it_may_be_of(
    frozen: KnowledgeBase,
) -> None:
    rows = frozen.stats("decade", Filters(kind=("milestone",))).results
    assert [(row.key, row.events, row.uncertain) for row in rows] == [
        ("1850s", 1, 1),
        ("1860s", 1, 1),
    ]


def test_a_limit_says_how_many_groups_are_left_out(frozen: KnowledgeBase) -> None:
    answer = frozen.stats("city", limit=3)
    assert [row.key for row in answer.results] == ["maravel", "kazehama", "lanxing"]
    assert answer.more == 9


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_every_grouping_counts_something(frozen: KnowledgeBase, grouping: str) -> None:
    assert frozen.stats(grouping).results


def test_growth_has_the_partnerships_in_force_in_each_year(
    frozen: KnowledgeBase,
) -> None:
    rows = frozen.growth(Filters(year=("2014..2016",), country=("US",))).results
    assert [(row.year, row.possible, row.certain) for row in rows] == [
        (2014, 2, 2),
        (2015, 1, 1),
        (2016, 0, 0),
    ]


def test_an_unknown_grouping_is_refused(frozen: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="unknown grouping 'colour'; did you mean"):
        frozen.stats("colour")
