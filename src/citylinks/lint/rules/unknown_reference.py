"""A record refers only to records that exist.

A reference to nothing does not help the reader: the city has no name, and the source
cannot be looked up. Usually the id is mistyped, or the record is yet to be written.

Bad:

    # cities/lyon.yaml
    name: Lyon

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohamma]

Good:

    # cities/lyon.yaml
    name: Lyon

    # cities/yokohama.yaml
    name: Yokohama

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.lint.rules import CrossRecordFinding
from citylinks.model.references import find_references
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex

MOST_HINTS = 50  # guesses in one run; each looks through all ids of a type


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find where a record refers to something that no file holds.

    What a file gives but could not be taken exists; so may anything of a type of which
    some file could not be read to its end.
    """
    rows = index.fetch(
        "SELECT DISTINCT f.record, f.type, f.id FROM ref f"
        f" WHERE {index.among('f.record')}"
        " AND NOT EXISTS (SELECT 1 FROM record t WHERE t.type = f.type AND t.id = f.id)"
        " AND NOT EXISTS (SELECT 1 FROM lost l WHERE l.type = f.type AND l.id = f.id)"
        " AND f.type NOT IN (SELECT type FROM partial) ORDER BY f.record"
    )
    hints: dict[tuple[str, str], str] = {}
    for number, group in groupby(rows, key=lambda row: row["record"]):
        missing = {(row["type"], row["id"]) for row in group}
        [record] = index.fetch("SELECT type, body FROM record WHERE no = ?", (number,))
        body, fields = json.loads(record["body"]), index.fields(record["type"])
        for reference in find_references(body, fields):
            key = (reference.type, reference.id)
            if key not in missing:
                continue
            if key not in hints:
                hints[key] = _hint(index, *key) if len(hints) < MOST_HINTS else ""
            message = f"there is no {reference.type} {quoted(reference.id)}{hints[key]}"
            yield CrossRecordFinding(number, reference.path, message)


def _hint(index: CheckedIndex, type_: str, id_: str) -> str:
    known = index.fetch("SELECT id FROM record WHERE type = ?", (type_,))
    return did_you_mean(id_, [row["id"] for row in known])
