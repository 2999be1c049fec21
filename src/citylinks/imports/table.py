"""Any table of ties, by a map that says which column is what: CSV, TSV or JSON lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from citylinks.imports.cells import TieReader
from citylinks.imports.mapping import FileMap, TableMap
from citylinks.imports.rows import Term
from citylinks.imports.spreadsheets import Form, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citylinks.imports.rows import SetAside, Tie


class TableAsked(NamedTuple):
    """How a table is to be read; `left_out` is filled with what the map had left out."""

    map: TableMap
    encoding: str | None = None
    left_out: Counter[str] = Counter()  # noqa: RUF012


def source(files: Sequence[Path], asked: TableAsked) -> Term:
    """Return what is cited for the whole import: what the map says, else the file's name."""
    if asked.map.source is None:
        return Term(files[0].name)
    return Term(**dict(asked.map.source))


def read(files: Sequence[Path], asked: TableAsked) -> Iterator[Tie | SetAside]:
    """Yield each row as a tie, or why it cannot be one."""
    wanted = asked.map.columns()
    for file in files:
        table = read_table(file, form(asked.map.file, asked.encoding), wanted)
        reader = TieReader(table, asked.map, asked.left_out)
        for line, row in table.rows:
            yield reader.tie(f"{file}:{line}", row)


def form(stated: FileMap | None, encoding: str | None) -> Form:
    """Return how a file is written, as far as its map or an option says so."""
    by = stated or FileMap()
    has_quotes = None if by.quotes is None else by.quotes == "double"
    return Form(encoding or by.encoding, by.delimiter, has_quotes, by.header)
