"""Rows of a query to Wikidata, whatever its columns are called, as partnerships.

The two columns of the partnership are those that hold items, told apart by their names
or else by their order; the others belong to them by name (`partner` has `partnerLabel`,
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
from citylinks.importers.reading.headers import (
    ADDRESS,
    COUNTRY,
    COUNTRY_CODE,
    END,
    FIRST_CITY,
    LABEL,
    POINT,
    SECOND_CITY,
    START,
    STATEMENT,
    plain_header,
)
from citylinks.importers.rows import (
    CitedSource,
    ImportedCity,
    ImportedPartnership,
    SetAside,
    UnreadableError,
)
from citylinks.importers.wikidata.entities import title_of_address
from citylinks.importers.wikidata.values import StatedTime, stated_time
from citylinks.text.safe import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from citylinks.importers.reading.opening import SourceFile

    Row = Mapping[str, Any]

_FIRST_ROWS = 100  # by which the columns are judged

_ITEM = re.compile(
    r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)|(Q[1-9]\d*)"
)
_UNKNOWN = re.compile(r"https?://www\.wikidata\.org/\.well-known/genid/.*|_:.*|t\d+")
_POINT_FORM = re.compile(
    r"point\s*\(\s*([-+.\deE]+)\s+([-+.\deE]+)\s*\)", re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?Z?")
_COARSE = re.compile(r"\d{4}(-\d\d)?")


class QueryCell(NamedTuple):
    """A value of a row, with the language of a text."""

    text: str
    language: str | None = None


class CityColumns(NamedTuple):
    """The columns of one city; those that a query lacks are None."""

    item: str
    label: str | None
    country: tuple[str, ...]  # the first that has a value counts
    point: str | None


class QueryColumns(NamedTuple):
    """The columns of a query by what they hold; those that it lacks are None."""

    a: CityColumns
    b: CityColumns
    start: str | None
    start_precision: str | None
    end: str | None
    end_precision: str | None
    rank: str | None
    statement: str | None
    address: str | None


class Query:
    """The rows of one file; the first of them decide what its columns are."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.names: list[str] = []
        self.columns: QueryColumns | None = None
        self.first: list[Row] = []
        self.number = 0

    def rows(self, row: Row) -> Iterator[ImportedPartnership | SetAside]:
        """Take a row, or the head of the result; yield rows that are clear so far."""
        if isinstance(row.get("vars"), list):
            self.names = [name for name in row["vars"] if isinstance(name, str)]
            return
        if self.columns:
            yield self._partnership(self.columns, row)
            return
        self.first.append(row)
        if len(self.first) == _FIRST_ROWS:
            yield from self.rest()

    def rest(self) -> Iterator[ImportedPartnership | SetAside]:
        """Yield the rows that waited; UnreadableError where none can be read."""
        rows, self.first = self.first, []
        if not rows:
            return
        columns = self.columns or self._find_columns(rows)
        self.columns = columns
        for row in rows:
            yield self._partnership(columns, row)

    def _find_columns(self, rows: Sequence[Row]) -> QueryColumns:
        names = dict.fromkeys(self.names)
        for row in rows:
            names.update(dict.fromkeys(row))
        columns = find_columns(list(names), rows)
        if columns is None:
            message = "the rows have no two columns of items of Wikidata"
            message += ", such as ?item and ?partner; they have "
            message += shortened(", ".join(names)) or "none"
            raise UnreadableError(self.file, None, message)
        return columns

    def _partnership(
        self, columns: QueryColumns, row: Row
    ) -> ImportedPartnership | SetAside:
        self.number += 1
        where = f"{self.file.name}: row {self.number}"
        statement = _cell(row, columns.statement)
        if statement:
            where += f" ({statement.text.rpartition('/')[2]})"
        why = _why_not(columns, row)
        if why:
            return SetAside(where, why)
        start = _date(row, columns.start, columns.start_precision)
        end = _date(row, columns.end, columns.end_precision)
        has_ended = _cell(row, columns.end) is not None
        return ImportedPartnership(
            where=where,
            a=_city(columns.a, row),
            b=_city(columns.b, row),
            start=start.edtf,
            end=end.edtf,
            status="ended" if has_ended and not end.edtf else None,
            sources=_sources(_cell(row, columns.address)),
            note=_note(start, end),
            is_one_way=True,
        )


# -- Columns ------------------------------------------------------------------


def find_columns(names: Sequence[str], rows: Sequence[Row]) -> QueryColumns | None:
    """Return the columns by what they hold; None where no two hold items."""
    items = [name for name in names if _holds_items(name, rows)]
    second = _called(SECOND_CITY, items)
    first = _called(FIRST_CITY, items) or _first_but(items, second)
    others = [name for name in items if name != first]
    second = _called(SECOND_CITY, others) or _first_but(others, None)
    if not first or not second:
        return None
    by_name = {plain_header(name): name for name in reversed(names)}
    start, end = _named(START, by_name), _named(END, by_name)
    return QueryColumns(
        _city_columns(first, by_name, is_first=True),
        _city_columns(second, by_name, is_first=False),
        start,
        _precision(start, by_name),
        end,
        _precision(end, by_name),
        by_name.get("rank"),
        _named(STATEMENT, by_name),
        _named(ADDRESS, by_name),
    )


def _first_but(names: Iterable[str], other: str | None) -> str | None:
    """Return the first of the names that is not the other one."""
    return next((name for name in names if name != other), None)


def _holds_items(name: str, rows: Sequence[Row]) -> bool:
    """Whether a column holds items other than countries, as far as there are values."""
    plain = plain_header(name)
    if COUNTRY[0] in plain or LABEL[0] in plain:
        return False
    items, unknown, values = [], 0, 0
    for row in rows:
        cell = _cell(row, name)
        if cell is None:
            continue
        values += 1
        unknown += _UNKNOWN.fullmatch(cell.text) is not None
        item = _item_in(cell)
        if item:
            items.append(item)
    is_most = 2 * len(items) >= values - unknown
    return is_most and not all(map(wikidata_items.country_code, items))


def _called(words: Iterable[str], names: Iterable[str]) -> str | None:
    return _named(words, {plain_header(name): name for name in names})


def _named(words: Iterable[str], by_name: Mapping[str, str]) -> str | None:
    return next((by_name[word] for word in words if word in by_name), None)


def _city_columns(
    item: str, by_name: Mapping[str, str], *, is_first: bool
) -> CityColumns:
    forms = _forms(plain_header(item), is_first=is_first)
    countries = []
    for word in (*COUNTRY_CODE, *COUNTRY):
        column = _formed(forms, (word,), by_name)
        if column and column not in countries:
            countries.append(column)
    return CityColumns(
        item,
        _formed(forms, LABEL, by_name),
        tuple(countries),
        _formed(forms, POINT, by_name),
    )


def _forms(stem: str, *, is_first: bool) -> list[tuple[str, str]]:
    """Return the texts before and after a word in the names of a city's columns.

    For `city2` the label may be `city2label`, `labelcity2` and `label2`; a bare `label`
    is the first one's.
    """
    forms = [(stem, ""), ("", stem)]
    tail = re.search(r"(\d+|[ab])$", stem)
    if tail and tail[0] != stem:
        forms.append(("", tail[0]))
    if is_first:
        forms.append(("", ""))
    return forms


def _formed(
    forms: Iterable[tuple[str, str]], words: Iterable[str], by_name: Mapping[str, str]
) -> str | None:
    """Return the first column whose name is one of the words in one of the forms."""
    for before, after in forms:
        column = _named((f"{before}{word}{after}" for word in words), by_name)
        if column:
            return column
    return None


def _precision(column: str | None, by_name: Mapping[str, str]) -> str | None:
    if column is None:
        return None
    return by_name.get(f"{plain_header(column)}precision")


# -- Cells --------------------------------------------------------------------


def _cell(row: Row, column: str | None) -> QueryCell | None:
    """Return a cell: `{"type": "uri", "value": ...}`, or its plain text."""
    value = row.get(column) if column else None
    if isinstance(value, dict):
        text = value.get("value")
        if value.get("type") == "bnode":
            text = f"_:{text}"
        if not isinstance(text, str):
            return None
        return QueryCell(text.strip(), value.get("xml:lang"))
    if isinstance(value, str | int | float) and str(value).strip():
        return QueryCell(str(value).strip())
    return None


def _item_in(cell: QueryCell | None) -> str | None:
    """Return the id of the item that a cell names, None where it names none."""
    match = cell and _ITEM.fullmatch(cell.text)
    if not match:
        return None
    return match[1] or match[2]


def _why_not(columns: QueryColumns, row: Row) -> str | None:
    rank = _cell(row, columns.rank)
    if rank and rank.text.lower().endswith(("deprecatedrank", "deprecated")):
        return "Wikidata has set the statement to deprecated: it is known to be wrong"
    for city in (columns.a, columns.b):
        cell = _cell(row, city.item)
        if cell is None:
            return f"there is nothing in ?{city.item}"
        if _UNKNOWN.fullmatch(cell.text):
            return "Wikidata states a partner, but not which (unknown value)"
        if _item_in(cell) is None:
            return f"'{cell.text}' in ?{city.item} is not a Wikidata item"
    return None


def _city(columns: CityColumns, row: Row) -> ImportedCity:
    item = _item_in(_cell(row, columns.item))
    countries = (_country(_cell(row, column)) for column in columns.country)
    city = ImportedCity(
        name=None,
        wikidata=item,
        country=next(filter(None, countries), None),
        location=_location(_cell(row, columns.point)),
    )
    label = _cell(row, columns.label)
    if label is None or label.text == item:
        return city
    city = city._replace(name=label.text)
    if label.text and label.language and label.language not in ("en", "mul"):
        return city._replace(names=((label.language, label.text),))
    return city


def _country(cell: QueryCell | None) -> str | None:
    """Return the code of an item, or what else stands in the cell."""
    if cell is None:
        return None
    item = _item_in(cell)
    if item is None:
        return cell.text
    code = wikidata_items.country_code(item)
    return code or wikidata_items.former_state_code(item)


def _location(cell: QueryCell | None) -> tuple[float, float] | None:
    """Read `Point(longitude latitude)`; a point on another globe has more before it."""
    match = cell and _POINT_FORM.fullmatch(cell.text)
    if not match:
        return None
    try:
        longitude, latitude = (round(float(text), 6) for text in match.groups())
    except ValueError:
        return None
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return latitude, longitude
    return None


def _date(row: Row, column: str | None, precision: str | None) -> StatedTime:
    cell = _cell(row, column)
    if not cell or _UNKNOWN.fullmatch(cell.text):
        return StatedTime(None)
    if _COARSE.fullmatch(cell.text):
        return StatedTime(cell.text)
    stated = _cell(row, precision)
    if stated and stated.text.isdecimal():
        return stated_time({"time": cell.text, "precision": int(stated.text)})
    return stated_time({"time": cell.text, "precision": _likely_precision(cell.text)})


def _likely_precision(text: str) -> int:
    """Return the precision that a moment without any may have been given for."""
    match = _MOMENT.fullmatch(text)
    if not match or match[3] != "01":
        return 11
    return 9 if match[2] == "01" else 10


def _sources(address: QueryCell | None) -> tuple[CitedSource, ...]:
    if address is None or not address.text.startswith("http"):
        return ()
    return (CitedSource(title_of_address(address.text), address.text),)


def _note(start: StatedTime, end: StatedTime) -> str | None:
    remarks = []
    if start.remark:
        remarks.append(f"Wikidata gives this as start: {start.remark}")
    if end.remark:
        remarks.append(f"Wikidata gives this as end: {end.remark}")
    return ". ".join(remarks) or None
