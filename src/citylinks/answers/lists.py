"""Which records there are, of one kind each."""

from typing import Any, NamedTuple

from citylinks.answers.parts import Certainty, CityRef, PartnershipRow, RecordRef, Ref


class CityRow(NamedTuple):
    """A city in a list; `ties` counts the partnerships that it is a member of.

    `certainty` is how sure it is that it was tied, at the time asked for, to those asked for.
    """

    id: str
    name: str
    level: str | None
    country: str | None
    region: str | None
    ties: int
    certainty: Certainty | None


class AgreementRow(NamedTuple):
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
    """A theme or organization in a list; `records` counts those that name it."""

    id: str
    name: str
    kind: str | None
    country: str | None
    broader: str | None
    records: int


class SourceRow(NamedTuple):
    """A source in a list; `records` counts those that cite it."""

    id: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    records: int


class Cities(NamedTuple):
    """The cities that were asked for."""

    query: dict[str, Any]
    results: tuple[CityRow, ...]


class Partnerships(NamedTuple):
    """The partnerships that were asked for."""

    query: dict[str, Any]
    results: tuple[PartnershipRow, ...]


class Agreements(NamedTuple):
    """The agreements that were asked for, in the order of signature as far as it is known."""

    query: dict[str, Any]
    results: tuple[AgreementRow, ...]


class Events(NamedTuple):
    """The events that were asked for."""

    query: dict[str, Any]
    results: tuple[EventRow, ...]


class Themes(NamedTuple):
    """The themes of the vocabulary."""

    query: dict[str, Any]
    results: tuple[TermRow, ...]


class Organizations(NamedTuple):
    """The organizations of the vocabulary."""

    query: dict[str, Any]
    results: tuple[TermRow, ...]


class Sources(NamedTuple):
    """The sources that records cite."""

    query: dict[str, Any]
    results: tuple[SourceRow, ...]
