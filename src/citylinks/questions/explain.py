"""What rules want, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.files.diagnostics import RULES
from citylinks.lint import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.files.diagnostics import Rule

from typing import Any, NamedTuple


class RuleText(NamedTuple):
    """A rule: what it wants, in a sentence, and why; a bad and a good example, in YAML."""

    code: str
    rule: str
    severity: str
    wants: str
    why: str | None
    bad: str | None
    good: str | None


class Explained(NamedTuple):
    """What rules want; all of them where none was asked for."""

    query: dict[str, Any]
    results: tuple[RuleText, ...]


def explain(names: Sequence[str]) -> Explained:
    """Return the rules of these codes, names or beginnings of codes; without any, all
    rules.
    """
    asked = dict.fromkeys(rule for name in names for rule in rules.find_rules(name))
    return Explained(
        {"rules": list(names)}, tuple(_text(rule) for rule in asked or RULES)
    )


def _text(rule: Rule) -> RuleText:
    return RuleText(rule.code, rule.name, rule.severity.value, *rules.explanation(rule))
