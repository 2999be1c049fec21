"""Periods as people type them, `2y` or `18 months`, and the days at their ends."""

import datetime as dt
import re
from typing import NamedTuple

from citylinks.dates.moment import quote_text
from citylinks.dates.words import by_name, fold_words
from citylinks.errors import DateError

# How many months and days a unit has, and its names in English, French, German,
# Spanish, Italian, Portuguese, Japanese, Chinese and Korean, folded.
_UNITS = (
    ((12, 0), "y yr yrs year years an ans annee annees jahr jahre jahren ano anos"),
    ((12, 0), "anno anni 年 年間 年间 년 년간"),
    ((1, 0), "m mo mos month months mois monat monate monaten mes meses mese mesi"),
    ((1, 0), "か月 ヶ月 ヵ月 カ月 ヶ月間 か月間 个月 個月 개월 개월간 달"),
    ((0, 7), "w wk wks week weeks semaine semaines woche wochen semana semanas"),
    ((0, 7), "settimana settimane 週間 周 週 星期 주 주간"),
    ((0, 1), "d day days jour jours tag tage tagen dia dias giorno giorni"),
    ((0, 1), "日 日間 天 일 일간"),
    ((0, 14), "fortnight fortnights"),
    ((3, 0), "quarter quarters trimestre trimestres trimestri quartal quartale"),
    ((120, 0), "decade decades decennie decennies jahrzehnt jahrzehnte decada decadas"),
)
_NUMBERS = (
    ("a", 1), ("an", 1), ("one", 1), ("un", 1), ("une", 1), ("ein", 1), ("eine", 1),
    ("einem", 1), ("einen", 1), ("una", 1), ("um", 1), ("uma", 1), ("two", 2),
    ("deux", 2), ("zwei", 2), ("dos", 2), ("due", 2), ("dois", 2), ("three", 3),
    ("trois", 3), ("drei", 3), ("tres", 3), ("tre", 3), ("four", 4), ("five", 5),
    ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11),
    ("twelve", 12), ("eighteen", 18), ("twenty", 20),
)  # fmt: skip

_LENGTHS = by_name(_UNITS)
_COUNTS = dict(_NUMBERS)
_ALTERNATIVES = "|".join(sorted(map(re.escape, _LENGTHS), key=len, reverse=True))
_PART = re.compile(
    rf"(?:(?P<number>[0-9]{{1,6}})[ -]?|(?P<word>{'|'.join(_COUNTS)})[ -])"
    rf"(?P<unit>{_ALTERNATIVES})\.?(?![a-z])"
)
_BETWEEN_PARTS = re.compile(r"(?:,| and| et| und| y| e)? ?")
_AHEAD = re.compile(r"(?:within |in )?(?:the )?(?:next )?")


class Length(NamedTuple):
    """A length of time: so many months, and so many days."""

    months: int
    days: int


_HALF = re.compile(r"half (?:a |of a )?year|(?:une? )?demi[- ]annee|半年|반년")


def read_period(text: str) -> Length:
    """Return a period such as `90d`, `18 months` or `a year`; raises DateError."""
    folded = _HALF.sub("6 months", fold_words(text))
    period = read_folded_period(folded)
    if period is None and folded.isdecimal() and len(folded) < 4:
        raise DateError(
            f"{quote_text(text)} is not a period; write {folded}m or {folded}d"
        )
    if period is None:
        raise DateError(f"{quote_text(text)} is not a period; write 2y, 18m or 90d")
    return period


def read_folded_period(text: str) -> Length | None:
    """Return the period of a folded text, None where it is none or is empty."""
    ahead = _AHEAD.match(text)
    place = ahead.end() if ahead else 0
    months = days = 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            return None
        number = int(part["number"] or _COUNTS.get(part["word"], 0))
        per_unit = _LENGTHS[part["unit"]]
        months += number * per_unit[0]
        days += number * per_unit[1]
        between = _BETWEEN_PARTS.match(text, part.end())
        place = between.end() if between else part.end()
    if months or days:
        return Length(months, days)
    return None


def move_day(day: dt.date, period: Length, sign: int = 1) -> dt.date:
    """Return the day that lies so long after another, or before it with a sign of -1.

    It is the same day of its month, or the last of a shorter one; none lies outside the
    years 1 to 9999.
    """
    month = day.year * 12 + day.month - 1 + sign * period.months
    if month < 12:
        return dt.date.min
    if month >= (dt.MAXYEAR + 1) * 12:
        return dt.date.max
    first = dt.date(month // 12, month % 12 + 1, 1)
    moved = min(first.toordinal() + day.day - 1, _last_of_month(first))
    moved += sign * period.days
    return dt.date.fromordinal(max(1, min(moved, dt.date.max.toordinal())))


def _last_of_month(first: dt.date) -> int:
    """Return the ordinal of the last day of a month."""
    if (first.year, first.month) == (dt.MAXYEAR, 12):
        return dt.date.max.toordinal()
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following.toordinal() - 1
