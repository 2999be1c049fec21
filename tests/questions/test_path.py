"""A path goes over ties that have begun; what is only planned connects nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks import Filters, KnowledgeBase
from citylinks.views import page, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]

CITIES = "".join(
    f"---\nid: {id_}\nname: {id_.title()}\n" for id_ in ("alpha", "beta", "gamma")
)
PLANS = [
    "status: planned",
    "status: [{is: planned, since: 2025}]",
    "status: planned\nstart: 2027",
    "start: 2027-01-01",
]


def opened(data: Write, first: str) -> KnowledgeBase:
    ties = f"id: a-b\nkind: sister-city\nmembers: [alpha, beta]\n{first}\n"
    ties += "---\nid: b-c\nkind: sister-city\nmembers: [beta, gamma]\nstart: 1990\n"
    return KnowledgeBase.open(
        data({"cities/all.yaml": CITIES, "partnerships/all.yaml": ties})
    )


@pytest.mark.parametrize("plan", PLANS)
def test_what_is_planned_connects_nobody(data: Write, plan: str) -> None:
    with opened(data, plan) as kb:
        assert kb.path("alpha", "beta").results == ()
        assert kb.path("alpha", "gamma", networks=True).results == ()
        assert (
            kb.path("alpha", "gamma", filters=Filters(kind="sister-city")).results == ()
        )


def test_unless_it_is_asked_for(data: Write) -> None:
    with opened(data, "status: planned") as kb:
        assert kb.path("alpha", "beta", filters=Filters(status="planned")).results
    with opened(data, "start: 2027") as kb:
        assert kb.path("alpha", "beta", filters=Filters(as_of="2028")).results


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ("start: 1990\nend: 2001", "sister cities since 1990, until 2001 (ended)"),
        ("status: ended", "sister cities (ended)"),
        ("start: 1990\nstatus: dormant", "sister cities since 1990 (dormant)"),
        ("start: 2026", "sister cities since 2026"),
        ("", "sister cities"),
        (
            "start: 1990\nstatus: [{is: planned}, {is: active}]",
            "sister cities since 1990",
        ),
    ],
)
def test_what_has_begun_connects_and_what_has_ended_is_said(
    data: Write, tie: str, expected: str
) -> None:
    with opened(data, tie) as kb:
        lines = list(plain.lines(page(kb.path("alpha", "beta"))))
    assert f"  {expected}" in lines
