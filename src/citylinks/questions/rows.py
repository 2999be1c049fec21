"""Rows of the index -> answers: names joined, JSON unfolded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citylinks.dates import NO_EARLIEST, NO_LATEST
from citylinks.model.titles import entry_title, partnership_name, partnership_noun
from citylinks.model.vocabulary import MEMBERSHIP_KINDS
from citylinks.questions.results import (
    AttendanceRef,
    Certainty,
    CityRef,
    ClaimRef,
    PartnershipRow,
    PillarRef,
    RecordRef,
    Ref,
    SourceRef,
    Subject,
    TimelineEntry,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from citylinks.model.validity import Period

    Row = sqlite3.Row
    Key = tuple[str, str]


class NameIndex:
    """The names of records, fetched together before they are asked for.

    With `days`, cities have the names that they had then.
    """

    def __init__(
        self, connection: sqlite3.Connection, days: Period | None = None
    ) -> None:
        self._connection = connection
        self.days = days
        self._rows: dict[Key, Row] = {}
        self._members: dict[str, list[str]] = {}

    def gather(self, keys: Iterable[Key]) -> None:
        """Fetch what is needed to name the records of these types and ids."""
        missing = sorted({key for key in keys if key not in self._rows})
        if not missing:
            return
        sql = (
            "SELECT r.type, r.id, r.name, r.kind, r.country, r.level, s.body"
            " FROM json_each(?) j"
            " JOIN record r ON r.type = json_extract(j.value, '$[0]')"
            " AND r.id = json_extract(j.value, '$[1]')"
            f" LEFT JOIN record s ON s.no = r.no AND r.type IN ({self._with_bodies})"
        )
        unnamed = []
        for row in self._connection.execute(sql, (json.dumps(missing),)).fetchall():
            self._rows[row["type"], row["id"]] = row
            if row["type"] == "partnership" and not row["name"]:
                unnamed.append(row["id"])
        self._gather_members(unnamed)

    def gather_records(self, rows: Iterable[Row]) -> None:
        """Fetch the names of the records of these rows, by their type and id."""
        self.gather((row["type"], row["id"]) for row in rows)

    @property
    def _with_bodies(self) -> str:
        if self.days:
            return "'source', 'city'"
        return "'source'"

    def _gather_members(self, ids: list[str]) -> None:
        """Fetch the names of members, after whom partnerships are called."""
        if not ids:
            return
        sql = (
            "SELECT r.id AS partnership, m.id AS city FROM json_each(?) j"
            " JOIN record r ON r.type = 'partnership' AND r.id = j.value"
            " JOIN ref m ON m.record = r.no"
            " AND m.relation = 'members' AND m.type = 'city'"
            " ORDER BY m.record, m.position"
        )
        members = []
        for row in self._connection.execute(sql, (json.dumps(ids),)).fetchall():
            cities = self._members.setdefault(row["partnership"], [])
            if row["city"] not in cities:
                cities.append(row["city"])
            members.append(("city", row["city"]))
        self.gather(members)

    def name_of(self, type_: str, id_: str) -> str:
        """Return the name of a record; of one that does not exist, its id."""
        row = self._rows.get((type_, id_))
        if row and row["name"]:
            return self.city_name(row)
        if type_ == "partnership" and id_ in self._members:
            cities = [self.name_of("city", city) for city in self._members[id_]]
            return partnership_name(None, cities)
        return id_

    def city_name(self, row: Row) -> str:
        """Return the name of a city by its row; at a time, by its body too."""
        return self._former_name(row) or str(row["name"])

    def _former_name(self, row: Row) -> str | None:
        """Return the former name of a city that it had at the time asked for."""
        if not (self.days and row["type"] == "city" and '"aliases"' in row["body"]):
            return None
        from citylinks.model.validity import former_name

        return former_name(json.loads(row["body"]), self.days)

    def own_name(self, type_: str, id_: str) -> str | None:
        """Return the name that a record itself gives, if it does."""
        row = self._rows.get((type_, id_))
        if row and row["name"]:
            return self.city_name(row)
        return None

    def partnership_noun(self, id_: str, parties: Sequence[str]) -> str | None:
        """Return a partnership without a name as one of its parties calls it.

        Places that a party is in, and that belong to it as well, are not named.
        """
        members = self._members.get(id_)
        if not members:
            return None
        sql = (
            "SELECT f.id FROM json_each(?) j"
            " JOIN record r ON r.type = 'city' AND r.id = j.value"
            " JOIN ref f ON f.record = r.no AND f.relation = 'part_of'"
        )
        around = self._connection.execute(sql, (json.dumps(list(parties)),)).fetchall()
        own = {*parties, *(row["id"] for row in around)}
        others = [self.name_of("city", city) for city in members if city not in own]
        return partnership_noun(self._rows["partnership", id_]["kind"], others)

    def record(self, type_: str, id_: str) -> RecordRef:
        """Return a reference to a record, with its type."""
        return RecordRef(type_, id_, self.name_of(type_, id_))

    def subject(self, type_: str, id_: str) -> Subject:
        """Return a record as the subject of an answer."""
        row = self._rows.get((type_, id_))
        country = row["country"] if row else None
        return Subject(type_, id_, self.name_of(type_, id_), country)

    def subjects(self, keys: Sequence[Key]) -> tuple[Subject, ...]:
        """Return records as the subjects of an answer; this fetches their names."""
        self.gather(keys)
        return tuple(self.subject(*key) for key in keys)

    def ref(self, type_: str, id_: str, role: str | None = None) -> Ref:
        """Return a reference to a record."""
        return Ref(id_, self.name_of(type_, id_), role)

    def city(
        self,
        id_: str,
        role: str | None = None,
        people: int | None = None,
        certainty: Certainty | None = None,
    ) -> CityRef:
        """Return a reference to a city."""
        row = self._rows.get(("city", id_))
        country = row["country"] if row else None
        level = row["level"] if row else None
        name = self.name_of("city", id_)
        return CityRef(id_, name, country, level, role, people, certainty)

    def claim(self, claim: dict[str, Any]) -> ClaimRef:
        """Return a claim with the source that makes it."""
        source = self.source(claim["source"])
        return ClaimRef(claim["field"], claim["value"], source, claim.get("note"))

    def source(self, id_: str, note: str | None = None) -> SourceRef:
        """Return a source as it is cited."""
        row = self._rows.get(("source", id_))
        body = {}
        if row and row["body"]:
            body = json.loads(row["body"])
        return SourceRef(
            id_,
            body.get("title", id_),
            body.get("publisher"),
            body.get("url"),
            body.get("date"),
            note,
        )


def known_day(text: str | None) -> str | None:
    """Return a bound as an answer gives it: null where there is none."""
    if text in {NO_EARLIEST, NO_LATEST}:
        return None
    return text


# -- What a body names --------------------------------------------------------


def listed_cities(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cities of an event, with the city where it took place."""
    cities = list(body.get("cities", ()))
    place = body.get("place")
    if place and place not in {city["city"] for city in cities}:
        cities.append({"city": place, "role": "place"})
    return cities


def city_refs(cities: Iterable[dict[str, Any]], names: NameIndex) -> Iterator[CityRef]:
    """Yield the cities that a body lists, with their parts in it."""
    for city in cities:
        role, people = city.get("role"), city.get("people")
        yield names.city(city["city"], role, people, city.get("certainty"))


def theme_refs(body: dict[str, Any], names: NameIndex) -> Iterator[Ref]:
    """Yield the themes that a body names."""
    for theme in body.get("themes", ()):
        yield names.ref("theme", theme)


def _organization_refs(body: dict[str, Any], names: NameIndex) -> Iterator[Ref]:
    for item in body.get("organizations", ()):
        yield names.ref("organization", item["organization"], item.get("role"))


def source_refs(body: dict[str, Any], names: NameIndex) -> Iterator[SourceRef]:
    """Yield the sources that a body cites, with its notes on them."""
    for source in body.get("sources", ()):
        yield names.source(source["source"], source.get("note"))


def source_ids(body: dict[str, Any]) -> tuple[str, ...]:
    """Return the ids of the sources that a body cites."""
    return tuple(source["source"] for source in body.get("sources", ()))


def _term_keys(body: dict[str, Any]) -> Iterator[Key]:
    """Yield the types and ids of the themes and organizations that a body names."""
    for theme in body.get("themes", ()):
        yield "theme", theme
    for item in body.get("organizations", ()):
        yield "organization", item["organization"]


def cited_keys(body: dict[str, Any]) -> Iterator[Key]:
    """Yield the types and ids of the sources that a body cites."""
    for source in body.get("sources", ()):
        yield "source", source["source"]


def _source_keys(body: dict[str, Any]) -> Iterator[Key]:
    yield from cited_keys(body)
    for claim in body.get("claims", ()):
        yield "source", claim["source"]


# -- Entries ------------------------------------------------------------------


def read_entries(rows: Sequence[Row], names: NameIndex) -> tuple[TimelineEntry, ...]:
    """Return timeline entries.

    A row has the columns of `entry`, the type and id of its record, `entry_body` and
    `certainty`. The body of an entry is written as in a record; that of an event is the
    record.
    """
    bodies = [_entry_body(row, names) for row in rows]
    keys: list[Key] = []
    for row, body in zip(rows, bodies, strict=True):
        keys += _entry_keys(body)
        keys.append((row["type"], row["id"]))
    names.gather(keys)
    entries = []
    for row, body in zip(rows, bodies, strict=True):
        entries.append(_entry(row, body, names))
    return tuple(entries)


def _entry_body(row: Row, names: NameIndex) -> dict[str, Any]:
    """Return the body of an entry, with the members at the time asked for.

    These are put into an entry that concerns all members of a partnership, but not into
    its start: with whom a partnership began is the same at all times.
    """
    body: dict[str, Any] = json.loads(row["entry_body"])
    if names.days and _concerns_members(row):
        members = _members(json.loads(row["record_body"]), names)
        body["cities"] = members or body.get("cities", [])
    return body


def _concerns_members(row: Row) -> bool:
    is_of_partnership = bool(row["is_general"]) and row["type"] == "partnership"
    return is_of_partnership and row["kind"] != "start"


def _entry_keys(body: dict[str, Any]) -> Iterator[Key]:
    for city in (*listed_cities(body), *body.get("undated", ())):
        yield "city", city["city"]
    yield from _term_keys(body)
    yield from _source_keys(body)


def _entry(row: Row, body: dict[str, Any], names: NameIndex) -> TimelineEntry:
    attendance = body.get("attendance")
    cities = tuple(city_refs(listed_cities(body), names))
    return TimelineEntry(
        date=row["date"],
        earliest=known_day(row["earliest"]),
        latest=known_day(row["latest"]),
        certainty=row["certainty"],
        kind=row["kind"],
        detail=row["detail"],
        title=_title(row, body, names, cities),
        summary=body.get("summary"),
        cities=cities,
        themes=tuple(theme_refs(body, names)),
        organizations=tuple(_organization_refs(body, names)),
        sources=tuple(source_refs(body, names)),
        claims=tuple(names.claim(claim) for claim in body.get("claims", ())),
        record=names.record(row["type"], row["id"]),
        pillars=tuple(PillarRef(**pillar) for pillar in body.get("pillars", ())),
        attendance=AttendanceRef(**attendance) if attendance else None,
        undated_members=tuple(city_refs(body.get("undated", ()), names)),
    )


def read_members(body: dict[str, Any], names: NameIndex) -> tuple[CityRef, ...]:
    """Return the members of a partnership by its body, at the time asked for."""
    return tuple(city_refs(_members(body, names), names))


def _members(body: dict[str, Any], names: NameIndex) -> list[dict[str, Any]]:
    """Return the members of a partnership; at a time, with their certainty."""
    members: list[dict[str, Any]] = body["members"]
    if names.days is None:
        return members
    from citylinks.model.validity import members_during

    members = []
    for member, certainty in members_during(body, names.days):
        members.append({**member, "certainty": certainty})
    return members


def _title(
    row: Row, body: dict[str, Any], names: NameIndex, cities: Iterable[CityRef]
) -> str:
    title: str | None = body.get("title")
    if title and row["type"] == "event":
        return title
    own_name = None
    if row["type"] == "partnership":
        own_name = names.own_name(row["type"], row["id"])
        if not own_name and row["kind"] in MEMBERSHIP_KINDS:
            ids = [city.id for city in cities]
            own_name = names.partnership_noun(row["id"], ids)
    members = [city.name for city in cities]
    value = body.get("value")
    return entry_title(row["kind"], row["detail"], value, own_name, members, title)


def number_in(path: str) -> int:
    """Return the position in a list that a path names: 1 of `agreements[1]`."""
    return int(path.partition("[")[2].partition("]")[0])


# -- Records ------------------------------------------------------------------


def parse_bodies(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the bodies of records: what their files say of them."""
    return [json.loads(row["body"]) for row in rows]


def read_partnerships(
    rows: Sequence[Row], names: NameIndex, members: Collection[str] = ()
) -> tuple[PartnershipRow, ...]:
    """Return partnerships; a row has the columns of `record` and two more.

    These are `certainty` and `current_status`. Where `members` are given, only they are
    named of those that a partnership has.
    """
    bodies = parse_bodies(rows)
    keys: list[Key] = []
    for row, body in zip(rows, bodies, strict=True):
        if members:
            body["members"] = [m for m in body["members"] if m["city"] in members]
        keys += _partnership_keys(body)
        keys.append(("partnership", row["id"]))
    names.gather(keys)
    partnerships = []
    for row, body in zip(rows, bodies, strict=True):
        partnerships.append(_partnership(row, body, names))
    return tuple(partnerships)


def partnerships_between(
    rows: Sequence[Row], names: NameIndex, wanted: Sequence[tuple[Sequence[str], int]]
) -> tuple[PartnershipRow, ...]:
    """Return partnerships with since when so many of each of the cities belong."""
    from citylinks.model.validity import shared_membership

    partnerships = []
    for row, partnership in zip(rows, read_partnerships(rows, names), strict=True):
        both = shared_membership(json.loads(row["body"]), wanted)
        partnerships.append(partnership._replace(since=both.since, until=both.until))
    return tuple(partnerships)


def partnerships_of_city(
    rows: Sequence[Row], names: NameIndex, city: str
) -> tuple[PartnershipRow, ...]:
    """Return partnerships with since when a city belongs to them, and until when."""
    from citylinks.model.validity import membership_dates

    partnerships = []
    for row, partnership in zip(rows, read_partnerships(rows, names), strict=True):
        since, until = membership_dates(json.loads(row["body"]), city)
        partnerships.append(partnership._replace(since=since, until=until))
    return tuple(partnerships)


def _partnership_keys(body: dict[str, Any]) -> Iterator[Key]:
    for member in body.get("members", ()):
        yield "city", member["city"]
    yield from _term_keys(body)


def _partnership(row: Row, body: dict[str, Any], names: NameIndex) -> PartnershipRow:
    return PartnershipRow(
        id=row["id"],
        name=names.name_of("partnership", row["id"]),
        kind=row["kind"],
        start=row["date"],
        earliest=known_day(row["earliest"]),
        latest=known_day(row["latest"]),
        certainty=row["certainty"],
        end=body.get("end"),
        status=read_status(row, body, names),
        members=read_members(body, names),
        themes=tuple(theme_refs(body, names)),
        organizations=tuple(_organization_refs(body, names)),
        sources=source_ids(body),
    )


def read_status(row: Row, body: dict[str, Any], names: NameIndex) -> str | None:
    """Return the status of a record now, or at the end of the time asked for."""
    if row["type"] == "event":
        return None
    if names.days is None:
        status: str | None = row["current_status"]
        return status
    from citylinks.model.validity import last_certain_status

    return last_certain_status(body, names.days)
