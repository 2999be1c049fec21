"""The rows of one partnership, put together: repeated ones, and second directions."""

from __future__ import annotations

import json
import sqlite3
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates
from citylinks.importers.matching import ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WITH_ITSELF = "a partnership of a city with itself"
REPEATED = "the same partnership again"
REVERSED = "the same partnership from its other side"
EXISTING = "is in the directory already"

_DATED = ("start", "end")

# The rows with their two cities in place of the forms of these.
_MAKE_PAIRS = """
CREATE TEMP TABLE pair AS
SELECT row.no AS no, location, kind, is_one_way, row.body AS body,
    a.city AS a, b.city AS b,
    min(a.city, b.city) AS lower, max(a.city, b.city) AS higher
FROM row JOIN city_form a ON a.no = row.a JOIN city_form b ON b.no = row.b
"""


class _StagedPartnership(NamedTuple):
    """A partnership put together from rows; `ways` are the orders of its two cities."""

    no: int
    row: sqlite3.Row  # the first of them
    body: dict[str, Any]
    ways: set[tuple[int, int]]
    kinds: list[str]


class _RowOutcome(NamedTuple):
    """The outcome of a row, with its partnership or the reason why it has none."""

    row: int
    outcome: str
    partnership: int | None
    why: str | None


def merge_partnerships(connection: sqlite3.Connection) -> None:
    """Make the partnerships of all rows, and give each row its outcome."""
    connection.execute(_MAKE_PAIRS)
    connection.execute(
        "UPDATE row SET outcome = 'set aside', why = ? WHERE no IN"
        " (SELECT no FROM pair WHERE lower = higher)", (WITH_ITSELF,)
    )  # fmt: skip
    rows = connection.execute(
        "SELECT * FROM pair WHERE lower <> higher ORDER BY lower, higher, no"
    )
    number = 0
    for _, pair in groupby(rows, key=itemgetter("lower", "higher")):
        partnerships: list[_StagedPartnership] = []
        connection.executemany(
            "UPDATE row SET outcome = :outcome, partnership = :partnership, why = :why"
            " WHERE no = :row",
            map(_RowOutcome._asdict, _outcomes(pair, partnerships, number)),
        )
        number += len(partnerships)
        connection.executemany(
            "INSERT INTO partnership (no, a, b, kind, body, is_one_sided, first)"
            " VALUES (?,?,?,?,?,?,?)",
            map(_row, partnerships),
        )
    connection.execute("DROP TABLE pair")
    two_sided = "SELECT 1 FROM partnership WHERE NOT is_one_sided LIMIT 1"
    if not connection.execute(two_sided).fetchone():
        # This is a list that names each pair once.
        connection.execute("UPDATE partnership SET is_one_sided = 0")
    connection.execute(
        "DELETE FROM city WHERE no NOT IN"
        " (SELECT a FROM partnership UNION SELECT b FROM partnership)"
    )


def _outcomes(
    rows: Iterable[sqlite3.Row], partnerships: list[_StagedPartnership], number: int
) -> Iterator[_RowOutcome]:
    """Yield the outcomes of the rows of one pair of cities.

    Their partnerships are put into `partnerships`, numbered from `number` on.
    """
    for row in rows:
        stated = json.loads(row["body"])
        partnership = _find_partnership(partnerships, row["kind"], stated)
        if partnership is None:
            no = number + len(partnerships) + 1
            partnership = _StagedPartnership(no, row, stated, set(), [])
            partnerships.append(partnership)
            yield _RowOutcome(row["no"], "taken", partnership.no, None)
        else:
            why = REPEATED if (row["a"], row["b"]) in partnership.ways else REVERSED
            notes = _add(partnership.body, stated, row["location"])
            why = "; ".join((why, *notes))
            yield _RowOutcome(row["no"], "merged", partnership.no, why)
        partnership.ways.add((row["a"], row["b"]))
        if row["kind"] and row["kind"] not in partnership.kinds:
            partnership.kinds.append(row["kind"])


def _find_partnership(
    partnerships: Iterable[_StagedPartnership], kind: str | None, stated: dict[str, Any]
) -> _StagedPartnership | None:
    """Return the first of the partnerships that a row may be of."""
    for partnership in partnerships:
        if _belongs_to(partnership, kind, stated):
            return partnership
    return None


def _row(partnership: _StagedPartnership) -> tuple[Any, ...]:
    first = partnership.row
    kind = next(iter(partnership.kinds), None)
    is_one_sided = bool(first["is_one_way"]) and len(partnership.ways) == 1
    body = json.dumps(partnership.body)
    return partnership.no, first["a"], first["b"], kind, body, is_one_sided, first["no"]


def _belongs_to(
    partnership: _StagedPartnership, kind: str | None, stated: dict[str, Any]
) -> bool:
    """Whether a row is of this partnership: of its kind, and not of another time."""
    if kind and partnership.kinds and kind not in partnership.kinds:
        return False
    body = partnership.body
    return not (_precedes(body, stated) or _precedes(stated, body))


def _precedes(earlier: dict[str, Any], later: dict[str, Any]) -> bool:
    """Whether the first surely ended before the second began."""
    return _ends_before(earlier.get("end"), later.get("start"))


def _ends_before(end: str | None, start: str | None) -> bool:
    last, first = _date(end), _date(start)
    return last is not None and first is not None and dates.precedes(last, first)


def _date(text: str | None) -> dates.Date | None:
    try:
        return dates.parse(text) if text else None
    except dates.DateError:
        return None


def _add(body: dict[str, Any], stated: dict[str, Any], location: str) -> list[str]:
    """Add the statements of another row; where they differ, they stay as claims."""
    notes = []
    for field in (*_DATED, "status", "note"):
        ours, theirs = body.get(field), stated.get(field)
        if not theirs or ours == theirs:
            continue
        if not ours or (field in _DATED and _is_finer(theirs, ours)):
            body[field] = theirs
        elif field == "note":
            body[field] = f"{ours}; {theirs}"
        elif not (field in _DATED and _is_finer(ours, theirs)):
            body.setdefault("claims", []).append(
                [field, theirs, location, stated.get("sources")]
            )
            notes.append(
                f"its {field} is {theirs}, not {ours}, which is kept as a claim"
            )
    for field in ("themes", "sources"):
        known = body.get(field, ())
        more = [item for item in stated.get(field, ()) if item not in known]
        if more:
            body[field] = [*known, *more]
    return notes


def _is_finer(text: str, other: str) -> bool:
    """Whether a date says the same as another and more exactly."""
    fine, wide = _date(text), _date(other)
    if fine is None or wide is None:
        return fine is not None
    return dates.contains(dates.Span(wide.earliest, wide.latest), fine) == "certain"


# -- What the directory has, and ids ----------------------------------------------


def find_existing_partnerships(connection: sqlite3.Connection) -> None:
    """Find the partnerships in the directory: of the same two, and of a like kind."""
    connection.execute("CREATE INDEX known_pair ON known_partnership (a, b)")
    connection.create_function("precedes", 2, _ends_before, deterministic=True)
    connection.execute(
        """
        UPDATE partnership AS p SET existing_id = (SELECT min(k.id)
            FROM known_partnership k
            JOIN city a ON a.no = p.a JOIN city b ON b.no = p.b
            WHERE k.a = min(a.existing_id, b.existing_id)
            AND k.b = max(a.existing_id, b.existing_id)
            AND (p.kind IS NULL OR k.kind IN (p.kind, 'unspecified'))
            AND NOT precedes(k.end, json_extract(p.body, '$.start'))
            AND NOT precedes(json_extract(p.body, '$.end'), k.start))
        """
    )
    connection.execute(
        "UPDATE row SET outcome = 'merged', why = coalesce(why || '; ', '') || ?"
        " WHERE partnership IN"
        " (SELECT no FROM partnership WHERE existing_id IS NOT NULL)", (EXISTING,)
    )  # fmt: skip


def give_partnership_ids(connection: sqlite3.Connection) -> None:
    """Give each partnership its id: those of its cities, then its kind and its year."""
    connection.create_function(
        "partnership_candidates", 4, _candidates, deterministic=True
    )
    connection.execute(
        """
        UPDATE partnership AS p SET candidates = (SELECT partnership_candidates(
            min(a.id, b.id), max(a.id, b.id), p.kind, json_extract(p.body, '$.start'))
            FROM city a JOIN city b ON b.no = p.b WHERE a.no = p.a)
        """
    )
    ids.give_ids(connection, "partnership", "known_partnership")


def _candidates(first: str, second: str, kind: str | None, start: str | None) -> str:
    year = ids.make_slug((start or "")[:4])
    last = ids.short_sum(f"{first} {second} {start}")
    return ids.id_candidates(
        (first, second),
        (first, second, kind),
        (first, second, kind, year),
        (first, second, kind, year, last),
    )
