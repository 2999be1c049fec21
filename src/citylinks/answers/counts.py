"""How many, by a key or by the year."""

from typing import Any, NamedTuple


class StatRow(NamedTuple):
    """How many partnerships and events there are under one key, null where it is not known.

    `uncertain` counts those of both whose date only possibly falls there.
    """

    key: str | None
    name: str
    partnerships: int
    events: int
    uncertain: int


class GrowthRow(NamedTuple):
    """How many ties were in force in a year: for all that is known, and of these, surely."""

    year: int
    possible: int
    certain: int


class Stats(NamedTuple):
    """How many, by what was asked; there are so many `more` rows than were asked for."""

    query: dict[str, Any]
    results: tuple[StatRow, ...]
    more: int = 0


class Growth(NamedTuple):
    """How many ties were in force in each year; `undated` are those whose beginning is unknown."""

    query: dict[str, Any]
    results: tuple[GrowthRow, ...]
    undated: int = 0
