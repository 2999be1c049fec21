from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import ROOT

from citylinks.cli.commands import COMMANDS
from citylinks.cli.completion.candidates import (
    GENERAL_OPTIONS,
    complete_line,
    parse_line,
    split,
)
from citylinks.cli.completion.suggestions import PartialValue
from citylinks.cli.completion.values import COMPLETES
from citylinks.cli.help.general import OPTIONS
from citylinks.cli.options import flags_of
from citylinks.cli.parameters import command_fields, command_module, is_argument
from citylinks.cli.program import build_command
from citylinks.exporters import format_names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def frozen_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CITYLINKS_DATA", str(ROOT / "tests" / "data"))
    monkeypatch.chdir(ROOT)


def offered(line: str, shell: str = "zsh") -> list[str]:
    return [hint.value for hint in complete_line(f"citylinks {line}", shell)]


# -- What is offered follows from what the commands declare ----------------------


def kinds(command: str) -> set[str]:
    """The kinds of value that the arguments and options of a command have."""
    fields = command_fields(command_module(command))
    return {field.option.completes for field in fields if field.option} - {""}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_kind_of_value_is_known(command: str) -> None:
    assert kinds(command) <= COMPLETES.keys()


def test_every_kind_of_value_is_one_of_some_command() -> None:
    used = set().union(*(kinds(command) for command in COMMANDS))
    assert used | {"command", "help topic"} == COMPLETES.keys()


@pytest.mark.parametrize("kind", COMPLETES)
def test_every_kind_of_value_offers_something(kind: str) -> None:
    assert COMPLETES[kind](PartialValue(""))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_parser_has_the_same_options(command: str) -> None:
    declared = {
        flag
        for field in command_fields(command_module(command))
        if not is_argument(field)
        for flag in flags_of(field)
    }
    built = {
        flag
        for parameter in build_command(command).params
        if parameter.param_type_name == "option"
        for flag in parameter.opts
    }
    assert declared == built


def test_the_options_without_a_command_are_those_of_the_help() -> None:
    explanations = dict(OPTIONS)
    for name, about, _ in GENERAL_OPTIONS:
        spelled = next(names for names in explanations if name in names)
        assert explanations[spelled].startswith(about.removesuffix("."))


# -- Reading a line ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a", ["a"]),
        ("a ", ["a", ""]),
        ("a b  c", ["a", "b", "c"]),
        ("a 'b c", ["a", "b c"]),
        ('a "b c', ["a", "b c"]),
        ('a "b c" ', ["a", "b c", ""]),
        (r"a b\ c", ["a", "b c"]),
        ("a b\\", ["a", "b"]),
        ('a "', ["a", ""]),
        ("a #b 横", ["a", "#b", "横"]),
        ('a --b="c d', ["a", "--b=c d"]),
        ("", [""]),
    ],
)
def test_split(line: str, words: list[str]) -> None:
    assert split(line) == words


def test_parse() -> None:
    words = [
        "timeline",
        "a",
        "--theme",
        "x",
        "--json",
        "--data=d",
        "-o",
        "f",
        "b",
        "--",
        "--kind",
    ]
    line = parse_line(words, "t")
    assert line.command == "timeline"
    assert line.arguments == ("a", "b", "--kind")
    assert line.options == (
        ("--theme", "x"),
        ("--json", ""),
        ("--data", "d"),
        ("-o", "f"),
    )
    assert (line.awaits, line.is_past_options, line.data) == ("", True, ("d",))
    assert parse_line(["timeline", "--theme"], "").awaits == "--theme"
    assert parse_line(["timeline", "--theme", "--data"], "").awaits == "", (
        "--data is the theme"
    )
    assert parse_line([], "ti").command == ""


def test_a_data_directory_is_written_as_for_a_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("USERPROFILE", "/home/ada")
    monkeypatch.setenv("MINE", "/mine")
    line = parse_line(
        ["list", "--data", "~/a", "--data=$MINE/b", "--data", "shipped"], ""
    )
    assert line.data == ("/home/ada/a", "/mine/b", "shipped")


# -- What is offered --------------------------------------------------------------


def test_commands() -> None:
    assert offered("") == [*COMMANDS, "help"]
    assert offered("ti") == ["timeline"]
    assert offered("help ti") == ["timeline"]
    assert offered("help timeline ") == []
    assert offered("nothing ") == []
    assert offered("nothing --") == []
    [timeline] = complete_line("citylinks ti", "zsh")
    assert timeline.about == COMMANDS["timeline"]


def test_arguments() -> None:
    assert {"kazehama", "kazehama-maravel"} < {*offered("timeline ka")}
    assert offered("timeline kazehama-ma") == ["kazehama-maravel"]
    assert offered("timeline --json --theme energy kazehama-ma") == ["kazehama-maravel"]
    assert offered("timeline kazehama ma") == ["maravel", "matalua"], (
        "the next are cities"
    )
    assert offered("timeline maravel mar") == [], "the same city twice is an error"
    assert offered("timeline 風浜 mar") == ["maravel"]
    assert offered("timeline Kazehama kaz") == []
    assert offered("timeline lanxing kazehama ma") == ["maravel", "matalua"], (
        "any number"
    )
    assert offered("timeline lanxing maravel ma") == ["matalua"]
    assert offered("show city/mara") == ["city/maravel"]
    assert offered("list c") == ["cities"]
    assert offered("list sister-c") == ["sister-cities"]
    assert offered("list partnerships mara") == ["maravel"]
    assert offered("stats mara") == offered("anniversaries mara") == ["maravel"]
    assert offered("show maravel kaz") == ["kazehama"], "two cities"
    assert offered("mara")[0] == "maravel", "without a command"
    assert offered("schema output/st") == ["output/stats"]
    assert offered("index re") == ["rebuild"]
    assert offered("completion ") == ["bash", "zsh", "fish", "powershell"]
    assert offered("search si") == []
    assert offered("validate da") == offered("validate data da") == [":files"]


def test_arguments_without_a_command() -> None:
    assert offered("kazehama ma") == ["maravel", "matalua"], "a second city"
    assert offered("風浜 mar") == ["maravel"]
    assert offered("'Port of Kazehama' ma") == ["maravel", "matalua"]
    assert offered("kazehama lanxing ma") == ["maravel", "matalua"], "any number"
    assert offered("maravel mar") == [], "the same city twice is an error"
    assert offered("kazehama-maravel ma") == [], "a partnership has no second city"
    assert offered("nowhere ma") == []


def test_options_without_a_command() -> None:
    assert offered("kazehama --br") == ["--brief"], "one city is shown"
    assert offered("kazehama-maravel --br") == ["--brief"]
    assert offered("kazehama --as-of 1990 --bri") == ["--brief"]
    assert offered("kazehama maravel --b") == ["--by", "--between"], "two: a timeline"
    assert offered("kazehama --the") == ["--theme"], "which only a timeline has"
    assert offered("kazehama --theme wa") == ["wastewater", "water"]
    assert offered("kazehama --theme=was") == ["--theme=wastewater"]
    assert offered("kazehama maravel --theme wa") == ["wastewater", "water"]
    assert offered("nowhere --br") == []


def test_values() -> None:
    assert offered("timeline --theme wa") == ["wastewater", "water"]
    assert offered("timeline --with lan") == ["lanxing"]
    assert offered("timeline --by ") == ["decade", "theme", "city"]
    assert offered("list events --kind vis") == ["visit"]
    assert offered("list events --status e") == ["ended"]
    assert offered("list cities --level p") == ["prefecture", "port"]
    assert offered("list cities --country jap") == ["japan"]
    assert "western-europe" not in offered("list cities --region western e")
    assert offered("list cities --region 'western e") == ["western-europe"]
    assert offered("show lumina-works --organization x") == []
    assert offered("timeline --organization lum") == ["lumina-works"]
    assert offered("stats --by d") == ["decade"]
    assert offered("stats --color a") == ["auto", "always"]
    assert offered("stats --format ") == format_names("list")
    assert offered("validate --format t") == ["text", "tsv"]
    assert offered("stats --output x") == offered("stats -o x") == [":files"]
    assert offered("stats --data sh") == ["shipped", ":directories"]
    for option in ("--year", "--from", "--to", "--limit"):
        assert offered(f"search x {option} ") == []


def test_values_after_an_equals_sign() -> None:
    assert offered("timeline --theme=wa") == [
        "--theme=wastewater",
        "--theme=water",
    ]
    assert offered("timeline --data=sh") == ["--data=shipped", ":directories"]
    assert offered("timeline --json=x") == offered("timeline --nothing=x") == []
    assert offered("timeline -- --theme=x") == []


def test_options() -> None:
    assert offered("--") == ["--help", "--version"]
    assert offered("timeline --the") == ["--theme"]
    assert offered("timeline --theme energy --the") == ["--theme"], "may be given again"
    assert offered("timeline --json --js") == []
    assert offered("timeline --js") == ["--json"]
    assert offered("timeline -- --js") == []
    assert "--limit" in offered("search -")
    assert offered("stats gro") == ["growth"]
    assert offered("schema record/city ")[0] == "--output", (
        "there is nothing else that could come"
    )
    [theme] = complete_line("citylinks timeline --the", "zsh")
    assert theme.about == "Only this theme and its narrower themes."


def test_data_that_is_named_before(tmp_path: Path) -> None:
    for folder in ("cities", "partnerships", "events"):
        (tmp_path / "my data" / folder).mkdir(parents=True)
    (tmp_path / "my data" / "cities" / "zzyzx.yaml").write_text(
        "name: Zzyzx\n", encoding="utf-8"
    )
    assert offered(f"timeline --data '{tmp_path}/my data' zz") == ["zzyzx"]
    assert offered(f"timeline --data='{tmp_path}/my data' --with zz") == ["zzyzx"]
    assert offered(f"timeline --data '{tmp_path}/my data' --data shipped lyon-yo") == [
        "lyon-yokohama"
    ]
    assert offered("timeline zz") == []


# -- What a shell takes -------------------------------------------------------------


def test_several_that_begin_otherwise_do_not_take_the_place_of_what_was_typed() -> None:
    countries = offered("list cities --country GE")
    assert countries == ["GE", "georgia", "germany", ":unlike"]
    assert offered("timeline 風浜市") == ["kazehama"], "one alone may"
    assert offered("timeline 風") == ["kazehama", "port-of-kazehama", ":unlike"]
    assert ":unlike" not in offered("timeline KAZE")
    assert ":unlike" not in offered("timeline ")


def test_fish_gets_what_begins_as_it_was_typed() -> None:
    assert offered("timeline 風浜市", "fish") == ["風浜市"]
    assert offered("timeline --with=風浜市", "fish") == ["--with=風浜市"]
    assert offered("timeline KAZEHAMA-MA", "fish") == ["kazehama-maravel"]
    assert offered("timeline --with araç", "fish") == ["Araçuna"]
    assert offered("list cities --country GE", "fish") == ["GE", "georgia", "germany"]
    assert offered("list cities --output x", "fish") == [":files"]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("list partnerships --between jap", ["japan"]),
        ("list partnerships --between JP fra", ["france"]),
        ("list partnerships --between=JP fra", ["france"]),
        ("list partnerships --between JP benel", ["benelux"]),
        ("list partnerships --between=benel", ["--between=benelux"]),
        ("list events --between JP FR --with marav", ["maravel"]),
        ("list events --between=JP,FR --with marav", ["maravel"]),
        ("list partnerships --between JP FR --betw", []),
    ],
)
def test_two_places_follow_one_flag(line: str, values: list[str]) -> None:
    assert offered(line) == values
