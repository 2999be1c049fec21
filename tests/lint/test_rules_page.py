"""`docs/rules.md` is what `citylinks explain` says, and every rule says what it wants."""

from __future__ import annotations

import pytest
from support import ROOT, call

from citylinks.files.diagnostics import RULES, Rule
from citylinks.lint.rules import explanation

DOCUMENT = ROOT / "docs" / "rules.md"
FIRST_LINE = "| code |"


def document() -> str:
    """Return the page: its beginning as it stands, the table of the rules, what each
    wants.
    """
    beginning = DOCUMENT.read_text(encoding="utf-8").partition(FIRST_LINE)[0]
    table = call("citylinks explain --format markdown")
    assert table.startswith(FIRST_LINE)
    return (
        beginning
        + table
        + call("citylinks explain CL --format markdown").rstrip("\n")
        + "\n"
    )


def test_the_page_is_what_the_rules_say(request: pytest.FixtureRequest) -> None:
    made = document()
    if request.config.getoption("--rewrite"):
        DOCUMENT.write_text(made, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_what_it_wants_in_a_sentence(rule: Rule) -> None:
    wants = explanation(rule).wants
    assert wants.endswith(".")
    assert "\n" not in wants
