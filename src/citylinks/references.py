"""Where a record refers to others: each reference with its place and its role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.model import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def references(type_: str, model: Part) -> Iterator[Reference]:
    """Yield every reference of a record of `type_`, in the order of the model's fields."""
    fields = {**REFERRING, "part_of": type_}
    yield from _in_part(model, fields, ())


def _in_part(part: Part, fields: dict[str, str], at: Path) -> Iterator[Reference]:
    values = vars(part)  # its fields in their order, without pydantic's way to what is absent
    role = values.get("role")
    for name, value in values.items():
        if value is None:
            continue
        path = (*at, name)
        if isinstance(value, Part):
            yield from _in_field(value, fields, path, fields.get(name))
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Part):
                    yield from _in_part(item, fields, (*path, number))
                elif name in fields:
                    yield Reference((*path, number), fields[name], item, None)
        elif name in fields:
            yield Reference(path, fields[name], value, role)


def _in_field(
    part: Part, fields: dict[str, str], path: Path, named: str | None
) -> Iterator[Reference]:
    """Yield what a nested part refers to; one with an `id` of its own is itself a reference."""
    if named and "id" in vars(part):
        yield Reference((*path, "id"), named, vars(part)["id"], None)
    yield from _in_part(part, fields, path)
