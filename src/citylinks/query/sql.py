"""Pieces of SQL with their parameters, for what is possible and what is certain."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

IN = "IN (SELECT value FROM json_each(?))"  # takes what `json_list` returns


def json_list(values: Iterable[str]) -> str:
    """Return several values as one parameter."""
    return json.dumps(sorted(values))


class Condition(NamedTuple):
    """A piece of a WHERE clause with its parameters.

    Where it keeps what is only possible, `sure` is the same for what is certain.
    """

    sql: str
    parameters: tuple[Any, ...] = ()
    sure: "Condition | None" = None

    def within(self, before: str, after: str) -> "Condition":
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
        if not self.conditions:
            return ""
        return f" WHERE {self.all}"

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The parameters of the clause in their order."""
        return join_parameters(self.conditions)


def join_parameters(conditions: Iterable[Condition]) -> tuple[Any, ...]:
    """Return the parameters of several conditions in their order."""
    parameters: list[Any] = []
    for condition in conditions:
        parameters += condition.parameters
    return tuple(parameters)


def every_condition(conditions: Sequence[Condition]) -> Condition:
    """Keep what all of several conditions keep, whether certain or not."""
    sql = " AND ".join(f"({condition.sql})" for condition in conditions)
    return Condition(sql, join_parameters(conditions))


def either_condition(first: Condition, second: Condition) -> Condition:
    """Keep what one of two conditions keeps, and what is certain by one of them."""
    sure = None
    if first.sure or second.sure:
        sure = either_condition(first.sure or first, second.sure or second)
    sql = f"({first.sql}) OR ({second.sql})"
    return Condition(sql, first.parameters + second.parameters, sure)


def within_spans(spans: tuple[tuple[str, str], ...], table: str) -> Condition:
    """Keep what falls in one of the spans."""
    days: list[str] = []
    for first, last in spans:
        days += (last, first)
    overlaps = f"({table}.earliest <= ? AND {table}.latest >= ?)"
    surely = f"({table}.begun_by <= ? AND {table}.lasts_until >= ?)"
    possible = " OR ".join([overlaps] * len(spans))
    certain = " OR ".join([surely] * len(spans))
    return Condition(possible, tuple(days), Condition(certain, tuple(days)))


def where_all(conditions: Sequence[Condition], *, certain: bool) -> Where:
    """Return the conditions as a clause, for what is possible or what is certain."""
    if not certain:
        return Where(tuple(conditions))
    return Where(tuple(condition.sure or condition for condition in conditions))


def certainty_sql(conditions: Sequence[Condition]) -> Condition:
    """Return an expression for how sure a row is to be meant; null where all are."""
    sure = Where(tuple(condition.sure for condition in conditions if condition.sure))
    if not sure.conditions:
        return Condition("NULL")
    return Condition(
        f"CASE WHEN {sure.all} THEN 'certain' ELSE 'possible' END", sure.parameters
    )
