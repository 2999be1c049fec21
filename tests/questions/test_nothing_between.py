"""What is printed where nothing lies between cities, and where two records share an id."""

from __future__ import annotations

import pytest
from support import run_line


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("timeline lyon shanghai", "Lyon and Shanghai have no partnership on record; they"
         " are connected through Yokohama: citylinks path lyon shanghai"),
        ("timeline Shanghai Lyon", "Shanghai and Lyon have no partnership on record; they"
         " are connected through Yokohama: citylinks path shanghai lyon"),
        ("timeline lyon --with shanghai", "connected through Yokohama"),
        ("timeline lyon kuala-lumpur", "Lyon and Kuala Lumpur have no partnership on"
         " record; they are not connected through other cities either"),
        ("timeline lyon yokohama --year 1800", "nothing matched these filters; without"
         " them 10 entries: citylinks timeline lyon yokohama"),
        ("timeline lyon shanghai --year 1800", "have no partnership on record"),
        ("timeline lyon kuala-lumpur tinca", "no two of Lyon, Kuala Lumpur and Tinca"),
        ("timeline barcelona birmingham", "Barcelona and Birmingham have no partnership"
         " on record, but share Eurocities and Délice; they are connected through Lyon:"
         " citylinks path barcelona birmingham"),
        ("timeline maravel matalua --data tests/data", "Maravel and Matalua have no"
         " partnership on record, but share Lantern Network; they are not connected"
         " through other cities either"),
    ],
)  # fmt: skip
def test_nothing_between_cities_is_explained(typed: str, message: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert printed.code == 0
    assert message in printed.err


def test_a_theme_that_is_none_but_occurs_in_texts_suggests_a_search() -> None:
    printed = run_line("citylinks list events --theme commune")
    assert (printed.code, printed.out) == (1, "")
    assert "citylinks search commune" in printed.err
    assert "search" not in run_line("citylinks list events --theme qwertz").err


def test_a_city_is_shown_before_what_has_its_id_too() -> None:
    printed = run_line("citylinks show metropole-de-lyon")
    assert printed.out == run_line("citylinks show city/metropole-de-lyon").out
    assert printed.err == (
        "citylinks: an organization has this id too:"
        " citylinks show organization/metropole-de-lyon\n"
    )


@pytest.mark.parametrize("typed", ["Lyon", "LYON", "lyon!", "Ｌｙｏｎ"])
def test_a_city_is_shown_before_a_source_with_its_name(typed: str) -> None:
    printed = run_line(f"citylinks show {typed}")
    assert printed.code == 0
    assert printed.out == run_line("citylinks show lyon").out
    assert printed.err == (
        "citylinks: a source has this name too: citylinks show source/lodz-lyon\n"
    )
    assert run_line(f"citylinks {typed}").out == printed.out


def test_cities_with_one_name_are_not_chosen_from() -> None:
    printed = run_line("citylinks show 'Port Halcyon' --data tests/data")
    assert (printed.code, printed.out) == (2, "")
    assert "port-halcyon-fj" in printed.err
