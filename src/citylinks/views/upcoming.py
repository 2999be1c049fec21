"""The phrases that anniversaries and agreements that expire soon share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.model.titles import join_words
from citylinks.views.phrases import NOT_CERTAIN, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.anniversaries import Anniversary
    from citylinks.questions.expiring import Expiry
    from citylinks.questions.results import Subject


SAID = ("cities", "step", "within", "year", "from", "to")  # in words, or in the title
# in words, or in the title


def of_cities(cities: Sequence[Subject]) -> str:
    """Return the cities as they follow a noun: ` of Lyon and Tokyo`."""
    return f" of {join_words([city.name for city in cities])}" if cities else ""


def time_phrase(query: dict[str, Any]) -> str:
    """Return the time that was asked for, in the words of the one who asked."""
    parts = [" or ".join(query.get("year", ()))]
    parts += [
        f"{name} {readable(query[name])}" for name in ("from", "to") if name in query
    ]
    said = " ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def status_facts(one: Anniversary | Expiry) -> Iterator[tuple[str, str]]:
    """Yield what there is to know before anyone is invited."""
    if one.status and one.status != "active":
        yield "status", one.status
    if one.certainty == "possible":
        yield NOT_CERTAIN
