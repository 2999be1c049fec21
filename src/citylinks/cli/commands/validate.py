"""Check the data for errors.

Reports every problem of every file, with its line and column. "citylinks
explain" lists the rules. --select and --ignore take codes, names and beginnings
of codes, separated by commas. They override the settings select, ignore and
strict under [validate] in the file citylinks.toml beside the data. A comment #
citylinks: ignore CL401 ignores that rule on its line. A file that cannot be
read is always reported.

The path - checks standard input in place of the file named by --stdin-filename.

Examples:
  citylinks validate
  citylinks validate data --format concise
  citylinks validate --select CL3 --strict
  citylinks validate --ignore no-country,CL404 --statistics
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from citylinks.cli.formats import suffix_of
from citylinks.cli.invocation import Invocation, Output, limit_notes
from citylinks.cli.messages import progress
from citylinks.cli.options import OF_REPORT
from citylinks.errors import UsageError
from citylinks.exporters import FORMAT_BY_SUFFIX, format_names
from citylinks.files import paths
from citylinks.query.options import Option
from citylinks.questions.validation import (
    Statistics,
    Totals,
    Validation,
    ValidationQuery,
)
from citylinks.text.safe import number_of
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from citylinks.knowledge_base import KnowledgeBase

OPTIONS = OF_REPORT


class ReportOptions(NamedTuple):
    """Where problems are looked for, and how they are reported."""

    places: Annotated[
        Sequence[str],
        Option(
            "Data directories, or files and folders in one (- for stdin).",
            metavar="[PATH...]",
            completes="file",
            is_argument=True,
        ),
    ] = ()
    stdin_filename: Annotated[
        str | None,
        Option(
            "The file that standard input replaces.", metavar="FILE", completes="file"
        ),
    ] = None
    statistics: Annotated[bool, Option("Only count the problems of each rule.")] = False
    exit_zero: Annotated[bool, Option("Exit with 0 even if the data has errors.")] = (
        False
    )


class Scope(NamedTuple):
    """What is validated: the data, the files and folders in it to report on, stdin."""

    directories: Sequence[str]
    only: Sequence[str] = ()
    content: bytes | None = None  # of the one file, if it is piped in


def command(
    invocation: Invocation, report: ReportOptions, query: ValidationQuery
) -> Output:
    """Answer with the problems; exit 1 where one is an error."""
    from citylinks.knowledge_base import opened_once

    begun = time.perf_counter()
    if report.statistics:
        _refuse_formats_of_problems(invocation)
    scope = _scope(invocation.data, report)
    if invocation.values.get("reverse"):
        query = query._replace(limit=None)  # the last ones are wanted
    query = query._replace(
        only=scope.only,
        content=scope.content,
        select=tuple(_words(query.select)),
        ignore=tuple(_words(query.ignore)),
    )
    notes = [] if scope.directories else _shipped_notes()
    with opened_once(*scope.directories, progress=progress) as kb:
        answer = _ask(kb, query, report)
        invocation.left_out_before = kb.files_left_out
    if isinstance(answer, Validation):
        notes += limit_notes(answer.more)
    notes += _left_out_elsewhere(invocation.left_out_before, scope.only)
    notes.append(_summary(answer.totals, time.perf_counter() - begun))
    is_failed = answer.totals.is_failed and not report.exit_zero
    return Output(
        invocation, answer, exit_code=int(is_failed), notes=tuple(notes), nothing=""
    )


def _ask(
    kb: "KnowledgeBase", query: ValidationQuery, report: ReportOptions
) -> Validation | Statistics:
    if report.statistics:
        return kb.count_problems(query)
    return kb.validate(query)


def _words(options: Sequence[str]) -> Iterator[str]:
    """Yield what stands between the commas of an option that may be repeated."""
    for option in options:
        for word in option.split(","):
            yield word.strip()


def _refuse_formats_of_problems(invocation: Invocation) -> None:
    """Refuse a format of problems for a count of problems, which is a plain table."""
    formats = invocation.formats = format_names("list")
    name = invocation.named_format
    if not name:
        name = FORMAT_BY_SUFFIX.get(suffix_of(invocation.output or ""))
    if name and name not in formats:
        hint = did_you_mean(name, formats) or f"; choose from {', '.join(formats)}"
        raise UsageError(f"--statistics has no format '{name}'{hint}")
    invocation.check()  # refuses what a variable asks for


# -- The scope ------------------------------------------------------------------


def _scope(data: Sequence[str], report: ReportOptions) -> Scope:
    if "-" in report.places or report.stdin_filename is not None:
        return _scope_of_stdin(data, report.places, report.stdin_filename)
    return _scope_of_places(data, report.places)


def _scope_of_stdin(
    data: Sequence[str], places: Sequence[str], name: str | None
) -> Scope:
    """Return the file of that name as the scope, with the content of standard input."""
    from citylinks.files.reading import MAX_BYTES

    if list(places) != ["-"]:
        raise UsageError("--stdin-filename needs '-' as the only path")
    if not name:
        raise UsageError("'-' needs --stdin-filename, the file that it replaces")
    path = Path(name).absolute()
    directories = data or [str(_directory_of(path))]
    content = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    return Scope(directories, [str(path)], content)


def _scope_of_places(data: Sequence[str], places: Sequence[str]) -> Scope:
    """Return the data directories that are named, and the files and folders in them."""
    named = [_existing(place) for place in places]
    directories = [path for path in named if paths.is_data_directory(path)]
    others = [path for path in named if path not in directories]
    chosen = [*data, *map(str, directories)]
    if others and not chosen:
        chosen = list(dict.fromkeys(str(_directory_of(path)) for path in others))
    known = list(paths.data_directories(chosen))
    if others:
        paths.refuse_outside(others, known)
    return Scope(chosen, list(map(str, others)))


def _existing(place: str) -> Path:
    path = Path(place).absolute()
    if not place or not path.exists():
        raise UsageError(f"there is no file or folder '{place}'")
    return path


def _directory_of(path: Path) -> Path:
    """Return the data directory that a file or folder belongs to."""
    for parent in path.parents:
        if paths.is_data_directory(parent):
            return parent
    for folder in (path, *path.parents):
        lacks = paths.lacking(folder)
        if len(lacks) < len(paths.FOLDERS):
            raise UsageError(paths.what_is_lacking(paths.shown(str(folder)), lacks))
    raise UsageError(f"'{paths.shown(str(path))}' is not in a data directory")


# -- Notes ----------------------------------------------------------------------


def _shipped_notes() -> list[str]:
    """Return a note that the data installed with citylinks is checked, if it is."""
    if not paths.has_none_at_hand():
        return []
    where = paths.shown(str(paths.shipped_data()))
    return [f"there is no data directory here: checked the installed data, {where}"]


def _left_out_elsewhere(left_out: Sequence[str], only: Sequence[str]) -> list[str]:
    """Return a note where files were checked against data that is not whole."""
    others = [path for path in left_out if not _is_within(path, only)]
    if not only or not others:
        return []
    count = number_of(len(others), "other file or folder", "other files or folders")
    return [f"{count} left out: 'citylinks validate' without paths shows why"]


def _is_within(path: str, places: Sequence[str]) -> bool:
    return any(Path(path).is_relative_to(place) for place in places)


def _summary(totals: Totals, seconds: float) -> str:
    """Return the number of files, records and problems, and the time.

    Where a test sets the day, it is left out, so that the output is always the same.
    """
    problems = (
        f"{number_of(totals.errors, 'error')}, {number_of(totals.warnings, 'warning')}"
    )
    if not totals.errors + totals.warnings:
        problems = "no problems"
    took = "" if os.environ.get("CITYLINKS_TODAY") else f" in {seconds:.1f} s"
    read = f"{number_of(totals.files, 'file')}, {number_of(totals.records, 'record')}"
    return f"{read}: {problems}{took}"
