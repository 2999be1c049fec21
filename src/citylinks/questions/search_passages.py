"""The passage that shows why a search found a record."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from citylinks.model.prose import prose_texts
from citylinks.model.vocabulary import (
    TITLED_TYPES,
    in_words,
)
from citylinks.query.names.similar import SimilarName
from citylinks.questions.results import RecordRef
from citylinks.questions.rows import NameIndex
from citylinks.questions.search_ranking import Match, Place, Question, SimilarRecord
from citylinks.questions.search_words import (
    Piece,
)
from citylinks.questions.session import (
    Session,
)
from citylinks.text.highlight import best_passage, find_matches, text_beginning


class Hit(NamedTuple):
    """A record that matches a search; the best come first.

    `reason` says where it matched: name, alias, title, id, text or kind, or the name of
    a city, theme, organization or source that the record refers to. It is fuzzy if
    nothing matched and the name is only similar. `passage` is the text that matched, as
    written, with the positions of the matches. `score` depends on where the words are
    and whether they match as a whole; for a fuzzy match it is the similarity, from 0 to
    1.
    """

    score: float
    reason: str
    passage: str
    matches: tuple[tuple[int, int], ...]
    date: str | None
    kind: str | None
    record: RecordRef


FUZZY = "fuzzy"  # the reason of a hit that is but like what was searched
# By whose names a record is found that refers to them, those first that tell most of
# it.
REFERRED_TYPES = ("theme", "organization", "city", "source")
# Why a text is looked at, the text, and a name folded.
Telling = tuple[str, str, str | None]


# The names of the themes of a record, and of those that are broader.
_BROADER_THEMES = (
    "WITH RECURSIVE broader (id) AS ("
    " SELECT id FROM ref WHERE record = ? AND +type = 'theme'"
    " UNION SELECT b.id FROM broader"
    " CROSS JOIN record t ON t.type = 'theme' AND t.id = broader.id"
    " CROSS JOIN ref b ON b.record = t.no AND b.relation = 'broader')"
    " SELECT t.type, l.text, l.folded FROM broader"
    " CROSS JOIN record t ON t.type = 'theme' AND t.id = broader.id"
    " CROSS JOIN label l ON l.record = t.no ORDER BY l.reason = 'id', t.id, l.no"
)


def passages(
    session: Session, matches: Sequence[Match], question: Question
) -> Iterator[Hit]:
    """Yield the matches, each with its passage; bodies are read of these alone."""
    sql = "SELECT * FROM record WHERE no IN (SELECT value FROM json_each(?))"
    numbers = json.dumps([no for no, _, _ in matches])
    rows = {row["no"]: row for row in session.fetch(sql, (numbers,))}
    names = _named(session, rows.values())
    for no, score, place in matches:
        row = rows[no]
        record = names.record(row["type"], row["id"])
        words = question.other_words if place == "kind" else question.words
        reason, text = _most_telling(_texts(session, row, place, record.name), words)
        spans = find_matches(text, _runs(words))
        if not spans and place == "kind":
            text = _kind_words(row, question)
            reason, spans = "kind", [(0, len(text))]
        elif not spans:
            texts = _texts(session, row, place, record.name)
            reason, text, spans = _begun(texts, question.text) or (reason, text, spans)
        shown, spans = best_passage(text, spans)
        yield Hit(score, reason, shown, tuple(spans), row["date"], row["kind"], record)


def _kind_words(row: sqlite3.Row, question: Question) -> str:
    """Return the kind of a record, or of an agreement of it, that was searched for."""
    agreements = json.loads(row["body"]).get("agreements", ())
    kinds = [row["kind"], *(agreement["kind"] for agreement in agreements)]
    meant: set[str] = set()
    for piece in question.pieces:
        meant |= set(piece.kinds)
    return in_words(next(kind for kind in kinds if kind in meant))


def _named(session: Session, rows: Iterable[sqlite3.Row]) -> NameIndex:
    names = session.names()
    names.gather_records(rows)
    return names


def _most_telling(
    texts: Iterable[Telling], asked_for: Sequence[Piece]
) -> tuple[str, str]:
    """Return the text that tells most of what was asked for, with the reason.

    Of equals, the first. Names are folded already, and most are in other letters: those
    are not looked at closely.
    """
    runs: list[str] = []
    for spelling in _runs(asked_for):
        runs += spelling
    most, best = -1, ("", "")
    for reason, text, folded in texts:
        number = 0
        if folded is None or any(run in folded for run in runs):
            number = sum(
                bool(find_matches(text, _runs([piece]))) for piece in asked_for
            )
        if number > most:
            most, best = number, (reason, text)
        if number == len(asked_for):
            break
    return best


def _runs(pieces: Iterable[Piece]) -> list[tuple[str, ...]]:
    """Return the runs of each spelling of some pieces."""
    runs: list[tuple[str, ...]] = []
    for piece in pieces:
        runs += [spelling.runs for spelling in piece.spellings]
    return runs


def _begun(
    texts: Iterable[Telling], typed: str
) -> tuple[str, str, list[tuple[int, int]]] | None:
    """Return the first name that begins with what was typed, with that part."""
    for reason, text, folded in texts:
        beginning = text_beginning(text, typed) if folded else []
        if beginning:
            return reason, text, beginning
    return None


def _texts(
    session: Session, row: sqlite3.Row, place: Place, name: str
) -> Iterator[Telling]:
    """Yield the texts of a record in which it may have been found there."""
    if place in {"referred", "cited", "kind"}:
        yield from _referred(session, row["no"])
    if place in {"text", "referred", "cited", "kind"}:
        fields = session.fields(row["type"])
        for text in prose_texts(json.loads(row["body"]), fields):
            yield "text", text, None
    if row["name"] is None:
        yield "title" if row["type"] in TITLED_TYPES else "name", name, None
    yield from _own_names(session, row["no"], place)
    if place == "pair":  # which may have a name of its own
        yield from _referred(session, row["no"], ("city",))
    if place in {"referred", "cited", "kind"}:
        for theme in session.fetch(_BROADER_THEMES, (row["no"],)):
            yield "theme", theme["text"], theme["folded"]


def _own_names(session: Session, no: int, place: Place) -> Iterator[Telling]:
    """Yield the names of a record, those first in which it was found."""
    labels = session.fetch(
        "SELECT reason, text, folded FROM label WHERE record = ? ORDER BY no", (no,)
    )
    called = ("alias", "name") if place == "alias" else ("name", "title", "alias")
    for reason in (*called, "id"):
        for label in labels:
            if label["reason"] == reason:
                yield reason, label["text"], label["folded"]


def _referred(
    session: Session, no: int, types: Sequence[str] = REFERRED_TYPES
) -> list[Telling]:
    """Return the names of what a record refers to, with the type."""
    rows = session.fetch(
        "SELECT DISTINCT t.type, l.text, l.folded FROM ref f"
        " JOIN record t ON t.type = f.type AND t.id = f.id"
        " JOIN label l ON l.record = t.no"
        " WHERE f.record = ? AND t.type IN (SELECT value FROM json_each(?))"
        " ORDER BY l.reason = 'id', f.position, l.no",
        (no, json.dumps(types)),
    )
    texts = [(row["type"], row["text"], row["folded"]) for row in rows]
    return sorted(texts, key=lambda text: REFERRED_TYPES.index(text[0]))


def guessed_hits(session: Session, similar: Sequence[SimilarRecord]) -> tuple[Hit, ...]:
    """Return the records whose names are like what was searched."""
    names = _named(session, [row for row, _ in similar])
    return tuple(_guessed(row, name, names) for row, name in similar)


def _guessed(row: sqlite3.Row, name: SimilarName, names: NameIndex) -> Hit:
    record = names.record(row["type"], row["id"])
    return Hit(
        round(name.likeness, 3), FUZZY, name.text, (), row["date"], row["kind"], record
    )
