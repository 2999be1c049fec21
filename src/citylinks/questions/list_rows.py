"""The rows of the lists of records, and how each is read from the index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo import countries
from citylinks.questions.results import Certainty, CityRef, RecordRef, Ref
from citylinks.questions.rows import (
    city_refs,
    known_day,
    listed_cities,
    number_in,
    parse_bodies,
    read_entries,
    source_ids,
    theme_refs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.results import TimelineEntry
    from citylinks.questions.rows import Key, NameIndex, Row


class CityRow(NamedTuple):
    """A city in a list; `ties` is the number of its partnerships.

    Coordinates are in decimal degrees. `certainty` says how sure it is that the city
    was a partner of the cities asked for, at the time asked for.
    """

    id: str
    name: str
    level: str | None
    country: str | None
    region: str | None
    ties: int
    certainty: Certainty | None
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str | None = None
    geonames: str | None = None


class AgreementRow(NamedTuple):
    """An agreement that members signed.

    `position` is its place in the list that its source gives.
    """

    signed: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    title: str
    summary: str | None
    parties: tuple[CityRef, ...]
    expires: str | None
    position: int | None
    themes: tuple[Ref, ...]
    sources: tuple[str, ...]
    record: RecordRef


class EventRow(NamedTuple):
    """An event in a list."""

    id: str
    date: str
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    title: str
    cities: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    sources: tuple[str, ...]


class TermRow(NamedTuple):
    """A theme or organization in a list; `records` is how many records use it."""

    id: str
    name: str
    kind: str | None
    country: str | None
    broader: str | None
    records: int


class SourceRow(NamedTuple):
    """A source in a list; `records` is how many records cite it."""

    id: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    records: int


# -- Read from the index ---------------------------------------------------------


def read_agreements(rows: Sequence[Row], names: NameIndex) -> tuple[AgreementRow, ...]:
    """Return agreements; rows are those of `entries` of that kind."""
    agreements = []
    for row, entry in zip(rows, read_entries(rows, names), strict=True):
        body = json.loads(row["record_body"])["agreements"][number_in(row["path"])]
        agreements.append(_agreement(row, entry, body))
    return tuple(agreements)


def _agreement(row: Row, entry: TimelineEntry, body: dict[str, Any]) -> AgreementRow:
    return AgreementRow(
        signed=entry.date,
        earliest=entry.earliest,
        latest=entry.latest,
        certainty=entry.certainty,
        kind=entry.detail or "",
        title=entry.title,
        summary=entry.summary,
        parties=entry.cities,
        expires=body.get("expires"),
        position=row["listed_position"],
        themes=entry.themes,
        sources=tuple(source.id for source in entry.sources),
        record=entry.record,
    )


def read_events(rows: Sequence[Row], names: NameIndex) -> tuple[EventRow, ...]:
    """Return events; a row has the columns of `record` and `certainty`."""
    bodies = parse_bodies(rows)
    keys: list[Key] = []
    for body in bodies:
        keys += _event_keys(body)
    names.gather(keys)
    events = []
    for row, body in zip(rows, bodies, strict=True):
        events.append(_event(row, body, names))
    return tuple(events)


def _event_keys(body: dict[str, Any]) -> Iterator[Key]:
    for city in listed_cities(body):
        yield "city", city["city"]
    for theme in body.get("themes", ()):
        yield "theme", theme


def _event(row: Row, body: dict[str, Any], names: NameIndex) -> EventRow:
    return EventRow(
        id=row["id"],
        date=row["date"],
        earliest=known_day(row["earliest"]),
        latest=known_day(row["latest"]),
        certainty=row["certainty"],
        kind=row["kind"],
        title=row["name"],
        cities=tuple(city_refs(listed_cities(body), names)),
        themes=tuple(theme_refs(body, names)),
        sources=source_ids(body),
    )


def read_cities(rows: Sequence[Row], names: NameIndex) -> tuple[CityRow, ...]:
    """Return cities; a row has the columns of `record` and of the list of cities."""
    cities = []
    for row in rows:
        city = CityRow(
            id=row["id"],
            name=names.city_name(row),
            level=row["level"],
            country=row["country"],
            region=countries.region_of_country(row["country"]),
            ties=row["uses"],
            certainty=row["certainty"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            wikidata=row["wikidata"],
            geonames=row["geonames"],
        )
        cities.append(city)
    return tuple(cities)


def read_terms(rows: Sequence[Row]) -> tuple[TermRow, ...]:
    """Return themes or organizations; a row has the columns of `record` and `uses`."""
    terms = []
    for row in rows:
        term = TermRow(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            broader=json.loads(row["body"]).get("broader"),
            records=row["uses"],
        )
        terms.append(term)
    return tuple(terms)


def read_sources(rows: Sequence[Row]) -> tuple[SourceRow, ...]:
    """Return sources; a row has the columns of `record` and `uses`."""
    sources = []
    for row in rows:
        body = json.loads(row["body"])
        source = SourceRow(
            id=row["id"],
            title=row["name"],
            publisher=body.get("publisher"),
            date=row["date"],
            url=body.get("url"),
            records=row["uses"],
        )
        sources.append(source)
    return tuple(sources)
