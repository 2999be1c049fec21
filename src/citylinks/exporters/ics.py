"""iCalendar (RFC 5545): an all-day event for each result whose day is known.

No day is invented: what is known only to a month or a year is in no calendar.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vUri

from citylinks.errors import UsageError
from citylinks.model.titles import join_words
from citylinks.model.vocabulary import in_words
from citylinks.questions.anniversaries import Anniversary
from citylinks.text.safe import visible, visible_lines
from citylinks.views.notes import source_lines
from citylinks.views.phrases import human_date, years_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.anniversaries import Anniversaries
    from citylinks.questions.expiring import Expiring, Expiry

PRODUCT = "-//citylinks//citylinks//EN"
MOST_CITIES = 3  # that a summary can hold


def lines(answer: Anniversaries | Expiring) -> Iterator[str]:
    """Yield the calendar, with CRLF and lines of at most 75 octets (section 3.1)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    stamp = _stamp(answer.today)
    for result in answer.results:
        if has_day(result):
            calendar.add_component(_event(result, stamp))
    yield calendar.to_ical().decode()


def without_day(answer: Anniversaries | Expiring) -> list[Anniversary | Expiry]:
    """Return the results that are in no calendar."""
    return [result for result in answer.results if not has_day(result)]


def has_day(result: Anniversary | Expiry) -> bool:
    """Whether a result is known to the day."""
    return result.earliest is not None and result.earliest == result.latest


def _event(result: Anniversary | Expiry, stamp: datetime) -> Event:
    """Return an all-day event; where the date is uncertain, it is tentative."""
    assert result.earliest is not None
    event = Event()
    event.add("uid", _uid(result))
    event.add("dtstamp", stamp)
    event.add("dtstart", date.fromisoformat(result.earliest))
    event.add("summary", visible(f"{_occasion(result)}: {_title(result)}"))
    event.add("description", visible_lines("\n".join(_description(result))))
    status = "CONFIRMED"
    if _is_uncertain(result):
        status = "TENTATIVE"
    event.add("status", status)
    event.add("transp", "TRANSPARENT")  # nobody is busy for it
    for source in result.sources:
        if source.url:
            event.add("url", vUri(source.url))
            break
    return event


def _uid(result: Anniversary | Expiry) -> str:
    """Return the name of an event, the same everywhere and always (section 3.8.4.7)."""
    name = f"{result.record.type}/{result.record.id}/{result.path}"
    if isinstance(result, Anniversary):
        name += f"/{result.years}"
    return f"{name}@citylinks"


def _is_uncertain(result: Anniversary | Expiry) -> bool:
    if isinstance(result, Anniversary):
        return "?" in result.date
    return "?" in result.expires


def _occasion(result: Anniversary | Expiry) -> str:
    if isinstance(result, Anniversary):
        return years_phrase(result.years, is_about=result.is_about)
    if result.past == "certain":
        return "Ran out"
    return "Runs out"


def _city_names(result: Anniversary | Expiry) -> list[str]:
    cities = result.cities if isinstance(result, Anniversary) else result.parties
    return [city.name for city in cities]


def _title(result: Anniversary | Expiry) -> str:
    """Return the title, followed by a few cities where it does not name them."""
    cities = _city_names(result)
    is_named = all(name in result.title for name in cities)
    if is_named or len(cities) > MOST_CITIES:
        return result.title
    return f"{result.title} ({join_words(cities)})"


def _description(result: Anniversary | Expiry) -> Iterator[str]:
    """Yield the facts about an event, line by line, and the sources for them."""
    if isinstance(result, Anniversary):
        yield from _about_anniversary(result)
    else:
        yield _about_expiry(result)
    if _is_uncertain(result):
        yield "The date is uncertain"
    cities = _city_names(result)
    if cities:
        yield f"Cities: {', '.join(cities)}"
    if result.status:
        yield f"Status of the partnership: {result.status}"
    for source in result.sources:
        yield f"Source: {' '.join(source_lines(source))}"
    yield f"Record: {result.record.type}/{result.record.id}"


def _about_anniversary(anniversary: Anniversary) -> Iterator[str]:
    occasion = _occasion(anniversary).capitalize()
    yield f"{occasion}, counted from {human_date(anniversary.original)}"
    if anniversary.note:
        yield anniversary.note


def _about_expiry(expiry: Expiry) -> str:
    kind = in_words(expiry.kind).capitalize()
    if expiry.signed:
        return f"{kind}, signed {human_date(expiry.signed)}"
    return kind


def _stamp(today: str) -> datetime:
    """Return the moment at which the calendar was made.

    It is SOURCE_DATE_EPOCH where that is set, else the day of the question, so that the
    same data makes the same calendar (reproducible-builds.org/specs/source-date-epoch).
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return datetime.fromisoformat(today).replace(tzinfo=UTC)
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is '{given}', not a number of seconds since 1970"
        raise UsageError(message) from None
