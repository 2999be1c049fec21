"""The phrases that chains between cities and what they have in common share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.phrases import (
    as_of_phrase,
    begun_before,
    described,
    filter_phrases,
    location_phrase,
    possible,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.common import Common
    from citylinks.questions.path import Chains
    from citylinks.questions.results import Link, Subject
    from citylinks.views.blocks import Notes


# What of a question is no filter, and is told otherwise than as what it is narrowed to.
_NOT_FILTERS = frozenset(("subjects", "as-of", "all", "limit", "max", "networks"))


def subjects_phrase(subjects: Sequence[Subject]) -> str:
    """Return the cities with their countries: `Lyon (France) – Cebu (Philippines)`."""
    return " – ".join(
        location_phrase(subject.name, subject.country) for subject in subjects
    )


def query_phrases(answer: Chains | Common) -> Iterator[str]:
    """Yield the time that was asked for, and what narrows the answer."""
    if "as-of" in answer.query:
        yield f"{as_of_phrase(answer.query['as-of'])}: what held then"
    yield from filter_phrases(answer.query, _NOT_FILTERS)


def link_phrase(link: Link, cities: Sequence[str], notes: Notes) -> str:
    """Return what a tie is and since when, after its name where that says more than its
    cities.
    """
    began, ended = link.since or link.date, link.until or link.end
    said = in_line(described(link.kind, began, ended, link.status))
    said += begun_before(link.since, link.date)
    name = "" if all(city in link.name for city in cities) else f"{link.name}, "
    return (
        f"{name}{said}{possible(link.certainty)} {notes.marks(link.sources)}".rstrip()
    )


def in_line(said: str) -> str:
    """Return a sentence as it stands within a line."""
    return f"{said[:1].lower()}{said[1:]}"
