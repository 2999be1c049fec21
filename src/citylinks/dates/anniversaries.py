"""Round birthdays of what is dated: when they fall, at the precision of the date they
are of.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from citylinks.dates import Date, Span, certainty, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

STEP = 5  # years from one round birthday to the next, where nothing else is asked for
MOST = 10_000  # birthdays that are told at once of a time of more than
LONG = 100  # years
LAST_YEAR = 9999  # of the dates of EDTF's level 0
TOO_VAGUE = ("decade", "century")


class Recurrence(NamedTuple):
    """A birthday of so many years; `is_moved` where 29 February falls on 28 February."""

    date: Date
    years: int
    is_moved: bool = False


@lru_cache(maxsize=16_384)
def counting_date(date: Date) -> Date | None:
    """Return the date that birthdays are counted from: of what lasted, its beginning.

    None where that is open or unknown, known only to a decade or a century, or once
    within more than a year.
    """
    beginning = date.text.partition("/")[0]
    if beginning in ("", ".."):
        return None
    begun = parse(beginning)
    return None if begun.precision in TOO_VAGUE or _is_wide(begun) else begun


def recurrence_after(begun: Date, years: int) -> Recurrence | None:
    """Return the birthday of an `origin` so many years on; None after the year 9999."""
    if begun.is_once:
        first, last = (_later(end, years) for end in begun.text[1:-1].split(".."))
        later = f"[{first}..{last}]" if first and last else None
    else:
        later = _later(begun.text, years)
    return (
        Recurrence(parse(later), years, _is_moved(begun.text, later)) if later else None
    )


def recurrences_within(
    date: Date, spans: Sequence[Span], step: int
) -> Iterator[tuple[Recurrence, Literal["certain", "possible"]]]:
    """Yield the birthdays in steps of years that may fall in one of the spans, in
    order.

    With each comes how sure it is that it falls there. A span without end has no last
    birthday: it ends with the year 9999.
    """
    begun = counting_date(date)
    numbers = (
        {n for span in spans for n in _numbers(begun, span, step)} if begun else ()
    )
    for years in sorted(numbers):
        found = recurrence_after(begun, years) if begun else None
        sure = {certainty(found.date, span) for span in spans} if found else set()
        if found and sure & {"certain", "possible"}:
            yield found, "certain" if "certain" in sure else "possible"


def told_until(dates: Sequence[Date], spans: Sequence[Span], step: int) -> int:
    """Return the last year of the spans in which all birthdays of dates are told.

    Of a time longer than `LONG` years only so many are as hold no more than `MOST`
    birthdays.
    """
    begun = [one for one in map(counting_date, dates) if one]
    last = max((_last(span).year for span in spans), default=LAST_YEAR)
    years = range(_first_year(begun, spans, step) + LONG, last + 1)

    def number(year: int) -> int:
        shorter = until(spans, year)
        return sum(len(_numbers(one, span, step)) for one in begun for span in shorter)

    if not years or number(last) <= MOST:
        return last
    from bisect import bisect_right

    return max(years[0], years[0] + bisect_right(years, MOST, key=number) - 1)


def until(spans: Sequence[Span], year: int) -> list[Span]:
    """Return what of the spans lies before the end of a year."""
    end = dt.date(year, 12, 31)
    return [
        Span(one.first, min(_last(one), end))
        for one in spans
        if (one.first or end) <= end
    ]


def _first_year(begun: Sequence[Date], spans: Sequence[Span], step: int) -> int:
    """Return the first year in which a birthday may fall in one of the spans."""
    numbers = ((one, _numbers(one, span, step)) for one in begun for span in spans)
    years = (_first_day(one).year + found[0] for one, found in numbers if found)
    return min(years, default=LAST_YEAR)


def _last(span: Span) -> dt.date:
    return span.last or dt.date.max


def recurrences_around(
    date: Date, day: dt.date, step: int
) -> tuple[Recurrence | None, Recurrence | None]:
    """Return the last birthday in steps of years that is surely over on a day, and the
    next one.
    """
    begun = counting_date(date)
    if begun is None:
        return None, None
    years = (day.year - _last_day(begun).year) // step * step
    reached = recurrence_after(begun, years) if years >= step else None
    is_over = reached is None or _last_day(reached.date) < day
    over = max(years if is_over else years - step, 0)
    return recurrence_after(begun, over) if over else None, recurrence_after(
        begun, over + step
    )


def _numbers(begun: Date, span: Span, step: int) -> range:
    """Return the numbers of years, in steps, among which all birthdays in a span are."""
    first = (span.first or dt.date.min).year - _last_day(begun).year
    last = (span.last or dt.date.max).year - _first_day(begun).year + 1
    return range(max(-(-first // step), 1) * step, last + 1, step)


def _later(moment: str, years: int) -> str | None:
    """Return the text of a date so many years on, with its marks; None after the year
    9999.
    """
    year = int(moment[:4]) + years
    if year > LAST_YEAR:
        return None
    later = f"{year:04}{moment[4:]}"
    return (
        later
        if not _is_leap_day(moment) or _is_leap(year)
        else later.replace("-29", "-28")
    )


def _is_leap_day(moment: str) -> bool:
    return moment[4:].startswith("-02-29")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _is_moved(text: str, later: str) -> bool:
    return text.count("-02-29") > later.count("-02-29")


def _is_wide(begun: Date) -> bool:
    """Whether it is once within more than a year."""
    first = _first_day(begun).isoformat()
    year_later = _later(first, 1)
    return (
        begun.is_once
        and year_later is not None
        and _last_day(begun).isoformat() >= year_later
    )


def _first_day(moment: Date) -> dt.date:
    return moment.earliest or dt.date.min


def _last_day(moment: Date) -> dt.date:
    return moment.latest or dt.date.max
