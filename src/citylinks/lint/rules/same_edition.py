"""Each edition of a series is one event.

Two events cannot both be the sixth of a series: one of the numbers is wrong, or both
records are about the same event.

Bad:

    # events/2016-forum.yaml
    title: Sixth forum
    date: 2016
    kind: forum
    series: {id: forum, edition: 6}

    # events/2017-forum.yaml
    title: Seventh forum
    date: 2017
    kind: forum
    series: {id: forum, edition: 6}

Good:

    # events/2016-forum.yaml
    title: Sixth forum
    date: 2016
    kind: forum
    series: {id: forum, edition: 6}

    # events/2017-forum.yaml
    title: Seventh forum
    date: 2017
    kind: forum
    series: {id: forum, edition: 7}
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.lint.rules import CrossRecordFinding, same_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the events that are the same edition of a series."""
    near = index.near(
        "SELECT record, id FROM ref WHERE type = 'partnership' AND relation = 'series'",
        "SELECT DISTINCT f.record, f.id FROM asked"
        " CROSS JOIN ref a ON a.record = asked.no AND a.relation = 'series'"
        " CROSS JOIN ref f"
        " ON f.type = a.type AND f.id = a.id AND f.relation = a.relation",
    )
    rows = index.fetch(
        "SELECT e.no, e.id, near.id AS series,"
        " json_extract(e.body, '$.series.edition') AS edition"
        f" FROM ({near}) near CROSS JOIN record e ON e.no = near.record"
        " WHERE edition IS NOT NULL ORDER BY series, edition, e.id"
    )
    for (series, edition), group in groupby(
        rows, key=lambda row: (row["series"], row["edition"])
    ):
        for row, other in same_pairs(list(group), lambda *_: True):
            message = (
                f"the event '{other['id']}' is also edition {edition} of '{series}'"
            )
            yield CrossRecordFinding(row["no"], ("series", "edition"), message)
