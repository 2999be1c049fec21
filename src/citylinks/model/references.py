"""Where a record refers to others: each reference with its place and its role."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.model.field_uses import Fields

# Where a value stands in its document: keys and positions, as pydantic has them.
Path = tuple[str | int, ...]


class Reference(NamedTuple):
    """The value at `path` that names a record, with its role where it has one."""

    path: Path
    type: str
    id: str
    role: str | None


def find_references(body: dict[str, Any], fields: Fields) -> list[Reference]:
    """Return every reference of a record, in the order of its body."""
    return list(_references(body, fields, ()))


def _references(part: dict[str, Any], fields: Fields, at: Path) -> Iterator[Reference]:
    for name, value in part.items():
        use = fields[name]
        if use.shape == "part":
            yield from _references(value, use.fields, (*at, name))
        elif use.shape == "list":
            for number, item in enumerate(value):
                if use.fields:
                    yield from _references(item, use.fields, (*at, name, number))
                elif use.refers:
                    yield Reference((*at, name, number), use.refers, item, None)
        elif use.refers:
            yield Reference((*at, name), use.refers, value, part.get("role"))


@lru_cache(maxsize=10_000)  # many records cite their sources for the same fields
def covers(field: str, path: str) -> bool:
    """Whether one field is the other or lies in it, as `members[1].from` does."""
    if len(field) > len(path):
        field, path = path, field
    end = len(field)
    return path.startswith(field) and path[end : end + 1] in {"", ".", "["}


def value_at(body: dict[str, Any], path: str) -> Any:
    """Return the value at a path such as `agreements[1].signed`, or None."""
    value: Any = body
    for key in path.replace("[", ".").replace("]", "").split("."):
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return value
