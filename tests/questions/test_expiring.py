"""Agreements that run out: which, how surely, and what takes their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import Filters, KnowledgeBase
from citylinks.questions.expiring import is_renewed, renewal
from citylinks.views import page, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    WriteData = Callable[[Mapping[str, str]], Path]

MEMBERS = ["alpha", "beta", "gamma"]


def paper(kind: str = "protocol", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, **fields}


OLD = paper(signed="2013", expires="2018-03")

# Another paper of the tie, below or above the old one -> whether it takes its place.
OTHERS = [
    (paper(signed="2018-02"), True),
    (paper("renewal", signed="2018-02"), True),
    (paper("renewal"), True),
    (paper("renewal", signed="2013"), True),
    (paper("renewal", signed="2012?"), False),
    (paper("renewal", signed="1984~"), False),
    (paper("renewal", signed="2014?"), True),
    (paper(), True),
    (paper("renewal", signed="2012"), False),
    (paper(signed="2012"), False),
    (paper("agreement", signed="2018-02"), False),
    (paper(signed="2018-02", parties=["alpha", "beta"]), False),
    (paper(signed="2018-02", parties=["gamma", "beta", "alpha"]), True),
    (paper(signed="2014", expires="2017"), False),
    (paper(signed="2014", expires="2018-02"), False),
    (paper(signed="2014", expires="2019"), True),
]


@pytest.mark.parametrize(("other", "is_taken"), OTHERS, ids=str)
def test_what_takes_the_place_of_a_paper(other: dict[str, Any], is_taken: bool) -> None:
    assert is_renewed(0, [OLD, other], MEMBERS) is is_taken
    assert is_renewed(1, [other, OLD], MEMBERS) is is_taken


# The dates of a renewal and of what it may renew -> how sure it is that it does.
RENEWALS = [
    ("1984?", "2019", None),
    ("1984?", "2019-05-02?", None),
    ("198X", "2019", None),
    ("2018%", "2019", "possible"),
    ("2018~", "2019", "possible"),
    ("2019?", "2019-05", "possible"),
    ("2019-05?", "2019", "possible"),
    ("1984", None, "possible"),
    ("2019", "2019-05", "certain"),
    ("2021?", "2019", "certain"),
    ("2021", "2019?", "certain"),
    (None, "2019?", "certain"),
]


@pytest.mark.parametrize(("signed", "before", "expected"), RENEWALS)
def test_a_renewal_is_never_earlier(
    signed: str | None, before: str | None, expected: str | None
) -> None:
    dates = [{"signed": date} if date else {} for date in (before, signed)]
    papers = [
        paper("memorandum-of-understanding", expires="2027", **dates[0]),
        paper("renewal", **dates[1]),
    ]
    assert renewal(0, papers, MEMBERS) == expected


def test_of_two_of_one_year_the_one_below_is_later() -> None:
    papers = [
        paper(signed="2013", expires="2018"),
        paper(signed="2013", expires="2018"),
    ]
    assert [is_renewed(number, papers, MEMBERS) for number in (0, 1)] == [True, False]


def test_two_of_one_day_do_not_renew_each_other() -> None:
    papers = [paper(signed="2013-03-05", expires="2018"), paper(signed="2013-03-05")]
    assert [is_renewed(number, papers, MEMBERS) for number in (0, 1)] == [False, False]


@pytest.mark.parametrize("kind", ["protocol", "renewal"])
def test_of_papers_of_one_kind_one_always_stands(kind: str) -> None:
    dates = ("2013", "2013-05", "2013-02", None, "2012~", "2013?", None, "2013")
    papers = [
        paper(kind, expires="2018", **({"signed": date} if date else {}))
        for date in dates
    ]
    assert not all(is_renewed(number, papers, MEMBERS) for number in range(len(papers)))


MEMORANDUM = """\
kind: sister-city
members: [alpha, beta]
agreements:
  - {{kind: memorandum-of-understanding, signed: 2019, expires: 2027}}
  - {{kind: renewal, signed: "{signed}"}}
"""


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("1984?", [None]),
        ("2019-03?", ["possible"]),
        ("2018~", ["possible"]),
        ("2020?", []),
    ],
)
def test_what_is_perhaps_renewed_is_listed_and_said(
    data: WriteData, signed: str, expected: list[str | None]
) -> None:
    files = {
        "cities/alpha.yaml": "name: Alpha",
        "cities/beta.yaml": "name: Beta",
        "partnerships/a-b.yaml": MEMORANDUM.format(signed=signed),
    }
    with KnowledgeBase.open(data(files)) as kb:
        answer = kb.expiring(within="24m")
    assert [row.renewed for row in answer.results] == expected
    printed = "".join(plain.lines(page(answer)))
    assert ("possibly: a date is missing" in printed) is ("possible" in expected)


# -- The question -------------------------------------------------------------

TIE = """\
kind: sister-city
members: [alpha, beta]
{status}agreements:
  - {{kind: protocol, signed: 2010, expires: "{expires}"}}
"""


@pytest.fixture
def ask_expiry(data: WriteData) -> Callable[..., list[tuple[Any, Any]]]:
    """Ask on 22 November 2026 of a tie with one agreement, and return how sure its end
    is.
    """

    def ask(
        expires: str, standing: str = "", within: str | None = None, **filters: Any
    ) -> list[tuple[Any, Any]]:
        files = {
            "cities/alpha.yaml": "name: Alpha",
            "cities/beta.yaml": "name: Beta",
            "partnerships/a-b.yaml": TIE.format(expires=expires, status=standing),
        }
        with KnowledgeBase.open(data(files)) as kb:
            answer = kb.expiring(Filters(**filters), within=within)
        return [(row.certainty, row.past) for row in answer.results]

    return ask


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        ("2026-11-21", [(None, "certain")]),
        ("2026-11-22", [("certain", None)]),
        ("2027-11-22", [("certain", None)]),
        ("2027-11-23", []),
        ("2027-11", [("possible", None)]),
        ("2026", [("possible", "possible")]),
        ("2027", [("possible", None)]),
        ("2025", [(None, "certain")]),
        ("2025?", [(None, "possible")]),
        ("2025~", [("possible", "possible")]),
        ("2026-12?", [("possible", None)]),
        ("202X", [("possible", "possible")]),
        ("[2026-10..2026-12]", [("possible", "possible")]),
    ],
)
def test_how_sure_an_end_is_within_a_year(
    ask_expiry: Callable[..., list[tuple[Any, Any]]],
    expires: str,
    expected: list[tuple[Any, Any]],
) -> None:
    assert ask_expiry(expires) == expected
    assert ask_expiry(expires, within="12m") == expected
    sure = [row for row in expected if "certain" in row]
    assert ask_expiry(expires, certain=True, within="12m") == sure


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        ("2025", [("certain", "certain")]),
        ("2024-12-31", []),
        ("2025?", [("possible", "possible")]),
        ("2024~", [("possible", "certain")]),
        ("202X", [("possible", "possible")]),
    ],
)
def test_a_time_of_its_own_is_that_time_only(
    ask_expiry: Callable[..., list[tuple[Any, Any]]],
    expires: str,
    expected: list[tuple[Any, Any]],
) -> None:
    assert ask_expiry(expires, year="2025") == expected


def test_ended_ties_are_told_of_where_they_are_asked_for(
    ask_expiry: Callable[..., list[tuple[Any, Any]]],
) -> None:
    assert ask_expiry("2027-01-01", "status: ended\n") == []
    assert ask_expiry("2027-01-01", "status: ended\n", status="ended") == [
        ("certain", None)
    ]
    assert ask_expiry("2027-01-01", "status: dormant\n") == [("certain", None)]
