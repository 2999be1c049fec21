"""On whose word the records are, and what they lack."""

from typing import Any, NamedTuple

from citylinks.answers.parts import ClaimRef, RecordRef, SourceRef


class CoverageRow(NamedTuple):
    """How many records or fields of each type something is true of; null where it cannot be.

    `measure` is sources (how many records rest on none, one or several), best (the kind of the
    best source of a record), fields (as sources, of fields), missing (what records lack) or
    claims (what other sources say otherwise); `key` says which of these.
    """

    measure: str
    key: str
    cities: int | None
    partnerships: int | None
    events: int | None


class ConflictRow(NamedTuple):
    """What a record states, on whose word, and what another source claims instead.

    `value` is null where the record states nothing there; both values are text as it is written.
    """

    record: RecordRef
    field: str
    value: str | None
    sources: tuple[SourceRef, ...]
    claimed: str
    source: SourceRef
    note: str | None


class SourceUse(NamedTuple):
    """What rests on a source: records by type, and `fields` of them.

    `alone` are the records that rest on nothing else, `fields_alone` the fields; `claims` counts
    what it says otherwise than the records.
    """

    id: str
    title: str
    kind: str | None
    publisher: str | None
    date: str | None
    cities: int
    partnerships: int
    events: int
    records: int
    alone: int
    fields: int
    fields_alone: int
    claims: int


class GapRow(NamedTuple):
    """A record and what it lacks: source, date, coordinates, country."""

    record: RecordRef
    missing: tuple[str, ...]


class FieldRow(NamedTuple):
    """A field of a record by its path: what it states, on whose word, and what others claim.

    `value` is the text of what is written, null where only others say something. The note of a
    source is what the record notes of it.
    """

    record: RecordRef
    field: str
    value: str | None
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]


class Coverage(NamedTuple):
    """How far the records are borne out; `uses` are the sources, those most used first."""

    query: dict[str, Any]
    results: tuple[CoverageRow, ...]
    uses: tuple[SourceUse, ...] = ()


class Conflicts(NamedTuple):
    """Where sources disagree."""

    query: dict[str, Any]
    results: tuple[ConflictRow, ...]


class SourceUses(NamedTuple):
    """The sources by their use, those most used first."""

    query: dict[str, Any]
    results: tuple[SourceUse, ...]


class Gaps(NamedTuple):
    """The records that lack something."""

    query: dict[str, Any]
    results: tuple[GapRow, ...]


class FieldEvidence(NamedTuple):
    """On what each field of a record rests, or each within one."""

    query: dict[str, Any]
    results: tuple[FieldRow, ...]
