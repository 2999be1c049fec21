"""What an adapter yields, row by row, and why it may stop: what its source says,
unjudged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import CitylinksError

if TYPE_CHECKING:
    from pathlib import Path


class Party(NamedTuple):
    """One end of a tie as its source has it; what it does not say is None or empty."""

    name: str | None
    wikidata: str | None = None
    country: str | None = (
        None  # as the source writes it: code or name, in any of its languages
    )
    level: str | None = None  # of the vocabulary; None where unknown
    subdivision: str | None = None  # ISO 3166-2 or the source's word
    names: tuple[tuple[str, str], ...] = ()  # (BCP 47 tag, name)
    aliases: tuple[tuple[str, str | None], ...] = ()  # (name, tag)
    location: tuple[float, float] | None = None  # latitude, longitude
    geonames: str | None = None
    apart: str = (
        ""  # what else tells it from a namesake in its country here: postcode, state
    )


class Term(NamedTuple):
    """A source cited."""

    title: str
    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None


class Tie(NamedTuple):
    """One row of the source: a tie of two parties."""

    where: (
        str  # file:line, or entity and statement: said to people, so that they find it
    )
    a: Party
    b: Party
    kind: str | None = None  # of the vocabulary; None is `unspecified`
    start: str | None = None  # EDTF
    end: str | None = None
    status: str | None = None
    themes: tuple[str, ...] = ()
    sources: tuple[
        Term, ...
    ] = ()  # cited for this row beside the source of the whole import
    note: str | None = None
    remarks: tuple[str, ...] = ()  # what of the row was left out, and why
    is_one_way: bool = (
        False  # recorded from each side (P190): a missing second one is worth telling
    )


class Described(NamedTuple):
    """What a source says of a place beyond ties: a file of labels, the entity itself.
    No row.
    """

    party: Party


class SetAside(NamedTuple):
    """A row that cannot become a tie."""

    where: str
    why: str


class UnreadableError(CitylinksError):
    """A whole file cannot be read: its encoding, its delimiter, a ragged row, a
    truncated gzip.
    """

    def __init__(self, file: Path | str, line: int | None, message: str) -> None:
        place = f"{file}:{line}" if line else f"{file}"
        super().__init__(f"{place}: {message}")
