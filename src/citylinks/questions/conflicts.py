"""Conflicts: fields for which another source contradicts the record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.model.evidence import FieldSources, field_sources
from citylinks.model.references import covers, value_at
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Without
from citylinks.questions.results import RecordRef, SourceRef
from citylinks.questions.session import Session, describe_query
from citylinks.questions.sourced_records import (
    check_kinds,
    chosen_numbers,
    read_claims,
    value_text,
)

if TYPE_CHECKING:
    import sqlite3

    from citylinks.model.field_uses import Fields
    from citylinks.questions.rows import NameIndex


class ConflictRow(NamedTuple):
    """The value that a record states, its sources, and what another source says.

    `value` is null if the record itself states nothing. Both values are text, as
    written.
    """

    record: RecordRef
    field: str
    value: str | None
    sources: tuple[SourceRef, ...]
    claimed: str
    source: SourceRef
    note: str | None


class Conflicts(NamedTuple):
    """The fields on which sources disagree."""

    query: dict[str, Any]
    results: tuple[ConflictRow, ...]
    more: int = 0


class ConflictsQuery(NamedTuple):
    """The records whose conflicts are wanted."""

    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


def conflicts(session: Session, query: ConflictsQuery) -> Conflicts:
    """Return the claims that contradict the records, record by record."""
    filters = check_kinds(query.filters)
    results = read_conflicts(session, chosen_numbers(session, filters))
    return Conflicts(describe_query(ConflictsQuery(filters)), results)


def read_conflicts(session: Session, chosen: str | None) -> tuple[ConflictRow, ...]:
    """Return the conflicts of the chosen records, whose numbers are JSON, or of all."""
    claims = list(read_claims(session, chosen))
    stated = []
    keys = []
    for row, claim in claims:
        body, fields = json.loads(row["body"]), session.fields(row["type"])
        field = _stated_field(body, fields, claim["field"])
        stated.append(field)
        keys += [(row["type"], row["id"]), ("source", claim["source"])]
        keys += [("source", source) for source in field.sources]
    names = session.names()
    names.gather(keys)
    results = []
    for (row, claim), field in zip(claims, stated, strict=True):
        results.append(_conflict(row, claim, field, names))
    return tuple(results)


def _stated_field(body: dict[str, Any], fields: Fields, path: str) -> FieldSources:
    """Return the value of a field of a record, with the sources of it or within it."""
    sources: dict[str, None] = {}
    for field in field_sources(body, fields):
        if covers(path, field.path):
            sources |= dict.fromkeys(field.sources)
    return FieldSources(path, value_at(body, path), tuple(sources))


def _conflict(
    row: sqlite3.Row, claim: dict[str, Any], stated: FieldSources, names: NameIndex
) -> ConflictRow:
    return ConflictRow(
        record=names.record(row["type"], row["id"]),
        field=claim["field"],
        value=value_text(stated.value),
        sources=tuple(names.source(source) for source in stated.sources),
        claimed=claim["value"],
        source=names.source(claim["source"]),
        note=claim.get("note"),
    )
