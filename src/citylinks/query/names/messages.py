"""The messages for a name that no record bears, or that several bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.names.lookup import (
    LONGEST_SHOWN,
    Key,
    by_id,
    by_label,
    name_and_country,
    name_with_country,
    noun_of,
    split_type,
)
from citylinks.query.names.similar import (
    GUESSES,
    names_in_word,
    similar_ids,
    similar_names,
)
from citylinks.text.normalize import fold
from citylinks.text.safe import number_of, shortened, with_article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

SHOWN = 10  # of the records that bear one name


def unknown_name(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> str:
    """Return the message for a name that no record bears."""
    types, text = split_type(text, types)
    noun = noun_of(types)
    other = by_id(connection, text, RECORD_TYPES) or by_label(
        connection, text, RECORD_TYPES
    )
    if other:
        type_, _ = other[0]
        hint = _hint_at_option(other[0])
        return f"'{text}' is {with_article(type_)}, not {with_article(noun)}{hint}"
    if "city" in types:
        around = _places_around(connection, text)
        if around:
            return _lies_within(connection, around)
    alike = similar_names(connection, text, types, count=GUESSES) or similar_ids(
        connection, text, types
    )
    if alike:
        meant = dict.fromkeys(f"'{name.text}'" for name in alike[:GUESSES])
        unknown = _no_record(shortened(text, LONGEST_SHOWN), noun, types)
        return f"{unknown}; did you mean {' or '.join(meant)}?"
    if list(types) == ["theme"]:
        return _unknown_theme(connection, text)
    if "city" not in types or not text[:1].isalpha():
        return f"there is no {noun} '{shortened(text, LONGEST_SHOWN)}'"
    (number,) = connection.execute(
        "SELECT count(*) FROM record WHERE type = 'city'"
    ).fetchone()
    cities = number_of(number, "city", "cities")
    text = shortened(text, LONGEST_SHOWN)
    unknown = _no_record(_capitalized(text), noun, types)
    return f"{unknown}; the data covers {cities} (citylinks list cities)"


def _unknown_theme(connection: sqlite3.Connection, text: str) -> str:
    """Return the message for no theme, with one that goes by a part of the word."""
    unknown = _no_record(shortened(text, LONGEST_SHOWN), "theme", ("theme",))
    names = names_in_word(connection, text, "theme")
    if not names:
        return unknown
    meant = names[0].text
    (theme,) = connection.execute(
        "SELECT name FROM record WHERE no = ?", (names[0].no,)
    ).fetchone()
    if meant == theme:
        return f"{unknown}; did you mean '{theme}'?"
    return f"{unknown}; did you mean '{meant}' ({theme})?"


def _no_record(text: str, noun: str, types: Sequence[str]) -> str:
    """Return the beginning of a message: a city is named as in a sentence."""
    if "city" in types and text[:1].isalpha():
        return f"no record of {text}"
    return f"there is no {noun} '{text}'"


def _capitalized(text: str) -> str:
    """Return a text with a capital where it is one word that is known as a name."""
    if not (text.isalpha() and text.islower()):
        return text
    from citylinks.geo.subdivisions import is_any_subdivision

    return text.capitalize() if is_any_subdivision(text) else text


def _places_around(connection: sqlite3.Connection, text: str) -> list[tuple[str, Key]]:
    """Return the place of that name in each record that names it among its places."""
    folded = fold(text)
    rows = connection.execute(
        "SELECT r.type, r.id, json_extract(p.value, '$.name') AS place"
        " FROM record r, json_each(r.body, '$.places') p"
        " WHERE r.type = 'city' AND r.body LIKE '%\"places\"%' ORDER BY r.id"
    )
    return [
        (row["place"], (row["type"], row["id"]))
        for row in rows
        if fold(row["place"]) == folded
    ]


def _lies_within(
    connection: sqlite3.Connection, around: Sequence[tuple[str, Key]]
) -> str:
    """Return the message for a place that only lies within those with a record."""
    place, _ = around[0]
    within = [key for _, key in around]
    called = " and ".join(name_with_country(connection, key) for key in within)
    ids = " or ".join(id_ for _, id_ in within)
    return f"no record of {place}; it lies in {called}, which has one: try {ids}"


def _hint_at_option(key: Key) -> str:
    """Return the hint at an option for a record that is no subject."""
    type_, id_ = key
    if type_ not in {"organization", "theme"}:
        return ""
    return f"; ask with --{type_} {id_}"


def ambiguous_name(
    connection: sqlite3.Connection, text: str, matches: Sequence[Key]
) -> str:
    """Return the message for a name that several records bear, with the first ten."""
    several_types = len({type_ for type_, _ in matches}) > 1
    first = matches[:SHOWN]
    shown = [_candidate(connection, key, several_types) for key in first]
    if len(matches) > SHOWN:
        listed, more = ", ".join(shown), len(matches) - SHOWN
        return (
            f"'{text}' may be {listed} or {more} more; give the id of the one you mean"
        )
    return f"'{text}' may be {', or '.join(shown)}; give the id of the one you mean"


def _candidate(connection: sqlite3.Connection, key: Key, with_type: bool) -> str:
    name, country = name_and_country(connection, key)
    if country:
        name = f"{name}, {country}"
    shown = "/".join(key) if with_type else key[1]
    return f"{shown} ({name})"
