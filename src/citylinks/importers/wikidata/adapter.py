"""`import wikidata`: entities of Wikidata in JSON, and results of its query service.

Entities as the API (`{"entities": {...}}`), Special:EntityData and the dumps give them,
those of 2013 too; SPARQL results in JSON, and the plain rows that the query service
offers for download. A tie is a statement of P190, twinned administrative body. Wikidata
does not say what kind of tie it is, so that it has none here; and it records a tie with
each of both.

Described is who has ties or is named by one. Whoever is named and has no ties in its
own right, and the works that references name, are looked for in a second reading, once
it is known who they are; of a partner that is in no file only the id is known.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from citylinks.importers.reading import json_stream
from citylinks.importers.rows import Described, SetAside, Term, Tie, UnreadableError
from citylinks.importers.wikidata import entities, queries
from citylinks.text.safe import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citylinks.importers import Asked
    from citylinks.importers.reading.json_stream import Value

SOURCE = Term(
    title="Wikidata: twinned administrative body (P190)",
    url="https://www.wikidata.org/wiki/Property:P190",
    publisher="Wikimedia Foundation",
)
_ID = re.compile(rb'"id"\s*:\s*"([QPL][0-9]+)"')
_SO_FAR = 400  # the first bytes of an entity's line, in which its id stands
_WORK = re.compile(r"Q[1-9]\d*")

Row = Tie | Described | SetAside


def read(files: Sequence[Path], asked: Asked) -> Iterator[Row]:
    """Yield the ties of the files and the places that they are between; raises
    UnreadableError.
    """
    reading = _Reading()
    for file in files:
        yield from reading.first(file)
    for file in files:
        yield from reading.second(file)
    yield from reading.rest()


class _Reading:
    """What was met so far: ids, and the few ties that cite a work whose title is not
    known yet.
    """

    def __init__(self) -> None:
        self.described: set[str] = set()
        self.named: set[str] = set()
        self.works: dict[str, str | None] = {}
        self.waiting: list[Tie] = []
        self.passed_over = 0  # lines of the file

    def first(self, file: Path) -> Iterator[Row]:
        """Yield who has ties, and the ties."""
        query = queries.Query(file)
        seen: list[str] = []  # what is there instead of items
        is_empty, self.passed_over = True, 0
        for value in json_stream.values(file, self._is_wanted):
            if _is_entity(value.value):
                is_item = entities.is_item(value.value)
                is_empty &= not is_item
                seen += [] if is_item or len(seen) > 2 else [_what(value.value)]
                yield from self._entity(file, value) if is_item else ()
            elif isinstance(value.value, dict):
                is_empty = False
                yield from query.rows(value.value)
            else:
                raise UnreadableError(
                    file, value.line, "this is neither an entity nor a row"
                )
        yield from query.rest()
        if is_empty and not self.passed_over:
            why = f": {'; '.join(seen)}" if seen else ""
            raise UnreadableError(
                file, None, f"holds no item of Wikidata and no row of a query{why}"
            )

    def second(self, file: Path) -> Iterator[Described]:
        """Yield who was named and has no ties, and remember what the works are called."""
        wanted = (self.named - self.described) | self.works.keys()
        if not wanted or not file.is_file():
            return
        for value in json_stream.values(file, lambda line: _is_one_of(line, wanted)):
            entity = value.value
            id_ = entities.id_of(entity) if _is_entity(entity) else None
            if id_ not in wanted or not entities.is_item(entity):
                continue
            with _built_as_it_should_be(file, value):
                place = entities.place(entity)
            if id_ in self.works:
                self.works[id_] = place.party.name
            if id_ in self.named - self.described:
                self.described.add(id_)
                yield Described(place.party)

    def rest(self) -> Iterator[Tie]:
        """Yield the ties that waited for the title of a work."""
        for tie in self.waiting:
            sources = (
                term._replace(title=self._titled(term.title)) for term in tie.sources
            )
            yield tie._replace(sources=tuple(sources))

    def _titled(self, title: str) -> str:
        if title not in self.works:
            return title
        return self.works[title] or f"Wikidata item {title}"

    def _is_wanted(self, line: bytes) -> bool:
        is_without = _is_item_without_ties(line)
        self.passed_over += is_without
        return not is_without

    def _entity(self, file: Path, value: Value) -> Iterator[Row]:
        where = f"{file.name}:{value.line}" if value.line else file.name
        with _built_as_it_should_be(file, value):
            place = entities.place(value.value)
            rows = list(entities.ties(value.value, place, where))
        id_ = place.party.wikidata
        if rows and id_ and id_ not in self.described:
            self.described.add(id_)
            yield Described(place.party)
        for row in rows:
            if isinstance(row, Tie) and self._has_to_wait(row):
                self.waiting.append(row)
            else:
                yield row

    def _has_to_wait(self, tie: Tie) -> bool:
        self.named.add(tie.b.wikidata or "")
        works = [term.title for term in tie.sources if _WORK.fullmatch(term.title)]
        for work in works:
            self.works.setdefault(work, None)
        return bool(works)


@contextmanager
def _built_as_it_should_be(file: Path, value: Value) -> Iterator[None]:
    """Tell of an entity that is JSON, but has something else where Wikidata has its
    statements.
    """
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        said = f"{_id(value.value)} is not built as an entity of Wikidata is"
        raise UnreadableError(file, value.line, said) from error


def _is_item_without_ties(line: bytes) -> bool:
    """Whether an entity's line need not be read: no statement of P190 of today or of
    2013.
    """
    if b'"P190"' in line or b'"value",190,' in line:
        return False
    found = _ID.search(line[:_SO_FAR])
    return found is not None and found[1].startswith(b"Q")


def _is_one_of(line: bytes, wanted: set[str]) -> bool:
    found = _ID.search(line[:_SO_FAR])
    return found is None or found[1].decode() in wanted


def _is_entity(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    id_ = entities.id_of(value)
    return bool(id_ and re.fullmatch(r"[QPL][1-9]\d*", id_)) or "claims" in value


def _what(entity: dict[str, Any]) -> str:
    """Say what an entity is that is no item."""
    id_ = _id(entity)
    if "missing" in entity:
        return f"{id_} does not exist"
    if "redirect" in entity:
        target = shortened(str(entity["redirect"]), 60)
        return f"{id_} was merged into {target}, which has its statements"
    kinds = {"P": "a property", "L": "a lexeme"}
    return f"{id_} is {kinds.get(id_[0], 'no item')}"


def _id(entity: dict[str, Any]) -> str:
    return shortened(entities.id_of(entity) or "an entity without id", 60)
