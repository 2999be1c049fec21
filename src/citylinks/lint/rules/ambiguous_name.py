"""A name or alias means only one city of its country and level.

If a name means two cities, `citylinks timeline` refuses it and shows both with their
country. Readers can tell them apart if the countries or levels differ, but not if both
are the same. Give an alias only to the city that is usually meant, and add to a shared
name what distinguishes the two. A city and a part of it may share a name.

Bad:

    # cities/fuchu.yaml
    name: Fuchū
    level: city
    country: JP
    subdivision: JP-13

    # cities/fuchu-hiroshima.yaml
    name: Fuchū
    level: city
    country: JP
    subdivision: JP-34

Good:

    # cities/fuchu.yaml
    name: Fuchū
    level: city
    country: JP
    subdivision: JP-13

    # cities/fuchu-hiroshima.yaml
    name: Fuchū (Hiroshima)
    level: city
    country: JP
    subdivision: JP-34
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from citylinks.lint.rules import CrossRecordFinding, record_bodies, same_pairs
from citylinks.lint.rules.same_city import are_same_city, is_part, with_a_name_like
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex, RecordBody
    from citylinks.model.references import Path


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find each name or alias that two cities of one country and level bear."""
    rows = index.fetch(
        "SELECT DISTINCT r.no, r.id, r.country, r.level, l.folded"
        f" FROM ({with_a_name_like(index)}) near"
        " CROSS JOIN record r"
        " ON r.no = near.no AND r.type = 'city' AND r.country IS NOT NULL"
        " CROSS JOIN label l ON l.record = r.no AND l.reason <> 'id'"
        " ORDER BY r.country, r.level, l.folded, r.id"
    )
    for key, group in groupby(
        rows, key=lambda row: (row["country"], row["level"], row["folded"])
    ):
        for city, other in same_pairs(record_bodies(index, list(group)), _are_mistaken):
            name, path = next(
                named for named in _names(city.body) if fold(named[0]) == key[-1]
            )
            message = (
                f"'{name}' may mean '{city.id}' or '{other.id}',"
                " which have the same country and level"
            )
            help_ = "give one of them a longer name, or remove the alias"
            yield CrossRecordFinding(city.no, path, message, help_)


def _are_mistaken(city: RecordBody, other: RecordBody) -> bool:
    """Whether two cities may be mistaken for each other, and are not the same."""
    has_one_name = fold(city.body["name"]) == fold(other.body["name"])
    if has_one_name and are_same_city(city, other):
        return False
    item = city.body.get("wikidata")
    if item is not None and item == other.body.get("wikidata"):
        return False
    return not is_part(city, other)


def _names(body: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield each name of a city, with its place."""
    yield body["name"], ("name",)
    for language, name in body.get("names", {}).items():
        yield name, ("names", language)
    for number, alias in enumerate(body.get("aliases", ())):
        yield alias["name"], ("aliases", number, "name")
