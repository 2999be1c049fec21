"""Whose birthdays they are: those of who belongs on the day, and of what still lasts then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks import Filters, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FILES = {
    "cities/all.yaml": """\
id: founder
name: Founder
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
  - founder
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
        found = kb.anniversaries(filters, cities=cities, step=5).results
        told = {one.kind: one.certainty for one in found if one.record.id == "net"}
        assert told == wanted
    sure = kb.anniversaries(Filters(year=(year,), certain=True), cities=(city,), step=5).results
    told = {one.kind: one.certainty for one in sure if one.record.id == "net"}
    assert told == {kind: sure for kind, sure in wanted.items() if sure == "certain"}


def test_what_ends_before_has_no_birthday(kb: KnowledgeBase) -> None:
    for year, count, ended in (("2025", 1, 0), ("2030", 0, 1)):
        answer = kb.anniversaries(Filters(year=(year,), kind=("contact",)), step=5)
        assert (len(answer.results), answer.ended) == (count, ended)
    [one] = kb.anniversaries(Filters(year=("2030",), status=("active",)), step=5).results or [None]
    assert one is None
