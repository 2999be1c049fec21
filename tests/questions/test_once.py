"""An end comes once: where it is an interval, on some day of it, and it does not last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import Filters, KnowledgeBase
from citylinks.views import page, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]

TIE = """\
kind: sister-city
members:
  - alpha
  - {{city: beta, from: {start}, until: {end}}}
start: {start}
end: {end}
agreements:
  - {{kind: protocol, title: Protocol, signed: {start}, expires: {end}}}
"""
AT_THE_END = {"end", "leave", "expiry"}


def opened(data: Write, start: str, end: str) -> KnowledgeBase:
    files = {
        "cities/all.yaml": "id: alpha\nname: Alpha\n---\nid: beta\nname: Beta\n",
        "partnerships/a-b.yaml": TIE.format(start=start, end=end),
    }
    return KnowledgeBase.open(data(files))


@pytest.mark.parametrize(
    ("end", "year", "expected"),
    [
        ("2017/..", "2016", None),
        ("2017/..", "2017", "possible"),
        ("2017/..", "2019", "possible"),
        ("2017/", "2019", "possible"),
        ("2017/..", "2017..", "possible"),
        ("2017/2019", "2018", "possible"),
        ("2017/2019", "2017..2019", "certain"),
        ("../2019", "2018", "possible"),
        ("../2019", "2020", None),
    ],
)
def test_an_end_happens_once(
    data: Write, end: str, year: str, expected: str | None
) -> None:
    with opened(data, "1990", end) as kb:
        entries = kb.timeline("alpha", filters=Filters(year=year)).results
        sure = kb.timeline("alpha", filters=Filters(year=year, certain=True)).results
    certainties = {
        entry.kind: entry.certainty for entry in entries if entry.kind in AT_THE_END
    }
    assert set(certainties.values()) == ({expected} if expected else set())
    assert {entry.kind for entry in sure} == (
        set(certainties) if expected == "certain" else set()
    )


@pytest.mark.parametrize(
    ("end", "time", "in_force"),
    [
        ("2017/..", "2016", "certain"),
        ("2017/..", "2019", "possible"),
        ("2017/", "2019", "possible"),
        ("2017/2019", "2018", "possible"),
        ("2017/2019", "2020", "no"),
        ("../2019", "2020", "no"),
        ("../2019", "2010", "possible"),
    ],
)
def test_as_of_agrees(data: Write, end: str, time: str, in_force: str) -> None:
    with opened(data, "1990", end) as kb:
        shown = kb.show("a-b", as_of=time).results[0].standing
        listed: Any = kb.list("partnerships", Filters(as_of=time)).results
        ended = kb.list(
            "partnerships", Filters(as_of=time, status="ended", certain=True)
        ).results
    assert shown is not None
    assert shown.in_force == in_force
    assert [row.certainty for row in listed] == ([] if in_force == "no" else [in_force])
    assert bool(ended) is (in_force == "no")


@pytest.mark.parametrize(
    ("start", "end", "header"),
    [
        ("1990", "2017/..", "Sister cities since 1990, until 2017 or later"),
        ("1990", "2017/", "Sister cities since 1990, until 2017 or later"),
        (
            "1990",
            "../2017-05",
            "Sister cities since 1990, until May 2017 or earlier (ended)",
        ),
        (
            "1959/..",
            "2017/2019",
            "Sister cities since 1959, until some time between 2017 and 2019 (ended)",
        ),
    ],
)
def test_the_page_says_so(data: Write, start: str, end: str, header: str) -> None:
    with opened(data, start, end) as kb:
        lines = list(plain.lines(page(kb.timeline("alpha", "beta"))))
    assert lines[1] == header
    assert not [
        line for line in lines if "since since" in line or line.startswith("since 2")
    ]
