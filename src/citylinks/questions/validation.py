"""Every problem of the data, in the order of its files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks import checks, paths
from citylinks.answers import Problem, Validation
from citylinks.files import list_files, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.checks import Checked
    from citylinks.diagnostics import Diagnostic, Span
    from citylinks.questions.session import Session


LONGEST_LINE = 2000  # characters of a line that is shown with what is wrong in it


def validate(
    session: Session, directories: Sequence[str], today: str, only: Sequence[str] = ()
) -> tuple[Validation, Checked]:
    """Return what is wrong with the data, and what of it the index did not know yet.

    Where `only` names files or folders, by absolute path, the problems elsewhere are left out.
    """
    files = {row["no"]: os.fsdecode(row["path"]) for row in session.fetch("SELECT * FROM file")}
    numbers = [no for no, path in files.items() if _is_within(path, only)] if only else None
    checked = checks.check(session.index, today, numbers)
    _, misplaced = list_files(directories)
    found = {*checked.problems, *(one for one in misplaced if _is_within(one.span.path, only))}
    lines = _Lines()
    answer = Validation(
        query={"data": [paths.shown(directory) for directory in directories]},
        results=tuple(_problem(d, lines) for d in sorted(found, key=lambda d: d.sort_key)),
        files=len(files),
        records=session.fetch("SELECT count(*) AS n FROM record")[0]["n"],
    )
    return answer, checked


class _Lines:
    """The lines of the file in which something is wrong: of one at a time, for they are sorted."""

    def __init__(self) -> None:
        self._path = ""
        self._lines: list[str] = []

    def of(self, span: Span) -> str | None:
        """Return the line where a problem stands; nothing where it is too long, or no text."""
        if span.path != self._path:
            self._path, self._lines = span.path, read(span.path).split("\n")
        line = self._lines[span.line - 1] if span.line <= len(self._lines) else None
        return line if line is None or len(line) <= LONGEST_LINE else None


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
