"""The data directory of an import: written whole or not at all, nothing touched."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citylinks.errors import ReadError, UsageError
from citylinks.files import paths, yaml_writer
from citylinks.files.atomic import NEW_FOLDER, folder_beside, usual_mode
from citylinks.files.diagnostics import RULE_BY_NAME
from citylinks.index.freshness import files_left_out, folders_unlisted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

LARGEST = 4 * 1024 * 1024  # bytes of a file; a reader takes four times that
NO_COUNTRY = "no-country"


def checked_directory(into: Path) -> Path:
    """Return the absolute path of a directory to import to; else raise `UsageError`."""
    into = into.absolute()
    if not paths.is_folder(into.parent):
        raise UsageError(
            f"there is no folder '{paths.shown(str(into.parent))}' to write into"
        )
    if (
        paths.is_folder(into)
        and not paths.is_data_directory(into)
        and any(into.iterdir())
    ):
        raise UsageError(
            f"'{paths.shown(str(into))}' is neither empty nor a data directory"
        )
    if paths.status(into) and not paths.is_folder(into):
        raise UsageError(f"'{paths.shown(str(into))}' is not a directory")
    return into


def learn_directory(connection: sqlite3.Connection, index: sqlite3.Connection) -> int:
    """Copy what stands in a directory, as its index has it, to the known_ tables.

    Return the number of its files that were left out for their errors. What could not
    be read is a `ReadError`, since all that it holds would be added again.
    """
    for folder, number in folders_unlisted(index):
        raise paths.cannot_read(folder, OSError(number, os.strerror(number)))
    unread = (
        "SELECT f.path, p.message FROM problem p JOIN file f ON f.no = p.file"
        " WHERE p.rule = 'unreadable-file' ORDER BY f.path"
    )
    for row in index.execute(unread):
        raise ReadError(f"'{paths.shown(os.fsdecode(row['path']))}' {row['message']}")
    for sql, table in _LEARNT:
        rows = index.execute(sql)
        marks = ",".join("?" * len(rows.description))
        connection.executemany(
            f"INSERT OR IGNORE INTO {table} VALUES ({marks})", map(tuple, rows)
        )
    connection.execute("UPDATE OR IGNORE known_name SET text = casefold(text)")
    return len(files_left_out(index))


_LEARNT = (
    ("SELECT id, name, json_extract(body, '$.wikidata'), json_extract(body,"
     " '$.geonames'), country"
     " FROM record WHERE type = 'city'", "known_city"),
    ("SELECT id, NULL, NULL, NULL, NULL FROM lost WHERE type = 'city'", "known_city"),
    ("SELECT l.text, l.folded, r.id FROM label l JOIN record r ON r.no = l.record"
     " WHERE r.type = 'city' AND l.reason <> 'id'", "known_name"),
    ("SELECT r.id, min(f.id), max(f.id), r.kind, json_extract(r.body, '$.start'),"
     " json_extract(r.body, '$.end') FROM record r JOIN ref f ON f.record = r.no"
     " AND f.relation = 'members' WHERE r.type = 'partnership' GROUP BY r.no"
     " HAVING count(*) = 2", "known_partnership"),
    ("SELECT id, NULL, NULL, NULL, NULL, NULL FROM record WHERE type = 'partnership'",
     "known_partnership"),
    ("SELECT id, NULL, NULL, NULL, NULL, NULL FROM lost"
     " WHERE type = 'partnership'", "known_partnership"),
    ("SELECT id, json_extract(body, '$.title'), json_extract(body, '$.url')"
     " FROM record WHERE type = 'source'", "known_source"),
    ("SELECT id, NULL, NULL FROM lost WHERE type = 'source'", "known_source"),
    ("SELECT id FROM record WHERE type = 'theme'", "known_theme"),
    ("SELECT id FROM lost WHERE type = 'theme'", "known_theme"),
)  # fmt: skip


SAME_CITY = RULE_BY_NAME["same-city"].code


class Writer:
    """Writes records into files of a folder, one or several for each country."""

    def __init__(self, folder: Path, target: Path) -> None:
        self._folder = folder
        self._target = target
        self.files: list[str] = []

    def records(
        self,
        kind: str,
        records: Iterable[tuple[str | None, dict[str, Any]]],
        undecided: Collection[str] = (),
    ) -> int:
        """Write records that come country by country, and return their number.

        The `undecided` may be the same as other cities; `validate` ignores that.
        """

        def pieces() -> Iterator[tuple[str, str]]:
            for country, record in records:
                ignored = SAME_CITY if record["id"] in undecided else None
                text = yaml_writer.document_text(record, ignored)
                yield (country or NO_COUNTRY).lower(), text

        return self._write(kind, pieces())

    def terms(self, kind: str, terms: Iterable[tuple[str, dict[str, Any]]]) -> int:
        """Write the terms of a vocabulary, and return their number."""
        texts = starmap(yaml_writer.term_text, terms)
        return self._write("", ((kind, text) for text in texts))

    def _write(self, kind: str, pieces: Iterable[tuple[str, str]]) -> int:
        count, size, file, now = 0, 0, None, ""
        try:
            for stem, text in pieces:
                raw = text.encode()
                if file is None or stem != now or size + len(raw) > LARGEST:
                    if file is not None:
                        file.close()
                    file, now, size = self._free(kind, stem).open("wb"), stem, 0
                file.write(raw)
                size += len(raw)
                count += 1
        finally:
            if file is not None:
                file.close()
        return count

    def _free(self, kind: str, stem: str) -> Path:
        """Return a new file in the folder; its name is free in the directory too."""
        number = 1
        while True:
            name = f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml"
            place = str(Path(kind) / name)
            if place not in self.files and not paths.status(self._target / place):
                self.files.append(place)
                return self._folder / place
            number += 1


@contextmanager
def written_directory(into: Path) -> Iterator[Writer]:
    """Have files written beside a directory, to be moved there if all is well."""
    with folder_beside(into) as folder:
        for name in paths.FOLDERS:
            (folder / name).mkdir()
        writer = Writer(folder, into)
        yield writer
        if not paths.is_data_directory(into):
            folder.chmod(usual_mode(NEW_FOLDER))
            folder.rename(into)
        else:
            _add(folder, into, writer.files)


def _add(folder: Path, into: Path, files: Iterable[str]) -> None:
    """Put new files into a directory that stands; where one cannot be, none is."""
    added: list[Path] = []
    try:
        for name in files:
            target = into / name
            if paths.status(target):
                raise FileExistsError(
                    17, "another program has just made it", str(target)
                )
            added.append(target)
            (folder / name).rename(target)
    except BaseException:
        for target in added:
            with suppress(OSError):
                target.unlink()
        raise
