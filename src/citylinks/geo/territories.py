"""Countries as sources write them -> codes of ISO 3166-1: codes, names in any language,
variants.

Codes and English names are those of `countries`; names in 160 other languages are those
of Debian's iso-codes, which pycountry carries. A name that means two countries there
means none here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from citylinks.geo.countries import country_codes, get
from citylinks.text.normalize import fold

# What neither knows, or knows otherwise; an empty code stands for a state with several
# successors, and for a place that ISO 3166-1 does not list.
EXCEPTIONS = {
    # Codes that others use
    "EL": "GR",
    "GB-ENG": "GB",
    "GB-NIR": "GB",
    "GB-SCT": "GB",
    "GB-WLS": "GB",
    "UK": "GB",
    "CN-HK": "HK",
    "CN-MO": "MO",
    "CN-TW": "TW",
    "XK": "",
    "XKX": "",
    "Kosovo": "",
    # Names in daily use
    "England": "GB",
    "Grande-Bretagne": "GB",
    "Gran Bretagna": "GB",
    "Gran Bretaña": "GB",
    "Großbritannien": "GB",
    "Northern Ireland": "GB",
    "Schottland": "GB",
    "Scotland": "GB",
    "Wales": "GB",
    "Bosnien-Herzegowina": "BA",
    "Elfenbeinküste": "CI",
    "Mainland China": "CN",
    "Volksrepublik China": "CN",
    "Hongkong": "HK",
    "Kongo": "",  # one of two, in many languages
    "Macédoine": "MK",
    "Mazedonien": "MK",
    "Moldawien": "MD",
    "Palestinian Authority": "PS",
    "Palestinian Territories": "PS",
    "Palästina": "PS",
    "Palästinensische Autonomiebehörde": "PS",
    "Palästinensische Autonomiegebiete": "PS",
    "Republik Korea": "KR",
    "Republik China": "TW",
    "Etats-Unis": "US",
    "U.S.": "US",
    # Former states: one successor, or several
    "DD": "DE",
    "DDR": "DE",
    "East Germany": "DE",
    "GDR": "DE",
    "German Democratic Republic": "DE",
    "Deutsche Demokratische Republik": "DE",
    "BRD": "DE",
    "FRG": "DE",
    "West Germany": "DE",
    "Federal Republic of Germany": "DE",
    "BU": "MM",
    "TP": "TL",
    "ZR": "CD",
    "Zaire": "CD",
    "CS": "",
    "Czechoslovakia": "",
    "Tschechoslowakei": "",
    "Tchécoslovaquie": "",
    "Serbia and Montenegro": "",
    "Serbien und Montenegro": "",
    "SU": "",
    "Soviet Union": "",
    "Sowjetunion": "",
    "UdSSR": "",
    "URSS": "",
    "USSR": "",
    "СССР": "",
    "YU": "",
    "Yugoslavia": "",
    "Jugoslawien": "",
    "Yougoslavie": "",
    # What stands where nothing is known
    "-99": "",
    "N/A": "",
    "ZZ": "",
}


class Territory(NamedTuple):
    """What a source's word for a country means: a code, or why there is none."""

    code: str | None = None
    why: str | None = None


@lru_cache(maxsize=4096)
def territory(text: str | None) -> Territory:
    """Return the country that a code or a name in any language means."""
    written = " ".join((text or "").split())
    if not written:
        return Territory()
    exception = _exceptions().get(
        fold(written) if any(map(str.isalnum, written)) else written
    )
    if exception is not None:
        why = f"'{written}' is no one country of ISO 3166-1 today"
        return Territory(exception) if exception else Territory(None, why)
    codes = (
        country_codes(written)
        or _coded(written)
        or _translated().get(fold(written), set())
    )
    if len(codes) == 1:
        return Territory(next(iter(codes)))
    if codes:
        return Territory(
            None, f"the country '{written}' may be {' or '.join(sorted(codes))}"
        )
    return Territory(None, f"the country '{written}' is not known")


@cache
def _exceptions() -> dict[str, str]:
    return {fold(name): code for name, code in EXCEPTIONS.items()}


def _coded(text: str) -> set[str]:
    """Return the country of a code of three letters or digits, or of a subdivision."""
    import pycountry

    if re.fullmatch(r"[A-Za-z]{3}|[0-9]{3}", text):
        known = pycountry.countries
        found = (
            known.get(numeric=text)
            if text.isdigit()
            else known.get(alpha_3=text.upper())
        )
        return {found.alpha_2} if found and get(found.alpha_2) else set()
    if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", text) and get(text[:2]):
        return {text[:2]}
    return set()


@cache
def _translated() -> dict[str, set[str]]:
    """Return the codes that a folded name may mean in any language."""
    import gettext
    from pathlib import Path

    import pycountry

    known = [
        (fields["alpha_2"], fields[kind])
        for fields in map(dict, pycountry.countries)
        for kind in ("name", "official_name", "common_name")
        if kind in fields and get(fields["alpha_2"])
    ]
    written: dict[str, set[str]] = {}
    for language in sorted(path.name for path in Path(pycountry.LOCALES_DIR).iterdir()):
        try:
            translated = gettext.translation(
                "iso3166-1", pycountry.LOCALES_DIR, [language]
            )
        except FileNotFoundError:  # this language has no names of countries
            continue
        for code, name in known:
            written.setdefault(translated.gettext(name), set()).add(code)
    names: dict[str, set[str]] = {}
    for name, codes in written.items():
        names.setdefault(fold(name), set()).update(codes)
    return names
