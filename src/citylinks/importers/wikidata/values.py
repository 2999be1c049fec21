"""What the JSON of Wikidata's entities is made of: statements, snaks, and the values in
them.

Statements are given as the API and the dumps have them today (`modern` brings those of
2013 into that form): `{"mainsnak": ..., "qualifiers": {"P580": [snak]}, "references":
[...], "rank": ...}`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.dates import DateError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

JULIAN = "Q1985786"
_TIME = re.compile(r"([+-]?)0*(\d+)-(\d\d)-(\d\d)(?:T.*)?")
_RANKS = ("deprecated", "normal", "preferred")  # by the numbers of 2013


class When(NamedTuple):
    """A time as EDTF, None where EDTF as citylinks takes it has no form; and what else
    to say.
    """

    edtf: str | None
    remark: str | None = None


# -- Statements and snaks -----------------------------------------------------


def statements(entity: Mapping[str, Any], property_: str) -> list[dict[str, Any]]:
    """Return all statements of a property, those of deprecated rank too."""
    claims = entity.get("claims") or {}
    if isinstance(claims, dict):
        return list(claims.get(property_) or ())
    modern = (statement_of_today(claim) for claim in claims)
    return [
        claim
        for claim in modern
        if claim.get("mainsnak", {}).get("property") == property_
    ]


def best(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the preferred statements, or the normal ones where none is preferred."""
    preferred = [one for one in found if one.get("rank") == "preferred"]
    return preferred or [one for one in found if one.get("rank", "normal") == "normal"]


def main_values(entity: Mapping[str, Any], property_: str) -> Iterator[Any]:
    """Yield the values of the best statements of a property that did not end."""
    lasting = [one for one in statements(entity, property_) if not has_ended(one)]
    for statement in best(lasting):
        value = value_of(statement.get("mainsnak"))
        if value is not None:
            yield value


def has_ended(statement: Mapping[str, Any]) -> bool:
    """Whether it has an end time (P582), even one that is not known."""
    return any(
        snak.get("snaktype") != "novalue" for snak in qualifiers(statement, "P582")
    )


def qualifiers(statement: Mapping[str, Any], property_: str) -> list[dict[str, Any]]:
    """Return the snaks with which a statement is qualified by a property."""
    found = statement.get("qualifiers") or {}
    return list(found.get(property_) or ()) if isinstance(found, dict) else []


def value_of(snak: Mapping[str, Any] | None) -> Any:
    """Return the value of a snak, None where it is unknown (somevalue) or there is
    none.
    """
    if not snak or snak.get("snaktype") != "value":
        return None
    return (snak.get("datavalue") or {}).get("value")


def item_of(value: Any) -> str | None:
    """Return the id of the item that a value names, None where it is no item."""
    if not isinstance(value, dict) or value.get("entity-type", "item") != "item":
        return None
    number = value.get("numeric-id")
    found = value.get("id") or (f"Q{number}" if number else "")
    return found.upper() if re.fullmatch(r"[Qq][1-9]\d{0,11}", found) else None


def text_of(value: Any) -> tuple[str, str | None] | None:
    """Return a text and its language, None for the language of a plain string."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return value["text"], value.get("language")
    return None


def statement_of_today(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a statement of 2013, `{"m": ["value", 190, type, value], "q": [], ...}`,
    as of today.

    One that has the form of today comes back as it is.
    """
    if "m" not in claim:
        return claim
    rank = claim.get("rank", 1)
    return {
        "id": claim.get("g"),
        "mainsnak": _snak(claim["m"]),
        "rank": _RANKS[rank] if rank in range(3) else "normal",
        "qualifiers": _by_property(claim.get("q") or ()),
        "references": [
            {"snaks": _by_property(snaks)} for snaks in claim.get("refs") or ()
        ],
    }


def _snak(parts: Sequence[Any]) -> dict[str, Any]:
    kind, number, *rest = parts
    snak = {"snaktype": kind, "property": f"P{number}"}
    return (
        {**snak, "datavalue": {"type": rest[0], "value": rest[1]}}
        if len(rest) == 2
        else snak
    )


def _by_property(snaks: Sequence[Sequence[Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for parts in snaks:
        snak = _snak(parts)
        found.setdefault(snak["property"], []).append(snak)
    return found


# -- Times --------------------------------------------------------------------


def when(value: Any) -> When:
    """Return a time at its precision: 11 and finer a day, 10 month, 9 year, 8 `195X`, 7
    `19XX`.

    Where month or day is `00` it is as precise as its digits, whatever it claims. A day
    of the Julian calendar becomes the same day of the Gregorian one, which is EDTF's;
    what is coarser stays as it is written. Before the year 1, and coarser than a
    century, EDTF as citylinks takes it has no form.
    """
    match = _TIME.fullmatch(value.get("time", "")) if isinstance(value, dict) else None
    if not match:
        return When(None, "a time that cannot be read")
    sign, year, month, day = match[1], *(int(part) for part in match.groups()[1:])
    written = f"{sign.replace('+', '')}{year:04}"
    if sign == "-" or not 1 <= year <= 9999:
        return When(None, f"the year {written}, which has no form here")
    finest = 11 if month and day else 10 if month else 9
    precision = min(int(value.get("precision", 11)), finest)
    if precision == 11:
        return _day(
            year, month, day, is_julian=JULIAN in str(value.get("calendarmodel"))
        )
    if precision < 7:
        return When(None, f"only the millennium of {year}, or less")
    forms = {10: f"{year:04}-{month:02}", 9: f"{year:04}", 8: f"{year // 10:03}X"}
    return _checked(
        forms.get(precision, f"{year // 100:02}XX"), _century(year, precision)
    )


def _day(year: int, month: int, day: int, *, is_julian: bool) -> When:
    written = f"{year:04}-{month:02}-{day:02}"
    if not is_julian:
        return _checked(written)
    remark = f"{written} of the Julian calendar"
    try:
        return When(_gregorian(year, month, day).isoformat(), remark)
    except (ValueError, OverflowError):
        return When(None, remark)


def _checked(text: str, remark: str | None = None) -> When:
    try:
        return When(parse(text).text, remark)
    except DateError:
        return When(None, f"{text}, which is no date")


def _century(year: int, precision: int) -> str | None:
    """Say what is in doubt at the turn of a century: `1900` is the 1900s here,
    1801-1900 there.
    """
    if precision != 7 or year % 100:
        return None
    return f"the century of {year}, which Wikidata's own pages call the {year // 100}th"


def _gregorian(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian date of a Julian one, by the day number of astronomers."""
    before_march = month < 3
    years = year + 4800 - before_march
    months = month + 12 * before_march - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32_083
    return dt.date.fromordinal(number - 1_721_425)
