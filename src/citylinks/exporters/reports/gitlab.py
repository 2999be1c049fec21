"""GitLab's Code Quality report: JSON that a merge request shows beside its lines."""

from __future__ import annotations

from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citylinks.exporters.json import array_items
from citylinks.exporters.reports.fingerprints import with_fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Problem, Validation

# Of GitLab's info, minor, major, critical and blocker.
_SEVERITIES = {"error": "major", "warning": "minor"}


def lines(answer: Validation) -> Iterator[str]:
    """Yield an array, a problem a line; without problems it is empty."""
    yield "["
    yield from array_items(starmap(_issue, with_fingerprints(answer.results)))
    if answer.results:
        yield "\n"
    yield "]\n"


def _issue(problem: Problem, fingerprint: str) -> dict[str, Any]:
    description = f"{problem.code} {problem.rule}: {problem.message}"
    if problem.help:
        description += f"; {problem.help}"
    return {
        "description": description,
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[problem.severity],
        "location": {
            "path": Path(problem.path).as_posix(),
            "lines": {"begin": problem.line},
        },
    }
