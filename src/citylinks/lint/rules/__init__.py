"""What the data must keep to: one file for each rule, named by the problem.

The docstring of a file is what `citylinks explain` prints: what the rule wants, why, an
example that breaks it and one that keeps it. A rule that is held against records has a
`check` as well; the others are found while a file is read. Add a rule by its file and
its line in `diagnostics.RULES`.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from citylinks.errors import UsageError
from citylinks.files.diagnostics import RULES, Rule, Stage, find_rule
from citylinks.index.database import read_fields
from citylinks.lint.locations import RecordLocation
from citylinks.model.field_uses import Fields
from citylinks.model.references import Path
from citylinks.text.safe import docstring
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

    from citylinks.files.diagnostics import Location
    from citylinks.lint.locations import Locations

Item = TypeVar("Item")


class CheckedRecord(NamedTuple):
    """A record as the index has it: `body` is its JSON, without what is absent."""

    type: str
    id: str
    body: dict[str, Any]
    today: str  # the ISO day on which it is held against the rules
    written: str  # `body` as JSON text, in which is seen at once what it does not hold
    fields: Fields  # what the fields of its type are for


class RuleFinding(NamedTuple):
    """What is wrong in a record: where in its body, in words, and how to mend it."""

    path: Path
    message: str
    help: str | None = None


class CrossRecordFinding(NamedTuple):
    """A finding that takes several records; `where` is the number of one of them."""

    where: int | RecordLocation
    path: Path
    message: str
    help: str | None = None


class RecordBody(NamedTuple):
    """A record by its number and id, with the JSON of its model."""

    no: int
    id: str
    body: dict[str, Any]


class CheckedIndex:
    """The index, as a rule between records asks it.

    Where only some records are asked about, `among` narrows a question to them.
    """

    def __init__(
        self, connection: sqlite3.Connection, locations: Locations, *, is_whole: bool
    ) -> None:
        self._connection = connection
        self._locations = locations
        self._is_whole = is_whole

    def among(self, number: str) -> str:
        """Return the condition that a column, `number`, is of a requested record."""
        return "1" if self._is_whole else f"{number} IN (SELECT no FROM asked)"

    def near(self, whole: str, requested: str) -> str:
        """Return one of two queries: what is compared of all records, or of some.

        The second begins with the table `asked (no)`, of the records asked about;
        joined by CROSS JOIN, it is walked first.
        """
        return whole if self._is_whole else requested

    def fetch(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def fields(self, type_: str) -> Fields:
        """Return the uses of the fields of a type of record."""
        return read_fields(self._connection, type_)

    def locate(self, where: int | RecordLocation, path: Path) -> Location:
        """Return the location of a value of a record."""
        record = self._locations.record_location(where)
        return self._locations.locate(record, path)


MOST_COMPARED = 100  # records that look alike with which each of them is compared


def same_pairs(
    alike: Sequence[Item], are_same: Callable[[Item, Item], bool]
) -> Iterator[tuple[Item, Item]]:
    """Yield each record with the first other that is the same, of some alike."""
    for item in alike:
        for other in alike[:MOST_COMPARED]:
            if other is not item and are_same(item, other):
                yield item, other
                break


def record_bodies(index: CheckedIndex, rows: Sequence[sqlite3.Row]) -> list[RecordBody]:
    """Return the records of numbered rows, in the same order; of one row none."""
    if len(rows) < 2:
        return []
    numbers = json.dumps([row["no"] for row in rows])
    sql = "SELECT no, id, body FROM record WHERE no IN (SELECT value FROM json_each(?))"
    known = {row["no"]: row for row in index.fetch(sql, (numbers,))}
    bodies = []
    for row in rows:
        body = json.loads(known[row["no"]]["body"])
        bodies.append(RecordBody(row["no"], row["id"], body))
    return bodies


def record_checks() -> dict[Rule, Callable[[CheckedRecord], Iterator[RuleFinding]]]:
    """Return the check of each rule that one record alone can break."""
    return {
        rule: rule_module(rule).check for rule in RULES if rule.stage is Stage.IN_RECORD
    }


def cross_record_checks() -> dict[
    Rule, Callable[[CheckedIndex], Iterator[CrossRecordFinding]]
]:
    """Return the check of each rule that takes more than one record."""
    return {
        rule: rule_module(rule).check for rule in RULES if rule.stage is Stage.BETWEEN
    }


def rule_module(rule: Rule) -> ModuleType:
    """Return the module of a rule."""
    return import_module(f"citylinks.lint.rules.{rule.name.replace('-', '_')}")


def find_rules(text: str) -> list[Rule]:
    """Return the rules of a code, a name or a beginning of codes, such as `CL4`."""
    rule = find_rule(text)
    if rule:
        return [rule]
    matches = [rule for rule in RULES if text and rule.code.startswith(text.upper())]
    if not matches:
        known = []
        for rule in RULES:
            known += [rule.code, rule.name]
        hint = did_you_mean(text, known) or "; 'citylinks explain' lists them"
        raise UsageError(f"unknown rule '{text}'{hint}")
    return matches


class Explanation(NamedTuple):
    """What a rule wants, in a sentence, why, and examples as YAML, if there are any."""

    wants: str
    why: str | None
    bad: str | None
    good: str | None


def explanation(rule: Rule) -> Explanation:
    """Return the parts of the docstring of a rule."""
    text = docstring(rule_module(rule))
    prose, *examples = re.split(r"^(Bad|Good):\n", text, flags=re.MULTILINE)
    wants, _, why = prose.partition("\n\n")
    shown = dict(zip(examples[::2], map(_example, examples[1::2]), strict=True))
    return Explanation(
        wants.strip(), why.strip() or None, shown.get("Bad"), shown.get("Good")
    )


def _example(text: str) -> str:
    return dedent(text).strip("\n")
