"""`import wikidata`: entities of Wikidata in JSON, and results of its query service.

Entities as the API (`{"entities": {...}}`), Special:EntityData and the dumps give them,
those of 2013 too; SPARQL results in JSON, and the plain rows that the query service
offers for download. A partnership is a statement of P190, twinned administrative body.
Wikidata does not say what kind it is, so that it has none here; and it records a
partnership with each of both cities.

Described is who has partnerships or is named by one. Whoever is named and has none in
its own right, and the works that references name, are looked for in a second reading,
once it is known who they are; of a partner that is in no file only the id is known.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from citylinks.importers.reading.json_stream import json_values
from citylinks.importers.rows import (
    CitedSource,
    DescribedCity,
    ImportedPartnership,
    SetAside,
    UnreadableError,
)
from citylinks.importers.wikidata import entities, queries
from citylinks.text.safe import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.importers import ImportOptions
    from citylinks.importers.reading.json_stream import Value
    from citylinks.importers.reading.opening import SourceFile

SOURCE = CitedSource(
    title="Wikidata: twinned administrative body (P190)",
    url="https://www.wikidata.org/wiki/Property:P190",
    publisher="Wikimedia Foundation",
)
_ID = re.compile(rb'"id"\s*:\s*"([QPL][0-9]+)"')
_SO_FAR = 400  # the first bytes of an entity's line, in which its id stands
_WORK = re.compile(r"Q[1-9]\d*")
_EXAMPLES = 3  # of what a file holds in place of items

Row = ImportedPartnership | DescribedCity | SetAside


def read(files: Sequence[SourceFile], options: ImportOptions) -> Iterator[Row]:
    """Yield the partnerships of the files and the cities that they are between."""
    reading = _Reading()
    for file in files:
        yield from reading.first(file)
    for file in files:
        yield from reading.second(file)
    yield from reading.rest()


class _Reading:
    """The ids met so far, and the partnerships that cite a work without a title yet."""

    def __init__(self) -> None:
        self.described: set[str] = set()
        self.named: set[str] = set()
        self.works: dict[str, str | None] = {}
        self.waiting: list[ImportedPartnership] = []
        self.passed_over = 0  # lines of the file

    def first(self, file: SourceFile) -> Iterator[Row]:
        """Yield the partnerships, and the cities that have some."""
        query = queries.Query(file)
        others: list[str] = []  # what is there instead of items
        is_empty, self.passed_over = True, 0
        for value in json_values(file, self._is_wanted):
            if not isinstance(value.value, dict):
                message = "this is neither an entity nor a row"
                raise UnreadableError(file, value.line, message)
            if not _is_entity(value.value):
                is_empty = False
                yield from query.rows(value.value)
            elif entities.is_item(value.value):
                is_empty = False
                yield from self._entity(file, value)
            elif len(others) < _EXAMPLES:
                others.append(_description(value.value))
        yield from query.rest()
        if is_empty and not self.passed_over:
            why = f": {'; '.join(others)}" if others else ""
            message = f"has neither a Wikidata item nor a row of a query{why}"
            raise UnreadableError(file, None, message)

    def second(self, file: SourceFile) -> Iterator[DescribedCity]:
        """Yield the cities that were named only, and note the titles of the works."""
        wanted = (self.named - self.described) | self.works.keys()
        if not wanted or not file.is_file():
            return
        for value in json_values(file, lambda line: _is_about(line, wanted)):
            entity = value.value
            if not _is_entity(entity) or not entities.is_item(entity):
                continue
            id_ = entities.id_of(entity)
            if id_ not in wanted:
                continue
            with _built_as_it_should_be(file, value):
                city = entities.describe_item(entity).city
            if id_ in self.works:
                self.works[id_] = city.name
            if id_ in self.named - self.described:
                self.described.add(id_)
                yield DescribedCity(city)

    def rest(self) -> Iterator[ImportedPartnership]:
        """Yield the partnerships that waited for the title of a work."""
        for partnership in self.waiting:
            sources = tuple(map(self._titled, partnership.sources))
            yield partnership._replace(sources=sources)

    def _titled(self, source: CitedSource) -> CitedSource:
        """Return a source with the title of its work in place of the id."""
        work = source.title
        if work not in self.works:
            return source
        return source._replace(title=self.works[work] or f"Wikidata item {work}")

    def _is_wanted(self, line: bytes) -> bool:
        is_without = _is_item_without_partnerships(line)
        self.passed_over += is_without
        return not is_without

    def _entity(self, file: SourceFile, value: Value) -> Iterator[Row]:
        where = f"{file.name}:{value.line}" if value.line else file.name
        with _built_as_it_should_be(file, value):
            item = entities.describe_item(value.value)
            rows = list(entities.stated_partnerships(value.value, item, where))
        id_ = item.city.wikidata
        if rows and id_ and id_ not in self.described:
            self.described.add(id_)
            yield DescribedCity(item.city)
        for row in rows:
            if isinstance(row, ImportedPartnership) and self._has_to_wait(row):
                self.waiting.append(row)
            else:
                yield row

    def _has_to_wait(self, partnership: ImportedPartnership) -> bool:
        self.named.add(partnership.b.wikidata or "")
        titles = (source.title for source in partnership.sources)
        works = list(filter(_WORK.fullmatch, titles))
        for work in works:
            self.works.setdefault(work, None)
        return bool(works)


@contextmanager
def _built_as_it_should_be(file: SourceFile, value: Value) -> Iterator[None]:
    """Refuse an entity that has something else where Wikidata has its statements."""
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        message = f"{_id(value.value)} does not have the form of a Wikidata entity"
        raise UnreadableError(file, value.line, message) from error


def _is_item_without_partnerships(line: bytes) -> bool:
    """Whether an item's line need not be read: it has no P190 of today or of 2013."""
    if b'"P190"' in line or b'"value",190,' in line:
        return False
    match = _ID.search(line[:_SO_FAR])
    return match is not None and match[1].startswith(b"Q")


def _is_about(line: bytes, wanted: set[str]) -> bool:
    match = _ID.search(line[:_SO_FAR])
    return match is None or match[1].decode() in wanted


def _is_entity(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    id_ = entities.id_of(value)
    return bool(id_ and re.fullmatch(r"[QPL][1-9]\d*", id_)) or "claims" in value


def _description(entity: dict[str, Any]) -> str:
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
