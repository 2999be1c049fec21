"""Countries and regions as people type them in filters, and how they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.errors import UsageError
from citylinks.geo import names
from citylinks.geo.countries import all_countries
from citylinks.text.normalize import fold
from citylinks.text.suggestions import closest, did_you_mean, similarity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citylinks.geo.names import Meaning


def country_meaning(text: str) -> Meaning:
    """Return the countries that a text means; `UsageError` where it means none."""
    meaning = names.find_country(text)
    if meaning.codes:
        return meaning
    if names.region_codes(text):
        raise UsageError(f"'{text}' is a region: write --region {_quoted(text)}")
    raise UsageError(_unknown(text, "country"))


def region_meaning(text: str) -> Meaning:
    """Return the countries of a region; `UsageError` where it is no region."""
    meaning = names.find_region(text)
    if meaning.codes:
        return meaning
    if names.country_codes(text):
        raise UsageError(f"'{text}' is a country: write --country {_quoted(text)}")
    raise UsageError(_unknown_region(text))


def place_meaning(text: str) -> Meaning:
    """Return the countries of a country or a region; `UsageError` where it is none."""
    meaning = _find_place(text)
    if meaning.codes:
        return meaning
    message = _unknown(text, "country or region", names.all_region_names())
    if text[:1].isdecimal():
        message += "; for a time, use --year 2009..2012"
    raise UsageError(message)


def is_place(text: str) -> bool:
    """Whether a text is the name of a country or a region."""
    return bool(_find_place(text).codes)


def _find_place(text: str) -> Meaning:
    meaning = names.find_country(text)
    return meaning if meaning.codes else names.find_region(text)


def place_readings(
    country_texts: Iterable[str],
    region_texts: Iterable[str],
    place_texts: Iterable[str] = (),
) -> Iterator[str]:
    """Yield how each name was read that does not say just what it was read as."""
    yield from _readings(country_texts, names.find_country)
    yield from _readings(region_texts, names.find_region)
    yield from _readings(place_texts, _find_place)


def _readings(texts: Iterable[str], find: Callable[[str], Meaning]) -> Iterator[str]:
    for text in dict.fromkeys(texts):
        reading = find(text).reading
        if reading:
            yield f"reading '{text}' as {reading}"


def _unknown(text: str, noun: str, regions: Iterable[str] = ()) -> str:
    """Return the message about a name that means nothing, with the one most like it."""
    if names.is_of_no_country_today(text):
        return f"'{text}' is not one of today's countries (ISO 3166-1)"
    in_english = [country.name for country in all_countries()]
    alike = [
        *closest(text, in_english),
        *closest(text, regions),
        *closest(text, names.other_country_names()),
    ]
    if not alike:
        return f"unknown {noun} '{text}'"
    likest = max(alike, key=lambda name: similarity(fold(text), fold(name)))
    return f"unknown {noun} '{text}'; did you mean '{likest}'?"


def _unknown_region(text: str) -> str:
    hint = did_you_mean(text, names.all_region_names())
    if not hint:
        hint = "; regions are those of UN M49, and groups such as EU, ASEAN or Benelux"
    return f"unknown region '{text}'{hint}"


def _quoted(text: str) -> str:
    """Return a name as a shell takes it."""
    from shlex import quote

    if text.isalnum():  # which quote does not know of é or 国
        return text
    return quote(text)
