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
    """Yield the calendar; lines end with CRLF and are folded at 75 octets (section
    3.1).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    stamp = _stamp(answer.today)
    for one in answer.results:
        if has_day(one):
            calendar.add_component(_event(one, stamp))
    yield calendar.to_ical().decode()


def without_day(answer: Anniversaries | Expiring) -> list[Anniversary | Expiry]:
    """Return the results that are in no calendar."""
    return [one for one in answer.results if not has_day(one)]


def has_day(one: Anniversary | Expiry) -> bool:
    """Whether it is known to the day."""
    return one.earliest is not None and one.earliest == one.latest


def _event(one: Anniversary | Expiry, stamp: datetime) -> Event:
    """Return an all-day event; one whose date is in doubt is tentative."""
    assert one.earliest is not None
    event = Event()
    event.add("uid", _uid(one))
    event.add("dtstamp", stamp)
    event.add("dtstart", date.fromisoformat(one.earliest))
    event.add("summary", visible(f"{_what(one)}: {one.title}{_unnamed(one)}"))
    event.add("description", visible_lines("\n".join(_described(one))))
    event.add("status", "TENTATIVE" if "?" in _dated(one) else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy for it
    urls = [source.url for source in one.sources if source.url]
    if urls:
        event.add("url", vUri(urls[0]))
    return event


def _uid(one: Anniversary | Expiry) -> str:
    """Return what names it on every machine and at every run (section 3.8.4.7)."""
    place = f"{one.record.type}/{one.record.id}/{one.path}"
    years = f"/{one.years}" if isinstance(one, Anniversary) else ""
    return f"{place}{years}@citylinks"


def _dated(one: Anniversary | Expiry) -> str:
    return one.date if isinstance(one, Anniversary) else one.expires


def _what(one: Anniversary | Expiry) -> str:
    if isinstance(one, Anniversary):
        return years_phrase(one.years, is_about=one.is_about)
    return "Ran out" if one.past == "certain" else "Runs out"


def _cities(one: Anniversary | Expiry) -> list[str]:
    cities = one.cities if isinstance(one, Anniversary) else one.parties
    return [city.name for city in cities]


def _unnamed(one: Anniversary | Expiry) -> str:
    """Return the cities as they follow a title that does not name them."""
    cities = _cities(one)
    is_named = all(name in one.title for name in cities)
    return "" if is_named or len(cities) > MOST_CITIES else f" ({join_words(cities)})"


def _described(one: Anniversary | Expiry) -> Iterator[str]:
    """Yield what there is to know of it, and on whose word."""
    if isinstance(one, Anniversary):
        yield f"{_what(one).capitalize()}, counted from {human_date(one.original)}"
        if one.note:
            yield one.note
    else:
        yield in_words(one.kind).capitalize() + (
            f", signed {human_date(one.signed)}" if one.signed else ""
        )
    if "?" in _dated(one):
        yield "The date is uncertain"
    if _cities(one):
        yield f"Cities: {', '.join(_cities(one))}"
    if one.status:
        yield f"Status of the tie: {one.status}"
    for source in one.sources:
        yield f"Source: {' '.join(source_lines(source))}"
    yield f"Record: {one.record.type}/{one.record.id}"


def _stamp(today: str) -> datetime:
    """Return when the calendar was made, as SOURCE_DATE_EPOCH has it, else the day of
    the question.

    So that the same data makes the same calendar
    (reproducible-builds.org/specs/source-date-epoch).
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return datetime.fromisoformat(today).replace(tzinfo=UTC)
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        said = f"SOURCE_DATE_EPOCH is '{given}', not a number of seconds since 1970"
        raise UsageError(said) from None
