"""The words of a command line without a command: what they name, or are like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import CitylinksError, ElsewhereError
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.names.lookup import is_name
from citylinks.query.names.similar import similar_names
from citylinks.questions.requests import Request, read_request
from citylinks.questions.search import SearchQuery, search

if TYPE_CHECKING:
    import sqlite3

    from citylinks.questions.session import Session

MARKS = "?!:;,¿¡？！"  # beside a city in a question
LEAST_ALIKE = 0.7  # of a city or theme that is suggested beside commands
NO_THEMES = tuple(type_ for type_ in RECORD_TYPES if type_ != "theme")


class FirstWordsQuery(NamedTuple):
    """The words in their order."""

    words: Sequence[str]


class FirstWords(NamedTuple):
    """What words name.

    `cities` are the cities among them, by name, and `others` the names that stand for
    none; `request` is what these ask for, and `unknown` the message on the first that
    asks for nothing. `is_record` says that all of them together name another record,
    which is no theme. `theme` is a theme by id, and `similar_city` a city by name, that
    the others are like. `is_in_texts` says that a text has all that was typed.
    """

    cities: tuple[str, ...]
    others: tuple[str, ...] = ()
    unknown: str = ""
    is_record: bool = False
    theme: str | None = None
    similar_city: str | None = None
    request: Request = Request()
    is_in_texts: bool = False


def read_first_words(session: Session, query: FirstWordsQuery) -> FirstWords:
    """Return the cities and the theme that the words name, or are like."""
    index = session.index
    runs = session.runs_of(query.words)
    cities = tuple(" ".join(run.words).strip(MARKS) for run in runs if run.is_city)
    others = tuple(_other_names(session, query.words))
    if cities and not others:
        return FirstWords(cities)
    if is_name(index, " ".join(query.words), NO_THEMES):
        return FirstWords((), tuple(query.words), is_record=True)
    as_printed = _cities_as_printed(session, query.words)
    if as_printed:
        return FirstWords(as_printed)
    request = read_request(session, [run.words for run in runs if not run.is_city])
    together = " ".join(others)
    unknown = together
    if cities or request.is_anything:
        unknown = " ".join(request.unknown)
    elif all(_similar(index, word, "city") for word in query.words):
        unknown = query.words[0]  # each is a city that was mistyped
    return FirstWords(
        cities,
        others,
        unknown=_refusal(session, unknown or others[0]),
        theme=_similar(index, together, "theme"),
        similar_city=_similar(index, together, "city"),
        request=request,
        is_in_texts=bool(request.unknown) and _is_in_texts(session, query.words),
    )


def _other_names(session: Session, words: Sequence[str]) -> list[str]:
    """Return the names that are no cities; where none is a city, all words as one."""
    names = session.cities_in(words)
    others = [name for name in names if not is_name(session.index, name, ("city",))]
    return others if len(others) < len(names) else [" ".join(words)]


def _cities_as_printed(session: Session, words: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of cities written with their countries: `Lyon (France)`.

    A city that lies elsewhere is an error.
    """
    try:
        return session.city_ids(words)
    except ElsewhereError:
        raise
    except CitylinksError:  # these words may still mean something else
        return ()


def _is_in_texts(session: Session, words: Sequence[str]) -> bool:
    """Whether a search finds these words as they are."""
    try:
        return search(session, SearchQuery(" ".join(words), limit=1)).is_literal
    except CitylinksError:  # the words are told to be unknown without this hint
        return False


def _refusal(session: Session, name: str) -> str:
    """Return the message on a name that no city has."""
    try:
        session.key(name, "city")
    except CitylinksError as error:
        return str(error)
    return ""


def _similar(index: sqlite3.Connection, text: str, type_: str) -> str | None:
    """Return the id of the record of that type whose name is most like a text."""
    for name in similar_names(index, text, (type_,), count=1):
        if name.likeness >= LEAST_ALIKE:
            sql = "SELECT id FROM record WHERE no = ?"
            id_: str = index.execute(sql, (name.no,)).fetchone()["id"]
            return id_
    return None
