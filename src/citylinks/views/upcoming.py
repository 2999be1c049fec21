"""The phrases that anniversaries and agreements that expire soon share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from citylinks.dates import span_in_words
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
        parts.append(join_words([span_in_words(text) for text in query["year"]], "or"))
    if "from" in query:
        parts.append(f"from {human_value(query['from'])}")
    if "to" in query:
        parts.append(f"to {human_value(query['to'])}")
    return capitalized(" ".join(parts))


def period_phrase(first: str, last: str) -> str:
    """Return a time from today on, from day to day: `in the next 12 months`."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    is_whole = end.day == start.day or (end.day < start.day and _is_month_end(end))
    if not months or not is_whole:
        return f"in the next {number_of((end - start).days, 'day')}"
    if months > 12 and months % 12 == 0:
        return f"in the next {number_of(months // 12, 'year')}"
    if months == 1:
        return "in the next month"
    return f"in the next {number_of(months, 'month')}"


def _is_month_end(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def status_facts(result: Anniversary | Expiry) -> Iterator[tuple[str, str]]:
    """Yield the status of a partnership unless it is active, and a date in doubt."""
    if result.status and result.status != "active":
        yield "status", result.status
    if result.certainty == "possible":
        yield NOT_CERTAIN
