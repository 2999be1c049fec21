"""A subdivision is an ISO 3166-2 code.

A code of the right form that names no place is mistyped, or has been withdrawn: the
regions of France and China once had other codes. Leave out the subdivision if it has no
code, like a district of a city.

Bad:

    # cities/yokohama.yaml
    name: Yokohama
    country: JP
    subdivision: JP-99

Good:

    # cities/yokohama.yaml
    name: Yokohama
    country: JP
    subdivision: JP-14
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find a subdivision that ISO 3166-2 does not list.

    One of another country has its own rule.
    """
    country, subdivision = record.body.get("country"), record.body.get("subdivision")
    if not subdivision or (country and not subdivision.startswith(f"{country}-")):
        return
    known = _subdivisions(subdivision[:2])
    if subdivision not in known:
        begun = [code for code in known if code.startswith(subdivision)]
        hint = ""
        if len(begun) == 1:
            hint = f"; did you mean '{begun[0]}' ({known[begun[0]]})?"
        listed = f"https://www.iso.org/obp/ui/#iso:code:3166:{subdivision[:2]}"
        message = f"'{subdivision}' is not in ISO 3166-2{hint}"
        yield RuleFinding(
            ("subdivision",), message, f"the codes of the country: {listed}"
        )


@lru_cache
def _subdivisions(country: str) -> dict[str, str]:
    """Return the subdivisions of a country, from code to name."""
    import pycountry

    listed = pycountry.subdivisions.get(country_code=country)  # type: ignore[no-untyped-call]
    return {subdivision.code: subdivision.name for subdivision in listed or ()}
