"""Names as people type them -> the records that bear them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from citylinks import countries
from citylinks.errors import AmbiguousError, NotFoundError
from citylinks.folding import fold, similarity, trigrams
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
    meant = [one.text for one in similar(connection, text, types, count=3)]
    hint = "; did you mean " + " or ".join(f"'{name}'" for name in meant) + "?" if meant else ""
    return f"there is no {noun} '{text}'{hint}"


class Similar(NamedTuple):
    """A name that is like what was typed, the record that bears it, and how alike it is."""

    no: int
    text: str
    likeness: float


ALIKE = 0.6  # the least likeness that is worth a guess
CANDIDATES = 60


def similar(
    connection: sqlite3.Connection, text: str, types: Sequence[str], count: int
) -> list[Similar]:
    """Return the names most like a mistyped one, each record once, the likeliest first.

    The names that share most trigrams with it are compared letter by letter.
    """
    typed = fold(text)[:60]
    wanted = " OR ".join(f'"{part}"' for part in trigrams(typed.replace('"', "").replace("\0", "")))
    rows = connection.execute(
        "SELECT l.record, l.text, l.folded, l.reason FROM trigrams t"
        " JOIN label l ON l.no = t.rowid JOIN record r ON r.no = l.record WHERE trigrams MATCH ?"
        " AND r.type IN (SELECT value FROM json_each(?)) ORDER BY t.rank LIMIT ?",
        (wanted, json.dumps(types), CANDIDATES),
    )
    ranked = sorted(
        (-_likeness(typed, row["folded"]), row["reason"] == "id", abs(len(row["text"]) - len(text)),
         row["text"], row["record"])
        for row in rows
    )  # fmt: skip
    found = [Similar(no, name, -unlike) for unlike, _, _, name, no in ranked]
    best: dict[int, Similar] = {}
    for one in found:
        if one.likeness >= ALIKE:
            best.setdefault(one.no, one)
    return list(best.values())[:count]


def _likeness(typed: str, name: str) -> float:
    """Return how alike they are; a name that begins with what was typed is at least that."""
    begun = 0.8 if typed and name.startswith(typed) else 0.0
    return max(begun, similarity(typed, name))


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
