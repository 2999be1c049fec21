"""Wikidata's items of countries and former states, as their codes."""

from __future__ import annotations

from functools import cache

from citylinks.geo.country_table import COUNTRIES, FORMER_STATES, OTHER_COUNTRIES


def country_code(item: str) -> str | None:
    """Return the code of a present country, or None for any other item.

    Kosovo has XK, which ISO 3166-1 leaves to its users.
    """
    return _codes_by_item().get(item)


def former_state_code(item: str) -> str | None:
    """Return the code that a former state had, or None for any other item."""
    return _former_codes_by_item().get(item)


def languages(code: str | None) -> tuple[str, ...]:
    """Return the languages of a country beside those that are taken of every place."""
    return _languages_by_code().get(code or "", ())


@cache
def _codes_by_item() -> dict[str, str]:
    codes = {}
    for row in _rows():
        for item in row[1].split():
            codes[item] = row[0][:2]
    return codes


@cache
def _languages_by_code() -> dict[str, tuple[str, ...]]:
    return {row[0][:2]: tuple(row[2].split()) for row in _rows() if len(row) > 2}


def _rows() -> list[list[str]]:
    """Return the rows of countries, without the heads of the regions."""
    lines = (COUNTRIES + OTHER_COUNTRIES).splitlines()
    return [line.split(" | ") for line in lines if "|" in line]


@cache
def _former_codes_by_item() -> dict[str, str]:
    pairs = (pair.split("=") for pair in FORMER_STATES.split())
    return {item: code for code, item in pairs}
