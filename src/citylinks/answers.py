"""What comes back from a question: plain frozen values, the same for programs and for people.

Every answer knows the name of its schema, the question as it was understood, and its results.
Dates are EDTF text as the record has it, with `earliest` and `latest` as ISO days beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Certainty = Literal["certain", "possible"]


# -- Parts --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """Another record: its id, its name, and the role in which it stands here."""

    id: str
    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class CityRef:
    """A city as it takes part; `people` is how many it sent."""

    id: str
    name: str
    country: str | None = None
    role: str | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class RecordRef:
    """The record that an answer rests on."""

    type: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a timeline is about; `country` is the English name of a city's country."""

    type: str
    id: str
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Evidence; `note` is what the record says of this source."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRef:
    """What another source says of a field."""

    field: str
    value: str
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PillarRef:
    """A goal, a step or a theme that an event is built on."""

    name: str
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceRef:
    """How many took part, as a source counts them."""

    cities: int | None = None
    people: int | None = None


# -- Results ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One dated thing; `certainty` is null where no span of time was asked for.

    `kind` is the kind of an event, or start, end, join, leave, status, agreement, expiry, outcome
    or count; `detail` says more closely what: the kind of tie or paper, the role, the status.
    """

    date: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    detail: str | None
    title: str
    summary: str | None
    cities: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    organizations: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]
    record: RecordRef
    pillars: tuple[PillarRef, ...] = ()
    attendance: AttendanceRef | None = None


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city in a list; `ties` counts the partnerships that it is a member of."""

    id: str
    name: str
    level: str | None
    country: str | None
    region: str | None
    ties: int


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """A partnership in a list."""

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


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A paper that parties signed; `position` is its place in the list that its source gives."""

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


@dataclass(frozen=True, slots=True)
class EventRow:
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


@dataclass(frozen=True, slots=True)
class TermRow:
    """A theme or organization in a list; `records` counts those that name it."""

    id: str
    name: str
    kind: str | None
    country: str | None
    broader: str | None
    records: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a list; `records` counts those that cite it."""

    id: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    records: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One record whole: as it is written, with what it names and what names it.

    `record` is the record as validated; `names` gives the name of each record that it refers to,
    by `type/id`; `countries` the country and region of its cities, by their id; `ties` are the
    partnerships of a city, within a partnership, or about a term.
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
    file: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of the data at its place; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: str
    message: str
    help: str | None


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """What is installed and what it reads."""

    version: str
    python: str
    schemas: tuple[str, ...]
    data: tuple[str, ...]
    counts: dict[str, int]


# -- Answers ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, in order: `subjects` are whom it was asked of, `ties` what is between them.

    `networks` are what both of two cities belong to without its filling their timeline.
    """

    schema: ClassVar[str] = "timeline"

    query: dict[str, Any]
    results: tuple[TimelineEntry, ...]
    subjects: tuple[Subject, ...] = ()
    ties: tuple[PartnershipRow, ...] = ()
    networks: tuple[PartnershipRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Cities:
    """The cities that were asked for."""

    schema: ClassVar[str] = "cities"

    query: dict[str, Any]
    results: tuple[CityRow, ...]


@dataclass(frozen=True, slots=True)
class Partnerships:
    """The partnerships that were asked for."""

    schema: ClassVar[str] = "partnerships"

    query: dict[str, Any]
    results: tuple[PartnershipRow, ...]


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements that were asked for, in the order of signature as far as it is known."""

    schema: ClassVar[str] = "agreements"

    query: dict[str, Any]
    results: tuple[AgreementRow, ...]


@dataclass(frozen=True, slots=True)
class Events:
    """The events that were asked for."""

    schema: ClassVar[str] = "events"

    query: dict[str, Any]
    results: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes of the vocabulary."""

    schema: ClassVar[str] = "themes"

    query: dict[str, Any]
    results: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class Organizations:
    """The organizations of the vocabulary."""

    schema: ClassVar[str] = "organizations"

    query: dict[str, Any]
    results: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that records cite."""

    schema: ClassVar[str] = "sources"

    query: dict[str, Any]
    results: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One record whole."""

    schema: ClassVar[str] = "show"

    query: dict[str, Any]
    results: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Validation:
    """Every problem of the data; `files` and `records` count what was read."""

    schema: ClassVar[str] = "validate"

    query: dict[str, Any]
    results: tuple[Problem, ...]
    files: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """Version, schemas and data."""

    schema: ClassVar[str] = "version"

    query: dict[str, Any]
    results: tuple[VersionInfo, ...]


Answer = (
    Timeline
    | Cities
    | Partnerships
    | Agreements
    | Events
    | Themes
    | Organizations
    | Sources
    | Shown
    | Validation
    | Version
)
ANSWERS: tuple[type[Answer], ...] = (
    Timeline,
    Cities,
    Partnerships,
    Agreements,
    Events,
    Themes,
    Organizations,
    Sources,
    Shown,
    Validation,
    Version,
)
SCHEMA_VERSION = 1


def schema_name(answer: Answer | type[Answer]) -> str:
    """Return the name that the envelope of an answer carries: `citylinks/timeline/1`."""
    return f"citylinks/{answer.schema}/{SCHEMA_VERSION}"
