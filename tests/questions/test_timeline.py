"""What a timeline of the frozen data has, in which order, and what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import KnowledgeBase, NotFoundError, UsageError

if TYPE_CHECKING:
    from citylinks.questions.timeline import Timeline


def titles(answer: Timeline) -> list[str]:
    return [entry.title for entry in answer.results]


def test_between_two_cities_stands_what_concerns_both(frozen: KnowledgeBase) -> None:
    answer = frozen.timeline("maravel", "kazehama")
    both = {"maravel", "kazehama"}
    for entry in answer.results:
        assert both <= {city.id for city in entry.cities} | both & set(
            entry.record.id.split("-")
        )
    assert [partnership.id for partnership in answer.ties] == ["kazehama-maravel"]
    networks = {network.id for network in answer.networks}
    assert networks == {"lantern-network", "estuary-forum"}


def test_with_any_stands_what_concerns_one_of_them(frozen: KnowledgeBase) -> None:
    alone = [*titles(frozen.timeline("umibe")), *titles(frozen.timeline("matalua"))]
    assert set(titles(frozen.timeline("umibe", "matalua", any_=True))) == set(alone)


def test_entries_come_in_the_order_of_their_dates(frozen: KnowledgeBase) -> None:
    answer = frozen.timeline("lantern-network")
    dates: list[Any] = [entry.date for entry in answer.results]
    known = [date for date in dates if date]
    assert known[:2] == ["2002-11", "2002-11"]
    assert known[-2:] == ["2019", "2022-02"]
    assert dates[len(known) :] == [None] * (len(dates) - len(known))


def test_in_reverse_what_may_be_latest_comes_first_and_the_undated_last(
    frozen: KnowledgeBase,
) -> None:
    entries = frozen.timeline("lantern-network", reverse=True).results
    assert [entry.date for entry in entries[:3]] == ["2017/..", "2012/", "2022-02"]
    assert entries[-1].date is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "commemoration"}, ["Fifty years of twinning, with a thousand lanterns"]),
        ({"year": "1860"}, ["Lantern makers of Maravel settle in Kazehama"]),
        ({"year": "1860", "certain": True}, []),
        ({"organization": "lumina-works", "country": "FR"},
         ["Tide power, with a smart grid at the old quays"]),
        ({"from_": "2027", "certain": True}, ["Memorandum on quiet harbours expires"]),
    ],
)  # fmt: skip
def test_filters_narrow_it(
    frozen: KnowledgeBase, filters: dict[str, Any], expected: list[str]
) -> None:
    assert titles(frozen.timeline("kazehama", **filters)) == expected


def test_what_a_date_only_allows_is_possible(frozen: KnowledgeBase) -> None:
    answer = frozen.timeline("kazehama", year="2019", kind=["exercise", "agreement"])
    certainty = {entry.title: entry.certainty for entry in answer.results}
    assert certainty == {
        "Flood drill of Umibe and its neighbours": "possible",
        "Memorandum on quiet harbours": "certain",
    }


def test_by_decade_each_entry_has_its_group(frozen: KnowledgeBase) -> None:
    answer = frozen.timeline("maravel", by="decade", kind=["commemoration", "project"])
    groups = [entry.group and entry.group.name for entry in answer.results]
    assert groups == ["2000s", "2010s"]


def test_by_theme_an_entry_of_two_themes_is_there_twice(frozen: KnowledgeBase) -> None:
    answer = frozen.timeline("maravel", by="theme", kind="commemoration")
    groups = [entry.group and entry.group.name for entry in answer.results]
    assert groups == ["Culture", "Light"]


def test_a_limit_says_how_many_more_there_are(frozen: KnowledgeBase) -> None:
    all_of_them = frozen.timeline("kazehama").results
    answer = frozen.timeline("kazehama", limit=2)
    assert answer.results == all_of_them[:2]
    assert answer.more == len(all_of_them) - 2


@pytest.mark.parametrize(
    ("subjects", "options", "message"),
    [
        (("maravel", "Maravel"), {}, "the same city twice"),
        ((), {"any_": True}, "any"),
        (("maravel",), {"by": "kind"}, "unknown grouping 'kind'"),
        (("maravel",), {"limit": 0}, "limit"),
        (("maravel",), {"certain": True}, "needs a time"),
    ],
)
def test_what_has_no_meaning_is_refused(
    frozen: KnowledgeBase,
    subjects: tuple[str, ...],
    options: dict[str, Any],
    message: str,
) -> None:
    with pytest.raises(UsageError, match=message):
        frozen.timeline(*subjects, **options)


def test_among_several_subjects_each_is_a_city(frozen: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="is a partnership, not a city"):
        frozen.timeline("clear-water", "kazehama")
