"""Rows of a query to Wikidata, whatever its columns are called, to ties.

The two columns of the tie are those that hold items, told apart by their names or else
by their order; the others belong to them by name (`partner` has `partnerLabel`,
`partnerCountry`, `partnerCoord`; `city2` has `country2`; a bare `country` is the first
one's).

A query gives a time without its precision, as the first moment of the day, month or
year that is meant, unless it asks for `wikibase:timePrecision`. Without a column of
that, 1 January is taken as the year and the first of a month as the month: a date may
so be coarser here than it is there, but not finer; only of a decade, which stands there
as its first year, can nothing be seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo import wikidata_items
from citylinks.importers.rows import Party, SetAside, Term, Tie, UnreadableError
from citylinks.importers.wikidata.entities import title_of_address
from citylinks.importers.wikidata.values import When, when
from citylinks.text.safe import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_FIRST_ROWS = 100  # by which the columns are judged

# What columns are called, in lower case and without `_`.
_A = (
    "item",
    "a",
    "city",
    "citya",
    "city1",
    "item1",
    "place",
    "town",
    "subject",
    "from",
    "source",
)
_B = (
    "partner", "b", "twin", "sister", "cityb", "city2", "item2", "sistercity", "twintown",
    "partnercity", "partnertown", "object", "to", "target",
)  # fmt: skip
_LABEL = ("label", "name")
_CODE = ("countrycode", "countryiso", "iso", "iso2")
_COUNTRY = ("country", "countrylabel", "countryname", "land", "pays")
_POINT = ("coord", "coords", "coordinate", "coordinates", "location", "point", "geo")
_START = ("start", "starttime", "startdate", "since", "begin", "date", "p580")
_END = ("end", "endtime", "enddate", "until", "p582")
_STATEMENT = ("statement", "st", "stmt")
_ADDRESS = ("reference", "ref", "refurl", "referenceurl", "url", "p854")

_ITEM = re.compile(
    r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)|(Q[1-9]\d*)"
)
_UNKNOWN = re.compile(r"https?://www\.wikidata\.org/\.well-known/genid/.*|_:.*|t\d+")
_POINT_FORM = re.compile(
    r"point\s*\(\s*([-+.\deE]+)\s+([-+.\deE]+)\s*\)", re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?Z?")
_COARSE = re.compile(r"\d{4}(-\d\d)?")


class Cell(NamedTuple):
    """A value of a row, with the language of a text."""

    text: str
    language: str | None = None


class Side(NamedTuple):
    """The columns of one end of a tie; those that a query lacks are None."""

    item: str
    label: str | None
    country: tuple[str, ...]  # the first that has a value counts
    point: str | None


class Columns(NamedTuple):
    """Which column of a query is what; those that it lacks are None."""

    a: Side
    b: Side
    start: str | None
    start_precision: str | None
    end: str | None
    end_precision: str | None
    rank: str | None
    statement: str | None
    address: str | None


class Query:
    """The rows of one file, from the first of which it is found what its columns are."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.names: list[str] = []
        self.columns: Columns | None = None
        self.first: list[Mapping[str, Any]] = []
        self.number = 0

    def rows(self, row: Mapping[str, Any]) -> Iterator[Tie | SetAside]:
        """Take a row, or the head of the result; yield what is known to be a tie by
        now.
        """
        if isinstance(row.get("vars"), list):
            self.names = [name for name in row["vars"] if isinstance(name, str)]
            return
        if self.columns:
            yield self._tie(self.columns, row)
            return
        self.first.append(row)
        if len(self.first) == _FIRST_ROWS:
            yield from self.rest()

    def rest(self) -> Iterator[Tie | SetAside]:
        """Yield the ties of the rows that waited; raises UnreadableError where none can
        be.
        """
        rows, self.first = self.first, []
        if rows and not self.columns:
            names = list(
                dict.fromkeys([*self.names, *(name for row in rows for name in row)])
            )
            self.columns = columns(names, rows)
            if not self.columns:
                raise UnreadableError(self.file, None, _not_two(names))
        for row in rows:
            if self.columns:
                yield self._tie(self.columns, row)

    def _tie(self, of: Columns, row: Mapping[str, Any]) -> Tie | SetAside:
        self.number += 1
        statement = cell(row, of.statement)
        where = f"{self.file.name}: row {self.number}"
        where += f" ({statement.text.rpartition('/')[2]})" if statement else ""
        why = _why_not(of, row)
        if why:
            return SetAside(where, why)
        start = _date(row, of.start, of.start_precision)
        end = _date(row, of.end, of.end_precision)
        ended = cell(row, of.end)
        address = cell(row, of.address)
        url = address.text if address and address.text.startswith("http") else None
        return Tie(
            where=where,
            a=_party(of.a, row),
            b=_party(of.b, row),
            start=start.edtf,
            end=end.edtf,
            status="ended" if ended and not end.edtf else None,
            sources=(Term(title_of_address(url), url),) if url else (),
            note=_note(start, end),
            is_one_way=True,
        )


def _not_two(names: Sequence[str]) -> str:
    return (
        "the rows have no two columns of items of Wikidata, such as ?item and ?partner; "
        f"they have {shortened(', '.join(names)) or 'none'}"
    )


# -- Columns ------------------------------------------------------------------


def columns(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Columns | None:
    """Say which column is what; None where no two hold items."""
    items = [name for name in names if _holds_items(name, rows)]
    first = _called(_A, items) or next(iter(_without(items, _called(_B, items))), None)
    second = _called(_B, _without(items, first)) or next(
        iter(_without(items, first)), None
    )
    if not first or not second:
        return None
    by_name = {_plain(name): name for name in reversed(names)}
    start, end = _named(_START, by_name), _named(_END, by_name)
    return Columns(
        _side(first, by_name, is_first=True),
        _side(second, by_name, is_first=False),
        start,
        _precision(start, by_name),
        end,
        _precision(end, by_name),
        by_name.get("rank"),
        _named(_STATEMENT, by_name),
        _named(_ADDRESS, by_name),
    )


def _without(names: Iterable[str], one: str | None) -> list[str]:
    """Return the names but one, in their order."""
    return [name for name in names if name != one]


def _holds_items(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds items other than countries, as far as there are values."""
    if any(word in _plain(name) for word in (*_COUNTRY[:1], *_LABEL[:1])):
        return False
    found = [one.text for one in (cell(row, name) for row in rows) if one]
    items = [match[1] or match[2] for match in map(_ITEM.fullmatch, found) if match]
    unknown = sum(1 for text in found if _UNKNOWN.fullmatch(text))
    is_most = 2 * len(items) >= len(found) - unknown
    return bool(items) and is_most and not all(map(wikidata_items.country_code, items))


def _plain(name: str) -> str:
    return name.lower().replace("_", "")


def _called(words: Iterable[str], names: Iterable[str]) -> str | None:
    by_name = {_plain(name): name for name in names}
    return _named(words, by_name)


def _named(words: Iterable[str], by_name: Mapping[str, str]) -> str | None:
    return next((by_name[word] for word in words if word in by_name), None)


def _side(item: str, by_name: Mapping[str, str], *, is_first: bool) -> Side:
    countries = (_of(item, (word,), by_name, is_first) for word in (*_CODE, *_COUNTRY))
    return Side(
        item,
        _of(item, _LABEL, by_name, is_first),
        tuple(dict.fromkeys(filter(None, countries))),
        _of(item, _POINT, by_name, is_first),
    )


def _of(
    item: str, words: Iterable[str], by_name: Mapping[str, str], is_first: bool
) -> str | None:
    """Return the column with one of the words that belongs to an item's column by its
    name.
    """
    stem = _plain(item)
    tail = re.search(r"(\d+|[ab])?$", stem)
    end = tail[0] if tail and tail[0] != stem else ""
    forms = (
        [f"{stem}{{}}", f"{{}}{stem}"] + [f"{{}}{end}"] * bool(end) + ["{}"] * is_first
    )
    return _named([form.format(word) for form in forms for word in words], by_name)


def _precision(column: str | None, by_name: Mapping[str, str]) -> str | None:
    return by_name.get(f"{_plain(column)}precision") if column else None


# -- Cells --------------------------------------------------------------------


def cell(row: Mapping[str, Any], column: str | None) -> Cell | None:
    """Return what stands in a column: `{"type": "uri", "value": ...}`, or the plain
    text of it.
    """
    found = row.get(column) if column else None
    if isinstance(found, dict):
        text = found.get("value")
        text = f"_:{text}" if found.get("type") == "bnode" else text
        return (
            Cell(text.strip(), found.get("xml:lang")) if isinstance(text, str) else None
        )
    if isinstance(found, str | int | float) and str(found).strip():
        return Cell(str(found).strip())
    return None


def _item(row: Mapping[str, Any], column: str) -> str | None:
    found = cell(row, column)
    match = _ITEM.fullmatch(found.text) if found else None
    return (match[1] or match[2]) if match else None


def _why_not(of: Columns, row: Mapping[str, Any]) -> str | None:
    rank = cell(row, of.rank)
    if rank and rank.text.lower().endswith(("deprecatedrank", "deprecated")):
        return "Wikidata has set the statement to deprecated: it is known to be wrong"
    for side in (of.a, of.b):
        found = cell(row, side.item)
        if found is None:
            return f"there is nothing in ?{side.item}"
        if _UNKNOWN.fullmatch(found.text):
            return "Wikidata states a partner, but not which (unknown value)"
        if _item(row, side.item) is None:
            return f"'{found.text}' in ?{side.item} is no item of Wikidata"
    return None


def _party(side: Side, row: Mapping[str, Any]) -> Party:
    id_ = _item(row, side.item)
    said = cell(row, side.label)
    name, language = said if said and said.text != id_ else (None, None)
    is_other = name and language and language not in ("en", "mul")
    return Party(
        name=name,
        wikidata=id_,
        country=next(
            filter(None, (_country(cell(row, one)) for one in side.country)), None
        ),
        names=((language, name),) if is_other and language and name else (),
        location=_location(cell(row, side.point)),
    )


def _country(found: Cell | None) -> str | None:
    match = _ITEM.fullmatch(found.text) if found else None
    if not match:
        return found.text if found else None
    item = match[1] or match[2]
    return wikidata_items.country_code(item) or wikidata_items.former_state_code(item)


def _location(found: Cell | None) -> tuple[float, float] | None:
    """Read `Point(longitude latitude)`; what lies on another globe has its address
    before it.
    """
    match = _POINT_FORM.fullmatch(found.text) if found else None
    if not match:
        return None
    try:
        longitude, latitude = (round(float(text), 6) for text in match.groups())
    except ValueError:
        return None
    is_there = abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if is_there else None


def _date(row: Mapping[str, Any], column: str | None, precision: str | None) -> When:
    found = cell(row, column)
    if not found or _UNKNOWN.fullmatch(found.text):
        return When(None)
    if _COARSE.fullmatch(found.text):
        return When(found.text)
    stated = cell(row, precision)
    if stated and stated.text.isdecimal():
        return when({"time": found.text, "precision": int(stated.text)})
    return when({"time": found.text, "precision": _likely(found.text)})


def _likely(text: str) -> int:
    """Return the precision that a moment without any may have been given for."""
    match = _MOMENT.fullmatch(text)
    if not match or match[3] != "01":
        return 11
    return 9 if match[2] == "01" else 10


def _note(start: When, end: When) -> str | None:
    said = [f"Wikidata gives as start {start.remark}"] if start.remark else []
    said += [f"Wikidata gives as end {end.remark}"] if end.remark else []
    return ". ".join(said) or None
