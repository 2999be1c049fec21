"""What stands in answers of several families."""

from typing import Literal, NamedTuple

Certainty = Literal["certain", "possible"]


class Ref(NamedTuple):
    """Another record: its id, its name, and the role in which it stands here."""

    id: str
    name: str
    role: str | None = None


class CityRef(NamedTuple):
    """A city as it takes part; `people` is how many it sent.

    `certainty` is how sure it is that it belonged to the tie at the time asked for.
    """

    id: str
    name: str
    country: str | None = None
    level: str | None = None
    role: str | None = None
    people: int | None = None
    certainty: Certainty | None = None


class RecordRef(NamedTuple):
    """The record that an answer rests on."""

    type: str
    id: str
    name: str


class Subject(NamedTuple):
    """Whom a timeline is about; `country` is the ISO 3166-1 code of a city's country."""

    type: str
    id: str
    name: str
    country: str | None


class SourceRef(NamedTuple):
    """Evidence; `note` is what the record says of this source."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    note: str | None = None


class ClaimRef(NamedTuple):
    """What another source says of a field."""

    field: str
    value: str
    source: SourceRef
    note: str | None = None


class PillarRef(NamedTuple):
    """A goal, a step or a theme that an event is built on."""

    name: str
    summary: str | None = None


class Group(NamedTuple):
    """What an entry stands under where a timeline is grouped: a decade, a theme or a city."""

    id: str
    name: str


class AttendanceRef(NamedTuple):
    """How many took part, as a source counts them."""

    cities: int | None = None
    people: int | None = None


class PartnershipRow(NamedTuple):
    """A partnership in a list; its members carry their level.

    Where it is told as a tie between cities, `since` is when they belong to it together, and
    `until` when one of them left or it ended. The same are of one city where the row is one of its
    ties, null where it is not known since when it belongs to a network.
    """

    id: str
    name: str
    kind: str
    start: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    end: str | None
    status: str | None
    members: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    organizations: tuple[Ref, ...]
    sources: tuple[str, ...]
    since: str | None = None
    until: str | None = None
