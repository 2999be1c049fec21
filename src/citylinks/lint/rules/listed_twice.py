"""A list names nothing twice.

A city, a theme, an organization, a source, a name or an agreement that appears twice in
a list is counted and printed twice, and usually another one was meant. Entries that
differ may both appear: a city in two roles, a member that left and came back, a source
with a note for each field.

Bad:

    # events/2009-visit.yaml
    title: A visit
    date: 2009
    kind: visit
    cities: [lyon, yokohama, lyon]

Good:

    # events/2009-visit.yaml
    title: A visit
    date: 2009
    kind: visit
    cities:
      - {city: lyon, role: host}
      - {city: lyon, role: organizer}
      - yokohama
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks import dates
from citylinks.lint.rules import MOST_COMPARED, RuleFinding
from citylinks.model.field_uses import Distinct
from citylinks.model.vocabulary import BILATERAL_KINDS
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.field_uses import Fields, FieldUse
    from citylinks.model.references import Path

    Body = dict[str, Any]  # of a record, or of a part of one
    Repeated = tuple[int, str]  # the number of an item, and what it is called

MENDING = {"source": "keep one of the two, with the fields of both"}  # by noun


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find what stands twice in a list of a record."""
    yield from _in_part(record, record.body, record.fields, ())


def _in_part(
    record: CheckedRecord, part: Body, fields: Fields, at: Path
) -> Iterator[RuleFinding]:
    """Find what stands twice in the lists of a part, and of the parts in them."""
    for key, value in part.items():
        use = fields[key]
        if use.shape != "list":
            continue
        if not _is_reported(record, (*at, key)):
            yield from _in_list((*at, key), value, use)
        for number, item in enumerate(value if use.fields else ()):
            yield from _in_part(record, item, use.fields, (*at, key, number))


def _is_reported(record: CheckedRecord, at: Path) -> bool:
    """Whether `member-count` reports what is wrong in a list."""
    is_members = record.type == "partnership" and at == ("members",)
    return is_members and record.body["kind"] in BILATERAL_KINDS


def _in_list(at: Path, items: Sequence[Any], use: FieldUse) -> Iterator[RuleFinding]:
    """Find each item that says the same as one before it."""
    if len(items) < 2:
        return
    distinct = use.distinct or Distinct(use.refers or "value")
    if use.fields:
        repeated = _repeated_parts(items, distinct)
    else:
        repeated = _repeated_words(items, distinct.noun)
    help_ = MENDING.get(distinct.noun, "keep one of the two")
    for number, name in repeated:
        yield RuleFinding((*at, number), f"{name} is listed twice", help_)


def _repeated_words(items: Sequence[Any], noun: str) -> Iterator[Repeated]:
    """Yield each word that was there before."""
    seen = set()
    for number, item in enumerate(items):
        if item in seen:
            yield number, f"the {noun} {quoted(str(item))}"
        seen.add(item)


def _repeated_parts(items: Sequence[Body], distinct: Distinct) -> Iterator[Repeated]:
    """Yield each part that was there before."""
    seen: dict[str, list[Body]] = {}
    for number, item in enumerate(items):
        stated = repr([item.get(key) for key in distinct.alike])
        alike = seen.setdefault(stated, [])
        if any(not _is_apart(distinct, part, item) for part in alike[:MOST_COMPARED]):
            name = f" {quoted(item[distinct.name])}" if distinct.name else ""
            yield number, f"the {distinct.noun}{name}"
        alike.append(item)


def _is_apart(distinct: Distinct, part: Body, other: Body) -> bool:
    """Whether something sets two parts apart that are else alike."""
    for key in distinct.apart:
        if key in part and key in other and part[key] != other[key]:
            return True
    if not distinct.at_a_time:
        return False
    return _may_follow(part, other) or _may_follow(other, part)


def _may_follow(part: Body, other: Body) -> bool:
    """Whether the first part may be over when the other begins."""
    if "until" not in part or "from" not in other:
        return False
    until, since = dates.parse(part["until"]), dates.parse(other["from"])
    return not dates.precedes(since, until)
