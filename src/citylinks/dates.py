"""Dates as EDTF writes them: what a text says, and how early and how late that may be.

The forms are those of ISO 8601-2:2019, levels 0 and 1, and from level 2 only `[a..b]`.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Literal, NamedTuple

_Precision = Literal["day", "month", "season", "year", "decade", "century"]

# Every form of a single date, with 0 for any digit, and how a person reads it. A mark of doubt
# (one of _MARKS) may follow; `a/b` and `[a..b]` are made of these.
_FORMS: dict[str, tuple[_Precision, str]] = {
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
# How a side without bound compares, where days are compared as ISO text.
NO_EARLIEST = ""
NO_LATEST = "9999-99-99"

# How people write dates, with how much of the ISO day is meant; and what they say of years.
_AS_WRITTEN = {
    "%d %B %Y": 10, "%d %b %Y": 10, "%B %d, %Y": 10, "%b %d, %Y": 10, "%d.%m.%Y": 10,
    "%Y-%m-%d": 10, "%Y/%m/%d": 10, "%Y.%m.%d": 10, "%B %Y": 7, "%b %Y": 7,
}  # fmt: skip
_AS_SAID = {
    r"(?:c\.|ca\.|circa|about) ?([0-9]{4})": r"\1~",
    r"([0-9]{3})0s": r"\1X",
    r"([0-9]{4}) ?(?:-|–|to) ?([0-9]{4})": r"\1/\2",
}

_MARKS = ("?", "~", "%")  # uncertain, approximate, both
_WIDENING_MARKS = ("~", "%")

# From fine to coarse, in months; a day has no length in months and is handled as a day.
_MONTHS_LONG: dict[_Precision, int] = {
    "day": 0,
    "month": 1,
    "season": 12,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
_FINE_TO_COARSE = tuple(_MONTHS_LONG)

# fmt: off
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on
_ANY_DIGIT = str.maketrans("123456789", "000000000")
_LAST_ORDINAL = dt.date.max.toordinal()

_UNKNOWN_FORM = (
    "is not a date in a known form: write 1959, 1959-04, 1959-04-07, 1959-21 (spring), 199X, "
    "1860~, 1984?, 2011/2017, 2011/.. or [2019-04..2020-03]"
)
_SHORT_SPANS = "; for a span also 1950s, 2009..2012, ..1960 or 2020.."


class DateError(ValueError):
    """The text is no date; the message is one printable sentence that says why."""


class Date(NamedTuple):
    """What one EDTF text says; only `parse` makes them, so that the text is known to be valid.

    `earliest` and `latest` are the outermost days, None where there is no bound. By `begun_by` it
    has surely begun and until `lasts_until` it surely lasts: for a moment its latest and earliest;
    `date.min` and `date.max` stand there for always, None for never certain.
    """

    text: str
    earliest: dt.date | None
    latest: dt.date | None
    begun_by: dt.date | None
    lasts_until: dt.date | None

    @property
    def is_interval(self) -> bool:
        """It lasted from one date to another, `a/b` (level 0, time interval)."""
        return "/" in self.text

    @property
    def is_once(self) -> bool:
        """It happened once, some time within `[a..b]` (level 2, one of a set)."""
        return self.text.startswith("[")

    @property
    def is_approximate(self) -> bool:
        """`~` or `%` stands at any of its ends."""
        return "~" in self.text or "%" in self.text

    @property
    def is_uncertain(self) -> bool:
        """`?` or `%` stands at any of its ends."""
        return "?" in self.text or "%" in self.text

    @property
    def is_open(self) -> bool:
        """It has no end or no beginning, `..`, as opposed to one that is unknown."""
        return self.text.startswith("../") or self.text.endswith("/..")

    @property
    def precision(self) -> _Precision:
        """The unit of what is stated; of two ends the coarser."""
        known = [end.precision for end in _ends(self.text) if end]
        return max(known, key=_FINE_TO_COARSE.index)

    @property
    def human(self) -> str:
        """English for people, never more precise than the text."""
        start, end = _ends(self.text)
        if self.text.startswith("../") and end:
            return f"until {end.words}"
        if self.text.endswith("/..") and start:
            return f"since {start.words}"
        return _joined(start, end) + (" (once)" if self.is_once else "")

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """The order of a timeline: by earliest, then latest (none is last), then the text."""
        return (
            self.earliest.isoformat() if self.earliest else NO_EARLIEST,
            self.latest.isoformat() if self.latest else NO_LATEST,
            self.text,
        )


class Span(NamedTuple):
    """The days that a question asks for, both included; None where it sets no bound."""

    first: dt.date | None
    last: dt.date | None


def parse(text: str) -> Date:
    """Read one date as a record states it, to the byte; raises DateError."""
    try:
        return _read(text)
    except DateError as reason:
        raise DateError(f"{_quoted(text)} {reason}") from None


def meant(text: str) -> str | None:
    """Return the EDTF of a date that is written in another plain way.

    `14 July 2009`, `14.7.2009`, `2009/7/14`, `July 2009`, `c. 1860`, `1990s`, `2011-2017`; not
    `7/4/2009`, which is a day of April or of July.
    """
    for written, length in _AS_WRITTEN.items():
        try:
            return dt.datetime.strptime(text, written).date().isoformat()[:length]
        except ValueError:
            continue
    for pattern, form in _AS_SAID.items():
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        if found:
            return found.expand(form)
    return None


def parse_span(text: str) -> Span:
    """Read what a person asks for: any date, `1950s`, `a..b`, `..b` or `a..`; raises DateError."""
    try:
        date = _read(_long_form(text))
    except DateError as reason:
        also = _SHORT_SPANS if str(reason) == _UNKNOWN_FORM else ""
        raise DateError(f"{_quoted(text)} {reason}{also}") from None
    return Span(date.earliest, date.latest)


def certainty(date: Date, span: Span) -> Literal["certain", "possible"] | None:
    """Whether the date falls in the span, for all that is known; None where it cannot.

    A moment is certain when all of its range lies in the span, a duration when every course that
    it may have taken touches the span.
    """
    first, last = span.first or dt.date.min, span.last or dt.date.max
    if (date.earliest or dt.date.min) > last or (date.latest or dt.date.max) < first:
        return None
    if date.begun_by is None or date.lasts_until is None:
        return "possible"
    return "certain" if date.begun_by <= last and date.lasts_until >= first else "possible"


def precedes(one: Date, other: Date) -> bool:
    """Whether one surely lies before the other, all of it; never where `~`, `?` or `%` stands."""
    if one.latest is None or other.earliest is None:
        return False
    is_doubted = any(date.is_approximate or date.is_uncertain for date in (one, other))
    return one.latest < other.earliest and not is_doubted


class _Moment(NamedTuple):
    """One date of the table, at whichever end it stands."""

    body: str
    mark: str
    precision: _Precision
    start: dt.date

    def bounds(self, units: int = 0) -> tuple[dt.date, dt.date]:
        """First and last day, with so many units of its precision added on either side."""
        if self.precision == "day":
            first = self.start.toordinal() - units
            last = self.start.toordinal() + units
        else:
            length = _MONTHS_LONG[self.precision]
            month = self.start.year * 12 + self.start.month - 1
            first = _ordinal(month - units * length)
            last = _ordinal(month + length + units * length) - 1
        return dt.date.fromordinal(max(first, 1)), dt.date.fromordinal(min(last, _LAST_ORDINAL))

    @property
    def widened(self) -> tuple[dt.date, dt.date]:
        return self.bounds(1 if self.mark in _WIDENING_MARKS else 0)

    @property
    def is_plain(self) -> bool:
        return not self.mark and "X" not in self.body

    @property
    def words(self) -> str:
        _, template = _form(self.body)
        words = template.format(
            year=_year(self.body),
            month=_MONTH_NAMES[self.start.month - 1][:3],
            day=self.start.day,
        )
        head, comma, rest = words.partition(",")
        circa = "c. " if self.mark in _WIDENING_MARKS else ""
        doubt = "?" if self.mark in ("?", "%") else ""
        return f"{circa}{head}{doubt}{comma}{rest}"


@lru_cache(maxsize=16_384)
def _read(text: str) -> Date:
    """Read a date; the DateError carries only what follows the quoted text."""
    start, end = _ends(text)
    _check_ends(text, start, end)
    earliest = start.widened[0] if start else None
    latest = end.widened[1] if end else None
    if any(mark in text for mark in _MARKS):
        return Date(text, earliest, latest, None, None)
    if "/" not in text:
        return Date(text, earliest, latest, begun_by=latest, lasts_until=earliest)
    known = [moment.bounds() for moment in (start, end) if moment]
    begun_by = dt.date.min if text.startswith("..") else min(last for _, last in known)
    lasts_until = dt.date.max if text.endswith("..") else max(first for first, _ in known)
    return Date(text, earliest, latest, begun_by, lasts_until)


def _ends(text: str) -> tuple[_Moment | None, _Moment | None]:
    """Where it starts and ends, None for open or unknown; one date is both its ends."""
    if "/" in text:
        start, _, end = text.partition("/")
        return _end(start), _end(end)
    if text.startswith("[") and text.endswith("]"):
        start, _, end = text[1:-1].partition("..")
        return _moment(start), _moment(end)
    moment = _moment(text)
    return moment, moment


def _end(text: str) -> _Moment | None:
    return None if text in ("", "..") else _moment(text)


def _check_ends(text: str, start: _Moment | None, end: _Moment | None) -> None:
    if not start and not end:
        raise DateError("says nothing: an interval needs a date at one end at least")
    if start and end and start is not end and end.bounds()[1] < start.bounds()[0]:
        raise DateError("ends before it begins")
    if text.startswith("[") and any(mark in text for mark in _MARKS):
        raise DateError(_UNKNOWN_FORM)


def _moment(text: str) -> _Moment:
    mark = text[-1] if text.endswith(_MARKS) else ""
    body = text.removesuffix(mark)
    precision, _ = _form(body)
    month = int(body[5:7]) if precision in ("month", "day") else 1
    day = int(body[8:]) if precision == "day" else 1
    return _Moment(body, mark, precision, _checked_day(int(_year(body)), month, day))


def _form(body: str) -> tuple[_Precision, str]:
    shape = body.translate(_ANY_DIGIT)
    form = _FORMS.get(shape[:5] + body[5:]) or _FORMS.get(shape)  # seasons stand with their number
    if form is None:
        raise DateError(_UNKNOWN_FORM)
    return form


def _year(body: str) -> str:
    return body[:4].replace("X", "0")


def _checked_day(year: int, month: int, day: int) -> dt.date:
    if year == 0:
        raise DateError("is not a date: years run from 0001 to 9999")
    if not 1 <= month <= 12:
        raise DateError(f"is not a date: there is no month {month:02}")
    if day == 0:
        raise DateError("is not a date: there is no day 00")
    number = year * 12 + month - 1
    days = _ordinal(number + 1) - _ordinal(number)
    if day > days:
        raise DateError(f"is not a date: {_MONTH_NAMES[month - 1]} {year:04} has {days} days")
    return dt.date(year, month, day)


def _ordinal(month: int) -> int:
    """Say which day begins a month, counted from year 0; outside years 1-9999, the limit."""
    if month < 12:
        return 1
    if month >= 10_000 * 12:
        return _LAST_ORDINAL + 1
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _joined(start: _Moment | None, end: _Moment | None) -> str:
    """Two ends in words, without saying twice what they share."""
    first, last = (end.words if end else "?" for end in (start, end))
    known = [end for end in (start, end) if end]
    if first == last:
        return first
    if len({end.precision for end in known}) > 1 or not all(end.is_plain for end in known):
        return f"{first} – {last}"
    if len(first) == len(last) == 4 and first[:2] == last[:2]:
        return f"{first}–{last[2:]}"
    return f"{_without_shared_tail(first, last)}–{last}"


def _without_shared_tail(first: str, last: str) -> str:
    words, others = first.split(), last.split()
    while words and others and words[-1] == others[-1]:
        del words[-1], others[-1]
    return " ".join(words)


def _long_form(text: str) -> str:
    """Spell a short span as EDTF; what is none is left as it is."""
    start, dots, end = text.partition("..")
    if not dots or ".." in end or "/" in text or "[" in text:
        return _decade(text)
    return f"{_decade(start) or '..'}/{_decade(end) or '..'}"


def _decade(text: str) -> str:
    is_decade = text.translate(_ANY_DIGIT) == "0000s" and text[3] == "0"
    return f"{text[:3]}X" if is_decade else text


def _quoted(text: str) -> str:
    """Quote a text as Python would, in at most 60 printable characters."""
    quoted = repr(text[:60])
    if len(text) <= 60 and len(quoted) <= 60:
        return quoted
    return f"{quoted[:58]}…{quoted[0]}"
