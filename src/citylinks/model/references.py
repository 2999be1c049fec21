"""Where a record refers to others: each reference with its place and its role."""

from __future__ import annotations

from typing import Any, NamedTuple

# Where a value stands in its document: keys and positions, as pydantic has them.
Path = tuple[str | int, ...]

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
    """That the value at `path` names the record `id` of `type`, in `role` where it says
    one.
    """

    path: Path
    type: str
    id: str
    role: str | None


def find_references(type_: str, body: dict[str, Any]) -> list[Reference]:
    """Return every reference of a record of `type_`, in the order of its body."""
    found: list[Reference] = []
    _add(found, body, {**REFERRING, "part_of": type_}, ())
    return found


def _add(
    found: list[Reference], part: dict[str, Any], fields: dict[str, str], at: Path
) -> None:
    for name, value in part.items():
        if isinstance(value, str):
            if name in fields:
                found.append(
                    Reference((*at, name), fields[name], value, part.get("role"))
                )
        elif isinstance(value, dict):
            if name in fields and "id" in value:  # a part that is itself a reference
                found.append(
                    Reference((*at, name, "id"), fields[name], value["id"], None)
                )
            _add(found, value, fields, (*at, name))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    _add(found, item, fields, (*at, name, number))
                elif name in fields:
                    found.append(
                        Reference((*at, name, number), fields[name], item, None)
                    )


def covers(field: str, path: str) -> bool:
    """Whether one field lies within the other, as `agreements[1].signed` in
    `agreements[1]`.
    """
    shorter, longer = (field, path) if len(field) <= len(path) else (path, field)
    if not longer.startswith(shorter):
        return False
    return longer[len(shorter) : len(shorter) + 1] in {"", ".", "["}


def value_at(body: dict[str, Any], path: str) -> Any:
    """Return what a record states at a path such as `agreements[1].signed`, or None."""
    value: Any = body
    for key in path.replace("[", ".").replace("]", "").split("."):
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, TypeError, ValueError):  # nothing stands there
            return None
    return value
