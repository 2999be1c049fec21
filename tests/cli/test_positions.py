"""What stands after a command without an option: cities, kinds, the parties of one."""

from __future__ import annotations

import re

import pytest
from support import run_line

from citylinks.model.vocabulary import KINDS_OF
from citylinks.query.kinds import LIST_OF, MeantList, meant_list, plurals


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("list partnerships lyon", "list partnerships --with lyon"),
        ("list partnerships 横浜", "list partnerships --with yokohama"),
        ("list partnerships new york", "list partnerships --with new-york"),
        ("list events lyon yokohama", "list events --with lyon --with yokohama"),
        ("list events lyon,yokohama", "list events --with lyon --with yokohama"),
        (
            "list events lyon and milan --any",
            "list events --with lyon --with milan --any",
        ),
        ("list cities tokyo", "list cities --with tokyo"),
        ("list agreements yokohama --json", "list agreements --with yokohama --json"),
        ("anniversaries lyon", "anniversaries --with lyon"),
        ("expiring yokohama --within 5y", "expiring --with yokohama --within 5y"),
        ("stats lyon", "stats --with lyon"),
        ("stats lyon tokyo", "stats --with lyon --with tokyo"),
        ("stats growth seoul", "stats growth --with seoul"),
        ("stats new york --by theme", "stats --with new-york --by theme"),
        ("list city", "list cities"),
        ("list Partnership --with milan", "list partnerships --with milan"),
        ("list agreement", "list agreements"),
        ("list organisations", "list organizations"),
        ("list topics", "list themes"),
        ("list networks", "list partnerships --kind network"),
        ("list twinnings", "list partnerships --kind sister-city"),
        ("list sister-cities lyon", "list partnerships --kind sister-city --with lyon"),
        (
            "list sister cities tokyo",
            "list partnerships --kind sister-city --with tokyo",
        ),
        ("list 'Sister Cities'", "list partnerships --kind sister-city"),
        (
            "list tokyo sister cities",
            "list partnerships --kind sister-city --with tokyo",
        ),
        ("list sister_city", "list partnerships --kind sister-city"),
        ("list visits", "list events --kind visit"),
        ("list symposia", "list events --kind symposium"),
        (
            "list memoranda of understanding --with tokyo",
            "list agreements --kind memorandum-of-understanding --with tokyo",
        ),
        ("list universities", "list organizations --kind university"),
    ],
)
def test_words_are_read_as_options(typed: str, meant: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert printed.out == run_line(f"citylinks {meant}").out
    assert printed.code in {0, 2}


def test_a_kind_as_a_list_is_said() -> None:
    printed = run_line("citylinks list sister cities lyon")
    assert printed.err == (
        "citylinks: reading sister cities as partnerships --kind sister-city\n"
    )
    assert not run_line("citylinks list city").err


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("list countries", "citylinks stats --by country"),
        ("list Regions", "citylinks stats --by region"),
        ("list themes lyon", "citylinks stats lyon --by theme"),
        (
            "list organizations 'new york'",
            "citylinks stats 'new york' --by organization",
        ),
        ("list anniversaries", "citylinks anniversaries"),
        ("list networks --kind series", "leave out --kind"),
        ("list bananas", "choose from cities, partnerships"),
        ("list partnreships", "did you mean 'partnerships'?"),
        ("list", "citylinks list cities"),
        ("stats grwth", "did you mean 'growth'?"),
        ("show lyon yokohama tokyo", "citylinks timeline lyon yokohama tokyo"),
        ("show lyon jericho", "citylinks show lyon-jericho or citylinks show "),
        ("show lyon lyon", "the same city twice"),
    ],
)
def test_what_cannot_be_read_says_what_to_type(typed: str, message: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (2, "")
    assert message in printed.err


@pytest.mark.parametrize(
    "typed",
    [
        "list partnerships xyzzy",
        "list partnerships lyon xyzzy",
        "list cities events",
        "stats xyzzy",
        "anniversaries xyzzy",
        "expiring lyon xyzzy",
        "show lyon xyzzy",
        "show xyzzy lyon",
    ],
)
def test_an_unknown_city_is_named(typed: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (1, "")
    assert re.search("xyzzy|events", printed.err.lower())


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        ("lyon yokohama", "lyon-yokohama"),
        ("Yokohama Lyon", "lyon-yokohama"),
        ("横浜 リヨン", "lyon-yokohama"),
        ("lyon,yokohama", "lyon-yokohama"),
        ("lyon and yokohama", "lyon-yokohama"),
        ("'Lyon – Yokohama'", "lyon-yokohama"),
        ("tokyo seoul --json", "tokyo-seoul --json"),
        ("new york tokyo", "tokyo-new-york"),
        ("'new york' tokyo", "tokyo-new-york"),
        ("new york", "new-york"),
        ("ho chi minh city", "ho-chi-minh-city"),
        ("metropole-de-lyon addis-ababa", "lyon-addis-ababa"),
    ],
)
def test_two_cities_mean_their_partnership(typed: str, record: str) -> None:
    printed = run_line(f"citylinks show {typed}")
    assert printed.out
    assert printed == run_line(f"citylinks show {record}")


def test_two_cities_without_a_partnership() -> None:
    printed = run_line("citylinks show lyon 'new york'")
    assert (printed.code, printed.out) == (1, "")
    assert printed.err == (
        "citylinks: no partnership of lyon and new york is on record; what they share:"
        " citylinks timeline lyon 'new york'; how they are connected:"
        " citylinks path lyon 'new york'\n"
    )


@pytest.mark.parametrize("bearer", LIST_OF)
def test_every_kind_is_a_list_in_singular_and_plural(bearer: str) -> None:
    for kind in KINDS_OF[bearer]:
        for word in (kind, *plurals(kind), kind.upper(), kind.replace("-", " ")):
            assert meant_list(word) is not None, word


def test_plurals() -> None:
    assert plurals("letter-of-intent") == ("letters-of-intent",)
    assert plurals("sister-city") == ("sister-cities",)
    assert plurals("series") == ("series",)
    assert meant_list("memoranda of understanding") == MeantList(
        "agreements", ("memorandum-of-understanding",)
    )


def test_a_kind_that_sources_leave_open_is_hinted_at() -> None:
    printed = run_line("citylinks list sister-cities tokyo seoul")
    assert (printed.code, printed.out) == (0, "")
    assert "try --kind sister-or-friendship" in printed.err
