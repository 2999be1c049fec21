"""Pieces of SQL with their parameters: what is kept, and of what is kept, what is
certain.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

IN = "IN (SELECT value FROM json_each(?))"  # takes what `many` returns


def json_list(values: Iterable[str]) -> str:
    """Return several values as one parameter."""
    return json.dumps(sorted(values))


class Condition(NamedTuple):
    """A piece of a WHERE clause with its parameters.

    Where it keeps what is only possible, `sure` is the same for what is certain.
    """

    sql: str
    parameters: tuple[Any, ...] = ()
    sure: Condition | None = None

    def within(self, before: str, after: str) -> Condition:
        """Return the same between two pieces of SQL without parameters."""
        sure = self.sure.within(before, after) if self.sure else None
        return Condition(f"{before}{self.sql}{after}", self.parameters, sure)


class Where(NamedTuple):
    """All conditions of a question; a row meets every one."""

    conditions: tuple[Condition, ...] = ()

    @property
    def all(self) -> str:
        """All conditions as one."""
        return " AND ".join(f"({condition.sql})" for condition in self.conditions)

    @property
    def sql(self) -> str:
        """The clause, with WHERE, or nothing."""
        return f" WHERE {self.all}" if self.conditions else ""

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters of the clause in their order."""
        return tuple(
            value for condition in self.conditions for value in condition.parameters
        )


def either_condition(one: Condition, other: Condition) -> Condition:
    """Keep what one of two conditions keeps, and what is certain by one of them."""
    sure = (
        either_condition(one.sure or one, other.sure or other)
        if one.sure or other.sure
        else None
    )
    return Condition(
        f"({one.sql}) OR ({other.sql})", one.parameters + other.parameters, sure
    )


def within_spans(spans: tuple[tuple[str, str], ...], table: str) -> Condition:
    """Keep what falls in one of the spans."""
    days = tuple(day for first, last in spans for day in (last, first))
    possible, certain = (
        " OR ".join(f"({table}.{early} <= ? AND {table}.{late} >= ?)" for _ in spans)
        for early, late in (("earliest", "latest"), ("begun_by", "lasts_until"))
    )
    return Condition(possible, days, Condition(certain, days))


def where_all(conditions: Sequence[Condition], *, certain: bool) -> Where:
    """Return the conditions as a clause, for what is possible or only for what is
    certain.
    """
    return Where(tuple(c.sure if certain and c.sure else c for c in conditions))


def certainty_sql(conditions: Sequence[Condition]) -> Condition:
    """Return an expression for how sure a row is to be meant; null where all are."""
    sure = Where(tuple(condition.sure for condition in conditions if condition.sure))
    if not sure.conditions:
        return Condition("NULL")
    return Condition(
        f"CASE WHEN {sure.all} THEN 'certain' ELSE 'possible' END", sure.parameters
    )
