"""A record cites the source that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.rules import Record


def check(record: Record) -> Iterator[Finding]:
    """Find a record that does not say where it was learnt."""
    if record.type in {"city", "partnership", "event"} and "sources" not in record.body:
        yield Finding((), f"the {record.type} cites no source")
