"""JUnit's XML as Jenkins and GitLab read it: a test case for each problem.

A problem has a case of its own, since both keep a single failure of a case. Both follow
a case from run to run by its class and name, which therefore hold no line. An error is
a failure; a warning is skipped, so that a test report fails just where `validate` does.
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

# What XML forbids (XML 1.0, section 2.2) beside what is not visible.
_NOT_XML = re.compile("[\ufffe\uffff]")
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
        class_name = _text(problem.path.removesuffix(".yaml"))
        name = _text(f"{problem.code} {problem.rule}: {problem.message}")
        names[class_name, name] += 1
        number = names[class_name, name]
        if number > 1:
            name += f" ({number})"
        case = SubElement(suite, "testcase", classname=class_name, name=name)
        _add_outcome(case, problem)
    if not answer.results:
        SubElement(suite, "testcase", classname="citylinks", name="no problems")
    indent(suites)
    document = tostring(suites, encoding="unicode")
    yield f'<?xml version="1.0" encoding="utf-8"?>\n{document}\n'


def _add_outcome(case: Element, problem: Problem) -> None:
    """Add a failure to a case, or the note that it was skipped."""
    outcome = SubElement(case, _OUTCOMES[problem.severity], type=problem.severity)
    outcome.set("message", _text(problem.message))
    location = f"{problem.path}:{problem.line}:{problem.column}"
    message = f"{location}: {problem.code} {problem.message}"
    texts = filter(None, (message, problem.text, problem.help))
    outcome.text = "\n".join(map(_text, texts))


def _text(text: str) -> str:
    """Return a text without what XML forbids, in one line."""
    return _NOT_XML.sub("\ufffd", visible(text))
