"""Rules across records: each check is a function from the dataset to what it found.

Add a check by writing it and naming it in `CHECKS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.diagnostics import RULE_BY_NAME, Diagnostic, Span
from citylinks.document import parse
from citylinks.folding import did_you_mean
from citylinks.loader import read
from citylinks.model import Record
from citylinks.references import references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citylinks.diagnostics import Path
    from citylinks.document import Stream
    from citylinks.loader import Dataset, Loaded, Origin


class Finding(NamedTuple):
    """What a check found: the rule's name, the record, the path within it, and the words."""

    rule: str
    record: Loaded
    path: Path
    message: str


def unknown_reference(dataset: Dataset) -> Iterator[Finding]:
    """Find where a record refers to something that no file holds."""
    for record in dataset:
        for reference in references(record.type, record.model):
            known = dataset.seen[reference.type]
            if reference.id not in known:
                hint = did_you_mean(reference.id, known)
                message = f"there is no {reference.type} '{reference.id}'{hint}"
                yield Finding("unknown-reference", record, reference.path, message)


def no_source(dataset: Dataset) -> Iterator[Finding]:
    """Find the records that do not say where they were learnt."""
    for record in dataset:
        if isinstance(record.model, Record) and record.model.sources is None:
            yield Finding("no-source", record, (), f"the {record.type} cites no source")


CHECKS: tuple[Callable[[Dataset], Iterator[Finding]], ...] = (unknown_reference, no_source)


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
        stream = self._stream(origin.path)
        if origin.document >= len(stream.documents):
            return Span(origin.path)
        document = stream.documents[origin.document]
        full = (*origin.within, *path)
        return document.span(*full) if path else document.key_span(*full)

    def _stream(self, path: str) -> Stream:
        if path not in self._streams:
            self._streams[path] = parse(read(path)[0] or "", path)
        return self._streams[path]
