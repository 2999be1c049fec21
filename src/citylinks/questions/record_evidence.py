"""The sources of one record, field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.errors import NotFoundError
from citylinks.model.evidence import FieldSources, field_sources
from citylinks.model.references import covers
from citylinks.query.options import Option
from citylinks.questions.results import ClaimRef, RecordRef, SourceRef
from citylinks.questions.session import Session, describe_query
from citylinks.questions.sourced_records import TYPES, value_text
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.rows import NameIndex


class FieldRow(NamedTuple):
    """A field of a record by its path: its value, its sources, and other claims.

    `value` is the text as written; it is null if only other sources state something.
    The note of a source is the record's note on it.
    """

    record: RecordRef
    field: str
    value: str | None
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]


class FieldEvidence(NamedTuple):
    """The sources of each field of a record, or of each field within one."""

    query: dict[str, Any]
    results: tuple[FieldRow, ...]
    more: int = 0


class RecordEvidenceQuery(NamedTuple):
    """The record, or the field of it, whose sources are wanted."""

    record: Annotated[
        str,
        Option(
            "An id, a name, or type/id such as city/lyon.",
            metavar="ID",
            completes="record",
            is_argument=True,
        ),
    ]
    field: Annotated[
        str | None,
        Option(
            "A field of the record: start, agreements[0].",
            metavar="[FIELD]",
            is_argument=True,
        ),
    ] = None


def record_evidence(session: Session, query: RecordEvidenceQuery) -> FieldEvidence:
    """Return the sources of each field of a record, or of each within `field`."""
    type_, id_ = session.key(query.record, *TYPES)
    sql = "SELECT body FROM record WHERE type = ? AND id = ?"
    [row] = session.fetch(sql, (type_, id_))
    body = json.loads(row["body"])
    key = f"{type_}/{id_}"
    carried = list(field_sources(body, session.fields(type_)))
    carried += _only_claimed(body, carried)
    fields = _requested_fields(carried, query.field, key)
    sources: list[str] = []
    for field in fields:
        sources += field.sources
    for claim in body.get("claims", ()):
        sources.append(claim["source"])
    names = session.names()
    names.gather([(type_, id_), *(("source", source) for source in sources)])
    record = names.record(type_, id_)
    results = tuple(_field_row(record, body, field, names) for field in fields)
    return FieldEvidence(describe_query(query, record=key), results)


def _requested_fields(
    fields: list[FieldSources], path: str | None, key: str
) -> list[FieldSources]:
    """Return the fields within a path; `NotFoundError` where there are none."""
    if path is None:
        return fields
    requested = [field for field in fields if covers(path, field.path)]
    if not requested:
        hint = did_you_mean(path, [field.path for field in fields])
        hint = hint or f"; citylinks evidence {key} --fields field lists its fields"
        raise NotFoundError(f"{key} does not state '{path}'{hint}")
    return requested


def _field_row(
    record: RecordRef, body: dict[str, Any], field: FieldSources, names: NameIndex
) -> FieldRow:
    notes = {source["source"]: source.get("note") for source in body.get("sources", ())}
    return FieldRow(
        record=record,
        field=field.path,
        value=value_text(field.value),
        sources=tuple(names.source(id_, notes.get(id_)) for id_ in field.sources),
        claims=tuple(_claims_within(body, field.path, names)),
    )


def _only_claimed(
    body: dict[str, Any], carried: list[FieldSources]
) -> list[FieldSources]:
    """Return the fields of which only others say something."""
    claimed: dict[str, FieldSources] = {}
    for claim in body.get("claims", ()):
        path = claim["field"]
        if not any(covers(path, field.path) for field in carried):
            claimed[path] = FieldSources(path, None, ())
    return list(claimed.values())


def _claims_within(
    body: dict[str, Any], path: str, names: NameIndex
) -> Iterator[ClaimRef]:
    for claim in body.get("claims", ()):
        if covers(claim["field"], path):
            yield names.claim(claim)
