"""Which records speak of a text, the best first, with the passage and the reason."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from citylinks.answers import Hit, Search
from citylinks.errors import UsageError
from citylinks.folding import asked_terms, fold, matches
from citylinks.prose import prose
from citylinks.query import Condition, Filters, Where, record_conditions
from citylinks.questions.lists import LISTS
from citylinks.questions.session import Session, asked, where
from citylinks.resolve import similar
from citylinks.vocabulary import PLURALS, RECORD_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from citylinks.rows import Names

MOST_PIECES = 32
PASSAGE = 160  # characters of a passage, about

# How much a match weighs by where it is; the names of what a record refers to weigh least.
WEIGHTS = {"name": 8.0, "alias": 6.0, "text": 3.0}
REFERRED = {"city": 2.0, "theme": 2.0, "organization": 2.0}
WHOLE_NAME = 100.0

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')


class Piece(NamedTuple):
    """A word or a quoted phrase: folded, and as the terms that must follow each other."""

    folded: str
    terms: tuple[str, ...]

    def within(self, columns: str) -> str:
        """Return the FTS5 expression that looks for it in columns; terms hold no quotes."""
        phrase = " ".join(self.terms)
        return f'{{{columns}}} : "{phrase}" *'


def search(session: Session, text: str, filters: Filters, limit: int) -> Search:
    """Return the records in which every word and phrase of `text` is found.

    Where there are none, those whose names are like it, for the reason of likeness.

    A word is found where a word begins with it. What a record says of itself is looked through,
    and the names of the cities, themes and organizations that it refers to.
    """
    pieces = _pieces(text)
    found = _rows(session, pieces, fold(text.replace('"', " ")), filters, limit + 1)
    is_cut, found = len(found) > limit, found[:limit]
    names = session.names()
    names.gather((row["type"], row["id"]) for row in found)
    hits = tuple(_hit(session, row, pieces, names) for row in found)
    return Search(
        query=asked(filters, text=text, limit=limit),
        results=hits or tuple(_fuzzy(session, text, filters, limit)),
        is_cut=is_cut,
    )


def _pieces(text: str) -> list[Piece]:
    """Return what a search asks for; `UsageError` where that is nothing, or too much."""
    parts = [quoted or word for quoted, word in _QUOTED.findall(text[:10_000])]
    pieces = [Piece(fold(part), tuple(asked_terms(part))) for part in parts]
    pieces = [piece for piece in pieces if piece.terms]
    if not pieces:
        raise UsageError("there is no word to search for")
    if len(pieces) > MOST_PIECES or len(text) > 10_000:
        raise UsageError(f"a search takes at most {MOST_PIECES} words")
    return pieces


# -- SQL ----------------------------------------------------------------------


def _rows(
    session: Session, pieces: Sequence[Piece], whole: str, filters: Filters, limit: int
) -> list[sqlite3.Row]:
    clause, parameters = _where(session, filters)
    tables = ", ".join(f"p{number} AS ({_PIECE})" for number in range(len(pieces)))
    joins = " ".join(f"JOIN p{number} ON p{number}.no = r.no" for number in range(len(pieces)))
    score = " + ".join(f"p{number}.weight" for number in range(len(pieces)))
    return session.fetch(
        f"WITH {tables} SELECT r.*,"
        f" {score} + CASE WHEN r.no IN (SELECT record FROM label WHERE folded = ?)"
        f" THEN {WHOLE_NAME} ELSE 0 END AS score"
        f" FROM record r {joins}{clause} ORDER BY score DESC, r.type, r.id LIMIT ?",
        (*(value for piece in pieces for value in _found(piece)), whole, *parameters, limit),
    )


_PIECE = (
    "SELECT no, max(weight) AS weight FROM ("
    + " UNION ALL ".join(
        f"SELECT rowid AS no, {weight} AS weight FROM words WHERE words MATCH ?"
        for weight in WEIGHTS.values()
    )
    + " UNION ALL SELECT f.record, CASE t.type "
    + " ".join(f"WHEN '{type_}' THEN {weight}" for type_, weight in REFERRED.items())
    + " END FROM words JOIN record t ON t.no = words.rowid"
    + " JOIN ref f ON f.type = t.type AND f.id = t.id"
    + f" WHERE words MATCH ? AND t.type IN {tuple(REFERRED)!r}) GROUP BY no"
)


def _found(piece: Piece) -> tuple[str, ...]:
    return (*(piece.within(column) for column in WEIGHTS), piece.within("name alias"))


def _where(session: Session, filters: Filters) -> tuple[str, tuple[object, ...]]:
    """Return the clause that keeps the records which the filters can be asked of, and allow."""
    given = set(filters.given())
    resolved = session.resolved(filters)
    kept = []
    for type_, plural in PLURALS.items():
        if given <= LISTS[plural].takes:
            conditions = [Condition("r.type = ?", (type_,))]
            conditions += record_conditions(type_, filters, resolved)
            timed, _ = where(conditions, filters, "r")
            kept.append(timed)
    if not kept:
        raise UsageError(f"no record can be asked of {' and '.join(sorted(given))} together")
    return _either(kept)


def _either(kept: Sequence[Where]) -> tuple[str, tuple[object, ...]]:
    parts = [clause.sql.removeprefix(" WHERE ") for clause in kept]
    parameters = tuple(value for clause in kept for value in clause.parameters)
    return " WHERE " + " OR ".join(f"({part})" for part in parts), parameters


# -- Passages -----------------------------------------------------------------


def _hit(session: Session, row: sqlite3.Row, pieces: Sequence[Piece], names: Names) -> Hit:
    reason, text = _reason(session, row, pieces)
    passage, found = _passage(text, [piece.folded for piece in pieces])
    return Hit(
        score=row["score"],
        reason=reason,
        passage=passage,
        matches=tuple(found),
        date=row["date"],
        kind=row["kind"],
        record=names.record(row["type"], row["id"]),
    )


def _reason(session: Session, row: sqlite3.Row, pieces: Sequence[Piece]) -> tuple[str, str]:
    """Return where the best match is, and the text there."""
    wanted = [piece.folded for piece in pieces]
    ranked = sorted(
        _texts(session, row),
        key=lambda found: (-_words_found(found[1], wanted), -_weight(found[0])),
    )
    return ranked[0] if ranked else ("text", row["name"] or row["id"])


def _weight(reason: str) -> float:
    return {**WEIGHTS, **REFERRED}[reason]


def _words_found(text: str, wanted: Sequence[str]) -> int:
    """Return how many of the pieces a text has."""
    return sum(bool(matches(text, [piece])) for piece in wanted)


def _texts(session: Session, row: sqlite3.Row) -> Iterator[tuple[str, str]]:
    labels = session.fetch(
        "SELECT text, reason FROM label WHERE record = ? AND reason <> 'id'", (row["no"],)
    )
    for label in labels:
        yield label["reason"], label["text"]
    for text in prose(json.loads(row["body"])):
        yield "text", text
    referred = session.fetch(
        "SELECT DISTINCT t.type, l.text FROM ref f JOIN record t ON t.type = f.type AND t.id = f.id"
        " JOIN label l ON l.record = t.no WHERE f.record = ?"
        f" AND t.type IN {tuple(REFERRED)!r} AND l.reason <> 'id'",
        (row["no"],),
    )
    for other in referred:
        yield other["type"], other["text"]


def _passage(text: str, wanted: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of a text around its first match, cut between words."""
    found = matches(text, wanted)
    if len(text) <= PASSAGE or not found:
        return text, found
    start = max(0, found[0][0] - PASSAGE // 3)
    start = text.rfind(" ", 0, start + 1) + 1
    end = len(text) if start + PASSAGE >= len(text) else text.rfind(" ", start, start + PASSAGE)
    end = max(end, found[0][1])
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    passage = f"{before}{text[start:end]}{after}"
    return passage, matches(passage, wanted)


# -- Where nothing matches ----------------------------------------------------


def _fuzzy(session: Session, text: str, filters: Filters, limit: int) -> Iterator[Hit]:
    """Yield the records whose names are like the text, for one who mistyped it."""
    clause, parameters = _where(session, filters)
    alike = {one.no: one for one in similar(session.index, text, RECORD_TYPES, count=limit)}
    rows = session.fetch(
        f"SELECT * FROM (SELECT r.* FROM record r{clause})"
        " WHERE no IN (SELECT value FROM json_each(?))",
        (*parameters, json.dumps(list(alike))),
    )
    names = session.names()
    names.gather((row["type"], row["id"]) for row in rows)
    for row in sorted(rows, key=lambda row: (-alike[row["no"]].likeness, row["id"])):
        one = alike[row["no"]]
        record = names.record(row["type"], row["id"])
        score = round(one.likeness, 3)
        yield Hit(score, "likeness", one.text, (), row["date"], row["kind"], record)
