"""An id is used only once for each type of record.

Other records refer to a record by its id. If two records have the same id, only the one
that is read first counts, and the other is lost.

Bad:

    # cities/lyon.yaml
    name: Lyon

    # cities/france.yaml
    ---
    id: lyon
    name: Lyon
    ---
    id: nice
    name: Nice

Good:

    # cities/lyon.yaml
    name: Lyon

    # cities/france.yaml
    ---
    id: nice
    name: Nice
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.index.database import SPAN
from citylinks.lint.locations import RecordLocation
from citylinks.lint.rules import CrossRecordFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the ids that several files give, at each place.

    Twice in one file is found where the file is read.
    """
    rows = index.fetch(
        "WITH given AS (SELECT type, id, file, document FROM lost"
        f" UNION SELECT r.type, r.id, r.no >> {SPAN}, r.document"
        " FROM record r JOIN lost l ON l.type = r.type AND l.id = r.id)"
        " SELECT given.* FROM given JOIN file f ON f.no = given.file"
        " ORDER BY given.type, given.id, f.path, given.document"
    )
    for (type_, id_), group in groupby(rows, key=lambda row: (row["type"], row["id"])):
        given = list(group)
        for row in given if len(given) > 1 else ():
            others = [each for each in given if each is not row]
            where = RecordLocation(row["file"], row["document"])
            elsewhere = RecordLocation(others[0]["file"], others[0]["document"])
            here, other = index.locate(where, ("id",)), index.locate(elsewhere, ("id",))
            message = f"the {type_} '{id_}' is given twice"
            yield CrossRecordFinding(
                where, ("id",), message, f"the other is at {other.seen_from(here)}"
            )
