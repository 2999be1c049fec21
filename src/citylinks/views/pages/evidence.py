"""The evidence as pages: coverage, conflicts, sources, gaps, the fields of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.text.safe import number_of
from citylinks.views.blocks import Bars, FieldList, Heading, Prose, TableBlock, Title
from citylinks.views.notes import Notes
from citylinks.views.phrases import (
    capitalized,
    claim_phrase,
    claimed_value,
    field_phrase,
    filter_phrases,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.conflicts import ConflictRow, Conflicts
    from citylinks.questions.evidence import Coverage, CoverageRow
    from citylinks.questions.gaps import GapRow, Gaps
    from citylinks.questions.record_evidence import FieldEvidence, FieldRow
    from citylinks.questions.results import ClaimRef, SourceRef
    from citylinks.questions.source_uses import SourceUse, SourceUses
    from citylinks.views.blocks import Block

# Each measure of the coverage: its heading, the name of the column of labels, and the
# things that it counts.
MEASURES: dict[str, tuple[str, str, str]] = {
    "sources": ("Records by number of sources", "sources", "records"),
    "best": ("Records by best source", "best source", "records"),
    "fields": ("Fields by number of sources", "sources", "fields"),
    "missing": ("Records with gaps", "missing", "records"),
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
TYPES = {"city": "cities", "partnership": "partnerships", "event": "events"}
COLUMNS = tuple(TYPES.values())
NO_SOURCE = "(no source)"


# -- Coverage -----------------------------------------------------------------


def coverage_page(answer: Coverage) -> Iterator[Block]:
    """Yield the numbers with bars, and the sources that are used most."""
    if not answer.results:
        return
    yield Title("Evidence", (_totals_phrase(answer), *filter_phrases(answer, ())))
    for measure, (heading, label, counted) in MEASURES.items():
        yield Heading(heading)
        bars = [_bar(row) for row in answer.results if row.measure == measure]
        if any(numbers[-1] for _, numbers in bars):
            yield Bars((label, *COLUMNS, counted), tuple(bars))
        else:
            yield Prose("None.")
    if answer.uses:
        yield Heading("Sources used most")
        yield Bars(
            ("source", *COLUMNS, "records"), tuple(map(_source_bar, answer.uses))
        )


def _totals_phrase(answer: Coverage) -> str:
    """Return the numbers of records and conflicts: `3 cities, 1 event; ...`."""
    totals = dict.fromkeys(COLUMNS, 0)
    conflicts = 0
    for row in answer.results:
        numbers = _numbers(row)
        if row.measure == "sources":
            for plural, number in zip(COLUMNS, numbers, strict=False):
                totals[plural] += number
        if row.measure == "claims":
            conflicts += numbers[-1]
    phrases = []
    for singular, plural in TYPES.items():
        if totals[plural]:
            phrases.append(number_of(totals[plural], singular, plural))
    return f"{', '.join(phrases)}; {number_of(conflicts, 'open conflict')}"


def _bar(row: CoverageRow) -> tuple[str, tuple[int, ...]]:
    return LABELS.get((row.measure, row.key), row.key), _numbers(row)


def _numbers(row: CoverageRow) -> tuple[int, ...]:
    """Return the numbers of each type and their sum."""
    cities, partnerships, events = (
        row.cities or 0,
        row.partnerships or 0,
        row.events or 0,
    )
    return (cities, partnerships, events, cities + partnerships + events)


def _source_bar(use: SourceUse) -> tuple[str, tuple[int, ...]]:
    return use.id, (use.cities, use.partnerships, use.events, use.records)


# -- Conflicts, sources and gaps ----------------------------------------------


def conflicts_page(answer: Conflicts) -> Iterator[Block]:
    """Yield the table of the values that are stated and claimed."""
    columns = ("record", "field", "value", "sources", "claimed", "source", "note")
    cells = tuple(map(_conflict_cells, answer.results))
    yield TableBlock(columns, cells, hide_first=("note", "sources", "source"))


def _conflict_cells(row: ConflictRow) -> tuple[str, ...]:
    stated = ""
    if row.value is not None:
        stated = claimed_value(row.value)
    return (
        f"{row.record.type}/{row.record.id}",
        field_phrase(row.field),
        stated,
        ", ".join(source.id for source in row.sources),
        claimed_value(row.claimed),
        row.source.id,
        row.note or "",
    )


def source_uses_page(answer: SourceUses) -> Iterator[Block]:
    """Yield the table of sources with the numbers of records that rest on them."""
    columns = ("records", "alone", "fields", "claims", "kind", "id")
    yield TableBlock(columns, tuple(map(_source_use_cells, answer.results)))


def _source_use_cells(use: SourceUse) -> tuple[str, ...]:
    return (
        str(use.records),
        str(use.alone),
        str(use.fields),
        str(use.claims),
        in_words(use.kind or ""),
        use.id,
    )


def gaps_page(answer: Gaps) -> Iterator[Block]:
    """Yield the table of records with the things that they lack."""
    columns = ("record", "name", "missing")
    yield TableBlock(columns, tuple(map(_gap_cells, answer.results)))


def _gap_cells(row: GapRow) -> tuple[str, ...]:
    record = row.record
    return (f"{record.type}/{record.id}", record.name, ", ".join(row.missing))


# -- The fields of one record -------------------------------------------------


def field_evidence_page(answer: FieldEvidence) -> Iterator[Block]:
    """Yield each field with the marks of its sources, then claims, then the sources."""
    notes = Notes(_all_sources(answer))
    yield Title(answer.results[0].record.name, (answer.query["record"],))
    yield FieldList(tuple(_field_rows(answer, notes)))
    yield from notes.blocks()


def _field_rows(
    answer: FieldEvidence, notes: Notes
) -> Iterator[tuple[str, tuple[str, ...]]]:
    stated_claims: set[ClaimRef] = set()
    for row in answer.results:
        yield (
            capitalized(field_phrase(row.field)),
            tuple(_field_lines(row, notes, stated_claims)),
        )


def _all_sources(answer: FieldEvidence) -> tuple[SourceRef, ...]:
    sources: dict[SourceRef, None] = {}
    for row in answer.results:
        sources.update(dict.fromkeys(row.sources))
    return tuple(sources)


def _field_lines(
    row: FieldRow, notes: Notes, stated_claims: set[ClaimRef]
) -> Iterator[str]:
    """Yield the value of a field with its sources, and the claims not stated yet."""
    if row.value is not None:
        yield f"{claimed_value(row.value)} {notes.marks(row.sources) or NO_SOURCE}"
    for claim in row.claims:
        if claim not in stated_claims:
            stated_claims.add(claim)
            phrase = claim_phrase(claim, notes, names_field=False)
            yield f"Another source: {phrase}"
