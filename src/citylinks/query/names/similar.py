"""The names most like one that was mistyped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from citylinks.model.vocabulary import NAMED_TYPES, TITLED_TYPES
from citylinks.query.sql import IN
from citylinks.text.normalize import fold, is_cjk, trigrams
from citylinks.text.suggestions import similarity, swapped_letters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence


class SimilarName(NamedTuple):
    """A name that is like what was typed, with its record and its likeness."""

    no: int
    text: str
    likeness: float


ALIKE = 0.6  # the least likeness that is worth a guess
BEGUN = 0.8  # the likeness of a name that begins with what was typed
LONG = 6  # letters that what was typed must have to be held against beginnings of names
GUESSES = 3
SHORTEST_PART = 4  # letters of a name with which what was typed begins, as `tram`
CANDIDATES = 150

# The names that share most with what was typed for their length, by runs of three
# characters, and those in which two neighbours changed places, which leaves a short
# name little to share.
_CANDIDATES = """
SELECT l.record, l.text, l.folded, l.reason FROM (
    SELECT t.rowid AS no, count(*) AS shared FROM json_each(:runs) AS run
    CROSS JOIN trigrams AS t WHERE t.trigrams MATCH run.value
    GROUP BY t.rowid HAVING shared >= :least
) AS f CROSS JOIN label AS l ON l.no = f.no JOIN record AS r ON r.no = l.record
WHERE r.type IN (SELECT value FROM json_each(:types))
ORDER BY 1.0 * f.shared / (length(l.folded) + :count - f.shared) DESC,
    r.type, r.id, l.no
LIMIT :most
"""
_SWAPPED = """
SELECT l.record, l.text, l.folded, l.reason FROM json_each(:swapped) AS name
CROSS JOIN label AS l ON l.folded = name.value JOIN record AS r ON r.no = l.record
WHERE r.type IN (SELECT value FROM json_each(:types))
"""


def similar_names(
    connection: sqlite3.Connection, text: str, types: Sequence[str], count: int
) -> list[SimilarName]:
    """Return the names most like a mistyped one, each record once, the likeliest first.

    Titles are not guessed: they are too many, and nobody types one whole.
    """
    typed = fold(text)[:60].replace('"', "").replace("\0", "")
    runs, swaps = trigrams(typed), swapped_letters(typed)
    least = max(1, len(runs) // 3)
    if len(runs) > 4:
        least = max(2, least)
    guessed = json.dumps([type_ for type_ in types if type_ in NAMED_TYPES])
    rows = connection.execute(
        _CANDIDATES,
        {
            "runs": json.dumps([f'"{run}"' for run in runs]),
            "least": least,
            "types": guessed,
            "count": len(runs),
            "most": CANDIDATES,
        },
    ).fetchall()
    rows += connection.execute(
        _SWAPPED, {"swapped": json.dumps(swaps), "types": guessed}
    )
    names = _likest(rows, typed, len(text), _likeness)
    if not names:
        names = _likest(rows, typed, len(text), _likeness_of_beginning)
    return names[:count]


def _likest(
    rows: Iterable[sqlite3.Row],
    typed: str,
    length: int,
    likeness: Callable[[str, str], float],
) -> list[SimilarName]:
    """Return the names that are alike enough to what was typed, the likeliest first.

    Of equals, an id last, and first what is as long as what was typed, before it was
    folded.
    """
    ranked = []
    for row in rows:
        unlike = -likeness(typed, row["folded"])
        difference = abs(len(row["text"]) - length)
        by_id = row["reason"] == "id"
        ranked.append((unlike, by_id, difference, row["text"], row["record"]))
    best: dict[int, SimilarName] = {}
    for unlike, _, _, name, no in sorted(ranked):
        if -unlike >= ALIKE:
            best.setdefault(no, SimilarName(no, name, -unlike))
    return list(best.values())


def _likeness(typed: str, name: str) -> float:
    """Return the likeness of two names, at least `BEGUN` where one begins the other."""
    if typed and name.startswith(typed):
        return max(BEGUN, similarity(typed, name))
    is_hopeless = min(len(typed), len(name)) < ALIKE * max(len(typed), len(name))
    if is_hopeless:
        return 0.0
    return similarity(typed, name)


def _likeness_of_beginning(typed: str, name: str) -> float:
    """Return the likeness of the beginning of a name, without spaces: `hochiminh`."""
    typed, name = typed.replace(" ", ""), name.replace(" ", "")
    if len(typed) < LONG:
        return 0.0
    return BEGUN * similarity(typed, name[: len(typed)])


def names_in_word(
    connection: sqlite3.Connection, text: str, type_: str
) -> list[SimilarName]:
    """Return the longest names with which a text begins or ends: `tram` of `tramway`.

    A text in CJK has none: its characters are words.
    """
    typed = fold(text)[:60]
    if is_cjk(typed):
        return []
    ends = range(SHORTEST_PART, len(typed))
    parts = [*(typed[:end] for end in ends), *(typed[-end:] for end in ends)]
    rows = connection.execute(
        "SELECT l.record, l.text FROM label l JOIN record r ON r.no = l.record"
        f" WHERE l.folded {IN} AND r.type = ? AND l.reason <> 'id'"
        " ORDER BY length(l.folded) DESC, r.id, l.no",
        (json.dumps(parts), type_),
    )
    return [SimilarName(row["record"], row["text"], BEGUN) for row in rows]


def similar_ids(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[SimilarName]:
    """Return the ids of events and sources that are like what was typed.

    Only those next to it in order are looked at.
    """
    text = text[:100]
    alike = []
    for type_ in TITLED_TYPES:
        if type_ not in types:
            continue
        for side in ("< ? ORDER BY id DESC", "> ? ORDER BY id"):
            sql = f"SELECT no, id FROM record WHERE type = ? AND id {side} LIMIT ?"
            for no, id_ in connection.execute(sql, (type_, text, GUESSES)):
                name = SimilarName(no, id_, similarity(text, id_))
                if name.likeness >= ALIKE:
                    alike.append(name)
    return sorted(alike, key=lambda name: -name.likeness)
