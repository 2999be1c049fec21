"""Every problem of the data, in the order of its files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from citylinks import checks, paths
from citylinks.answers import Problem, Validation
from citylinks.files import misplaced, named, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from citylinks.checks import Checked
    from citylinks.diagnostics import Diagnostic, Span
    from citylinks.files import Named
    from citylinks.questions.session import Session


LONGEST_LINE = 2000  # characters of a line that is shown with what is wrong in it


def validate(
    session: Session,
    directories: Sequence[str],
    today: str,
    only: Sequence[str] = (),
    texts: Mapping[str, str] | None = None,
) -> tuple[Validation, Checked]:
    """Return what is wrong with the data, and what of it the index did not know yet.

    Where `only` names files or folders, by absolute path, the problems elsewhere are left out.
    `texts` holds, by path, what stands in place of a file.
    """
    asked = named(directories, only) if only else None
    numbers = None if asked is None else list(_numbers(session, asked))
    checked = checks.check(session.index, today, numbers, texts)
    found = {*checked.problems, *misplaced(directories, asked)}
    lines = _Lines(texts or {})
    answer = Validation(
        query={"data": [paths.shown(directory) for directory in directories]},
        results=tuple(_problem(d, lines) for d in sorted(found, key=lambda d: d.sort_key)),
        files=session.fetch("SELECT count(*) AS n FROM file")[0]["n"],
        records=session.fetch("SELECT count(*) AS n FROM record")[0]["n"],
    )
    return answer, checked


def _numbers(session: Session, asked: Named) -> Iterator[int]:
    """Yield the numbers of the files of the index that are asked about."""
    for folder, names in asked.items():
        if names is None:
            rows = session.fetch("SELECT no FROM file WHERE folder = ?", (os.fsencode(folder),))
            yield from (row["no"] for row in rows)
        for name in names or ():
            path = os.fsencode(f"{folder}{os.sep}{name}")
            rows = session.fetch("SELECT no FROM file WHERE path = ?", (path,))
            yield from (row["no"] for row in rows)


class _Lines:
    """The lines of the file in which something is wrong: of one at a time, for they are sorted.

    `texts` holds, by path, what is read in place of a file.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._path = ""
        self._lines: list[str] = []

    def of(self, span: Span) -> str | None:
        """Return the line where a problem stands; nothing where it is too long, or no text."""
        if span.path != self._path:
            text = self._texts[span.path] if span.path in self._texts else read(span.path)
            self._path, self._lines = span.path, text.split("\n")
        line = self._lines[span.line - 1] if span.line <= len(self._lines) else None
        return line if line is None or len(line) <= LONGEST_LINE else None


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
