"""Whose birthdays they are: those of who belongs on the day, and of what still lasts
then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support import call

from citylinks import Filters, KnowledgeBase, dates
from citylinks.dates import anniversaries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILES = {
    "cities/all.yaml": """\
id: founder
name: Founder
---
id: undated
name: Undated
---
id: left
name: Left
---
id: joined
name: Joined
---
id: perhaps
name: Perhaps
""",
    "partnerships/all.yaml": """\
id: net
kind: network
name: Net
start: 2000-05-01
members:
  - {city: founder, role: founder}
  - undated
  - {city: left, until: 2005}
  - {city: joined, from: 2012}
  - {city: perhaps, from: 2024~}
agreements:
  - {kind: agreement, signed: 2000-05-02}
---
id: pair
kind: contact
members: [founder, joined]
start: 1990-07-01
end: 2027-06-30
""",
}


@pytest.fixture
def kb(data: Callable[[Mapping[str, str]], Path]) -> KnowledgeBase:
    return KnowledgeBase.open(data(FILES))


@pytest.mark.parametrize(
    ("city", "year", "wanted"),
    [
        ("founder", "2025", {"start": "certain", "agreement": "certain"}),
        ("founder", "2005", {"start": "certain", "agreement": "certain"}),
        ("undated", "2025", {"start": "possible", "agreement": "certain"}),
        ("left", "2005", {"start": "possible", "agreement": "certain"}),
        ("left", "2010", {"agreement": "certain"}),
        ("joined", "2010", {}),
        ("joined", "2025", {"start": "certain"}),
        ("perhaps", "2025", {"start": "possible"}),
    ],
)
def test_a_network_has_birthdays_for_who_belongs_then(
    kb: KnowledgeBase, city: str, year: str, wanted: dict[str, str]
) -> None:
    """Who has left still has those of what it signed."""
    for cities, with_ in (((city,), ()), ((), (city,))):
        filters = Filters(year=(year,), with_=with_)
        results = kb.anniversaries(filters, cities=cities, step=5).results
        certainties = {
            row.kind: row.certainty for row in results if row.record.id == "net"
        }
        assert certainties == wanted
    sure = kb.anniversaries(
        Filters(year=(year,), certain=True), cities=(city,), step=5
    ).results
    certainties = {row.kind: row.certainty for row in sure if row.record.id == "net"}
    assert certainties == {
        kind: sure for kind, sure in wanted.items() if sure == "certain"
    }


def test_what_ends_before_has_no_birthday(kb: KnowledgeBase) -> None:
    for year, count, ended in (("2025", 1, 0), ("2030", 0, 1)):
        answer = kb.anniversaries(Filters(year=(year,), kind=("contact",)), step=5)
        assert (len(answer.results), answer.ended) == (count, ended)
    [row] = kb.anniversaries(
        Filters(year=("2030",), status=("active",)), step=5
    ).results or [None]
    assert row is None


@pytest.mark.parametrize("step", [5, 7])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(year=("0001/9999",)),
        Filters(from_="1800", to="9999"),
        Filters(year=("0001..9999",)),
    ],
    ids=["interval", "from", "span"],
)
def test_of_a_long_time_what_comes_first_is_told(
    kb: KnowledgeBase, filters: Filters, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is all that falls until the end of a year, which is told, and no work for the
    rest.
    """
    whole = kb.anniversaries(filters, step=step)
    assert whole.told_until is None
    monkeypatch.setattr("citylinks.dates.anniversaries.MOST", 50)
    made = []
    birthday = anniversaries.recurrence_after

    def count(begun: dates.Date, years: int) -> anniversaries.Recurrence | None:
        made.append(years)
        return birthday(begun, years)

    monkeypatch.setattr("citylinks.dates.anniversaries.recurrence_after", count)
    cut = kb.anniversaries(filters, step=step)
    assert cut.told_until is not None
    assert cut.results == tuple(
        row for row in whole.results if row.date[:4] <= cut.told_until
    )
    assert 0 < len(cut.results) < len(whole.results)
    assert len(made) < len(cut.results) + 50
    rest = kb.anniversaries(
        Filters(from_=f"{int(cut.told_until) + 1:04}", to="9999"), step=step
    )
    assert rest.results[0] == whole.results[len(cut.results)]


def test_a_time_of_a_hundred_years_is_told_whole(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    century = Filters(year=("1990..2090",))
    whole = kb.anniversaries(century, step=1)
    monkeypatch.setattr("citylinks.dates.anniversaries.MOST", 1)
    assert kb.anniversaries(century, step=1) == whole
    assert whole.told_until is None


def test_the_command_says_until_when_it_tells(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    root = data(FILES)
    printed = call(f"citylinks anniversaries --year 0001/9999 --step 1 --data {root}")
    [warning] = [
        line for line in printed.splitlines() if "too many anniversaries" in line
    ]
    assert warning.startswith("! citylinks: too many anniversaries: the list ends with")
    printed = call(f"citylinks anniversaries --year 1990/2090 --step 1 --data {root}")
    assert "too many" not in printed


EVENTS = """\
{id: founding, title: A, date: "2010", kind: founding}
---
{id: project, title: A, date: "2010", kind: project}
---
{id: milestone, title: A, date: 2010~, kind: milestone}
---
{id: visit, title: A, date: "2010", kind: visit}
---
{id: forum, title: A, date: "2010", kind: forum}
---
{id: jubilee, title: A, date: "2010", kind: commemoration}
"""


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, {"founding"}),
        ({"events": True}, {"founding", "project", "milestone"}),
        ({"kind": ["visit"]}, {"visit"}),
        ({"kind": ["forum", "commemoration"]}, {"forum", "jubilee"}),
        ({"events": True, "kind": ["visit"]}, {"visit"}),
    ],
)
def test_visits_and_meetings_have_anniversaries_only_where_they_are_asked_for(
    data: Callable[[Mapping[str, str]], Path],
    options: dict[str, Any],
    wanted: set[str],
) -> None:
    opened = KnowledgeBase.open(data({"events/all.yaml": EVENTS}))
    answer = opened.anniversaries(year="2030", **options)
    assert {row.record.id for row in answer.results} == wanted


def test_what_is_stated_of_another_year_is_not_in_the_year_asked_for(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    opened = KnowledgeBase.open(data({"events/all.yaml": EVENTS}))
    answer = opened.anniversaries(year="2031", kind="milestone")
    assert answer.results == ()
