"""An event of a partnership concerns at least one of its members.

If none of the cities of an event is a member of any partnership that it names, one of
the ids is wrong. A city that contains a member, or is part of one, counts as a member.
Networks, programmes, series and commitments are not checked: often only some of their
members are known.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]

    # events/2009-visit.yaml
    title: A delegation visits
    date: 2009
    kind: visit
    cities: [nice, kobe]
    partnerships: [lyon-yokohama]

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]

    # events/2009-visit.yaml
    title: A delegation visits
    date: 2009
    kind: visit
    cities: [lyon, kobe]
    partnerships: [lyon-yokohama]
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.lint.rules import CrossRecordFinding
from citylinks.lint.rules.event_outside_partnership import events_of_partnerships
from citylinks.model.vocabulary import GATHERING_KINDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex

_GATHERINGS = ", ".join(f"'{kind}'" for kind in sorted(GATHERING_KINDS))
_HELP = "correct the cities or the partnerships of the event, or add the missing city"


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the events with cities, none of which is of a partnership that they name."""
    for number, group in groupby(
        _without_common_city(index), key=lambda row: row["no"]
    ):
        rows = list(group)
        if _may_be_member(index, number) or _is_related(index, number):
            continue
        ties = " or ".join(f"'{row['partnership_id']}'" for row in rows)
        path = ("cities",) if rows[0]["has_cities"] else ("place",)
        yield CrossRecordFinding(
            number, path, f"no city of the event is a member of {ties}", _HELP
        )
        for row in rows:
            message = (
                f"no member of this partnership is a city of its event '{row['id']}'"
            )
            yield CrossRecordFinding(row["partnership"], ("members",), message, _HELP)


def _without_common_city(index: CheckedIndex) -> list[sqlite3.Row]:
    """Return the events and their partnerships that have no city in common."""
    is_place = "c.record = e.no AND c.relation IN ('cities', 'place')"
    return index.fetch(
        "SELECT e.no, e.id, t.no AS partnership, t.id AS partnership_id,"
        " EXISTS (SELECT 1 FROM ref c"
        " WHERE c.record = e.no AND c.relation = 'cities') AS has_cities"
        f" FROM ({events_of_partnerships(index)}) near"
        " CROSS JOIN record t"
        f" ON t.no = near.partnership AND t.kind NOT IN ({_GATHERINGS})"
        " CROSS JOIN record e ON e.no = near.event"
        f" WHERE EXISTS (SELECT 1 FROM ref c WHERE {is_place}) AND NOT EXISTS ("
        "  SELECT 1 FROM ref c CROSS JOIN ref m ON m.type = 'city' AND m.id = c.id"
        f"  AND m.relation = 'members' AND m.record = t.no WHERE {is_place})"
        " ORDER BY e.no, t.id"
    )


def _may_be_member(index: CheckedIndex, event: int) -> bool:
    """Whether an event may be of a member that is not on record."""
    rows = index.fetch(
        "SELECT 1 FROM ref f"
        " WHERE f.record = ? AND f.relation IN ('partnerships', 'series')"
        " AND NOT EXISTS (SELECT 1 FROM record t WHERE t.type = f.type AND t.id = f.id"
        f" AND t.kind NOT IN ({_GATHERINGS}))",
        (event,),
    )
    return bool(rows)


def _is_related(index: CheckedIndex, event: int) -> bool:
    """Whether a city of an event is a member of its partnership.

    A part of a member counts, and so does what a member is part of.
    """
    rows = index.fetch(
        "WITH RECURSIVE city (id) AS (SELECT id FROM ref"
        "  WHERE record = :event AND relation IN ('cities', 'place')),"
        " member (id) AS (SELECT m.id FROM ref f"
        "  CROSS JOIN record t ON t.type = f.type AND t.id = f.id"
        "  CROSS JOIN ref m ON m.record = t.no AND m.relation = 'members'"
        "  WHERE f.record = :event AND f.relation IN ('partnerships', 'series')),"
        " around (id, side) AS (SELECT id, 'city' FROM city"
        "  UNION SELECT id, 'member' FROM member"
        "  UNION SELECT f.id, side FROM around"
        "  CROSS JOIN record r ON r.type = 'city' AND r.id = around.id"
        "  CROSS JOIN ref f ON f.record = r.no AND f.relation = 'part_of')"
        " SELECT 1 FROM around one"
        " JOIN around two ON two.id = one.id AND two.side = 'city'"
        " WHERE one.side = 'member' AND (one.id IN (SELECT id FROM city)"
        "  OR one.id IN (SELECT id FROM member)) LIMIT 1",
        {"event": event},
    )
    return bool(rows)
