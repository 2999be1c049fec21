"""A subdivision is one of the country of its city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.rules import Record


def check(record: Record) -> Iterator[Finding]:
    """Find a subdivision that is not of the country of its city."""
    country, subdivision = record.body.get("country"), record.body.get("subdivision")
    if country and subdivision and not subdivision.startswith(f"{country}-"):
        said = f"subdivision '{subdivision}' is not of country '{country}'"
        yield Finding(("subdivision",), said)
