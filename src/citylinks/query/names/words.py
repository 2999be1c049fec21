"""The cities in words as people type them: `new york tokyo`, `lyon, yokohama`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citylinks.query.names.lookup import is_name
from citylinks.text.common_words import BEFORE_CITIES, is_common
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# What stands before, between or after cities and names none of them.
BETWEEN = frozenset(
    (
        "&", "+", "-", "–", "—", "/", "x", "->", "=>", "→", "and", "with", "to", "vs",
        "vs.", "versus", "between", "from", "entre", "zwischen",
        "et", "avec", "und", "mit", "y", "con", "e", "ed", "com", "en", "met", "och",
        "i", "и", "と", "及び", "和", "与", "與", "跟", "및", "와", "과",
    )
)  # fmt: skip
# The same in writing without blanks, and what stands between a city and its own.
JOINTS = (
    "と", "及び", "和", "与", "與", "와", "과", "の", "的", "의", "は", "が", "有",
    "什么时候", "何时",
)  # fmt: skip
# What is written at the end or at the beginning of a name, and is no part of it.
ENDINGS = (
    "'s",
    "’s",
    "'",
    "’",
    "과",
    "와",
    "의",
    "은",
    "는",
    "と",
    "の",
    "は",
    "が",
    "的",
)
BEGINNINGS = ("و", "d'", "d’", "l'", "l’")
_BREAKS = re.compile(r"[,;、，；・･&+/→⇄↔|]|[-=]>|(?<=\w)[–—](?=\w)")
_POSSESSIVE = re.compile(r"['’]s(?=[\s.,;:?!]*$)")
_DASHES = "–—"
# A time, which is not broken: 2011/03, 2009–2012.
_TIME = re.compile(r"[0-9０-９]{1,4}[-–—/.~+0-9０-９]*")
MOST_WORDS = 6  # of the name of one city


class Run(NamedTuple):
    """Words that follow each other: they name a city, or they name none."""

    words: tuple[str, ...]
    is_city: bool


def cities_in_words(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Return the names of cities that words are made of, and the words that name none.

    The longest run of words that names a city is one name. Words that name none stay
    together: they are one name that nobody knows. Without any city, all stay as they
    are.
    """
    runs = runs_of_words(connection, words)
    if not any(run.is_city for run in runs):
        return list(words)
    names: list[str] = []
    for run in runs:
        names += [" ".join(run.words)] if run.is_city else _unknown_name(run.words)
    return names


def runs_of_words(connection: sqlite3.Connection, words: Sequence[str]) -> list[Run]:
    """Return words as runs in their order: each city, and what stands between."""
    pieces = _pieces(connection, words)
    runs: list[Run] = []
    unknown: list[str] = []
    while pieces:
        length = _length_of_name(connection, pieces)
        if length == 0 or _is_kind_of_city(unknown, pieces[:length]):
            unknown.append(pieces.pop(0))
            continue
        if unknown:
            runs.append(Run(tuple(unknown), is_city=False))
            unknown.clear()
        runs.append(Run(tuple(pieces[:length]), is_city=True))
        del pieces[:length]
    if unknown:
        runs.append(Run(tuple(unknown), is_city=False))
    return runs


def _is_kind_of_city(before: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a city is called one with a word before it: `sister city of lyon`."""
    if not before or is_common(before[-1]):
        return False
    return any(fold(" ".join(name)).startswith(f"{words} ") for words in BEFORE_CITIES)


def _pieces(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Return the words, broken into smaller ones where they are no cities."""
    pieces: list[str] = []
    for typed in words:
        word = _POSSESSIVE.sub("", typed)
        if is_name(connection, word, ("city",)):
            pieces.append(word)
            continue
        for part in word.split():
            pieces += _pieces_of_word(connection, part)
    return pieces


def _pieces_of_word(connection: sqlite3.Connection, word: str) -> list[str]:
    """Return the parts of a word without blanks; a time has one."""
    if _TIME.fullmatch(word):
        return [word]
    pieces: list[str] = []
    for part in _BREAKS.split(word):
        piece = part.strip(_DASHES)
        if piece.strip("-"):
            pieces += _joined_cities(connection, piece)
    return pieces


def _joined_cities(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return the parts of a text without blanks, such as `東京と横浜` or `lyon's`."""
    for joint in JOINTS:
        first, _, rest = text.partition(joint)
        if rest and is_name(connection, first, ("city",)):
            return [first, *_joined_cities(connection, rest)]
    for ending in ENDINGS:
        name = text.removesuffix(ending)
        if name != text and is_name(connection, name, ("city",)):
            return [name]
    for beginning in BEGINNINGS:
        name = text.removeprefix(beginning)
        if name != text and is_name(connection, name, ("city",)):
            return [name]
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
