"""On whose word, as pages: coverage, conflicts, sources, gaps, and the fields of one
record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import PLURALS, in_words
from citylinks.text.safe import number_of
from citylinks.views.blocks import (
    Bars,
    Fields,
    Heading,
    Notes,
    Prose,
    TableBlock,
    Title,
)
from citylinks.views.phrases import claimed, readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.evidence import (
        Conflicts,
        Coverage,
        CoverageRow,
        FieldEvidence,
        FieldRow,
        Gaps,
        SourceUses,
    )
    from citylinks.questions.results import ClaimRef, SourceRef
    from citylinks.views.blocks import Block

# Each measure of the coverage with its heading and what it counts.
MEASURES: dict[str, tuple[str, str]] = {
    "sources": ("Records by their sources", "records"),
    "best": ("Records by their best source", "records"),
    "fields": ("Fields by their sources", "fields"),
    "missing": ("Records that lack something", "records"),
}
LABELS: dict[tuple[str, str], str] = {
    ("sources", "none"): "no source",
    ("sources", "one"): "one source",
    ("sources", "several"): "several",
    ("best", "unknown"): "kind not stated",
    ("fields", "none"): "no source",
    ("fields", "one"): "one source",
    ("fields", "several"): "several",
    ("missing", "source"): "no source",
    ("missing", "date"): "no date",
    ("missing", "coordinates"): "no coordinates",
    ("missing", "country"): "no country",
}
TYPES = ("cities", "partnerships", "events")
NO_SOURCE = "no source"


def coverage_page(answer: Coverage) -> Iterator[Block]:
    """Yield the numbers with bars, and the sources that are used most."""
    if not answer.results:
        return
    yield Title("Evidence", (_counted(answer),))
    for measure, (heading, counted) in MEASURES.items():
        rows = [row for row in answer.results if row.measure == measure]
        yield Heading(heading)
        is_any = any(_numbers(row)[-1] for row in rows)
        bars = Bars(("", *TYPES, counted), tuple(_bar(row) for row in rows))
        yield bars if is_any else Prose("None.")
    if answer.uses:
        yield Heading("Sources used most")
        yield Bars(
            ("", *TYPES, "records"),
            tuple(
                (use.id, (use.cities, use.partnerships, use.events, use.records))
                for use in answer.uses
            ),
        )


def _counted(answer: Coverage) -> str:
    """Return how many records there are, and how many conflicts: `3 cities, 1 event;
    ...`.
    """
    singular = {plural: type_ for type_, plural in PLURALS.items()}
    records = [_numbers(row) for row in answer.results if row.measure == "sources"]
    numbers = zip(
        map(sum, zip(*records, strict=True)), TYPES, strict=False
    )  # the last is the sum
    said = ", ".join(number_of(n, singular[of], of) for n, of in numbers if n)
    claims = sum(_numbers(row)[-1] for row in answer.results if row.measure == "claims")
    return f"Of {said}; conflicts open: {claims}"


def _bar(row: CoverageRow) -> tuple[str, tuple[int, ...]]:
    return LABELS.get((row.measure, row.key), row.key), _numbers(row)


def _numbers(row: CoverageRow) -> tuple[int, ...]:
    """Return the numbers of each type and their sum."""
    numbers = [number or 0 for number in (row.cities, row.partnerships, row.events)]
    return (*numbers, sum(numbers))


def conflicts_page(answer: Conflicts) -> Iterator[Block]:
    """Yield the table of what is stated and what is claimed."""
    yield TableBlock(
        ("record", "field", "stated", "by", "claimed", "according to", "note"),
        tuple(
            (
                f"{row.record.type}/{row.record.id}",
                row.field,
                readable(row.value) if row.value is not None else "",
                _ids(row.sources),
                readable(row.claimed),
                row.source.id,
                row.note or "",
            )
            for row in answer.results
        ),
    )


def source_uses_page(answer: SourceUses) -> Iterator[Block]:
    """Yield the table of sources with what rests on them."""
    yield TableBlock(
        ("records", "alone", "fields", "claims", "kind", "source"),
        tuple(
            (
                str(row.records),
                str(row.alone),
                str(row.fields),
                str(row.claims),
                in_words(row.kind or ""),
                row.id,
            )
            for row in answer.results
        ),
    )


def gaps_page(answer: Gaps) -> Iterator[Block]:
    """Yield the table of records with what they lack."""
    yield TableBlock(
        ("record", "name", "missing"),
        tuple(
            (
                f"{row.record.type}/{row.record.id}",
                row.record.name,
                ", ".join(row.missing),
            )
            for row in answer.results
        ),
    )


def field_evidence_page(answer: FieldEvidence) -> Iterator[Block]:
    """Yield each field with the marks of its sources, what others say, and the sources."""
    notes = Notes(
        tuple(dict.fromkeys(s for row in answer.results for s in row.sources))
    )
    yield Title(answer.results[0].record.name, (answer.query["record"],))
    told: set[ClaimRef] = set()
    rows = tuple((row.field, tuple(_said(row, notes, told))) for row in answer.results)
    yield Fields(rows)
    yield from notes.blocks()


def _said(row: FieldRow, notes: Notes, told: set[ClaimRef]) -> Iterator[str]:
    """Yield what a field says and on whose word; a claim of several fields is told
    once.
    """
    if row.value is not None:
        yield f"{readable(row.value)} {notes.marks(row.sources) or f'({NO_SOURCE})'}"
    for claim in row.claims:
        if claim not in told:
            told.add(claim)
            yield f"but: {claimed(claim, notes)}"


def _ids(sources: tuple[SourceRef, ...]) -> str:
    return ", ".join(source.id for source in sources)
