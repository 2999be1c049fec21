"""A result as a row of cells, for the formats that are tables."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from citylinks.answers import ClaimRef, RecordRef

if TYPE_CHECKING:
    from citylinks.answers import Answer


def columns(answer: Answer) -> list[str]:
    """Return the names of the columns, which do not depend on the results."""
    result_type = get_args(get_type_hints(type(answer))["results"])[0]
    return [field.name for field in fields(result_type)]


def cells(result: Any) -> list[str]:
    """Return each field as text: other records by id, several with `; ` between them."""
    return [_cell(getattr(result, field.name)) for field in fields(result)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, RecordRef):
        return f"{value.type}/{value.id}"
    if isinstance(value, ClaimRef):
        return f"{value.field}: {value.value} ({value.source})"
    if is_dataclass(value):
        return str(value.id) if hasattr(value, "id") else str(value)
    return str(value)
