"""What lies ahead as a page: round birthdays, and agreements that run out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.model.titles import join_words
from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import Heading, Notes, Story, TimelineBlock, Title
from citylinks.views.chronology import age
from citylinks.views.phrases import (
    NOT_CERTAIN,
    filter_phrases,
    human,
    names,
    once,
    readable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.anniversaries import Anniversaries, Anniversary
    from citylinks.questions.expiring import Expiring, Expiry
    from citylinks.questions.results import Subject
    from citylinks.views.blocks import Block

OVER = "Past their end, with no renewal known"
TO_COME = "Running out"
_SAID = ("cities", "step", "within", "year", "from", "to")  # in words, or in the title


def anniversaries(answer: Anniversaries) -> Iterator[Block]:
    """Yield the birthdays in order."""
    notes = Notes()
    step = answer.query["step"]
    every = "every year" if step == 1 else f"every {step} years"
    yield Title(
        f"Anniversaries{_of(answer.subjects)}",
        (f"{_time(answer.query)}, {every}", *filter_phrases(answer.query, _SAID)),
    )
    if answer.results:
        yield Story(tuple(_birthday(one, notes) for one in answer.results))
    yield from notes.blocks()


def expiring(answer: Expiring) -> Iterator[Block]:
    """Yield the agreements in order, those that are over first."""
    notes = Notes()
    yield Title(
        f"Agreements{_of(answer.subjects)} that run out",
        (_time(answer.query), *filter_phrases(answer.query, _SAID)),
    )
    over = [one for one in answer.results if one.certainty is None]
    to_come = [one for one in answer.results if one.certainty]
    for heading, found in ((OVER, over), (TO_COME, to_come)):
        if over and found:
            yield Heading(heading)
        if found:
            yield Story(tuple(_end(one, notes) for one in found))
    yield from notes.blocks()


def _of(cities: Sequence[Subject]) -> str:
    return f" of {join_words([city.name for city in cities])}" if cities else ""


def _time(query: dict[str, Any]) -> str:
    """Return the time that was asked for, in the words of the one who asked."""
    parts = [" or ".join(query.get("year", ()))]
    parts += [
        f"{name} {readable(query[name])}" for name in ("from", "to") if name in query
    ]
    said = " ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def _birthday(one: Anniversary, notes: Notes) -> TimelineBlock:
    return TimelineBlock(
        when=human(one.date),
        kind=age(one.years, is_about=one.is_about),
        title=one.title,
        marks=notes.marks(one.sources),
        parties=tuple(_company(one)),
        facts=tuple(_facts_of_birthday(one)),
        sign=one.kind,
    )


def _company(one: Anniversary) -> Iterator[tuple[str, str]]:
    """Yield where it was and who took part, but those whom the title names."""
    place = [city for city in one.cities if city.role == "place"]
    others = [city.name for city in one.cities if city not in place]
    if place:
        yield "in", names(place)
    if not all(name in one.title for name in others):
        yield "cities", join_words(others)


def _facts_of_birthday(one: Anniversary) -> Iterator[tuple[str, str]]:
    yield "counted from", human(one.original)
    if one.note:
        yield "note", one.note
    yield from _standing(one)


def _end(one: Expiry, notes: Notes) -> TimelineBlock:
    return TimelineBlock(
        when=once(one.expires),
        kind="ran out" if one.past == "certain" else "runs out",
        title=one.title,
        marks=notes.marks(one.sources),
        facts=tuple(_facts_of_end(one)),
        sign="expiry",
    )


def _facts_of_end(one: Expiry) -> Iterator[tuple[str, str]]:
    if not all(city.name in one.title for city in one.parties):
        yield "parties", join_words([city.name for city in one.parties])
    yield "kind", in_words(one.kind)
    if one.signed:
        yield "signed", human(one.signed)
    if one.past == "possible":
        yield "past", "perhaps already"
    if one.renewed:
        yield "renewed", "perhaps: the dates do not tell whether a renewal came later"
    yield from _standing(one)
    if one.themes:
        yield "themes", names(one.themes)


def _standing(one: Anniversary | Expiry) -> Iterator[tuple[str, str]]:
    """Yield what there is to know before anyone is invited."""
    if one.status and one.status != "active":
        yield "status", one.status
    if one.certainty == "possible":
        yield NOT_CERTAIN
