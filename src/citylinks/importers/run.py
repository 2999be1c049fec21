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
    from citylinks.importers.rows import CitedSource
    from citylinks.importers.writing.account import Account


class ImportRequest(NamedTuple):
    """What an import is asked for, beside what single adapters are."""

    into: Path
    report: Path | None = None
    accept: Sequence[str] = ()
    title: str | None = None
    url: str | None = None
    kind: str | None = None


def run_import(
    reader: Importer,
    files: Sequence[Path],
    asked: ImportOptions,
    wanted: ImportRequest,
    progress: Callable[[str], None],
) -> Account:
    """Import files into a data directory and return the account of their rows.

    `UnreadableError` where a file is not what it should be; then nothing was written.
    """
    if wanted.report:
        account.check_report(wanted.report)
    into = directory.checked(wanted.into)
    try:
        with closing(staging.opened()) as connection:
            staging.stage(connection, reader.read(files, asked), wanted.kind, progress)
            said = _resolve(connection, into, wanted, progress)
            source = _source(cited_source(reader, asked), files, wanted)
            result = _write(connection, into, source, wanted, progress)
            return result._replace(notes=[*said, *result.notes])
    except sqlite3.Error as error:
        raise CitylinksError(
            f"the rows cannot be kept in a temporary file: {error}"
        ) from None


def _source(
    source: CitedSource, files: Sequence[Path], wanted: ImportRequest
) -> CitedSource:
    names = ", ".join(readable(file.name) for file in files)
    title = wanted.title or source.title.replace("{files}", names)
    if wanted.title:
        source = source._replace(url=None)
    return source._replace(title=title, url=wanted.url or source.url)


def _resolve(
    connection: sqlite3.Connection,
    into: Path,
    wanted: ImportRequest,
    progress: Callable[[str], None],
) -> list[str]:
    """Find out what is one place and one tie, here and in the directory, and give ids."""
    left_out = 0
    if paths.is_data_directory(into):
        progress("reading the directory")
        left_out = _learn(connection, str(into))
    progress("looking for what is one city")
    cities.join(connection)
    cities.tell_apart(connection)
    cities.find_there(connection)
    cities.give_ids(connection)
    said = [*_unknown(left_out), *doubles.accept(connection, wanted.accept)]
    progress("looking for what is one tie")
    partnerships.merge(connection)
    partnerships.find_there(connection)
    partnerships.give_ids(connection)
    progress("looking for what is misspelt")
    doubles.find(connection)
    return said


def _unknown(left_out: int) -> list[str]:
    """Return that what so many files hold is not known, and may come in a second time."""
    if not left_out:
        return []
    files = number_of(left_out, "file")
    return [
        f"records of {files} in the directory have errors and are not known to the import"
    ]


def _learn(connection: sqlite3.Connection, into: str) -> int:
    """Learn what stands in the directory, from its index or, where that cannot be, its
    files.

    Return how many of its files were left out for their errors.
    """

    def learn(snapshot: Snapshot) -> int:
        return directory.learn(connection, snapshot.connection)

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
    wanted: ImportRequest,
    progress: Callable[[str], None],
) -> Account:
    from citylinks.importers.writing.records import Records

    progress("writing")
    records = Records(connection, source, today())
    with account.placed(wanted.report) as report, directory.written(into) as writer:
        city_count = writer.records(
            "cities", records.cities(), doubles.undecided(connection)
        )
        partnership_count = writer.records("partnerships", records.ties())
        writer.terms("sources", records.sources())
        writer.terms("themes", records.themes())
        if report:
            account.write_report(connection, report)
        return account.account(connection, city_count, partnership_count)
