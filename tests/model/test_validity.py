"""What held at a time: written from what the data model says of dates, not from the
code.
"""

from __future__ import annotations

from typing import Any

import pytest

from citylinks.model import validity
from citylinks.model.validity import Period, validity_between

TODAY = "2026-11-22"


def days(first: str, last: str | None = None) -> Period:
    return Period(first, last or first, TODAY)


YEAR_1985 = days("1985-01-01", "1985-12-31")


@pytest.mark.parametrize(
    ("start", "ends", "period", "sure"),
    [
        ("1959-04", (), days("1985-06-01"), "certain"),  # without an end it goes on
        ("1959-04", (), days("1959-03-31"), None),
        ("1959-04", (), days("1959-04-15"), "possible"),
        ("1959-04", (), days("1959-04-30"), "certain"),
        ("1959", (), days("1959-01-01", "1959-12-31"), "certain"),
        ("", (), YEAR_1985, "possible"),  # without a start it is possible
        ("", ("1984",), YEAR_1985, None),
        ("", ("1985",), YEAR_1985, "possible"),
        ("1959", ("",), YEAR_1985, "possible"),  # an unknown end
        ("1959", ("1985",), days("1984-12-31"), "certain"),
        ("1959", ("1985",), days("1985-07-01"), "possible"),
        ("1959", ("1985",), YEAR_1985, "certain"),  # on 1 January it still held
        ("1959", ("1985",), days("1986-01-01"), None),
        ("1959", ("1985", "1970"), YEAR_1985, None),  # the first of several ends
        ("1959", ("1985", ""), days("1984-12-31"), "possible"),
        ("1960~", (), YEAR_1985, "certain"),  # 1961 at the latest
        ("1960%", (), YEAR_1985, "possible"),  # never certain where doubt stands
        ("1960?", (), YEAR_1985, "possible"),
        ("1959", ("1990~",), YEAR_1985, "certain"),
        ("1959", ("1986~",), YEAR_1985, "certain"),
        ("1959", ("1985~",), YEAR_1985, "possible"),
        ("1986~", (), YEAR_1985, "possible"),  # about 1986 may be 1985
        ("1987~", (), YEAR_1985, None),
        ("195X", (), YEAR_1985, "certain"),
        ("198X", (), YEAR_1985, "possible"),
        ("..", ("1995-11",), YEAR_1985, "certain"),  # ever since, until then
    ],
)
def test_how_long_something_holds(
    start: str, ends: tuple[str, ...], period: Period, sure: str | None
) -> None:
    assert validity_between(start, *ends).at(period) == sure


NETWORK: dict[str, Any] = {
    "kind": "network",
    "start": "1970",
    "members": [
        {"city": "mumbai"},
        {"city": "kobe", "from": "1980", "until": "1990"},
        {"city": "kobe", "from": "2000"},
        {"city": "lyon", "until": "1984"},
        {"city": "milan", "from": "1985~"},
        {"city": "paris", "role": "chair", "from": "1990", "until": "1992"},
        {"city": "paris"},
        {"city": "delhi", "role": "founder"},
    ],
}


@pytest.mark.parametrize(
    ("city", "year", "sure"),
    [
        (
            "mumbai",
            "1969",
            None,
        ),  # nobody knows when it joined: perhaps at the beginning
        ("mumbai", "1970", "possible"),
        ("mumbai", "1985", "possible"),
        ("mumbai", "2026", "certain"),
        ("kobe", "1979", None),
        ("kobe", "1985", "certain"),
        ("kobe", "1995", None),
        ("kobe", "2005", "certain"),
        ("lyon", "1983", "possible"),
        ("lyon", "1985", None),
        ("milan", "1985", "possible"),
        ("paris", "1985", "possible"),
        ("paris", "1990", "certain"),  # it was in the chair, and has not left
        ("paris", "1995", "certain"),
        ("delhi", "1970", "certain"),
        ("seoul", "1985", None),
    ],
)
def test_who_belonged_to_a_tie(city: str, year: str, sure: str | None) -> None:
    assert (
        validity.membership_certainty(
            NETWORK, city, days(f"{year}-01-01", f"{year}-12-31")
        )
        == sure
    )


def test_the_members_of_a_tie_with_their_roles() -> None:
    members = validity.members_during(NETWORK, days("1991-01-01"))
    assert [(item["city"], item.get("role"), sure) for item, sure in members] == [
        ("mumbai", None, "possible"),
        ("milan", None, "certain"),
        ("paris", "chair", "certain"),
        ("paris", None, "certain"),
        ("delhi", "founder", "certain"),
    ]


def tie(*changes: tuple[str, str | None], **fields: str) -> dict[str, Any]:
    written = [
        {"is": is_, "since": since} if since else {"is": is_} for is_, since in changes
    ]
    return {"kind": "sister-city", "members": [], "status": written, **fields}


@pytest.mark.parametrize(
    ("body", "day", "statuses", "status"),
    [
        (tie(), "2023-01-01", {}, None),
        (tie(("active", None)), TODAY, {"active": "certain"}, "active"),
        # What is stated without a date is stated of today.
        (tie(("active", None)), "1985-01-01", {"active": "possible"}, None),
        (tie(("active", None), ("suspended", "2022-03")), "1985-01-01", {"active": "certain"},
         "active"),
        (tie(("active", None), ("suspended", "2022-03")), "2023-01-01", {"suspended": "certain"},
         "suspended"),
        (tie(("active", None), ("suspended", "2022-03")), "2022-03-15",
         {"active": "possible", "suspended": "possible"}, None),
        (tie(("active", "1965"), ("dormant", None)), "1990-01-01",
         {"active": "possible", "dormant": "possible"}, None),
        (tie(("active", "1965"), ("dormant", None)), "1960-01-01", {}, None),
        (tie(("dormant", "1990"), ("active", "2000"), ("ended", "2010")), "2011-01-01",
         {"ended": "certain"}, "ended"),
        # What comes next without a date comes before what has one.
        (tie(("planned", None), ("active", None), ("dormant", "2000")), "2023-01-01",
         {"dormant": "certain"}, "dormant"),
        (tie(("suspended", "2022"), ("ended", None)), "2021-01-01", {}, None),
        # The end of a tie is no status that it had before.
        (tie(("dormant", None), start="1990", end="2030"), "1995-01-01", {"dormant": "possible"},
         None),
        (tie(("dormant", None), start="1990", end="2030"), "2031-01-01", {"ended": "certain"},
         "ended"),
        # What has begun is planned no more.
        (tie(("planned", "2025-01"), start="2030"), "2026-01-01", {"planned": "certain"},
         "planned"),
        (tie(("planned", "2025-01"), start="2030"), "2031-01-01", {}, None),
        (tie(start="1959", end="2013-05-01"), "2013-04-30", {}, None),
        (tie(start="1959", end="2013-05-01"), "2013-05-02", {"ended": "certain"}, "ended"),
    ],
)  # fmt: skip
def test_the_status_of_a_tie(
    body: dict[str, Any], day: str, statuses: dict[str, str], status: str | None
) -> None:
    assert validity.statuses_during(body, days(day)) == statuses
    assert validity.last_certain_status(body, days(day)) == status


@pytest.mark.parametrize(
    ("body", "number", "day", "sure"),
    [
        (tie(("dormant", None), start="1990"), 0, TODAY, "certain"),
        (tie(("dormant", None), start="1990"), 0, "1995-01-01", "possible"),
        (tie(("dormant", None), start="1990"), 0, "1989-12-31", None),  # there was no tie
        (tie(("dormant", None)), 0, TODAY, "possible"),  # nor need there have been one
        (tie(("dormant", None), start="1990", end="2030"), 0, "1995-01-01", "possible"),
        (tie(("dormant", None), start="1990", end="2030"), 0, TODAY, "certain"),
        # Stated first, before another: since the tie began.
        (tie(("active", None), ("dormant", "2000"), start="1990"), 0, "1995-01-01", "certain"),
        (tie(("active", None), ("dormant", "2000"), start="1990"), 0, "1990-06-01", "possible"),
        (tie(("active", None), ("dormant", "2000"), start="1990"), 0, "2001-01-01", None),
        (tie(("active", "1990"), ("dormant", None), start="1990"), 1, "1989-01-01", None),
        # What is planned does not hold, nor does what has ended.
        (tie(("planned", None)), 0, TODAY, "certain"),
        (tie(("planned", None), start="2030"), 0, "2031-01-01", None),
        (tie(("active", None), ("ended", None), start="1990"), 1, "2031-01-01", "certain"),
        (tie(("active", None), ("ended", None), start="1990"), 1, "1995-01-01", "possible"),
    ],
)  # fmt: skip
def test_how_surely_a_tie_had_a_status_without_a_date(
    body: dict[str, Any], number: int, day: str, sure: str | None
) -> None:
    assert validity.status_certainty(body, number, days(day)) == sure


def test_what_is_only_planned_does_not_hold() -> None:
    assert validity.partnership_certainty(tie(("planned", None)), YEAR_1985) is None
    assert (
        validity.partnership_certainty(tie(("planned", None), start="1985"), YEAR_1985)
        == "certain"
    )
    assert (
        validity.partnership_certainty(
            tie(("planned", None), ("active", None)), YEAR_1985
        )
        == "possible"
    )


@pytest.mark.parametrize(
    ("body", "day", "sure"),
    [
        (tie(("ended", None), start="1970"), "1970-12-31", "possible"),
        (
            tie(("ended", None), start="1970"),
            TODAY,
            "possible",
        ),  # it may have ended today
        (tie(("ended", None), start="1970"), "2026-11-23", None),
        (
            tie(("suspended", "2022"), ("ended", None), start="1990"),
            "2010-01-01",
            "certain",
        ),
        (
            tie(("suspended", "2022"), ("ended", None), start="1990"),
            "2022-06-01",
            "possible",
        ),
        (
            tie(("suspended", "2022"), ("ended", "2030"), start="1990"),
            "2026-11-23",
            "certain",
        ),
    ],
)
def test_what_has_ended_nobody_knows_when_is_over_today(
    body: dict[str, Any], day: str, sure: str | None
) -> None:
    assert validity.partnership_certainty(body, days(day)) == sure


def test_which_papers_were_running() -> None:
    body = {
        "end": "2013",
        "agreements": [
            {"signed": "1959-04", "expires": "1970"},
            {"signed": "1980"},
            {"kind": "protocol"},
            {"signed": "1990"},
        ],
    }
    assert validity.agreements_during(body, YEAR_1985) == {1: "certain", 2: "possible"}
    assert validity.agreements_during(body, days("2014-01-01")) == {}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1985-01-01", "Bombay"),
        ("1995-11-15", None),
        ("1996-01-01", None),
        ("1600-01-01", "Bom"),
    ],
)
def test_what_a_place_was_called(day: str, name: str | None) -> None:
    body = {
        "name": "Mumbai",
        "aliases": [
            "Slum city",
            {"name": "बंबई", "lang": "hi", "from": "1661", "until": "1995-11"},
            {"name": "Bombay", "lang": "en", "from": "1661", "until": "1995-11"},
            {"name": "Bom", "until": "1661"},
        ],
    }
    assert validity.former_name(body, days(day)) == name


def test_a_record_as_it_was_leaves_out_what_was_yet_to_come() -> None:
    body = {
        "name": "The Net",
        "members": NETWORK["members"],
        "contacts": [{"name": "Somebody"}],
        "agreements": [{"kind": "agreement", "signed": "1990"}],
        "status": [{"is": "active"}, {"is": "dormant", "since": "2001"}],
        "outcomes": [{"summary": "a"}, {"summary": "b", "date": "1986"}],
        "counts": [{"of": "members", "value": 3, "date": "1985"}],
    }
    assert validity.record_during(body, days("1971-01-01")) == {
        "name": "The Net",
        "members": [
            {"city": "mumbai"},
            {"city": "lyon", "until": "1984"},
            {"city": "paris"},
            {"city": "delhi", "role": "founder"},
        ],
        "status": [{"is": "active"}],
        "outcomes": [{"summary": "a"}],
    }
