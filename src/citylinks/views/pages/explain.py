"""The rules as a page: a table of all, or what some of them want, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.blocks import Example, Heading, Prose, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.explain import Explained, RuleText
    from citylinks.views.blocks import Block


def page(answer: Explained) -> Iterator[Block]:
    """Yield each rule that was asked for; where none was, a line for each that there
    is.
    """
    if answer.query["rules"]:
        for rule in answer.results:
            yield from _rule(rule)
    else:
        rows = tuple(
            (rule.code, rule.rule, rule.severity, rule.wants) for rule in answer.results
        )
        yield TableBlock(("code", "rule", "severity", "wants"), rows)


def _rule(rule: RuleText) -> Iterator[Block]:
    yield Heading(f"{rule.code} {rule.rule} ({rule.severity})")
    yield Prose(rule.wants, has_code=True)
    for paragraph in (rule.why or "").split("\n\n"):
        if paragraph:
            yield Prose(" ".join(paragraph.split()), has_code=True)
    for label, text in (("Bad", rule.bad), ("Good", rule.good)):
        if text:
            yield Example(label, text)
