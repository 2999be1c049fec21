"""Rules across records: each check is a function from the dataset to what it found.

Add a check by writing it and naming it in `CHECKS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks import dates
from citylinks.diagnostics import RULE_BY_NAME, Diagnostic
from citylinks.document import parse
from citylinks.folding import did_you_mean
from citylinks.loader import place_of, read
from citylinks.model import City, Partnership, Record
from citylinks.references import references
from citylinks.vocabulary import BILATERAL_KINDS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citylinks.diagnostics import Path, Span
    from citylinks.document import Stream
    from citylinks.loader import Dataset, Loaded, Origin
    from citylinks.model import Part


MOST_HINTS = 50  # guesses in one run; each looks through all ids of a type


class Finding(NamedTuple):
    """What a check found: the rule's name, the record, the path within it, and the words."""

    rule: str
    record: Loaded
    path: Path
    message: str


def unknown_reference(dataset: Dataset) -> Iterator[Finding]:
    """Find where a record refers to something that no file holds."""
    hints: dict[tuple[str, str], str] = {}
    for record in dataset:
        for reference in references(record.type, record.model):
            known = dataset.seen[reference.type]
            if reference.id not in known and reference.type not in dataset.partial:
                key = (reference.type, reference.id)
                if key not in hints:
                    is_worth = len(hints) < MOST_HINTS
                    hints[key] = did_you_mean(reference.id, known) if is_worth else ""
                hint = hints[key]
                message = f"there is no {reference.type} '{reference.id}'{hint}"
                yield Finding("unknown-reference", record, reference.path, message)


def member_count(dataset: Dataset) -> Iterator[Finding]:
    """Find bilateral ties that are not between two different members."""
    for record in dataset:
        tie = record.model
        if isinstance(tie, Partnership) and tie.kind in BILATERAL_KINDS:
            cities = [member.city for member in tie.members]
            if len(cities) != 2:
                message = f"a {words(tie.kind)} tie has two members, not {len(cities)}"
                yield Finding("member-count", record, ("members",), message)
            elif cities[0] == cities[1]:
                message = f"'{cities[0]}' cannot be tied to itself"
                yield Finding("member-count", record, ("members",), message)


def ends_before_start(dataset: Dataset) -> Iterator[Finding]:
    """Find what surely ends before it begins."""
    for record in dataset:
        for first, last, path in _spans(record.model):
            if _is_before(last, first):
                message = f"{last} lies before {first}"
                yield Finding("ends-before-start", record, path, message)


def _spans(model: Part) -> Iterator[tuple[str | None, str | None, Path]]:
    """Yield each beginning with its end, and where the end stands."""
    if isinstance(model, Partnership):
        yield model.start, model.end, ("end",)
        for number, member in enumerate(model.members):
            yield member.from_, member.until, ("members", number, "until")
        for number, paper in enumerate(model.agreements or ()):
            yield paper.signed, paper.expires, ("agreements", number, "expires")
    elif isinstance(model, City):
        for number, alias in enumerate(model.aliases or ()):
            yield alias.from_, alias.until, ("aliases", number, "until")


def _is_before(last: str | None, first: str | None) -> bool:
    if last is None or first is None:
        return False
    ended, begun = dates.parse(last).latest, dates.parse(first).earliest
    return ended is not None and begun is not None and ended < begun


def foreign_subdivision(dataset: Dataset) -> Iterator[Finding]:
    """Find subdivisions that are not of the country of their city."""
    for record in dataset:
        city = record.model
        if not (isinstance(city, City) and city.subdivision and city.country):
            continue
        if not city.subdivision.startswith(f"{city.country}-"):
            message = f"subdivision '{city.subdivision}' is not of country '{city.country}'"
            yield Finding("malformed-identifier", record, ("subdivision",), message)


def no_source(dataset: Dataset) -> Iterator[Finding]:
    """Find the records that do not say where they were learnt."""
    for record in dataset:
        if isinstance(record.model, Record) and record.model.sources is None:
            yield Finding("no-source", record, (), f"the {record.type} cites no source")


CHECKS: tuple[Callable[[Dataset], Iterator[Finding]], ...] = (
    member_count,
    ends_before_start,
    foreign_subdivision,
    unknown_reference,
    no_source,
)


def check(dataset: Dataset) -> list[Diagnostic]:
    """Return what the checks find, each at its place in its file."""
    places = _Places()
    findings = (finding for run in CHECKS for finding in run(dataset))
    return [
        Diagnostic(RULE_BY_NAME[rule], places.span(record.origin, *path), message)
        for rule, record, path, message in findings
    ]


class _Places:
    """Finds values in files again; reads a file only when something in it was found."""

    def __init__(self) -> None:
        self._streams: dict[str, Stream] = {}

    def span(self, origin: Origin, *path: str | int) -> Span:
        if origin.path not in self._streams:
            self._streams[origin.path] = parse(read(origin.path), origin.path)
        return place_of(origin, *path, stream=self._streams[origin.path])
