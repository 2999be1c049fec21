"""The parts of Wikidata's entities in JSON: statements, snaks, and their values.

Statements are given as the API and the dumps have them today: `{"mainsnak": ...,
"qualifiers": {"P580": [snak]}, "references": [...], "rank": ...}`. `modern_statement`
brings those of 2013 into that form.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import filterfalse
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.dates import DateError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

JULIAN = "Q1985786"
_TIME = re.compile(r"([+-]?)0*(\d+)-(\d\d)-(\d\d)(?:T.*)?")
_RANKS = ("deprecated", "normal", "preferred")  # by the numbers of 2013


class StatedTime(NamedTuple):
    """A time as EDTF, None where that has no form here; and what else to say of it."""

    edtf: str | None
    remark: str | None = None


# -- Statements and snaks -----------------------------------------------------


def statements(entity: Mapping[str, Any], property_: str) -> list[dict[str, Any]]:
    """Return all statements of a property, those of deprecated rank too."""
    claims = entity.get("claims") or {}
    if isinstance(claims, dict):
        return list(claims.get(property_) or ())
    return [
        statement
        for statement in map(modern_statement, claims)
        if statement.get("mainsnak", {}).get("property") == property_
    ]


def best_statements(stated: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the preferred statements, or the normal ones where none is preferred."""
    preferred, normal = [], []
    for statement in stated:
        rank = statement.get("rank", "normal")
        if rank == "preferred":
            preferred.append(statement)
        elif rank == "normal":
            normal.append(statement)
    return preferred or normal


def main_values(entity: Mapping[str, Any], property_: str) -> Iterator[Any]:
    """Yield the values of the best statements of a property that did not end."""
    lasting = list(filterfalse(has_ended, statements(entity, property_)))
    for statement in best_statements(lasting):
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
    snaks = statement.get("qualifiers")
    if not isinstance(snaks, dict):
        return []
    return list(snaks.get(property_) or ())


def value_of(snak: Mapping[str, Any] | None) -> Any:
    """Return the value of a snak, None where it is unknown or there is none."""
    if not snak or snak.get("snaktype") != "value":
        return None
    return (snak.get("datavalue") or {}).get("value")


def item_of(value: Any) -> str | None:
    """Return the id of the item that a value names, None where it is no item."""
    if not isinstance(value, dict) or value.get("entity-type", "item") != "item":
        return None
    id_ = value.get("id") or f"Q{value.get('numeric-id')}"
    if re.fullmatch(r"[Qq][1-9]\d{0,11}", id_):
        return id_.upper()
    return None


def text_of(value: Any) -> tuple[str, str | None] | None:
    """Return a text and its language, None for the language of a plain string."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return value["text"], value.get("language")
    return None


def modern_statement(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a statement in today's form; one of 2013 is brought into it.

    `{"m": ["value", 190, type, value], "q": [], ...}` is the form of 2013.
    """
    if "m" not in claim:
        return claim
    rank = claim.get("rank", 1)
    references = claim.get("refs") or ()
    return {
        "id": claim.get("g"),
        "mainsnak": _snak(claim["m"]),
        "rank": _RANKS[rank] if rank in range(3) else "normal",
        "qualifiers": _by_property(claim.get("q") or ()),
        "references": [{"snaks": _by_property(snaks)} for snaks in references],
    }


def _snak(parts: Sequence[Any]) -> dict[str, Any]:
    kind, number, *rest = parts
    snak = {"snaktype": kind, "property": f"P{number}"}
    if len(rest) == 2:
        return {**snak, "datavalue": {"type": rest[0], "value": rest[1]}}
    return snak


def _by_property(snaks: Sequence[Sequence[Any]]) -> dict[str, list[dict[str, Any]]]:
    by_property: dict[str, list[dict[str, Any]]] = {}
    for snak in map(_snak, snaks):
        by_property.setdefault(snak["property"], []).append(snak)
    return by_property


# -- Times --------------------------------------------------------------------


def stated_time(value: Any) -> StatedTime:
    """Return a time at its precision.

    11 and finer is a day, 10 a month, 9 a year, 8 `195X`, 7 `19XX`. Where month or day
    is `00` it is as precise as its digits, whatever it claims. A day of the Julian
    calendar becomes the same day of the Gregorian one, which is EDTF's; what is coarser
    stays as it is written. Before the year 1, and coarser than a century, EDTF as
    citylinks takes it has no form.
    """
    text = value.get("time", "") if isinstance(value, dict) else ""
    match = _TIME.fullmatch(text)
    if not match:
        return StatedTime(None, "a time that cannot be read")
    sign = match[1]
    year, month, day = map(int, match.groups()[1:])
    written = f"{sign.replace('+', '')}{year:04}"
    if sign == "-" or not 1 <= year <= 9999:
        return StatedTime(None, f"the year {written}, which has no form here")
    precision = min(int(value.get("precision", 11)), _finest(month, day))
    if precision == 11:
        is_julian = JULIAN in str(value.get("calendarmodel"))
        return _day(year, month, day, is_julian=is_julian)
    if precision < 7:
        return StatedTime(None, f"only the millennium of {year}, or less")
    forms = {10: f"{year:04}-{month:02}", 9: f"{year:04}", 8: f"{year // 10:03}X"}
    if precision in forms:
        return _checked(forms[precision])
    return _checked(f"{year // 100:02}XX", _doubt_of_century(year))


def _finest(month: int, day: int) -> int:
    """Return the finest precision that the digits of a time allow."""
    if not month:
        return 9
    return 11 if day else 10


def _day(year: int, month: int, day: int, *, is_julian: bool) -> StatedTime:
    written = f"{year:04}-{month:02}-{day:02}"
    if not is_julian:
        return _checked(written)
    remark = f"{written} of the Julian calendar"
    try:
        return StatedTime(_gregorian(year, month, day).isoformat(), remark)
    except (ValueError, OverflowError):
        return StatedTime(None, remark)


def _checked(text: str, remark: str | None = None) -> StatedTime:
    try:
        return StatedTime(parse(text).text, remark)
    except DateError:
        return StatedTime(None, f"{text}, which is not a date")


def _doubt_of_century(year: int) -> str | None:
    """Say what is in doubt: the century of 1900 is the 1900s here, 1801-1900 there."""
    if year % 100:
        return None
    return f"the century of {year}, which Wikidata's own pages call the {year // 100}th"


def _gregorian(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian date of a Julian one, by the day number of astronomers."""
    before_march = month < 3
    years = year + 4800 - before_march
    months = month + 12 * before_march - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32_083
    return dt.date.fromordinal(number - 1_721_425)
