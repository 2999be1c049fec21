"""Countries as sources write them: codes, names in any language, variants.

The names are those that `names` has, and beside them those in 160 more languages of
Debian's iso-codes, which pycountry carries. A name that means two countries means none
here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from citylinks.geo.countries import get_country
from citylinks.geo.names import country_codes, is_of_no_country_today
from citylinks.text.normalize import fold

# What stands where nothing is known.
_NOTHING_KNOWN = frozenset(("-99", "n/a", "zz"))

# What R writes where a value is missing.
_MISSING_OR_NAMIBIA = (
    "the country 'NA' was read as Namibia; leave the cell empty where none is known"
)


class Territory(NamedTuple):
    """The country that a source's word means: a code, or why there is none.

    With a code, `why` is a doubt about it.
    """

    code: str | None = None
    why: str | None = None


@lru_cache(maxsize=4096)
def find_territory(text: str | None) -> Territory:
    """Return the country that a code or a name in any language means."""
    written = " ".join((text or "").split())
    if not written:
        return Territory()
    if written == "NA":
        return Territory("NA", _MISSING_OR_NAMIBIA)
    if is_of_no_country_today(written) or written.lower() in _NOTHING_KNOWN:
        return Territory(
            None, f"'{written}' is not a single country of ISO 3166-1 today"
        )
    codes = country_codes(written) or _code_of_subdivision(written)
    codes = codes or _codes_by_translation().get(fold(written), frozenset())
    if len(codes) == 1:
        return Territory(next(iter(codes)))
    if codes:
        listed = " or ".join(sorted(codes))
        return Territory(None, f"the country '{written}' may be {listed}")
    return Territory(None, f"the country '{written}' is not known")


def _code_of_subdivision(text: str) -> frozenset[str]:
    """Return the country of a code such as US-TX."""
    is_subdivision = re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", text)
    if is_subdivision and get_country(text[:2]):
        return frozenset({text[:2]})
    return frozenset()


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
