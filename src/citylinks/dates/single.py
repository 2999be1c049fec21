"""One date as people write it, read as EDTF: numbers, names of months, decades.

A text is folded before it comes here. Each reader returns the EDTF, which need not be a
day that exists, or None where the text is none of its forms; a DateError carries only
what follows the quoted text.
"""

import datetime as dt
import re
from collections.abc import Callable

from citylinks.dates import words
from citylinks.dates.moment import ANY_DIGIT, moment
from citylinks.errors import DateError

_MONTHS = words.by_name(enumerate(words.MONTHS, 1))
_SEASONS = words.by_name(words.SEASONS.items())
_WEEKDAYS = words.by_name(enumerate(words.WEEKDAYS))
_NEWEST_SHORT_YEAR = 40  # of two digits; 41 is rather 1941


def read_single(text: str) -> str | None:
    """Return one date as EDTF, with its marks."""
    mark = ""
    about = _without_about(text)
    if about != text:
        text, mark = about, "~"
    head, _, unknown = text.partition(", ")
    if unknown not in ("month unknown", "day unknown"):
        head, unknown = text, ""
    if head.endswith("?"):
        head = head.removesuffix("?")
        mark = "%" if mark else "?"
    edtf = _read_unmarked(head)
    if edtf is None or ("/" in edtf and (mark or unknown)):
        return None
    if unknown:
        edtf = _with_unknown(edtf, unknown)
    if mark and edtf.endswith(("?", "~", "%")):
        return None
    return f"{edtf}{mark}"


def _without_about(text: str) -> str:
    for word in words.ABOUT:
        rest = text.removeprefix(word)
        if rest != text and (rest[:1] in " '" or rest[:1].isdigit()):
            return rest.strip()
    for word in words.ABOUT_BEHIND:
        if text.endswith(word):
            return text.removesuffix(word).strip()
    return text


def _with_unknown(edtf: str, unknown: str) -> str:
    """Return a year or a month with what is not known of it: `1985-XX-XX`."""
    if unknown == "month unknown" or len(edtf) == 7:
        return f"{edtf}-XX"
    return f"{edtf}-XX-XX"


def _read_unmarked(text: str) -> str | None:
    for read in _READERS:
        edtf = read(text)
        if edtf:
            return edtf
    return None


# -- Numbers --------------------------------------------------------------------

_DAY_IN_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9]{1,2}:[0-9]{2}[0-9:.,z+ -]*"
)
_YEAR_FIRST = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.)([0-9]{1,2})\.?"
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})\.?")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]'?([0-9]{2})")
_YEAR_AND_TWO = re.compile(r"([0-9]{4}) ?([-/–]) ?([0-9]{1,2})")
_MONTH_LAST = re.compile(r"([0-9]{4})\.([0-9]{2})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_LOOSE_DOT = re.compile(r"(?<=[0-9])\. (?=[0-9])")
_UNSPECIFIED = re.compile(r"([0-9]{2,3})(?:x|u|xx|uu)")


def _read_numbers(text: str) -> str | None:
    """Read a date of numbers alone: `2011/03`, `31.03.2011`, `2019-06-30 00:00`."""
    text = _LOOSE_DOT.sub(".", text)
    for pattern, read in _NUMBERS.items():
        match = pattern.fullmatch(text)
        if match:
            return read(*match.groups())
    return None


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _year_first(year: str, *numbers: str | None) -> str:
    month, day = filter(None, numbers)
    return _day(year, month, day)


def _month(year: str, month: str) -> str:
    return f"{year}-{int(month):02}"


def _year_last(first: str, separator: str, second: str, year: str) -> str:
    """Read three numbers; with dots between them the day always comes first."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if separator == "." or day_first == month_first or _is_no_month(first):
        return day_first
    if _is_no_month(second):
        return month_first
    raise DateError(f"can mean {day_first} or {month_first}; write which")


def _is_no_month(number: str) -> bool:
    return not 1 <= int(number) <= 12


def _refuse_short_year(first: str, second: str, third: str) -> str | None:
    """Refuse a year of two digits, with the dates that it may be."""
    orders = ((third, second, first), (third, first, second), (first, second, third))
    meanings: dict[str, None] = {}
    for year, month, day in orders:
        text = _day(_full_year(year), month, day)
        if _is_day(text):
            meanings[text] = None
    if not meanings:
        return None
    *others, last = meanings
    if not others:
        raise DateError(f"has a year of two digits; write all four, as {last}")
    readings = f"{', '.join(others)} or {last}"
    raise DateError(f"has a year of two digits and can mean {readings}; write which")


def _full_year(short: str) -> str:
    number = int(short)
    return f"{2000 + number if number <= _NEWEST_SHORT_YEAR else 1900 + number}"


def _is_day(edtf: str) -> bool:
    try:
        moment(edtf)
    except DateError:
        return False
    return True


def _year_and_two(year: str, separator: str, number: str) -> str | None:
    """Read a year and two digits: a month of it, or the last of several years."""
    two = int(number)
    may_be_month = separator != "–" and 1 <= two <= 12
    may_be_years = len(number) == 2 and two > int(year[2:])
    month, years = f"{year}-{two:02}", f"{year}/{year[:2]}{number}"
    if separator == "–" and number == "99" and year.endswith("00"):
        return f"{year[:2]}XX"
    if separator == "/" and may_be_month and may_be_years:
        raise DateError(f"can mean {month} or {years}; write which")
    if may_be_month:
        return month
    if may_be_years:
        return years
    return month if separator != "–" and two <= 20 else None


def _unspecified(digits: str) -> str:
    return f"{digits:X<4}"


_NUMBERS: dict[re.Pattern[str], Callable[..., str | None]] = {
    re.compile(r"([0-9]{4})"): str,
    _DAY_IN_EIGHT: _day,
    _TIMESTAMP: str,
    _YEAR_FIRST: _year_first,
    _YEAR_LAST: _year_last,
    _SHORT_YEAR: _refuse_short_year,
    _YEAR_AND_TWO: _year_and_two,
    _MONTH_LAST: _month,
    _MONTH_FIRST: lambda month, year: _month(year, month),
    _UNSPECIFIED: _unspecified,
}


# -- Names of months and seasons ---------------------------------------------------

_ORDINAL = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th|er|ere|re|eme|e|o|a|°)(?![a-z0-9])"
)
_TOKEN = re.compile(r"[0-9]+|terca-feira|[a-z]+-feira|[^\W\d_]+")
_SEPARATORS = re.compile(r"[\s,./'()-]*")
# The order of day, month (or season) and year in a date with a name.
_ORDERS = {
    "DMY": "{Y}-{M}-{D}", "MDY": "{Y}-{M}-{D}", "YMD": "{Y}-{M}-{D}", "MY": "{Y}-{M}",
    "YM": "{Y}-{M}", "SY": "{Y}-{S}", "YS": "{Y}-{S}", "Y": "{Y}",
}  # fmt: skip


def _read_named(text: str) -> str | None:
    """Read a date with the name of a month or season: `7 avril 1959`, `Mar-2011`."""
    text = _ORDINAL.sub(r"\1", text)
    if not _SEPARATORS.fullmatch(_TOKEN.sub("", text)):
        return None
    tokens = [token for token in _TOKEN.findall(text) if token not in words.FILLERS]
    weekdays = [_WEEKDAYS[token] for token in tokens if token in _WEEKDAYS]
    tokens = [token for token in tokens if token not in _WEEKDAYS]
    roles = list(map(_role, tokens))
    order = "".join(role for role, _ in roles)
    if order in ("DM", "MD", "M", "S"):
        raise DateError("has no year; add it with all four digits")
    if order not in _ORDERS:
        return None
    edtf = _ORDERS[order].format(**dict(roles))
    return _check_weekdays(edtf, weekdays)


def _role(token: str) -> tuple[str, str]:
    """Return the part of a date that a token is, and its text in EDTF."""
    if token.isdigit() and len(token) <= 2:
        return "D", f"{int(token):02}"
    if token.isdigit() and len(token) == 4:
        return "Y", token
    if token in _MONTHS:
        return "M", f"{_MONTHS[token]:02}"
    if token in _SEASONS:
        return "S", str(_SEASONS[token])
    return "?", token


def _check_weekdays(edtf: str, weekdays: list[int]) -> str:
    """Refuse a date that falls on another day of the week than is written."""
    if not weekdays:
        return edtf
    if len(edtf) != 10:
        raise DateError("names a day of the week, and not the date")
    day = moment(edtf).start
    if weekdays != [day.weekday()]:
        name = words.WEEKDAYS[day.weekday()].split()[0].capitalize()
        raise DateError(f"contradicts itself: {edtf} is a {name}")
    return edtf


# -- Japanese, Chinese and Korean -----------------------------------------------------

_EASTERN = re.compile(
    r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<era_year>元|[0-9]{1,2})"
    r"|(?P<year>[0-9]{4}))[年년]"
    r"(?:(?P<month>[0-9]{1,2})[月월](?:(?P<day>[0-9]{1,2})[日号號일])?"
    r"|(?P<season>[春夏秋冬봄]|여름|가을|겨울))?"
    r"(?:\(?(?:星期|周|週)?(?P<weekday>[月火水木金土日天一二三四五六월화수목금토일])"
    r"(?:曜日|曜|요일)?\)?)?"
)
_EASTERN_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_EASTERN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_EASTERN_UNITS = re.compile(r"[年月日号號世年월일년]")
_NUMBER_WITH_UNIT = re.compile("([〇零一二三四五六七八九十]+)(?=[年月日号號])")


def _read_eastern(text: str) -> str | None:
    """Read `2009年4月1日`, `二〇〇九年四月`, `2011년 3월` or `昭和34年`."""
    if not _EASTERN_UNITS.search(text):
        return None
    digits = _NUMBER_WITH_UNIT.sub(_as_digits, text.replace(" ", ""))
    match = _EASTERN.fullmatch(digits)
    if not match:
        return None
    parts = [match["year"] or _year_of_era(match["era"], match["era_year"])]
    if match["season"]:
        parts.append(str(_SEASONS[match["season"]]))
    parts += [f"{int(match[unit]):02}" for unit in ("month", "day") if match[unit]]
    edtf = "-".join(parts)
    if match["era"]:
        _check_era(match["era"], edtf)
    weekdays = [
        number
        for number, names in enumerate(words.EASTERN_WEEKDAYS)
        if match["weekday"] and match["weekday"] in names
    ]
    return _check_weekdays(edtf, weekdays)


def _as_digits(match: re.Match[str]) -> str:
    """Return a number in Chinese characters in digits: 十二 as 12, 二〇〇九 as 2009."""
    tens = _EASTERN_TENS.fullmatch(match[1])
    if tens:
        return f"{tens[1] or '一'}{tens[2] or '〇'}".translate(_EASTERN_DIGITS)
    return match[1].translate(_EASTERN_DIGITS)


def _year_of_era(era: str, number: str) -> str:
    years = 1 if number == "元" else int(number)
    return f"{words.ERAS[era][0] + years - 1:04}"


def _check_era(era: str, edtf: str) -> None:
    """Refuse a date that lies before or after its era, or before the calendar."""
    _, first, last = words.ERAS[era]
    earliest, latest = map(dt.date.isoformat, moment(edtf).bounds())
    if latest < first or earliest > last:
        raise DateError(
            f"is not a date that can be read for certain: {era} dates are read from"
            f" {first} to {last}"
        )


# -- Decades, centuries, parts of a year ----------------------------------------------

_DECADE = re.compile(
    r"(?P<before>(?:[a-z']+ )*)'?(?P<digits>[0-9]{3}|[0-9])0"
    r"(?P<behind>'?s|er(?: jahren?)?|年代|년대)?"
)
_NUMBER_OF_CENTURY = r"(?P<{}>[0-9]{{1,2}}|[ivx]+)(?:st|nd|rd|th|er|e|eme|o|a|\.)?"
_CENTURY = re.compile(
    rf"{_NUMBER_OF_CENTURY.format('number')} ?(?P<word>[^\W\d_]+\.?)"
    rf"|(?P<first>[a-z]+) {_NUMBER_OF_CENTURY.format('roman')}"
)
_PART_OF_YEAR = re.compile(
    r"(?P<kind>[qth])(?P<part>[1-4])[ ,/-]*(?P<year>[0-9]{4})"
    r"|(?P<year_first>[0-9]{4})[ ,/-]*(?P<kind_last>[qth])(?P<part_last>[1-4])"
)
_PART_IN_WORDS = re.compile(
    r"(?P<part>[1-4])(?:er|e|eme|st|nd|rd|th|o|\.)? (?P<word>[a-z]+) (?P<year>[0-9]{4})"
)
_PARTS = range(1, 13)  # the last month of a part of a year
_EASTERN_HALF = re.compile(
    r"(?P<year>[0-9]{4})[年년] ?(?P<half>[上下상하])(?:半期|半年|반기)"
)
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def _read_decade(text: str) -> str | None:
    """Read `the 1960s`, `les années 1960` or `1960年代`; not `the sixties`."""
    match = _DECADE.fullmatch(text)
    before = text.split()[:-1]
    if match:
        before = match["before"].split()
        if not (match["behind"] or _DECADE_WORDS & set(before)):
            return None
    digits = match["digits"] if match else _named_decade(text)
    if not digits or not set(before) <= words.FILLERS | _DECADE_WORDS:
        return None
    if len(digits) == 3:
        return f"{digits}X"
    raise DateError(f"does not say which century; write 19{digits}0s or 18{digits}0s")


def _named_decade(text: str) -> str:
    return words.DECADES.get(text.rpartition(" ")[2], "")


_DECADE_WORDS = frozenset(("annees", "anos", "anni", "decada", "decennie", "decade"))


def _read_century(text: str) -> str | None:
    """Read `19th century`, `XXe siècle` or `20世紀`."""
    kept = [token for token in text.split() if token not in words.FILLERS]
    if len(kept) == 2 and kept[0] in words.ORDINALS:
        kept[0] = str(words.ORDINALS[kept[0]])
    match = _CENTURY.fullmatch(" ".join(kept))
    if not match:
        return None
    word = (match["word"] or match["first"]).removesuffix(".")
    if word not in words.CENTURY:
        return None
    number = _number(match["number"] or match["roman"])
    if number is None or not 2 <= number <= 99:
        return None
    return f"{number - 1:02}XX"


def _number(text: str) -> int | None:
    """Return a number in digits or in Roman numerals up to 39."""
    if text.isdigit():
        return int(text)
    match = re.fullmatch("(x{0,3})(ix|iv|v?i{0,3})", text)
    if not match:
        return None
    return len(match[1]) * 10 + _ONES.index(match[2])


def _read_part_of_year(text: str) -> str | None:
    """Read `Q1 2011`, `2011-Q1`, `H2 2011` or `1st quarter of 2011`, as months."""
    kept = [token for token in text.split() if token not in words.FILLERS]
    if kept and kept[0] in words.ORDINALS:
        kept[0] = str(words.ORDINALS[kept[0]])
    plain = " ".join(kept)
    if match := _PART_IN_WORDS.fullmatch(plain):
        months = words.PARTS_OF_YEAR.get(match["word"], 0)
        part = int(match["part"])
        return _months(match["year"], part, months) if part * months in _PARTS else None
    if match := _EASTERN_HALF.fullmatch(text):
        return _months(match["year"], 1 if match["half"] in "上상" else 2, 6)
    match = _PART_OF_YEAR.fullmatch(plain)
    if not match:
        return None
    part = int(match["part"] or match["part_last"])
    year = match["year"] or match["year_first"]
    if "h" not in (match["kind"], match["kind_last"]):
        return _months(year, part, 3)
    return _months(year, part, 6) if part <= 2 else None


def _months(year: str, part: int, length: int) -> str:
    """Return the months of one part of a year as an interval."""
    last = part * length
    return f"{year}-{last - length + 1:02}/{year}-{last:02}"


_READERS = (
    _read_numbers,
    _read_eastern,
    _read_decade,
    _read_century,
    _read_part_of_year,
    _read_named,
)


def shift_unit(edtf: str, units: int) -> str | None:
    """Return the date of the same precision so many units later; None where unclear."""
    shape = edtf.translate(ANY_DIGIT)
    if shape == "0000-00-00":
        ordinal = moment(edtf).start.toordinal() + units
        if not 1 <= ordinal <= dt.date.max.toordinal():
            return None
        return dt.date.fromordinal(ordinal).isoformat()
    if shape == "0000-00" and moment(edtf).precision == "month":
        year, month = divmod(int(edtf[:4]) * 12 + int(edtf[5:]) - 1 + units, 12)
        return f"{year:04}-{month + 1:02}" if 1 <= year <= dt.MAXYEAR else None
    digits = edtf.rstrip("X")
    if shape not in ("0000", "000X", "00XX"):
        return None
    number = int(digits) + units
    if number < 1 or len(str(number)) > len(digits):
        return None
    return f"{number:0{len(digits)}}{'X' * (4 - len(digits))}"
