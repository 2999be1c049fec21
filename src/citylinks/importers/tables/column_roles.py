"""Which column of a table is which, by its name and by what stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citylinks.geo.territories import find_territory
from citylinks.importers.reading.headers import (
    OF_ITS_OWN,
    OF_THE_OTHER,
    SIDES,
    WORDS_BY_KEY,
)
from citylinks.importers.tables.cell_dates import UnusableError, date_reader
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOSTLY = 0.9  # of the texts of a column
_NOWHERE = 10_000  # a position behind all columns

# How dates may be written; the first way is taken that reads all or most of a column.
WAYS = (
    "year",
    "any",
    "day.month.year",
    "day/month/year",
    "month/day/year",
    "day-month-year",
    "month-day-year",
    "timestamp",
)
# The keys of a map that belong to the partnership and not to one of its cities.
_OF_PARTNERSHIPS = frozenset(
    ("kind", "start", "end", "status", "themes", "url", "title", "note")
)
_ITEM = re.compile(r"(https?://www\.wikidata\.org/\w+/|wd:)?Q[1-9][0-9]*")
_DEGREES = re.compile(r"[-+]?[0-9]{1,3}([.,][0-9]+)?")
_SHORTEST_END = 4  # letters of a word that is looked for at the end of a compound


class Column(NamedTuple):
    """A column of the sample, without its empty cells."""

    name: str
    texts: list[str]
    position: int

    @property
    def words(self) -> list[str]:
        """The folded words of its name; `partnerCountry` has two."""
        apart = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", self.name)
        return fold(apart).split()

    def is_mostly(self, fits: Callable[[str], bool]) -> bool:
        """Whether nearly all of its texts pass a test."""
        number = sum(map(fits, self.texts))
        return bool(self.texts) and number >= MOSTLY * len(self.texts)


def find_roles(columns: Sequence[Column]) -> dict[str, Column]:
    """Return the column of each key of a map, as far as one can be found."""
    roles = {column.position: _role(column) for column in columns}
    names = _names(columns, roles)
    items = [column for column in columns if roles[column.position] == "wikidata"]
    if len(names) < 2 and len(items) < 2:
        names = _with_likeliest_names(columns, roles, names)
    border = _border(names if len(names) > 1 else items)
    matches: dict[str, Column] = {}
    for column in columns:
        role = roles[column.position]
        if role in _OF_PARTNERSHIPS:
            _settle(matches, role or "", column)
        elif role is not None and (role != "name" or column in names):
            _settle(matches, f"{_side(column, border)}.{role}", column)
    for column in names:
        _settle(matches, f"{_side(column, border)}.name", column)
    if "b.name" not in matches and len(names) > 1:
        matches["a.name"], matches["b.name"] = names[0], names[1]
    return matches


# -- What a column is ---------------------------------------------------------


def _role(column: Column) -> str | None:
    """Return the key for a column: by its content where that is clear, or its name."""
    if column.is_mostly(_is_item):
        return "wikidata"
    role = _role_by_name(column)
    if role in _FITS:
        return role if column.is_mostly(_FITS[role]) else None
    if role is None and column.is_mostly(_is_date):
        return "start"
    if role is None and column.is_mostly(_is_country):
        return "country"
    return role


def _role_by_name(column: Column) -> str | None:
    words = column.words
    if len(words) > 1:
        words = [word for word in words if word not in SIDES]
    for key, known in WORDS_BY_KEY.items():
        if any(word in known for word in words) and _may_be(key, column):
            return key
    for key, known in WORDS_BY_KEY.items():
        ends = tuple(word for word in known if len(word) >= _SHORTEST_END)
        if any(word.endswith(ends) for word in words):
            return key
    return None


def _may_be(key: str, column: Column) -> bool:
    """Whether a column has dates where its name is one for dates."""
    return key not in {"start", "end"} or column.is_mostly(_is_date)


def _is_item(text: str) -> bool:
    return _ITEM.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    return any(is_written(way, text) for way in WAYS)


def is_written(way: str, text: str) -> bool:
    """Whether a text, read in that way, is a date of our millennium or the last."""
    try:
        return "1000" <= date_reader(way)(text)[:4] <= "2100"
    except UnusableError:
        return False


def _is_country(text: str) -> bool:
    return find_territory(text).code is not None


def _is_degrees(text: str) -> bool:
    return _DEGREES.fullmatch(text) is not None


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


# What must stand in a column that is so called.
_FITS: dict[str | None, Callable[[str], bool]] = {
    "latitude": _is_degrees,
    "longitude": _is_degrees,
    "wikidata": _is_item,
    "start": _is_date,
    "end": _is_date,
    "url": _is_address,
    "geonames": str.isdecimal,
}


# -- The two columns of names -------------------------------------------------


def _names(columns: Sequence[Column], roles: dict[int, str | None]) -> list[Column]:
    """Return the columns that are called names and hold no numbers."""
    names = [column for column in columns if roles[column.position] == "name"]
    return [column for column in names if not column.is_mostly(str.isdecimal)]


def _with_likeliest_names(
    columns: Sequence[Column], roles: dict[int, str | None], names: list[Column]
) -> list[Column]:
    """Return two columns that may be names: those with the most different texts."""
    others = []
    for column in columns:
        is_free = roles[column.position] in {None, "name"} and column not in names
        if is_free and not column.is_mostly(str.isdecimal):
            others.append(column)
    others.sort(key=lambda column: -len(set(column.texts)))
    both = [*names, *others[: 2 - len(names)]]
    return sorted(both, key=lambda column: column.position)


# -- The city that a column is about ------------------------------------------


def _border(names: Sequence[Column]) -> int:
    """Return the position from which on columns belong to the other city."""
    marked = [column.position for column in names if _marked_side(column) == "b"]
    if marked:
        return min(marked)
    if len(names) > 1:
        return names[1].position
    return _NOWHERE


def _side(column: Column, border: int) -> str:
    marked = _marked_side(column)
    if marked:
        return marked
    return "b" if column.position >= border else "a"


def _marked_side(column: Column) -> str | None:
    """Return the side in a name: `city2`, `partner_country`, `Partnerland`."""
    words = column.words
    if any(word.startswith(OF_THE_OTHER) for word in words):
        return "b"
    if len(words) < 2:
        return None
    if any(word in OF_ITS_OWN for word in words):
        return "a"
    return SIDES.get(words[-1]) or SIDES.get(words[0])


def _settle(matches: dict[str, Column], key: str, column: Column) -> None:
    """Take a column for a key; of two countries the one of which more are known."""
    before = matches.get(key)
    if before is None or (
        key.endswith("country") and _countries(column) > _countries(before)
    ):
        matches[key] = column


def _countries(column: Column) -> int:
    return sum(map(_is_country, column.texts))
