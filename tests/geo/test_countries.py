from collections import Counter

import pytest

from citylinks.geo import countries as module
from citylinks.geo.countries import (
    Country,
    all_countries,
    get_country,
    region_names,
)
from citylinks.geo.names import region_codes

ALL_CODES = frozenset(country.code for country in all_countries())
TOP_REGIONS = ("Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania")


def test_there_are_249_countries_ordered_by_code() -> None:
    codes = [country.code for country in all_countries()]
    assert len(codes) == len(set(codes)) == 249
    assert codes == sorted(codes)
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)


def test_the_table_places_each_country_once() -> None:
    members = Counter(
        code for region in module._regions().values() for code in region.members
    )
    assert set(members.values()) == {1}
    assert members.keys() == ALL_CODES


@pytest.mark.parametrize(
    ("code", "name", "region", "subregion"),
    [
        ("NO", "Norway", "Europe", "Northern Europe"),
        ("TW", "Taiwan", "Asia", "Eastern Asia"),
        ("PS", "Palestine", "Asia", "Western Asia"),
        ("GB", "United Kingdom", "Europe", "Northern Europe"),
        ("JE", "Jersey", "Europe", "Northern Europe"),
        ("CY", "Cyprus", "Asia", "Western Asia"),
        ("KZ", "Kazakhstan", "Asia", "Central Asia"),
        ("IR", "Iran", "Asia", "Southern Asia"),
        ("NA", "Namibia", "Africa", "Southern Africa"),
        ("SD", "Sudan", "Africa", "Northern Africa"),
        ("CD", "Democratic Republic of the Congo", "Africa", "Middle Africa"),
        ("CI", "Côte d'Ivoire", "Africa", "Western Africa"),
        ("MX", "Mexico", "Americas", "Central America"),
        ("GL", "Greenland", "Americas", "Northern America"),
        ("CW", "Curaçao", "Americas", "Caribbean"),
        ("BV", "Bouvet Island", "Americas", "South America"),
        ("FM", "Micronesia", "Oceania", "Micronesia"),
        ("AQ", "Antarctica", "Antarctica", "Antarctica"),
    ],
)
def test_samples_are_placed_by_m49(
    code: str, name: str, region: str, subregion: str
) -> None:
    assert get_country(code) == Country(code, name, region, subregion)


@pytest.mark.parametrize("code", ["XK", "UK", "EU", "SU", "no", " NO", "NOR", ""])
def test_get_knows_only_exact_iso_codes(code: str) -> None:
    assert get_country(code) is None


def test_the_regions_partition_the_countries_as_the_countries_say() -> None:
    assert Counter(
        code for name in TOP_REGIONS for code in region_codes(name)
    ) == Counter(ALL_CODES)
    for country in all_countries():
        assert country.region in TOP_REGIONS
        assert country.code in region_codes(country.region)
        assert country.code in region_codes(country.subregion)


def test_all_of_a_country_s_regions_lead_to_one_top_level_region() -> None:
    for region in module._regions().values():
        tops = {
            ancestor.name
            for ancestor in module._lineage(region)
            if not ancestor.parents
        }
        assert len(tops) == 1


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Africa", 60),
        ("Americas", 57),
        ("Asia", 51),
        ("Europe", 51),
        ("Oceania", 29),
        ("Antarctica", 1),
        ("Sub-Saharan Africa", 53),
        ("Latin America and the Caribbean", 52),
        ("North America", 41),
        ("Northern America", 5),
        ("Caribbean", 28),
        ("Eastern Asia", 8),
        ("Western Asia", 18),
        ("Eastern Africa", 22),
        ("Australia and New Zealand", 6),
    ],
)
def test_regions_of_every_level_have_their_countries(text: str, size: int) -> None:
    assert len(region_codes(text)) == size


def test_eastern_asia_holds_taiwan() -> None:
    assert region_codes("030") == {"CN", "HK", "JP", "KP", "KR", "MN", "MO", "TW"}


def test_every_region_name_is_listed_once_and_known() -> None:
    names = region_names()
    assert len(names) == len(set(names)) == 31
    assert {
        *TOP_REGIONS,
        "Sub-Saharan Africa",
        "Latin America and the Caribbean",
    } <= set(names)
    assert all(region_codes(name) for name in names)
