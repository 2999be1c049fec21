"""Countries as sources write them: codes, names in any language, variants.

Codes and English names are those of `country_table`; names in 160 other languages are
those of Debian's iso-codes, which pycountry carries. A name that means two countries
there means none here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from citylinks.geo.countries import country_codes, get_country
from citylinks.geo.country_table import NAMES_IN_SOURCES
from citylinks.text.normalize import fold


class Territory(NamedTuple):
    """The country that a source's word means: a code, or why there is none."""

    code: str | None = None
    why: str | None = None


@lru_cache(maxsize=4096)
def find_territory(text: str | None) -> Territory:
    """Return the country that a code or a name in any language means."""
    written = " ".join((text or "").split())
    if not written:
        return Territory()
    code = _codes_in_sources().get(_key(written))
    if code == "":
        return Territory(None, f"'{written}' is no one country of ISO 3166-1 today")
    if code:
        return Territory(code)
    codes = country_codes(written) or _coded(written)
    codes = codes or _codes_by_translation().get(fold(written), frozenset())
    if len(codes) == 1:
        return Territory(next(iter(codes)))
    if codes:
        listed = " or ".join(sorted(codes))
        return Territory(None, f"the country '{written}' may be {listed}")
    return Territory(None, f"the country '{written}' is not known")


def _key(written: str) -> str:
    """Return a text as it is compared: folded, unless nothing would be left of it."""
    return fold(written) if any(map(str.isalnum, written)) else written


@cache
def _codes_in_sources() -> dict[str, str]:
    return {fold(name): code for name, code in NAMES_IN_SOURCES.items()}


def _coded(text: str) -> frozenset[str]:
    """Return the country of a code of three letters or digits, or of a subdivision."""
    code = ""
    if re.fullmatch(r"[A-Za-z]{3}|[0-9]{3}", text):
        code = _code_of_three(text)
    elif re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", text):
        code = text[:2]
    return frozenset([code]) if get_country(code) else frozenset()


def _code_of_three(text: str) -> str:
    import pycountry

    if text.isdigit():
        country = pycountry.countries.get(numeric=text)
    else:
        country = pycountry.countries.get(alpha_3=text.upper())
    return country.alpha_2 if country else ""


# -- Names in other languages -------------------------------------------------


@cache
def _codes_by_translation() -> dict[str, frozenset[str]]:
    """Return the codes that a folded name may mean in any language."""
    import gettext
    from pathlib import Path

    import pycountry

    english = _names_in_pycountry()
    # The texts are folded once each: many languages share them.
    written: dict[str, frozenset[str]] = {}
    for language in sorted(path.name for path in Path(pycountry.LOCALES_DIR).iterdir()):
        try:
            translated = gettext.translation(
                "iso3166-1", pycountry.LOCALES_DIR, [language]
            )
        except FileNotFoundError:  # this language has no names of countries
            continue
        for code, name in english:
            _add(written, translated.gettext(name), frozenset([code]))
    names: dict[str, frozenset[str]] = {}
    for name, codes in written.items():
        _add(names, fold(name), codes)
    return names


def _names_in_pycountry() -> list[tuple[str, str]]:
    """Return each code with each of the English names that translations go by."""
    import pycountry

    kinds = ("name", "official_name", "common_name")
    names = []
    for country in pycountry.countries:
        fields = dict(country)
        code = fields["alpha_2"]
        if get_country(code):
            names += [(code, fields[kind]) for kind in kinds if kind in fields]
    return names


def _add(codes: dict[str, frozenset[str]], name: str, more: frozenset[str]) -> None:
    codes[name] = codes.get(name, frozenset()) | more
