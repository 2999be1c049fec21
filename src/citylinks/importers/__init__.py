"""Foreign data to a data directory: an adapter for each form, and what they share.

An adapter reads foreign files and yields what `rows` names, one row at a time; `run`
matches the rows with each other, makes records of them, writes these, and accounts for
every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from citylinks.errors import UsageError
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.importers.reading.opening import SourceFile  # noqa: TC004 - slow
    from citylinks.importers.rows import (
        CitedSource,
        DescribedCity,
        ImportedPartnership,
        SetAside,
    )


class Adapter(NamedTuple):
    """What an adapter reads, in a line; its module; the options that it alone has."""

    reads: str
    module: str
    options: tuple[str, ...] = ()


# Add an adapter by adding its file and its line.
ADAPTERS: dict[str, Adapter] = {
    "pairs": Adapter("two columns of names or ids, CSV or TSV", "pairs", ("labels",)),
    "wikidata": Adapter(
        "entities and query results of Wikidata, JSON", "wikidata.adapter"
    ),
    "table": Adapter(
        "any table, CSV, TSV or JSON lines",
        "tables.adapter",
        ("map", "encoding", "guess"),
    ),
}


class ImportOptions(NamedTuple):
    """The options of single adapters, a field for each of them."""

    labels: Sequence[SourceFile] = ()
    map: Path | None = None
    encoding: str | None = None
    guess: bool = False


class Importer(Protocol):
    """The module of an adapter."""

    # What records cite unless a request says otherwise; {files} are the files' names.
    SOURCE: CitedSource

    def read(
        self, files: Sequence[SourceFile], options: ImportOptions
    ) -> Iterator[ImportedPartnership | DescribedCity | SetAside]:
        """Yield the rows of the files; `UnreadableError` for a file it cannot read."""


def cited_source(importer: Importer, options: ImportOptions) -> CitedSource:
    """Return the source that records cite: that of a map, else the importer's own."""
    stated_source = getattr(importer, "stated_source", None)
    if stated_source is None:
        return importer.SOURCE
    return stated_source(options) or importer.SOURCE


def load_importer(name: str) -> Importer:
    """Return the adapter of this name."""
    if name not in ADAPTERS:
        hint = did_you_mean(name, ADAPTERS) or f"; choose from {', '.join(ADAPTERS)}"
        raise UsageError(f"unknown adapter '{name}'{hint}")
    module = ADAPTERS[name].module
    return cast("Importer", import_module(f"citylinks.importers.{module}"))
