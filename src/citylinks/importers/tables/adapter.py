"""Any table of ties, by a map that says which column is what: CSV, TSV or JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.errors import UsageError
from citylinks.importers.rows import Term
from citylinks.importers.tables.cells import TieReader
from citylinks.importers.tables.mapping import FileMap, load_map
from citylinks.importers.tables.source_table import Form, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citylinks.importers import Asked
    from citylinks.importers.rows import SetAside, Tie

SOURCE = Term("[{files}]")


def stated_source(asked: Asked) -> Term | None:
    """Return what the map says that the file is."""
    stated = load_map(asked.map).source if asked.map else None
    return Term(**dict(stated)) if stated else None


def read(files: Sequence[Path], asked: Asked) -> Iterator[Tie | SetAside]:
    """Yield each row as a tie, or why it cannot be one."""
    if asked.map is None:
        raise UsageError(
            "--map names the file that says which column is what; --guess proposes it"
        )
    by = load_map(asked.map)
    wanted = by.columns()
    for file in files:
        table = read_table(file, form(by.file, asked.encoding), wanted)
        reader = TieReader(table, by)
        for line, row in table.rows:
            yield reader.tie(f"{file}:{line}", row)


def form(stated: FileMap | None, encoding: str | None) -> Form:
    """Return how a file is written, as far as its map or an option says so."""
    by = stated or FileMap()
    has_quotes = None if by.quotes is None else by.quotes == "double"
    return Form(encoding or by.encoding, by.delimiter, has_quotes, by.header)
