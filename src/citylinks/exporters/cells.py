"""A result as a row of cells, for the formats that are tables."""

from __future__ import annotations

from typing import Any

from citylinks.questions.results import ClaimRef, RecordRef


def cell_values(result: Any) -> list[str]:
    """Return each field of a result as the text of a cell.

    Other records are named by id. Several values have `; ` between them; of several
    lists, each has `, ` between its own values.
    """
    return [_cell(value) for value in result]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "; ".join(f"{key}={_cell(item)}" for key, item in value.items())
    if isinstance(value, RecordRef):
        return f"{value.type}/{value.id}"
    if isinstance(value, ClaimRef):
        return f"{value.field}: {value.value} ({value.source.id})"
    if hasattr(value, "_asdict"):
        return _part(value._asdict())
    if isinstance(value, tuple):
        return "; ".join(map(_item, value))
    return str(value)


def _item(item: Any) -> str:
    """Return an item of a list, which may itself be a list."""
    if isinstance(item, tuple) and not hasattr(item, "_asdict"):
        return ", ".join(map(_cell, item))
    return _cell(item)


def _part(fields: dict[str, Any]) -> str:
    """Return the id or name of a part of a result, else its fields as `cities=21`."""
    name = fields.get("id") or fields.get("name")
    if name:
        return str(name)
    return "; ".join(
        f"{key}={item}" for key, item in fields.items() if item is not None
    )
