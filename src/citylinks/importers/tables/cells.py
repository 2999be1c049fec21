"""The rows of a table as ties, by its map."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from citylinks import dates
from citylinks.importers.matching.ids import make_slug
from citylinks.importers.rows import Party, SetAside, Term, Tie
from citylinks.model.vocabulary import LEVELS, PARTNERSHIP_KINDS, STATUSES
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from citylinks.importers.tables.mapping import (
        Cell,
        CitedMap,
        DateCell,
        ListCell,
        PartyMap,
        TableMap,
    )
    from citylinks.importers.tables.source_table import Table

    Read = Callable[
        [Any], str
    ]  # row -> what a cell says of it, "" where that is nothing
    Made = Callable[[str], str]  # a text -> what it means; raises UnusableError

_NOTHING = ""
_ITEM = re.compile(
    r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/|wd:)?(Q[1-9][0-9]{0,11})"
)
_DEGREES = re.compile(r"[-+]?[0-9]{1,3}([.,][0-9]{1,15})?")
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+(?:Z|[-+][0-9:]+)?)?"
)
_YEAR = re.compile(
    r"([0-9]{4})(?:\.0+)?"
)  # with .0 where a program took it for a number


class UnusableError(Exception):
    """A row cannot become a tie; says why."""


class TieReader:
    """Makes ties of the rows of one table."""

    def __init__(self, table: Table, by: TableMap) -> None:
        self.table = table
        self.remarks: list[str] = []  # of the row that is read
        self.is_one_way = by.both_sides
        self.a = self._party(by.a, "a")
        self.b = self._party(by.b, "b")
        self.kind = self._cell(by.kind, "kind", _word("kind", PARTNERSHIP_KINDS))
        self.start = self._date(by.start, "start")
        self.end = self._date(by.end, "end")
        self.status = self._cell(by.status, "status", _word("status", STATUSES))
        self.themes = self._list(by.themes, "themes")
        self.cited = self._cited(by.cites)
        self.note = self._cell(by.note, "note")

    def tie(self, where: str, row: Any) -> Tie | SetAside:
        """Return a row as a tie, or why it cannot be one."""
        self.remarks.clear()
        try:
            a, b = self.a(row), self.b(row)
            cited = self.cited(row)
            tie = Tie(
                where,
                a,
                b,
                kind=self.kind(row) or None,
                start=self.start(row) or None,
                end=self.end(row) or None,
                status=self.status(row) or None,
                themes=tuple(
                    dict.fromkeys(filter(None, map(make_slug, self.themes(row))))
                ),
                sources=(cited,) if cited else (),
                note=self.note(row) or None,
                is_one_way=self.is_one_way,
            )
        except UnusableError as error:
            return SetAside(where, str(error))
        return tie._replace(remarks=tuple(self.remarks)) if self.remarks else tie

    # -- Parts of a row -----------------------------------------------------------

    def _party(self, by: PartyMap, path: str) -> Callable[[Any], Party]:
        plain = {
            key: self._cell(getattr(by, key), f"{path}.{key}")
            for key in ("name", "country", "subdivision", "geonames", "apart")
        }
        wikidata = self._cell(by.wikidata, f"{path}.wikidata", _item)
        level = self._cell(by.level, f"{path}.level", _word("level", LEVELS))
        location = self._location(by, path)
        names = [
            (tag, self._cell(cell, f"{path}.names.{tag}"))
            for tag, cell in (by.names or {}).items()
        ]
        aliases = self._list(by.aliases, f"{path}.aliases")

        def read(row: Any) -> Party:
            found = {key: cell(row) or None for key, cell in plain.items()}
            item = wikidata(row) or None
            if not found["name"] and not item:
                raise UnusableError(f"party {path} has no name")
            return Party(
                found["name"],
                wikidata=item,
                country=found["country"],
                level=level(row) or None,
                subdivision=found["subdivision"],
                names=tuple((tag, name) for tag, cell in names if (name := cell(row))),
                aliases=tuple((name, None) for name in aliases(row)),
                location=location(row),
                geonames=found["geonames"],
                apart=found["apart"] or "",
            )

        return read

    def _location(
        self, by: PartyMap, path: str
    ) -> Callable[[Any], tuple[float, float] | None]:
        if by.latitude is None or by.longitude is None:
            return lambda row: None
        north = self._cell(by.latitude, f"{path}.latitude", _degrees(90))
        east = self._cell(by.longitude, f"{path}.longitude", _degrees(180))

        def read(row: Any) -> tuple[float, float] | None:
            latitude, longitude = north(row), east(row)
            return (
                (float(latitude), float(longitude)) if latitude and longitude else None
            )

        return read

    def _cited(self, by: CitedMap | None) -> Callable[[Any], Term | None]:
        if by is None:
            return lambda row: None
        title, url = (
            self._cell(by.title, "cites.title"),
            self._cell(by.url, "cites.url"),
        )
        publisher = self._cell(by.publisher, "cites.publisher")
        date = self._date(by.date, "cites.date")

        def read(row: Any) -> Term | None:
            address, called = url(row) or None, title(row)
            if not called and not address:
                return None
            return Term(
                called or address or "",
                address,
                publisher(row) or None,
                date(row) or None,
            )

        return read

    # -- Cells --------------------------------------------------------------------

    def _date(self, by: DateCell | None, path: str) -> Read:
        return self._cell(by, path, dated(by.written if by else "any"))

    def _cell(self, by: Cell | None, path: str, made: Made | None = None) -> Read:
        """Return what reads a cell; `made` judges a text that the map does not
        translate.
        """
        if by is None:
            return lambda row: _NOTHING
        read = self._columns(by)
        values, constant = by.values or {}, by.value or _NOTHING
        meaning = self._meaning(by, path, made)

        def of(row: Any) -> str:
            text = read(row)
            if text in values:
                return _made(values[text], made)
            return meaning(text) if text else constant

        return of

    def _list(self, by: ListCell | None, path: str) -> Callable[[Any], list[str]]:
        if by is None:
            return lambda row: []
        values = by.values or {}
        meaning = self._meaning(by, path, None)
        cells = [self.table.cell(name) for name in by.column or ()]
        constant = [by.value] if by.value else []

        def of(row: Any) -> list[str]:
            texts = [text for cell in cells for text in _texts(cell(row), by.separator)]
            found = [
                values[text] if text in values else meaning(text) for text in texts
            ]
            return list(dict.fromkeys(filter(None, found))) or constant

        return of

    def _columns(self, by: Cell) -> Read:
        cells = [self.table.cell(name) for name in by.column or ()]
        if len(cells) == 1:
            cell, digits = cells[0], by.digits
            if digits is None:
                return lambda row: _text(cell(row))
            return lambda row: _with_zeros(_text(cell(row)), digits)
        return lambda row: " ".join(filter(None, (_text(cell(row)) for cell in cells)))

    def _meaning(self, by: Cell, path: str, made: Made | None) -> Made:
        """Return what makes something of a text that is not among the values of the
        map.
        """
        remarks = self.remarks

        def of(text: str) -> str:
            try:
                if made is not None:
                    return made(text)
                if by.others in {None, "keep"}:
                    return text
                raise UnusableError(f"{quoted(text)} is not in the map")
            except UnusableError as error:
                if by.others != "leave-out":
                    raise UnusableError(f"{path}: {error}") from None
                remarks.append(f"{path}: {error}; left out")
                return _NOTHING

        return of


# -- From what stands in a cell to text ---------------------------------------


def _text(value: Any) -> str:
    """Return one value of a row as text, in NFC and with single spaces."""
    if isinstance(value, list):
        if len(value) > 1:
            raise UnusableError(
                f"{quoted(', '.join(map(str, value)))} is several values"
            )
        value = value[0] if value else _NOTHING
    text: str = " ".join(str(value).split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _with_zeros(text: str, digits: int) -> str:
    return text.zfill(digits) if text.isdecimal() else text


def _texts(value: Any, separator: str | None) -> list[str]:
    """Return the values of a cell, as a list has them or as a separator parts them."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item, separator)]
    parts = str(value).split(separator) if separator else [str(value)]
    return list(filter(None, map(_text, parts)))


# -- From text to what it means -----------------------------------------------


def _made(text: str, made: Made | None) -> str:
    """Return what the map translates a text into, as it would be read from the file."""
    return made(text) if made and text else text


def _word(noun: str, known: Collection[str]) -> Made:
    """Return what takes only words of a list of the model."""

    def of(text: str) -> str:
        word = text.lower().replace(" ", "-")
        if word in known:
            return word
        hint = did_you_mean(text, known)
        raise UnusableError(
            f"{quoted(text)} is no {noun}{hint}; give it under {noun}.values"
        )

    return of


def _item(text: str) -> str:
    found = _ITEM.fullmatch(text)
    if not found:
        raise UnusableError(f"{quoted(text)} is no item of Wikidata, such as Q456")
    return found[1]


def _degrees(limit: int) -> Made:
    def of(text: str) -> str:
        plain = text.replace(",", ".")
        if not _DEGREES.fullmatch(text) or abs(float(plain)) > limit:
            said = f"{quoted(text)} is not decimal degrees from -{limit} to {limit}"
            raise UnusableError(said)
        return plain

    return of


@cache
def dated(written: str) -> Made:
    """Return what makes EDTF of dates that are written in one way."""
    if written in _READERS:
        return _READERS[written]

    @lru_cache(maxsize=16_384)
    def of(text: str) -> str:
        return _checked(_in_order(text, written), text, f"no date written as {written}")

    return of


@lru_cache(maxsize=16_384)
def _any(text: str) -> str:
    """Read EDTF, or a plain way of writing that can mean one date only."""
    try:
        return _no_span(text, dates.parse(text))
    except dates.DateError as error:
        meant = dates.meant(text)
        if not meant:
            raise UnusableError(f"{error}{_or_say_how(text)}") from None
    return _no_span(text, dates.parse(meant))


def _or_say_how(text: str) -> str:
    is_of_three = re.fullmatch(r"[0-9]+([./-])[0-9]+\1[0-9]+", text)
    return "; or say how dates are written, as day/month/year" if is_of_three else ""


@lru_cache(maxsize=16_384)
def _edtf(text: str) -> str:
    try:
        return _no_span(text, dates.parse(text))
    except dates.DateError as error:
        raise UnusableError(str(error)) from None


def _year(text: str) -> str:
    """Read a year; what is EDTF and coarser or doubted, as `1959?`, says no more than a
    year.
    """
    found = _YEAR.fullmatch(text)
    year = found[1] if found else text
    try:
        date = dates.parse(year)
    except dates.DateError:
        raise UnusableError(f"{quoted(text)} is no year") from None
    if date.precision in {"day", "month", "season"}:
        raise UnusableError(f"{quoted(text)} is more than a year")
    return _no_span(text, date)


def _timestamp(text: str) -> str:
    """Read the day of a date with a time."""
    found = _TIMESTAMP.fullmatch(text)
    return _checked(found[1] if found else None, text, "no day with a time")


_READERS: dict[str, Made] = {
    "any": _any, "edtf": _edtf, "year": lru_cache(maxsize=4096)(_year), "timestamp": _timestamp,
}  # fmt: skip


def _in_order(text: str, written: str) -> str | None:
    """Read day, month and year in their order; where one is 00 or missing it is not
    known.

    `day.month.year` reads `7.4.1959`, `00.04.1959`, `04.1959` and `1959`.
    """
    mark = next(mark for mark in "./-" if mark in written)
    units = written.split(mark)
    parts = text.split(mark)
    if len(parts) < len(units):  # coarser: without the day, or the year alone
        kept = {2: ("month", "year"), 1: ("year",)}.get(len(parts), ())
        units = [unit for unit in units if unit in kept]
    if len(parts) != len(units) or not all(
        part.isascii() and part.isdigit() for part in parts
    ):
        return None
    said = dict(zip(units, parts, strict=True))
    year, month, day = said["year"], said.get("month", "0"), said.get("day", "0")
    if (
        len(year) != 4
        or len(month) > 2
        or len(day) > 2
        or (int(day) and not int(month))
    ):
        return None
    known = [year, *(f"{int(unit):02}" for unit in (month, day) if int(unit))]
    return "-".join(known)


def _checked(edtf: str | None, text: str, said: str) -> str:
    try:
        return (
            str(dates.parse(edtf or text))
            if edtf
            else _raise(f"{quoted(text)} is {said}")
        )
    except dates.DateError as error:
        raise UnusableError(str(error)) from None


def _raise(said: str) -> str:
    raise UnusableError(said)


def _no_span(text: str, date: dates.Date) -> str:
    """Refuse two dates in one cell: they are a start and an end."""
    if date.is_interval:
        raise UnusableError(
            f"{quoted(text)} is a span; give start and end columns of their own"
        )
    return str(date)
