"""A subdivision is one of ISO 3166-2.

A code of the right form that stands for no place is mistyped, or was withdrawn: the regions of
France and China have had other codes. What has none, as the districts of a city, is left out.

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

from citylinks.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.rules import Record


def check(record: Record) -> Iterator[Finding]:
    """Find a subdivision that ISO 3166-2 does not list; one of another country has its own rule."""
    country, subdivision = record.body.get("country"), record.body.get("subdivision")
    if not subdivision or (country and not subdivision.startswith(f"{country}-")):
        return
    if not _is_listed(subdivision):
        known = f"https://www.iso.org/obp/ui/#iso:code:3166:{subdivision[:2]}"
        said = f"'{subdivision}' is not in ISO 3166-2{_hint(subdivision)}"
        yield Finding(("subdivision",), said, f"the codes of the country: {known}")


@lru_cache(maxsize=8192)
def _is_listed(code: str) -> bool:
    import pycountry

    return pycountry.subdivisions.get(code=code) is not None  # type: ignore[no-untyped-call]


def _hint(code: str) -> str:
    """Return the one code that begins as this does, if there is one: `FR-75C` for `FR-75`."""
    import pycountry

    begun = [one for one in pycountry.subdivisions if one.code.startswith(code)]
    return f"; did you mean '{begun[0].code}' ({begun[0].name})?" if len(begun) == 1 else ""
