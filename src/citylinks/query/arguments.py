"""The values that a program passes to a question, held to their types."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from citylinks.errors import UsageError
from citylinks.query.options import Without, option_name, query_fields, set_values

if TYPE_CHECKING:
    from collections.abc import Callable

Paths = Sequence[str | os.PathLike[str]]
Query = TypeVar("Query", bound=tuple[Any, ...])

LONGEST_SHOWN = 40  # characters of a value that is refused


def check_text(name: str, value: object) -> str:
    """Return text as it is; `UsageError` for anything else."""
    if isinstance(value, str):
        return value
    raise wrong_type(name, value, "text")


def check_text_or_none(name: str, value: object) -> str | None:
    """Return text, or None where nothing is asked for."""
    return None if value is None else check_text(name, value)


def check_texts(name: str, value: object) -> tuple[str, ...]:
    """Return a list of text; text alone is a list of one."""
    if isinstance(value, str):
        return (value,)
    items = _check_list(name, value, "text")
    return tuple(check_text(name, item) for item in items)


def check_path(name: str, value: object) -> str:
    """Return a path as text, as `os.fspath` has it."""
    path = value
    if isinstance(value, os.PathLike):
        path = os.fspath(value)
    if not isinstance(path, str):
        raise wrong_type(name, value, "a path")
    if not path or "\0" in path:
        raise UsageError(f"{name}: {short_repr(path)} is not a path")
    return path


def check_paths(name: str, value: object) -> list[str]:
    """Return a list of paths; a path alone is a list of one."""
    if isinstance(value, (str, os.PathLike)):
        return [check_path(name, value)]
    return [check_path(name, item) for item in _check_list(name, value, "a path")]


def check_flag(name: str, value: object) -> bool:
    """Return True or False."""
    if isinstance(value, bool):
        return value
    raise wrong_type(name, value, "True or False")


def check_whole_number(name: str, value: object) -> int:
    """Return a whole number, of any size."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise wrong_type(name, value, "a whole number")


def check_whole_number_or_none(name: str, value: object) -> int | None:
    """Return a whole number, or None where none is asked for."""
    return None if value is None else check_whole_number(name, value)


def check_content(name: str, value: object) -> bytes | None:
    """Return bytes, or None where there are none."""
    if value is None or isinstance(value, bytes):
        return value
    raise wrong_type(name, value, "bytes")


# The type of a field of a query -> what holds a value to it.
CHECKS: dict[Any, Callable[[str, object], object]] = {
    str: check_text,
    str | None: check_text_or_none,
    Sequence[str]: check_texts,
    Paths: check_paths,
    bool: check_flag,
    int: check_whole_number,
    int | None: check_whole_number_or_none,
    bytes | None: check_content,
}


def check_query(query: Query) -> Query:
    """Return a query with each value held to its type; `UsageError` for a wrong one."""
    checked = []
    for field, value in zip(query_fields(type(query)), query, strict=True):
        if field.type in CHECKS:
            checked.append(CHECKS[field.type](field.name, value))
        else:
            part = check_part(field.name, value, field.type)
            refuse_filters(part, field.without)
            checked.append(part)
    return type(query)._make(checked)  # type: ignore[attr-defined,no-any-return]


def check_part(name: str, value: object, wanted: type[Query]) -> Query:
    """Return a query within another, whose values are held to their types too.

    Some come by `_replace`, which looks at nothing.
    """
    if isinstance(value, wanted):
        return check_query(value)
    raise wrong_type(name, value, wanted.__name__)


def refuse_filters(filters: tuple[Any, ...], without: Without) -> None:
    """Raise a `UsageError` for a filter that is set, and has no meaning here."""
    for name in without.names:
        if set_values([name], [getattr(filters, name)]):
            hint = f": {without.instead}" if without.instead else ""
            raise UsageError(
                f"--{option_name(name)} does not apply to this question{hint}"
            )


def wrong_type(name: str, value: object, wanted: str) -> UsageError:
    """Return the error of a parameter whose value is not what is wanted."""
    return UsageError(f"{name} must be {wanted}, not {short_repr(value)}")


def short_repr(value: object) -> str:
    """Return a value as Python writes it, on one line and not too long."""
    text = " ".join(ascii(value).split())
    if len(text) > LONGEST_SHOWN:
        text = f"{text[:LONGEST_SHOWN]}…"
    return text


def _check_list(name: str, value: object, wanted: str) -> Collection[object]:
    is_mapping_or_bytes = isinstance(value, (bytes, bytearray, Mapping))
    if isinstance(value, Collection) and not is_mapping_or_bytes:
        return value
    raise wrong_type(name, value, f"{wanted} or a list of such")
