"""The records that lack a source, a date, coordinates or a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from citylinks.query.filters import NO_FILTERS, FilterOptions, Filters, choice_of
from citylinks.query.options import Option, Without
from citylinks.questions.results import RecordRef
from citylinks.questions.session import Session, describe_query
from citylinks.questions.sourced_records import (
    TYPES,
    check_kinds,
    chosen_numbers,
    is_chosen,
)


class GapRow(NamedTuple):
    """A record and what it lacks: source, date, coordinates, country."""

    record: RecordRef
    missing: tuple[str, ...]


class Gaps(NamedTuple):
    """The records that lack something."""

    query: dict[str, Any]
    results: tuple[GapRow, ...]
    more: int = 0


class Lack(NamedTuple):
    """Something that a record of these types lacks where the SQL is true."""

    sql: str
    types: tuple[str, ...]


LACKS: dict[str, Lack] = {
    "source": Lack(
        "EXISTS (SELECT 1 FROM evidence g"
        " WHERE g.record = r.no AND g.source = '' AND g.sources = 0)",
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


class GapsQuery(NamedTuple):
    """The records to look at, and which of the four may be missing."""

    missing: Annotated[
        Sequence[str],
        Option(
            "For gaps: source, date, coordinates or country.",
            metavar="GAP",
            completes="gap",
        ),
    ] = ()
    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


class GapsOptions(FilterOptions, total=False):
    """The options of `gaps` as keywords."""

    missing: Sequence[str]


def find_gaps(session: Session, query: GapsQuery) -> Gaps:
    """Return the records that lack something, or any of `missing`.

    Each comes with all that it lacks.
    """
    filters = check_kinds(query.filters)
    wanted = [parse_lack(word) for word in query.missing]
    chosen = is_chosen(chosen_numbers(session, filters), "r.no")
    columns = ", ".join(f"{lack_sql(name)} AS {name}" for name in LACKS)
    lacking = " OR ".join(lack_sql(name) for name in wanted or LACKS)
    rows = session.fetch(
        f"SELECT r.type, r.id, {columns} FROM record r"
        f" WHERE ({lacking}) AND {chosen.sql} ORDER BY r.type, r.id",
        chosen.parameters,
    )
    names = session.names()
    names.gather_records(rows)
    results = []
    for row in rows:
        missing = tuple(name for name in LACKS if row[name])
        results.append(GapRow(names.record(row["type"], row["id"]), missing))
    return Gaps(describe_query(GapsQuery(wanted, filters)), tuple(results))


def lack_sql(name: str) -> str:
    """Return the expression that is true of the records that lack something."""
    lack = LACKS[name]
    types = ", ".join(f"'{type_}'" for type_ in lack.types)
    return f"(r.type IN ({types}) AND {lack.sql})"
