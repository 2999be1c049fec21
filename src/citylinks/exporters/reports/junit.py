"""JUnit's XML as Jenkins and GitLab read it: a test case for each problem.

A problem has a case of its own, since both keep a single failure of a case and follow a
case from run to run by its class and name, which therefore hold no line. An error is a
failure; a warning is skipped, so that a test report fails just where `validate` does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Problem, Validation

_NOT_XML = re.compile(
    "[\ufffe\uffff]"
)  # beyond what is not visible; XML 1.0, section 2.2
_OUTCOMES = {"error": "failure", "warning": "skipped"}


def lines(answer: Validation) -> Iterator[str]:
    """Yield a document with one suite."""
    severities = Counter(problem.severity for problem in answer.results)
    suites = Element("testsuites", name="citylinks")
    suite = SubElement(
        suites,
        "testsuite",
        name="citylinks validate",
        tests=str(len(answer.results) or 1),
        failures=str(severities["error"]),
        errors="0",
        skipped=str(severities["warning"]),
    )
    names: Counter[tuple[str, str]] = Counter()
    for problem in answer.results:
        of = _text(problem.path.removesuffix(".yaml"))
        name = _text(f"{problem.code} {problem.rule}: {problem.message}")
        names[of, name] += 1
        again = f" ({names[of, name]})" if names[of, name] > 1 else ""
        _told(SubElement(suite, "testcase", classname=of, name=name + again), problem)
    if not answer.results:
        SubElement(suite, "testcase", classname="citylinks", name="no problems")
    indent(suites)
    yield f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _told(case: Element, problem: Problem) -> None:
    """Add to a case how it went."""
    outcome = SubElement(case, _OUTCOMES[problem.severity], type=problem.severity)
    outcome.set("message", _text(problem.message))
    place = f"{problem.path}:{problem.line}:{problem.column}"
    said = [f"{place}: {problem.code} {problem.message}", problem.text, problem.help]
    outcome.text = "\n".join(_text(one) for one in said if one)


def _text(text: str) -> str:
    """Return a text without what XML forbids, in one line."""
    return _NOT_XML.sub("\ufffd", visible(text))
