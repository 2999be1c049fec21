"""Where a value of a record stands, found by reading its file again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from citylinks.diagnostics import Span
from citylinks.index import SPAN

if TYPE_CHECKING:
    import sqlite3

    from citylinks.diagnostics import Path
    from citylinks.document import Stream

KEY = "[key]"  # ends a path to a key, in place of its value, as pydantic has it
_IN_ONE_FILE = frozenset(("theme", "organization", "source"))


class At(NamedTuple):
    """A document of a file of the index, both by number; `within` leads to a term in it."""

    file: int
    document: int
    within: tuple[str, ...] = ()


class Places:
    """Finds the places of values; each file is read once, and only when it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._paths: dict[int, str] = {}
        self._last: tuple[int, Stream] | None = None

    def at(self, no: int) -> At:
        """Return where the record of that number stands."""
        sql = "SELECT type, id, document FROM record WHERE no = ?"
        type_, id_, document = self._connection.execute(sql, (no,)).fetchone()
        return At(no >> SPAN, document, (id_,) if type_ in _IN_ONE_FILE else ())

    def span(self, at: At, path: Path) -> Span:
        """Return the place of the value at `path`, or of what encloses it.

        A path that ends in `KEY` is that of a key.
        """
        stream = self._stream(at.file)
        if at.document >= len(stream.documents):
            return Span(stream.written.path)
        document = stream.documents[at.document]
        if at.within and path in {(), ("id",)}:
            return document.key_span(*at.within)
        if path[-1:] == (KEY,):
            return document.key_span(*at.within, *path[:-1])
        return document.span(*at.within, *path)

    def path(self, file: int) -> str:
        """Return the path of the file of that number."""
        if file not in self._paths:
            sql = "SELECT path FROM file WHERE no = ?"
            self._paths[file] = os.fsdecode(self._connection.execute(sql, (file,)).fetchone()[0])
        return self._paths[file]

    def _stream(self, file: int) -> Stream:
        from citylinks.document import parse
        from citylinks.files import read

        if self._last is None or self._last[0] != file:
            path = self.path(file)
            self._last = (file, parse(read(path), path))
        return self._last[1]
