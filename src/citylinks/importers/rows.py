"""What an adapter yields, row by row, as its source has it, and why it may stop."""

from __future__ import annotations

from typing import NamedTuple

from citylinks.errors import CitylinksError


class ImportedCity(NamedTuple):
    """A city as its source has it; what the source does not say is None or empty."""

    name: str | None
    wikidata: str | None = None
    # As the source writes it: a code, or a name in any language.
    country: str | None = None
    level: str | None = None  # of the vocabulary; None where unknown
    subdivision: str | None = None  # ISO 3166-2 or the source's word
    names: tuple[tuple[str, str], ...] = ()  # (BCP 47 tag, name)
    aliases: tuple[tuple[str, str | None], ...] = ()  # (name, tag)
    location: tuple[float, float] | None = None  # latitude, longitude
    geonames: str | None = None
    # What else tells it from a namesake in its country here: a postcode, a state.
    apart: str = ""


class CitedSource(NamedTuple):
    """A source that records cite."""

    title: str
    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None


class ImportedPartnership(NamedTuple):
    """One row of the source: a partnership of two cities."""

    # File and line, or entity and statement, so that people find the row.
    where: str
    a: ImportedCity
    b: ImportedCity
    kind: str | None = None  # of the vocabulary; None is `unspecified`
    start: str | None = None  # EDTF
    end: str | None = None
    status: str | None = None
    themes: tuple[str, ...] = ()
    # Cited for this row, beside the source of the whole import.
    sources: tuple[CitedSource, ...] = ()
    note: str | None = None
    remarks: tuple[str, ...] = ()  # what of the row was left out, and why
    # Recorded from each side, as in P190: a missing second one is worth a note.
    is_one_way: bool = False


class DescribedCity(NamedTuple):
    """A city as a file of labels or its own entity describes it; it is no row."""

    city: ImportedCity


class SetAside(NamedTuple):
    """A row that cannot become a partnership."""

    where: str
    why: str


class UnreadableError(CitylinksError):
    """A whole file cannot be read: wrong encoding, a ragged row, a truncated gzip."""

    def __init__(self, file: object, line: int | None, message: str) -> None:
        place = f"{file}:{line}" if line else f"{file}"
        super().__init__(f"{place}: {message}")
