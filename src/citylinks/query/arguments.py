"""What a program passes to a question: text, lists of text, numbers; all else is
refused.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from citylinks.errors import UsageError
from citylinks.query.options import query_fields

if TYPE_CHECKING:
    from collections.abc import Callable

Paths = Sequence[str | os.PathLike[str]]
Query = TypeVar("Query", bound=tuple[Any, ...])

LONGEST_SHOWN = 40  # characters of a value that is refused


def text(name: str, value: object) -> str:
    """Return text as it is; `UsageError` for anything else."""
    if isinstance(value, str):
        return value
    raise wrong(name, value, "text")


def text_or_none(name: str, value: object) -> str | None:
    """Return text, or None where nothing is asked for."""
    return None if value is None else text(name, value)


def texts(name: str, value: object) -> tuple[str, ...]:
    """Return a list of text; text alone is a list of one."""
    return tuple(text(name, one) for one in _listed(name, value, str, "text"))


def path(name: str, value: object) -> str:
    """Return a path as text, as `os.fspath` has it."""
    found = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(found, str):
        raise wrong(name, value, "a path")
    if not found or "\0" in found:
        raise UsageError(f"{name}: {shown(found)} is not a path")
    return found


def path_list(name: str, value: object) -> list[str]:
    """Return a list of paths; a path alone is a list of one."""
    return [
        path(name, one) for one in _listed(name, value, (str, os.PathLike), "a path")
    ]


def flag(name: str, value: object) -> bool:
    """Return True or False."""
    if isinstance(value, bool):
        return value
    raise wrong(name, value, "True or False")


def number(name: str, value: object) -> int:
    """Return a whole number, of any size."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise wrong(name, value, "a whole number")


def number_or_none(name: str, value: object) -> int | None:
    """Return a whole number, or None where none is asked for."""
    return None if value is None else number(name, value)


def content(name: str, value: object) -> bytes | None:
    """Return bytes, or None where there are none."""
    if value is None or isinstance(value, bytes):
        return value
    raise wrong(name, value, "bytes")


# The type of a field of a query -> what holds a value to it.
CHECKS: dict[Any, Callable[[str, object], object]] = {
    str: text,
    str | None: text_or_none,
    Sequence[str]: texts,
    Paths: path_list,
    bool: flag,
    int: number,
    int | None: number_or_none,
    bytes | None: content,
}


def checked_query(query: Query) -> Query:
    """Return a query with each value held to its type; `UsageError` for a wrong one."""
    checked = []
    for field, value in zip(query_fields(type(query)), query, strict=True):
        if field.type in CHECKS:
            checked.append(CHECKS[field.type](field.name, value))
        else:
            checked.append(part(field.name, value, field.type))
    return type(query)._make(checked)  # type: ignore[attr-defined,no-any-return]


def part(name: str, value: object, wanted: type[Query]) -> Query:
    """Return a query within another, whose values are held to their types too.

    Some come by `_replace`, which looks at nothing.
    """
    if isinstance(value, wanted):
        return checked_query(value)
    raise wrong(name, value, wanted.__name__)


def wrong(name: str, value: object, wanted: str) -> UsageError:
    """Return that the value of a parameter is not what is wanted."""
    return UsageError(f"{name} must be {wanted}, not {shown(value)}")


def shown(value: object) -> str:
    """Return a value as Python writes it, on one line and not too long."""
    written = " ".join(ascii(value).split())
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"


def _listed(
    name: str, value: object, alone: type | tuple[type, ...], wanted: str
) -> Collection[object]:
    if isinstance(value, alone):
        return (value,)
    if isinstance(value, Collection) and not isinstance(
        value, (bytes, bytearray, Mapping)
    ):
        return value
    raise wrong(name, value, f"{wanted} or a list of such")
