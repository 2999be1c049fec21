"""The filters of a question by the names of what they keep, for people to read."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from citylinks.model.titles import join_words
from citylinks.model.vocabulary import LEVELS, in_words
from citylinks.query.filters import parse_level, parse_status
from citylinks.query.names.lookup import name_with_country
from citylinks.query.names.resolve import resolve_names
from citylinks.questions.results import NamedFilter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from citylinks.query.filters import Filters
    from citylinks.query.names.lookup import Key
    from citylinks.questions.rows import NameIndex


def named_filters(
    connection: sqlite3.Connection, filters: Filters, names: NameIndex
) -> Iterator[NamedFilter]:
    """Yield the filters that keep records, places or words, with the names of these."""
    for option, texts in filters.given().items():
        if option in _TYPES:
            keys = dict.fromkeys(resolve_names(connection, texts, (_TYPES[option],)))
            yield NamedFilter(option, _record_names(connection, list(keys), names))
        elif option in _NAMES:
            each = chain.from_iterable(map(_NAMES[option], texts))
            yield NamedFilter(option, tuple(dict.fromkeys(each)))


# The filters that hold names of records -> the type of these.
_TYPES = {"theme": "theme", "organization": "organization", "with": "city"}


def _record_names(
    connection: sqlite3.Connection, keys: Sequence[Key], names: NameIndex
) -> tuple[str, ...]:
    """Return the names of records; cities of one name have their countries after it."""
    names.gather(keys)
    own = [names.name_of(*key) for key in keys]
    if len(set(own)) < len(own):
        own = [name_with_country(connection, key) for key in keys]
    return tuple(own)


def _kind_names(kind: str) -> list[str]:
    if kind == "sister-or-friendship":
        return ["sister or friendship city"]
    return [in_words(kind)]


def _country_names(text: str) -> list[str]:
    from citylinks.geo.names import country_codes, country_names

    return country_names(country_codes(text))


def _region_names(text: str) -> list[str]:
    from citylinks.geo.names import region_name

    return [region_name(text)]


def _side_names(text: str) -> list[str]:
    """Return the one name of a side of `between`, a country or a region."""
    countries = _country_names(text)
    if len(countries) > 1:
        return [f"either {join_words(countries, 'or')}"]
    return countries or _region_names(text)


def _status_names(text: str) -> list[str]:
    return [parse_status(text)]


def _level_names(text: str) -> list[str]:
    return sorted(parse_level(text), key=LEVELS.index)


# The other filters with names -> the function that returns those of one value.
_NAMES: dict[str, Callable[[str], list[str]]] = {
    "kind": _kind_names,
    "country": _country_names,
    "region": _region_names,
    "between": _side_names,
    "status": _status_names,
    "level": _level_names,
}
