"""The problems of the data, in the order of its files, or by rule."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypedDict

from citylinks.errors import UsageError
from citylinks.files import paths, suppressions
from citylinks.files.diagnostics import RULE_BY_NAME, Diagnostic, Severity
from citylinks.files.listing import (
    find_file,
    misplaced_files,
    names_by_folder,
    unlisted,
)
from citylinks.files.reading import (
    MAX_BYTES,
    decode,
    read_again,
    read_text,
    too_large,
)
from citylinks.index import database
from citylinks.index.freshness import folders_unlisted
from citylinks.lint import configuration, runner
from citylinks.query.arguments import Paths
from citylinks.query.options import Option

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
    """The number of problems of one rule."""

    code: str
    rule: str
    severity: str
    problems: int


class Totals(NamedTuple):
    """The numbers of files and records that were read, and of their problems.

    `is_failed` is true if the problems make the validation fail.
    """

    files: int = 0
    records: int = 0
    errors: int = 0
    warnings: int = 0
    is_failed: bool = False


class Validation(NamedTuple):
    """The problems of the data, up to the limit; `totals` counts all of them."""

    query: dict[str, Any]
    results: tuple[Problem, ...]
    totals: Totals = Totals()

    @property
    def more(self) -> int:
        """How many more problems there are."""
        return self.totals.errors + self.totals.warnings - len(self.results)


class Statistics(NamedTuple):
    """The number of problems of each rule, the largest first.

    `more` is the number of rules beyond the limit.
    """

    query: dict[str, Any]
    results: tuple[RuleCount, ...]
    totals: Totals = Totals()
    more: int = 0


# A file that could not be read was not held against any rule: no setting hides that.
UNCHECKED = frozenset(
    (
        RULE_BY_NAME["unreadable-file"],
        RULE_BY_NAME["not-utf8"],
        RULE_BY_NAME["tab"],
        RULE_BY_NAME["yaml-syntax"],
        RULE_BY_NAME["too-deep"],
        RULE_BY_NAME["too-large"],
    )
)
# What is wrong with a file's name, or keeps it from being read: nobody has read what
# stands there.
_OF_PATHS = frozenset(
    (
        RULE_BY_NAME["unreadable-file"],
        RULE_BY_NAME["misplaced-file"],
        RULE_BY_NAME["names-differ-in-case"],
    )
)

LONGEST_LINE = 2000  # characters of a line that is shown with what is wrong in it


class ValidationQuery(NamedTuple):
    """The files and rules to check.

    `only` limits the check to some files or folders. `select` and `ignore` choose rules
    and override the settings beside the data. `strict` makes warnings fail. With
    `content`, `only` is one file, and `content` is checked in its place. `limit` is the
    largest number of results.
    """

    only: Paths = ()
    select: Annotated[
        Sequence[str],
        Option(
            "Report only these rules: CL3, no-source.", metavar="RULE", completes="rule"
        ),
    ] = ()
    ignore: Annotated[
        Sequence[str],
        Option("Do not report these rules.", metavar="RULE", completes="rule"),
    ] = ()
    strict: Annotated[bool, Option("Fail on warnings too.")] = False
    content: bytes | None = None
    limit: Annotated[
        int | None,
        Option(
            "Report at most N problems.",
            metavar="N",
            minimum=0,
        ),
    ] = None

    def settings_of(self, directory: str) -> LintSettings:
        """Return the settings of a data directory, as far as they are not overruled."""
        settings = configuration.find_settings(directory)
        if self.select:
            selected = configuration.select_rules(self.select)
            settings = settings._replace(select=selected, ignore=frozenset())
        if self.ignore:
            ignored = configuration.select_rules(self.ignore)
            settings = settings._replace(ignore=ignored)
        return settings._replace(strict=settings.strict or self.strict)


class ValidationOptions(TypedDict, total=False):
    """The options of `validate` as keywords."""

    select: Sequence[str]
    ignore: Sequence[str]
    strict: bool
    content: bytes | None
    limit: int | None


def place_query(wanted: ValidationQuery, directories: Sequence[str]) -> ValidationQuery:
    """Return a query with absolute paths; `UsageError` for one outside of the data."""
    if wanted.limit is not None and wanted.limit < 0:
        raise UsageError(f"limit must be 0 or more, not {wanted.limit}")
    if wanted.content is not None and len(wanted.only) != 1:
        raise UsageError(
            "'content' needs one path in 'only': the file that it replaces"
        )
    try:
        absolute = [Path(path).absolute() for path in wanted.only]
        absent = [path for path in absolute if paths.status(path) is None]
        if wanted.content is None:
            _refuse_absent(absent)
            paths.refuse_outside(absolute, directories)
    except (OSError, RuntimeError) as fault:  # the latter of a link to itself
        reason = getattr(fault, "strerror", None) or fault
        raise UsageError(f"a path in 'only' cannot be read: {reason}") from None
    return wanted._replace(only=[str(path) for path in absolute])


def _refuse_absent(absent: Iterable[Path]) -> None:
    for path in absent:
        raise UsageError(f"there is no file or folder '{paths.shown(str(path))}'")


class ValidatedData(NamedTuple):
    """The requested problems, in order, with the totals of all of them.

    `texts` holds, by path, what was read in place of a file.
    """

    query: dict[str, Any]
    problems: list[Diagnostic]
    totals: Totals
    texts: Mapping[str, str]


def validation(session: Session, query: ValidationQuery) -> Validation:
    """Return the problems of the data; the query has absolute paths."""
    checked = _check_data(session, query)
    lines = _Lines(checked.texts)
    shown = checked.problems[: query.limit]
    problems = tuple(_problem(diagnostic, lines) for diagnostic in shown)
    return Validation(checked.query, problems, checked.totals)


def statistics(session: Session, query: ValidationQuery) -> Statistics:
    """Return the number of problems of each rule; the query has absolute paths."""
    checked = _check_data(session, query)
    counted = Counter(problem.rule for problem in checked.problems)
    by_number = sorted(counted.items(), key=lambda item: (-item[1], item[0].code))
    counts = []
    for rule, number in by_number:
        counts.append(RuleCount(rule.code, rule.name, rule.severity.value, number))
    return Statistics(checked.query, tuple(counts), checked.totals)


def _check_data(session: Session, query: ValidationQuery) -> ValidatedData:
    """Return the problems of the data.

    Where the index can be written, it keeps those that it did not know yet.
    """
    database.check_sum(session.index)
    texts = _give_content(session, query)
    selected = _selected_names(session, query)
    numbers = None
    if selected is not None:
        numbers = set(_file_numbers(session, selected))
    today = session.today()
    results = runner.run_rules(session.index, today, numbers, texts)
    problems = {
        *results.problems,
        *misplaced_files(session.directories, selected),
        *_unlisted(session, selected),
    }
    kept = suppressions.apply_suppressions(
        problems, _comments(session, numbers), is_whole=_is_whole(session)
    )
    if session.is_writing:
        runner.keep_findings(session.index, results, today)
        database.note_sum(session.index)
    settings = {path: query.settings_of(path) for path in session.directories}
    requested = sorted(_requested(kept, settings), key=lambda problem: problem.sort_key)
    totals = _totals(session, requested, settings)
    return ValidatedData(_describe(session, query), requested, totals, texts)


def _give_content(session: Session, query: ValidationQuery) -> dict[str, str]:
    """Give a file its content for a trial; return that as text, by the file's path."""
    if query.content is None:
        return {}
    from citylinks.index.writing import replace_file

    [path] = query.only
    file = find_file(session.directories, str(path))
    if file is None:
        return {}
    content: bytes | Diagnostic = query.content
    if len(query.content) > MAX_BYTES:
        content = too_large(file.path)
    replace_file(session.index, file, content)
    text = decode(query.content, file.path)
    if not isinstance(text, str):
        text = ""
    return {file.path: text}


def _selected_names(session: Session, query: ValidationQuery) -> SelectedNames | None:
    """Return the names of the requested files by folder; None where all are."""
    if not query.only:
        return None
    return names_by_folder(session.directories, [str(path) for path in query.only])


def _totals(
    session: Session,
    problems: Sequence[Diagnostic],
    settings: Mapping[str, LintSettings],
) -> Totals:
    """Return the numbers of what was read and of what is wrong with it."""
    errors = 0
    is_strict = False
    for problem in problems:
        errors += problem.rule.severity is Severity.ERROR
        is_strict = is_strict or _settings_at(settings, problem.span).strict
    return Totals(
        files=_count(session, "file"),
        records=_count(session, "record"),
        errors=errors,
        warnings=len(problems) - errors,
        is_failed=bool(errors) or is_strict,
    )


def _unlisted(session: Session, selected: SelectedNames | None) -> Iterator[Diagnostic]:
    """Yield the problem of each folder that could not be listed."""
    for folder, number in folders_unlisted(session.index):
        if selected is None or folder in selected:
            yield unlisted(folder, number)


def _comments(session: Session, numbers: set[int] | None) -> Iterator[Suppression]:
    """Yield the suppressions in the comments of these files, or of all."""
    sql = "SELECT no, path, ignores FROM file WHERE ignores IS NOT NULL"
    for row in session.fetch(sql):
        if numbers is None or row["no"] in numbers:
            path = os.fsdecode(row["path"])
            yield from suppressions.parse_suppressions(path, row["ignores"])


def _is_whole(session: Session) -> bool:
    return not session.fetch("SELECT 1 FROM left_out LIMIT 1")


def _count(session: Session, table: str) -> int:
    return int(session.fetch(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def _describe(session: Session, query: ValidationQuery) -> dict[str, Any]:
    """Return the question as it was understood, for the envelope."""
    given = {
        "data": [paths.shown(directory) for directory in session.directories],
        "paths": [paths.shown(str(path)) for path in query.only],
        "select": list(query.select),
        "ignore": list(query.ignore),
    }
    return {name: value for name, value in given.items() if value or name == "data"}


def _requested(
    problems: Iterable[Diagnostic], settings: Mapping[str, LintSettings]
) -> Iterator[Diagnostic]:
    """Yield the problems of the rules that are requested where they stand."""
    for problem in problems:
        here = _settings_at(settings, problem.span)
        if problem.rule in here.select - here.ignore or problem.rule in UNCHECKED:
            yield problem


def _settings_at(
    settings: Mapping[str, LintSettings], location: Location
) -> LintSettings:
    """Return the settings of the innermost data directory around a location."""
    path = f"{location.path}{os.sep}"
    around = [name for name in settings if path.startswith(f"{name}{os.sep}")]
    return settings[max(around, key=len)]


def _file_numbers(session: Session, selected: SelectedNames) -> Iterator[int]:
    """Yield the numbers of the selected files in the index."""
    for folder, names in selected.items():
        if names is None:
            sql = "SELECT no FROM file WHERE folder = ?"
            yield from session.fetch_column(sql, (os.fsencode(folder),))
        for name in names or ():
            path = os.fsencode(f"{folder}{os.sep}{name}")
            sql = "SELECT no FROM file WHERE path = ?"
            yield from session.fetch_column(sql, (path,))


class _Lines:
    """The lines of one file at a time, since problems are sorted by file.

    `texts` holds, by path, what is read in place of a file.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._path = ""
        self._lines: list[str] = []

    def line_of(self, problem: Diagnostic) -> str | None:
        """Return the line where a problem stands; None for one too long, or no text."""
        location = problem.span
        if location.path != self._path:
            self._path = location.path
            self._lines = self._text(problem).split("\n")
        if location.line > len(self._lines):
            return None
        line = self._lines[location.line - 1]
        if len(line) > LONGEST_LINE:
            return None
        return line

    def _text(self, problem: Diagnostic) -> str:
        path = problem.span.path
        if path in self._texts:
            return self._texts[path]
        if problem.rule in _OF_PATHS:
            return read_text(path)
        return read_again(path)


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
        text=lines.line_of(diagnostic),
    )
