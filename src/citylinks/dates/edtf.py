"""EDTF dates: what a text states, and the earliest and latest day that it allows.

This module reads ISO 8601-2:2019, levels 0 and 1, and `[a..b]` from level 2, for the
years 0001 to 9999; `docs/dates.md` shows all forms. The rest of citylinks keeps dates
as text.

    date = parse("1860~")
    str(date), date.human, date.earliest, date.latest, date.precision
    certainty(date, parse_span("1850s"))  # "possible"
    before(date, parse("1959-04"))  # "certain": even "about 1860" ends before
"""

import datetime as dt
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from citylinks.dates.moment import (
    ANY_DIGIT,
    DOUBTS,
    FINE_TO_COARSE,
    MARKS,
    Moment,
    Precision,
    UnknownFormError,
    moment,
    refusal,
)
from citylinks.errors import DateError

__all__ = [
    "BY_TODAY", "NO_EARLIEST", "NO_LATEST",
    "Certainty", "Date", "DateError", "Precision", "Span",
    "before", "certainty", "contains", "is_span", "meant", "overlaps", "parse",
    "parse_span", "precedes", "read_as_edtf", "span_in_words",
]  # fmt: skip

# How sure something is; None where it cannot be.
Certainty = Literal["certain", "possible"] | None

# How a side without bound compares, where days are compared as ISO text.
NO_EARLIEST = ""
NO_LATEST = "9999-99-99"
BY_TODAY = "today"  # the latest day of what is over, nobody knows since when

_EXACT = "9999999"  # of a day; more than the days of all years
_SHORT_SPANS = "; for a span also 1950s, 2009..2012, ..1960 or 2020.."


class Date(NamedTuple):
    """A date that `parse` has read from an EDTF text.

    `str` returns the text unchanged. `earliest` and `latest` are the outermost days on
    which it may fall; None means no limit. It has certainly begun by the day `begun_by`
    and certainly lasts until the day `lasts_until`. In these two, `date.min` and
    `date.max` mean "always", and None means "never certain", because the date is
    marked `?` or `%`. Dates sort as in a timeline, by `sort_key`; to ask whether one
    date lies before another, use `before`, not `<`.
    """

    text: str
    earliest: dt.date | None
    latest: dt.date | None
    begun_by: dt.date | None
    lasts_until: dt.date | None

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: tuple[Any, ...]) -> bool:
        return self.sort_key < _sort_key(other)

    def __le__(self, other: tuple[Any, ...]) -> bool:
        return self.sort_key <= _sort_key(other)

    def __gt__(self, other: tuple[Any, ...]) -> bool:
        return self.sort_key > _sort_key(other)

    def __ge__(self, other: tuple[Any, ...]) -> bool:
        return self.sort_key >= _sort_key(other)

    @property
    def is_interval(self) -> bool:
        """Whether it lasted from one date to another, `a/b` (level 0)."""
        return "/" in self.text

    @property
    def is_once(self) -> bool:
        """Whether it happened once within `[a..b]` (level 2, one of a set)."""
        return self.text.startswith("[")

    @property
    def is_approximate(self) -> bool:
        """Whether either end is marked with `~` or `%` (level 1, qualification)."""
        return "~" in self.text or "%" in self.text

    @property
    def is_uncertain(self) -> bool:
        """Whether either end is marked with `?` or `%` (level 1, qualification)."""
        return "?" in self.text or "%" in self.text

    @property
    def is_open(self) -> bool:
        """Whether it is open at one end, as in `2011/..` or `../2011` (level 1).

        An unknown end, as in `2011/`, is not open.
        """
        return self.text.startswith("../") or self.text.endswith("/..")

    @property
    def has_unknown_end(self) -> bool:
        """Whether one of its ends is unknown, as in `2011/` or `/2011` (level 1)."""
        return self.text.startswith("/") or self.text.endswith("/")

    @property
    def start(self) -> "Date | None":
        """The date on which an interval begins, or None if that is open or unknown.

        A date that is not an interval is its own start.
        """
        return _read_end(self, self.text.partition("/")[0])

    @property
    def end(self) -> "Date | None":
        """The date on which an interval ends, or None if that is open or unknown.

        A date that is not an interval is its own end.
        """
        return _read_end(self, self.text.rpartition("/")[2])

    @property
    def year(self) -> int | None:
        """The year of a single date; None for `199X`, `a/b` and `[a..b]`."""
        return _stated(self.text)[0]

    @property
    def month(self) -> int | None:
        """The month of a single date, 1 to 12, or None if it states no month.

        It is None for seasons, `a/b` and `[a..b]`.
        """
        return _stated(self.text)[1]

    @property
    def day(self) -> int | None:
        """The day of the month of a single date, or None if it states no day."""
        return _stated(self.text)[2]

    @property
    def precision(self) -> Precision:
        """The unit of the date: year for `2004-XX`; for two ends, the coarser unit."""
        known = [end.precision for end in _ends(self.text) if end]
        return max(known, key=FINE_TO_COARSE.index)

    @property
    def human(self) -> str:
        """The date in English, never more precise than the text."""
        start, end = _ends(self.text)
        if self.text.startswith("../") and end:
            return f"until {end.words}"
        if self.text.endswith("/..") and start:
            return f"since {start.words}"
        if self.is_once and start and end:
            return _between(start, end)
        return _join_ends(start, end)

    @property
    def stated(self) -> tuple[str, str]:
        """The first and last day that the text states, without regard to its marks.

        Both are ISO text and sort in order; a side without a bound sorts before or
        after all days.
        """
        start, end = _ends(self.text)
        first, last = NO_EARLIEST, NO_LATEST
        if start:
            first = start.bounds()[0].isoformat()
        if end:
            last = end.bounds()[1].isoformat()
        return first, last

    @property
    def sort_key(self) -> str:
        """A text that sorts dates as in a timeline: by the first day that is stated.

        The mark `~` does not change that day. If two dates share it, the one with the
        less exact beginning comes first, then the one with the earlier end, then the
        text decides.
        """
        first, last = self.stated
        return f"{first} {_exactness(_ends(self.text)[0])} {last} {self.text}"

    @property
    def reverse_key(self) -> str:
        """A text that sorts dates in reverse order: by the last day that is stated."""
        first, last = self.stated
        return f"{last} {_exactness(_ends(self.text)[1])} {first} {self.text}"


class Span(NamedTuple):
    """All days from the first to the last, both included; None means no limit."""

    first: dt.date | None
    last: dt.date | None


# -- From text ----------------------------------------------------------------


def parse(text: str) -> Date:
    """Return the date that an EDTF text states; raises DateError."""
    _refuse_other_than_text(text)
    try:
        return _read(text)
    except DateError as reason:
        raise refusal(text, reason) from None


def parse_span(text: str) -> Span:
    """Return the days of a time in EDTF or a short form; raises DateError.

    A date stands for all days from its earliest to its latest; an unknown end sets no
    limit. The short forms are `1950s`, `a..b`, `..b`, `a..`, and `2009-2012` for years
    or decades.
    """
    _refuse_other_than_text(text)
    try:
        date = _read(_long_form(text))
    except DateError as reason:
        edtf = meant(text)
        hint = ""
        if edtf:
            hint = f"; did you mean '{edtf}'?"
        raise refusal(text, reason, _SHORT_SPANS, hint) from None
    return Span(date.earliest, date.latest)


def meant(text: str, today: dt.date | None = None) -> str | None:
    """Return the EDTF for a date as people write it, or None if it is unclear.

    It reads `14 July 2009`, `7 avril 1959`, `2009年4月`, `2011/03`, `spring 1959`,
    `c. 1860`, `the 1990s`, `2011-2017` and `since 2010`; if `today` is given, also
    `last year`. It does not read `7/4/2009`, which may be in April or in July.
    `docs/dates.md` shows more.
    """
    from citylinks.dates.natural import to_edtf

    _refuse_other_than_text(text)
    try:
        candidate = to_edtf(text, today)
        return str(_read(candidate)) if candidate else None
    except DateError:
        return None


def is_span(text: str) -> bool:
    """Whether a text is EDTF or a short form such as `1950s`."""
    try:
        _read(_long_form(text))
    except DateError:
        return False
    return True


def span_in_words(text: str) -> str:
    """Return a time in words; a text that is not a time is returned unchanged."""
    try:
        return _read(_long_form(text)).human
    except DateError:
        return text


def read_as_edtf(text: str, today: dt.date | None = None) -> str:
    """Return the EDTF for a time in any form that people write; raises DateError.

    EDTF and the short forms stay as they are; all that `meant` reads becomes EDTF. The
    error says what is wrong: two possible readings, a day that does not exist, or no
    exact limits.
    """
    _refuse_other_than_text(text)
    if is_span(text):
        return text
    try:
        return _read_plain(text, today)
    except DateError as reason:
        raise refusal(text, reason, _SHORT_SPANS) from None


def _read_plain(text: str, today: dt.date | None) -> str:
    from citylinks.dates.natural import to_edtf

    candidate = to_edtf(text, today)
    return str(_read(candidate or _long_form(text)))


def _refuse_other_than_text(text: object) -> None:
    if not isinstance(text, str):
        raise DateError(f"a date must be text, not {ascii(text)[:40]}")


# -- Certain, possible, neither -----------------------------------------------
# A date stands for every course that it may have taken: a moment for each of its days,
# an interval for each pair of a start and a later end. What holds of all courses is
# certain, unless a mark stands; what holds of some is possible. A span has one course,
# from its first day to its last.


def certainty(date: Date, span: Span) -> Certainty:
    """Return 'certain' or 'possible' if the date is in the span, else None.

    A moment is certainly in the span if all days that it may mean, including those
    that `~` adds, are in it. An interval is certainly in the span if it overlaps the
    span whenever it began and ended.
    """
    return overlaps(date, span)


def overlaps(first: Date | Span, other: Date | Span) -> Certainty:
    """Whether the two have a day in common."""
    a, b = _reach(first), _reach(other)
    return _judged(
        a.earliest <= b.latest and b.earliest <= a.latest,
        a.is_sure
        and b.is_sure
        and a.begun_by <= b.lasts_until
        and b.begun_by <= a.lasts_until,
    )


def contains(first: Date | Span, other: Date | Span) -> Certainty:
    """Whether all of the second lies within the first.

    The Date `1959` means one day of that year; to ask what lies within the year, use
    `parse_span("1959")`.
    """
    a, b = _reach(first), _reach(other)
    is_of_one_day = b.lasts_until <= b.begun_by
    return _judged(
        a.earliest <= b.begun_by
        and b.lasts_until <= a.latest
        and (a.lasts or is_of_one_day),
        a.is_sure
        and b.is_sure
        and a.begun_by <= b.earliest
        and b.latest <= a.lasts_until,
    )


def before(first: Date | Span, other: Date | Span) -> Certainty:
    """Whether the first is over before the second begins."""
    a, b = _reach(first), _reach(other)
    return _judged(
        a.lasts_until < b.begun_by,
        a.is_sure and b.is_sure and a.latest < b.earliest,
    )


def precedes(first: Date, other: Date) -> bool:
    """Whether the first is certainly before the second, and neither is in doubt.

    The rules of `validate` use it. It is false for dates marked `~`, `?` or `%`, since
    nobody says how wide "about" is.
    """
    is_surely_before = before(first, other) == "certain"
    return is_surely_before and not (first.is_approximate or other.is_approximate)


class _Reach(NamedTuple):
    """The outermost days of a date, and its surely lasting ones, doubts aside."""

    earliest: dt.date
    latest: dt.date
    begun_by: dt.date
    lasts_until: dt.date
    is_sure: bool = True
    lasts: bool = True


def _reach(date: Date | Span) -> _Reach:
    if isinstance(date, Span):
        first, last = date.first or dt.date.min, date.last or dt.date.max
        return _Reach(first, last, begun_by=first, lasts_until=last)
    if not isinstance(date, Date):
        raise DateError(
            f"what is compared must be a Date or a Span, not {ascii(date)[:40]}"
        )
    if date.begun_by is None or date.lasts_until is None:
        begun_by, lasts_until = _inner(date.text, *_ends(date.text))
    else:
        begun_by, lasts_until = date.begun_by, date.lasts_until
    return _Reach(
        date.earliest or dt.date.min,
        date.latest or dt.date.max,
        begun_by,
        lasts_until,
        is_sure=date.begun_by is not None,
        lasts=date.is_interval,
    )


def _judged(is_possible: bool, is_certain: bool) -> Certainty:
    if not is_possible:
        return None
    if is_certain:
        return "certain"
    return "possible"


# -- Reading ------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def _read(text: str) -> Date:
    """Read a date; the DateError carries only what follows the quoted text."""
    start, end = _ends(text)
    _check_ends(text, start, end)
    earliest = latest = None
    if start:
        earliest = start.widened[0]
    if end:
        latest = end.widened[1]
    if any(mark in text for mark in DOUBTS):
        return Date(text, earliest, latest, None, None)
    return Date(text, earliest, latest, *_inner(text, start, end))


def _inner(
    text: str, start: Moment | None, end: Moment | None
) -> tuple[dt.date, dt.date]:
    """Return the last day that it may begin on, and the first that it may end on."""
    known = [moment.widened for moment in (start, end) if moment]
    if "/" not in text:
        return known[1][1], known[0][0]
    begun_by = min(last for _, last in known)
    lasts_until = max(first for first, _ in known)
    if text.startswith(".."):
        begun_by = dt.date.min
    if text.endswith(".."):
        lasts_until = dt.date.max
    return begun_by, lasts_until


def _ends(text: str) -> tuple[Moment | None, Moment | None]:
    """Return the two ends of a date, None where one is open or unknown.

    A single date is both its ends.
    """
    if "/" in text:
        start, _, end = text.partition("/")
        return _read_side(start), _read_side(end)
    if text.startswith("[") and text.endswith("]"):
        start, _, end = text[1:-1].partition("..")
        return moment(start), moment(end)
    both = moment(text)
    return both, both


def _between(start: Moment, end: Moment) -> str:
    """Return the time within which something happened, in words."""
    if start.words == end.words:
        return start.words
    return f"between {start.words} and {end.words}"


def _read_side(text: str) -> Moment | None:
    """Read one side of an interval, None where it is open or unknown."""
    if text in ("", ".."):
        return None
    return moment(text)


def _check_ends(text: str, start: Moment | None, end: Moment | None) -> None:
    if not start and not end:
        raise DateError(
            "says nothing: an interval needs a date at one end at least;"
            " write 2011/.. or ../2017"
        )
    if start and end and start is not end and end.bounds()[1] < start.bounds()[0]:
        raise DateError(
            "ends before it begins; write the earlier date first, as in 2011/2017"
        )
    if text.startswith("[") and any(mark in text for mark in MARKS):
        raise UnknownFormError


def _read_end(date: Date, text: str) -> Date | None:
    if not date.is_interval:
        return date
    if text in ("", ".."):
        return None
    return _read(text)


def _stated(text: str) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day as far as a single date states them."""
    if "/" in text or "[" in text:
        return None, None, None
    parts = [*text.rstrip("".join(MARKS)).split("-"), "", ""]
    year, month, day = map(_stated_number, parts[:3])
    if month and month > 12:  # a season
        month = None
    return year, month, day


def _stated_number(part: str) -> int | None:
    """Return the number of a part of a date; none is stated by `XX` or `199X`."""
    return int(part) if part.isdigit() else None


def _exactness(end: Moment | None) -> str:
    """Return a number for the exactness of one end of a date, as text that compares.

    It is smaller the more days there are on which that end may be.
    """
    if end is None:
        return "0" * len(_EXACT)
    first, last = end.widened
    return f"{int(_EXACT) - (last - first).days:0{len(_EXACT)}}"


def _sort_key(other: object) -> str:
    if not isinstance(other, Date):
        raise TypeError(f"a date does not compare with {type(other).__name__}")
    return other.sort_key


def _long_form(text: str) -> str:
    """Return a short span as EDTF; any other text stays as it is."""
    start, dots, end = text.partition("..")
    if dots and ".." not in end and "/" not in text and "[" not in text:
        return f"{_decade(start) or '..'}/{_decade(end) or '..'}"
    years = [_decade(year) for year in text.replace("–", "-").split("-")]
    if len(years) == 2 and all(
        year.translate(ANY_DIGIT) in ("0000", "000X") for year in years
    ):
        return "/".join(years)
    return _decade(text)


def _decade(text: str) -> str:
    if text.translate(ANY_DIGIT) == "0000s" and text[3] == "0":
        return f"{text[:3]}X"
    return text


# -- Words --------------------------------------------------------------------


def _join_ends(start: Moment | None, end: Moment | None) -> str:
    """Return two ends in words, without saying twice what they share."""
    first, last = _end_in_words(start), _end_in_words(end)
    known = [end for end in (start, end) if end]
    if first == last:
        return first
    if len({end.precision for end in known}) > 1 or not all(
        end.is_plain for end in known
    ):
        return f"{first} – {last}"
    if len(first) == len(last) == 4 and first[:2] == last[:2]:
        return f"{first}–{last[2:]}"
    unshared = _without_shared_tail(first, last)
    if " " not in unshared and (" " not in last or unshared != first):
        return f"{unshared}–{last}"
    return f"{unshared} – {last}"


def _end_in_words(end: Moment | None) -> str:
    return end.words if end else "?"


def _without_shared_tail(first: str, last: str) -> str:
    words, others = first.split(), last.split()
    while words and others and words[-1] == others[-1]:
        del words[-1], others[-1]
    return " ".join(words)
