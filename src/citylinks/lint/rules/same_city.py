"""A city has one record, and two cities of one name are told apart.

Two records with the same Wikidata id are of the same city. Two with the same name in
the same country are of the same city too, for all that the data says, unless something
sets them apart: the level, the subdivision, the place that they are part of, the id at
Wikidata or GeoNames; or one is part of the other, as a port of its city. What only one
of them states sets nothing apart.

Bad:

    # cities/fuchu.yaml
    name: Fuchū
    country: JP

    # cities/fuchu-hiroshima.yaml
    name: Fuchu
    country: JP
    subdivision: JP-34

Good:

    # cities/fuchu.yaml
    name: Fuchū
    country: JP
    subdivision: JP-13

    # cities/fuchu-hiroshima.yaml
    name: Fuchu
    country: JP
    subdivision: JP-34
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from citylinks.lint.rules import CrossRecordFinding, record_bodies, same_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedData, RecordBody

_SETS_APART = ("country", "level", "subdivision", "part_of", "wikidata", "geonames")


def check(data: CheckedData) -> Iterator[CrossRecordFinding]:
    """Find the cities that are one by their Wikidata id, or that nothing sets apart."""
    yield from _of_one_item(data)
    yield from _of_one_name(data)


def _of_one_item(data: CheckedData) -> Iterator[CrossRecordFinding]:
    item = "json_extract(body, '$.wikidata')"
    near = data.near(
        f"SELECT {item} AS item FROM record WHERE type = 'city' GROUP BY item HAVING count(*) > 1",
        f"SELECT DISTINCT {item} AS item FROM asked CROSS JOIN record ON record.no = asked.no",
    )
    rows = data.fetch(
        f"SELECT no, id, item FROM ({near}) CROSS JOIN record"
        f" ON type = 'city' AND {item} = item ORDER BY item, id"
    )
    for item, group in groupby(rows, key=lambda row: row["item"]):
        for row, other in same_pairs(list(group), lambda *_: True):
            said = f"'{item}' is the Wikidata id of the city '{other['id']}' too"
            yield CrossRecordFinding(
                row["no"], ("wikidata",), said, "put both into one record"
            )


def _of_one_name(data: CheckedData) -> Iterator[CrossRecordFinding]:
    rows = data.fetch(
        f"SELECT r.no, r.id, r.country, l.folded FROM ({with_a_name_like(data)}) near"
        " CROSS JOIN record r ON r.no = near.no AND r.type = 'city' AND r.country IS NOT NULL"
        " CROSS JOIN label l ON l.record = r.no AND l.text = r.name AND l.reason = 'name'"
        " ORDER BY r.country, l.folded, r.id"
    )
    for _, group in groupby(rows, key=lambda row: (row["country"], row["folded"])):
        for city, other in same_pairs(record_bodies(data, list(group)), are_one):
            said = (
                f"nothing sets '{city.body['name']}' apart from the city '{other.id}' of the same"
                " name and country"
            )
            help_ = "put both into one record, or give the subdivision of each"
            yield CrossRecordFinding(city.no, ("name",), said, help_)


def with_a_name_like(data: CheckedData) -> str:
    """Return the query of the cities that bear a name which those that are asked about
    bear.
    """
    return data.near(
        "SELECT no FROM record WHERE type = 'city'",
        "SELECT DISTINCT o.record AS no FROM asked CROSS JOIN label a ON a.record = asked.no"
        " CROSS JOIN label o ON o.folded = a.folded",
    )


def are_one(city: RecordBody, other: RecordBody) -> bool:
    """Whether two cities of one name are the same, for all that the data says."""
    if "wikidata" in city.body and city.body["wikidata"] == other.body.get("wikidata"):
        return False  # reported as such
    stated = [(city.body.get(key), other.body.get(key)) for key in _SETS_APART]
    if any(one is not None and two is not None and one != two for one, two in stated):
        return False
    return not is_part(city, other)


def is_part(city: RecordBody, other: RecordBody) -> bool:
    """Whether one of two cities is part of the other."""
    return city.body.get("part_of") == other.id or other.body.get("part_of") == city.id
