"""Words that are no command: cities and records are shown, the rest is suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import run_line

from citylinks.cli.commands import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lyon yokohama", "timeline lyon yokohama"),
        ("Yokohama Lyon", "timeline Yokohama Lyon"),
        ("lyon,yokohama", "timeline lyon yokohama"),
        ("'lyon, yokohama'", "timeline lyon yokohama"),
        ("tokyo and berlin", "timeline tokyo berlin"),
        ("between tokyo and berlin", "timeline tokyo berlin"),
        ("リヨン 横浜", "timeline リヨン 横浜"),
        ("東京と北京", "timeline 東京 北京"),
        ("lyon yokohama tokyo", "timeline lyon yokohama tokyo"),
        ("'new york' tokyo", "timeline 'new york' tokyo"),
        ("new york tokyo", "timeline 'new york' tokyo"),
        ("tokyo paris --theme culture", "timeline tokyo paris --theme culture"),
        ("seoul tokyo --json", "timeline seoul tokyo --json"),
        ("seoul tokyo --limit=2", "timeline seoul tokyo --limit=2"),
        ("lyon", "show lyon"),
        ("'Lyon (France)'", "show lyon"),
        ("'Lyon, France' 'Yokohama (Japan)'", "timeline lyon yokohama"),
        ("'new york'", "show 'new york'"),
        ("new york", "show 'new york'"),
        ("Göteborg --json", "show Göteborg --json"),
        ("東京 --as-of 1990", "show 東京 --as-of 1990"),
        ("lyon --theme energy", "timeline lyon --theme energy"),
        ("lyon --limit 3", "timeline lyon --limit 3"),
        ("lyon-yokohama", "show lyon-yokohama"),
        ("lyon-yokohama --as-of 1990", "show lyon-yokohama --as-of 1990"),
        ("C40 Cities", "show 'C40 Cities'"),
        ("jica --format markdown", "show jica --format markdown"),
    ],
)
def test_cities_and_records_are_shown(typed: str, meant: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert printed.code == 0
    assert printed.out
    assert printed.out == run_line(f"citylinks {meant}").out
    assert (
        printed.err.splitlines()[0] == f"citylinks: reading this as: citylinks {meant}"
    )


def test_what_the_reading_cannot_take_is_refused_as_ever() -> None:
    printed = run_line("citylinks lyon yokohama --year noon")
    assert printed.code == 2
    assert "'noon' is not a date" in printed.err


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [
        ("timelin lyon", ["'timeline'"]),
        ("serach silk", ["'search'"]),
        ("yokohma", ["the city 'yokohama'"]),
        ("barcelna", ["the city 'barcelona'"]),
        ("climate", ["citylinks timeline --theme climate-change"]),
        ("energy", ["citylinks timeline --theme energy"]),
        ("エネルギー", ["citylinks timeline --theme energy"]),
        ("lyon energy", ["citylinks timeline lyon --theme energy"]),
        ("cities", ["citylinks list cities"]),
        ("partnerships lyon", ["citylinks list partnerships lyon"]),
        ("Sister Cities", ["citylinks list partnerships --kind sister-city"]),
        ("visits 'new york'", ["citylinks list events --kind visit 'new york'"]),
        ("lyon timeline", ["citylinks timeline lyon"]),
        ("japan", ["citylinks list partnerships --country japan"]),
        ("lyon japan", ["citylinks timeline lyon --country japan"]),
        ("asia", ["citylinks list partnerships --region asia"]),
    ],
)
def test_what_else_may_be_meant_is_suggested(
    typed: str, suggestions: list[str]
) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    for suggestion in suggestions:
        assert suggestion in printed.err


@pytest.mark.parametrize("typed", ["xyzzy", "lyon xyzzy", "xyzzy lyon", "xyzzy --json"])
def test_an_unknown_city_has_no_record(typed: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (1, "")
    assert "xyzzy" in printed.err.lower()


def test_other_data_is_asked_where_it_is_named() -> None:
    printed = run_line("citylinks maravel kazehama --data tests/data")
    assert "reading this as: citylinks timeline maravel kazehama" in printed.err
    assert "Maravel" in printed.out
    assert run_line("citylinks maravel --data=tests/data").code == 0
    assert run_line("citylinks maravel --data nowhere").code == 2
    printed = run_line("CITYLINKS_DATA=nowhere citylinks tmeline")
    assert printed.code == 2
    assert "did you mean 'timeline'?" in printed.err


def test_why_no_city_can_be_looked_up_is_said(tmp_path: Path) -> None:
    for typed in ("lyon", "lyon yokohama", "横浜", "what is lyon"):
        printed = run_line(f"CITYLINKS_DATA={tmp_path} citylinks {typed}")
        assert (printed.code, printed.out) == (2, "")
        assert printed.err.count("\n") == 1
        assert "is not a command, and cities cannot be looked up:" in printed.err
        assert f"'{tmp_path}' is not a data directory" in printed.err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_after_a_command_is_its_help(name: str) -> None:
    if name != "search":  # which takes any text
        help_ = run_line(f"citylinks {name} --help")
        assert run_line(f"citylinks {name} help") == help_


def test_a_search_takes_the_word_help() -> None:
    assert "Usage:" not in run_line("citylinks search help").out


@pytest.mark.parametrize("typed", ["lyn yokohma", "tokoy berln", "bangkk seul"])
def test_of_several_mistyped_cities_the_first_is_corrected(typed: str) -> None:
    printed = run_line(f"citylinks {typed}")
    first = typed.split(maxsplit=1)[0]
    assert printed.code == 1
    assert f"no record of {first}; did you mean '" in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "ending"),
    [
        ("lyn yokohma", "did you mean 'Lyon'? 'citylinks help' lists the commands\n"),
        ("xyzzy", "(citylinks list cities); 'citylinks help' lists the commands\n"),
    ],
)
def test_after_a_question_comes_a_sentence_of_its_own(typed: str, ending: str) -> None:
    assert run_line(f"citylinks {typed}").err.endswith(ending)
