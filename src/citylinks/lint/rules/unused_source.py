"""Every source is cited by a record.

A source that no record cites is left over from a deleted record, or its id is mistyped
in the citation. If a record was left out because of errors, nothing is reported, since
that record may cite the source.

Bad:
    # cities/lyon.yaml
    name: Lyon
    country: FR
    sources: [lyon-page]

    # sources.yaml
    lyon-page: {title: International relations}
    lyon-pages: {title: International relations}

Good:
    # cities/lyon.yaml
    name: Lyon
    country: FR
    sources: [lyon-page]

    # sources.yaml
    lyon-page: {title: International relations}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import CrossRecordFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the sources that no record cites."""
    yield from never_used(index, "source", "no record cites the source")


def never_used(
    index: CheckedIndex, type_: str, message: str
) -> Iterator[CrossRecordFinding]:
    """Find the terms that no record names, and that are above none that one names."""
    if index.fetch("SELECT 1 FROM left_out LIMIT 1"):
        return
    rows = index.fetch(
        "WITH RECURSIVE used (id) AS ("
        " SELECT t.id FROM record t WHERE t.type = :type"
        " AND EXISTS (SELECT 1 FROM ref f"
        " WHERE f.type = :type AND f.id = t.id AND f.relation <> 'broader')"
        " UNION SELECT f.id FROM used"
        " JOIN record t ON t.type = :type AND t.id = used.id"
        " JOIN ref f ON f.record = t.no AND f.relation = 'broader')"
        " SELECT r.no, r.id FROM record r WHERE r.type = :type AND r.id NOT IN used"
        f" AND {index.among('r.no')} ORDER BY r.no",
        {"type": type_},
    )
    for row in rows:
        yield CrossRecordFinding(row["no"], (), f"{message} '{row['id']}'")
