"""What the README's commands install is pinned, all of it, on each Python."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

PIN = re.compile(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*(; [^;]+)?")
LINES = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned() -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in LINES}


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """Return the packages that one needs, and those that they need."""
    packages: set[str] = set()
    waiting = [(name, extras)]
    while waiting:
        dependent, wanted = waiting.pop()
        for line in requires(dependent) or ():
            requirement = Requirement(line)
            package = canonicalize_name(requirement.name)
            if package not in packages and applies(requirement, wanted):
                packages.add(package)
                waiting.append((package, frozenset(requirement.extras)))
    return packages


def applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({"extra": extra}) for extra in extras or {""}
    )


def test_all_that_is_installed_is_pinned() -> None:
    """Once each, in one order, and by version alone: no address, no hash."""
    assert needed("citylinks", frozenset({"", "dev"})) <= pinned()
    assert [line for line in LINES if not PIN.fullmatch(line)] == []
    assert sorted(LINES, key=str.lower) == LINES
    assert len(pinned()) == len(LINES)


def test_what_builds_is_pinned() -> None:
    assert [
        line for line in PROJECT["build-system"]["requires"] if not PIN.fullmatch(line)
    ] == []


@pytest.mark.parametrize("line", PROJECT["project"]["dependencies"])
def test_a_pin_is_a_version_that_is_allowed(line: str) -> None:
    wanted = Requirement(line)
    [pin] = [
        each for each in map(Requirement, LINES) if each.name.lower() == wanted.name
    ]
    assert wanted.specifier.contains(str(pin.specifier).removeprefix("=="))


def test_both_commands_of_the_readme_use_the_pins() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"pip install [^\n]*?(?: && |\n)", text)
    assert len(commands) >= 2
    assert [
        command for command in commands if "-c constraints.txt" not in command
    ] == []
