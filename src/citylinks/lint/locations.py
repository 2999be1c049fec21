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
    """A document of a file of the index, by number; `within` leads to a term in it."""

    file: int
    document: int
    within: tuple[str, ...] = ()


class Locations:
    """Locates values; files are read when they are needed, and kept for a while.

    `texts` holds, by path, what is read in place of a file.
    """

    def __init__(
        self, connection: sqlite3.Connection, texts: Mapping[str, str] | None = None
    ) -> None:
        self._connection = connection
        self._texts = texts or {}
        self._paths: dict[int, str] = {}
        self._sources: dict[int, SourceText] = {}  # the last that was used stands last
        self._size = 0

    def record_location(self, where: int | RecordLocation) -> RecordLocation:
        """Return the location of a record that is given by it or by its number."""
        if isinstance(where, RecordLocation):
            return where
        sql = "SELECT type, id, document FROM record WHERE no = ?"
        type_, id_, document = self._connection.execute(sql, (where,)).fetchone()
        within = (id_,) if type_ in _IN_ONE_FILE else ()
        return RecordLocation(where >> SPAN, document, within)

    def locate(self, record: RecordLocation, path: Path) -> Location:
        """Return the location of the value at `path`, or of what encloses it.

        A path that ends in `KEY` is that of a key.
        """
        is_term = bool(record.within) and path in {(), ("id",)}
        is_key = is_term or path[-1:] == (KEY,)
        if is_term:
            path = ()
        elif is_key:
            path = path[:-1]
        source = self._source(record.file)
        return source.locate(record.document, (*record.within, *path), is_key=is_key)

    def path(self, file: int) -> str:
        """Return the path of the file of that number."""
        if file not in self._paths:
            sql = "SELECT path FROM file WHERE no = ?"
            [path] = self._connection.execute(sql, (file,)).fetchone()
            self._paths[file] = os.fsdecode(path)
        return self._paths[file]

    def _source(self, file: int) -> SourceText:
        from citylinks.files.reading import read_again
        from citylinks.files.yaml_reader import SourceText

        source = self._sources.pop(file, None)
        if source is None:
            path = self.path(file)
            text = self._texts[path] if path in self._texts else read_again(path)
            source = SourceText(path, text)
            self._size += len(source.text)
        self._sources[file] = source
        while self._size > MOST and len(self._sources) > 1:
            oldest = next(iter(self._sources))
            self._size -= len(self._sources.pop(oldest).text)
        return source
