"""Names as people type them -> the records that bear them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citylinks import countries
from citylinks.errors import AmbiguousError, NotFoundError
from citylinks.folding import fold, nearest
from citylinks.vocabulary import RECORD_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Key = tuple[str, str]


def resolve(connection: sqlite3.Connection, text: str, types: Sequence[str] = RECORD_TYPES) -> Key:
    """Return the type and id of the record that `text` names.

    By id first, as it is written; else by any name or alias, case and accents set aside.
    `city/lyon` names the type too. `AmbiguousError` lists the candidates and `NotFoundError`
    the likeliest.
    """
    wanted, name = _typed(text, types)
    found = _by_id(connection, name, wanted) or _by_label(connection, name, wanted)
    if not found:
        raise NotFoundError(_unknown(connection, name, wanted))
    if len(found) > 1:
        raise AmbiguousError(_ambiguous(connection, text, found))
    return found[0]


def _typed(text: str, types: Sequence[str]) -> tuple[Sequence[str], str]:
    type_, slash, rest = text.partition("/")
    return ((type_,), rest) if slash and type_ in types else (types, text)


def _by_id(connection: sqlite3.Connection, text: str, types: Sequence[str]) -> list[Key]:
    sql = "SELECT type, id FROM record WHERE id = ? AND type IN (SELECT value FROM json_each(?))"
    return [(row["type"], row["id"]) for row in connection.execute(sql, (text, json.dumps(types)))]


def _by_label(connection: sqlite3.Connection, text: str, types: Sequence[str]) -> list[Key]:
    sql = (
        "SELECT DISTINCT r.type, r.id FROM label l JOIN record r ON r.no = l.record"
        " WHERE l.folded = ? AND r.type IN (SELECT value FROM json_each(?)) ORDER BY r.type, r.id"
    )
    rows = connection.execute(sql, (fold(text), json.dumps(types)))
    return [(row["type"], row["id"]) for row in rows]


def _unknown(connection: sqlite3.Connection, text: str, types: Sequence[str]) -> str:
    noun = types[0] if len(types) == 1 else "record"
    if len(types) == 2:
        noun = " or ".join(types)
    other = _by_id(connection, text, RECORD_TYPES) or _by_label(connection, text, RECORD_TYPES)
    if other:
        is_what = f"'{text}' is {_with_article(other[0][0])}"
        return f"{is_what}, not {_with_article(noun)}{_option(other[0])}"
    sql = (
        "SELECT DISTINCT l.text FROM label l JOIN record r ON r.no = l.record"
        " WHERE r.type IN (SELECT value FROM json_each(?))"
    )
    known = [row["text"] for row in connection.execute(sql, (json.dumps(types),))]
    meant = nearest(text, known, count=3)
    hint = "; did you mean " + " or ".join(f"'{name}'" for name in meant) + "?" if meant else ""
    return f"there is no {noun} '{text}'{hint}"


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _option(key: Key) -> str:
    """Return how a record of this type can be asked for where it is no subject."""
    type_, id_ = key
    return f"; ask with --{type_} {id_}" if type_ in {"organization", "theme"} else ""


def _ambiguous(connection: sqlite3.Connection, text: str, found: Sequence[Key]) -> str:
    several_types = len({type_ for type_, _ in found}) > 1
    candidates = [_candidate(connection, key, with_type=several_types) for key in found]
    return f"'{text}' may be {', or '.join(candidates)}; say which by its id"


def _candidate(connection: sqlite3.Connection, key: Key, *, with_type: bool) -> str:
    sql = "SELECT name, country FROM record WHERE type = ? AND id = ?"
    row = connection.execute(sql, key).fetchone()
    country = countries.get(row["country"] or "")
    place = f", {country.name}" if country else ""
    shown = "/".join(key) if with_type else key[1]
    return f"{shown} ({row['name'] or key[1]}{place})"
