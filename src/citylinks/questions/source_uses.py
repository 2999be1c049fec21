"""The sources and what each supports."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Without
from citylinks.questions.session import Session, describe_query
from citylinks.questions.sourced_records import (
    TYPES,
    check_kinds,
    chosen_numbers,
    is_chosen,
    read_claims,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


class SourceUse(NamedTuple):
    """What a source supports: records by type, and `fields` of them.

    `alone` counts the records that have no other source, `fields_alone` the fields.
    `claims` counts where it contradicts the records.
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


class SourceUses(NamedTuple):
    """The sources, the most used first."""

    query: dict[str, Any]
    results: tuple[SourceUse, ...]
    more: int = 0


class SourceUsesQuery(NamedTuple):
    """The records whose use of sources is counted."""

    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


def source_uses(session: Session, query: SourceUsesQuery) -> SourceUses:
    """Return the sources by use.

    Where records are chosen, only those that they use.
    """
    filters = check_kinds(query.filters)
    uses = count_uses(session, chosen_numbers(session, filters))
    if filters.given():
        uses = [use for use in uses if use.records or use.claims]
    return SourceUses(describe_query(SourceUsesQuery(filters)), tuple(uses))


def count_uses(session: Session, chosen: str | None) -> list[SourceUse]:
    """Return all sources, those that most records rest on first."""
    condition = is_chosen(chosen, "e.record")
    rows = session.fetch(
        "SELECT e.source, e.type, count(*) AS records, sum(e.sources = 1) AS alone,"
        " sum(e.fields) AS fields, sum(e.alone) AS fields_alone FROM evidence e"
        f" WHERE e.source <> '' AND {condition.sql} GROUP BY e.source, e.type",
        condition.parameters,
    )
    counts: dict[str, Counter[str]] = {}
    for id_ in session.fetch_column("SELECT id FROM record WHERE type = 'source'"):
        counts[id_] = Counter()
    for row in rows:
        count = counts.setdefault(row["source"], Counter())
        count[row["type"]] = row["records"]
        count.update({name: row[name] for name in ("alone", "fields", "fields_alone")})
    for _, claim in read_claims(session, chosen):
        counts.setdefault(claim["source"], Counter())["claims"] += 1
    return _named_uses(session, counts)


def _named_uses(
    session: Session, counts: Mapping[str, Counter[str]]
) -> list[SourceUse]:
    """Return the uses of sources under their titles, those most used first."""
    rows = session.fetch(
        "SELECT r.id, r.name, r.kind, r.date,"
        " json_extract(r.body, '$.publisher') AS publisher"
        " FROM json_each(?) j JOIN record r ON r.type = 'source' AND r.id = j.value",
        (json.dumps(list(counts)),),
    )
    known = {row["id"]: row for row in rows}
    uses = []
    for source, count in counts.items():
        use = _use(source, count)
        if source in known:
            use = _described(use, known[source])
        uses.append(use)
    return sorted(uses, key=lambda use: (-use.records, use.id))


def _use(source: str, count: Counter[str]) -> SourceUse:
    return SourceUse(
        id=source,
        title=source,
        kind=None,
        publisher=None,
        date=None,
        cities=count["city"],
        partnerships=count["partnership"],
        events=count["event"],
        records=sum(count[type_] for type_ in TYPES),
        alone=count["alone"],
        fields=count["fields"],
        fields_alone=count["fields_alone"],
        claims=count["claims"],
    )


def _described(use: SourceUse, row: sqlite3.Row) -> SourceUse:
    """Return the use of a source as its record describes it."""
    return use._replace(
        title=row["name"],
        kind=row["kind"],
        publisher=row["publisher"],
        date=row["date"],
    )
