"""Diagnostics: what can be wrong with the data, and where. A diagnostic is a value."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem weighs: an error fails `validate`, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """Where something stands: `path` as text, `line` and `column` counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def seen_from(self, other: Location) -> str:
        """Return the place without the way to the data: `cities/lyon.yaml:2:1`.

        Where the other is in another data directory, from what the two have in common.
        """
        path, here = PurePath(self.path), PurePath(other.path)
        shared = next(up for up in path.parents[1:] if here.is_relative_to(up))
        return f"{path.relative_to(shared).as_posix()}:{self.line}:{self.column}"


class Stage(StrEnum):
    """The stage that finds a problem: a file, a record, all of them, the report."""

    IN_FILE = "file"
    IN_RECORD = "record"
    BETWEEN = "data"
    IN_REPORT = "report"


class Rule(NamedTuple):
    """One thing that can be wrong; its `code` is stable and never reused.

    Its file in `rules`, of the same name, says what it wants.
    """

    code: str
    name: str
    severity: Severity
    stage: Stage


class Diagnostic(NamedTuple):
    """One problem at one place; `help` says how to mend it where that is known."""

    rule: Rule
    span: Location
    message: str
    help: str | None = None

    @property
    def sort_key(self) -> tuple[Location, str, str, str]:
        """By place, then code, then message."""
        return (self.span, self.rule.code, self.message, self.help or "")


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_FILE, _RECORD, _DATA = Stage.IN_FILE, Stage.IN_RECORD, Stage.BETWEEN
_REPORT = Stage.IN_REPORT

# CL1xx: the file and its YAML. CL2xx: one record. CL3xx: between records. CL4xx:
# evidence, style.
RULES: tuple[Rule, ...] = (
    Rule("CL101", "unreadable-file", _ERROR, _FILE),
    Rule("CL102", "not-utf8", _ERROR, _FILE),
    Rule("CL103", "byte-order-mark", _ERROR, _FILE),
    Rule("CL104", "tab", _ERROR, _FILE),
    Rule("CL105", "yaml-syntax", _ERROR, _FILE),
    Rule("CL106", "duplicate-key", _ERROR, _FILE),
    Rule("CL107", "yaml-feature", _ERROR, _FILE),
    Rule("CL108", "bulk-without-id", _ERROR, _FILE),
    Rule("CL109", "id-not-file-name", _ERROR, _FILE),
    Rule("CL110", "empty-file", _ERROR, _FILE),
    Rule("CL111", "misplaced-file", _ERROR, _FILE),
    Rule("CL112", "too-deep", _ERROR, _FILE),
    Rule("CL113", "too-large", _ERROR, _FILE),
    Rule("CL114", "id-not-a-slug", _ERROR, _FILE),
    Rule("CL115", "names-differ-in-case", _ERROR, _FILE),
    Rule("CL116", "several-records", _ERROR, _FILE),
    Rule("CL117", "cut-text", _WARNING, _FILE),
    Rule("CL201", "missing-key", _ERROR, _FILE),
    Rule("CL202", "unknown-key", _ERROR, _FILE),
    Rule("CL203", "wrong-type", _ERROR, _FILE),
    Rule("CL204", "unknown-value", _ERROR, _FILE),
    Rule("CL205", "invalid-date", _ERROR, _FILE),
    Rule("CL206", "invalid-country", _ERROR, _FILE),
    Rule("CL207", "empty-value", _ERROR, _FILE),
    Rule("CL208", "invalid-number", _ERROR, _FILE),
    Rule("CL209", "malformed-identifier", _ERROR, _FILE),
    Rule("CL210", "member-count", _ERROR, _RECORD),
    Rule("CL211", "ends-before-start", _ERROR, _RECORD),
    Rule("CL212", "foreign-subdivision", _ERROR, _RECORD),
    Rule("CL213", "in-the-future", _ERROR, _RECORD),
    Rule("CL214", "unsafe-text", _ERROR, _RECORD),
    Rule("CL215", "not-nfc", _ERROR, _RECORD),
    Rule("CL216", "expires-before-signed", _ERROR, _RECORD),
    Rule("CL217", "unknown-subdivision", _ERROR, _RECORD),
    Rule("CL218", "unknown-language", _ERROR, _RECORD),
    Rule("CL219", "unknown-field", _ERROR, _RECORD),
    Rule("CL220", "listed-twice", _WARNING, _RECORD),
    Rule("CL301", "unknown-reference", _ERROR, _DATA),
    Rule("CL302", "duplicate-id", _ERROR, _DATA),
    Rule("CL303", "same-partnership", _ERROR, _DATA),
    Rule("CL304", "same-city", _ERROR, _DATA),
    Rule("CL305", "event-outside-partnership", _ERROR, _DATA),
    Rule("CL306", "event-city-not-in-partnership", _ERROR, _DATA),
    Rule("CL307", "agreement-outside-partnership", _ERROR, _RECORD),
    Rule("CL308", "leaves-before-joining", _ERROR, _RECORD),
    Rule("CL309", "status-contradicts-end", _ERROR, _RECORD),
    Rule("CL310", "cycle", _ERROR, _DATA),
    Rule("CL311", "same-edition", _ERROR, _DATA),
    Rule("CL312", "ambiguous-name", _WARNING, _DATA),
    Rule("CL313", "count-contradicted", _WARNING, _DATA),
    Rule("CL314", "status-out-of-order", _ERROR, _RECORD),
    Rule("CL315", "same-record", _WARNING, _DATA),
    Rule("CL401", "no-source", _WARNING, _RECORD),
    Rule("CL402", "claim-without-source", _WARNING, _RECORD),
    Rule("CL403", "unused-source", _WARNING, _DATA),
    Rule("CL404", "unused-theme", _WARNING, _DATA),
    Rule("CL405", "unused-organization", _WARNING, _DATA),
    Rule("CL406", "no-country", _WARNING, _RECORD),
    Rule("CL407", "long-title", _WARNING, _RECORD),
    Rule("CL408", "long-quotation", _WARNING, _RECORD),
    Rule("CL409", "unused-ignore", _WARNING, _REPORT),
    Rule("CL410", "unstated-field", _WARNING, _RECORD),
)

# Of a file with more problems, the rest is not told: nobody would read it.
MOST_PROBLEMS = 100_000
TOO_MANY = f"this file has more than {MOST_PROBLEMS} problems; only these are reported"

RULE_BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}
RULE_BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}

# Names that rules had before, which comments and settings may still give them.
FORMER_NAMES = {
    "same-tie": "same-partnership",
    "event-outside-tie": "event-outside-partnership",
    "event-city-not-in-tie": "event-city-not-in-partnership",
    "agreement-outside-tie": "agreement-outside-partnership",
}


def find_rule(text: str) -> Rule | None:
    """Return the rule of that code or name, in any case."""
    name = text.lower()
    name = FORMER_NAMES.get(name, name)
    return RULE_BY_CODE.get(text.upper()) or RULE_BY_NAME.get(name)
