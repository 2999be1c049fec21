"""The records that bear a name, and the names of records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.sql import IN
from citylinks.text.normalize import AFTER_ALL, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

IN_TYPES = "IN (SELECT value FROM json_each(:types))"
Key = tuple[str, str]  # the type and the id of a record
LONGEST_SHOWN = 100  # characters of a name in a message


def matching_records(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the records that bear a name: several where it is ambiguous."""
    wanted, name = split_type(text, types)
    return (
        by_id(connection, name, wanted)
        or _by_cut_text(connection, name, wanted)
        or by_label(connection, name, wanted)
        or _by_identifier(connection, name, wanted)
        or _called_a_city(connection, name, wanted)
    )


def has_comma(text: str) -> bool:
    """Whether a text may be several names with commas between them."""
    return any(comma in text for comma in ",;、，")


def is_name(
    connection: sqlite3.Connection, text: str, types: Sequence[str] = RECORD_TYPES
) -> bool:
    """Whether a text names a record of these types, or several of them."""
    _, name = split_type(text, types)
    return bool(name.strip() and matching_records(connection, text, types))


def split_type(text: str, types: Sequence[str]) -> tuple[Sequence[str], str]:
    """Return the types that a text may mean, and its name; `city/lyon` has one type."""
    text = text.encode(errors="replace").decode()
    type_, slash, rest = text.partition("/")
    if slash and type_ in types:
        return (type_,), rest
    return types, text


def by_id(connection: sqlite3.Connection, text: str, types: Sequence[str]) -> list[Key]:
    """Return the records of these types with this id."""
    sql = f"SELECT type, id FROM record WHERE id = ? AND type {IN}"
    return _keys(connection.execute(sql, (text, json.dumps(types))))


def by_label(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the records of these types with this name, case and accents set aside."""
    sql = (
        "SELECT DISTINCT r.type, r.id FROM label l JOIN record r ON r.no = l.record"
        f" WHERE l.folded = ? AND r.type {IN} ORDER BY r.type, r.id"
    )
    return _keys(connection.execute(sql, (fold(text), json.dumps(types))))


def _by_identifier(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the cities with an id of Wikidata or GeoNames, which have an index."""
    written = text.strip().upper()
    key = "wikidata" if written.startswith("Q") else "geonames"
    if "city" not in types or not written.removeprefix("Q").isdecimal():
        return []
    sql = (
        "SELECT type, id FROM record"
        f" WHERE type = 'city' AND json_extract(body, '$.{key}') = ? ORDER BY id"
    )
    return _keys(connection.execute(sql, (written,)))


def _by_cut_text(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the records with an id or name that a table has cut: `yokohama-san-…`."""
    cut = text.strip()
    beginning = cut.removesuffix("…").removesuffix("...").rstrip()
    name = fold(beginning)
    if beginning == cut or not name:
        return []
    sql = (
        "SELECT r.type, r.id FROM record r"
        f" WHERE r.id >= :id AND r.id < :id || :end AND r.type {IN_TYPES}"
        " UNION SELECT r.type, r.id FROM label l JOIN record r ON r.no = l.record"
        f" WHERE l.folded >= :name AND l.folded < :name || :end AND r.type {IN_TYPES}"
        " ORDER BY 1, 2"
    )
    values = {"id": beginning, "name": name, "end": AFTER_ALL}
    return _keys(connection.execute(sql, {**values, "types": json.dumps(types)}))


def _called_a_city(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the cities of a name with the word city: `Ville de Lyon`, `横浜市`."""
    if "city" not in types:
        return []
    from citylinks.text.common_words import without_city

    name = without_city(text)
    return by_label(connection, name, ("city",)) if name else []


def _keys(rows: Iterable[sqlite3.Row]) -> list[Key]:
    return [(row["type"], row["id"]) for row in rows]


def noun_of(types: Sequence[str]) -> str:
    """Return the noun for records of these types."""
    if len(types) < 3:
        return " or ".join(types)
    return "record"


def name_of(connection: sqlite3.Connection, key: Key) -> str:
    """Return the name of a record; of one without, its id."""
    return name_and_country(connection, key)[0]


def name_with_country(connection: sqlite3.Connection, key: Key) -> str:
    """Return the name of a city with its country: `Lyon (France)`."""
    name, country = name_and_country(connection, key)
    return f"{name} ({country})" if country else name


def name_and_country(connection: sqlite3.Connection, key: Key) -> tuple[str, str]:
    """Return the name of a record, or else its id, and the name of its country."""
    from citylinks.geo.countries import get_country

    sql = "SELECT name, country FROM record WHERE type = ? AND id = ?"
    row = connection.execute(sql, key).fetchone()
    country = get_country(row["country"] or "")
    return row["name"] or key[1], country.name if country else ""
