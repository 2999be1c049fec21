"""Two columns of names or ids: each row is a partnership of two cities.

Others publish graphs so. What the ids are called says a second file, of ids and names.
`Q456` is Wikidata's id anywhere.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from citylinks.importers.reading.delimited import (
    Dialect,
    delimited_rows,
    delimiter_name,
    delimiter_of_line,
)
from citylinks.importers.reading.headers import is_header_of_pairs
from citylinks.importers.reading.lines import text_lines
from citylinks.importers.rows import (
    CitedSource,
    DescribedCity,
    ImportedCity,
    ImportedPartnership,
    SetAside,
    UnreadableError,
)
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.importers import ImportOptions
    from citylinks.importers.reading.opening import SourceFile

SOURCE = CitedSource("[{files}]")

_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_ADDRESS = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/")
_MARKUP = ("<!doctype html", "<html", "<?xml")


def read(
    files: Sequence[SourceFile], options: ImportOptions
) -> Iterator[ImportedPartnership | DescribedCity | SetAside]:
    """Yield the name of each labelled id, then a partnership for each row."""
    for file in options.labels:
        for _, (key, name) in _pairs(file, "ids and their names"):
            if key and name:
                yield DescribedCity(_city(key, is_key=True)._replace(name=name))
    for file in files:
        for line, pair in _pairs(file, "pairs"):
            yield _partnership(f"{file}:{line}", pair, is_key=bool(options.labels))


def _pairs(file: SourceFile, noun: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of two cells, except a first one that is a header."""
    is_first = True
    for line, row in _rows(file):
        if len(row) != 2:
            columns = number_of(len(row), "column")
            message = f"{columns} here, and {noun} have two"
            parted = "separated by a tab, a semicolon or a comma"
            raise UnreadableError(file, line, f"{message}, {parted}")
        pair = [_ADDRESS.sub("", cell.strip()) for cell in row]
        if not (is_first and is_header_of_pairs(pair)):
            yield line, pair
        is_first = False


def _rows(file: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, all of one width."""
    text = text_lines(file)
    first = next(text, None)
    if first is None:
        return
    if first.lstrip().lower().startswith(_MARKUP):
        raise UnreadableError(file, 1, "this is HTML or XML, not a table")
    dialect = Dialect(delimiter_of_line(first))
    width = 0
    for line, row in delimited_rows(file, dialect, chain([first], text)):
        width = width or len(row)
        if len(row) != width:
            cells = number_of(len(row), "cell")
            message = f"{cells} here, {width} in the first row"
            parted = f"cells are separated by {delimiter_name(dialect.delimiter)}"
            raise UnreadableError(file, line, f"{message}; {parted}")
        if any(row):
            yield line, row


def _partnership(
    where: str, pair: Sequence[str], *, is_key: bool
) -> ImportedPartnership | SetAside:
    if not all(pair):
        return SetAside(where, "one of the two cells is empty")
    a, b = (_city(cell, is_key=is_key) for cell in pair)
    return ImportedPartnership(where, a, b, is_one_way=True)


def _city(cell: str, *, is_key: bool) -> ImportedCity:
    """Return the city of a cell: an item of Wikidata, a key with a label, or a name."""
    if _ITEM.fullmatch(cell):
        return ImportedCity(None, wikidata=cell)
    if is_key:
        return ImportedCity(None, apart=cell)
    return ImportedCity(cell)
