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
from citylinks.index.tables import read_fields
from citylinks.lint.locations import RecordLocation
from citylinks.model.fields import Fields
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
    """A record as the index has it: `body` is the JSON of its model, without what is
    absent.
    """

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
    """A finding that takes more than one record: `where` is the number of that where it
    is.
    """

    where: int | RecordLocation
    path: Path
    message: str
    help: str | None = None


class RecordBody(NamedTuple):
    """A record by its number and id, with the JSON of its model."""

    no: int
    id: str
    body: dict[str, Any]


class CheckedData:
    """The index, as a rule between records asks it.

    Where only some records are asked about, `among` narrows a question to them.
    """

    def __init__(
        self, connection: sqlite3.Connection, places: Locations, *, is_whole: bool
    ) -> None:
        self._connection = connection
        self._places = places
        self._is_whole = is_whole

    def among(self, number: str) -> str:
        """Return the condition that `number`, a column, is of a record that is asked
        about.
        """
        return "1" if self._is_whole else f"{number} IN (SELECT no FROM asked)"

    def near(self, whole: str, asked: str) -> str:
        """Return one of two queries: what is compared, of all records, or of those
        asked about.

        `asked` begins with the table `asked (no)`; joined by CROSS JOIN, it is walked
        first.
        """
        return whole if self._is_whole else asked

    def fetch(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def fields(self, type_: str) -> Fields:
        """Return what the fields of a type of record are for."""
        return read_fields(self._connection, type_)

    def span(self, where: int | RecordLocation, path: Path) -> Location:
        """Return the place of a value of a record."""
        return self._places.span(
            self._places.at(where) if isinstance(where, int) else where, path
        )


MOST_COMPARED = 100  # records that look alike with which each of them is compared


def same_pairs(
    alike: Sequence[Item], are_one: Callable[[Item, Item], bool]
) -> Iterator[tuple[Item, Item]]:
    """Yield each record with the first other that is the same, of those that look
    alike.
    """
    for item in alike:
        others = (other for other in alike[:MOST_COMPARED] if other is not item)
        same = next((other for other in others if are_one(item, other)), None)
        if same is not None:
            yield item, same


def record_bodies(data: CheckedData, rows: Sequence[sqlite3.Row]) -> list[RecordBody]:
    """Return the records of rows, which have their number, in the same order; of one
    row none.
    """
    if len(rows) < 2:
        return []
    numbers = json.dumps([row["no"] for row in rows])
    sql = "SELECT no, id, body FROM record WHERE no IN (SELECT value FROM json_each(?))"
    known = {row["no"]: row for row in data.fetch(sql, (numbers,))}
    found = (known[row["no"]] for row in rows)
    return [RecordBody(row["no"], row["id"], json.loads(row["body"])) for row in found]


def record_checks() -> dict[Rule, Callable[[CheckedRecord], Iterator[RuleFinding]]]:
    """Return the check of each rule that one record alone can break."""
    return {
        rule: rule_module(rule).check for rule in RULES if rule.stage is Stage.IN_RECORD
    }


def cross_record_checks() -> dict[
    Rule, Callable[[CheckedData], Iterator[CrossRecordFinding]]
]:
    """Return the check of each rule that takes more than one record."""
    return {
        rule: rule_module(rule).check for rule in RULES if rule.stage is Stage.BETWEEN
    }


def rule_module(rule: Rule) -> ModuleType:
    """Return the module of a rule."""
    return import_module(f"citylinks.lint.rules.{rule.name.replace('-', '_')}")


def find_rules(text: str) -> list[Rule]:
    """Return the rules of a code, a name or the beginning of codes: `CL4` is all of
    evidence.
    """
    rule = find_rule(text)
    if rule:
        return [rule]
    found = (
        [rule for rule in RULES if rule.code.startswith(text.upper())] if text else []
    )
    if not found:
        known = [name for rule in RULES for name in (rule.code, rule.name)]
        hint = did_you_mean(text, known) or "; 'citylinks explain' lists them"
        raise UsageError(f"unknown rule '{text}'{hint}")
    return found


class Explanation(NamedTuple):
    """What a rule wants, in a sentence, why, and examples as YAML; absent where none is
    written.
    """

    wants: str
    why: str | None
    bad: str | None
    good: str | None


def explanation(rule: Rule) -> Explanation:
    """Return what the docstring of a rule says."""
    text = docstring(rule_module(rule))
    told, *examples = re.split(r"^(Bad|Good):\n", text, flags=re.MULTILINE)
    wants, _, why = told.partition("\n\n")
    shown = dict(zip(examples[::2], map(_example, examples[1::2]), strict=True))
    return Explanation(
        wants.strip(), why.strip() or None, shown.get("Bad"), shown.get("Good")
    )


def _example(text: str) -> str:
    return dedent(text).strip("\n")
