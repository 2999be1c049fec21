"""Nothing ends before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.diagnostics import Path
    from citylinks.rules import Record


def check(record: Record) -> Iterator[Finding]:
    """Find what surely ends before it begins."""
    for first, last, path in _spans(record):
        if first and last and is_before(last, first):
            yield Finding(path, f"{last} lies before {first}")


def is_before(last: str, first: str) -> bool:
    """Whether one date surely lies before another."""
    ended, begun = dates.parse(last).latest, dates.parse(first).earliest
    return ended is not None and begun is not None and ended < begun


def _spans(record: Record) -> Iterator[tuple[str | None, str | None, Path]]:
    """Yield each beginning with its end, and where the end stands."""
    body = record.body
    yield body.get("start"), body.get("end"), ("end",)
    for number, paper in enumerate(body.get("agreements", ())):
        yield paper.get("signed"), paper.get("expires"), ("agreements", number, "expires")
    for number, alias in enumerate(body.get("aliases", ())):
        if isinstance(alias, dict):
            yield alias.get("from"), alias.get("until"), ("aliases", number, "until")
