"""On whose word: how far records rest on sources, where these disagree, what is
missing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.errors import NotFoundError
from citylinks.model.evidence import FieldSources, field_sources
from citylinks.model.references import covers, value_at
from citylinks.model.vocabulary import SOURCE_KINDS
from citylinks.query.filters import (
    NO_FILTERS,
    FilterOptions,
    Filters,
    choice_of,
    of_kinds,
    record_conditions,
)
from citylinks.query.options import Option
from citylinks.query.sql import IN, Condition, json_list
from citylinks.questions.results import ClaimRef, RecordRef, SourceRef
from citylinks.questions.session import Session, describe_query, where_clause
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.questions.rows import NameIndex

    Counted = tuple[str, str, str]  # measure, key, type


class CoverageRow(NamedTuple):
    """How many records or fields of each type something is true of; null where it
    cannot be.

    `measure` is sources (how many records rest on none, one or several), best (the kind
    of the best source of a record), fields (as sources, of fields), missing (what
    records lack) or claims (what other sources say otherwise); `key` says which of
    these.
    """

    measure: str
    key: str
    cities: int | None
    partnerships: int | None
    events: int | None


class ConflictRow(NamedTuple):
    """What a record states, on whose word, and what another source claims instead.

    `value` is null where the record states nothing there; both values are text as it is
    written.
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

    `alone` are the records that rest on nothing else, `fields_alone` the fields;
    `claims` counts what it says otherwise than the records.
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
    """A field of a record by its path: what it states, on whose word, and what others
    claim.

    `value` is the text of what is written, null where only others say something. The
    note of a source is what the record notes of it.
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


TYPES = ("city", "partnership", "event")  # what rests on sources
KINDS = ("partnership", "event")
NUMBERS = ("none", "one", "several")
MOST_USED = 10  # sources in the coverage
# How near the best source of a record is to what it tells. One of an unknown kind may
# be primary.
BEST = ("primary", "unknown", "press", "secondary")


class Lack(NamedTuple):
    """What a record may lack: an expression that is true where it does, of what types."""

    sql: str
    types: tuple[str, ...]


LACKS: dict[str, Lack] = {
    "source": Lack(
        "EXISTS (SELECT 1 FROM evidence g WHERE g.record = r.no AND g.source = '' AND"
        " g.sources = 0)",
        TYPES,
    ),
    "date": Lack("r.date IS NULL", ("partnership",)),
    "coordinates": Lack("json_extract(r.body, '$.location') IS NULL", ("city",)),
    "country": Lack(
        "(r.country IS NULL AND coalesce(r.level, '') NOT IN ('region', 'country'))",
        ("city",),
    ),
}
parse_lack = choice_of(LACKS, "gap")

# What is counted, in order: each measure with its keys.
MEASURES: dict[str, tuple[str, ...]] = {
    "sources": NUMBERS,
    "best": BEST,
    "fields": NUMBERS,
    "missing": tuple(LACKS),
    "claims": ("open",),
}


def _chosen(session: Session, filters: Filters) -> str | None:
    """Return the numbers of the records that are asked for as JSON; None where all are."""
    resolved = session.resolved(filters)
    if not filters.given():
        return None
    found: list[int] = []
    for type_ in TYPES:
        of_type = Condition("+r.type = ?", (type_,))
        conditions = [of_type, *record_conditions(type_, filters, resolved)]
        clause, _ = where_clause(conditions, filters, "r")
        sql = f"SELECT r.no FROM record r{clause.sql}"
        found += [row["no"] for row in session.fetch(sql, clause.parameters)]
    return json.dumps(sorted(found))


def _among(chosen: str | None, column: str) -> Condition:
    """Return the condition that keeps the chosen records."""
    if chosen is None:
        return Condition("1")
    return Condition(f"{column} {IN}", (chosen,))


# -- Coverage -----------------------------------------------------------------


class EvidenceQuery(NamedTuple):
    """What may be asked of the evidence: of which records."""

    filters: Filters = NO_FILTERS


def coverage(session: Session, query: EvidenceQuery) -> Coverage:
    """Return how far the records are borne out, type by type; nothing where there are
    none.
    """
    filters = of_kinds(query.filters, *KINDS)
    described = describe_query(EvidenceQuery(filters))
    chosen = _chosen(session, filters)
    uses = _uses(session, chosen)
    found = _counted(session, chosen, uses)
    results = tuple(
        CoverageRow(
            measure, key, *(_number(found, measure, key, type_) for type_ in TYPES)
        )
        for measure, keys in MEASURES.items()
        for key in keys
    )
    if not any(row.measure == "sources" and any(row[2:]) for row in results):
        return Coverage(described, ())
    most_used = (use for use in uses if use.records)
    return Coverage(described, results, tuple(islice(most_used, MOST_USED)))


def _number(
    counted: Counter[Counted], measure: str, key: str, type_: str
) -> int | None:
    """Return a number of one type; None where its records cannot lack that at all."""
    if measure == "missing" and type_ not in LACKS[key].types:
        return None
    return counted[measure, key, type_]


def _counted(
    session: Session, chosen: str | None, uses: Sequence[SourceUse]
) -> Counter[Counted]:
    """Return the numbers by measure, key and type."""
    found: Counter[Counted] = Counter()
    for row in _by_number(session, chosen):
        type_ = row["type"]
        found["sources", NUMBERS[row["number"]], type_] += row["records"]
        found["fields", "none", type_] += row["bare"]
        found["fields", "one", type_] += row["alone"]
        found["fields", "several", type_] += row["fields"] - row["bare"] - row["alone"]
    for row in _by_best(session, chosen, {use.id: use.kind for use in uses}):
        found["best", BEST[row["best"]], row["type"]] = row["records"]
    for type_ in TYPES:
        found["missing", "source", type_] = found["sources", "none", type_]
    for name in LACKS.keys() - {"source"}:
        for row in _lacking(session, chosen, LACKS[name]):
            found["missing", name, row["type"]] = row["records"]
    found.update(("claims", "open", row["type"]) for row, _ in _claims(session, chosen))
    return found


def _by_number(session: Session, chosen: str | None) -> list[sqlite3.Row]:
    """Return how many records and fields there are by type and number of sources."""
    among = _among(chosen, "e.record")
    return session.fetch(
        "SELECT e.type, min(e.sources, 2) AS number, sum(e.source = '') AS records,"
        " sum(CASE e.source WHEN '' THEN e.fields ELSE 0 END) AS fields,"
        " sum(CASE e.source WHEN '' THEN e.alone ELSE 0 END) AS bare,"
        " sum(CASE e.source WHEN '' THEN 0 ELSE e.alone END) AS alone"
        f" FROM evidence e WHERE {among.sql} GROUP BY e.type, number",
        among.parameters,
    )


def _by_best(
    session: Session, chosen: str | None, kinds: dict[str, str | None]
) -> list[sqlite3.Row]:
    """Return how many records there are by type and place of their best source in
    `BEST`.
    """
    among = _among(chosen, "e.record")
    of_kind = [
        json_list(id_ for id_, known in kinds.items() if known == kind)
        for kind in SOURCE_KINDS
    ]
    return session.fetch(
        "SELECT type, best, count(*) AS records FROM (SELECT e.type, min("
        f"CASE WHEN e.source {IN} THEN 0 WHEN e.source {IN} THEN 2 WHEN e.source {IN} THEN 3"
        f" ELSE 1 END) AS best FROM evidence e WHERE e.source <> '' AND {among.sql}"
        " GROUP BY e.record) GROUP BY type, best",
        (*of_kind, *among.parameters),
    )


def _lacking(session: Session, chosen: str | None, lack: Lack) -> list[sqlite3.Row]:
    """Return how many records of each type lack something."""
    among = _among(chosen, "r.no")
    return session.fetch(
        f"SELECT r.type, count(*) AS records FROM record r WHERE {_lacks(lack)} AND {among.sql}"
        " GROUP BY r.type",
        among.parameters,
    )


# -- Sources ------------------------------------------------------------------


def source_uses(session: Session, query: EvidenceQuery) -> SourceUses:
    """Return the sources by use; all of them, or where records are chosen, those that
    they use.
    """
    filters = of_kinds(query.filters, *KINDS)
    found = _uses(session, _chosen(session, filters))
    if filters.given():
        found = [use for use in found if use.records or use.claims]
    return SourceUses(describe_query(EvidenceQuery(filters)), tuple(found))


def _uses(session: Session, chosen: str | None) -> list[SourceUse]:
    """Return all sources, those that most records rest on first."""
    among = _among(chosen, "e.record")
    rows = session.fetch(
        "SELECT e.source, e.type, count(*) AS records, sum(e.sources = 1) AS alone,"
        " sum(e.fields) AS fields, sum(e.alone) AS fields_alone FROM evidence e"
        f" WHERE e.source <> '' AND {among.sql} GROUP BY e.source, e.type",
        among.parameters,
    )
    known = session.fetch("SELECT id FROM record WHERE type = 'source'")
    counts: dict[str, Counter[str]] = {row["id"]: Counter() for row in known}
    for row in rows:
        count = counts.setdefault(row["source"], Counter())
        count[row["type"]] = row["records"]
        count.update({name: row[name] for name in ("alone", "fields", "fields_alone")})
    for _, claim in _claims(session, chosen):
        counts.setdefault(claim["source"], Counter())["claims"] += 1
    return list(_named(session, counts))


def _named(session: Session, records: dict[str, Counter[str]]) -> Iterator[SourceUse]:
    """Yield the uses of sources under their titles, those most used first."""
    found = session.fetch(
        "SELECT r.id, r.name, r.kind, r.date, json_extract(r.body, '$.publisher') AS publisher"
        " FROM json_each(?) j JOIN record r ON r.type = 'source' AND r.id = j.value",
        (json.dumps(list(records)),),
    )
    known = {row["id"]: row for row in found}
    totals = {
        id_: sum(count[type_] for type_ in TYPES) for id_, count in records.items()
    }
    for id_ in sorted(records, key=lambda id_: (-totals[id_], id_)):
        row, count = known.get(id_), records[id_]
        yield SourceUse(
            id=id_,
            title=row["name"] if row else id_,
            kind=row["kind"] if row else None,
            publisher=row["publisher"] if row else None,
            date=row["date"] if row else None,
            cities=count["city"],
            partnerships=count["partnership"],
            events=count["event"],
            records=totals[id_],
            alone=count["alone"],
            fields=count["fields"],
            fields_alone=count["fields_alone"],
            claims=count["claims"],
        )


# -- Conflicts ----------------------------------------------------------------


def conflicts(session: Session, query: EvidenceQuery) -> Conflicts:
    """Return what sources claim otherwise than the records, record by record."""
    filters = of_kinds(query.filters, *KINDS)
    found = list(_claims(session, _chosen(session, filters)))
    names = session.names()
    names.gather((row["type"], row["id"]) for row, _ in found)
    names.gather(("source", claim["source"]) for _, claim in found)
    stated = [_stated(json.loads(row["body"]), claim["field"]) for row, claim in found]
    names.gather(("source", id_) for ground in stated for id_ in ground.sources)
    results = (
        ConflictRow(
            record=names.record(row["type"], row["id"]),
            field=claim["field"],
            value=None if ground.value is None else text(ground.value),
            sources=tuple(names.source(id_) for id_ in ground.sources),
            claimed=claim["value"],
            source=names.source(claim["source"]),
            note=claim.get("note"),
        )
        for (row, claim), ground in zip(found, stated, strict=True)
    )
    return Conflicts(describe_query(EvidenceQuery(filters)), tuple(results))


def _claims(
    session: Session, chosen: str | None
) -> Iterator[tuple[sqlite3.Row, dict[str, Any]]]:
    """Yield each claim with its record, in the order of types and ids."""
    among = _among(chosen, "r.no")
    rows = session.fetch(
        "SELECT r.type, r.id, r.body FROM record r WHERE r.no IN"
        " (SELECT record FROM ref WHERE type = 'source' AND relation = 'claims')"
        f" AND {among.sql} ORDER BY r.type, r.id",
        among.parameters,
    )
    for row in rows:
        for claim in json.loads(row["body"])["claims"]:
            yield row, claim


def _stated(body: dict[str, Any], field: str) -> FieldSources:
    """Return what a record states in a field, or within it, and on whose word."""
    found = [ground for ground in field_sources(body) if covers(field, ground.path)]
    sources = tuple(dict.fromkeys(id_ for ground in found for id_ in ground.sources))
    return FieldSources(field, value_at(body, field), sources)


def text(value: Any) -> str:
    """Return what is written in a field as one text."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(text, value))
    return str(value)


# -- Gaps ---------------------------------------------------------------------


class GapsQuery(NamedTuple):
    """What may be asked of gaps: in which records, and what is missing there."""

    missing: Annotated[
        Sequence[str],
        Option(
            "Gaps: source, date, coordinates, country.", metavar="GAP", completes="gap"
        ),
    ] = ()
    filters: Filters = NO_FILTERS


class GapsOptions(FilterOptions, total=False):
    """The options of gaps as keywords."""

    missing: Sequence[str]


def gaps(session: Session, query: GapsQuery) -> Gaps:
    """Return the records that lack something, or any of `missing`, with all that they
    lack.
    """
    filters = of_kinds(query.filters, *KINDS)
    wanted = [parse_lack(word) for word in query.missing]
    among = _among(_chosen(session, filters), "r.no")
    columns = ", ".join(f"{_lacks(lack)} AS {name}" for name, lack in LACKS.items())
    found = session.fetch(
        f"SELECT r.type, r.id, {columns} FROM record r WHERE"
        f" ({' OR '.join(_lacks(LACKS[name]) for name in wanted or LACKS)}) AND {among.sql}"
        " ORDER BY r.type, r.id",
        among.parameters,
    )
    names = session.names()
    names.gather((row["type"], row["id"]) for row in found)
    results = (
        GapRow(
            names.record(row["type"], row["id"]),
            tuple(name for name in LACKS if row[name]),
        )
        for row in found
    )
    return Gaps(describe_query(GapsQuery(wanted, filters)), tuple(results))


def _lacks(lack: Lack) -> str:
    """Return the expression that is true of the records that should have it and do not."""
    types = ", ".join(f"'{type_}'" for type_ in lack.types)
    return f"(r.type IN ({types}) AND {lack.sql})"


# -- One record ---------------------------------------------------------------


class RecordEvidenceQuery(NamedTuple):
    """What may be asked of one record: on what it rests, or one of its fields."""

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
            "A field of it: start, agreements[0].", metavar="[FIELD]", is_argument=True
        ),
    ] = None


def record_evidence(session: Session, query: RecordEvidenceQuery) -> FieldEvidence:
    """Return on what each field of a record rests, or each within `field`."""
    field = query.field
    type_, id_ = session.key(query.record, *TYPES)
    [row] = session.fetch(
        "SELECT body FROM record WHERE type = ? AND id = ?", (type_, id_)
    )
    body = json.loads(row["body"])
    found = [*field_sources(body), *_only_claimed(body)]
    kept = [ground for ground in found if field is None or covers(field, ground.path)]
    if not kept:
        hint = did_you_mean(field or "", [ground.path for ground in found])
        raise NotFoundError(f"{type_}/{id_} does not state '{field}'{hint}")
    names = session.names()
    names.gather(
        [(type_, id_), *(("source", source) for one in kept for source in one.sources)]
    )
    names.gather(("source", claim["source"]) for claim in body.get("claims", ()))
    record = names.record(type_, id_)
    notes = {source["source"]: source.get("note") for source in body.get("sources", ())}
    results = (
        FieldRow(
            record=record,
            field=ground.path,
            value=None if ground.value is None else text(ground.value),
            sources=tuple(
                names.source(source, notes.get(source)) for source in ground.sources
            ),
            claims=tuple(_claims_of(body, ground.path, names)),
        )
        for ground in kept
    )
    return FieldEvidence(describe_query(query, record=f"{type_}/{id_}"), tuple(results))


def _only_claimed(body: dict[str, Any]) -> Iterator[FieldSources]:
    """Yield the fields of which only others say something."""
    stated = [ground.path for ground in field_sources(body)]
    for field in dict.fromkeys(claim["field"] for claim in body.get("claims", ())):
        if not any(covers(field, path) for path in stated):
            yield FieldSources(field, None, ())


def _claims_of(body: dict[str, Any], path: str, names: NameIndex) -> Iterator[Any]:
    for claim in body.get("claims", ()):
        if covers(claim["field"], path):
            yield names.claim(claim)
