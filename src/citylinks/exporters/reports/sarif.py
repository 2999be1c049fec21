"""SARIF 2.1.0 (OASIS): the report that code scanning takes, with the rules and their
text.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citylinks.exporters.json import encoded
from citylinks.exporters.reports.fingerprints import marked, uri_of
from citylinks.files.diagnostics import RULES
from citylinks.lint.rules import explanation, rule_module
from citylinks.text.safe import docstring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.files.diagnostics import Rule
    from citylinks.questions.validation import Problem, Validation

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"  # the working directory, by the name that GitHub knows
FINGERPRINT = "citylinks/v1"

_INDEX = {rule.code: number for number, rule in enumerate(RULES)}
_EXAMPLE = re.compile(r"^(Bad|Good):\n+", re.MULTILINE)


def lines(answer: Validation) -> Iterator[str]:
    """Yield a log of one run, a rule and a result a line."""
    own = encoded(version("citylinks"))
    yield f'{{\n"$schema": {encoded(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n'
    yield f'"tool": {{"driver": {{"name": "citylinks", "version": {own},\n"rules": ['
    yield from _listed(_rule(rule) for rule in RULES)
    yield ']}},\n"columnKind": "unicodeCodePoints",\n'
    root = {
        ROOT: {"description": {"text": "The directory in which citylinks was run."}}
    }
    yield f'"originalUriBaseIds": {encoded(root)},\n'
    yield '"results": ['
    yield from _listed(_results(answer))
    yield "]}]\n}\n"


def _listed(values: Iterator[dict[str, Any]]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield (",\n" if number else "\n") + encoded(value)
    yield "\n"


# -- Rules --------------------------------------------------------------------


def _rule(rule: Rule) -> dict[str, Any]:
    text = docstring(rule_module(rule))
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": explanation(rule).wants},
        "fullDescription": {"text": _EXAMPLE.split(text)[0].strip()},
        "help": {"text": text, "markdown": _EXAMPLE.sub(r"**\1:**\n\n", text)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


# -- Results ------------------------------------------------------------------


def _results(answer: Validation) -> Iterator[dict[str, Any]]:
    """Yield each problem."""
    for problem, mark in marked(answer.results):
        yield _result(problem, uri_of(problem.path), mark)


def _result(problem: Problem, uri: str, mark: str) -> dict[str, Any]:
    """Return a problem; `mark` is the same for as long as its file says the same of it."""
    said = f"{problem.message}\n{problem.help}" if problem.help else problem.message
    artifact = (
        {"uri": uri}
        if Path(problem.path).is_absolute()
        else {"uri": uri, "uriBaseId": ROOT}
    )
    region = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": _INDEX[problem.code],
        "level": problem.severity,
        "message": {"text": said},
        "locations": [
            {"physicalLocation": {"artifactLocation": artifact, "region": region}}
        ],
        "partialFingerprints": {FINGERPRINT: mark},
    }
