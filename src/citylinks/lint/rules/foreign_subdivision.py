"""A subdivision belongs to the country of its city.

An ISO 3166-2 code begins with the code of its country. If the two differ, one is wrong,
and the city would be counted in the wrong place.

Bad:

    # cities/yokohama.yaml
    name: Yokohama
    country: JP
    subdivision: FR-69

Good:

    # cities/yokohama.yaml
    name: Yokohama
    country: JP
    subdivision: JP-14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find a subdivision that is not of the country of its city."""
    country, subdivision = record.body.get("country"), record.body.get("subdivision")
    if country and subdivision and not subdivision.startswith(f"{country}-"):
        message = f"subdivision '{subdivision}' is not in country '{country}'"
        yield RuleFinding(("subdivision",), message)
