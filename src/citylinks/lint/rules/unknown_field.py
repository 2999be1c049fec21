"""A citation and a claim name a field of their record.

The `fields` of a source and the `field` of a claim are paths: `start`,
`location.latitude`, `agreements[1].signed`, where the first agreement has number 0. If
a path leads to no field, or to an item of a list that does not exist, what the source
says is never shown. The evidence itself, `sources` and `claims`, has no sources of its
own.

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
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.lint.rules import RuleFinding
from citylinks.model.field_uses import FieldUse
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.field_uses import Fields
    from citylinks.model.references import Path

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_WITH_ARTICLE = {"city": "a city", "partnership": "a partnership", "event": "an event"}


class Fault(NamedTuple):
    """Why a path leads to no field, and how to mend it."""

    message: str
    help: str | None = None


class _PathEnd(NamedTuple):
    """Where a path has led so far: its text, the use of that field, and its value."""

    path: str
    use: FieldUse
    value: Any


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the paths of citations and claims that lead to no field."""
    for path, text in field_paths(record):
        fault = find_fault(record, text)
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


def find_fault(record: CheckedRecord, text: str) -> Fault | None:
    """Return the reason why a path leads to no field of a record, if it does not."""
    end = _PathEnd("", FieldUse("part", fields=record.fields), record.body)
    for index, name in _STEP.findall(text):
        if index:
            step = _follow_position(end, int(index))
        else:
            step = _follow_name(end, name, _WITH_ARTICLE[record.type])
        if isinstance(step, Fault):
            return step
        end = step
    return None


def _follow_name(end: _PathEnd, name: str, record: str) -> _PathEnd | Fault:
    """Follow a path by the name of a field."""
    path = f"{end.path}.{name}" if end.path else name
    value = end.value.get(name) if isinstance(end.value, dict) else None
    use = end.use
    if use.shape == "list":
        return _is_a_list(end, name)
    if use.shape == "map":
        return _PathEnd(path, use.item, value)
    if use.shape == "value":
        message = f"{quoted(end.path)} has no fields of its own"
        return Fault(message, f"write {end.path}")
    if name in use.fields and not use.fields[name].is_evidence:
        return _PathEnd(path, use.fields[name], value)
    return _no_field(quoted(end.path) if end.path else record, name, use.fields)


def _no_field(where: str, name: str, fields: Fields) -> Fault:
    """Return that there is no such field, with those that there are."""
    if name in fields:
        return Fault(f"{quoted(name)} is itself evidence and has no sources")
    known = [key for key, use in fields.items() if not use.is_evidence]
    message = f"{where} has no field {quoted(name)}{did_you_mean(name, known)}"
    return Fault(message, f"one of: {', '.join(known)}")


def _is_a_list(end: _PathEnd, name: str) -> Fault:
    """Return that a list has no fields, and how that of its first part is written."""
    first = f"{end.path}[0]"
    if name in end.use.fields:
        first += f".{name}"
    return Fault(f"{quoted(end.path)} is a list", f"write {first} for the first item")


def _follow_position(end: _PathEnd, index: int) -> _PathEnd | Fault:
    """Follow a path by a position in a list, counted from 0."""
    if end.use.shape != "list":
        return Fault(f"{quoted(end.path)} is not a list", f"write {end.path}")
    path, number = f"{end.path}[{index}]", len(end.value or ())
    if index < number:
        return _PathEnd(path, end.use.item, end.value[index])
    message = f"there is no {quoted(path)}"
    if not number:
        return Fault(f"{message}: the record has no {quoted(end.path)}")
    last = f"{end.path}[{number - 1}]"
    return Fault(message, f"the first is {end.path}[0], the last {last}")
