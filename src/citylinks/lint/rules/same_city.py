"""A city has one record, and two cities with the same name differ in some field.

Two records with the same Wikidata id are of the same city. So are two with the same
name in the same country, unless the level, the subdivision, the place that contains
them, or the id at Wikidata or GeoNames distinguishes them, or unless one is part of the
other, like the port of a city. A difference counts only if both records state the
field.

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

    from citylinks.lint.rules import CheckedIndex, RecordBody

_SETS_APART = ("country", "level", "subdivision", "part_of", "wikidata", "geonames")


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the cities that are one by their Wikidata id, or that nothing sets apart."""
    yield from _with_one_item(index)
    yield from _with_one_name(index)


def _with_one_item(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    item = "json_extract(body, '$.wikidata')"
    near = index.near(
        f"SELECT {item} AS item FROM record WHERE type = 'city'"
        " GROUP BY item HAVING count(*) > 1",
        f"SELECT DISTINCT {item} AS item FROM asked"
        " CROSS JOIN record ON record.no = asked.no",
    )
    rows = index.fetch(
        f"SELECT no, id, item FROM ({near}) CROSS JOIN record"
        f" ON type = 'city' AND {item} = item ORDER BY item, id"
    )
    for item, group in groupby(rows, key=lambda row: row["item"]):
        for row, other in same_pairs(list(group), lambda *_: True):
            message = f"the city '{other['id']}' has the same Wikidata id, '{item}'"
            yield CrossRecordFinding(
                row["no"], ("wikidata",), message, "merge the two records"
            )


def _with_one_name(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    rows = index.fetch(
        f"SELECT r.no, r.id, r.country, l.folded FROM ({with_a_name_like(index)}) near"
        " CROSS JOIN record r"
        " ON r.no = near.no AND r.type = 'city' AND r.country IS NOT NULL"
        " CROSS JOIN label l"
        " ON l.record = r.no AND l.text = r.name AND l.reason = 'name'"
        " ORDER BY r.country, l.folded, r.id"
    )
    for _, group in groupby(rows, key=lambda row: (row["country"], row["folded"])):
        for city, other in same_pairs(record_bodies(index, list(group)), are_same_city):
            message = (
                f"nothing distinguishes '{city.body['name']}' from the city"
                f" '{other.id}', which has the same name and country"
            )
            help_ = "merge the two records, or give each its subdivision"
            yield CrossRecordFinding(city.no, ("name",), message, help_)


def with_a_name_like(index: CheckedIndex) -> str:
    """Return the query of the cities with a name of those that are asked about."""
    return index.near(
        "SELECT no FROM record WHERE type = 'city'",
        "SELECT DISTINCT o.record AS no FROM asked"
        " CROSS JOIN label a ON a.record = asked.no"
        " CROSS JOIN label o ON o.folded = a.folded",
    )


def are_same_city(city: RecordBody, other: RecordBody) -> bool:
    """Whether two cities of one name are the same, for all that the data says."""
    if "wikidata" in city.body and city.body["wikidata"] == other.body.get("wikidata"):
        return False  # reported as such
    for key in _SETS_APART:
        stated = {body[key] for body in (city.body, other.body) if key in body}
        if len(stated) > 1:
            return False
    return not is_part(city, other)


def is_part(city: RecordBody, other: RecordBody) -> bool:
    """Whether one of two cities is part of the other."""
    return city.body.get("part_of") == other.id or other.body.get("part_of") == city.id
