"""What is told as having happened has happened.

A date in the future is mostly mistyped: 2091 for 2019. An end, an expiry or an `until`
may lie ahead, and so may the start of a tie that is `planned`, and what its members
then begin. A day's grace is given, since it is already tomorrow elsewhere; what is
doubted (`?`) is not told.

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
from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

# What of a record is past once it is recorded: the key, or the list and the key in its
# parts. Not the `date` of a source: the issue of a journal is dated ahead of the day on
# which it appears.
PAST: dict[str, tuple[tuple[str, ...], ...]] = {
    "city": (("aliases", "from"), ("counts", "date")),
    "partnership": (
        ("start",),
        ("members", "from"),
        ("aliases", "from"),
        ("status", "since"),
        ("agreements", "signed"),
        ("outcomes", "date"),
        ("counts", "date"),
    ),
    "event": (("date",), ("outcomes", "date")),
    "source": (("accessed",),),
}
# What a planned partnership may have ahead.
PLANNED = frozenset((("start",), ("members", "from")))


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find what surely lies after today."""
    tomorrow = date.fromisoformat(record.today) + timedelta(days=1)
    for field in PAST.get(record.type, ()):
        if field in PLANNED and _is_planned(record):
            continue
        for path, text in _values(record, field):
            if text <= record.today:  # as text already: nearly all that is stated
                continue
            stated = dates.parse(text)
            if stated.is_uncertain or not stated.earliest:
                continue
            if stated.earliest > tomorrow:
                message = f"{path[-1]} '{text}' lies in the future"
                yield RuleFinding(path, message, _help(path))


def _values(
    record: CheckedRecord, field: tuple[str, ...]
) -> Iterator[tuple[Path, str]]:
    key, *within = field
    value = record.body.get(key)
    if isinstance(value, str):
        yield (key,), value
    for number, part in enumerate(value if within and value else ()):
        if isinstance(part, dict) and within[0] in part:
            yield (key, number, within[0]), part[within[0]]


def _is_planned(record: CheckedRecord) -> bool:
    changes = record.body.get("status", ())
    return bool(changes) and changes[-1]["is"] == "planned"


def _help(path: Path) -> str | None:
    return "a tie to come has 'status: planned'" if path == ("start",) else None
