"""How well records are sourced: by none, one or several sources."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.model.vocabulary import SOURCE_KINDS
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Without
from citylinks.query.sql import IN, json_list
from citylinks.questions.gaps import LACKS, lack_sql
from citylinks.questions.results import NamedFilter
from citylinks.questions.session import Session, describe_query
from citylinks.questions.source_uses import SourceUse, count_uses
from citylinks.questions.sourced_records import (
    TYPES,
    check_kinds,
    chosen_numbers,
    is_chosen,
    read_claims,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    Counted = tuple[str, str, str]  # measure, key, type


class CoverageRow(NamedTuple):
    """A measure, with the number of records or fields of each type that it applies to.

    The number is null for a type to which the measure cannot apply. `measure` is
    sources (records by their number of sources), best (records by the kind of their
    best source), fields (fields by their number of sources), missing (what records
    lack) or claims (where other sources disagree); `key` names the row.
    """

    measure: str
    key: str
    cities: int | None
    partnerships: int | None
    events: int | None


class Coverage(NamedTuple):
    """How well the records are sourced; `uses` lists the sources, most used first."""

    query: dict[str, Any]
    results: tuple[CoverageRow, ...]
    uses: tuple[SourceUse, ...] = ()
    more: int = 0
    named: tuple[NamedFilter, ...] = ()


NUMBERS = ("none", "one", "several")
MOST_USED = 10  # sources in the coverage
# How near the best source of a record is to what it tells. One of an unknown kind may
# be primary.
BEST = ("primary", "unknown", "press", "secondary")

# What is counted, in order: each measure with its keys.
MEASURES: dict[str, tuple[str, ...]] = {
    "sources": NUMBERS,
    "best": BEST,
    "fields": NUMBERS,
    "missing": tuple(LACKS),
    "claims": ("open",),
}


class EvidenceQuery(NamedTuple):
    """The records whose evidence is counted."""

    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


def evidence(session: Session, query: EvidenceQuery) -> Coverage:
    """Return the numbers of sourced records by type; nothing where there are none."""
    filters = check_kinds(query.filters)
    described = describe_query(EvidenceQuery(filters))
    chosen = chosen_numbers(session, filters)
    uses = count_uses(session, chosen)
    counted = _count(session, chosen, {use.id: use.kind for use in uses})
    if not any(measure == "sources" for measure, _, _ in +counted):
        return Coverage(described, ())
    most_used = (use for use in uses if use.records)
    return Coverage(
        query=described,
        results=tuple(_rows(counted)),
        uses=tuple(islice(most_used, MOST_USED)),
        named=session.named(filters),
    )


def _rows(counted: Counter[Counted]) -> Iterator[CoverageRow]:
    for measure, keys in MEASURES.items():
        for key in keys:
            numbers = [_number(counted, measure, key, type_) for type_ in TYPES]
            yield CoverageRow(measure, key, *numbers)


def _number(
    counted: Counter[Counted], measure: str, key: str, type_: str
) -> int | None:
    """Return a number of one type; None where its records cannot lack that at all."""
    if measure == "missing" and type_ not in LACKS[key].types:
        return None
    return counted[measure, key, type_]


def _count(
    session: Session, chosen: str | None, kinds: Mapping[str, str | None]
) -> Counter[Counted]:
    """Return the numbers by measure, key and type."""
    counted: Counter[Counted] = Counter()
    for row in _by_number(session, chosen):
        type_ = row["type"]
        counted["sources", NUMBERS[row["number"]], type_] += row["records"]
        counted["fields", "none", type_] += row["bare"]
        counted["fields", "one", type_] += row["alone"]
        several = row["fields"] - row["bare"] - row["alone"]
        counted["fields", "several", type_] += several
    for row in _by_best(session, chosen, kinds):
        counted["best", BEST[row["best"]], row["type"]] = row["records"]
    for type_ in TYPES:
        counted["missing", "source", type_] = counted["sources", "none", type_]
    for name in LACKS.keys() - {"source"}:
        for row in _by_lack(session, chosen, name):
            counted["missing", name, row["type"]] = row["records"]
    for row, _ in read_claims(session, chosen):
        counted["claims", "open", row["type"]] += 1
    return counted


def _by_number(session: Session, chosen: str | None) -> list[sqlite3.Row]:
    """Return the number of records and fields by type and number of sources."""
    condition = is_chosen(chosen, "e.record")
    return session.fetch(
        "SELECT e.type, min(e.sources, 2) AS number, sum(e.source = '') AS records,"
        " sum(CASE e.source WHEN '' THEN e.fields ELSE 0 END) AS fields,"
        " sum(CASE e.source WHEN '' THEN e.alone ELSE 0 END) AS bare,"
        " sum(CASE e.source WHEN '' THEN 0 ELSE e.alone END) AS alone"
        f" FROM evidence e WHERE {condition.sql} GROUP BY e.type, number",
        condition.parameters,
    )


def _by_best(
    session: Session, chosen: str | None, kinds: Mapping[str, str | None]
) -> list[sqlite3.Row]:
    """Return the number of records by type and place of their best source in `BEST`."""
    condition = is_chosen(chosen, "e.record")
    of_kinds: dict[str | None, list[str]] = {kind: [] for kind in SOURCE_KINDS}
    for source, kind in kinds.items():
        of_kinds.setdefault(kind, []).append(source)
    listed = [json_list(of_kinds[kind]) for kind in SOURCE_KINDS]
    return session.fetch(
        "SELECT type, best, count(*) AS records FROM (SELECT e.type, min("
        f"CASE WHEN e.source {IN} THEN 0 WHEN e.source {IN} THEN 2"
        f" WHEN e.source {IN} THEN 3 ELSE 1 END) AS best FROM evidence e"
        f" WHERE e.source <> '' AND {condition.sql}"
        " GROUP BY e.record) GROUP BY type, best",
        (*listed, *condition.parameters),
    )


def _by_lack(session: Session, chosen: str | None, name: str) -> list[sqlite3.Row]:
    """Return the number of records of each type that lack something."""
    condition = is_chosen(chosen, "r.no")
    return session.fetch(
        "SELECT r.type, count(*) AS records FROM record r"
        f" WHERE {lack_sql(name)} AND {condition.sql} GROUP BY r.type",
        condition.parameters,
    )
