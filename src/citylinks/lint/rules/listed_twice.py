"""A list names the same thing once.

A city, a theme, an organization, a source, a name or a paper that stands twice in one
list is counted and printed twice, and mostly another one was meant. What differs may
stand twice: a city in two roles, a member that left and came back, a source with a note
for each field.

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

from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates
from citylinks.lint.rules import MOST_COMPARED, RuleFinding
from citylinks.model.references import REFERRING
from citylinks.model.vocabulary import BILATERAL_KINDS
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

    Part = dict[str, Any]


class Parts(NamedTuple):
    """When two parts of a list are the same: what is alike in both, and what may
    differ.

    What stands in `apart` sets two apart where both state it; `name` is what one is
    called by.
    """

    noun: str
    name: str | None
    alike: tuple[str, ...]
    apart: tuple[str, ...] = ()
    at_a_time: bool = False  # what is over before the other begins is another


# The lists of parts, and those of plain words, each with what one in it is called.
PARTS: dict[str, Parts] = {
    "cities": Parts("city", "city", ("city",), ("role",)),
    "members": Parts("member", "city", ("city", "role"), at_a_time=True),
    "organizations": Parts("organization", "organization", ("organization",), ("role",)),
    "sources": Parts("source", "source", ("source", "note")),
    "claims": Parts("claim", None, ("field", "value", "source")),
    "aliases": Parts("name", "name", ("name",), ("lang",), at_a_time=True),
    "agreements": Parts(
        "agreement", None, ("kind", "title", "signed", "listed"),
        ("expires", "parties", "themes", "summary"),
    ),
    "counts": Parts("count", "of", ("of", "date"), ("value",)),
    "outcomes": Parts("outcome", None, ("summary",), ("date", "city")),
    "pillars": Parts("part", "name", ("name",), ("summary",)),
    "contacts": Parts("person", "name", ("name", "role"), ("organization", "unit")),
    "status": Parts("status", "is", ("is", "since"), ("reason",)),
}  # fmt: skip
WORDS = {
    **REFERRING,
    "parties": "city",
    "fields": "field",
    "aliases": "name",
    "sdgs": "goal",
}
MENDING = {"sources": "keep one of the two, with the fields of both"}


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find what stands twice in a list of a record."""
    for at, items in _lists(record.body, ()):
        if not _is_told(record, at):
            yield from _in_list(at, items)


def _lists(part: Part, at: Path) -> Iterator[tuple[Path, Sequence[Any]]]:
    """Yield the lists of a part and of the parts in them, each with its place."""
    for field, value in part.items():
        if isinstance(value, list):
            yield (*at, field), value
            for number, item in enumerate(value) if isinstance(value[0], dict) else ():
                yield from _lists(item, (*at, field, number))


def _is_told(record: CheckedRecord, at: Path) -> bool:
    """Whether `member-count` says what is wrong in a list."""
    is_members = record.type == "partnership" and at == ("members",)
    return is_members and record.body["kind"] in BILATERAL_KINDS


def _in_list(at: Path, items: Sequence[Any]) -> Iterator[RuleFinding]:
    """Find each that says the same as one before it."""
    if len(items) < 2:
        return
    field = at[-1]
    help_ = MENDING.get(str(field), "keep one of the two")
    find = _parts if isinstance(items[0], dict) else _words
    for number, said in find(str(field), items):
        yield RuleFinding((*at, number), f"{said} is listed twice", help_)


def _words(field: str, items: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Yield the number of each word that was there before, and what it is called."""
    seen = set()
    for number, item in enumerate(items):
        if item in seen:
            yield number, f"the {WORDS[field]} {quoted(str(item))}"
        seen.add(item)


def _parts(field: str, items: Sequence[Part]) -> Iterator[tuple[int, str]]:
    """Yield the number of each part that was there before, and what it is called."""
    kind = PARTS[field]
    seen: dict[str, list[Part]] = {}
    for number, item in enumerate(items):
        alike = seen.setdefault(repr([item.get(key) for key in kind.alike]), [])
        if any(not _is_apart(kind, other, item) for other in alike[:MOST_COMPARED]):
            name = f" {quoted(item[kind.name])}" if kind.name else ""
            yield number, f"the {kind.noun}{name}"
        alike.append(item)


def _is_apart(kind: Parts, one: Part, other: Part) -> bool:
    """Whether something sets two parts apart that are else alike."""
    if any(
        key in one and key in other and one[key] != other[key] for key in kind.apart
    ):
        return True
    return kind.at_a_time and (_may_follow(one, other) or _may_follow(other, one))


def _may_follow(one: Part, other: Part) -> bool:
    """Whether one may be over when the other begins."""
    if "until" not in one or "from" not in other:
        return False
    return not dates.precedes(dates.parse(other["from"]), dates.parse(one["until"]))
