"""The rows of a table as partnerships, by its map."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from citylinks.importers.matching.ids import make_slug
from citylinks.importers.rows import (
    CitedSource,
    ImportedCity,
    ImportedPartnership,
    SetAside,
)
from citylinks.importers.tables.cell_dates import UnusableError, date_reader
from citylinks.model.vocabulary import LEVELS, PARTNERSHIP_KINDS, STATUSES
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from citylinks.importers.tables.mapping import (
        Cell,
        CitedMap,
        CityMap,
        DateCell,
        ListCell,
        TableMap,
    )
    from citylinks.importers.tables.source_table import Table

    # Row -> the meaning of one of its cells, an empty text where there is none.
    ReadText = Callable[[Any], str]
    ReadTexts = Callable[[Any], list[str]]
    # A text -> its meaning; raises UnusableError.
    Translate = Callable[[str], str]

_NOTHING = ""
_ITEM = re.compile(
    r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:)?(Q[1-9][0-9]{0,11})"
)
_DEGREES = re.compile(r"[-+]?[0-9]{1,3}([.,][0-9]{1,15})?")


class PartnershipReader:
    """Makes partnerships of the rows of one table."""

    def __init__(self, table: Table, table_map: TableMap) -> None:
        self.table = table
        self.remarks: list[str] = []  # of the row that is read
        self.is_one_way = table_map.both_sides
        self.a = self._city(table_map.a, "a")
        self.b = self._city(table_map.b, "b")
        kind, status = _word("kind", PARTNERSHIP_KINDS), _word("status", STATUSES)
        self.kind = self._cell(table_map.kind, "kind", kind)
        self.start = self._date(table_map.start, "start")
        self.end = self._date(table_map.end, "end")
        self.status = self._cell(table_map.status, "status", status)
        self.themes = self._list(table_map.themes, "themes")
        self.cited = self._cited(table_map.cites)
        self.note = self._cell(table_map.note, "note")

    def partnership(self, where: str, row: Any) -> ImportedPartnership | SetAside:
        """Return a row as a partnership, or the reason why it cannot be one."""
        self.remarks.clear()
        try:
            partnership = self._partnership(where, row)
        except UnusableError as error:
            return SetAside(where, str(error))
        if self.remarks:
            return partnership._replace(remarks=tuple(self.remarks))
        return partnership

    def _partnership(self, where: str, row: Any) -> ImportedPartnership:
        a, b = self.a(row), self.b(row)
        cited = self.cited(row)
        kind, start, end = self.kind(row), self.start(row), self.end(row)
        status = self.status(row)
        themes = dict.fromkeys(filter(None, map(make_slug, self.themes(row))))
        return ImportedPartnership(
            where,
            a,
            b,
            kind=kind or None,
            start=start or None,
            end=end or None,
            status=status or None,
            themes=tuple(themes),
            sources=(cited,) if cited else (),
            note=self.note(row) or None,
            is_one_way=self.is_one_way,
        )

    # -- Parts of a row -----------------------------------------------------------

    def _city(self, city_map: CityMap, path: str) -> Callable[[Any], ImportedCity]:
        plain = {
            key: self._cell(getattr(city_map, key), f"{path}.{key}")
            for key in ("name", "country", "subdivision", "geonames", "apart")
        }
        wikidata = self._cell(city_map.wikidata, f"{path}.wikidata", _item)
        level = self._cell(city_map.level, f"{path}.level", _word("level", LEVELS))
        location = self._location(city_map, path)
        names = {
            tag: self._cell(cell, f"{path}.names.{tag}")
            for tag, cell in (city_map.names or {}).items()
        }
        aliases = self._list(city_map.aliases, f"{path}.aliases")

        def read(row: Any) -> ImportedCity:
            texts = {key: cell(row) or None for key, cell in plain.items()}
            item = wikidata(row) or None
            if not texts["name"] and not item:
                raise UnusableError(f"party {path} has no name")
            in_language = ((tag, name(row)) for tag, name in names.items())
            return ImportedCity(
                texts["name"],
                wikidata=item,
                country=texts["country"],
                level=level(row) or None,
                subdivision=texts["subdivision"],
                names=tuple(pair for pair in in_language if pair[1]),
                aliases=tuple((name, None) for name in aliases(row)),
                location=location(row),
                geonames=texts["geonames"],
                apart=texts["apart"] or "",
            )

        return read

    def _location(
        self, city_map: CityMap, path: str
    ) -> Callable[[Any], tuple[float, float] | None]:
        if city_map.latitude is None or city_map.longitude is None:
            return lambda row: None
        north = self._cell(city_map.latitude, f"{path}.latitude", _degrees(90))
        east = self._cell(city_map.longitude, f"{path}.longitude", _degrees(180))

        def read(row: Any) -> tuple[float, float] | None:
            latitude, longitude = north(row), east(row)
            if latitude and longitude:
                return float(latitude), float(longitude)
            return None

        return read

    def _cited(self, cited: CitedMap | None) -> Callable[[Any], CitedSource | None]:
        if cited is None:
            return lambda row: None
        title = self._cell(cited.title, "cites.title")
        url = self._cell(cited.url, "cites.url")
        publisher = self._cell(cited.publisher, "cites.publisher")
        date = self._date(cited.date, "cites.date")

        def read(row: Any) -> CitedSource | None:
            address, name = url(row), title(row)
            if not name and not address:
                return None
            return CitedSource(
                name or address,
                address or None,
                publisher(row) or None,
                date(row) or None,
            )

        return read

    # -- Cells --------------------------------------------------------------------

    def _date(self, cell: DateCell | None, path: str) -> ReadText:
        written = cell.written if cell else "any"
        return self._cell(cell, path, date_reader(written))

    def _cell(
        self, cell: Cell | None, path: str, translate: Translate | None = None
    ) -> ReadText:
        """Return the function that reads a cell of the map in a row.

        A text that the map does not translate is translated by `translate`.
        """
        if cell is None:
            return lambda row: _NOTHING
        text_of_row = self._columns(cell)
        values, constant = cell.values or {}, cell.value or _NOTHING
        meaning = self._meaning(cell, path, translate)

        def read(row: Any) -> str:
            text = text_of_row(row)
            if text in values:
                value = values[text]
                if translate and value:  # it is read as it would be from the file
                    return translate(value)
                return value
            if not text:
                return constant
            return meaning(text)

        return read

    def _list(self, cell: ListCell | None, path: str) -> ReadTexts:
        if cell is None:
            return lambda row: []
        values, separator = cell.values or {}, cell.separator
        meaning = self._meaning(cell, path, None)
        columns = [self.table.cell_reader(name) for name in cell.column or ()]
        constant = list(filter(None, [cell.value]))

        def read(row: Any) -> list[str]:
            meanings: dict[str, None] = {}
            for column in columns:
                for text in _texts(column(row), separator):
                    value = values[text] if text in values else meaning(text)
                    if value:
                        meanings[value] = None
            return list(meanings) or constant

        return read

    def _columns(self, cell: Cell) -> ReadText:
        """Return the function that reads the text in the columns of a cell."""
        columns = [self.table.cell_reader(name) for name in cell.column or ()]
        if len(columns) != 1:
            return lambda row: _joined(column(row) for column in columns)
        column, digits = columns[0], cell.digits
        if digits is None:
            return lambda row: _text(column(row))
        return lambda row: _with_zeros(_text(column(row)), digits)

    def _meaning(self, cell: Cell, path: str, translate: Translate | None) -> Translate:
        """Return the function for texts that are not among the values of the map."""
        remarks, others = self.remarks, cell.others

        def read(text: str) -> str:
            try:
                if translate is not None:
                    return translate(text)
                if others in {None, "keep"}:
                    return text
                raise UnusableError(f"{quoted(text)} is not in the map")
            except UnusableError as error:
                if others != "leave-out":
                    raise UnusableError(f"{path}: {error}") from None
                remarks.append(f"{path}: {error}; left out")
                return _NOTHING

        return read


# -- From what stands in a cell to text ---------------------------------------


def _text(value: Any) -> str:
    """Return one value of a row as text, in NFC and with single spaces."""
    if isinstance(value, list):
        if len(value) > 1:
            values = quoted(", ".join(map(str, value)))
            raise UnusableError(f"{values} is several values")
        value = next(iter(value), _NOTHING)
    text = " ".join(str(value).split())
    return unicodedata.normalize("NFC", text)


def _joined(values: Any) -> str:
    """Return several values of a row as one text, without the empty ones."""
    return " ".join(filter(None, map(_text, values)))


def _with_zeros(text: str, digits: int) -> str:
    if text.isdecimal():
        return text.zfill(digits)
    return text


def _texts(value: Any, separator: str | None) -> list[str]:
    """Return the values of a cell, as a list has them or as a separator parts them."""
    if isinstance(value, list):
        texts = []
        for item in value:
            texts += _texts(item, separator)
        return texts
    parts = [str(value)]
    if separator:
        parts = parts[0].split(separator)
    return list(filter(None, map(_text, parts)))


# -- From text to what it means -----------------------------------------------


def _word(noun: str, known: Collection[str]) -> Translate:
    """Return the function that takes only words of a list of the model."""

    def read(text: str) -> str:
        word = text.lower().replace(" ", "-")
        if word in known:
            return word
        message = f"{quoted(text)} is not a {noun}{did_you_mean(text, known)}"
        raise UnusableError(f"{message}; give it under {noun}.values")

    return read


def _item(text: str) -> str:
    match = _ITEM.fullmatch(text)
    if not match:
        raise UnusableError(f"{quoted(text)} is not a Wikidata item such as Q456")
    return match[1]


def _degrees(limit: int) -> Translate:
    """Return the function that reads decimal degrees up to a limit."""

    def read(text: str) -> str:
        plain = text.replace(",", ".")
        if not _DEGREES.fullmatch(text) or abs(float(plain)) > limit:
            degrees = f"decimal degrees from -{limit} to {limit}"
            raise UnusableError(f"{quoted(text)} is not {degrees}")
        return plain

    return read
