"""Which rows of a source are one tie: repeated rows, second directions, what differs in
them.
"""

from __future__ import annotations

import json
import sqlite3
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates
from citylinks.importers.matching import ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SELF = "a tie of a city with itself"
AGAIN = "the same tie again"
BACK = "the same tie from its other side"
THERE = "stands in the directory already"

_DATED = ("start", "end")


class _Link(NamedTuple):
    """A tie put together from rows; `ways` are the orders in which they name the two."""

    no: int
    row: sqlite3.Row  # the first of them
    body: dict[str, Any]
    ways: set[tuple[int, int]]
    kinds: list[str]


class _Outcome(NamedTuple):
    """What became of a row."""

    row: int
    outcome: str
    link: int | None
    why: str | None


def merge(connection: sqlite3.Connection) -> None:
    """Make the ties of all rows, and say of each row what became of it."""
    connection.execute(
        "CREATE TEMP TABLE tied AS SELECT row.no AS no, row.place AS source, kind, is_one_way,"
        " row.body AS body, a.place AS a, b.place AS b, min(a.place, b.place) AS one,"
        " max(a.place, b.place) AS other FROM row JOIN party a ON a.no = row.a"
        " JOIN party b ON b.no = row.b"
    )
    connection.execute(
        "UPDATE row SET outcome = 'set aside', why = ? WHERE no IN"
        " (SELECT no FROM tied WHERE one = other)", (SELF,)
    )  # fmt: skip
    rows = connection.execute(
        "SELECT * FROM tied WHERE one <> other ORDER BY one, other, no"
    )
    number = 0
    for _, pair in groupby(rows, key=lambda row: (row["one"], row["other"])):
        links: list[_Link] = []
        connection.executemany(
            "UPDATE row SET outcome = ?2, link = ?3, why = ?4 WHERE no = ?1",
            _outcomes(pair, links, number),
        )
        number += len(links)
        connection.executemany(
            "INSERT INTO link (no, a, b, kind, body, is_one_sided, first) VALUES (?,?,?,?,?,?,?)",
            map(_row, links),
        )
    connection.execute("DROP TABLE tied")
    if not connection.execute(
        "SELECT 1 FROM link WHERE NOT is_one_sided LIMIT 1"
    ).fetchone():
        connection.execute(
            "UPDATE link SET is_one_sided = 0"
        )  # a list that names each pair once
    connection.execute(
        "DELETE FROM place WHERE no NOT IN (SELECT a FROM link UNION SELECT b FROM link)"
    )


def _outcomes(
    rows: Iterable[sqlite3.Row], links: list[_Link], number: int
) -> Iterator[_Outcome]:
    """Yield what becomes of the rows of one pair; their ties, numbered on, are put into
    `links`.
    """
    for row in rows:
        stated = json.loads(row["body"])
        link = next((one for one in links if _is_one(one, row["kind"], stated)), None)
        if link is None:
            link = _Link(number + len(links) + 1, row, stated, set(), [])
            links.append(link)
            yield _Outcome(row["no"], "taken", link.no, None)
        else:
            why = AGAIN if (row["a"], row["b"]) in link.ways else BACK
            told = _add(link.body, stated, row["source"])
            yield _Outcome(row["no"], "merged", link.no, "; ".join((why, *told)))
        link.ways.add((row["a"], row["b"]))
        if row["kind"] and row["kind"] not in link.kinds:
            link.kinds.append(row["kind"])


def _row(link: _Link) -> tuple[Any, ...]:
    kind = link.kinds[0] if link.kinds else None
    is_one_sided = bool(link.row["is_one_way"]) and len(link.ways) == 1
    first = link.row
    return (
        link.no, first["a"], first["b"], kind, json.dumps(link.body), is_one_sided, first["no"]
    )  # fmt: skip


def _is_one(link: _Link, kind: str | None, stated: dict[str, Any]) -> bool:
    """Whether a row is of this tie: of its kind, and not of another time."""
    if kind and link.kinds and kind not in link.kinds:
        return False
    return not (_precedes(link.body, stated) or _precedes(stated, link.body))


def _precedes(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether the one surely ended before the other began."""
    return _ends_before(one.get("end"), other.get("start"))


def _ends_before(end: str | None, start: str | None) -> bool:
    last, first = _date(end), _date(start)
    return last is not None and first is not None and dates.precedes(last, first)


def _date(text: str | None) -> dates.Date | None:
    try:
        return dates.parse(text) if text else None
    except dates.DateError:
        return None


def _add(body: dict[str, Any], stated: dict[str, Any], where: str) -> list[str]:
    """Add what another row states of a tie; what it states otherwise stays as a claim."""
    told = []
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
                [field, theirs, where, stated.get("sources")]
            )
            told.append(
                f"its {field} is {theirs} and not {ours}, which stays as a claim"
            )
    for field in ("themes", "sources"):
        more = [one for one in stated.get(field, ()) if one not in body.get(field, ())]
        if more:
            body[field] = [*body.get(field, ()), *more]
    return told


def _is_finer(one: str, other: str) -> bool:
    """Whether a date says the same as another and more exactly."""
    fine, wide = _date(one), _date(other)
    if fine is None or wide is None:
        return fine is not None
    return dates.contains(dates.Span(wide.earliest, wide.latest), fine) == "certain"


# -- What stands there, and ids ---------------------------------------------------


def find_there(connection: sqlite3.Connection) -> None:
    """Find the ties that stand in the directory: of the same two, and of a kind that
    may be one.
    """
    connection.execute("CREATE INDEX known_pair ON known_tie (a, b)")
    connection.create_function("precedes", 2, _ends_before, deterministic=True)
    connection.execute(
        "UPDATE link SET there = (SELECT min(k.id) FROM known_tie k JOIN place a ON a.no = link.a"
        " JOIN place b ON b.no = link.b WHERE k.a = min(a.there, b.there)"
        " AND k.b = max(a.there, b.there)"
        " AND (link.kind IS NULL OR k.kind IN (link.kind, 'unspecified'))"
        " AND NOT precedes(k.end, json_extract(link.body, '$.start'))"
        " AND NOT precedes(json_extract(link.body, '$.end'), k.start))"
    )
    connection.execute(
        "UPDATE row SET outcome = 'merged', why = coalesce(why || '; ', '') || ?"
        " WHERE link IN (SELECT no FROM link WHERE there IS NOT NULL)", (THERE,)
    )  # fmt: skip


def give_ids(connection: sqlite3.Connection) -> None:
    """Give each tie its id: those of its two places in order, then its kind, then its
    year.
    """
    connection.create_function("link_candidates", 4, _candidates, deterministic=True)
    connection.execute(
        "UPDATE link SET candidates = (SELECT link_candidates(min(a.id, b.id), max(a.id, b.id),"
        " link.kind, json_extract(link.body, '$.start')) FROM place a JOIN place b"
        " ON b.no = link.b WHERE a.no = link.a)"
    )
    ids.give(connection, "link", "known_tie")


def _candidates(one: str, other: str, kind: str | None, start: str | None) -> str:
    year = ids.make_slug((start or "")[:4])
    mark = ids.mark(f"{one} {other} {start}")
    steps = ((one, other), (one, other, kind), (one, other, kind, year))
    return ids.candidates(*steps, (one, other, kind, year, mark))
