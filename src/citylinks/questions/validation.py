"""Every problem of the data, in the order of its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citylinks import checks, loader, paths
from citylinks.answers import Problem, Validation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.diagnostics import Diagnostic, Span


def validate(directories: Sequence[str], only: Sequence[str] = ()) -> Validation:
    """Read the directories anew and return what the loader, the models and the checks find.

    Where `only` names files or folders, by absolute path, the problems elsewhere are left out.
    """
    dataset = loader.load(directories)
    found = sorted(
        {*dataset.problems, *checks.check(dataset)}, key=lambda diagnostic: diagnostic.sort_key
    )
    lines = _Lines()
    return Validation(
        query={"data": [paths.shown(directory) for directory in dataset.directories]},
        results=tuple(_problem(d, lines) for d in found if _is_within(d.span.path, only)),
        files=len(dataset.files),
        records=sum(1 for _ in dataset),
    )


class _Lines:
    """The lines of files in which something is wrong, each file read once."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def of(self, span: Span) -> str | None:
        """Return the line where a problem stands; nothing where the file is no text."""
        if span.path not in self._files:
            self._files[span.path] = loader.read(span.path).split("\n")
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
