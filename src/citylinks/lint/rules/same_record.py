"""An event, organization, theme, source or named partnership has only one record.

Two records of the same thing are printed and counted twice, and what is corrected in
one stays wrong in the other.

Two events are the same if their title and date are, unless their cities, place,
partnerships or series differ. Two organizations are the same if their name is, unless
they are in different countries; two themes if their label is; two sources if their
title, publisher, date and address are; two networks, programmes or other partnerships
if their name and kind are. For two partnerships of the same two cities there is the
rule `same-partnership`, for two cities the rule `same-city`.

Bad:

    # events/2009-visit.yaml
    title: The mayor visits Yokohama
    date: 2009-06
    kind: visit

    # events/2009-visit-to-yokohama.yaml
    title: The Mayor visits Yokohama
    date: 2009-06
    kind: visit

Good:

    # events/2009-06-visit.yaml
    title: The mayor visits Yokohama
    date: 2009-06
    kind: visit

    # events/2009-10-visit.yaml
    title: The mayor visits Yokohama
    date: 2009-10
    kind: visit
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from citylinks.lint.rules import CrossRecordFinding, same_pairs
from citylinks.model.vocabulary import BILATERAL_KINDS
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex

# What says the name of a record, and what else is alike in two that are the same.
_NAMED_BY = {"event": "title", "source": "title", "theme": "label"}
_ALIKE = {
    "event": ("date",),
    "partnership": ("kind",),
    "source": ("publisher", "date", "url"),
}
_SETS_APART = ("country", "cities", "partnerships", "place", "series")
_STATED = ("date", "publisher", "url", *_SETS_APART)


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the records of one name that nothing sets apart."""
    rows = [row for row in _with_one_name(index) if row["kind"] not in BILATERAL_KINDS]
    for _, group in groupby(rows, key=_identity):
        for row, other in same_pairs(list(group), _may_be_one):
            same = f"the {row['type']} '{other['id']}'"
            message = f"{quoted(row['name'])} is also recorded as {same}"
            place = (_NAMED_BY.get(row["type"], "name"),)
            yield CrossRecordFinding(row["no"], place, message, "merge the two records")


def _with_one_name(index: CheckedIndex) -> list[sqlite3.Row]:
    """Return the records but cities that have one name, side by side."""
    near = index.near(
        "SELECT folded FROM label WHERE reason IN ('name', 'title')"
        " GROUP BY folded HAVING count(*) > 1",
        "SELECT DISTINCT l.folded FROM asked CROSS JOIN label l ON l.record = asked.no"
        " AND l.reason IN ('name', 'title')",
    )
    stated = ", ".join(f"json_extract(r.body, '$.{key}') AS {key}" for key in _STATED)
    rows = index.fetch(
        f"SELECT r.no, r.type, r.id, r.name, r.kind, l.folded, {stated}"
        f" FROM ({near}) near CROSS JOIN label l"
        " ON l.folded = near.folded AND l.reason IN ('name', 'title')"
        " CROSS JOIN record r"
        " ON r.no = l.record AND r.name = l.text AND r.type <> 'city'"
    )
    return sorted(rows, key=lambda row: (_identity(row), row["id"]))


def _identity(row: sqlite3.Row) -> tuple[Any, ...]:
    """Return the values that are alike in two records which are the same."""
    alike = (row[key] or "" for key in _ALIKE.get(row["type"], ()))
    return (row["type"], row["folded"], *alike)


def _may_be_one(row: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Whether nothing that both state sets two records apart."""
    return not any(_differs(row[key], other[key]) for key in _SETS_APART)


def _differs(value: object, other: object) -> bool:
    return value is not None and other is not None and value != other
