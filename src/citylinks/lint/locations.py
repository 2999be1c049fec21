"""Where a value of a record stands, found by reading its file again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from citylinks.index.database import SPAN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from citylinks.files.diagnostics import Location
    from citylinks.files.yaml_reader import SourceText
    from citylinks.model.references import Path

MOST = 32 * 1024 * 1024  # characters of files that are kept at a time
KEY = "[key]"  # ends a path to a key, in place of its value, as pydantic has it
_IN_ONE_FILE = frozenset(("theme", "organization", "source"))


class RecordLocation(NamedTuple):
    """A document of a file of the index, both by number; `within` leads to a term in
    it.
    """

    file: int
    document: int
    within: tuple[str, ...] = ()


class Locations:
    """Finds the places of values; a file is read when it is asked for, and kept for a
    while.

    `texts` holds, by path, what is read in place of a file.
    """

    def __init__(
        self, connection: sqlite3.Connection, texts: Mapping[str, str] | None = None
    ) -> None:
        self._connection = connection
        self._texts = texts or {}
        self._paths: dict[int, str] = {}
        self._written: dict[int, SourceText] = {}  # the one asked for last stands last
        self._size = 0

    def at(self, no: int) -> RecordLocation:
        """Return where the record of that number stands."""
        sql = "SELECT type, id, document FROM record WHERE no = ?"
        type_, id_, document = self._connection.execute(sql, (no,)).fetchone()
        return RecordLocation(
            no >> SPAN, document, (id_,) if type_ in _IN_ONE_FILE else ()
        )

    def span(self, at: RecordLocation, path: Path) -> Location:
        """Return the place of the value at `path`, or of what encloses it.

        A path that ends in `KEY` is that of a key.
        """
        is_term = bool(at.within) and path in {(), ("id",)}
        is_key = is_term or path[-1:] == (KEY,)
        path = () if is_term else path[:-1] if is_key else path
        return self._of(at.file).locate(at.document, (*at.within, *path), is_key=is_key)

    def path(self, file: int) -> str:
        """Return the path of the file of that number."""
        if file not in self._paths:
            sql = "SELECT path FROM file WHERE no = ?"
            self._paths[file] = os.fsdecode(
                self._connection.execute(sql, (file,)).fetchone()[0]
            )
        return self._paths[file]

    def _of(self, file: int) -> SourceText:
        from citylinks.files.reading import read_again
        from citylinks.files.yaml_reader import SourceText

        found = self._written.pop(file, None)
        if found is None:
            path = self.path(file)
            found = SourceText(
                path, self._texts[path] if path in self._texts else read_again(path)
            )
            self._size += len(found.text)
        self._written[file] = found
        while self._size > MOST and len(self._written) > 1:
            self._size -= len(self._written.pop(next(iter(self._written))).text)
        return found
