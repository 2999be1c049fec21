"""Nothing is part of itself.

A place may be within a place, a partnership within a programme, and a theme within a
broader one. If such a chain leads back to its start, each is part of the other, which
cannot be right.

Bad:

    # themes.yaml
    energy:
      label: Energy
      broader: climate
    climate:
      label: Climate
      broader: energy

Good:

    # themes.yaml
    energy:
      label: Energy
      broader: climate
    climate:
      label: Climate
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import CrossRecordFinding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citylinks.lint.rules import CheckedIndex

    Key = tuple[str, str]

_SHOWN = 8  # ids of a circle that a message names


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the records that `part_of` or `broader` leads back to themselves."""
    near = index.near(
        "SELECT no FROM record WHERE type IN ('city', 'partnership', 'theme')",
        "SELECT no FROM asked",
    )
    rows = index.fetch(
        "WITH RECURSIVE up (no, relation, type, above) AS ("
        " SELECT f.record, f.relation, f.type, f.id"
        f" FROM ({near}) near CROSS JOIN ref f"
        " ON f.record = near.no AND f.relation IN ('part_of', 'broader')"
        " UNION SELECT f.record, f.relation, f.type, f.id FROM up"
        " CROSS JOIN record r ON r.type = up.type AND r.id = up.above"
        " CROSS JOIN ref f ON f.record = r.no AND f.relation IN ('part_of', 'broader'))"
        " SELECT r.no, r.type, r.id, up.relation, up.above FROM up"
        " CROSS JOIN record r ON r.no = up.no"
    )
    numbers = {(row["type"], row["id"]): (row["no"], row["relation"]) for row in rows}
    above = {(row["type"], row["id"]): (row["type"], row["above"]) for row in rows}
    for circle in _circles(above):
        for at, key in enumerate(circle):
            shown = [id_ for _, id_ in (circle[at:] + circle[:at])[:_SHOWN]]
            if len(circle) > _SHOWN:
                shown.append("…")
            path = " → ".join([*shown, key[1]])
            number, relation = numbers[key]
            message = f"'{relation}' leads back to '{key[1]}': {path}"
            yield CrossRecordFinding(
                number,
                (relation,),
                message,
                "remove it from the widest of them",
            )


def _circles(above: Mapping[Key, Key]) -> Iterator[list[Key]]:
    """Yield each circle once, where each key has at most one above it."""
    seen: set[Key] = set()
    for first in above:
        way: dict[Key, None] = {}
        key: Key | None = first
        while key is not None and key not in seen:
            seen.add(key)
            way[key] = None
            key = above.get(key)
        if key in way:
            keys = list(way)
            yield keys[keys.index(key) :]
