"""Diagnostics: what can be wrong with the data, and where. A diagnostic is a value."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

# Where a value stands in its document: keys and positions, as pydantic has them.
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a problem weighs: an error fails `validate`, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """Where something stands: `path` as text, `line` and `column` counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Rule(NamedTuple):
    """One thing that can be wrong; its `code` is stable and never reused."""

    code: str
    name: str
    severity: Severity
    summary: str


class Diagnostic(NamedTuple):
    """One problem at one place; `help` says how to mend it where that is known."""

    rule: Rule
    span: Span
    message: str
    help: str | None = None

    @property
    def sort_key(self) -> tuple[Span, str, str]:
        """By place, then code, then message."""
        return (self.span, self.rule.code, self.message)


def _error(code: str, name: str, summary: str) -> Rule:
    return Rule(code, name, Severity.ERROR, summary)


def _warning(code: str, name: str, summary: str) -> Rule:
    return Rule(code, name, Severity.WARNING, summary)


# CL1xx: the file and its YAML. CL2xx: one record. CL3xx: between records. CL4xx: evidence, style.
RULES: tuple[Rule, ...] = (
    _error("CL101", "unreadable-file", "A file can be opened and read."),
    _error("CL102", "not-utf8", "A file is UTF-8."),
    _error("CL103", "byte-order-mark", "A file begins with text, not with a byte-order mark."),
    _error("CL104", "tab", "YAML is indented with spaces; a tab indents nothing."),
    _error("CL105", "yaml-syntax", "A file is YAML."),
    _error("CL106", "duplicate-key", "A key stands once in its mapping."),
    _error("CL107", "yaml-feature", "Records use no anchors, aliases, tags or complex keys."),
    _error("CL108", "bulk-without-id", "In a file of many records each carries its id."),
    _error("CL109", "id-not-file-name", "The id of a one-record file is the file's name."),
    _error("CL110", "empty-file", "A file holds a record."),
    _error("CL111", "misplaced-file", "A data directory holds .yaml files where records belong."),
    _error("CL112", "too-deep", "Values are nested no deeper than a record can be."),
    _error("CL113", "too-large", "A file is of a size that a person can have written."),
    _error("CL114", "id-not-a-slug", "An id is lower-case ASCII words joined by hyphens."),
    _error("CL201", "missing-key", "A record has the keys that it must have."),
    _error("CL202", "unknown-key", "A record has only keys that the model knows."),
    _error("CL203", "wrong-type", "A value has the shape that its key wants."),
    _error("CL204", "unknown-value", "A value of a closed list is one of that list."),
    _error("CL205", "invalid-date", "A date is EDTF, level 0 or 1, or [a..b]."),
    _error("CL206", "invalid-country", "A country is an ISO 3166-1 alpha-2 code."),
    _error("CL207", "empty-value", "A key that is written has a value."),
    _error("CL208", "invalid-number", "A number is written in digits and within its range."),
    _error("CL209", "malformed-identifier", "An identifier has the form that its authority gives."),
    _error("CL210", "member-count", "A bilateral tie has exactly two different members."),
    _error("CL211", "ends-before-start", "Nothing ends before it begins."),
    _error("CL301", "unknown-reference", "What a record refers to exists."),
    _error("CL302", "duplicate-id", "An id is given once in its type."),
    _warning("CL401", "no-source", "A record cites the source that it rests on."),
)

RULE_BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}
