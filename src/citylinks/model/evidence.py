"""What each field of a record rests on, as its JSON says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.model.references import covers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EVIDENCE = frozenset(
    ("sources", "claims")
)  # what says on what a record rests, and not about it


class FieldSources(NamedTuple):
    """A field by its path, what the record states there, and the ids of the sources for
    it.
    """

    path: str
    value: Any
    sources: tuple[str, ...]


class SourceShare(NamedTuple):
    """How many fields a source carries, and how many of these no other does."""

    fields: int
    alone: int


def field_sources(body: dict[str, Any]) -> Iterator[FieldSources]:
    """Yield the fields of a record in their order; of a list of parts, those of each
    part.

    A field of a part rests on the sources that the part names, else on those of the
    record; a place in a list rests on the source that has the list.
    """
    general = body.get("sources", ())
    for name, value in body.items():
        if name in EVIDENCE:
            continue
        if not _holds_parts(value):
            yield FieldSources(name, value, _general(general, name))
            continue
        for number, part in enumerate(value):
            yield from _of_part(f"{name}[{number}]", part, general)


def _holds_parts(value: object) -> bool:
    return isinstance(value, list) and isinstance(value[0], dict)


def _of_part(
    at: str, part: dict[str, Any], general: Sequence[dict[str, Any]]
) -> Iterator[FieldSources]:
    own = tuple(part.get("sources", ()))
    for key, value in part.items():
        if key in EVIDENCE:
            continue
        path = f"{at}.{key}"
        if key == "listed":
            yield FieldSources(path, value, (value["source"],))
        else:
            yield FieldSources(path, value, own or _general(general, path))


def _general(sources: Sequence[dict[str, Any]], path: str) -> tuple[str, ...]:
    """Return the sources of a record that carry a field: those of all fields, or of
    this one.
    """
    found = (
        source["source"]
        for source in sources
        if "fields" not in source
        or any(covers(field, path) for field in source["fields"])
    )
    return tuple(dict.fromkeys(found))


def source_shares(body: dict[str, Any]) -> dict[str, SourceShare]:
    """Return what each source carries of a record, by its id.

    Under the empty id stands how many fields the record has, and how many no source
    carries. A source that carries none, as one that is named for a field which is
    absent, has a share of 0.
    """
    carried = dict.fromkeys((source["source"] for source in body.get("sources", ())), 0)
    alone = dict.fromkeys(carried, 0)
    fields = bare = 0
    for ground in field_sources(body):
        fields += 1
        bare += not ground.sources
        for id_ in ground.sources:
            carried[id_] = carried.get(id_, 0) + 1
            alone[id_] = alone.get(id_, 0) + (len(ground.sources) == 1)
    return {
        "": SourceShare(fields, bare),
        **{id_: SourceShare(n, alone[id_]) for id_, n in carried.items()},
    }
