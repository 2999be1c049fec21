"""The phrases that anniversaries and agreements that expire soon share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.model.titles import join_words
from citylinks.text.safe import number_of
from citylinks.views.phrases import NOT_CERTAIN, capitalized, human_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.anniversaries import Anniversary
    from citylinks.questions.expiring import Expiry
    from citylinks.questions.results import Subject

# Options that the title states, or the line about the time.
NOT_FILTERS = frozenset(("cities", "step", "events", "within", "year", "from", "to"))


def cities_after_noun(cities: Sequence[Subject]) -> str:
    """Return the cities as they follow a noun: ` of Lyon and Tokyo`."""
    if not cities:
        return ""
    return f" of {join_words([city.name for city in cities])}"


def time_phrase(query: dict[str, Any]) -> str:
    """Return the time that was asked for: `From 1 Jan 2027 to 1 Jan 2028`."""
    parts = []
    if query.get("year"):
        parts.append(" or ".join(query["year"]))
    if "from" in query:
        parts.append(f"from {human_value(query['from'])}")
    if "to" in query:
        parts.append(f"to {human_value(query['to'])}")
    return capitalized(" ".join(parts))


_UNITS = {"d": "day", "m": "month", "y": "year"}


def period_phrase(within: str) -> str:
    """Return a period from today on: `in the next 12 months`."""
    number, unit = within.strip()[:-1].strip(), within.strip()[-1:].lower()
    if not number.isdecimal() or unit not in _UNITS:
        return f"in the next {within}"
    if int(number) == 1:
        return f"in the next {_UNITS[unit]}"
    return f"in the next {number_of(int(number), _UNITS[unit])}"


def status_facts(result: Anniversary | Expiry) -> Iterator[tuple[str, str]]:
    """Yield the status of a partnership unless it is active, and a date in doubt."""
    if result.status and result.status != "active":
        yield "status", result.status
    if result.certainty == "possible":
        yield NOT_CERTAIN
