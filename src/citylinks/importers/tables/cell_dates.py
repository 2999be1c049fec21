"""Dates as tables write them, read as EDTF."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    ReadDate = Callable[[str], str]

_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+(?:Z|[-+][0-9:]+)?)?"
)
# A year, with .0 where a program took it for a number.
_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?")
_THREE_NUMBERS = re.compile(r"[0-9]+([./-])[0-9]+\1[0-9]+")
# Numbers whose order other cells of the column may contradict: 31/03/2011, 03/2011.
_IN_SOME_ORDER = re.compile(
    r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]+|[0-9]{1,2}[./-][0-9]{4}"
)
# The units of a date by their number: one without the day, or the year alone.
_COARSER = {2: ("month", "year"), 1: ("year",)}


class UnusableError(Exception):
    """A text means nothing here, and its row may not become a partnership; says why."""


@cache
def date_reader(written: str) -> ReadDate:
    """Return the function that reads dates written in one way; raises UnusableError."""
    if written in _READERS:
        return _READERS[written]

    @lru_cache(maxsize=16_384)
    def read(text: str) -> str:
        edtf = _in_order(text, written)
        if edtf is None:
            raise UnusableError(f"{quoted(text)} is not a date written as {written}")
        return _checked(edtf)

    return read


@lru_cache(maxsize=16_384)
def _any(text: str) -> str:
    """Read EDTF, or a plain way of writing that can mean one date only."""
    try:
        return _no_span(text, dates.parse(text))
    except dates.DateError as error:
        meant = None
        if not _IN_SOME_ORDER.fullmatch(text):
            meant = dates.meant(text)
        if not meant:
            hint = ""
            if _THREE_NUMBERS.fullmatch(text):
                hint = "; or say how dates are written, as day/month/year"
            raise UnusableError(f"{error}{hint}") from None
    return _no_span(text, dates.parse(meant))


@lru_cache(maxsize=16_384)
def _edtf(text: str) -> str:
    try:
        return _no_span(text, dates.parse(text))
    except dates.DateError as error:
        raise UnusableError(str(error)) from None


@lru_cache(maxsize=4096)
def _year(text: str) -> str:
    """Read a year; EDTF that is coarser or doubted, as `1959?`, may stand for one."""
    match = _YEAR.fullmatch(text)
    year = match[1] if match else text
    try:
        date = dates.parse(year)
    except dates.DateError:
        raise UnusableError(f"{quoted(text)} is not a year") from None
    if date.precision in {"day", "month", "season"}:
        raise UnusableError(f"{quoted(text)} is more than a year")
    return _no_span(text, date)


def _timestamp(text: str) -> str:
    """Read the day of a date with a time."""
    match = _TIMESTAMP.fullmatch(text)
    if not match:
        raise UnusableError(f"{quoted(text)} is not a day with a time")
    return _checked(match[1])


_READERS: dict[str, ReadDate] = {
    "any": _any,
    "edtf": _edtf,
    "year": _year,
    "timestamp": _timestamp,
}


def _in_order(text: str, written: str) -> str | None:
    """Read day, month and year in their order; 00 or a missing one is not known.

    `day.month.year` reads `7.4.1959`, `00.04.1959`, `04.1959` and `1959`.
    """
    mark = next(mark for mark in "./-" if mark in written)
    units = written.split(mark)
    parts = text.split(mark)
    if len(parts) < len(units):
        kept = _COARSER.get(len(parts), ())
        units = [unit for unit in units if unit in kept]
    if len(parts) != len(units) or not all(map(_is_number, parts)):
        return None
    numbers = dict(zip(units, parts, strict=True))
    year, month = numbers["year"], numbers.get("month", "0")
    day = numbers.get("day", "0")
    if len(year) != 4 or len(month) > 2 or len(day) > 2:
        return None
    if int(day) and not int(month):
        return None
    known = [f"{int(unit):02}" for unit in (month, day) if int(unit)]
    return "-".join((year, *known))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _checked(edtf: str) -> str:
    try:
        return str(dates.parse(edtf))
    except dates.DateError as error:
        raise UnusableError(str(error)) from None


def _no_span(text: str, date: dates.Date) -> str:
    """Refuse two dates in one cell: they are a start and an end."""
    if date.is_interval:
        message = f"{quoted(text)} is a span; give start and end columns of their own"
        raise UnusableError(message)
    return str(date)
