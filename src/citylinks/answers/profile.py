"""One record whole."""

from typing import Any, Literal, NamedTuple

from citylinks.answers.parts import CityRef, ClaimRef, PartnershipRow, RecordRef, SourceRef
from citylinks.answers.timeline import TimelineEntry


class Standing(NamedTuple):
    """How a tie stood at the time asked for: whether it was in force, and its last sure status.

    `members` are those of its record then, in their order, with how sure it is that they belonged.
    """

    in_force: Literal["certain", "possible", "no"]
    status: str | None
    members: tuple[CityRef, ...] = ()


class Profile(NamedTuple):
    """One record whole: as it is written, with what it names and what names it.

    Where a time is asked for, `record` is without what did not hold then or was yet to come,
    `ties` and `entries` are those that held, and `standing` says how a partnership stood.

    `record` is the record as validated; `names` gives the name of each record that it refers to,
    by `type/id`; `countries` the country and region of its cities, by their id; `ties` are the
    partnerships of a city, within a partnership, or about a term; `named_by` are all records that
    name it.
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
    standing: Standing | None = None


class Shown(NamedTuple):
    """One record whole."""

    query: dict[str, Any]
    results: tuple[Profile, ...]
