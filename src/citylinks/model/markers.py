"""What a field of a record is for, as in `Annotated[..., Dated("end")]`.

The fields of a marker are those of `field_uses.FieldUse`, which it sets. One more
marker is `field_uses.Distinct`.
"""

from typing import NamedTuple


class Dated(NamedTuple):
    """A date that stands in a timeline, as an entry of this kind.

    It is of a city, of a partnership, or of a part of one: the date of an event is the
    event. What may lie ahead once it is recorded, as an end, is not `is_past`.
    """

    dated: str
    is_past: bool = True


class Past(NamedTuple):
    """A date that stands in no timeline of its own, and cannot lie ahead."""

    is_past: bool = True


class Refers(NamedTuple):
    """An id, or several, of records of this type."""

    refers: str


class Words(NamedTuple):
    """Text in words, as opposed to an id, a date or a word of a list."""

    is_text: bool = True


class FullText(NamedTuple):
    """Text for reading, or a date that people know a record by: it is searched."""

    is_searched: bool = True


class CountryName(NamedTuple):
    """The code of a country; a search looks for its name."""

    is_country: bool = True


class Evidence(NamedTuple):
    """Says what a record rests on, and nothing about its subject."""

    is_evidence: bool = True


class CarriedBy(NamedTuple):
    """A part that rests on the source which it names itself, under this key."""

    carried_by: str
