"""The phrases that chains between cities and what they have in common share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.views.phrases import (
    as_of_phrase,
    filter_phrases,
    located_names,
    names_all,
    older_phrase,
    partnership_phrase,
    possible_mark,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.common import Common
    from citylinks.questions.connections import Link
    from citylinks.questions.path import Chains
    from citylinks.questions.results import Subject
    from citylinks.views.notes import Notes

# Options that are no filters, or that the page states otherwise.
_NOT_FILTERS = frozenset(("subjects", "as-of", "all", "limit", "max", "networks"))


def subjects_phrase(subjects: Sequence[Subject]) -> str:
    """Return the cities with their countries: `Lyon (France) – Cebu (Philippines)`."""
    return " – ".join(located_names(subjects))


def query_phrases(answer: Chains | Common) -> Iterator[str]:
    """Yield the time that was asked for, and the filters of the answer."""
    if "as-of" in answer.query:
        yield f"{as_of_phrase(answer.query['as-of'])}: only what was in force then"
    yield from filter_phrases(answer, _NOT_FILTERS)


def link_phrase(link: Link, cities: Sequence[str], notes: Notes) -> str:
    """Return a partnership with its dates and the marks of its sources.

    Its name comes first where that says more than the names of the cities.
    """
    start, end = link.since or link.date, link.until or link.end
    phrase = in_line(partnership_phrase(link.kind, start, end, link.status))
    if not names_all(link.name, cities):
        phrase = f"{link.name}, {phrase}"
    phrase += older_phrase(link.since, link.date) + possible_mark(link.certainty)
    return f"{phrase} {notes.marks(link.sources)}".rstrip()


def in_line(sentence: str) -> str:
    """Return a sentence as it stands within a line: with a small first letter."""
    return f"{sentence[:1].lower()}{sentence[1:]}"
