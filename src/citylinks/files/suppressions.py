"""`# citylinks: ignore CL402` at the end of a line, and the problems it hides."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.files.diagnostics import (
    RULE_BY_CODE,
    RULE_BY_NAME,
    Diagnostic,
    Location,
    find_rule,
)
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citylinks.files.diagnostics import Rule

_COMMENT = re.compile(r"#[ \t]*citylinks:[ \t]*ignore(?![\w-])([^#\r\n]*)")
UNUSED = RULE_BY_NAME["unused-ignore"]
EXAMPLE = "write '# citylinks: ignore CL401' at the end of the line concerned"
MOVE = "remove the comment, or put it at the end of the line concerned"


class Suppression(NamedTuple):
    """A comment that ignores the rules which its words name, on its line."""

    span: Location
    words: tuple[str, ...]

    @property
    def rules(self) -> set[Rule]:
        """The rules that it names."""
        return {rule for word in self.words if (rule := find_rule(word))}


def find_suppressions(raw: bytes | Diagnostic) -> str | None:
    """Return the suppressions in the comments of a file, as JSON; None where none is.

    `[[12, 20, ["CL402"]]]`: line and column, from 1, and the words that should name
    rules.
    """
    if not isinstance(raw, bytes) or b"citylinks:" not in raw:
        return None
    from citylinks.files.yaml_reader import find_comments

    comments: list[list[Any]] = []
    for line, column, match in find_comments(raw.decode(errors="replace"), _COMMENT):
        comments.append([line, column, re.findall(r"[^\s,]+", match[1])])
    return json.dumps(comments) if comments else None


def parse_suppressions(path: str, stored: str) -> list[Suppression]:
    """Return the suppressions of a file, as `find_suppressions` gave them."""
    return [
        Suppression(Location(path, line, column), tuple(words))
        for line, column, words in json.loads(stored)
    ]


def apply_suppressions(
    problems: Iterable[Diagnostic], ignores: Iterable[Suppression], *, is_whole: bool
) -> Iterator[Diagnostic]:
    """Yield the problems that no comment ignores, then those of the comments.

    Where some record could not be taken, the data is not whole: what a comment ignores
    may not have been looked for.
    """
    by_line = {(ignore.span.path, ignore.span.line): ignore for ignore in ignores}
    used: set[tuple[str, int, Rule]] = set()
    for problem in problems:
        place = (problem.span.path, problem.span.line)
        if place in by_line and problem.rule in by_line[place].rules:
            used.add((*place, problem.rule))
        else:
            yield problem
    for ignore in by_line.values():
        if UNUSED not in ignore.rules:
            yield from _comment_problems(ignore, used, is_whole=is_whole)


def _comment_problems(
    ignore: Suppression, used: set[tuple[str, int, Rule]], *, is_whole: bool
) -> Iterator[Diagnostic]:
    """Yield the problems of a comment: no rule, none known, or nothing to ignore."""
    place = (ignore.span.path, ignore.span.line)
    if not ignore.words:
        yield Diagnostic(
            UNUSED, ignore.span, "the comment names no rule to ignore", EXAMPLE
        )
    for word in dict.fromkeys(ignore.words):
        rule = find_rule(word)
        if rule is None:
            hint = did_you_mean(word, [*RULE_BY_CODE, *RULE_BY_NAME])
            message = f"there is no rule '{word}' to ignore{hint}"
            yield Diagnostic(UNUSED, ignore.span, message)
        elif is_whole and (*place, rule) not in used:
            message = f"nothing on this line breaks '{rule.code}' ({rule.name})"
            yield Diagnostic(UNUSED, ignore.span, message, MOVE)
