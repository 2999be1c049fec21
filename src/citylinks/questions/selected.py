"""The rows of records that meet conditions; partnerships with their status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.query.conditions import STATUS
from citylinks.query.sql import Condition
from citylinks.questions import rows
from citylinks.questions.session import Session, where_clause

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from citylinks.query.filters import Filters
    from citylinks.questions.results import PartnershipRow

_NOTHING = Condition("")
BY_DATE = "r.date IS NULL, r.sort_key, r.id"
CURRENT_STATUS = Condition(f", {STATUS} AS current_status")


def select_records(
    session: Session,
    type_: str,
    conditions: Sequence[Condition],
    filters: Filters,
    *,
    columns: Condition = _NOTHING,
    order: str = "r.id",
) -> list[sqlite3.Row]:
    """Return the rows of records of one type that meet the conditions."""
    # The plus keeps SQLite from walking all records of the type where a condition names
    # a few.
    of_type = Condition("+r.type = ?" if conditions else "r.type = ?", (type_,))
    clause, certainty = where_clause([of_type, *conditions], filters, "r")
    return session.fetch(
        f"SELECT r.*, {certainty.sql} AS certainty{columns.sql}"
        f" FROM record r{clause.sql} ORDER BY {order}",
        (*certainty.parameters, *columns.parameters, *clause.parameters),
    )


def select_partnerships(
    session: Session, conditions: Sequence[Condition], filters: Filters
) -> tuple[PartnershipRow, ...]:
    """Return the partnerships that meet the conditions, by the date of their start."""
    return rows.read_partnerships(
        partnerships_with_status(session, conditions, filters), session.names(filters)
    )


def partnerships_with_status(
    session: Session, conditions: Sequence[Condition], filters: Filters
) -> list[sqlite3.Row]:
    """Return the rows of partnerships with their status, by the date of their start."""
    return select_records(
        session,
        "partnership",
        conditions,
        filters,
        columns=CURRENT_STATUS,
        order=BY_DATE,
    )
