"""An event takes place while its partnerships last.

What happened before a partnership began concerns its cities, not the partnership: the
silk traders of 1860 came to Yokohama a century before it became a sister city of Lyon.
Remove the partnership from the event, or correct one of the dates. The rule reports
only what is certain: an event of 1959 may belong to a partnership that began in April
1959, and a date that is approximate or uncertain proves nothing.

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

    from citylinks.lint.rules import CheckedIndex

_HELP = "leave the partnership out of the event, or correct one of the dates"


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the events that surely happened before their partnership or after it."""
    for row in _outside(index):
        partnership = json.loads(row["partnership_body"])
        event, name = (
            dates.parse(row["date"]),
            f"the partnership '{row['partnership_id']}'",
        )
        start, end = partnership.get("start"), partnership.get("end")
        if start and dates.precedes(event, dates.parse(start)):
            when = f"before {name} began ('{start}')"
            yield from _at_both(index, row, "start", when)
        elif end and dates.precedes(dates.parse(end), event):
            when = f"after {name} ended ('{end}')"
            yield from _at_both(index, row, "end", when)


def _outside(index: CheckedIndex) -> list[sqlite3.Row]:
    """Return the events that lie outside a partnership of theirs, each with it."""
    return index.fetch(
        "SELECT e.no, e.id, e.date, e.body,"
        " t.no AS partnership, t.id AS partnership_id, t.body AS partnership_body"
        f" FROM ({events_of_partnerships(index)}) near"
        " CROSS JOIN record e ON e.no = near.event"
        " CROSS JOIN record t ON t.no = near.partnership"
        " WHERE e.latest < t.earliest OR e.earliest > t.over"
    )


def events_of_partnerships(index: CheckedIndex) -> str:
    """Return the query of the numbers of each `event` and `partnership` that it names.

    Where only some records are asked about, of those pairs in which one is of them.
    """
    names = "f.relation IN ('partnerships', 'series')"
    return index.near(
        "SELECT DISTINCT f.record AS event, t.no AS partnership FROM record t"
        f" CROSS JOIN ref f ON f.type = t.type AND f.id = t.id AND {names}"
        " WHERE t.type = 'partnership'",
        "SELECT f.record AS event, t.no AS partnership FROM asked"
        f" CROSS JOIN ref f ON f.record = asked.no AND {names}"
        " CROSS JOIN record t ON t.type = f.type AND t.id = f.id"
        " UNION SELECT f.record, t.no FROM asked CROSS JOIN record t ON t.no = asked.no"
        f" CROSS JOIN ref f ON f.type = t.type AND f.id = t.id AND {names}",
    )


def _at_both(
    index: CheckedIndex, row: sqlite3.Row, side: str, when: str
) -> Iterator[CrossRecordFinding]:
    """Yield the problem at the event, and at the date of the partnership."""
    for reference in find_references(json.loads(row["body"]), index.fields("event")):
        if (reference.type, reference.id) == ("partnership", row["partnership_id"]):
            message = f"'{row['date']}' is {when}"
            yield CrossRecordFinding(row["no"], reference.path, message, _HELP)
    message = f"the event '{row['id']}', '{row['date']}', is {when}"
    yield CrossRecordFinding(row["partnership"], (side,), message, _HELP)
