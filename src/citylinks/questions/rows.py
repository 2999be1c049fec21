"""Rows of the index -> answers: names joined, JSON unfolded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citylinks.dates import NO_EARLIEST, NO_LATEST
from citylinks.geo import countries
from citylinks.model.titles import entry_title, partnership_name
from citylinks.questions.results import (
    AgreementRow,
    AttendanceRef,
    Certainty,
    CityRef,
    CityRow,
    ClaimRef,
    EventRow,
    Link,
    PartnershipRow,
    PillarRef,
    RecordRef,
    Ref,
    SourceRef,
    SourceRow,
    Subject,
    TermRow,
    TimelineEntry,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from citylinks.model.validity import Period

    Row = sqlite3.Row
    Key = tuple[str, str]


class NameIndex:
    """The names of records, fetched together for a whole answer before they are asked
    for.

    With `days`, records are told as they were then, cities by the names that they had.
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
        new = sorted({key for key in keys if key not in self._rows})
        sql = (
            "SELECT r.type, r.id, r.name, r.country, r.level, s.body FROM json_each(?) j"
            " JOIN record r ON r.type = json_extract(j.value, '$[0]')"
            " AND r.id = json_extract(j.value, '$[1]')"
            f" LEFT JOIN record s ON s.no = r.no AND r.type IN ({self._with_bodies})"
        )
        rows = (
            self._connection.execute(sql, (json.dumps(new),)).fetchall() if new else []
        )
        self._rows.update({(row["type"], row["id"]): row for row in rows})
        unnamed = [
            row["id"]
            for row in rows
            if row["type"] == "partnership" and not row["name"]
        ]
        self._gather_members(unnamed)

    @property
    def _with_bodies(self) -> str:
        return "'source', 'city'" if self.days else "'source'"

    def _gather_members(self, ids: list[str]) -> None:
        sql = (
            "SELECT r.id AS tie, m.id AS city FROM json_each(?) j"
            " JOIN record r ON r.type = 'partnership' AND r.id = j.value"
            " JOIN ref m ON m.record = r.no AND m.relation = 'members' AND m.type = 'city'"
            " ORDER BY m.record, m.position"
        )
        rows = (
            self._connection.execute(sql, (json.dumps(ids),)).fetchall() if ids else []
        )
        for row in rows:
            cities = self._members.setdefault(row["tie"], [])
            if row["city"] not in cities:
                cities.append(row["city"])
        if rows:
            self.gather(("city", row["city"]) for row in rows)

    def of(self, type_: str, id_: str) -> str:
        """Return the name of a record; of one that does not exist, its id."""
        row = self._rows.get((type_, id_))
        if row and row["name"]:
            return self.city_name(row)
        if type_ == "partnership" and id_ in self._members:
            return partnership_name(
                None, [self.of("city", city) for city in self._members[id_]]
            )
        return id_

    def city_name(self, row: Row) -> str:
        """Return the name of a city by its row, with the body where a time is asked
        for.
        """
        return self._then(row) or str(row["name"])

    def _then(self, row: Row) -> str | None:
        """Return the former name of a city that it had at the time asked for."""
        if not (self.days and row["type"] == "city" and '"aliases"' in row["body"]):
            return None
        from citylinks.model.validity import former_name

        return former_name(json.loads(row["body"]), self.days)

    def own(self, type_: str, id_: str) -> str | None:
        """Return the name that a record itself gives, if it does."""
        row = self._rows.get((type_, id_))
        return self.city_name(row) if row and row["name"] else None

    def record(self, type_: str, id_: str) -> RecordRef:
        """Return a reference to a record, with its type."""
        return RecordRef(type_, id_, self.of(type_, id_))

    def subject(self, type_: str, id_: str) -> Subject:
        """Return a record as the subject of an answer."""
        row = self._rows.get((type_, id_))
        return Subject(type_, id_, self.of(type_, id_), row["country"] if row else None)

    def ref(self, type_: str, id_: str, role: str | None = None) -> Ref:
        """Return a reference to a record."""
        return Ref(id_, self.of(type_, id_), role)

    def city(
        self,
        id_: str,
        role: str | None = None,
        people: int | None = None,
        certainty: Certainty | None = None,
    ) -> CityRef:
        """Return a reference to a city."""
        row = self._rows.get(("city", id_))
        country, level = (row["country"], row["level"]) if row else (None, None)
        return CityRef(
            id_, self.of("city", id_), country, level, role, people, certainty
        )

    def claim(self, claim: dict[str, Any]) -> ClaimRef:
        """Return a claim with the source that makes it."""
        source = self.source(claim["source"])
        return ClaimRef(claim["field"], claim["value"], source, claim.get("note"))

    def source(self, id_: str, note: str | None = None) -> SourceRef:
        """Return a source as it is cited."""
        row = self._rows.get(("source", id_))
        body = json.loads(row["body"]) if row and row["body"] else {}
        return SourceRef(
            id_,
            body.get("title", id_),
            body.get("publisher"),
            body.get("url"),
            body.get("date"),
            note,
        )


def _day(text: str | None) -> str | None:
    """Return a bound as an answer gives it: null where there is none."""
    return None if text in {None, NO_EARLIEST, NO_LATEST} else text


# -- Entries ------------------------------------------------------------------


def read_entries(rows: Sequence[Row], names: NameIndex) -> tuple[TimelineEntry, ...]:
    """Return timeline entries.

    A row has the columns of `entry`, the type and id of its record, `said` and
    `certainty`. What an entry says is written as in a record; what an event says is its
    record.
    """
    bodies = [_told(row, names) for row in rows]
    names.gather(
        key
        for row, body in zip(rows, bodies, strict=True)
        for key in (*_mentioned(body), (row["type"], row["id"]))
    )
    return tuple(
        _entry(row, body, names) for row, body in zip(rows, bodies, strict=True)
    )


def _told(row: Row, names: NameIndex) -> dict[str, Any]:
    """Return what an entry says; of one that concerns all members of a tie, with those
    of then.

    With whom a tie began is the same at all times.
    """
    said: dict[str, Any] = json.loads(row["said"])
    if names.days and _concerns_who_belongs(row):
        said["cities"] = _members(json.loads(row["record_body"]), names) or said.get(
            "cities", []
        )
    return said


def _concerns_who_belongs(row: Row) -> bool:
    return (
        bool(row["is_general"])
        and row["type"] == "partnership"
        and row["kind"] != "start"
    )


def _mentioned(body: dict[str, Any]) -> Iterable[Key]:
    yield from (
        ("city", city["city"]) for city in (*_places(body), *body.get("undated", ()))
    )
    yield from (("theme", theme) for theme in body.get("themes", ()))
    yield from (
        ("organization", item["organization"]) for item in body.get("organizations", ())
    )
    yield from (("source", source["source"]) for source in body.get("sources", ()))
    yield from (("source", claim["source"]) for claim in body.get("claims", ()))


def _entry(row: Row, body: dict[str, Any], names: NameIndex) -> TimelineEntry:
    attendance = body.get("attendance")
    cities = _cities(body, names)
    return TimelineEntry(
        date=row["date"],
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        certainty=row["certainty"],
        kind=row["kind"],
        detail=row["detail"],
        title=_title(row, body, names, cities),
        summary=body.get("summary"),
        cities=cities,
        themes=_themes(body, names),
        organizations=_organizations(body, names),
        sources=tuple(
            names.source(source["source"], source.get("note"))
            for source in body.get("sources", ())
        ),
        claims=tuple(names.claim(claim) for claim in body.get("claims", ())),
        record=names.record(row["type"], row["id"]),
        pillars=tuple(PillarRef(**pillar) for pillar in body.get("pillars", ())),
        attendance=AttendanceRef(**attendance) if attendance else None,
        undated_members=_cities({"cities": body.get("undated", [])}, names),
    )


def _cities(body: dict[str, Any], names: NameIndex) -> tuple[CityRef, ...]:
    return tuple(
        names.city(
            city["city"], city.get("role"), city.get("people"), city.get("certainty")
        )
        for city in _places(body)
    )


def read_members(body: dict[str, Any], names: NameIndex) -> tuple[CityRef, ...]:
    """Return the members of a tie by its body; where a time is asked for, as `_members`
    does.
    """
    return _cities({"cities": _members(body, names)}, names)


def _members(body: dict[str, Any], names: NameIndex) -> list[dict[str, Any]]:
    """Return the members of a tie; where a time is asked for, those that it had, and
    how surely.
    """
    if names.days is None:
        found: list[dict[str, Any]] = body["members"]
        return found
    from citylinks.model.validity import members_during

    return [
        {**member, "certainty": sure}
        for member, sure in members_during(body, names.days)
    ]


def _themes(body: dict[str, Any], names: NameIndex) -> tuple[Ref, ...]:
    return tuple(names.ref("theme", theme) for theme in body.get("themes", ()))


def _organizations(body: dict[str, Any], names: NameIndex) -> tuple[Ref, ...]:
    return tuple(
        names.ref("organization", item["organization"], item.get("role"))
        for item in body.get("organizations", ())
    )


def _title(
    row: Row, body: dict[str, Any], names: NameIndex, cities: Iterable[CityRef]
) -> str:
    title: str | None = body.get("title")
    if title:
        return f"{title} runs out" if row["kind"] == "expiry" else title
    own = names.own(row["type"], row["id"]) if row["type"] == "partnership" else None
    parties = [city.name for city in cities]
    return entry_title(row["kind"], row["detail"], body.get("value"), own, parties)


def read_agreements(rows: Sequence[Row], names: NameIndex) -> tuple[AgreementRow, ...]:
    """Return agreements; rows are those of `entries` of that kind."""
    papers = [
        json.loads(row["record_body"])["agreements"][number_in(row["path"])]
        for row in rows
    ]
    found = zip(rows, read_entries(rows, names), papers, strict=True)
    return tuple(
        AgreementRow(
            signed=entry.date,
            earliest=entry.earliest,
            latest=entry.latest,
            certainty=entry.certainty,
            kind=entry.detail or "",
            title=entry.title,
            summary=entry.summary,
            parties=entry.cities,
            expires=paper.get("expires"),
            position=row["listed_position"],
            themes=entry.themes,
            sources=tuple(source.id for source in entry.sources),
            record=entry.record,
        )
        for row, entry, paper in found
    )


def number_in(path: str) -> int:
    """Return the place in its list of what stands at a path: 1 of
    `agreements[1].signed`.
    """
    return int(path.partition("[")[2].partition("]")[0])


# -- Records ------------------------------------------------------------------


def read_partnerships(
    rows: Sequence[Row], names: NameIndex, members: Collection[str] = ()
) -> tuple[PartnershipRow, ...]:
    """Return partnerships; a row has the columns of `record`, `certainty` and
    `standing`.

    Where `members` are given, only they are named of those that a partnership has.
    """
    bodies = [json.loads(row["body"]) for row in rows]
    if members:
        for body in bodies:
            body["members"] = [one for one in body["members"] if one["city"] in members]
    names.gather(
        key
        for row, body in zip(rows, bodies, strict=True)
        for key in (*_referred(body), ("partnership", row["id"]))
    )
    return tuple(
        _partnership(row, body, names) for row, body in zip(rows, bodies, strict=True)
    )


def ties_between(
    rows: Sequence[Row], names: NameIndex, wanted: Sequence[tuple[Sequence[str], int]]
) -> tuple[PartnershipRow, ...]:
    """Return partnerships as ties between cities, so many of each of these."""
    from citylinks.model.validity import together

    bounds = [together(json.loads(row["body"]), wanted) for row in rows]
    return tuple(
        tie._replace(since=one.since, until=one.until)
        for tie, one in zip(read_partnerships(rows, names), bounds, strict=True)
    )


def ties_of_city(
    rows: Sequence[Row], names: NameIndex, city: str
) -> tuple[PartnershipRow, ...]:
    """Return partnerships with since when a city belongs to them, and until when."""
    from citylinks.model.validity import belonging

    held = [belonging(json.loads(row["body"]), city) for row in rows]
    return tuple(
        tie._replace(since=since, until=until)
        for tie, (since, until) in zip(
            read_partnerships(rows, names), held, strict=True
        )
    )


def _referred(body: dict[str, Any]) -> Iterable[Key]:
    yield from (("city", member["city"]) for member in body.get("members", ()))
    yield from (("theme", theme) for theme in body.get("themes", ()))
    yield from (
        ("organization", o["organization"]) for o in body.get("organizations", ())
    )


def _partnership(row: Row, body: dict[str, Any], names: NameIndex) -> PartnershipRow:
    return PartnershipRow(
        id=row["id"],
        name=names.of("partnership", row["id"]),
        kind=row["kind"],
        start=row["date"],
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        certainty=row["certainty"],
        end=body.get("end"),
        status=_status(row, body, names),
        members=read_members(body, names),
        themes=_themes(body, names),
        organizations=_organizations(body, names),
        sources=_sources(body),
    )


def _status(row: Row, body: dict[str, Any], names: NameIndex) -> str | None:
    if names.days is None:
        standing: str | None = row["standing"]
        return standing
    from citylinks.model.validity import last_certain_status

    return last_certain_status(body, names.days)


def read_links(rows: Sequence[Row], names: NameIndex) -> dict[int, Link]:
    """Return ties or events as links, by number; a row has the columns of `record`,
    `standing`.

    How sure it is that they connect two cities is for the question to say.
    """
    bodies = [json.loads(row["body"]) for row in rows]
    names.gather(("source", id_) for body in bodies for id_ in _sources(body))
    names.gather((row["type"], row["id"]) for row in rows)
    return {
        row["no"]: _link(row, body, names)
        for row, body in zip(rows, bodies, strict=True)
    }


def _link(row: Row, body: dict[str, Any], names: NameIndex) -> Link:
    return Link(
        type=row["type"],
        id=row["id"],
        name=names.of(row["type"], row["id"]),
        kind=row["kind"],
        date=row["date"],
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        certainty=None,
        end=body.get("end"),
        status=_status(row, body, names) if row["type"] == "partnership" else None,
        sources=tuple(
            names.source(source["source"], source.get("note"))
            for source in body.get("sources", ())
        ),
    )


def read_events(rows: Sequence[Row], names: NameIndex) -> tuple[EventRow, ...]:
    """Return events; a row has the columns of `record` and `certainty`."""
    bodies = [json.loads(row["body"]) for row in rows]
    names.gather(("city", city["city"]) for body in bodies for city in _places(body))
    names.gather(
        ("theme", theme) for body in bodies for theme in body.get("themes", ())
    )
    return tuple(
        _event(row, body, names) for row, body in zip(rows, bodies, strict=True)
    )


def _event(row: Row, body: dict[str, Any], names: NameIndex) -> EventRow:
    return EventRow(
        id=row["id"],
        date=row["date"],
        earliest=_day(row["earliest"]),
        latest=_day(row["latest"]),
        certainty=row["certainty"],
        kind=row["kind"],
        title=row["name"],
        cities=_cities(body, names),
        themes=_themes(body, names),
        sources=_sources(body),
    )


def _places(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cities of an event, its place among them."""
    cities = list(body.get("cities", ()))
    place = body.get("place")
    if place and place not in {city["city"] for city in cities}:
        cities.append({"city": place, "role": "place"})
    return cities


def _sources(body: dict[str, Any]) -> tuple[str, ...]:
    return tuple(source["source"] for source in body.get("sources", ()))


def read_cities(rows: Sequence[Row], names: NameIndex) -> tuple[CityRow, ...]:
    """Return cities; a row has the columns of `record`, `uses` and `certainty`."""
    return tuple(
        CityRow(
            row["id"],
            names.city_name(row),
            row["level"],
            row["country"],
            countries.region_of_country(row["country"]),
            row["uses"],
            row["certainty"],
        )
        for row in rows
    )


def read_terms(rows: Sequence[Row]) -> tuple[TermRow, ...]:
    """Return themes or organizations; a row has the columns of `record` and `uses`."""
    return tuple(
        TermRow(
            row["id"],
            row["name"],
            row["kind"],
            row["country"],
            json.loads(row["body"]).get("broader"),
            row["uses"],
        )
        for row in rows
    )


def read_sources(rows: Sequence[Row]) -> tuple[SourceRow, ...]:
    """Return sources; a row has the columns of `record` and `uses`."""
    bodies = [json.loads(row["body"]) for row in rows]
    return tuple(
        SourceRow(
            row["id"],
            row["name"],
            body.get("publisher"),
            row["date"],
            body.get("url"),
            row["uses"],
        )
        for row, body in zip(rows, bodies, strict=True)
    )
