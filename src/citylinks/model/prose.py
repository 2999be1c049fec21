"""What of a record is text for reading, which a search looks through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.geo import countries

if TYPE_CHECKING:
    from collections.abc import Iterator

# The fields whose text people read, and the dates that they know a record by. Names and
# ids are found in other ways, and what a record notes of its sources is not about its
# subject. fmt: off
PROSE = frozenset(
    (
        "summary",
        "reason",
        "of",
        "role",
        "unit",
        "publisher",
        "title",
        "name",
        "start",
        "date",
        "signed",
    )
)
# fmt: on
ELSEWHERE = frozenset(("names", "labels", "aliases", "sources", "claims"))
OWN_NAME = frozenset(("name", "title", "label"))


def prose_texts(body: dict[str, Any]) -> list[str]:
    """Return the texts of a record's body, in the order of its fields, without its own
    name.

    A country, of which it has the code, is called by its name.
    """
    rest = {key: value for key, value in body.items() if key not in OWN_NAME}
    return list(_texts(rest))


def _texts(part: dict[str, Any]) -> Iterator[str]:
    for key, value in part.items():
        if key in ELSEWHERE:
            continue
        if isinstance(value, str) and key in PROSE:
            yield value
        elif key == "country":
            country = countries.get_country(value)
            yield country.name if country else value
        elif isinstance(value, dict):
            yield from _texts(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from _texts(item)
