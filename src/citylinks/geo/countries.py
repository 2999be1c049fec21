"""Countries and their regions by code.

A record holds only a country's code; its name and region follow from `country_table`.
"""

from functools import cache
from typing import NamedTuple

from citylinks.geo.country_table import COUNTRIES


class Country(NamedTuple):
    """A country or territory with an ISO 3166-1 code, and its regions in M49.

    The regions are the widest and the narrowest. Guernsey and Jersey are in Northern
    Europe; M49's own group for the two of them is not kept.
    """

    code: str
    name: str
    region: str
    subregion: str


class _Region(NamedTuple):
    """A block of the table, its countries as names by code."""

    number: str
    name: str
    parents: tuple[str, ...]
    members: dict[str, str]


def get_country(code: str) -> Country | None:
    """Return the country with exactly this upper-case code."""
    return _countries_by_code().get(code)


def region_of_country(code: str | None) -> str | None:
    """Return the most detailed UN M49 region of a country, or None for no code."""
    country = get_country(code) if code else None
    return country.subregion if country else None


def all_countries() -> tuple[Country, ...]:
    """Return every country, ordered by code."""
    return tuple(_countries_by_code().values())


def region_names() -> tuple[str, ...]:
    """Return the names of all regions, a wider one before those within it."""
    return tuple(region.name for region in _regions().values())


@cache
def _regions() -> dict[str, _Region]:
    """Return the table's regions by number, in its order."""
    regions = [_parse_region(block) for block in COUNTRIES.strip().split("\n\n")]
    return {region.number: region for region in regions}


def _parse_region(block: str) -> _Region:
    """Read one block of the table."""
    head, *rows = block.splitlines()
    title, _, parents = head.partition(" < ")
    number, name = title.split(" ", 1)
    members = {}
    for row in rows:
        country = row.partition(" | ")[0]
        members[country[:2]] = country[3:]
    return _Region(number, name, tuple(parents.split()), members)


def _lineage(region: _Region) -> list[_Region]:
    """Return the region and all it lies in, the last being the top-level one."""
    lineage = [region]
    for number in region.parents:
        lineage += _lineage(_regions()[number])
    return lineage


@cache
def _countries_by_code() -> dict[str, Country]:
    """Place each country of the table, ordered by code."""
    placed = {}
    for region in _regions().values():
        widest = _lineage(region)[-1].name
        for code, name in region.members.items():
            placed[code] = Country(code, name, widest, region.name)
    return dict(sorted(placed.items()))


@cache
def codes_by_region() -> dict[str, frozenset[str]]:
    """Return the codes of the countries in each region, by its number and its name."""
    index: dict[str, frozenset[str]] = {}
    for region in _regions().values():
        for wider in _lineage(region):
            codes = index.get(wider.number, frozenset()) | region.members.keys()
            index[wider.number] = index[wider.name] = codes
    return index
