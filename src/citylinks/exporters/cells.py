"""A result as a row of cells, for the formats that are tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from citylinks.questions.results import ClaimRef, RecordRef

if TYPE_CHECKING:
    from citylinks.questions.results import Answer


def column_names(answer: Answer) -> tuple[str, ...]:
    """Return the names of the columns, which do not depend on the results."""
    fields: tuple[str, ...] = get_args(get_type_hints(type(answer))["results"])[
        0
    ]._fields
    return fields


def cell_values(result: Any) -> list[str]:
    """Return each field as text: other records by id, several with `; ` between them.

    Of several lists, each has `, ` between its own.
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
        return _of_part(value._asdict())
    if isinstance(value, tuple):
        return "; ".join(_of_list(item) for item in value)
    return str(value)


def _of_list(item: Any) -> str:
    is_list = isinstance(item, tuple) and not hasattr(item, "_asdict")
    return ", ".join(map(_cell, item)) if is_list else _cell(item)


def _of_part(part: dict[str, Any]) -> str:
    """Return a part by its id or name, else its fields as `cities=21`."""
    named = part.get("id") or part.get("name")
    if named:
        return str(named)
    return "; ".join(
        f"{name}={value}" for name, value in part.items() if value is not None
    )
