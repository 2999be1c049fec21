# ruff: noqa: N999  # a command's file has its name
"""Bulk data of others as a data directory, with every row accounted for.

ADAPTER is pairs: two columns of names or ids, CSV or TSV; --labels says what
the ids are called. Or table: CSV, TSV or JSON lines with any columns; --map
says which is what, and --guess prints a map to begin with, and nothing more.
Or wikidata: entities of the API or a dump, and results of queries, JSON. Files
may be packed by gzip, those of wikidata also by bzip2.

The directory of --into is made whole or not at all. One that stands already is
added to, no file in it is touched, and what it knows is not added again. Rows
of one tie are merged, so are cities with one id or name; what only looks alike
is told, and merged where --accept names it. --report says of every row what
became of it.

Examples:
  citylinks import pairs pairs.tsv --labels names.tsv --into ties
  citylinks import pairs pairs.tsv --into ties --report rows.csv
  citylinks import table ties.csv --guess
  citylinks import table ties.csv --map map.yaml --into ties
  citylinks import pairs pairs.tsv --into ties --kind sister-city --source-title "Our list of 2024"
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, cast

from typer import Argument

from citylinks import importers
from citylinks.cli.console import step
from citylinks.cli.options import IMPORT, Invocation, Output, with_options
from citylinks.errors import MissingError, UsageError
from citylinks.files.paths import shown
from citylinks.model.vocabulary import PARTNERSHIP_KINDS
from citylinks.query.filters import choice_of

OF_ADAPTERS = (
    "labels",
    "map",
    "encoding",
    "guess",
)  # the options that only some adapters have
take_kind = choice_of(PARTNERSHIP_KINDS, "kind of tie")


@with_options(*IMPORT, *OF_ADAPTERS)
def command(
    asked: Invocation,
    adapter: Annotated[
        str | None,
        Argument(
            metavar="ADAPTER",
            help=f"{', '.join(importers.ADAPTERS)}.",
            show_default=False,
        ),
    ] = None,
    files: Annotated[
        list[Path] | None,
        Argument(
            metavar="FILE...",
            help="What to read; - is standard input.",
            show_default=False,
        ),
    ] = None,
) -> Output:
    """Import, and answer with what became of the rows, on standard error."""
    given = {name: asked.values[name] for name in OF_ADAPTERS if asked.values[name]}
    reader = _reader(adapter, given)
    into, kind = asked.values["into"], asked.values["kind_of_tie"]
    if not files:
        raise MissingError(f"import {adapter} needs a file to read")
    [files, given["labels"]] = _with_stdin(files, given.get("labels") or ())
    if asked.values["guess"]:
        return _guess(asked, files)
    if into is None:
        raise MissingError("import needs --into, the data directory to make or add to")
    from citylinks.importers.run import Wanted, bring_in

    wanted = Wanted(
        into,
        asked.values["rows"],
        tuple(asked.values["accept"] or ()),
        asked.values["source_title"],
        asked.values["source_url"],
        take_kind(kind) if kind else None,
    )
    account = bring_in(reader, files, importers.Asked(**given), wanted, step)
    return Output(asked, notes=tuple(account.told(shown(str(into)))))


def _with_stdin(*lists: Sequence[Path]) -> list[list[Path]]:
    """Return lists of files; `-` and pipes as what is piped in, since a file is read
    twice.
    """
    number = sum(str(file) == "-" for files in lists for file in files)
    if number > 1:
        raise UsageError("'-' is standard input, which can be read only once")
    return [[_again(file) for file in files] for files in lists]


def _again(file: Path) -> Path:
    """Return a file that can be read again and again."""
    if str(file) != "-" and not file.is_fifo():
        return file
    from citylinks.importers.reading.pipes import Piped, kept

    if str(file) != "-":
        return cast("Path", kept(file))
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return cast("Path", Piped(sys.stdin.buffer))


def _guess(asked: Invocation, files: list[Path]) -> Output:
    """Answer with a map that may fit the first file; nothing is imported."""
    from citylinks.importers.tables.guessing import propose
    from citylinks.importers.tables.source_table import Form

    if asked.values["map"]:
        raise UsageError("--guess proposes a map, and --map names one")
    return Output(asked, text=propose(files[0], Form(asked.values["encoding"])))


def _reader(adapter: str | None, given: Iterable[str]) -> importers.Reader:
    """Return the adapter, if it knows all the options that are given."""
    if adapter is None:
        known = ", ".join(importers.ADAPTERS)
        raise MissingError(f"import needs an adapter; known are {known}")
    reader = importers.reader(adapter)
    for option in given:
        if option not in importers.ADAPTERS[adapter].options:
            raise UsageError(f"--{option} has no meaning for import {adapter}")
    return reader
