"""Named tuples that several answers share."""

from typing import Any, Literal, NamedTuple, Protocol

Certainty = Literal["certain", "possible"]


class Ref(NamedTuple):
    """A reference to another record; `role` is the part it plays in this one."""

    id: str
    name: str
    role: str | None = None


class CityRef(NamedTuple):
    """A city that takes part; `people` is how many people it sent.

    `country` is an ISO 3166-1 code. `certainty` says how sure it is that the city
    belonged to the partnership at the time asked for.
    """

    id: str
    name: str
    country: str | None = None
    level: str | None = None
    role: str | None = None
    people: int | None = None
    certainty: Certainty | None = None


class RecordRef(NamedTuple):
    """The record that a result comes from."""

    type: str
    id: str
    name: str


class Subject(NamedTuple):
    """A city or partnership asked about; `country` is an ISO 3166-1 code."""

    type: str
    id: str
    name: str
    country: str | None


class NamedFilter(NamedTuple):
    """A filter by the name of its option, with the names of what it keeps."""

    option: str
    names: tuple[str, ...]


class SourceRef(NamedTuple):
    """A source of a record; `note` is the record's remark on it."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    note: str | None = None


class ClaimRef(NamedTuple):
    """A different value that another source gives for a field."""

    field: str
    value: str
    source: SourceRef
    note: str | None = None


class PillarRef(NamedTuple):
    """A goal, a step or a part of a programme or an event."""

    name: str
    summary: str | None = None


class Group(NamedTuple):
    """The decade, theme or city under which an entry stands in a grouped timeline."""

    id: str
    name: str


class AttendanceRef(NamedTuple):
    """The numbers of participants that a source states."""

    cities: int | None = None
    people: int | None = None


class PartnershipRow(NamedTuple):
    """A partnership in a list; dates are EDTF, bounds are ISO days or null.

    In a list for two or more cities, `since` is when all of them belonged to it, and
    `until` when one of them left or it ended. In a list for one city, both apply to
    that city; `since` is null if it is not known when the city joined a network.
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


class TimelineEntry(NamedTuple):
    """An entry of a timeline; dates are EDTF, bounds are ISO days or null.

    `certainty` is null if no time was asked for. `kind` is the kind of an event, or of
    a change to a city or a partnership, such as its start or an expiry; `--kind`
    accepts it. It is `member` for a member whose joining date is not known. `detail` is
    more precise: the kind of partnership or agreement, the role, or the status. For a
    start, `undated_members` are the members whose joining dates are not known. An entry
    that belongs to several groups appears in each; `group` is null if there are no
    groups.
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
    group: Group | None = None
    undated_members: tuple[CityRef, ...] = ()


class Answer(Protocol):
    """The question as it was understood, and its results."""

    @property
    def query(self) -> dict[str, Any]:
        """The question as it was understood."""

    @property
    def results(self) -> tuple[Any, ...]:
        """The results, in order."""
