"""A partnership has only one record.

Two records with the same two members and the same kind, both in force at the same time,
describe one partnership twice, and each has only half of what is known. Two
partnerships are not the same if one ended, or may have ended, before the other began.
Networks, programmes and cooperations are distinguished by their names and are not
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

    from citylinks.lint.rules import CheckedIndex


class _DatedPartnership(NamedTuple):
    no: int
    id: str
    kind: str
    start: str | None
    end: str | None
    status: str | None


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the partnerships of one kind and pair that surely last at one time."""
    for _, group in groupby(
        _pairs(index), key=lambda row: (row["kind"], row["one"], row["other"])
    ):
        rows = list(group)
        if len(rows) == 1:
            continue
        partnerships = [_dated_partnership(index, row) for row in rows]
        for partnership, other in same_pairs(partnerships, _are_at_one_time):
            message = (
                f"this {in_words(partnership.kind)} partnership is recorded twice,"
                f" here and as '{other.id}'"
            )
            help_ = (
                "merge the two records, or give the end of one"
                " and the start of the other"
            )
            yield CrossRecordFinding(partnership.no, ("members",), message, help_)


def _pairs(index: CheckedIndex) -> list[sqlite3.Row]:
    """Return the bilateral partnerships with their members, the same side by side."""
    near = index.near(
        "SELECT no FROM record WHERE type = 'partnership'",
        "SELECT DISTINCT o.record AS no FROM asked"
        " CROSS JOIN ref f ON f.record = asked.no AND f.relation = 'members'"
        " CROSS JOIN ref o"
        " ON o.type = f.type AND o.id = f.id AND o.relation = f.relation",
    )
    kinds = ", ".join(f"'{kind}'" for kind in sorted(BILATERAL_KINDS))
    return index.fetch(
        "SELECT r.no, r.id, r.kind, r.date, r.status,"
        " min(f.id) AS one, max(f.id) AS other"
        f" FROM ({near}) near"
        f" CROSS JOIN record r ON r.no = near.no AND r.kind IN ({kinds})"
        " CROSS JOIN ref f ON f.record = r.no AND f.relation = 'members'"
        " GROUP BY r.no HAVING count(*) = 2 ORDER BY r.kind, one, other, r.id"
    )


def _dated_partnership(index: CheckedIndex, row: sqlite3.Row) -> _DatedPartnership:
    sql = "SELECT json_extract(body, '$.end') AS end FROM record WHERE no = ?"
    [body] = index.fetch(sql, (row["no"],))
    return _DatedPartnership(
        row["no"], row["id"], row["kind"], row["date"], body["end"], row["status"]
    )


def _are_at_one_time(first: _DatedPartnership, second: _DatedPartnership) -> bool:
    return not _may_precede(first, second) and not _may_precede(second, first)


def _may_precede(first: _DatedPartnership, second: _DatedPartnership) -> bool:
    """Whether the first may have ended before the second began."""
    if first.end is None:
        return first.status == "ended"
    if second.start is None:
        return True
    return not dates.precedes(dates.parse(second.start), dates.parse(first.end))
