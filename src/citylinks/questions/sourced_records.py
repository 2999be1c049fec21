"""The records that rest on sources, as the questions about evidence choose them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citylinks.query.conditions import record_conditions
from citylinks.query.filters import Filters, of_kinds
from citylinks.query.sql import IN, Condition
from citylinks.questions.session import Session, where_clause

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

TYPES = ("city", "partnership", "event")


def check_kinds(filters: Filters) -> Filters:
    """Return the filters with the kinds that partnerships and events can have."""
    return of_kinds(filters, "partnership", "event")


def chosen_numbers(session: Session, filters: Filters) -> str | None:
    """Return the numbers of the chosen records as JSON; None where all are."""
    resolved = session.resolved(filters)
    if not filters.given():
        return None
    numbers: list[int] = []
    for type_ in TYPES:
        of_type = Condition("+r.type = ?", (type_,))
        conditions = [of_type, *record_conditions(type_, filters, resolved)]
        clause, _ = where_clause(conditions, filters, "r")
        sql = f"SELECT r.no FROM record r{clause.sql}"
        numbers += session.fetch_column(sql, clause.parameters)
    return json.dumps(sorted(numbers))


def is_chosen(chosen: str | None, column: str) -> Condition:
    """Keep the chosen records; `column` holds their numbers."""
    if chosen is None:
        return Condition("1")
    return Condition(f"{column} {IN}", (chosen,))


def read_claims(
    session: Session, chosen: str | None
) -> Iterator[tuple[sqlite3.Row, dict[str, Any]]]:
    """Yield each claim with its record, in the order of types and ids."""
    condition = is_chosen(chosen, "r.no")
    rows = session.fetch(
        "SELECT r.type, r.id, r.body FROM record r WHERE r.no IN"
        " (SELECT record FROM ref WHERE type = 'source' AND relation = 'claims')"
        f" AND {condition.sql} ORDER BY r.type, r.id",
        condition.parameters,
    )
    for row in rows:
        for claim in json.loads(row["body"])["claims"]:
            yield row, claim


def value_text(value: Any) -> str | None:
    """Return the value of a field as one text; None where it states nothing."""
    if value is None:
        return None
    return _joined_text(value)


def _joined_text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_joined_text(value[key])}" for key in value)
    if isinstance(value, list):
        return ", ".join(map(_joined_text, value))
    return str(value)
