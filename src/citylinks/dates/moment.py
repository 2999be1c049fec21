"""One date of EDTF, alone or at an end: its form, its days, its words, its faults."""

import datetime as dt
import re
from typing import Literal, NamedTuple

from citylinks.errors import DateError

Precision = Literal["day", "month", "season", "year", "decade", "century"]

# Every form of a single date, with 0 for any digit, and how a person reads it. A mark
# of doubt (one of MARKS) may follow; `a/b` and `[a..b]` are made of these.
_FORMS: dict[str, tuple[Precision, str]] = {
    "0000": ("year", "{year}"),
    "0000-00": ("month", "{month} {year}"),
    "0000-00-00": ("day", "{day} {month} {year}"),
    "0000-21": ("season", "spring {year}"),
    "0000-22": ("season", "summer {year}"),
    "0000-23": ("season", "autumn {year}"),
    "0000-24": ("season", "winter {year}"),
    "000X": ("decade", "{year}s"),
    "00XX": ("century", "{year}–99"),
    "0000-XX": ("year", "{year}, month unknown"),
    "0000-XX-XX": ("year", "{year}, day unknown"),
    "0000-00-XX": ("month", "{month} {year}, day unknown"),
}

MARKS = ("?", "~", "%")  # uncertain, approximate, both
DOUBTS = ("?", "%")  # what nobody stated for certain
_WIDENING_MARKS = ("~", "%")

# From fine to coarse, in months; a day has no length in months and is handled as a day.
_MONTHS_LONG: dict[Precision, int] = {
    "day": 0,
    "month": 1,
    "season": 12,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
FINE_TO_COARSE = tuple(_MONTHS_LONG)

# fmt: off
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
ANY_DIGIT = str.maketrans("123456789", "000000000")
_LAST_ORDINAL = dt.date.max.toordinal()

_WANTED = (
    "write 1959, 1959-04, 1959-04-07, 1959-21 (spring), 199X, 1860~, 1984?, 2011/2017,"
    " 2011/.. or [2019-04..2020-03]"
)
# What is well known and not taken, the first that matches; of all else no reason is
# given.
_NOT_TAKEN = {
    r"(.*[/\[.])?(-\d{4}|Y-?\d|000[0X]|00XX).*": "years run from 0001 to 9999",
    r".*\d[T ]?\d\d:\d\d.*|\d\d:\d\d.*": "times of day are not kept",
    r"\[.*|\{.*": "the only set allowed is [a..b], without marks",
    r"[\dX/.-]*[?~%][\dX?~%/.-]+": "only one mark is allowed, at the end of the date",
    r"[\d/.-]*X[\dX?~%/.-]*": (
        "X can replace only the last digits of a year, or a whole month or day"
    ),
}


class UnknownFormError(DateError):
    """The text has none of the forms; `refusal` says which there are."""


class Moment(NamedTuple):
    """One date of the table, at whichever end it stands."""

    body: str
    mark: str
    precision: Precision
    start: dt.date

    def bounds(self, units: int = 0) -> tuple[dt.date, dt.date]:
        """Return the first and the last day, each moved out by so many units."""
        if self.precision == "day":
            first = self.start.toordinal() - units
            last = self.start.toordinal() + units
        else:
            length = _MONTHS_LONG[self.precision]
            month = self.start.year * 12 + self.start.month - 1
            first = _ordinal(month - units * length)
            last = _ordinal(month + length + units * length) - 1
        return (
            dt.date.fromordinal(max(first, 1)),
            dt.date.fromordinal(min(last, _LAST_ORDINAL)),
        )

    @property
    def widened(self) -> tuple[dt.date, dt.date]:
        """The first and the last day, a unit further where it is approximate."""
        return self.bounds(int(self.mark in _WIDENING_MARKS))

    @property
    def is_plain(self) -> bool:
        """Whether it has neither a mark nor an unspecified digit."""
        return not self.mark and "X" not in self.body

    @property
    def words(self) -> str:
        """The date in English for people."""
        _, template = _form(self.body)
        words = template.format(
            year=_year(self.body),
            month=_MONTH_NAMES[self.start.month - 1][:3],
            day=self.start.day,
        )
        head, comma, rest = words.partition(",")
        circa = "c. " if self.mark in _WIDENING_MARKS else ""
        doubt = "?" if self.mark in DOUBTS else ""
        return f"{circa}{head}{doubt}{comma}{rest}"


def moment(text: str) -> Moment:
    """Read one date; the DateError carries only what follows the quoted text."""
    mark = text[-1] if text.endswith(MARKS) else ""
    body = text.removesuffix(mark)
    precision, _ = _form(body)
    month = day = 1
    if precision in ("month", "day"):
        month = int(body[5:7])
    if precision == "day":
        day = int(body[8:])
    return Moment(body, mark, precision, _checked_day(int(_year(body)), month, day))


def refusal(text: str, reason: DateError, also: str = "", hint: str = "") -> DateError:
    """Return the error of a text: what is wrong, and which forms would be right."""
    if not isinstance(reason, UnknownFormError):
        return DateError(f"{quote_text(text)} {reason}{hint}")
    known = (
        why
        for form, why in _NOT_TAKEN.items()
        if re.fullmatch(form, text[:60], re.ASCII)
    )
    why = next((f", since {why}" for why in known), "")
    return DateError(
        f"{quote_text(text)} is not a date in a known form{why}: {_WANTED}{also}{hint}"
    )


def _form(body: str) -> tuple[Precision, str]:
    shape = body.translate(ANY_DIGIT)
    season = shape[:5] + body[5:]  # a season stands with its number
    form = _FORMS.get(season) or _FORMS.get(shape)
    if form is None:
        raise UnknownFormError
    return form


def _year(body: str) -> str:
    return body[:4].replace("X", "0")


def _checked_day(year: int, month: int, day: int) -> dt.date:
    if year == 0:
        raise UnknownFormError
    if not 1 <= month <= 12:
        raise DateError(
            f"is not a date: there is no month {month:02}; write {year:04}-01 to"
            f" {year:04}-12, or for a season {year:04}-21 to {year:04}-24"
        )
    number = year * 12 + month - 1
    days = _ordinal(number + 1) - _ordinal(number)
    if not 1 <= day <= days:
        wrong = "there is no day 00"
        if day:
            wrong = f"{_MONTH_NAMES[month - 1]} {year:04} has {days} days"
        form = f"{year:04}-{month:02} where the day is not known"
        raise DateError(f"is not a date: {wrong}; write {form}")
    return dt.date(year, month, day)


def _ordinal(month: int) -> int:
    """Return the ordinal of a month's first day; months count from the year 0.

    Outside the years 1 to 9999 it is that of the nearest limit.
    """
    if month < 12:
        return 1
    if month >= 10_000 * 12:
        return _LAST_ORDINAL + 1
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def quote_text(text: str) -> str:
    """Quote a text as Python would, in at most 60 printable characters."""
    quoted = repr(text[:60])
    if len(text) <= 60 and len(quoted) <= 60:
        return quoted
    return f"{quoted[:58]}…{quoted[0]}"
