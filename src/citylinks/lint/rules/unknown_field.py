"""A citation and a claim name a field of their record.

What a source carries, `fields`, and what a claim is about, `field`, are paths: `start`,
`location.latitude`, `agreements[1].signed`, of which the first agreement is number 0. A
path that leads to no field, or to a part of a list that the record does not have,
carries nothing: what the source says is not told anywhere. The evidence itself,
`sources` and `claims`, rests on nothing.

Bad:

    # cities/lyon.yaml
    name: Lyon
    geonames: 2996944
    sources:
      - {source: wikidata, fields: [genomes]}

Good:

    # cities/lyon.yaml
    name: Lyon
    geonames: 2996944
    sources:
      - {source: wikidata, fields: [geonames]}
"""

from __future__ import annotations

import re
from functools import cache
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    NamedTuple,
    Union,
    get_args,
    get_origin,
)

from citylinks.lint.rules import RuleFinding
from citylinks.model.evidence import EVIDENCE
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_CALLED = {"city": "a city", "partnership": "a partnership", "event": "an event"}


class Fault(NamedTuple):
    """Why a path leads to no field, and how to mend it."""

    message: str
    help: str | None = None


class _At(NamedTuple):
    """How far a path was followed: its text, what the model has there, and what the
    record has.
    """

    path: str
    hint: Any
    value: Any


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the paths of citations and claims that lead to no field."""
    for path, text in field_paths(record):
        fault = fault_of(record, text)
        if fault:
            yield RuleFinding(path, fault.message, fault.help)


def field_paths(record: CheckedRecord) -> Iterator[tuple[Path, str]]:
    """Yield each path of a field that a record names, with the place where it does."""
    yield from cited_paths(record)
    for number, claim in enumerate(record.body.get("claims", ())):
        yield ("claims", number, "field"), claim["field"]


def cited_paths(record: CheckedRecord) -> Iterator[tuple[Path, str]]:
    """Yield each path for which a source is cited, with the place where it is."""
    for number, source in enumerate(record.body.get("sources", ())):
        for position, text in enumerate(source.get("fields", ())):
            yield ("sources", number, "fields", position), text


def fault_of(record: CheckedRecord, text: str) -> Fault | None:
    """Return why a path leads to no field of a record, if it does not."""
    from citylinks.model.records import (
        MODELS,  # costs more than the rules together; few records need it
    )

    at = _At("", MODELS[record.type], record.body)
    for index, name in _STEP.findall(text):
        found = (
            _item(at, int(index)) if index else _field(at, name, _CALLED[record.type])
        )
        if isinstance(found, Fault):
            return found
        at = found
    return None


def _field(at: _At, name: str, record: str) -> _At | Fault:
    """Follow a path by the name of a field."""
    hint = _bare(at.hint)
    path = f"{at.path}.{name}" if at.path else name
    if get_origin(hint) is tuple:
        return _of_list(at, name)
    if get_origin(hint) is dict:
        return _At(path, get_args(hint)[1], _value(at.value, name))
    if not hasattr(hint, "model_fields"):
        return Fault(f"{quoted(at.path)} has no fields of its own", f"write {at.path}")
    fields = _fields(hint)
    if name in fields and name not in EVIDENCE:
        return _At(path, fields[name], _value(at.value, name))
    return _unknown(quoted(at.path) if at.path else record, name, fields)


def _unknown(where: str, name: str, fields: Iterable[str]) -> Fault:
    """Return that there is no such field, with those that there are."""
    if name in EVIDENCE & set(fields):
        return Fault(f"{quoted(name)} is evidence itself, and rests on nothing")
    known = [key for key in fields if key not in EVIDENCE]
    said = f"{where} has no field {quoted(name)}{did_you_mean(name, known)}"
    return Fault(said, f"one of: {', '.join(known)}")


def _of_list(at: _At, name: str) -> Fault:
    """Return that a list has no fields, and how that of its first part is written."""
    part = _bare(get_args(_bare(at.hint))[0])
    first = f"{at.path}[0].{name}" if name in _fields(part) else f"{at.path}[0]"
    return Fault(f"{quoted(at.path)} is a list", f"write {first} for the first in it")


def _item(at: _At, index: int) -> _At | Fault:
    """Follow a path by a position in a list, counted from 0."""
    hint = _bare(at.hint)
    if get_origin(hint) is not tuple:
        return Fault(f"{quoted(at.path)} is not a list", f"write {at.path}")
    path, number = f"{at.path}[{index}]", len(at.value or ())
    if index < number:
        return _At(path, get_args(hint)[0], at.value[index])
    said = f"there is no {quoted(path)}"
    if not number:
        return Fault(f"{said}: the record has no {quoted(at.path)}")
    return Fault(said, f"the first is {at.path}[0], the last {at.path}[{number - 1}]")


@cache
def _fields(part: Any) -> dict[str, Any]:
    """Return the fields of a part of the model as they are written, with what they
    hold.
    """
    fields = getattr(part, "model_fields", {})
    return {info.alias or name: info.annotation for name, info in fields.items()}


def _bare(hint: Any) -> Any:
    """Return a hint of the model without what is annotated to it, and without `| None`."""
    while get_origin(hint) in {Annotated, Union, UnionType}:
        hint = next(one for one in get_args(hint) if one is not type(None))
    return hint


def _value(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
