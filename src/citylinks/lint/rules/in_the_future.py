"""What is recorded as past has happened.

A date in the future is usually mistyped: 2091 for 2019. An end, an expiry or an `until`
may be in the future, and so may the start of a partnership that is `planned` and the
dates on which its members join. One extra day is allowed, since it is already tomorrow
elsewhere, and dates in doubt (`?`) are not reported.

Bad:

    # events/2019-visit.yaml
    title: A delegation of Lyon visits Yokohama
    date: 2091-06-02
    kind: visit

Good:

    # events/2019-visit.yaml
    title: A delegation of Lyon visits Yokohama
    date: 2019-06-02
    kind: visit
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.field_uses import Fields
    from citylinks.model.references import Path

# What a planned partnership may have ahead.
PLANNED = frozenset((("start",), ("members", "from")))


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find what surely lies after today."""
    tomorrow = date.fromisoformat(record.today) + timedelta(days=1)
    for path, text in _past_dates(record.body, record.fields, ()):
        if text <= record.today:  # as text already: nearly all that is stated
            continue
        if (path[0], *path[2:]) in PLANNED and _is_planned(record):
            continue
        stated = dates.parse(text)
        if stated.is_uncertain or not stated.earliest:
            continue
        if stated.earliest > tomorrow:
            message = f"{path[-1]} '{text}' is in the future"
            yield RuleFinding(path, message, _help(path))


def _past_dates(
    part: dict[str, Any], fields: Fields, at: Path
) -> Iterator[tuple[Path, str]]:
    """Yield what is past once it is recorded, of a record and of its parts.

    Not the `date` of a source: the issue of a journal is dated ahead of the day on
    which it appears.
    """
    for key, value in part.items():
        use = fields[key]
        if use.is_past:
            yield (*at, key), value
        elif use.shape == "part":
            yield from _past_dates(value, use.fields, (*at, key))
        elif use.shape == "list" and use.fields:
            for number, item in enumerate(value):
                yield from _past_dates(item, use.fields, (*at, key, number))


def _is_planned(record: CheckedRecord) -> bool:
    changes = record.body.get("status", ())
    return bool(changes) and changes[-1]["is"] == "planned"


def _help(path: Path) -> str | None:
    return (
        "a partnership that is still to begin has 'status: planned'"
        if path == ("start",)
        else None
    )
