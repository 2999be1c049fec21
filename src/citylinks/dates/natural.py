"""The plain ways in which people write dates, and what EDTF has for them."""

import datetime as dt
import re

from citylinks.dates import words
from citylinks.dates.periods import Length, move_day, read_folded_period
from citylinks.dates.single import read_single, shift_unit
from citylinks.errors import DateError

LONGEST = 100  # characters of a text that may be a date


def to_edtf(text: str, today: dt.date | None = None) -> str | None:
    """Return a text as EDTF, which need not be a date; None where it has no reading.

    What counts from today, `last year`, is read where today is given. Where the text
    can mean two dates, or is known and no date, a DateError carries what follows the
    quoted text.
    """
    if len(text) > LONGEST:
        return None
    folded = _mark_in_words(words.fold_words(text))
    for read in (_read_point, _read_open, _read_both_ends):
        edtf = read(folded, today)
        if edtf:
            return edtf
    _refuse_vague(folded, today)
    return None


def _read_point(text: str, today: dt.date | None) -> str | None:
    """Read one date, or one that counts from today."""
    return _read_relative(text, today) or read_single(text)


# -- From today on --------------------------------------------------------------------

_AGO = re.compile(
    r"(.*) ago|il y a (.*)|vor (.*)|hace (.*)|(.*) fa|ha (.*)|(.*)前|(.*) ?전"
)


def _read_relative(text: str, today: dt.date | None) -> str | None:
    if today is None:
        return None
    if text in words.TODAY:
        return today.isoformat()
    name = text.removeprefix("the ")
    if name in words.RELATIVE:
        unit, distance = words.RELATIVE[name]
        return shift_unit(_unit_of(today, unit), distance)
    if name in ("last decade", "past decade"):
        decade = shift_unit(_unit_of(today, "decade"), -1)
        raise DateError(f"can mean {decade} or the last 10 years; write which")
    return _read_last_or_next(text, today) or _read_ago(text, today)


def _unit_of(day: dt.date, unit: str) -> str:
    """Return the day itself, or the month, year, decade or century that it is in."""
    text = day.isoformat()
    forms = {"decade": f"{text[:3]}X", "century": f"{text[:2]}XX"}
    lengths = {"day": 10, "month": 7, "year": 4}
    return forms.get(unit) or text[: lengths[unit]]


def _read_last_or_next(text: str, today: dt.date) -> str | None:
    """Read `last 10 years`, up to today, and `next 18 months`, from today on."""
    for direction, sign in ((words.LAST, -1), (words.NEXT, 1)):
        for word in direction:
            period = _period_beside(text, word)
            if period is None:
                continue
            other = move_day(today, period, sign).isoformat()
            first, last = sorted((today.isoformat(), other))
            return f"{first}/{last}"
    return None


def _period_beside(text: str, word: str) -> Length | None:
    """Return the period in `last 10 years`, whose number may stand before `last`.

    `past year` is the last twelve months, `last year` the year before this one.
    """
    if word not in text:
        return None
    tokens = text.replace(word, " ", 1).split()
    kept = " ".join(token for token in tokens if token not in words.ARTICLES)
    if word == "past" and not kept[:1].isdigit():
        kept = f"1 {kept}"
    if kept.startswith(("a ", "an ")):
        return None
    return read_folded_period(kept)


_MOST_MONTHS_AGO = 12 * 200  # of `200 years ago`; 2010年前 is rather before 2010


def _read_ago(text: str, today: dt.date) -> str | None:
    """Read `10 years ago` as a year, `3 months ago` as a month, `5 days ago` as a day.

    How exactly it is meant is not written, so that no day stands for years.
    """
    match = _AGO.fullmatch(text)
    if not match:
        return None
    period = read_folded_period(next(filter(None, match.groups()), ""))
    if period is None or (period.months and period.days):
        return None
    if period.months > _MOST_MONTHS_AGO:
        return None
    day = move_day(today, period, -1)
    if period.days:
        return day.isoformat() if period.days < 7 or period.days % 7 else None
    return _unit_of(day, "month" if period.months % 12 else "year")


# -- Times with one end ---------------------------------------------------------------


# A mark before or behind a date -> the words for it.
_MARKS_BEFORE = (
    (">=", "since"), ("≥", "since"), (">", "after"), ("<=", "until"), ("≤", "until"),
    ("<", "before"),
)  # fmt: skip
_SINCE_YEAR = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?: ?\+| ?[–-])")
_UNTIL_YEAR = re.compile(r"[–-] ?([1-9][0-9]{3}(?:-[0-9]{2})?)")


def _mark_in_words(text: str) -> str:
    """Return `>2010`, `2010+`, `2010-` or `-1990` in words, or the text as it is."""
    for mark, word in _MARKS_BEFORE:
        if text.startswith(mark):
            return f"{word} {text.removeprefix(mark).strip()}"
    if match := _SINCE_YEAR.fullmatch(text):
        return f"since {match[1]}"
    if match := _UNTIL_YEAR.fullmatch(text):
        return f"until {match[1]}"
    return text


def _read_open(text: str, today: dt.date | None) -> str | None:
    """Read a time that begins or ends with a date: `since 2010`, `before 1990`."""
    edtf = _date_beside(text, words.SINCE, words.SINCE_BEHIND, today)
    if edtf:
        return f"{_start(edtf)}/.."
    edtf = _date_beside(text, words.UNTIL, words.UNTIL_BEHIND, today)
    if edtf:
        return f"../{_end(edtf)}"
    edtf = _date_beside(text, words.BEFORE, words.BEFORE_BEHIND, today)
    if edtf:
        return f"../{_unit_beside(_start(edtf), -1)}"
    edtf = _date_beside(text, words.AFTER, words.AFTER_BEHIND, today)
    if edtf:
        return f"{_unit_beside(_end(edtf), 1)}/.."
    return None


def _date_beside(
    text: str, before: tuple[str, ...], behind: tuple[str, ...], today: dt.date | None
) -> str | None:
    """Return the date behind or before one of these words."""
    for word in before:
        if text.startswith((f"{word} ", f"{word}'")) or word.endswith("'"):
            edtf = _read_rest(text, text.removeprefix(word).strip(), today)
            if edtf:
                return edtf
    for word in behind:
        if text.endswith(word):
            edtf = _read_rest(text, text.removesuffix(word).strip(), today)
            if edtf:
                return edtf
    return None


def _read_rest(text: str, rest: str, today: dt.date | None) -> str | None:
    if rest == text or not rest:
        return None
    return _read_point(rest, today)


def _start(edtf: str) -> str:
    return edtf.partition("/")[0]


def _end(edtf: str) -> str:
    return edtf.rpartition("/")[2]


def _unit_beside(edtf: str, units: int) -> str:
    """Return the unit just before or just after a date: the year 1989 before 1990."""
    other = shift_unit(edtf, units)
    if other is None:
        raise DateError(
            f"has no exact limit, since that of {edtf} is not known; write a day, a"
            " month or a year"
        )
    return other


# -- Times with two ends ----------------------------------------------------------


def _read_both_ends(text: str, today: dt.date | None) -> str | None:
    """Read a time from one date to another, which may share a month or a year."""
    once = text.removesuffix("(once)").strip()
    if once != text:
        edtf = _read_both_ends(once, today) or read_single(once)
        return f"[{_start(edtf)}..{_end(edtf)}]" if edtf else None
    for separator, rest in _ways_to_part(text):
        for left, right in _partings(rest, separator):
            edtf = _join_ends(left.strip(" ,"), right.strip(" ,"), today)
            if edtf:
                return edtf
    return None


def _ways_to_part(text: str) -> list[tuple[str, str]]:
    """Return the words that may part the two ends, each with the text without others.

    `and` parts them only behind `between`; a hyphen or slash that stands there once
    comes last.
    """
    for word in words.BEHIND_BOTH:
        text = text.removesuffix(word)
    ways = [(separator, text) for separator in words.BETWEEN_ENDS if separator in text]
    for word in words.BEFORE_BOTH:
        if text.startswith(word):
            rest = text.removeprefix(word)
            ways += [(part, rest) for part in words.BETWEEN_ENDS if part in rest]
    for word in words.BETWEEN:
        if text.startswith(word):
            rest = text.removeprefix(word)
            ways += [(part, rest) for part in words.AND if part in rest]
    ways += [(mark, text) for mark in "-/" if text.count(mark) == 1]
    return ways


def _partings(text: str, separator: str) -> list[tuple[str, str]]:
    """Return the text before and behind a separator, at each place where it stands."""
    parts = text.split(separator)
    return [
        (separator.join(parts[:place]), separator.join(parts[place:]))
        for place in range(1, len(parts))
    ]


def _join_ends(left: str, right: str, today: dt.date | None) -> str | None:
    if not (left and right):
        return None
    last = _read_end(right, today)
    if last is None:
        right = _with_shared_head(left, right)
        last = _read_end(right, today)
    if last is None:
        return None
    first = _read_quietly(left, today)
    if first is None:
        shared = " ".join(right.split()[len(left.split()) :])
        first = _read_point(f"{left} {shared}", today) if shared else None
    if left in words.UNKNOWN_ENDS:
        first = ""
    if first is None:
        return None
    return f"{_start(first)}/{_end(last)}"


def _read_end(text: str, today: dt.date | None) -> str | None:
    if text in words.UNKNOWN_ENDS:
        return ""
    if text in words.OPEN_ENDS or (today is None and text in words.TODAY):
        return ".."
    return _read_quietly(text, today)


def _read_quietly(text: str, today: dt.date | None) -> str | None:
    """Read one end, None where it lacks what it may share with the other."""
    try:
        return _read_point(text, today)
    except DateError as error:
        if "has no year" in str(error):
            return None
        raise


def _with_shared_head(left: str, right: str) -> str:
    """Return the right end with the beginning of the left one that it lacks.

    That is the month in `April 7–9, 2009`, and the year in `2009年4月〜6月`.
    """
    for units in ("日일", "月월"):
        if re.search(f"[0-9][{units}]", right):
            above = "月월" if units == "日일" else "年년"
            place = max(map(left.rfind, above))
            return f"{left[: place + 1]}{right}"
    return " ".join([*left.split()[:-1], right])


# -- What is no date ----------------------------------------------------------------


def _refuse_vague(text: str, today: dt.date | None) -> None:
    """Refuse `early 2000s`: nobody says where that begins and ends."""
    for word in words.VAGUE:
        rest = re.sub(rf"^(?:the |la |le )?{word}(?:[ -]|$)", "", text)
        if rest != text:
            _refuse_part(rest, today)
    for word in words.VAGUE_BEHIND:
        if text.endswith(word):
            _refuse_part(text.removesuffix(word).strip(), today)


def _refuse_part(rest: str, today: dt.date | None) -> None:
    edtf = _read_point(rest, today)
    if edtf is None:
        return
    whole, first, last = edtf, "2000", "2003"
    if re.fullmatch("[0-9]{3}X", edtf):
        whole, first, last = f"{edtf[:3]}0s", f"{edtf[:3]}0", f"{edtf[:3]}3"
    if re.fullmatch("[0-9]{4}", edtf):
        first, last = f"{edtf}-01", f"{edtf}-03"
    raise DateError(
        f"has no exact limits; write {whole} for all of it, or its ends, as"
        f" {first}..{last}"
    )
