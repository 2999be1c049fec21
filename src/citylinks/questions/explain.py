"""The explanations of the rules of `validate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.files.diagnostics import RULES
from citylinks.lint import rules
from citylinks.query.options import Option

if TYPE_CHECKING:
    from citylinks.files.diagnostics import Rule


class RuleText(NamedTuple):
    """A rule: its purpose and the reason for it, with a bad and a good YAML example."""

    code: str
    rule: str
    severity: str
    wants: str
    why: str | None
    bad: str | None
    good: str | None


class Explained(NamedTuple):
    """The explanations of the rules asked for, or of all.

    `more` is the number of rules beyond the limit.
    """

    query: dict[str, Any]
    results: tuple[RuleText, ...]
    more: int = 0


class ExplainQuery(NamedTuple):
    """The rules to explain; all of them if none is named."""

    rules: Annotated[
        Sequence[str],
        Option(
            "Codes, names or beginnings of codes: CL401, no-source, CL4.",
            metavar="[RULE...]",
            completes="rule",
            is_argument=True,
        ),
    ] = ()


def explain_rules(query: ExplainQuery) -> Explained:
    """Return the rules of these codes, names or beginnings of codes; else all rules."""
    requested: dict[Rule, None] = {}
    for name in query.rules:
        requested |= dict.fromkeys(rules.find_rules(name))
    texts = tuple(_text(rule) for rule in requested or RULES)
    return Explained({"rules": list(query.rules)}, texts)


def _text(rule: Rule) -> RuleText:
    return RuleText(rule.code, rule.name, rule.severity.value, *rules.explanation(rule))
