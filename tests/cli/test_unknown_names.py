"""Who names what is not there ends with the same exit code in every command that takes
names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from citylinks.cli.app import main
from citylinks.cli.commands import COMMANDS
from citylinks.cli.parameters import command_fields, command_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
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
    "themes.yaml": "light: {label: Light}\n",
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
}
ASKED = {
    "timeline": "timeline a",
    "search": "search alpha",
    "list": "list partnerships",
    "stats": "stats",
    "path": "path a b",
    "common": "common a b",
    "anniversaries": "anniversaries",
    "expiring": "expiring",
    "evidence": "evidence conflicts",
}
OF_NO_RECORD = {
    "validate", "import", "explain", "schema", "version", "completion", "index"
}  # fmt: skip
NAMING = ("theme", "organization", "with", "city")


def options(command: str) -> set[str]:
    """The options of a command that take the name of a record."""
    flags = {field.flag for field in command_fields(command_module(command))}
    return {flag.removeprefix("--") for flag in flags} & {*NAMING}


def calls() -> Iterator[str]:
    for forms in ARGUMENTS.values():
        yield from forms
    for command, request in ASKED.items():
        for option in sorted(options(command)):
            yield f"{request} --{option} {{}}"
    yield "stats growth --with {}"


@pytest.fixture
def world(data: Callable[[Mapping[str, str]], Path], cache: Path) -> Path:
    return data(WORLD)


def test_every_command_is_tried_here() -> None:
    assert {*ARGUMENTS} | {*ASKED} | OF_NO_RECORD == {*COMMANDS}
    assert all(not options(command) for command in OF_NO_RECORD)


@pytest.mark.parametrize("call", list(calls()))
@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("nowhere", 1, r"there is no .* 'nowhere'"),
        ("city/nowhere", 1, r"there is no .*nowhere'"),
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
    world: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    is_any = call in {"show {}", "evidence {}"}
    if name == "page" and is_any:
        pytest.skip("a source can be asked for here")
    if name == "Twice" and ("--theme" in call or "--organization" in call):
        code, message = 1, "'Twice' is a city, not a"
    arguments = [name if word == "{}" else word for word in call.split()]
    assert main([*arguments, "--data", str(world)]) == code
    output = capsys.readouterr()
    assert output.out == ""
    assert re.match(f"citylinks: {message}", output.err), output.err
    assert output.err.count("\n") == 1
