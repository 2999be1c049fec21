"""One JSON value after another out of a file of any size, plain or packed, with its
line.

A file is a list of values, one a line, as the dumps of Wikidata are (with or without
the brackets and commas of an array) or one document of which a part is streamed. What a
file holds is found from its beginning; nothing but one value at a time is kept of it.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

from citylinks.importers.reading import opening
from citylinks.importers.reading.json_bounds import (
    Bounds,
    JsonError,
    Once,
    given_twice,
    look_through,
    no_number,
    once,
)
from citylinks.importers.reading.lines import is_archive
from citylinks.importers.reading.opening import PackedError
from citylinks.importers.rows import UnreadableError

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator
    from pathlib import Path

LONGEST = (
    16 * 1024 * 1024
)  # bytes of a value; Wikidata allows its entities a quarter of that
_TOO_LONG = f"is longer than {LONGEST // 1024 // 1024} MiB"
_HEAD = 1 << 16
_UTF_16 = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\0{",
    b"\0[",
    b"{\0",
    b"[\0",
    b"\0\0\0{",
    b"\0\0\0[",
)
_BY_LINE = re.compile(rb'\s*(\[\s*\n\s*)?\{[ \t]*"')
_VARIABLES = re.compile(rb'"vars"\s*:\s*\[([^\]]*)\]')
_FIRST_KEY = re.compile(rb'\s*\{\s*"([^"]*)"')
# The keys with which a document may begin -> the part of it that holds the values. What
# has no such key is one value itself.
_ENTITIES = "entities"
_ROWS = "results.bindings.item"
_PARTS = {
    **dict.fromkeys((b"entities", b"success", b"warnings"), _ENTITIES),
    **dict.fromkeys((b"head", b"results"), _ROWS),
}


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Value(NamedTuple):
    """A value, and the line that it stands on; None within a document of many lines."""

    line: int | None
    value: Any


def values(
    file: Path, is_wanted: Callable[[bytes], bool] = lambda line: True
) -> Iterator[Value]:
    """Yield the values of a file; raises UnreadableError.

    Of a file with a value on each line, lines that are not wanted are passed over
    unread. Before the rows of a query comes its head, `{"vars": [...]}`.
    """
    with opened(file) as stream:
        begin = _head(file, stream)
        key = _FIRST_KEY.match(begin)
        part = _PARTS.get(key[1]) if key else None
        if part is None and _BY_LINE.match(begin):
            yield from _by_line(file, stream, is_wanted)
        else:
            yield from _query_head(begin) if part == _ROWS else ()
            whole = "item" if begin.lstrip().startswith(b"[") else ""
            yield from _streamed(file, stream, part or whole)


def _query_head(begin: bytes) -> Iterator[Value]:
    found = _VARIABLES.search(begin)
    names = re.findall(r'"([^"]*)"', found[1].decode(errors="replace")) if found else []
    if names:
        yield Value(None, {"vars": names})


@contextmanager
def opened(file: Path) -> Iterator[io.BufferedReader]:
    """Open a file for reading, unpacked, behind its byte-order mark."""
    with opening.opened(file, opening.ALL) as stream:
        if _peek(file, stream).startswith(b"\xef\xbb\xbf"):
            stream.read(3)
        yield stream


def _peek(file: Path, stream: io.BufferedReader) -> bytes:
    try:
        return stream.peek(_HEAD)
    except PackedError as error:
        raise _damaged(file, None, error) from None


def _head(file: Path, stream: io.BufferedReader) -> bytes:
    begin = _peek(file, stream)
    first = begin.lstrip()[:1]
    if begin.startswith(_UTF_16):
        raise UnreadableError(file, 1, "this is UTF-16, not UTF-8; save it as UTF-8")
    if is_archive(begin):
        raise UnreadableError(file, 1, is_archive(begin))
    if not first and len(begin) < _HEAD:
        raise UnreadableError(file, None, "nothing stands in it")
    if first == b"<":
        raise UnreadableError(
            file, 1, "this is HTML or XML, not JSON; save the data, not the page"
        )
    if not first or first not in b"[{":
        raise UnreadableError(
            file, 1, "this is not JSON; it begins with neither '{' nor '['"
        )
    return begin


# -- A value on each line -----------------------------------------------------


def _by_line(
    file: Path, stream: IO[bytes], is_wanted: Callable[[bytes], bool]
) -> Iterator[Value]:
    is_array = is_closed = False
    for number, line in _lines(file, stream):
        text = line.strip().rstrip(b",")
        is_array |= text == b"["
        if is_array and text.endswith(b"]"):
            is_closed, text = True, text[:-1]
        if text in (b"[", b""):
            continue
        if not text.endswith(b"}") or is_wanted(text):
            yield Value(number, _parsed(file, number, text))
    if is_array and not is_closed:
        said = "the list that '[' begins has no end; the file is cut short"
        raise UnreadableError(file, number, said)


def _lines(file: Path, stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        while line := stream.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise UnreadableError(file, number, f"the line {_TOO_LONG}")
            yield number, line
    except PackedError as error:
        raise _damaged(file, number + 1, error) from None


def _parsed(file: Path, number: int, text: bytes) -> Any:
    try:
        look_through(text)
        return json.loads(
            text.decode(), object_pairs_hook=once, parse_constant=no_number
        )
    except json.JSONDecodeError as error:
        said = f"the JSON is broken at column {error.colno}: {error.msg.lower()}"
        raise UnreadableError(file, number, said) from None
    except UnicodeDecodeError:
        raise UnreadableError(
            file, number, "this is not UTF-8; save the file as UTF-8"
        ) from None
    except JsonError as error:
        raise UnreadableError(file, number, str(error)) from None


def _damaged(file: Path, line: int | None, error: PackedError) -> UnreadableError:
    return UnreadableError(file, line, f"the packed file {error}")


# -- One document -------------------------------------------------------------


def _streamed(file: Path, stream: IO[bytes], part: str) -> Iterator[Value]:
    import ijson

    try:
        yield from _taken(stream, part)
    except PackedError as error:
        raise _damaged(file, None, error) from None
    except (ijson.JSONError, ValueError) as error:
        raise UnreadableError(file, _broken_line(file, part), _reason(error)) from None


def _taken(stream: _Readable, part: str) -> Iterator[Value]:
    import ijson

    take = ijson.kvitems if part == _ENTITIES else ijson.items
    bounded = _Bounded(stream)
    twice: list[str] = []
    for found in take(bounded, part, use_float=True, map_type=partial(Once, twice)):
        if twice:
            raise given_twice(twice[0])
        yield Value(None, found[1] if part == _ENTITIES else found)
        bounded.size = 0


class _Bounded:
    """A stream whose JSON is looked through, and of which no value may be longer than
    LONGEST.
    """

    def __init__(self, stream: _Readable) -> None:
        self._stream = stream
        self._bounds = Bounds()
        self.size = 0  # bytes since the last value

    def read(self, size: int = -1) -> bytes:
        """Return what comes next; raises JsonError."""
        piece = self._stream.read(size)
        self._bounds.look(piece)
        if size and not piece:
            self._bounds.end()
        self.size += len(piece)
        if self.size > LONGEST:
            raise JsonError(f"a value {_TOO_LONG}")
        return piece


class _LineByLine:
    """A file that gives a parser no more than a line at once, and counts them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.number = 0
        self.is_at_start = True

    def read(self, size: int = -1) -> bytes:
        part = self.stream.readline(_HEAD) if size else b""
        if part:
            self.number += self.is_at_start
            self.is_at_start = part.endswith(b"\n")
        return part


def _broken_line(file: Path, part: str) -> int | None:
    """Return the line on which a document is broken, by reading it again up to there."""
    import ijson

    if not file.is_file():
        return None
    with opened(file) as stream:
        slow = _LineByLine(stream)
        try:
            for _ in _taken(slow, part):
                pass
        except (ijson.JSONError, ValueError):
            return slow.number
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, JsonError):
        return str(error)
    said = error.args[0] if error.args else ""
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    if isinstance(error, UnicodeDecodeError) or "UTF8" in text:
        return "this is not UTF-8; save the file as UTF-8"
    first = (text.strip().splitlines() or ["it ends too early"])[0]
    return f"the JSON is broken: {first.removeprefix('parse error: ')}"
