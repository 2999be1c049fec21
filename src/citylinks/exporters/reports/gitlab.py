"""GitLab's Code Quality report: JSON that a merge request shows beside the changed
lines.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from citylinks.exporters.json import encoded
from citylinks.exporters.reports.fingerprints import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Problem, Validation

# Of GitLab's info, minor, major, critical and blocker.
_SEVERITIES = {"error": "major", "warning": "minor"}


def lines(answer: Validation) -> Iterator[str]:
    """Yield an array, a problem a line; without problems it is empty."""
    yield "["
    for number, (problem, mark) in enumerate(marked(answer.results)):
        yield (",\n" if number else "\n") + encoded(_issue(problem, mark))
    yield "\n]\n" if answer.results else "]\n"


def _issue(problem: Problem, mark: str) -> dict[str, Any]:
    said = f"{problem.code} {problem.rule}: {problem.message}"
    return {
        "description": f"{said}; {problem.help}" if problem.help else said,
        "check_name": problem.code,
        "fingerprint": mark,
        "severity": _SEVERITIES[problem.severity],
        "location": {
            "path": Path(problem.path).as_posix(),
            "lines": {"begin": problem.line},
        },
    }
