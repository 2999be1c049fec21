"""The cities in words as people type them: `new york tokyo`, `lyon, yokohama`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citylinks.query.names.lookup import is_name
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# What stands before, between or after cities and names none of them.
BETWEEN = frozenset(
    (
        "&", "+", "-", "–", "—", "/", "x", "and", "with", "to", "vs", "vs.", "versus",
        "between", "entre", "zwischen",
        "et", "avec", "und", "mit", "y", "con", "e", "ed", "com", "en", "met", "och",
        "i", "и", "と", "及び", "和", "与", "與", "跟", "및", "와", "과",
    )
)  # fmt: skip
# The same in writing without blanks.
JOINTS = ("と", "及び", "和", "与", "與", "와", "과")
_BREAKS = re.compile(r"[,;、，；・･&+/]|(?<=\s)[-–—](?=\s)|\s+|(?<=\w)\s?[–—]\s?(?=\w)")
MOST_WORDS = 6  # of the name of one city


def cities_in_words(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Return the names of cities that words are made of, and the words that name none.

    The longest run of words that names a city is one name. Words that name none stay
    together: they are one name that nobody knows. Without any city, all stay as they
    are.
    """
    pieces = _pieces(connection, words)
    names: list[str] = []
    unknown: list[str] = []
    is_any_known = False
    while pieces:
        length = _length_of_name(connection, pieces)
        if length == 0:
            unknown.append(pieces.pop(0))
            continue
        is_any_known = True
        names += [*_unknown_name(unknown), " ".join(pieces[:length])]
        del pieces[:length]
        unknown.clear()
    if not is_any_known:
        return list(words)
    return names + _unknown_name(unknown)


def _pieces(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Return the words, broken into smaller ones where they are no cities."""
    pieces: list[str] = []
    for word in words:
        if is_name(connection, word, ("city",)):
            pieces.append(word)
            continue
        for piece in filter(None, _BREAKS.split(word)):
            pieces += _joined_cities(connection, piece)
    return pieces


def _joined_cities(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return the parts of a text without blanks, such as `東京と横浜`."""
    for joint in JOINTS:
        first, _, rest = text.partition(joint)
        if rest and is_name(connection, first, ("city",)):
            return [first, *_joined_cities(connection, rest)]
    return [text]


def _length_of_name(connection: sqlite3.Connection, pieces: Sequence[str]) -> int:
    """Return the number of the first pieces that name a city together, at most."""
    for length in range(min(MOST_WORDS, len(pieces)), 0, -1):
        if is_name(connection, " ".join(pieces[:length]), ("city",)):
            return length
    return 0


def _unknown_name(words: Sequence[str]) -> list[str]:
    """Return the words as one name, without those that only stand between names."""
    naming = [
        word for word in words if fold(word) not in BETWEEN and word not in BETWEEN
    ]
    return [" ".join(naming)] if naming else []
