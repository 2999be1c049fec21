"""The partnerships and the events of cities, with all who take part in each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.model import validity
from citylinks.query.conditions import TAKES_PART
from citylinks.query.filters import NO_FILTERS, Filters, as_of_period
from citylinks.query.sql import IN, Condition, json_list
from citylinks.query.validity_sql import has_participant
from citylinks.questions.results import Certainty, SourceRef
from citylinks.questions.rows import (
    cited_keys,
    known_day,
    parse_bodies,
    read_status,
    source_refs,
)
from citylinks.questions.selected import BY_DATE, CURRENT_STATUS, select_records
from citylinks.questions.session import check_distinct, where_clause

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from citylinks.questions.rows import Key, NameIndex, Row
    from citylinks.questions.session import Session


class Link(NamedTuple):
    """A partnership or an event that connects a city with another, or with a theme.

    `date` is the start of a partnership and `status` its status. `since` is when both
    cities belonged to it, and `until` when one of them left or it ended; both are null
    for an event, and for what a city shares with many. `certainty` says how sure it is
    that it connected them at the time asked for; it is null if no time was asked for.
    """

    type: str
    id: str
    name: str
    kind: str
    date: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    end: str | None
    status: str | None
    sources: tuple[SourceRef, ...]
    since: str | None = None
    until: str | None = None


class Gathering(NamedTuple):
    """A partnership or an event with all cities that take part in it.

    Where a time is asked for, each has the certainty that it did so then.
    """

    type: str
    id: str
    kind: str
    cities: dict[str, Certainty | None]


def distinct_cities(session: Session, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of cities; `UsageError` where one is named twice."""
    keys = session.keys(texts, "city")
    check_distinct(texts, keys)
    return tuple(id_ for _, id_ in keys)


def gatherings(
    session: Session,
    type_: str,
    cities: Collection[str],
    conditions: Sequence[Condition],
    filters: Filters,
) -> dict[int, Gathering]:
    """Return the partnerships or events of any of these cities, by number.

    Each comes with all its cities. Where a time is asked for, a partnership has the
    members that it had then.
    """
    taken = f"SELECT record FROM ref WHERE type = 'city' AND {TAKES_PART} AND id {IN}"
    # The pluses keep SQLite from walking all that has the type.
    of_cities = Condition(
        f"+r.type = ? AND r.no IN ({taken})", (type_, json_list(cities))
    )
    conditions = [of_cities, *conditions]
    days = as_of_period(filters)
    if days:
        conditions.append(has_participant(days))
    clause, certainty = where_clause(conditions, filters, "r")
    by_number: dict[int, Gathering] = {}
    for no, id_, kind, city, sure in session.fetch(
        f"SELECT r.no, r.id, r.kind, f.id, {certainty.sql} FROM record r"
        " CROSS JOIN ref f ON f.record = r.no AND +f.type = 'city'"
        f" AND f.{TAKES_PART}{clause.sql}",
        (*certainty.parameters, *clause.parameters),
    ):
        if no not in by_number:
            by_number[no] = Gathering(type_, id_, kind, {})
        by_number[no].cities[city] = sure
    return by_number


def partnership_links(
    session: Session, numbers: Iterable[int], names: NameIndex
) -> dict[int, Link]:
    """Return partnerships by number, then events, in the order of their dates."""
    wanted = [Condition(f"r.no {IN}", (json.dumps(sorted(numbers)),))]
    matches: list[sqlite3.Row] = []
    for type_ in ("partnership", "event"):
        matches += select_records(
            session, type_, wanted, NO_FILTERS, columns=CURRENT_STATUS, order=BY_DATE
        )
    return read_links(matches, names)


def bodies(session: Session, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return records by number, as they are written."""
    sql = f"SELECT no, body FROM record WHERE no {IN}"
    matches = session.fetch(sql, (json.dumps(sorted(numbers)),))
    return {row["no"]: json.loads(row["body"]) for row in matches}


def between(link: Link, body: dict[str, Any], cities: Sequence[str]) -> Link:
    """Return a partnership with the time in which these cities share it."""
    if link.type != "partnership":
        return link
    both = validity.shared_membership(body, [((city,), 1) for city in cities])
    return link._replace(since=both.since, until=both.until)


def combined_certainty(parts: Iterable[Certainty | None]) -> Certainty | None:
    """Return the certainty of several things together; null without a time."""
    known = [certainty for certainty in parts if certainty]
    return max(known, default=None)  # possible is after certain


def read_links(rows: Sequence[Row], names: NameIndex) -> dict[int, Link]:
    """Return partnerships or events as links, by number.

    A row has the columns of `record` and `current_status`. How sure it is that they
    connect two cities is for the question to say.
    """
    documents = parse_bodies(rows)
    keys: list[Key] = []
    for row, body in zip(rows, documents, strict=True):
        keys.append((row["type"], row["id"]))
        keys += cited_keys(body)
    names.gather(keys)
    links = {}
    for row, body in zip(rows, documents, strict=True):
        links[row["no"]] = _link(row, body, names)
    return links


def _link(row: Row, body: dict[str, Any], names: NameIndex) -> Link:
    return Link(
        type=row["type"],
        id=row["id"],
        name=names.name_of(row["type"], row["id"]),
        kind=row["kind"],
        date=row["date"],
        earliest=known_day(row["earliest"]),
        latest=known_day(row["latest"]),
        certainty=None,
        end=body.get("end"),
        status=read_status(row, body, names),
        sources=tuple(source_refs(body, names)),
    )
