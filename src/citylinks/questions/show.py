"""One record in full: its content, what it refers to, and what refers to it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from citylinks.errors import UsageError
from citylinks.files import paths
from citylinks.geo import countries
from citylinks.index.database import SPAN
from citylinks.model.validity import (
    last_certain_status,
    partnership_certainty,
    record_during,
)
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.conditions import (
    Resolved,
    entry_conditions,
    entry_of_any,
    record_conditions,
)
from citylinks.query.filters import Filters, as_of_period
from citylinks.query.names.lookup import has_comma, matching_records
from citylinks.query.options import Option
from citylinks.query.sql import Condition
from citylinks.query.validity_sql import has_member, involves
from citylinks.questions import rows
from citylinks.questions.overview import Overview, overview
from citylinks.questions.results import (
    CityRef,
    ClaimRef,
    PartnershipRow,
    RecordRef,
    SourceRef,
    TimelineEntry,
)
from citylinks.questions.selected import partnerships_with_status, select_partnerships
from citylinks.questions.session import describe_query
from citylinks.questions.timeline import entry_rows

if TYPE_CHECKING:
    import sqlite3

    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session


class Membership(NamedTuple):
    """The state of a partnership at a time, and its last certain status by then.

    `members` are the members at that time, in the order of the record, with how sure it
    is that each belonged.
    """

    in_force: Literal["certain", "possible", "no"]
    status: str | None
    members: tuple[CityRef, ...] = ()


class Profile(NamedTuple):
    """One record in full, with the records that it refers to and that refer to it.

    `record` is the validated record. `names` gives the name of each record that it
    refers to, by `type/id`. `countries` gives the country and region of its cities, by
    id. `ties` are the partnerships of a city, of a programme or network, or of a term.
    `named_by` lists all records that refer to it.

    With a time, `record` omits what did not apply then or was yet to come, `ties` and
    `entries` are those of that time, and `standing` is the state of a partnership then.
    Without a time, a city or a partnership has an `overview`.
    """

    type: str
    id: str
    name: str
    record: dict[str, Any]
    names: dict[str, str]
    countries: dict[str, str]
    ties: tuple[PartnershipRow, ...]
    entries: tuple[TimelineEntry, ...]
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]
    named_by: tuple[RecordRef, ...]
    file: str
    standing: Membership | None = None
    overview: Overview | None = None


class Shown(NamedTuple):
    """One record in full; `others` are those of other types with that id or name.

    Of records that share an id, the city is shown, or else the partnership.
    """

    query: dict[str, Any]
    results: tuple[Profile, ...]
    others: tuple[str, ...] = ()


# A record and, of a theme, all that is narrower; takes its id, its type and its id
# again.
_WITHIN = "SELECT ? UNION SELECT id FROM theme_within WHERE ? = 'theme' AND above = ?"


class ShowQuery(NamedTuple):
    """The record to show, and the date as of which to show it."""

    record: Annotated[
        str,
        Option(
            "An id, a name, or type/id such as city/lyon; two cities for their"
            " partnership.",
            metavar="ID...",
            completes="record",
            is_argument=True,
        ),
    ]
    as_of: Annotated[
        str | None, Option("Show the state on this date.", metavar="DATE")
    ] = None
    brief: Annotated[
        bool, Option("Show only the first screen, without the history.")
    ] = False
    sources: Annotated[bool, Option("Show all sources in full, with addresses.")] = (
        False
    )


def show(session: Session, query: ShowQuery) -> Shown:
    """Return the record of that name, of whatever type, or as it was at a time.

    Two cities mean the partnership of the two.
    """
    alike = _records_alike(session, query.record)
    others = ["/".join(key) for key in alike[1:]]
    type_, id_ = alike[0] if alike else _key(session, query.record)
    if query.as_of and type_ not in {"city", "partnership"}:
        raise UsageError(
            f"--as-of applies to a city or a partnership; '{query.record}' is neither"
        )
    sql = "SELECT * FROM record WHERE type = ? AND id = ?"
    [row] = session.fetch(sql, (type_, id_))
    described = describe_query(query, record=f"{type_}/{id_}")
    profile = _profile(session, row, Filters(as_of=query.as_of))
    return Shown(described, (profile,), tuple(others))


def _records_alike(session: Session, text: str) -> list[tuple[str, str]]:
    """Return the records with an id or a name, where one of each type has it.

    The likeliest meant comes first; none where the text names one record, or several
    of the type that is likeliest meant.
    """
    if not text.strip():
        return []
    keys = matching_records(session.index, text, RECORD_TYPES)
    keys.sort(key=lambda key: RECORD_TYPES.index(key[0]))
    types = [type_ for type_, _ in keys]
    if len(keys) < 2 or types[0] == types[1]:
        return []
    return keys


def _key(session: Session, text: str) -> tuple[str, str]:
    """Return the type and id of a record; of two cities, of their partnership."""
    if not has_comma(text) and " " not in text.strip():
        return session.key(text, *RECORD_TYPES)
    from citylinks.questions.shared_partnership import shared_partnership

    pair = shared_partnership(session, text)
    return pair or session.key(text, *RECORD_TYPES)


def _profile(session: Session, row: sqlite3.Row, filters: Filters) -> Profile:
    names = session.names(filters)
    body = json.loads(row["body"])
    written = body
    if names.days:
        body = record_during(body, names.days)
    referred = session.fetch(
        "SELECT DISTINCT type, id FROM ref WHERE record = ?", (row["no"],)
    )
    names.gather_records([row, *referred])
    referred_names = {}
    cities = []
    sources = []
    for type_, id_ in referred:
        referred_names[f"{type_}/{id_}"] = names.name_of(type_, id_)
        if type_ == "city":
            cities.append(id_)
        if type_ == "source":
            sources.append(id_)
    ties = _partnerships(session, row, filters)
    entries = _entries(session, row, names, filters)
    known = None
    if row["type"] in {"city", "partnership"} and names.days is None:
        known = overview(session, (row["type"], row["id"]), body, ties, entries)
    return Profile(
        type=row["type"],
        id=row["id"],
        name=names.name_of(row["type"], row["id"]),
        record=body,
        names=dict(sorted(referred_names.items())),
        countries=_countries(names, cities or [row["id"]], row),
        ties=ties,
        entries=entries,
        sources=_evidence(body, sources, names),
        claims=tuple(names.claim(claim) for claim in body.get("claims", ())),
        named_by=_named_by(session, row, names),
        file=_file(session, row),
        standing=_membership(row["type"], written, names),
        overview=known,
    )


def _membership(
    type_: str, body: dict[str, Any], names: NameIndex
) -> Membership | None:
    """Return the state of a partnership at the time asked for."""
    if names.days is None or type_ != "partnership":
        return None
    return Membership(
        partnership_certainty(body, names.days) or "no",
        last_certain_status(body, names.days),
        rows.read_members(body, names),
    )


def _named_by(
    session: Session, row: sqlite3.Row, names: NameIndex
) -> tuple[RecordRef, ...]:
    matches = session.fetch(
        "SELECT DISTINCT r.type, r.id FROM ref f JOIN record r ON r.no = f.record"
        " WHERE f.type = ? AND f.id = ? ORDER BY r.type, r.id",
        (row["type"], row["id"]),
    )
    names.gather_records(matches)
    return tuple(names.record(*match) for match in matches)


def _file(session: Session, row: sqlite3.Row) -> str:
    files = session.fetch("SELECT path FROM file WHERE no = ?", (row["no"] >> SPAN,))
    if not files:
        return ""
    return paths.shown(os.fsdecode(files[0]["path"]))


def _countries(names: NameIndex, cities: list[str], row: sqlite3.Row) -> dict[str, str]:
    """Return `country, region` in words for each city that the record is about."""
    codes = {city: names.city(city).country for city in cities}
    if row["country"]:
        codes[row["id"]] = row["country"]
    described = {}
    for city, code in sorted(codes.items()):
        country = countries.get_country(code or "")
        if country:
            described[city] = f"{country.name}, {country.subregion}"
    return described


def _partnerships(
    session: Session, row: sqlite3.Row, filters: Filters
) -> tuple[PartnershipRow, ...]:
    """Return the partnerships of a city, within a partnership, or that name a term."""
    if row["type"] == "event":
        return ()
    relation = {"city": "members", "partnership": "part_of"}.get(row["type"], "%")
    condition = Condition(
        f"r.no IN (SELECT record FROM ref WHERE type = ? AND id IN ({_WITHIN})"
        " AND relation LIKE ?)",
        (row["type"], row["id"], row["type"], row["id"], relation),
    )
    conditions = [condition, *record_conditions("partnership", filters, Resolved())]
    days = as_of_period(filters)
    if days and row["type"] == "city":
        conditions.append(has_member(days, Condition("x.id = ?", (row["id"],))))
    if row["type"] != "city":
        return select_partnerships(session, conditions, filters)
    matches = partnerships_with_status(session, conditions, filters)
    return rows.partnerships_of_city(matches, session.names(filters), row["id"])


def _entries(
    session: Session, row: sqlite3.Row, names: NameIndex, filters: Filters
) -> tuple[TimelineEntry, ...]:
    """Return the timeline of a record; of a term, the events that name it."""
    if row["type"] == "event":
        return ()
    if row["type"] == "city":
        conditions = [entry_of_any([row["id"]])]
    elif row["type"] == "partnership":
        conditions = [entry_of_any((), [row["id"]])]
    else:
        about = f"SELECT entry FROM concerned WHERE type = ? AND id IN ({_WITHIN})"
        parameters = (row["type"], row["id"], row["type"], row["id"])
        conditions = [
            Condition("r.type = 'event'"),
            Condition(f"e.no IN ({about})", parameters),
        ]
    conditions += entry_conditions(filters, Resolved())
    days = as_of_period(filters)
    if days and row["type"] == "city":
        conditions.append(involves(days, Condition("x.id = ?", (row["id"],))))
    return rows.read_entries(entry_rows(session, conditions, filters), names)


def _evidence(
    body: dict[str, Any], cited: list[str], names: NameIndex
) -> tuple[SourceRef, ...]:
    """Return the sources of a record, with what it says of each."""
    notes = {source["source"]: _note(source) for source in body.get("sources", ())}
    return tuple(
        names.source(id_, notes.get(id_)) for id_ in dict.fromkeys((*notes, *cited))
    )


def _note(source: dict[str, Any]) -> str | None:
    """Return the fields that a source carries, and the note on it."""
    parts = []
    if source.get("fields"):
        parts.append("for " + ", ".join(source["fields"]))
    if source.get("note"):
        parts.append(source["note"])
    return "; ".join(parts) or None
