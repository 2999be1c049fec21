"""SARIF 2.1.0 (OASIS): the report that code scanning takes, with the text of rules."""

from __future__ import annotations

import re
from importlib.metadata import version
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citylinks.exporters.json import array_items, encode_json
from citylinks.exporters.reports.fingerprints import path_uri, with_fingerprints
from citylinks.files.diagnostics import RULES
from citylinks.lint.rules import explanation, rule_module
from citylinks.text.safe import docstring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.files.diagnostics import Rule
    from citylinks.questions.validation import Problem, Validation

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"  # the working directory, by the name that GitHub knows
FINGERPRINT = "citylinks/v1"

_INDEX = {rule.code: number for number, rule in enumerate(RULES)}
_EXAMPLE = re.compile(r"^(Bad|Good):\n+", re.MULTILINE)


def lines(answer: Validation) -> Iterator[str]:
    """Yield a log of one run, a rule and a result a line."""
    own = encode_json(version("citylinks"))
    yield f'{{\n"$schema": {encode_json(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n'
    yield f'"tool": {{"driver": {{"name": "citylinks", "version": {own},\n"rules": ['
    yield from array_items(map(_rule, RULES))
    yield '\n]}},\n"columnKind": "unicodeCodePoints",\n'
    about_root = {"text": "The directory in which citylinks was run."}
    roots = {ROOT: {"description": about_root}}
    yield f'"originalUriBaseIds": {encode_json(roots)},\n'
    yield '"results": ['
    yield from array_items(starmap(_result, with_fingerprints(answer.results)))
    yield "\n]}]\n}\n"


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


def _result(problem: Problem, fingerprint: str) -> dict[str, Any]:
    message = problem.message
    if problem.help:
        message += f"\n{problem.help}"
    artifact = {"uri": path_uri(problem.path)}
    if not Path(problem.path).is_absolute():
        artifact["uriBaseId"] = ROOT
    region = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": _INDEX[problem.code],
        "level": problem.severity,
        "message": {"text": message},
        "locations": [
            {"physicalLocation": {"artifactLocation": artifact, "region": region}}
        ],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
