# ruff: noqa: N999  # a command's file has its name
"""Import a spreadsheet or a data dump.

ADAPTER is pairs, table or wikidata. pairs reads two columns of names or ids,
CSV or TSV; --labels gives the names of the ids. table reads CSV, TSV or JSON
lines with any columns; --map says what the columns mean, and --guess only
prints a map to start from. wikidata reads entities from the API or a dump, and
query results, in JSON. Files may be compressed with gzip, bzip2 or xz.

The directory that --into names is written completely or not at all. If it
exists already, records are added, no file in it is changed, and nothing is
added twice. Rows of the same partnership are merged, and so are cities with the
same id or name. Cities with similar names are reported, and merged only if
--accept names them. --report writes the outcome of each row to a file.

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
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks import importers
from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.messages import step
from citylinks.errors import MissingError, UsageError
from citylinks.files.paths import shown
from citylinks.model.vocabulary import PARTNERSHIP_KINDS
from citylinks.query.filters import choice_of
from citylinks.query.options import Option

if TYPE_CHECKING:
    from citylinks.importers.reading.opening import SourceFile

OPTIONS = ()
ADAPTER_OPTIONS = ("labels", "map", "encoding", "guess")  # which not every adapter has
parse_kind = choice_of(PARTNERSHIP_KINDS, "kind of partnership")


class ImportQuery(NamedTuple):
    """What may be imported, and how."""

    adapter: Annotated[
        str | None,
        Option(
            f"{', '.join(importers.ADAPTERS)}.",
            metavar="ADAPTER",
            completes="adapter",
            is_argument=True,
        ),
    ] = None
    files: Annotated[
        Sequence[Path],
        Option(
            "The files to read (- for standard input).",
            metavar="FILE...",
            completes="file",
            is_argument=True,
        ),
    ] = ()
    into: Annotated[
        Path | None,
        Option(
            "The data directory to create or add to.",
            metavar="DIR",
            completes="data directory",
        ),
    ] = None
    rows: Annotated[
        Path | None,
        Option(
            "Write the outcome of each row to a .csv or .jsonl file.",
            flag="--report",
            metavar="FILE",
            completes="file",
        ),
    ] = None
    accept: Annotated[
        Sequence[str],
        Option("Merge the second city into the first.", metavar="ID=ID"),
    ] = ()
    source_title: Annotated[
        str | None, Option("The title of the source to cite.", metavar="TEXT")
    ] = None
    source_url: Annotated[
        str | None, Option("The web address of that source.", metavar="URL")
    ] = None
    partnership_kind: Annotated[
        str | None,
        Option(
            "The kind of partnership, if the source states none.",
            flag="--kind",
            metavar="KIND",
            completes="partnership kind",
        ),
    ] = None
    labels: Annotated[
        Sequence[Path],
        Option(
            "pairs: a file with ids and their names, in two columns.",
            metavar="FILE",
            completes="file",
        ),
    ] = ()
    map: Annotated[
        Path | None,
        Option(
            "table: a file that explains the columns; see docs/import.md.",
            metavar="FILE",
            completes="file",
        ),
    ] = None
    encoding: Annotated[
        str | None,
        Option(
            "table: the encoding of the file if it is not UTF-8: cp1252.",
            metavar="NAME",
        ),
    ] = None
    guess: Annotated[
        bool, Option("table: print a suggested map, and ten rows read with it.")
    ] = False


def command(invocation: Invocation, query: ImportQuery) -> Output:
    """Import, and answer with what became of the rows, on standard error."""
    options = _adapter_options(query)
    reader = _reader(query.adapter, options)
    if not query.files:
        raise MissingError(f"import {query.adapter} needs a file to read")
    _refuse_two_streams(*query.files, *query.labels)
    files = list(map(_rereadable, query.files))
    options["labels"] = list(map(_rereadable, query.labels))
    if query.guess:
        return _guess(invocation, query, files)
    if query.into is None:
        raise MissingError("import needs --into, the data directory to make or add to")
    from citylinks.importers.run import ImportRequest, run_import

    kind = query.partnership_kind
    request = ImportRequest(
        query.into,
        query.rows,
        tuple(query.accept),
        query.source_title,
        query.source_url,
        parse_kind(kind) if kind else None,
    )
    adapter_options = importers.ImportOptions(**options)
    account = run_import(reader, files, adapter_options, request, step)
    return Output(invocation, notes=tuple(account.sentences(shown(str(query.into)))))


def _adapter_options(query: ImportQuery) -> dict[str, Any]:
    """Return the options that only some adapters have, if they are given."""
    values = query._asdict()
    return {name: values[name] for name in ADAPTER_OPTIONS if values[name]}


def _reader(adapter: str | None, options: Iterable[str]) -> importers.Importer:
    """Return the adapter, if it has all the options that are given."""
    if adapter is None:
        known = ", ".join(importers.ADAPTERS)
        raise MissingError(f"import needs an adapter; choose from {known}")
    reader = importers.load_importer(adapter)
    for option in options:
        if option not in importers.ADAPTERS[adapter].options:
            raise UsageError(f"--{option} does not apply to import {adapter}")
    return reader


def _refuse_two_streams(*files: Path) -> None:
    """Refuse standard input as the content of two files."""
    names = [str(file) for file in files]
    if names.count("-") > 1:
        raise UsageError("'-' is standard input, which can be read only once")


def _rereadable(file: Path) -> "SourceFile":
    """Return a file that can be read twice; standard input and pipes are kept."""
    if str(file) != "-" and not file.is_fifo():
        return file
    from citylinks.importers.reading.opening import keep_pipe
    from citylinks.importers.reading.pipes import PipedInput

    if str(file) != "-":
        return keep_pipe(file)
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return PipedInput(sys.stdin.buffer)


def _guess(
    invocation: Invocation, query: ImportQuery, files: "Sequence[SourceFile]"
) -> Output:
    """Answer with a map that may fit the first file; nothing is imported."""
    from citylinks.importers.tables.guessing import propose_map
    from citylinks.importers.tables.source_table import Form

    if query.map:
        raise UsageError(
            "use either --guess, which makes a map, or --map, which names one"
        )
    return Output(invocation, text=propose_map(files[0], Form(query.encoding)))
