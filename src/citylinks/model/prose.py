"""The texts of a record that people read, which a full-text search looks through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.geo import countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.model.field_uses import Fields


def prose_texts(body: dict[str, Any], fields: Fields) -> Iterator[str]:
    """Yield the texts of a record in the order of its fields, without its own names.

    A country, of which it has the code, is called by its name. What a record notes of
    its sources is not about its subject.
    """
    for key, value in body.items():
        use = fields[key]
        if use.is_searched:
            yield value
        elif use.is_country:
            country = countries.get_country(value)
            yield country.name if country else value
        elif use.fields and not use.is_evidence:
            for part in value if use.shape == "list" else (value,):
                yield from prose_texts(part, use.fields)
