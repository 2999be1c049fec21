"""What a name of a country or a region means, in any of the usual languages.

The names are those of `country_table` and of three lists: `other_names` and `groups`,
which are kept by hand, and `names_in_languages.txt`, which is CLDR's. Filters and
imports read them here. They are loaded when the first of them is asked for.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citylinks.geo import groups
from citylinks.geo import other_names as lists
from citylinks.geo.countries import (
    all_countries,
    codes_by_region,
    get_country,
    region_names,
)
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Meaning(NamedTuple):
    """The countries that a name means.

    `reading` is what it was read as, where the name does not say just that.
    """

    codes: frozenset[str]
    reading: str | None = None


NO_MEANING = Meaning(frozenset())

_LANGUAGES = Path(__file__).with_name("names_in_languages.txt")
_DIGITS_OR_GROUP = re.compile(r"[0-9]{3}|EU|EZ")

# The abbreviations of atlases and statistics, which end in a dot.
_ABBREVIATED = {
    "central": "central", "dem": "democratic", "eq": "equatorial", "fed": "federal",
    "fr": "french", "is": "islands", "isl": "islands", "n": "northern",
    "rep": "republic", "s": "south", "st": "saint", "ste": "sainte", "w": "western",
}  # fmt: skip
_ABBREVIATION = re.compile(r"(?<![\w.])(\w\w+|[nsw](?=\.\s?\w\w))\.")
_INVERTED = re.compile(r"([^,(]+)[,(]\s*([^,()]+)\)?")

# Words that a name may have or lack.
_LIGHT_WORDS = frozenset(("the", "of", "and"))
_SIDES = {
    "central": "middle", "east": "eastern", "north": "northern", "south": "southern",
    "west": "western",
}  # fmt: skip


# -- Countries -----------------------------------------------------------------


def find_country(text: str) -> Meaning:
    """Return the countries that a code or a name means."""
    for written in _forms(text):
        meaning = _countries().get(_key(written))
        if meaning:
            return meaning
    codes = _codes_of_official_name(text)
    return Meaning(codes) if codes else NO_MEANING


def country_codes(text: str) -> frozenset[str]:
    """Return the codes of the countries that a name means: several for "Congo"."""
    return find_country(text).codes


def is_of_no_country_today(text: str) -> bool:
    """Whether a name is that of a state that ISO 3166-1 does not list today."""
    return _key(text) in _names_not_of_today()


def other_country_names() -> Iterator[str]:
    """Yield the names of countries beside those of `country_table`."""
    for table in (lists.SYNONYMS, lists.READ_AS, _languages()):
        for key, names in _rows(table):
            if get_country(key):
                yield from names


def _forms(text: str) -> Iterator[str]:
    """Yield a name as it is written, then turned round: `Korea, South`."""
    yield text
    inverted = _INVERTED.fullmatch(text.strip())
    if inverted:
        yield f"{inverted[2]} {inverted[1]}"


@cache
def _countries() -> dict[str, Meaning]:
    """Index what every code and name means by its key."""
    index: dict[str, Meaning] = {}
    for keys, names in _rows(lists.SHARED_NAMES):
        codes = frozenset(keys.split(","))
        _add(index, names, Meaning(codes, _listed(codes)))
    for country in all_countries():
        exact = Meaning(frozenset({country.code}))
        _add(index, (country.code, country.name), exact)
    for code, names in _rows(lists.READ_AS):
        codes = frozenset({code})
        _add(index, names, Meaning(codes, _listed(codes)))
    for code, names in (*_rows(lists.SYNONYMS), *_rows(_languages())):
        if get_country(code):
            _add(index, names, Meaning(frozenset({code})))
    return index


def country_names(codes: Iterable[str]) -> list[str]:
    """Return the names of countries, in the order of their codes."""
    return [country.name for country in map(get_country, sorted(codes)) if country]


def _listed(codes: Iterable[str]) -> str:
    """Return the names of countries in words: `North Korea or South Korea`."""
    return " or ".join(country_names(codes))


@cache
def _names_not_of_today() -> frozenset[str]:
    keys: list[str] = []
    for _, names in _rows(lists.NOT_OF_TODAY):
        keys += map(_key, names)
    return frozenset(keys)


def _codes_of_official_name(text: str) -> frozenset[str]:
    """Return the country of a code of three signs, or of a name in full."""
    if not re.fullmatch(r"[A-Za-z]{3}|[0-9]{3}|.{9,}", text.strip()):
        return frozenset()
    for written in _forms(text):
        codes = _official_names().get(_key(written))
        if codes:
            return codes
    return frozenset()


@cache
def _official_names() -> dict[str, frozenset[str]]:
    """Index the codes and the names in full that ISO 3166-1 has."""
    import pycountry

    index: dict[str, frozenset[str]] = {}
    for country in pycountry.countries:
        fields = dict(country)
        codes = frozenset({fields["alpha_2"]})
        if not get_country(fields["alpha_2"]):
            continue
        for kind in ("alpha_3", "numeric", "name", "official_name", "common_name"):
            if kind in fields:
                index.setdefault(_key(fields[kind]), codes)
    return index


# -- Regions -------------------------------------------------------------------


def find_region(text: str) -> Meaning:
    """Return the countries of a region of UN M49 or of another region of `groups`."""
    meaning = _regions().get(_key(text))
    if meaning is None and not find_country(text).codes:  # South Africa is one
        meaning = _regions().get(_key(text, _SIDES))
    return meaning or NO_MEANING


def region_codes(text: str) -> frozenset[str]:
    """Return the codes of the countries in a region; none where it is not known."""
    return find_region(text).codes


def all_region_names() -> Iterator[str]:
    """Yield the names of the regions of UN M49, then those of the others."""
    yield from region_names()
    for group in groups.GROUPS:
        yield group.name


def region_name(text: str) -> str:
    """Return the usual name of the region that a text means, or else the text."""
    meaning = find_region(text)
    names = (name for name in all_region_names() if find_region(name) == meaning)
    return next(names, text)


@cache
def _regions() -> dict[str, Meaning]:
    """Index what every number and name of a region means by its key."""
    index: dict[str, Meaning] = {}
    for name, codes in codes_by_region().items():
        _add(index, [name], Meaning(codes))
    by_cldr: dict[str, Meaning] = {}
    for group in groups.GROUPS:
        meaning = Meaning(_members(group), group.reading)
        by_cldr[group.cldr] = meaning
        _add(index, [group.name, *_split(group.names)], meaning)
    for number, names in (*_rows(lists.REGION_SYNONYMS), *_rows(_languages())):
        if _DIGITS_OR_GROUP.fullmatch(number):
            meaning = by_cldr.get(number) or Meaning(codes_by_region()[number])
            _add(index, names, meaning)
    return index


def _members(group: groups.CountryGroup) -> frozenset[str]:
    """Return the codes of a group, which may be given by regions of UN M49."""
    codes: set[str] = set()
    for word in group.codes.split():
        codes |= codes_by_region().get(word, {word})
    return frozenset(codes)


# -- Names ---------------------------------------------------------------------


def _add(index: dict[str, Meaning], names: Iterable[str], meaning: Meaning) -> None:
    for name in names:
        index.setdefault(_key(name), meaning)


def _key(text: str, other_words: dict[str, str] | None = None) -> str:
    """Reduce a name to what all the usual ways of writing it share."""
    written = _ABBREVIATION.sub(_in_full, text.casefold()).replace(".", "")
    words = fold(written.replace("&", " and ")).split()
    if words[:1] == ["st"] and len(words) > 1:
        words[0] = "saint"
    if other_words:
        words = [other_words.get(word, word) for word in words]
    kept = [word for word in words if word not in _LIGHT_WORDS]
    return "".join(kept or words)


def _in_full(match: re.Match[str]) -> str:
    return _ABBREVIATED.get(match[1], match[1])


@cache
def _languages() -> str:
    return _LANGUAGES.read_text(encoding="utf-8")


def _rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of a list: codes, and the names that go with them."""
    for line in table.splitlines():
        key, _, names = line.partition(" ")
        if names and key != "#":
            yield key, _split(names)


def _split(names: str) -> list[str]:
    return [name for name in names.split(" | ") if name]
