"""A tie has one record.

Two records of the same two members and the same kind, both in force at one time, tell
one tie twice, and each of them only half of what is known. Two ties that followed each
other are two: one ended before the other began, or may have, for all that their dates
say. Networks, programmes and cooperations are told apart by their names and are not
compared.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04

    # partnerships/yokohama-lyon.yaml
    kind: sister-city
    members: [yokohama, lyon]

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04
    end: 1980

    # partnerships/yokohama-lyon.yaml
    kind: sister-city
    members: [yokohama, lyon]
    start: 1990
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from citylinks import dates
from citylinks.lint.rules import CrossRecordFinding, same_pairs
from citylinks.model.vocabulary import BILATERAL_KINDS, in_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedData


class _Tie(NamedTuple):
    no: int
    id: str
    kind: str
    start: str | None
    end: str | None
    status: str | None


def check(data: CheckedData) -> Iterator[CrossRecordFinding]:
    """Find the ties of one kind and one pair that are surely in force at one time."""
    for _, group in groupby(
        _pairs(data), key=lambda row: (row["kind"], row["one"], row["other"])
    ):
        rows = list(group)
        ties = [_tie(data, row) for row in rows] if len(rows) > 1 else []
        for tie, other in same_pairs(ties, _are_one):
            said = f"this {in_words(tie.kind)} tie is recorded twice, here and as '{other.id}'"
            help_ = "put both into one record, or give the end of one and the start of the other"
            yield CrossRecordFinding(tie.no, ("members",), said, help_)


def _pairs(data: CheckedData) -> list[sqlite3.Row]:
    """Return the bilateral ties with their members in order, the same ones side by
    side.
    """
    near = data.near(
        "SELECT no FROM record WHERE type = 'partnership'",
        "SELECT DISTINCT o.record AS no FROM asked"
        " CROSS JOIN ref f ON f.record = asked.no AND f.relation = 'members'"
        " CROSS JOIN ref o ON o.type = f.type AND o.id = f.id AND o.relation = f.relation",
    )
    kinds = ", ".join(f"'{kind}'" for kind in sorted(BILATERAL_KINDS))
    return data.fetch(
        "SELECT r.no, r.id, r.kind, r.date, r.status, min(f.id) AS one, max(f.id) AS other"
        f" FROM ({near}) near CROSS JOIN record r ON r.no = near.no AND r.kind IN ({kinds})"
        " CROSS JOIN ref f ON f.record = r.no AND f.relation = 'members'"
        " GROUP BY r.no HAVING count(*) = 2 ORDER BY r.kind, one, other, r.id"
    )


def _tie(data: CheckedData, row: sqlite3.Row) -> _Tie:
    sql = "SELECT json_extract(body, '$.end') AS end FROM record WHERE no = ?"
    (found,) = data.fetch(sql, (row["no"],))
    return _Tie(
        row["no"], row["id"], row["kind"], row["date"], found["end"], row["status"]
    )


def _are_one(tie: _Tie, other: _Tie) -> bool:
    return not _may_precede(tie, other) and not _may_precede(other, tie)


def _may_precede(tie: _Tie, other: _Tie) -> bool:
    """Whether a tie may have ended before the other began."""
    if tie.end is None:
        return tie.status == "ended"
    if other.start is None:
        return True
    return not dates.precedes(dates.parse(other.start), dates.parse(tie.end))
