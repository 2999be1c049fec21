"""Anniversaries of dates, each as precise as the date itself."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from citylinks.dates import Date, Span, certainty, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

STEP = 5  # years from one anniversary to the next, unless another step is given
MOST = 10_000  # anniversaries in an answer about a time of more than
LONG = 100  # years
LAST_YEAR = 9999  # of the dates of EDTF's level 0
TOO_VAGUE = ("decade", "century")


class Recurrence(NamedTuple):
    """An anniversary; `is_moved` if it moved from 29 to 28 February."""

    date: Date
    years: int
    is_moved: bool = False


@lru_cache(maxsize=16_384)
def counting_date(date: Date) -> Date | None:
    """Return the date that anniversaries count from; for an interval, its beginning.

    It is None if the date is open, unknown or too vague: a decade, a century, or once
    within more than a year.
    """
    beginning = date.text.partition("/")[0]
    if beginning in ("", ".."):
        return None
    begun = parse(beginning)
    if begun.precision in TOO_VAGUE or _is_wide(begun):
        return None
    return begun


def recurrence_after(begun: Date, years: int) -> Recurrence | None:
    """Return the anniversary after a number of years; None after the year 9999."""
    later = _later_text(begun, years)
    if later is None:
        return None
    return Recurrence(parse(later), years, _is_moved(begun.text, later))


def _later_text(begun: Date, years: int) -> str | None:
    if not begun.is_once:
        return _later(begun.text, years)
    start, _, end = begun.text[1:-1].partition("..")
    first, last = _later(start, years), _later(end, years)
    return f"[{first}..{last}]" if first and last else None


def recurrences_within(
    date: Date, spans: Sequence[Span], step: int
) -> Iterator[tuple[Recurrence, Literal["certain", "possible"]]]:
    """Yield the anniversaries, in steps of years, that fall in one of the spans.

    Marks such as `~` are ignored here: an anniversary of about 2025 is not in 2026.
    They come in order, each with its certainty. A span without an end yields
    anniversaries up to the year 9999.
    """
    begun = counting_date(date)
    if begun is None:
        return
    numbers: set[int] = set()
    for span in spans:
        numbers.update(_numbers(begun, span, step))
    for years in sorted(numbers):
        anniversary = recurrence_after(begun, years)
        if anniversary is None:
            continue
        stated = [span for span in spans if _is_stated_in(anniversary.date, span)]
        certainties = {certainty(anniversary.date, span) for span in stated}
        if "certain" in certainties:
            yield anniversary, "certain"
        elif "possible" in certainties:
            yield anniversary, "possible"


def _is_stated_in(date: Date, span: Span) -> bool:
    """Whether one of the days that a date states, marks aside, is in the span."""
    first, last = date.stated
    span_first, span_last = span.first or dt.date.min, span.last or dt.date.max
    return first <= span_last.isoformat() and last >= span_first.isoformat()


def last_listed_year(dates: Sequence[Date], spans: Sequence[Span], step: int) -> int:
    """Return the last year for which all anniversaries are listed.

    A time of more than `LONG` years is cut so that it has no more than `MOST`
    anniversaries.
    """
    begun = list(filter(None, map(counting_date, dates)))
    last = max((_last(span).year for span in spans), default=LAST_YEAR)
    years = range(_first_year(begun, spans, step) + LONG, last + 1)

    def number(year: int) -> int:
        return _count(begun, cut_spans(spans, year), step)

    if not years or number(last) <= MOST:
        return last
    from bisect import bisect_right

    return max(years[0], years[0] + bisect_right(years, MOST, key=number) - 1)


def cut_spans(spans: Sequence[Span], year: int) -> list[Span]:
    """Return the parts of the spans before the end of a year."""
    end = dt.date(year, 12, 31)
    return [
        Span(span.first, min(_last(span), end))
        for span in spans
        if (span.first or end) <= end
    ]


def _count(begun: Sequence[Date], spans: Sequence[Span], step: int) -> int:
    """Return the number of anniversaries that may fall in the spans."""
    count = 0
    for date in begun:
        for span in spans:
            count += len(_numbers(date, span, step))
    return count


def _first_year(begun: Sequence[Date], spans: Sequence[Span], step: int) -> int:
    """Return the first year in which an anniversary may fall in one of the spans."""
    first = LAST_YEAR
    for date in begun:
        for span in spans:
            numbers = _numbers(date, span, step)
            if numbers:
                first = min(first, _first_day(date).year + numbers[0])
    return first


def _last(span: Span) -> dt.date:
    return span.last or dt.date.max


def recurrences_around(
    date: Date, day: dt.date, step: int
) -> tuple[Recurrence | None, Recurrence | None]:
    """Return the last anniversary that is certainly past on a day, and the next one."""
    begun = counting_date(date)
    if begun is None:
        return None, None
    over = _years_over(begun, day, step)
    last = None
    if over:
        last = recurrence_after(begun, over)
    return last, recurrence_after(begun, over + step)


def _years_over(begun: Date, day: dt.date, step: int) -> int:
    """Return the years of the last anniversary that is surely over on a day, or 0."""
    years = (day.year - _last_day(begun).year) // step * step
    if years < step:
        return 0
    reached = recurrence_after(begun, years)
    if reached and _last_day(reached.date) >= day:
        return years - step
    return years


def _numbers(begun: Date, span: Span, step: int) -> range:
    """Return the numbers of years, in steps, of all anniversaries in a span."""
    first = (span.first or dt.date.min).year - _last_day(begun).year
    last = (span.last or dt.date.max).year - _first_day(begun).year + 1
    return range(max(-(-first // step), 1) * step, last + 1, step)


def _later(moment: str, years: int) -> str | None:
    """Return the text of a date so many years on, with its marks.

    None after the year 9999.
    """
    year = int(moment[:4]) + years
    if year > LAST_YEAR:
        return None
    later = f"{year:04}{moment[4:]}"
    if _is_leap_day(moment) and not _is_leap(year):
        return later.replace("-29", "-28")
    return later


def _is_leap_day(moment: str) -> bool:
    return moment[4:].startswith("-02-29")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _is_moved(text: str, later: str) -> bool:
    return text.count("-02-29") > later.count("-02-29")


def _is_wide(begun: Date) -> bool:
    """Whether it is once within more than a year."""
    if not begun.is_once:
        return False
    year_later = _later(_first_day(begun).isoformat(), 1)
    return year_later is not None and _last_day(begun).isoformat() >= year_later


def _first_day(moment: Date) -> dt.date:
    return moment.earliest or dt.date.min


def _last_day(moment: Date) -> dt.date:
    return moment.latest or dt.date.max
