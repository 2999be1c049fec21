"""What the rules say of themselves: the examples in their docstrings are true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.files.diagnostics import FORMER_NAMES, RULES, Rule, find_rule
from citylinks.lint.rules import rule_module

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]

# A docstring is a sentence, why, `Bad:` and `Good:` with what stands indented by four.
# There, each file begins with its name as a comment; where what is wrong cannot be
# shown, a sentence says it.
PARTS = re.compile(
    r"(?s)(?P<wants>[^\n]+\.)\n\n(?P<why>.+)\n\nBad:\n\n(?P<bad>.+)\n\nGood:\n\n(?P<good>.+)"
)
FILE = re.compile(r"^# ([\w./-]+\.\w+)\n", re.MULTILINE)
TOLD = {"CL101", "CL102", "CL103", "CL113"}  # a sentence says what is wrong
HERE = [rule for rule in RULES if rule.code < "CL3"]
NAMES = [rule.name for rule in HERE]


def part(rule: Rule, name: str) -> str:
    match = PARTS.fullmatch((rule_module(rule).__doc__ or "").strip())
    assert match, "a sentence, why, Bad and Good"
    return match[name]


def files(rule: Rule, name: str) -> dict[str, str]:
    """Return the files of an example, each with its first line; a tab is shown as its
    symbol.
    """
    lines = part(rule, name).replace("␉", "\t").split("\n")
    assert all(line.startswith("    ") or not line for line in lines)
    text = "\n".join(line[4:] for line in lines) + "\n"
    _, *parts = FILE.split(text)
    return {
        name: f"# {name}\n{rest}"
        for name, rest in zip(parts[::2], parts[1::2], strict=True)
    }


def reported(data: Path) -> set[str]:
    with KnowledgeBase.open(data) as kb:
        return {
            problem.code for problem in kb.validate().results if problem.code < "CL3"
        }


@pytest.mark.parametrize("rule", HERE, ids=NAMES)
def test_its_bad_example_breaks_it_and_no_other(rule: Rule, data: Write) -> None:
    shown = files(rule, "bad")
    assert bool(shown) == (rule.code not in TOLD)
    if shown:
        assert reported(data(shown)) == {rule.code}


@pytest.mark.parametrize("rule", HERE, ids=NAMES)
def test_its_good_example_breaks_none(rule: Rule, data: Write) -> None:
    shown = files(rule, "good")
    assert shown
    assert reported(data(shown)) == set()


@pytest.mark.parametrize("rule", HERE, ids=NAMES)
def test_it_says_why_in_lines_that_fit(rule: Rule) -> None:
    assert part(rule, "why").strip()
    assert all(
        len(line) <= 100 for line in (rule_module(rule).__doc__ or "").split("\n")
    )


@pytest.mark.parametrize("former", FORMER_NAMES)
def test_a_former_name_of_a_rule_is_understood(former: str) -> None:
    rule = find_rule(former)
    assert rule
    assert find_rule(rule.name) is rule
    assert rule.name != former
