"""Cities in words as people type them, over the shipped data."""

from __future__ import annotations

import pytest
from support import run_line


@pytest.mark.parametrize(
    ("typed", "cities"),
    [
        ("lyon,yokohama", "lyon yokohama"),
        ("'lyon, yokohama'", "lyon yokohama"),
        ("lyon , yokohama", "lyon yokohama"),
        ("Lyon 、 横浜", "lyon yokohama"),
        ("tokyo and berlin", "tokyo berlin"),
        ("'tokyo and berlin'", "tokyo berlin"),
        ("lyon et milan", "lyon milan"),
        ("lyon und leipzig", "lyon leipzig"),
        ("barcelona y lyon", "barcelona lyon"),
        ("tokyo '&' seoul", "tokyo seoul"),
        ("tokyo -- - seoul", "tokyo seoul"),
        ("リヨン と 横浜", "lyon yokohama"),
        ("リヨンと横浜", "lyon yokohama"),
        ("東京和北京", "tokyo beijing"),
        ("new york tokyo", "new-york tokyo"),
        ("ho chi minh city and lyon", "ho-chi-minh-city lyon"),
        ("'new york, tokyo'", "new-york tokyo"),
        ("'seoul; tokyo; beijing'", "seoul tokyo beijing"),
    ],
)
def test_cities_are_taken_out_of_words(typed: str, cities: str) -> None:
    printed = run_line(f"citylinks timeline {typed}")
    assert printed == run_line(f"citylinks timeline {cities}")
    assert printed.out


def test_cities_are_taken_out_of_an_option() -> None:
    meant = run_line("citylinks list partnerships --with new-york --with tokyo")
    assert meant.out
    for value in ("'new york, tokyo'", "'New York and Tokyo'", "東京とニューヨーク"):
        assert run_line(f"citylinks list partnerships --with {value}") == meant
    either = run_line("citylinks list partnerships --with lyon --with milan --any").out
    assert either == run_line("citylinks list partnerships --with lyon,milan --any").out


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("lyon nowhere", "nowhere"),
        ("'lyon, nowhere in particular'", "nowhere in particular"),
        ("nowhere and lyon", "nowhere"),
    ],
)
def test_the_name_that_nobody_bears_is_named(typed: str, unknown: str) -> None:
    printed = run_line(f"citylinks timeline {typed}")
    assert (printed.code, printed.out) == (1, "")
    assert f"no record of {unknown};" in printed.err


def test_one_city_in_two_spellings_is_one() -> None:
    assert run_line("citylinks timeline 'lyon, Lyon'").code == 2
