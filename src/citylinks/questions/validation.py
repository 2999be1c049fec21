"""The problems of the data, in the order of its files; or how many there are of each
rule.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.errors import UsageError
from citylinks.files import paths, suppressions
from citylinks.files.diagnostics import RULE_BY_NAME, Diagnostic, Severity
from citylinks.files.listing import (
    misplaced_files,
    names_by_folder,
    read_again,
    read_text,
    unlisted,
)
from citylinks.index.tables import folders_unlisted
from citylinks.lint import configuration, runner
from citylinks.lint.runner import CheckResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citylinks.files.diagnostics import Location
    from citylinks.files.listing import SelectedNames
    from citylinks.files.suppressions import Suppression
    from citylinks.lint.configuration import LintSettings
    from citylinks.questions.session import Session


class Problem(NamedTuple):
    """One problem of the data at its place; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: str
    message: str
    help: str | None
    text: str | None


class RuleCount(NamedTuple):
    """How many problems of one rule there are."""

    code: str
    rule: str
    severity: str
    problems: int


class Totals(NamedTuple):
    """What was read and what is wrong with it; `is_failed` where that is not to be
    passed over.
    """

    files: int = 0
    records: int = 0
    errors: int = 0
    warnings: int = 0
    is_failed: bool = False


class Validation(NamedTuple):
    """The problems of the data, all of them or as many as were asked for; `totals`
    counts all.
    """

    query: dict[str, Any]
    results: tuple[Problem, ...]
    totals: Totals = Totals()

    @property
    def more(self) -> int:
        """How many more problems there are."""
        return self.totals.errors + self.totals.warnings - len(self.results)


class Statistics(NamedTuple):
    """How many problems there are of each rule that is broken, most first."""

    query: dict[str, Any]
    results: tuple[RuleCount, ...]
    totals: Totals = Totals()


# A file that could not be read was not held against any rule: no setting hides that.
UNCHECKED = frozenset(
    RULE_BY_NAME[name]
    for name in (
        "unreadable-file",
        "not-utf8",
        "tab",
        "yaml-syntax",
        "too-deep",
        "too-large",
    )
)
# What is wrong with a file's name, or keeps it from being read: nobody has read what
# stands there.
_OF_PATHS = frozenset(
    RULE_BY_NAME[name]
    for name in ("unreadable-file", "misplaced-file", "names-differ-in-case")
)

LONGEST_LINE = 2000  # characters of a line that is shown with what is wrong in it


class ValidationRequest(NamedTuple):
    """Which problems are asked for.

    Of the files or folders of `only`, by absolute path, or of all; of the rules that
    `select` and not `ignore` mean, where the settings beside the data do not say.
    `strict` fails on warnings. With `content`, `only` is one file, which is taken to
    hold that.
    """

    only: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    strict: bool = False
    content: bytes | None = None

    def settings_of(self, directory: str) -> LintSettings:
        """Return the settings of a data directory, as far as they are not overruled."""
        found = configuration.find_settings(directory)
        if self.select:
            found = found._replace(
                select=configuration.select_rules(self.select), ignore=frozenset()
            )
        if self.ignore:
            found = found._replace(ignore=configuration.select_rules(self.ignore))
        return found._replace(strict=found.strict or self.strict)


def placed(wanted: ValidationRequest, directories: Sequence[str]) -> ValidationRequest:
    """Return what is asked for with absolute paths; `UsageError` for one outside of the
    data.
    """
    if wanted.content is not None and len(wanted.only) != 1:
        raise UsageError(
            "content goes with one path in only, the file that is to hold it"
        )
    try:
        absolute = [Path(place).absolute() for place in wanted.only]
        absent = [place for place in absolute if paths.status(place) is None]
        real = [place.parent.resolve() / place.name for place in absolute]
    except (
        OSError,
        RuntimeError,
    ) as fault:  # the latter of a link that leads to itself
        said = getattr(fault, "strerror", None) or fault
        raise UsageError(f"only: a path cannot be followed: {said}") from None
    if wanted.content is None:
        _refuse_others(absent, zip(absolute, real, strict=True), directories)
    return wanted._replace(only=[str(place) for place in absolute])


def _refuse_others(
    absent: Sequence[Path],
    places: Iterable[tuple[Path, Path]],
    directories: Sequence[str],
) -> None:
    """Refuse what is not there, and what lies outside of the data."""
    for place in absent:
        raise UsageError(f"there is no file or folder '{paths.shown(str(place))}'")
    known = [Path(directory).resolve() for directory in directories]
    for place, real in places:
        if not any(real.is_relative_to(directory) for directory in known):
            shown = paths.shown(str(place))
            raise UsageError(
                f"'{shown}' lies in none of the data directories that are read"
            )


class ValidationResult(NamedTuple):
    """The problems that are asked for, in order, and what is to be said of all of them.

    `texts` holds, by path, what was read in place of a file.
    """

    query: dict[str, Any]
    problems: list[Diagnostic]
    totals: Totals
    checked: CheckResult
    texts: Mapping[str, str]


def validation(found: ValidationResult, limit: int | None = None) -> Validation:
    """Return the problems, the first `limit` of them."""
    lines = _Lines(found.texts)
    shown = found.problems[:limit]
    return Validation(
        found.query, tuple(_problem(one, lines) for one in shown), found.totals
    )


def statistics(found: ValidationResult) -> Statistics:
    """Return how many there are of each rule."""
    counted = Counter(problem.rule for problem in found.problems)
    rows = sorted(counted.items(), key=lambda item: (-item[1], item[0].code))
    return Statistics(
        found.query,
        tuple(
            RuleCount(rule.code, rule.name, rule.severity.value, n) for rule, n in rows
        ),
        found.totals,
    )


def validate(
    session: Session,
    directories: Sequence[str],
    today: str,
    wanted: ValidationRequest,
    texts: Mapping[str, str],
) -> ValidationResult:
    """Return what is wrong with the data, and what of it the index did not know yet."""
    told = {directory: wanted.settings_of(directory) for directory in directories}
    asked = names_by_folder(directories, wanted.only) if wanted.only else None
    numbers = None if asked is None else set(_numbers(session, asked))
    checked = runner.run_rules(session.index, today, numbers, texts)
    unread = _unlisted(session, asked)
    found = {*checked.problems, *misplaced_files(directories, asked), *unread}
    kept = suppressions.apply_suppressions(
        found, _comments(session, numbers), is_whole=_is_whole(session)
    )
    problems = sorted(_selected(kept, told), key=lambda problem: problem.sort_key)
    errors = sum(problem.rule.severity is Severity.ERROR for problem in problems)
    strict = any(_of(told, problem.span).strict for problem in problems)
    totals = Totals(
        _count(session, "file"),
        _count(session, "record"),
        errors,
        len(problems) - errors,
        bool(errors) or strict,
    )
    return ValidationResult(
        _query(directories, wanted), problems, totals, checked, texts
    )


def _unlisted(session: Session, asked: SelectedNames | None) -> Iterator[Diagnostic]:
    """Yield the problem of each folder that could not be listed when the data was read."""
    for folder, number in folders_unlisted(session.index):
        if asked is None or folder in asked:
            yield unlisted(folder, number)


def _comments(session: Session, numbers: set[int] | None) -> Iterator[Suppression]:
    """Yield what the comments of files ignore, of those of these numbers or of all."""
    for row in session.fetch(
        "SELECT no, path, ignores FROM file WHERE ignores IS NOT NULL"
    ):
        if numbers is None or row["no"] in numbers:
            yield from suppressions.parse_suppressions(
                os.fsdecode(row["path"]), row["ignores"]
            )


def _is_whole(session: Session) -> bool:
    return not session.fetch("SELECT 1 FROM left_out LIMIT 1")


def _count(session: Session, table: str) -> int:
    return int(session.fetch(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def _query(directories: Sequence[str], wanted: ValidationRequest) -> dict[str, Any]:
    """Return the question as it was understood, for the envelope."""
    given = {
        "paths": [paths.shown(path) for path in wanted.only],
        "select": list(wanted.select),
        "ignore": list(wanted.ignore),
    }
    asked = {name: value for name, value in given.items() if value}
    return {"data": [paths.shown(directory) for directory in directories], **asked}


def _selected(
    found: Iterable[Diagnostic], told: dict[str, LintSettings]
) -> Iterator[Diagnostic]:
    """Yield the problems of the rules that are asked for where they stand."""
    for problem in found:
        asked = _of(told, problem.span)
        if problem.rule in asked.select - asked.ignore or problem.rule in UNCHECKED:
            yield problem


def _of(told: dict[str, LintSettings], span: Location) -> LintSettings:
    """Return the settings of the innermost data directory that a place lies in."""
    around = [
        one for one in told if f"{span.path}{os.sep}".startswith(f"{one}{os.sep}")
    ]
    return told[max(around, key=len)]


def _numbers(session: Session, asked: SelectedNames) -> Iterator[int]:
    """Yield the numbers of the files of the index that are asked about."""
    for folder, names in asked.items():
        if names is None:
            rows = session.fetch(
                "SELECT no FROM file WHERE folder = ?", (os.fsencode(folder),)
            )
            yield from (row["no"] for row in rows)
        for name in names or ():
            path = os.fsencode(f"{folder}{os.sep}{name}")
            rows = session.fetch("SELECT no FROM file WHERE path = ?", (path,))
            yield from (row["no"] for row in rows)


class _Lines:
    """The lines of the file in which something is wrong: of one at a time, for they are
    sorted.

    `texts` holds, by path, what is read in place of a file.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._path = ""
        self._lines: list[str] = []

    def of(self, problem: Diagnostic) -> str | None:
        """Return the line where a problem stands; nothing where it is too long, or no
        text.
        """
        span = problem.span
        if span.path != self._path:
            self._path, self._lines = span.path, self._text(problem).split("\n")
        line = self._lines[span.line - 1] if span.line <= len(self._lines) else None
        return line if line is None or len(line) <= LONGEST_LINE else None

    def _text(self, problem: Diagnostic) -> str:
        path = problem.span.path
        if path in self._texts:
            return self._texts[path]
        return read_text(path) if problem.rule in _OF_PATHS else read_again(path)


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
        text=lines.of(diagnostic),
    )
