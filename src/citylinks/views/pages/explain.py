"""The rules as a page: a table of all, or some of them with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Example, Heading, Prose, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.explain import Explained, RuleText
    from citylinks.views.blocks import Block


def page(answer: Explained) -> Iterator[Block]:
    """Yield each rule that was asked for; where none was, the table of all rules."""
    if not answer.query["rules"]:
        columns = ("code", "rule", "severity", "wants")
        cells = tuple(map(_rule_cells, answer.results))
        yield TableBlock(columns, cells, hide_first=("severity",))
        return
    for rule in answer.results:
        yield from _rule_blocks(rule)


def _rule_cells(rule: RuleText) -> tuple[str, ...]:
    return (rule.code, rule.rule, rule.severity, rule.wants)


def _rule_blocks(rule: RuleText) -> Iterator[Block]:
    yield Heading(f"{rule.code} {rule.rule} ({rule.severity})")
    yield Prose(rule.wants, has_code=True)
    for paragraph in (rule.why or "").split("\n\n"):
        if paragraph:
            yield Prose(" ".join(paragraph.split()), has_code=True)
    for label, text in (("Bad", rule.bad), ("Good", rule.good)):
        if text:
            yield Example(label, text)
