"""Where a record refers to others: each reference with its place and its role."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from citylinks.model import Part, parts_in

if TYPE_CHECKING:
    from citylinks.diagnostics import Path

# The fields that hold ids, and the type of record that they name.
REFERRING: dict[str, str] = {
    "city": "city",
    "place": "city",
    "parties": "city",
    "partnerships": "partnership",
    "series": "partnership",
    "themes": "theme",
    "broader": "theme",
    "organization": "organization",
    "source": "source",
    "sources": "source",
}


class Reference(NamedTuple):
    """That the value at `path` names the record `id` of `type`, in `role` where it says one."""

    path: Path
    type: str
    id: str
    role: str | None


def references(type_: str, model: Part) -> list[Reference]:
    """Return every reference of a record of `type_`, in the order of the model's fields."""
    found: list[Reference] = []
    _add_part(found, model, {**REFERRING, "part_of": type_}, ())
    return found


def _add_part(found: list[Reference], part: Part, fields: dict[str, str], at: Path) -> None:
    values = vars(part)  # its fields, without pydantic's way to what is absent
    for name in _referring(type(part)):
        value = values[name]
        if value is None:
            continue
        path = (*at, name)
        if isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Part):
                    _add_part(found, item, fields, (*path, number))
                else:
                    found.append(Reference((*path, number), fields[name], item, None))
        elif isinstance(value, Part):
            if name in fields and "id" in vars(value):  # a part that is itself a reference
                id_ = vars(value)["id"]
                found.append(Reference((*path, "id"), fields[name], id_, None))
            _add_part(found, value, fields, path)
        else:
            found.append(Reference(path, fields[name], value, values.get("role")))


@cache
def _referring(part: type[Part]) -> tuple[str, ...]:
    """Return the fields of a model that hold an id, or parts in which one may stand."""
    return tuple(
        name
        for name, field in part.model_fields.items()
        if name in REFERRING or name == "part_of" or any(map(_may_refer, parts_in(field)))
    )


def _may_refer(part: type[Part]) -> bool:
    return bool(_referring(part)) or "id" in part.model_fields
