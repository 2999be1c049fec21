"""One JSON value after another out of a file of any size, plain or packed, with its line.

A file is a list of values, one a line, as the dumps of Wikidata are (with or without the brackets
and commas of an array) or one document of which a part is streamed. What a file holds is found
from its beginning; nothing but one value at a time is kept of it.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from citylinks.imports.lines import LONGEST
from citylinks.imports.rows import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_HEAD = 1 << 16
_PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError)
_BY_LINE = re.compile(rb'\s*(\[\s*\n\s*)?\{[ \t]*"')
_VARIABLES = re.compile(rb'"vars"\s*:\s*\[([^\]]*)\]')
_FIRST_KEY = re.compile(rb'\s*\{\s*"([^"]*)"')
# The keys with which a document may begin -> the part of it that holds the values. What has no
# such key is one value itself.
_ENTITIES = "entities"
_ROWS = "results.bindings.item"
_PARTS = {
    **dict.fromkeys((b"entities", b"success", b"warnings"), _ENTITIES),
    **dict.fromkeys((b"head", b"results"), _ROWS),
}


class Value(NamedTuple):
    """A value, and the line that it stands on; None within a document of many lines."""

    line: int | None
    value: Any


def values(file: Path, is_wanted: Callable[[bytes], bool] = lambda line: True) -> Iterator[Value]:
    """Yield the values of a file; raises UnreadableError.

    Of a file with a value on each line, lines that are not wanted are passed over unread. Before
    the rows of a query comes its head, `{"vars": [...]}`.
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
    try:
        with file.open("rb") as plain:
            begin = plain.peek(8)
            unpack = next((way for mark, way in _PACKED.items() if begin.startswith(mark)), None)
            stream = io.BufferedReader(unpack(plain), _HEAD) if unpack else plain
            if _peek(file, stream).startswith(b"\xef\xbb\xbf"):
                stream.read(3)
            yield stream
    except OSError as error:
        raise UnreadableError(file, None, f"cannot be read: {error.strerror or error}") from None


def _peek(file: Path, stream: io.BufferedReader) -> bytes:
    try:
        return stream.peek(_HEAD)
    except _DAMAGE as error:
        raise _damaged(file, None, error) from None


def _head(file: Path, stream: io.BufferedReader) -> bytes:
    begin = _peek(file, stream)
    first = begin.lstrip()[:1]
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(file, 1, "this is UTF-16, not UTF-8; save it as UTF-8")
    if not first:
        raise UnreadableError(file, None, "nothing stands in it")
    if first == b"<":
        raise UnreadableError(file, 1, "this is HTML or XML, not JSON; save the data, not the page")
    if first not in b"[{":
        raise UnreadableError(file, 1, "this is not JSON; it begins with neither '{' nor '['")
    return begin


# -- A value on each line -----------------------------------------------------


def _by_line(file: Path, stream: IO[bytes], is_wanted: Callable[[bytes], bool]) -> Iterator[Value]:
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
                said = f"the line is longer than {LONGEST // 1024 // 1024} MiB"
                raise UnreadableError(file, number, said)
            yield number, line
    except _DAMAGE as error:
        raise _damaged(file, number + 1, error) from None


def _parsed(file: Path, number: int, text: bytes) -> Any:
    try:
        return json.loads(text.decode())
    except json.JSONDecodeError as error:
        said = f"the JSON is broken at column {error.colno}: {error.msg.lower()}"
        raise UnreadableError(file, number, said) from None
    except UnicodeDecodeError:
        raise UnreadableError(file, number, "this is not UTF-8; save the file as UTF-8") from None
    except RecursionError:
        raise UnreadableError(file, number, "the JSON is nested too deeply") from None


def _damaged(file: Path, line: int | None, error: Exception) -> UnreadableError:
    what = "ends too early" if isinstance(error, EOFError) else f"is damaged: {error}"
    return UnreadableError(file, line, f"the packed file {what}")


# -- One document -------------------------------------------------------------


def _streamed(file: Path, stream: IO[bytes], part: str) -> Iterator[Value]:
    import ijson

    take = ijson.kvitems if part == _ENTITIES else ijson.items
    try:
        for found in take(stream, part, use_float=True):
            yield Value(None, found[1] if part == _ENTITIES else found)
    except _DAMAGE as error:
        raise _damaged(file, None, error) from None
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise UnreadableError(file, _broken_line(file), _reason(error)) from None


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


def _broken_line(file: Path) -> int | None:
    """Return the line on which a document is broken, by reading it again up to there."""
    import ijson

    if not file.is_file():
        return None
    with opened(file) as stream:
        slow = _LineByLine(stream)
        try:
            for _ in ijson.basic_parse(slow, use_float=True):
                pass
        except (ijson.JSONError, UnicodeDecodeError):
            return slow.number
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "this is not UTF-8; save the file as UTF-8"
    said = str(error).strip().splitlines() or ["it ends too early"]
    return f"the JSON is broken: {said[0].removeprefix('parse error: ')}"
