"""The sources that each field of a record rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.model.references import covers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.model.field_uses import Fields, FieldUse


class FieldSources(NamedTuple):
    """A field by its path, the value that the record states, and its sources' ids."""

    path: str
    value: Any
    sources: tuple[str, ...]


class SourceShare(NamedTuple):
    """The number of fields that a source carries, and of those that no other does."""

    fields: int
    alone: int


def field_sources(body: dict[str, Any], fields: Fields) -> Iterator[FieldSources]:
    """Yield the fields of a record in their order, and those of each part of a list.

    A field of a part rests on the sources that the part names, else on those of the
    record; a place in a list rests on the source that has the list.
    """
    general = body.get("sources", ())
    for name, value in body.items():
        use = fields[name]
        if use.is_evidence:
            continue
        if use.shape == "list" and use.fields:
            for number, part in enumerate(value):
                yield from _part_sources(f"{name}[{number}]", part, use, general)
        else:
            yield FieldSources(name, value, _general_sources(general, name))


def _part_sources(
    at: str, part: dict[str, Any], use: FieldUse, general: Sequence[dict[str, Any]]
) -> Iterator[FieldSources]:
    own = tuple(part.get("sources", ()))
    for key, value in part.items():
        path = f"{at}.{key}"
        inner = use.fields[key]
        if inner.is_evidence:
            continue
        if inner.carried_by:
            yield FieldSources(path, value, (value[inner.carried_by],))
        else:
            yield FieldSources(path, value, own or _general_sources(general, path))


def _general_sources(sources: Sequence[dict[str, Any]], path: str) -> tuple[str, ...]:
    """Return the sources of a record that carry a field, by id."""
    ids = (source["source"] for source in sources if carries(source, path))
    return tuple(dict.fromkeys(ids))


def carries(source: dict[str, Any], path: str) -> bool:
    """Whether a source of a record carries the field at `path`."""
    fields = source.get("fields")
    return fields is None or any(covers(field, path) for field in fields)


def source_shares(body: dict[str, Any], fields: Fields) -> dict[str, SourceShare]:
    """Return the share of a record that each source carries, by the id of the source.

    Under the empty id stands how many fields the record has, and how many no source
    carries. A source that carries none, as one that is named for a field which is
    absent, has a share of 0.
    """
    carried = dict.fromkeys((source["source"] for source in body.get("sources", ())), 0)
    alone = dict.fromkeys(carried, 0)
    number = bare = 0
    for field in field_sources(body, fields):
        number += 1
        bare += not field.sources
        for id_ in field.sources:
            carried[id_] = carried.get(id_, 0) + 1
            alone[id_] = alone.get(id_, 0) + (len(field.sources) == 1)
    shares = {"": SourceShare(number, bare)}
    for id_, share in carried.items():
        shares[id_] = SourceShare(share, alone[id_])
    return shares
