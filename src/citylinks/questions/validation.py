"""The problems of the data, in the order of its files; or how many there are of each rule."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import checks, ignores, paths, settings
from citylinks.answers import Problem, RuleCount, Statistics, Totals, Validation
from citylinks.diagnostics import RULE_BY_NAME, Severity
from citylinks.files import list_files, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citylinks.checks import Checked
    from citylinks.diagnostics import Diagnostic, Span
    from citylinks.questions.session import Session
    from citylinks.settings import Settings

# A file that could not be read was not held against any rule: no setting hides that.
UNCHECKED = frozenset(
    RULE_BY_NAME[name]
    for name in ("unreadable-file", "not-utf8", "tab", "yaml-syntax", "too-deep", "too-large")
)


class Wanted(NamedTuple):
    """Which problems are asked for.

    Of the files or folders of `only`, by absolute path, or of all; of the rules that `select` and
    not `ignore` mean, where the settings beside the data do not say. `strict` fails on warnings.
    """

    only: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    strict: bool = False

    def settings_of(self, directory: str) -> Settings:
        """Return the settings of a data directory, as far as they are not overruled."""
        found = settings.of(directory)
        if self.select:
            found = found._replace(select=settings.chosen(self.select), ignore=frozenset())
        if self.ignore:
            found = found._replace(ignore=settings.chosen(self.ignore))
        return found._replace(strict=found.strict or self.strict)


class Found(NamedTuple):
    """The problems that are asked for, in order, and what is to be said of all of them."""

    query: dict[str, Any]
    problems: list[Diagnostic]
    totals: Totals
    checked: Checked


def validation(found: Found, limit: int | None = None) -> Validation:
    """Return the problems, the first `limit` of them."""
    lines = _Lines()
    shown = found.problems[:limit]
    return Validation(found.query, tuple(_problem(one, lines) for one in shown), found.totals)


def statistics(found: Found) -> Statistics:
    """Return how many there are of each rule."""
    counted = Counter(problem.rule for problem in found.problems)
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0].code))
    return Statistics(
        found.query,
        tuple(RuleCount(rule.code, rule.name, rule.severity.value, n) for rule, n in rows),
        found.totals,
    )


def validate(session: Session, directories: Sequence[str], today: str, wanted: Wanted) -> Found:
    """Return what is wrong with the data, and what of it the index did not know yet."""
    told = {directory: wanted.settings_of(directory) for directory in directories}
    rows = session.fetch("SELECT no, path, ignores, is_left_out FROM file")
    files = {row["no"]: os.fsdecode(row["path"]) for row in rows}
    asked = {no for no, path in files.items() if _is_within(path, wanted.only)}
    checked = checks.check(session.index, today, asked if wanted.only else None)
    _, misplaced = list_files(directories)
    found = {*checked.problems, *(p for p in misplaced if _is_within(p.span.path, wanted.only))}
    comments = [
        ignore
        for row in rows
        if row["ignores"] and row["no"] in asked
        for ignore in ignores.read(files[row["no"]], row["ignores"])
    ]
    is_whole = not any(row["is_left_out"] for row in rows)
    kept = ignores.applied(found, comments, is_whole=is_whole)
    problems = sorted(_selected(kept, told), key=lambda problem: problem.sort_key)
    errors = sum(problem.rule.severity is Severity.ERROR for problem in problems)
    strict = any(_of(told, problem.span).strict for problem in problems)
    records = session.fetch("SELECT count(*) AS n FROM record")[0]["n"]
    totals = Totals(len(files), records, errors, len(problems) - errors, bool(errors) or strict)
    return Found(_query(directories, wanted), problems, totals, checked)


def _query(directories: Sequence[str], wanted: Wanted) -> dict[str, Any]:
    """Return the question as it was understood, for the envelope."""
    given = {
        "paths": [paths.shown(path) for path in wanted.only],
        "select": list(wanted.select),
        "ignore": list(wanted.ignore),
    }
    asked = {name: value for name, value in given.items() if value}
    return {"data": [paths.shown(directory) for directory in directories], **asked}


def _selected(found: Iterable[Diagnostic], told: dict[str, Settings]) -> Iterator[Diagnostic]:
    """Yield the problems of the rules that are asked for where they stand."""
    for problem in found:
        asked = _of(told, problem.span)
        if problem.rule in asked.select - asked.ignore or problem.rule in UNCHECKED:
            yield problem


def _of(told: dict[str, Settings], span: Span) -> Settings:
    """Return the settings of the innermost data directory that a place lies in."""
    around = [one for one in told if span.path.startswith(f"{one}{os.sep}")]
    return told[max(around, key=len)]


class _Lines:
    """The lines of files in which something is wrong, each file read once."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def of(self, span: Span) -> str | None:
        """Return the line where a problem stands; nothing where the file is no text."""
        if span.path not in self._files:
            self._files[span.path] = read(span.path).split("\n")
        lines = self._files[span.path]
        return lines[span.line - 1] if span.line <= len(lines) else None


def _is_within(path: str, only: Sequence[str]) -> bool:
    if not only:
        return True
    resolved = Path(path).resolve()
    return any(resolved.is_relative_to(Path(place).resolve()) for place in only)


def _problem(diagnostic: Diagnostic, lines: _Lines) -> Problem:
    return Problem(
        path=paths.shown(diagnostic.span.path),
        line=diagnostic.span.line,
        column=diagnostic.span.column,
        code=diagnostic.rule.code,
        rule=diagnostic.rule.name,
        severity=diagnostic.rule.severity.value,
        message=diagnostic.message,
        help=diagnostic.help,
        text=lines.of(diagnostic.span),
    )
