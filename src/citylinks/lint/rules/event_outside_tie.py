"""An event takes place while the ties that it names last.

What happened before a tie began concerns its cities, not the tie: the silk traders of
1860 came to Yokohama a century before it was a sister city of Lyon. Leave such a tie
out of the event, or correct the date of one of them. Only what is certain counts: an
event of 1959 may lie within a tie that began in April 1959, and a date that is
approximate or uncertain proves nothing.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04

    # events/1870-traders.yaml
    title: Traders from Lyon in Yokohama
    date: 1870
    kind: visit
    cities: [lyon, yokohama]
    partnerships: [lyon-yokohama]

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04

    # events/1870-traders.yaml
    title: Traders from Lyon in Yokohama
    date: 1870
    kind: visit
    cities: [lyon, yokohama]
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.lint.rules import CrossRecordFinding
from citylinks.model.references import find_references

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedData

_HELP = "leave the tie out of the event, or correct one of the dates"


def check(data: CheckedData) -> Iterator[CrossRecordFinding]:
    """Find the events that surely happened before a tie of theirs began or after it
    ended.
    """
    for row in _outside(data):
        tie = json.loads(row["tie_body"])
        event, start, end = (
            dates.parse(text) if text else None
            for text in (row["date"], tie.get("start"), tie.get("end"))
        )
        assert event is not None
        if start and dates.precedes(event, start):
            yield from _both(
                data,
                row,
                "start",
                f"before the tie '{row['tie_id']}' began, '{start.text}'",
            )
        elif end and dates.precedes(end, event):
            yield from _both(
                data, row, "end", f"after the tie '{row['tie_id']}' ended, '{end.text}'"
            )


def _outside(data: CheckedData) -> list[sqlite3.Row]:
    """Return the events that lie outside a tie of theirs, each with the tie."""
    return data.fetch(
        "SELECT e.no, e.id, e.date, e.body, t.no AS tie, t.id AS tie_id, t.body AS tie_body"
        f" FROM ({events_of_ties(data)}) near CROSS JOIN record e ON e.no = near.event"
        " CROSS JOIN record t ON t.no = near.tie"
        " WHERE e.latest < t.earliest OR e.earliest > t.over"
    )


def events_of_ties(data: CheckedData) -> str:
    """Return the query of the numbers `event` and `tie` of each event and each tie that
    it names.

    Where only some records are asked about, of those pairs in which one is of them.
    """
    names = "f.relation IN ('partnerships', 'series')"
    return data.near(
        "SELECT DISTINCT f.record AS event, t.no AS tie FROM record t"
        f" CROSS JOIN ref f ON f.type = t.type AND f.id = t.id AND {names}"
        " WHERE t.type = 'partnership'",
        "SELECT f.record AS event, t.no AS tie FROM asked"
        f" CROSS JOIN ref f ON f.record = asked.no AND {names}"
        " CROSS JOIN record t ON t.type = f.type AND t.id = f.id"
        " UNION SELECT f.record, t.no FROM asked CROSS JOIN record t ON t.no = asked.no"
        f" CROSS JOIN ref f ON f.type = t.type AND f.id = t.id AND {names}",
    )


def _both(
    data: CheckedData, row: sqlite3.Row, side: str, said: str
) -> Iterator[CrossRecordFinding]:
    """Yield the problem at the event, where it names the tie, and at the date of the
    tie.
    """
    for reference in find_references(json.loads(row["body"]), data.fields("event")):
        if (reference.type, reference.id) == ("partnership", row["tie_id"]):
            yield CrossRecordFinding(
                row["no"], reference.path, f"'{row['date']}' is {said}", _HELP
            )
    event = f"the event '{row['id']}', '{row['date']}', is {said}"
    yield CrossRecordFinding(row["tie"], (side,), event, _HELP)
