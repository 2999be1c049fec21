"""Bulk data of others -> a data directory: an adapter for each form, and what all of
them share.

An adapter reads what others wrote and yields what `rows` names, one row at a time;
`bring_in` holds the rows against each other, makes records of them and writes these,
and accounts for every row.
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

    from citylinks.importers.rows import Described, SetAside, Term, Tie


class Adapter(NamedTuple):
    """What an adapter reads, in a line, its module, and the options that it alone has."""

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


class Asked(NamedTuple):
    """What the options of single adapters say: a field for each of them."""

    labels: Sequence[Path] = ()
    map: Path | None = None
    encoding: str | None = None
    guess: bool = False


class Reader(Protocol):
    """The module of an adapter."""

    SOURCE: Term  # what records cite, where nothing else is asked for; {files} are the files' names

    def read(
        self, files: Sequence[Path], asked: Asked
    ) -> Iterator[Tie | Described | SetAside]:
        """Yield what the files hold; `UnreadableError` where one is not what it should
        be.
        """


def source_of(adapter: Reader, asked: Asked) -> Term:
    """Return what records cite: what the options say of the files, as a map does, else
    SOURCE.
    """
    stated = getattr(adapter, "stated_source", None)
    return (stated(asked) if stated else None) or adapter.SOURCE


def reader(name: str) -> Reader:
    """Return the adapter of this name."""
    if name not in ADAPTERS:
        hint = did_you_mean(name, ADAPTERS) or f"; known are {', '.join(ADAPTERS)}"
        raise UsageError(f"unknown adapter '{name}'{hint}")
    return cast("Reader", import_module(f"citylinks.importers.{ADAPTERS[name].module}"))
