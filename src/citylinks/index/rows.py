"""Files and their records as rows of the tables, made without asking the index."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from citylinks import dates
from citylinks.files import suppressions
from citylinks.files.diagnostics import Stage
from citylinks.files.listing import RecordFile
from citylinks.files.loader import Dataset, load_file
from citylinks.files.reading import is_unreadable, read_bytes
from citylinks.index import database, freshness
from citylinks.index.tables import (
    EntryRefRow,
    EntryRow,
    EvidenceRow,
    FieldUseRow,
    FileRow,
    KindNameRow,
    LabelRow,
    LostRow,
    NamedRow,
    ProblemRow,
    RecordRow,
    RefRow,
    TitledRow,
    TrigramsRow,
)
from citylinks.model.entries import Entry, Involved, StoredRecord, timeline_entries
from citylinks.model.evidence import source_shares
from citylinks.model.field_uses import fields_to_json
from citylinks.model.fields import record_fields
from citylinks.model.prose import prose_texts
from citylinks.model.records import RECORDS
from citylinks.model.references import find_references
from citylinks.model.validity import OPEN, date_validity, end_validity, validity_between
from citylinks.model.vocabulary import END_KINDS, KINDS_OF, NAMED_TYPES, TITLED_TYPES
from citylinks.text.normalize import (
    fold,
    index_names,
    index_text,
    kind_term,
    with_edges,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citylinks.files.diagnostics import Diagnostic
    from citylinks.files.loader import Loaded

    # The rows of each table as plain tuples, which cost half as much to send.
    TableRows = dict[str, list[tuple[Any, ...]]]


class StampedFile(NamedTuple):
    """A file as the disk has it, under its number in the index."""

    no: int
    file: RecordFile
    folder: str
    stamp: str
    is_settled: bool
    size: int


# What has kinds that a search looks for.
KIND_BEARERS = ("partnership", "agreement", "event", "organization")
# The date of a record as a whole.
_DATE_FIELDS = {"partnership": "start", "event": "date", "source": "date"}


class Rows:
    """The rows of some files; each list is called as its table."""

    def __init__(self) -> None:
        self.record: list[RecordRow] = []
        self.file: list[FileRow] = []
        self.lost: list[LostRow] = []
        self.problem: list[ProblemRow] = []
        self.label: list[LabelRow] = []
        self.ref: list[RefRow] = []
        self.entry: list[EntryRow] = []
        self.entry_ref: list[EntryRefRow] = []
        self.evidence: list[EvidenceRow] = []
        self.named: list[NamedRow] = []
        self.titled: list[TitledRow] = []
        self.trigrams: list[TrigramsRow] = []

    def by_table(self) -> TableRows:
        """Return the rows of each table as plain tuples."""
        return {table: list(map(tuple, rows)) for table, rows in vars(self).items()}


def rows_of_files(files: Iterable[StampedFile]) -> TableRows:
    """Read files and return their rows, by table."""
    rows = Rows()
    for file in files:
        add_file(rows, file, read_bytes(file.file.path))
    return rows.by_table()


# -- Files --------------------------------------------------------------------


def add_file(rows: Rows, file: StampedFile, raw: bytes | Diagnostic) -> None:
    """Add the rows of one file that holds `raw`, or cannot be read."""
    dataset = Dataset((file.file.directory,))
    load_file(dataset, file.file, raw)
    path = file.file.path
    rows.file.append(
        FileRow(
            no=file.no,
            folder=os.fsencode(file.folder),
            part=freshness.part_of(path.rpartition(os.sep)[2]),
            path=os.fsencode(path),
            type=file.file.type,
            stamp=file.stamp,
            is_settled=file.is_settled and not is_unreadable(raw),
            hash=content_hash(raw),
            is_left_out=bool(dataset.left_out),
            is_partial=bool(dataset.partial),
            ignores=suppressions.find_suppressions(raw),
        )
    )
    for problem in dataset.problems:
        rows.problem.append(problem_row(file.no, Stage.IN_FILE, problem))
    rows.lost.extend(_lost_rows(file.no, dataset))
    add_records(rows, file.no, dataset)


def content_hash(raw: bytes | Diagnostic) -> bytes:
    """Return a hash of the content of a file, or of why it cannot be read."""
    if not isinstance(raw, bytes):
        raw = f"{raw.rule.name}: {raw.message}".encode()
    return hashlib.blake2b(raw, digest_size=16).digest()


def problem_row(file: int, stage: Stage, problem: Diagnostic) -> ProblemRow:
    """Return the row of a problem of a file."""
    return ProblemRow(
        file=file,
        stage=stage,
        rule=problem.rule.name,
        line=problem.span.line,
        column=problem.span.column,
        message=problem.message,
        help=problem.help,
    )


def _lost_rows(file: int, dataset: Dataset) -> Iterator[LostRow]:
    """Yield the ids of a file that are those of no record; all that can be named."""
    for type_, origins in dataset.seen.items():
        for id_, origin in origins.items():
            if id_ not in dataset.records[type_] and id_.isascii():
                yield LostRow(file, origin.document, type_, id_)


def field_rows() -> Iterator[FieldUseRow]:
    """Yield what the fields of each type of record are for."""
    for type_, fields in record_fields().items():
        yield FieldUseRow(type_, fields_to_json(fields))


def kind_name_rows() -> Iterator[KindNameRow]:
    """Yield the names of the kinds that records and agreements have, and of levels."""
    from citylinks.model.kind_names import kinds_by_name, levels_by_name

    levels = levels_by_name()
    borne: set[str] = set()
    for bearer in KIND_BEARERS:
        borne.update(KINDS_OF[bearer])
    kinds = kinds_by_name()
    for name in dict.fromkeys((*kinds, *levels)):
        kept = [kind for kind in kinds.get(name, ()) if kind in borne]
        if kept or name in levels:
            yield KindNameRow(name, " ".join(kept), " ".join(levels.get(name, ())))


# -- Records ------------------------------------------------------------------


def add_records(rows: Rows, file: int, records: Iterable[Loaded]) -> None:
    """Add the rows of the records of one file."""
    first, _ = database.numbers_within(file)
    label_no, entry_no = count(first), count(first + database.MIDDLE)
    for no, record in enumerate(records, start=first):
        body = record.body
        rows.record.append(_record_row(no, record, body))
        _add_labels(rows, no, record, body, label_no)
        _add_references(rows, no, record.type, body)
        if record.type in RECORDS:
            _add_evidence(rows, no, record.type, body)
        stored = StoredRecord(record.type, record.id, body)
        for entry in timeline_entries(stored, record_fields()[record.type]):
            if record.type == "event":
                rows.entry.append(_entry_row(no, no, entry, is_event=True))
            else:
                _add_entry(rows, next(entry_no), no, entry)


def _record_row(no: int, record: Loaded, body: dict[str, Any]) -> RecordRow:
    has_country = record.type in {"city", "organization"}
    date = body.get(_DATE_FIELDS.get(record.type, ""))
    earliest, latest, begun_by, lasts_until = _bounds(date)
    sort_key, _ = _sort_keys(date)
    return RecordRow(
        no=no,
        type=record.type,
        id=record.id,
        name=_name(body),
        kind=body.get("kind"),
        country=body.get("country") if has_country else None,
        level=body.get("level"),
        status=_last_status(record.type, body),
        date=date,
        earliest=earliest,
        latest=latest,
        begun_by=begun_by,
        lasts_until=lasts_until,
        sort_key=sort_key,
        over=_over(record.type, body),
        document=record.origin.document,
        body=_json(body),
    )


def _name(body: dict[str, Any]) -> str | None:
    return body.get("name") or body.get("title") or body.get("label")


def _last_status(type_: str, body: dict[str, Any]) -> str | None:
    if type_ == "partnership" and body.get("status"):
        status: str = body["status"][-1]["is"]
        return status
    return None


def _over(type_: str, body: dict[str, Any]) -> str | None:
    """Return the latest day of a partnership's stated end."""
    if type_ == "partnership" and body.get("end"):
        return _bounds(body["end"])[1]
    return None


def _add_references(rows: Rows, no: int, type_: str, body: dict[str, Any]) -> None:
    fields = record_fields()[type_]
    references = [(r.path[0], r.type, r.id) for r in find_references(body, fields)]
    for position, (relation, other, id_) in enumerate(dict.fromkeys(references)):
        rows.ref.append(RefRow(no, position, str(relation), other, id_))


def _add_evidence(rows: Rows, no: int, type_: str, body: dict[str, Any]) -> None:
    shares = source_shares(body, record_fields()[type_])
    sources = len(shares) - 1  # the empty one stands for all
    for source, (fields, alone) in shares.items():
        rows.evidence.append(EvidenceRow(no, source, type_, sources, fields, alone))


# -- Names and words ----------------------------------------------------------


def _add_labels(
    rows: Rows, no: int, record: Loaded, body: dict[str, Any], numbers: Iterator[int]
) -> None:
    """Add the names of a record, and its words as the full-text tables have them."""
    names = list(labels(record.type, record.id, body))
    is_named = record.type in NAMED_TYPES
    if is_named:
        rows.named.append(named_row(no, record.type, names, body))
    else:
        rows.titled.append(titled_row(no, record.type, names, body))
    for text, reason in names:
        label, folded = next(numbers), fold(text)
        rows.label.append(LabelRow(label, no, text, folded, reason))
        if is_named:
            rows.trigrams.append(trigrams_row(label, folded))


def labels(type_: str, id_: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each name of a record, with the reason: id, name, title or alias."""
    yield id_, "id"
    name = _name(body)
    if name:
        yield name, "title" if type_ in TITLED_TYPES else "name"
    for other in (body.get("names") or body.get("labels") or {}).values():
        if other != name:
            yield other, "name"
    for alias in body.get("aliases") or ():
        yield (alias if isinstance(alias, str) else alias["name"]), "alias"


def named_row(
    no: int, type_: str, names: Sequence[tuple[str, str]], body: dict[str, Any]
) -> NamedRow:
    """Return the words of a record that has a name."""
    own = [text for text, reason in names if reason != "alias"]
    aliases = [text for text, reason in names if reason == "alias"]
    return NamedRow(
        no,
        index_names(own),
        index_names(aliases),
        _prose(type_, body),
        _kind_terms(body),
    )


def titled_row(
    no: int, type_: str, names: Sequence[tuple[str, str]], body: dict[str, Any]
) -> TitledRow:
    """Return the words of a record that has a title."""
    own = [text for text, reason in names if reason != "alias"]
    kinds = _kind_terms(body) if type_ == "event" else ""
    return TitledRow(no, index_names(own), _prose(type_, body), kinds)


def _kind_terms(body: dict[str, Any]) -> str:
    """Return a term for each kind of a record and of its agreements."""
    agreements = body.get("agreements") or ()
    kinds = (body.get("kind"), *(part.get("kind") for part in agreements))
    return " ".join(map(kind_term, dict.fromkeys(filter(None, kinds))))


def trigrams_row(label: int, folded: str) -> TrigramsRow:
    """Return a folded name for what was mistyped."""
    return TrigramsRow(label, with_edges(folded))


def _prose(type_: str, body: dict[str, Any]) -> str:
    return index_text(prose_texts(body, record_fields()[type_]))


# -- Entries ------------------------------------------------------------------


def _add_entry(rows: Rows, no: int, record: int, entry: Entry) -> None:
    rows.entry.append(_entry_row(no, record, entry, is_event=False))
    for position, (type_, id_) in enumerate(_concerned(entry)):
        rows.entry_ref.append(EntryRefRow(no, position, type_, id_))


def _entry_row(no: int, record: int, entry: Entry, *, is_event: bool) -> EntryRow:
    """Return the row of an entry; what an event says its record has."""
    is_once = not is_event and entry.kind in END_KINDS
    earliest, latest, begun_by, lasts_until = _bounds(entry.date, is_once=is_once)
    sort_key, reverse_key = _sort_keys(entry.date)
    until_latest, until_surely = _until(entry)
    listed_source, listed_position = entry.listed or (None, None)
    return EntryRow(
        no=no,
        record=record,
        path=entry.path,
        kind=entry.kind,
        detail=entry.detail,
        date=entry.date,
        earliest=earliest,
        latest=latest,
        begun_by=begun_by,
        lasts_until=lasts_until,
        sort_key=sort_key,
        reverse_key=reverse_key,
        until_latest=until_latest,
        until_surely=until_surely,
        is_general=entry.is_general,
        listed_source=listed_source,
        listed_position=listed_position,
        body=None if is_event else _json(_entry_body(entry)),
    )


def _until(entry: Entry) -> tuple[str | None, str | None]:
    """Return the last day on which something may hold, and surely holds."""
    if entry.until is None:
        return (None, None)
    validity = validity_between(OPEN, *entry.until)
    return (validity.latest, validity.lasts_until)


def _bounds(text: str | None, *, is_once: bool = False) -> tuple[str | None, ...]:
    """Return earliest, latest, begun-by and lasts-until of a date, as text.

    What happens once falls on some day of an interval and does not last.
    """
    if text is None:
        return (None, None, None, None)
    return end_validity(text) if is_once else date_validity(text)


@lru_cache(maxsize=65536)
def _sort_keys(text: str | None) -> tuple[str | None, str | None]:
    """Return the text that a date sorts by, and that where the latest comes first."""
    if text is None:
        return (None, None)
    date = dates.parse(text)
    return (date.sort_key, date.reverse_key)


def _entry_body(entry: Entry) -> dict[str, Any]:
    """Return the rest of an entry beyond its columns, written as in a record."""
    body = {
        "title": entry.title,
        "summary": entry.summary,
        "value": entry.value,
        "cities": [_involved("city", city) for city in entry.cities],
        "themes": entry.themes,
        "organizations": [
            _involved("organization", item) for item in entry.organizations
        ],
        "sources": [{"source": s.source, "note": s.note} for s in entry.sources],
        "claims": entry.claims,
        "undated": [_involved("city", city) for city in entry.undated],
    }
    return {key: value for key, value in body.items() if value not in (None, (), [])}


def _involved(type_: str, item: Involved) -> dict[str, Any]:
    if item.role:
        return {type_: item.id, "role": item.role}
    return {type_: item.id}


def _concerned(entry: Entry) -> list[tuple[str, str]]:
    """Return the records that an entry is about, each once."""
    concerned = [("city", city.id) for city in entry.cities]
    concerned += [("theme", theme) for theme in entry.themes]
    concerned += [("organization", item.id) for item in entry.organizations]
    concerned += [("partnership", id_) for id_ in entry.partnerships]
    concerned += [("source", source.source) for source in entry.sources]
    return list(dict.fromkeys(concerned))


def _json(value: object) -> str:
    return to_json(value).decode()
