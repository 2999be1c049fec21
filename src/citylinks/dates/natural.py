"""The plain ways in which people write dates, and what EDTF has for them."""

import datetime as dt
import re

# How people write dates, with how much of the ISO day is meant.
_DAY_FORMATS = {
    "%d %B %Y": 10, "%d %b %Y": 10, "%B %d, %Y": 10, "%b %d, %Y": 10, "%B %d %Y": 10,
    "%b %d %Y": 10, "%d.%m.%Y": 10, "%Y-%m-%d": 10, "%Y/%m/%d": 10, "%Y.%m.%d": 10,
    "%B %Y": 7, "%b %Y": 7, "%Y-%m": 7,
}  # fmt: skip
# How people write years and spans of years, with what EDTF has for them.
_SPANS_OF_YEARS = {
    r"(?:c|c\.|ca|ca\.|circa|about|around|~) ?([0-9]{4})": r"\1~",
    r"(?:the )?([0-9]{3})0'?s": r"\1X",
    r"([0-9]{3})[xu]": r"\1X",
    r"([0-9]{4})([0-9]{2})([0-9]{2})": r"\1-\2-\3",
    r"([0-9]{4}) ?(?:-|–|to|until|\.\.) ?([0-9]{4})": r"\1/\2",
    r"([0-9]{2})([0-9]{2}) ?[-–/] ?(1[3-9]|[2-9][0-9])": r"\1\2/\1\3",
    r"(?:since )([0-9]{4})": r"\1/..",
    r"([0-9]{4}) ?(?:-|–|/|to) ?(?:now|today|present|open)": r"\1/..",
    r"([0-9]{4})/unknown": r"\1/",
    r"spring (?:of )?([0-9]{4})": r"\1-21",
    r"summer (?:of )?([0-9]{4})": r"\1-22",
    r"(?:autumn|fall) (?:of )?([0-9]{4})": r"\1-23",
    r"winter (?:of )?([0-9]{4})": r"\1-24",
}


def to_edtf(text: str) -> str | None:
    """Return a text as EDTF, which need not be a date; None where it is unclear."""
    plain = re.sub(r"(?i)(?<=[0-9])(?:st|nd|rd|th)\b", "", text)
    for written, length in _DAY_FORMATS.items():
        try:
            return dt.datetime.strptime(plain, written).date().isoformat()[:length]
        except ValueError:
            continue
    for pattern, form in _SPANS_OF_YEARS.items():
        match = re.fullmatch(pattern, plain, re.IGNORECASE)
        if match:
            return match.expand(form)
    return None
