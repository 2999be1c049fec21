"""`# citylinks: ignore CL402` at the end of a line: what a file asks not to be told of
it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from citylinks.files.diagnostics import (
    RULE_BY_NAME,
    RULES,
    Diagnostic,
    Location,
    find_rule,
)
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citylinks.files.diagnostics import Rule

_ASKED = re.compile(r"#[ \t]*citylinks:[ \t]*ignore(?![\w-])([^#\r\n]*)")
UNUSED = RULE_BY_NAME["unused-ignore"]
EXAMPLE = "write '# citylinks: ignore CL401' at the end of the line that it is about"
MOVE = "remove the comment, or put it at the end of the line that it is about"


class Suppression(NamedTuple):
    """A comment that ignores the rules which its words name, on its line."""

    span: Location
    words: tuple[str, ...]

    @property
    def rules(self) -> set[Rule]:
        """The rules that it names."""
        return {rule for word in self.words if (rule := find_rule(word))}


def find_suppressions(raw: bytes | Diagnostic) -> str | None:
    """Return what the comments of a file ignore, as JSON; None where there are none.

    `[[12, 20, ["CL402"]]]`: line and column, from 1, and the words that should name
    rules.
    """
    if not isinstance(raw, bytes) or b"citylinks:" not in raw:
        return None
    from citylinks.files.yaml_reader import find_comments

    found = [
        [line, column, re.findall(r"[^\s,]+", one[1])]
        for line, column, one in find_comments(raw.decode(errors="replace"), _ASKED)
    ]
    return json.dumps(found) if found else None


def parse_suppressions(path: str, stored: str) -> list[Suppression]:
    """Return the ignores of the file at `path`, as `of` has them."""
    found = json.loads(stored)
    return [
        Suppression(Location(path, line, column), tuple(words))
        for line, column, words in found
    ]


def apply_suppressions(
    problems: Iterable[Diagnostic], ignores: Iterable[Suppression], *, is_whole: bool
) -> Iterator[Diagnostic]:
    """Yield the problems that no comment ignores, then those of the comments
    themselves.

    Where some record could not be taken, the data is not whole: what a comment ignores
    may not have been looked for.
    """
    asked = {(one.span.path, one.span.line): one for one in ignores}
    used: set[tuple[str, int, Rule]] = set()
    for problem in problems:
        place = (problem.span.path, problem.span.line)
        if place in asked and problem.rule in asked[place].rules:
            used.add((*place, problem.rule))
        else:
            yield problem
    for ignore in asked.values():
        if UNUSED not in ignore.rules:
            yield from _of_comment(ignore, used, is_whole=is_whole)


def _of_comment(
    ignore: Suppression, used: set[tuple[str, int, Rule]], *, is_whole: bool
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a comment: no rule, none of that name, or nothing to
    ignore.
    """
    place = (ignore.span.path, ignore.span.line)
    if not ignore.words:
        yield Diagnostic(
            UNUSED, ignore.span, "the comment names no rule to ignore", EXAMPLE
        )
    for word in dict.fromkeys(ignore.words):
        rule = find_rule(word)
        if rule is None:
            known = [name for one in RULES for name in (one.code, one.name)]
            said = f"there is no rule '{word}' to ignore{did_you_mean(word, known)}"
            yield Diagnostic(UNUSED, ignore.span, said)
        elif is_whole and (*place, rule) not in used:
            said = f"nothing on this line breaks '{rule.code}' ({rule.name})"
            yield Diagnostic(UNUSED, ignore.span, said, MOVE)
