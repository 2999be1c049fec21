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

SELF = "a tie of a city with itself"
AGAIN = "the same tie again"
BACK = "the same tie from its other side"
THERE = "stands in the directory already"

_DATED = ("start", "end")


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
    link: int | None
    why: str | None


def merge_partnerships(connection: sqlite3.Connection) -> None:
    """Make the partnerships of all rows, and give each row its outcome."""
    connection.execute(
        "CREATE TEMP TABLE tied AS SELECT row.no AS no, row.place AS source, kind,"
        " is_one_way, row.body AS body, a.place AS a, b.place AS b,"
        " min(a.place, b.place) AS lower, max(a.place, b.place) AS higher"
        " FROM row JOIN party a ON a.no = row.a"
        " JOIN party b ON b.no = row.b"
    )
    connection.execute(
        "UPDATE row SET outcome = 'set aside', why = ? WHERE no IN"
        " (SELECT no FROM tied WHERE lower = higher)", (SELF,)
    )  # fmt: skip
    rows = connection.execute(
        "SELECT * FROM tied WHERE lower <> higher ORDER BY lower, higher, no"
    )
    number = 0
    for _, pair in groupby(rows, key=itemgetter("lower", "higher")):
        links: list[_StagedPartnership] = []
        connection.executemany(
            "UPDATE row SET outcome = ?2, link = ?3, why = ?4 WHERE no = ?1",
            _outcomes(pair, links, number),
        )
        number += len(links)
        connection.executemany(
            "INSERT INTO link (no, a, b, kind, body, is_one_sided, first)"
            " VALUES (?,?,?,?,?,?,?)",
            map(_row, links),
        )
    connection.execute("DROP TABLE tied")
    two_sided = "SELECT 1 FROM link WHERE NOT is_one_sided LIMIT 1"
    if not connection.execute(two_sided).fetchone():
        # This is a list that names each pair once.
        connection.execute("UPDATE link SET is_one_sided = 0")
    connection.execute(
        "DELETE FROM place WHERE no NOT IN (SELECT a FROM link UNION SELECT b"
        " FROM link)"
    )


def _outcomes(
    rows: Iterable[sqlite3.Row], links: list[_StagedPartnership], number: int
) -> Iterator[_RowOutcome]:
    """Yield the outcomes of the rows of one pair of cities.

    Their partnerships are put into `links`, numbered from `number` on.
    """
    for row in rows:
        stated = json.loads(row["body"])
        link = _find_link(links, row["kind"], stated)
        if link is None:
            link = _StagedPartnership(number + len(links) + 1, row, stated, set(), [])
            links.append(link)
            yield _RowOutcome(row["no"], "taken", link.no, None)
        else:
            why = AGAIN if (row["a"], row["b"]) in link.ways else BACK
            notes = _add(link.body, stated, row["source"])
            yield _RowOutcome(row["no"], "merged", link.no, "; ".join((why, *notes)))
        link.ways.add((row["a"], row["b"]))
        if row["kind"] and row["kind"] not in link.kinds:
            link.kinds.append(row["kind"])


def _find_link(
    links: Iterable[_StagedPartnership], kind: str | None, stated: dict[str, Any]
) -> _StagedPartnership | None:
    """Return the first of the partnerships that a row may be of."""
    for link in links:
        if _is_of_link(link, kind, stated):
            return link
    return None


def _row(link: _StagedPartnership) -> tuple[Any, ...]:
    first = link.row
    kind = next(iter(link.kinds), None)
    is_one_sided = bool(first["is_one_way"]) and len(link.ways) == 1
    body = json.dumps(link.body)
    return link.no, first["a"], first["b"], kind, body, is_one_sided, first["no"]


def _is_of_link(
    link: _StagedPartnership, kind: str | None, stated: dict[str, Any]
) -> bool:
    """Whether a row is of this partnership: of its kind, and not of another time."""
    if kind and link.kinds and kind not in link.kinds:
        return False
    return not (_precedes(link.body, stated) or _precedes(stated, link.body))


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


def _add(body: dict[str, Any], stated: dict[str, Any], where: str) -> list[str]:
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
                [field, theirs, where, stated.get("sources")]
            )
            notes.append(
                f"its {field} is {theirs} and not {ours}, which stays as a claim"
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


# -- What stands there, and ids ---------------------------------------------------


def find_existing_partnerships(connection: sqlite3.Connection) -> None:
    """Find the partnerships in the directory: of the same two, and of a like kind."""
    connection.execute("CREATE INDEX known_pair ON known_tie (a, b)")
    connection.create_function("precedes", 2, _ends_before, deterministic=True)
    connection.execute(
        "UPDATE link SET there = (SELECT min(k.id) FROM known_tie k"
        " JOIN place a ON a.no = link.a JOIN place b ON b.no = link.b"
        " WHERE k.a = min(a.there, b.there)"
        " AND k.b = max(a.there, b.there)"
        " AND (link.kind IS NULL OR k.kind IN (link.kind, 'unspecified'))"
        " AND NOT precedes(k.end, json_extract(link.body, '$.start'))"
        " AND NOT precedes(json_extract(link.body, '$.end'), k.start))"
    )
    connection.execute(
        "UPDATE row SET outcome = 'merged', why = coalesce(why || '; ', '') || ?"
        " WHERE link IN (SELECT no FROM link WHERE there IS NOT NULL)", (THERE,)
    )  # fmt: skip


def give_partnership_ids(connection: sqlite3.Connection) -> None:
    """Give each partnership its id: those of its cities, then its kind and its year."""
    connection.create_function("link_candidates", 4, _candidates, deterministic=True)
    connection.execute(
        "UPDATE link SET candidates = (SELECT link_candidates("
        "min(a.id, b.id), max(a.id, b.id), link.kind, json_extract(link.body,"
        " '$.start')) FROM place a JOIN place b"
        " ON b.no = link.b WHERE a.no = link.a)"
    )
    ids.give_ids(connection, "link", "known_tie")


def _candidates(first: str, second: str, kind: str | None, start: str | None) -> str:
    year = ids.make_slug((start or "")[:4])
    last = ids.short_sum(f"{first} {second} {start}")
    return ids.id_candidates(
        (first, second),
        (first, second, kind),
        (first, second, kind, year),
        (first, second, kind, year, last),
    )
