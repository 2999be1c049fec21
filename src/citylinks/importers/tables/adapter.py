"""Any table of partnerships, by a map that says which column is what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.errors import UsageError
from citylinks.importers.rows import CitedSource
from citylinks.importers.tables.cells import PartnershipReader
from citylinks.importers.tables.mapping import FileMap, load_map
from citylinks.importers.tables.source_table import Form, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.importers import ImportOptions
    from citylinks.importers.reading.opening import SourceFile
    from citylinks.importers.rows import ImportedPartnership, SetAside

SOURCE = CitedSource("[{files}]")


def stated_source(options: ImportOptions) -> CitedSource | None:
    """Return the source that the map states, if it states one."""
    if options.map is None:
        return None
    stated = load_map(options.map).source
    if stated is None:
        return None
    return CitedSource(**dict(stated))


def read(
    files: Sequence[SourceFile], options: ImportOptions
) -> Iterator[ImportedPartnership | SetAside]:
    """Yield each row as a partnership, or the reason why it cannot be one."""
    if options.map is None:
        raise UsageError(
            "--map names the file that says which column is what; --guess proposes it"
        )
    table_map = load_map(options.map)
    form = stated_form(table_map.file or FileMap(), options.encoding)
    for file in files:
        table = read_table(file, form, table_map.columns())
        reader = PartnershipReader(table, table_map)
        for line, row in table.rows:
            yield reader.partnership(f"{file}:{line}", row)


def stated_form(file_map: FileMap, encoding: str | None) -> Form:
    """Return the form of a file, as far as its map or an option states it."""
    has_quotes = None
    if file_map.quotes is not None:
        has_quotes = file_map.quotes == "double"
    return Form(
        encoding or file_map.encoding, file_map.delimiter, has_quotes, file_map.header
    )
