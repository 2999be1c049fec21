"""Who names what is not there ends with the same exit code in every command that takes
names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import EXAMPLES, ROOT, example_of, run_line, write_data

from citylinks.cli.app import main
from citylinks.cli.commands import COMMANDS
from citylinks.cli.parameters import command_fields, command_module, is_argument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORLD = {
    "cities/all.yaml": "".join(
        f"---\nid: {id_}\nname: {name}\n"
        for id_, name in (
            ("a", "Alpha"),
            ("b", "Beta"),
            ("x-1", "Twice"),
            ("x-2", "Twice"),
        )
    ),
    "partnerships/a-b.yaml": "kind: sister-city\nmembers: [a, b]\nstart: 2001\n",
    "themes.yaml": "dusk: {label: Dusk}\n",
    "organizations.yaml": "works: {name: Works}\n",
    "sources.yaml": "page: {title: A page}\n",
}
# How each command is asked; `{}` is where a record is named.
ARGUMENTS = {
    "timeline": ("timeline {}", "timeline a {}", "timeline a {} --any"),
    "show": ("show {}",),
    "path": ("path a {}", "path {} a"),
    "common": ("common a {}", "common {} a"),
    "evidence": ("evidence {}",),
    "list": ("list partnerships {}",),
    "stats": ("stats growth {}",),
    "anniversaries": ("anniversaries {}",),
    "expiring": ("expiring {}",),
}
NAMING = ("theme", "organization", "with", "city")


def options(command: str) -> set[str]:
    """The options of a command that take the name of a record."""
    flags = {field.flag for field in command_fields(command_module(command))}
    return {flag.removeprefix("--") for flag in flags} & {*NAMING}


def arguments(command: str) -> set[str]:
    """The arguments of a command that take the name of a record."""
    fields = filter(is_argument, command_fields(command_module(command)))
    kinds = {field.option.completes for field in fields if field.option}
    return kinds & {"city", "record", "timeline subject", "evidence"}


def calls() -> Iterator[str]:
    for forms in ARGUMENTS.values():
        yield from forms
    for example in EXAMPLES:
        if example == example_of(example.command):
            for option in sorted(options(example.command)):
                yield f"{example.line} --{option} {{}}"
    yield "stats growth --with {}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the data and of the index, which is made once."""
    folder = tmp_path_factory.mktemp("names")
    write_data(folder / "data", WORLD)
    return folder


@pytest.fixture
def world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the options that name the data, that of the examples among them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    return ["--data", str(folder / "data"), "--data", str(ROOT / "tests" / "data")]


def test_every_command_is_tried_here() -> None:
    for command in COMMANDS:
        if options(command):
            example_of(command)
        assert not arguments(command) or command in ARGUMENTS, (
            f"'{command}' takes the name of a record: say in ARGUMENTS where"
        )


@pytest.mark.parametrize("call", list(calls()))
@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("nowhere", 1, r"no record of nowhere; the data covers 16 cities \(cityl"),
        ("city/nowhere", 1, r"no record of nowhere; the data covers 16 cities"),
        ("page", 1, r"'page' is a source, not a"),
        ("Twice", 2, r"'Twice' may be x-1 \(Twice\), or x-2"),
        (" ", 2, r"there is no .* ' ': a name has letters or digits"),
    ],
)
def test_who_is_not_there(
    call: str,
    name: str,
    code: int,
    message: str,
    world: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    is_any = call in {"show {}", "evidence {}"}
    if name == "page" and is_any:
        pytest.skip("a source can be asked for here")
    if "nowhere" in name and ("--theme" in call or "--organization" in call):
        message = "there is no .*nowhere'"
    if name == "Twice" and ("--theme" in call or "--organization" in call):
        code, message = 1, "'Twice' is a city, not a"
    words = [name if word == "{}" else word for word in call.split()]
    assert main([*words, *world]) == code
    output = capsys.readouterr()
    assert output.out == ""
    assert re.match(f"citylinks: {message}", output.err), output.err
    assert output.err.count("\n") == 1


def test_what_is_no_theme_but_in_texts_is_searched() -> None:
    data = f"--data {ROOT / 'tests' / 'questions' / 'search' / 'data'}"
    printed = run_line(f"citylinks list partnerships --theme tramway {data}")
    assert printed.code == 1
    assert printed.err.splitlines() == [
        "citylinks: there is no theme 'tramway'",
        "citylinks: 'tramway' occurs in texts: citylinks search tramway",
    ]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("tramway", "; did you mean 'tram' (Urban mobility)?"),
        ("tramwaylinie", "; did you mean 'tram' (Urban mobility)?"),
        ("silkworm", "; did you mean 'Silk'?"),
        ("robots", ""),
        ("sil", "; did you mean 'Silk'"),
        ("路面電車", ""),
    ],
)
def test_a_theme_that_begins_a_word_is_suggested(typed: str, hint: str) -> None:
    printed = run_line(f"citylinks timeline lyon --theme {typed}")
    assert printed.err.startswith(f"citylinks: there is no theme '{typed}'{hint}")
