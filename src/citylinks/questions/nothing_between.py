"""Why a timeline of several cities is empty: the filters, or no partnership at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from citylinks.model.titles import join_words
from citylinks.questions.path import PathQuery, path
from citylinks.questions.timeline import TimelineQuery, timeline
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from citylinks.questions.path import Chains
    from citylinks.questions.session import Session
    from citylinks.questions.timeline import Timeline


class NothingQuery(NamedTuple):
    """The ids of the cities between which nothing was found."""

    cities: Sequence[str]


class Nothing(NamedTuple):
    """Why nothing matched, and what to ask instead."""

    reason: str


def why_nothing(session: Session, query: NothingQuery) -> Nothing:
    """Return why a timeline between cities is empty, and what to ask instead."""
    ids = list(query.cities)
    whole = timeline(session, TimelineQuery(ids))
    command = f"citylinks timeline {' '.join(ids)}"
    if whole.results or whole.ties:
        entries = number_of(len(whole.results), "entry", "entries")
        return Nothing(
            f"nothing matched these filters; without them {entries}: {command}"
        )
    names = [subject.name for subject in whole.subjects]
    none = _no_partnership(names) + _networks(whole)
    return Nothing(none + _connection(session, ids))


def _no_partnership(names: list[str]) -> str:
    if len(names) == 2:
        return f"{join_words(names)} have no partnership on record"
    return f"no two of {join_words(names)} have a partnership on record"


def _networks(answer: Timeline) -> str:
    """Return the networks that the cities share, as a part of a sentence."""
    if not answer.networks:
        return ""
    return f", but share {join_words([row.name for row in answer.networks])}"


def _connection(session: Session, ids: list[str]) -> str:
    """Return the cities through which two are connected, with the command."""
    if len(ids) != 2:
        return ""
    answer = path(session, PathQuery(ids))
    if not answer.results:
        return "; they are not connected through other cities either"
    command = f"citylinks path {' '.join(ids)}"
    return f"; they are connected through {_through(answer)}: {command}"


def _through(answer: Chains) -> str:
    chain = answer.results[0]
    return join_words([city.name for city in chain.cities[1:-1]])
