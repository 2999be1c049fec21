"""A city says which country it is in.

Without a country the city is missing from every answer by country or region, and two
cities of the same name cannot be told apart. A party whose level is `region` may be in
several countries, and one whose level is `country` may not be in ISO 3166-1; such
records may leave it out.

Bad:
    # cities/lyon.yaml
    name: Lyon
    sources: [lyon-page]

Good:
    # cities/lyon.yaml
    name: Lyon
    country: FR
    sources: [lyon-page]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord

WITHOUT = frozenset(("region", "country"))


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find a city without a country that should have one."""
    body = record.body
    if (
        record.type == "city"
        and "country" not in body
        and body.get("level") not in WITHOUT
    ):
        note = "add 'country' with its ISO 3166-1 alpha-2 code, such as FR"
        yield RuleFinding((), f"the city '{record.id}' has no country", note)
