"""The dates of a query as people type them, read as EDTF before it is answered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from citylinks import dates

if TYPE_CHECKING:
    from collections.abc import Callable

    from citylinks.query.arguments import Query

# The fields of queries and filters that hold dates.
DATE_FIELDS = ("year", "from_", "to", "as_of")


def with_edtf(query: Query, today: Callable[[], str]) -> Query:
    """Return a query whose dates are EDTF or short forms; raises DateError."""
    changed: dict[str, Any] = {}
    for name in query._fields:  # type: ignore[attr-defined]
        value = getattr(query, name)
        if name == "filters":
            changed[name] = with_edtf(value, today)
        elif name in DATE_FIELDS and isinstance(value, str):
            changed[name] = _bound(name, value, _edtf(value, today))
        elif name in DATE_FIELDS and value:
            changed[name] = tuple(_edtf(text, today) for text in value)
    return query._replace(**changed)  # type: ignore[attr-defined,no-any-return]


def _edtf(text: str, today: Callable[[], str]) -> str:
    text = text.strip()
    if dates.is_span(text):
        return text
    return dates.read_as_edtf(text, dt.date.fromisoformat(today()))


def _bound(name: str, text: str, edtf: str) -> str:
    """Return the end of a time that counts where it is the first or the last day.

    `--from "last 10 years"` becomes a day, and `--from "since 2010"` becomes 2010.
    """
    start, _, end = edtf.partition("/")
    bound = {"from_": start, "to": end}.get(name, "")
    if edtf == text.strip() or bound in ("", ".."):
        return edtf
    return bound


def read_today(text: str) -> str:
    """Return the EDTF of a date as a person types it today; raises DateError."""
    from citylinks.dates.today import today

    return _edtf(text, today)


def readings(typed: Any, read: Any) -> list[str]:
    """Return a note for each date that was read as another text than was typed."""
    if isinstance(typed, str):
        typed, read = [typed], [read]
    notes = []
    for text, edtf in zip(typed or (), read or (), strict=False):
        if edtf != text.strip():
            notes.append(f"reading '{text}' as {edtf}")
    return notes
