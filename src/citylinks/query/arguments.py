"""What a program passes to a question: text, lists of text, numbers; all else is
refused.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping

from citylinks.errors import UsageError

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
