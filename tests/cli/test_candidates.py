from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support import ROOT

from citylinks.cli.app import COMMANDS, build
from citylinks.cli.app import OPTIONS as GENERAL
from citylinks.cli.completion import candidates as module
from citylinks.cli.completion.candidates import (
    ARGUMENTS,
    REPEATED,
    VALUES,
    candidates,
    parse_line,
    split,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("CITYLINKS_DATA", raising=False)
    monkeypatch.chdir(ROOT)


def offered(line: str, shell: str = "zsh") -> list[str]:
    return [hint.value for hint in candidates(f"citylinks {line}", shell)]


def options(command: str) -> list[Any]:
    return [one for one in build(command).params if one.param_type_name == "option"]


# -- What is listed is what the commands declare --------------------------------


def test_every_command_says_what_its_arguments_are() -> None:
    assert ARGUMENTS.keys() == {*COMMANDS, "help"}
    assert ARGUMENTS.keys() >= REPEATED


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_with_a_value_says_what_that_is(command: str) -> None:
    for option in options(command):
        for name in option.opts:
            assert (name in VALUES) != option.is_flag, name


def test_no_value_is_of_an_option_that_is_none() -> None:
    declared = {
        (name, command)
        for command in COMMANDS
        for o in options(command)
        for name in o.opts
    }
    for key in VALUES:
        command, _, name = key.rpartition(" ")
        assert [
            one for one in declared if one[0] == name and command in {"", one[1]}
        ], key


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_is_offered_more_arguments_than_it_takes(command: str) -> None:
    arguments = [
        one for one in build(command).params if one.param_type_name == "argument"
    ]
    takes_many = any(one.nargs < 0 for one in arguments)
    assert takes_many or len(ARGUMENTS[command]) == sum(one.nargs for one in arguments)
    assert takes_many or command not in REPEATED


def test_the_options_without_a_command_are_those_of_the_help() -> None:
    said = dict(GENERAL)
    for name, about, _ in module._general():
        spelled = next(names for names in said if name in names)
        assert said[spelled].startswith(about.removesuffix("."))


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
    [timeline] = candidates("citylinks ti", "zsh")
    assert timeline.about == COMMANDS["timeline"]


def test_arguments() -> None:
    assert {"lyon", "lyon-yokohama"} < {*offered("timeline ly")}
    assert offered("timeline lyon-yo") == ["lyon-yokohama"]
    assert offered("timeline --json --theme energy lyon-yo") == ["lyon-yokohama"]
    assert offered("timeline yokohama ly") == ["lyon"], "the second is a city"
    assert offered("timeline lyon ly") == [], "the same city twice is an error"
    assert offered("timeline 横浜 yo") == ["yokohama"]
    assert offered("timeline Yokohama yo") == []
    assert {"tokyo", "tomsk"} < {*offered("timeline lyon yokohama to")}, "any number"
    assert {"tokyo", "tomsk"} & {*offered("timeline lyon tokyo to")} == {"tomsk"}
    assert offered("show city/lyo") == ["city/lyon"]
    assert offered("list c") == ["cities"]
    assert offered("schema output/st") == ["output/stats"]
    assert offered("index re") == ["rebuild"]
    assert offered("completion ") == ["bash", "zsh", "fish", "powershell"]
    assert offered("search si") == []
    assert offered("validate da") == offered("validate data da") == [":files"]


def test_values() -> None:
    assert offered("timeline --theme wastew") == ["wastewater", "wastewater-treatment"]
    assert offered("timeline --with lyo") == ["lyon"]
    assert offered("timeline --by ") == ["decade", "theme", "city"]
    assert offered("list events --kind vis") == ["visit"]
    assert offered("list events --status e") == ["ended"]
    assert offered("list cities --level p") == ["prefecture", "port"]
    assert offered("list cities --country jap") == ["japan"]
    assert offered("list cities --region western e") == []
    assert offered("list cities --region 'western e") == ["western-europe"]
    assert offered("show nedo --organization x") == []
    assert offered("timeline --organization ned") == ["nedo"]
    assert offered("stats --by d") == ["decade"]
    assert offered("stats --color a") == ["auto", "always"]
    assert offered("stats --format ") == [
        "text",
        "json",
        "jsonl",
        "csv",
        "tsv",
        "markdown",
    ]
    assert offered("validate --format t") == ["text", "tsv"]
    assert offered("stats --output x") == offered("stats -o x") == [":files"]
    assert offered("stats --data sh") == ["shipped", ":directories"]
    for option in ("--year", "--from", "--to", "--limit"):
        assert offered(f"search x {option} ") == []


def test_values_after_an_equals_sign() -> None:
    assert offered("timeline --theme=wastew") == [
        "--theme=wastewater",
        "--theme=wastewater-treatment",
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
    assert offered("stats ") == ["growth"]
    assert offered("stats growth ")[0] == "--by", (
        "there is nothing else that could come"
    )
    assert offered("show lyon ") == offered("show --")
    [theme] = candidates("citylinks timeline --the", "zsh")
    assert theme.about == "About this theme or a narrower one."


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
    assert offered("timeline 横浜市") == ["yokohama"], "one alone may"
    assert offered("timeline 横") == ["port-of-yokohama", "yokohama", ":unlike"]
    assert ":unlike" not in offered("timeline YOKO")
    assert ":unlike" not in offered("timeline ")


def test_fish_gets_what_begins_as_it_was_typed() -> None:
    assert offered("timeline 横浜市", "fish") == ["横浜市"]
    assert offered("timeline --with=横浜市", "fish") == ["--with=横浜市"]
    assert offered("timeline YOKOHAMA-CE", "fish") == ["yokohama-cebu"]
    assert offered("timeline são", "fish") == ["São Paulo (state)"]
    assert offered("list cities --country GE", "fish") == ["GE", "georgia", "germany"]
    assert offered("list cities --output x", "fish") == [":files"]
