"""An import from its files to its data directory, step by step."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citylinks.dates.today import today
from citylinks.errors import CitylinksError, ReadError
from citylinks.files import paths
from citylinks.importers import cited_source, staging
from citylinks.importers.matching import cities, doubles, partnerships
from citylinks.importers.writing import account, directory
from citylinks.index.store import Snapshot, Store
from citylinks.text.safe import number_of, readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from citylinks.importers import Importer, ImportOptions
    from citylinks.importers.reading.opening import SourceFile
    from citylinks.importers.rows import CitedSource
    from citylinks.importers.writing.account import Account


class ImportRequest(NamedTuple):
    """The options of every import, beside those of single adapters."""

    into: Path
    report: Path | None = None
    accept: Sequence[str] = ()
    title: str | None = None
    url: str | None = None
    kind: str | None = None


def run_import(
    importer: Importer,
    files: Sequence[SourceFile],
    options: ImportOptions,
    request: ImportRequest,
    progress: Callable[[str], None],
) -> Account:
    """Import files into a data directory and return the account of their rows.

    `UnreadableError` where a file is not what it should be; then nothing was written.
    """
    if request.report:
        account.check_report(request.report)
    into = directory.checked_directory(request.into)
    try:
        with closing(staging.open_staging()) as connection:
            staging.stage_rows(
                connection, importer.read(files, options), request.kind, progress
            )
            notes = _resolve(connection, into, request, progress)
            source = _source(cited_source(importer, options), files, request)
            result = _write(connection, into, source, request, progress)
            return result._replace(notes=[*notes, *result.notes])
    except sqlite3.Error as error:
        raise CitylinksError(
            f"the rows cannot be kept in a temporary file: {error}"
        ) from None


def _source(
    source: CitedSource, files: Sequence[SourceFile], request: ImportRequest
) -> CitedSource:
    names = ", ".join(readable(file.name) for file in files)
    title = request.title or source.title.replace("{files}", names)
    if request.title:
        source = source._replace(url=None)
    return source._replace(title=title, url=request.url or source.url)


def _resolve(
    connection: sqlite3.Connection,
    into: Path,
    request: ImportRequest,
    progress: Callable[[str], None],
) -> list[str]:
    """Match cities and partnerships, here and with the directory, and give ids."""
    left_out = 0
    if paths.is_data_directory(into):
        progress("reading the directory")
        left_out = _learn(connection, str(into))
    progress("looking for rows of the same city")
    cities.join_cities(connection)
    cities.tell_namesakes_apart(connection)
    cities.find_existing_cities(connection)
    cities.give_city_ids(connection)
    notes = [*_unknown(left_out), *doubles.accept_doubles(connection, request.accept)]
    progress("looking for rows of the same partnership")
    partnerships.merge_partnerships(connection)
    partnerships.find_existing_partnerships(connection)
    partnerships.give_partnership_ids(connection)
    progress("looking for misspelt names")
    doubles.find_doubles(connection)
    return notes


def _unknown(left_out: int) -> list[str]:
    """Return a note that the records of so many files may come in a second time."""
    if not left_out:
        return []
    files = number_of(left_out, "file")
    errors = "have errors and are not known to the import"
    return [f"records of {files} in the directory {errors}"]


def _learn(connection: sqlite3.Connection, into: str) -> int:
    """Learn what stands in the directory, from its index or else from its files.

    Return the number of its files that were left out for their errors.
    """

    def learn(snapshot: Snapshot) -> int:
        return directory.learn_directory(connection, snapshot.connection)

    try:
        with closing(Store.open([into], is_live=False)) as store:
            return store.ask(learn)
    except ReadError:  # what fails once is tried once more
        with closing(Store.in_memory([into], is_live=False)) as store:
            return store.ask(learn)


def _write(
    connection: sqlite3.Connection,
    into: Path,
    source: CitedSource,
    request: ImportRequest,
    progress: Callable[[str], None],
) -> Account:
    from citylinks.importers.writing.records import Records

    progress("writing")
    records = Records(connection, source, today())
    with (
        account.report_file(request.report) as report,
        directory.written_directory(into) as writer,
    ):
        city_count = writer.records(
            "cities", records.cities(), doubles.undecided_cities(connection)
        )
        partnership_count = writer.records("partnerships", records.partnerships())
        writer.terms("sources", records.sources())
        writer.terms("themes", records.themes())
        if report:
            account.write_report(connection, report)
        return account.make_account(connection, city_count, partnership_count)
