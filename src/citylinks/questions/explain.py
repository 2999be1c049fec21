"""What rules want, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks import rules
from citylinks.answers import Explained, RuleText
from citylinks.diagnostics import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.diagnostics import Rule


def explain(names: Sequence[str]) -> Explained:
    """Return the rules of these codes, names or beginnings of codes; without any, all rules."""
    asked = dict.fromkeys(rule for name in names for rule in rules.named(name))
    return Explained({"rules": list(names)}, tuple(_text(rule) for rule in asked or RULES))


def _text(rule: Rule) -> RuleText:
    return RuleText(rule.code, rule.name, rule.severity.value, *rules.explanation(rule))
