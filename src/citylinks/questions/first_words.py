"""The words of a command line without a command: what they name, or are like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import CitylinksError, ElsewhereError
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.names.lookup import is_name
from citylinks.query.names.similar import similar_names

if TYPE_CHECKING:
    import sqlite3

    from citylinks.questions.session import Session

LEAST_ALIKE = 0.7  # of a city or theme that is suggested beside commands
NO_THEMES = tuple(type_ for type_ in RECORD_TYPES if type_ != "theme")


class FirstWordsQuery(NamedTuple):
    """The words in their order."""

    words: Sequence[str]


class FirstWords(NamedTuple):
    """What words name.

    `cities` are the cities among them, by name, and `others` the names that stand for
    none; `unknown` is the message on the first of these. `is_record` says that all of
    them together name another record, which is no theme. `theme` is a theme by id, and
    `similar_city` a city by name, that the others name or are like.
    """

    cities: tuple[str, ...]
    others: tuple[str, ...] = ()
    unknown: str = ""
    is_record: bool = False
    theme: str | None = None
    is_theme: bool = False
    similar_city: str | None = None


def read_first_words(session: Session, query: FirstWordsQuery) -> FirstWords:
    """Return the cities and the theme that the words name, or are like."""
    index = session.index
    cities: list[str] = []
    others: list[str] = []
    for name in session.cities_in(query.words):
        group = cities if is_name(index, name, ("city",)) else others
        group.append(name)
    if not others:
        return FirstWords(tuple(cities))
    if is_name(index, " ".join(query.words), NO_THEMES):
        return FirstWords((), tuple(query.words), is_record=True)
    as_printed = _cities_as_printed(session, query.words)
    if as_printed:
        return FirstWords(as_printed)
    if not cities:
        others = [" ".join(query.words)]
    together = " ".join(others)
    is_theme = is_name(index, together, ("theme",))
    return FirstWords(
        tuple(cities),
        tuple(others),
        unknown=_refusal(session, others[0]),
        theme=_similar(index, together, "theme"),
        is_theme=is_theme,
        similar_city=_similar(index, together, "city"),
    )


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
