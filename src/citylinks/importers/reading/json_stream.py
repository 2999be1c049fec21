"""One JSON value after another out of a file of any size, with its line.

A file is a list of values, one a line, as the dumps of Wikidata are (with or without
the brackets and commas of an array), or one document of which a part is streamed. Which
of them it is, its beginning tells; nothing but one value at a time is kept of it.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

from citylinks.importers.reading.encodings import MARK, why_not_utf_8
from citylinks.importers.reading.json_bounds import (
    Bounds,
    JsonError,
    KeyNoter,
    parse_json,
    repeated_key_error,
)
from citylinks.importers.reading.opening import PackedError, SourceFile, open_unpacked
from citylinks.importers.rows import UnreadableError

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Iterator

# Bytes of a value; Wikidata allows its entities a quarter of that.
LONGEST = 16 * 1024 * 1024
_TOO_LONG = f"is longer than {LONGEST // 1024 // 1024} MiB"
_NOT_UTF_8 = "this is not UTF-8; save the file as UTF-8"
_HEAD = 1 << 16
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


# -- A table with an object on each line --------------------------------------


def object_lines(
    file: SourceFile, text: Iterable[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the object of each line that is not blank; numbers stay as written."""
    for number, line in enumerate(text, start=1):
        if line.isspace():
            continue
        try:
            row = parse_json(line.encode(), numbers_as_texts=True)
        except json.JSONDecodeError as error:
            raise _not_json(file, number, error.msg) from None
        except JsonError as error:
            raise _not_json(file, number, str(error)) from None
        if not isinstance(row, dict):
            raise UnreadableError(file, number, "this is JSON, but not an object")
        yield number, row


def _not_json(file: SourceFile, line: int, reason: str) -> UnreadableError:
    return UnreadableError(file, line, f"this is not JSON: {reason}")


# -- Any file of values -------------------------------------------------------


def json_values(
    file: SourceFile, is_wanted: Callable[[bytes], bool] = lambda line: True
) -> Iterator[Value]:
    """Yield the values of a file; raises UnreadableError.

    Of a file with a value on each line, lines that are not wanted are passed over
    unread. Before the rows of a query comes its head, `{"vars": [...]}`.
    """
    with _open_json(file) as stream:
        begin = _head(file, stream)
        key = _FIRST_KEY.match(begin)
        part = _PARTS.get(key[1]) if key else None
        if part is None and _BY_LINE.match(begin):
            yield from _by_line(file, stream, is_wanted)
            return
        if part == _ROWS:
            yield from _query_head(begin)
        elif part is None:
            part = "item" if begin.lstrip().startswith(b"[") else ""
        yield from _streamed(file, stream, part)


def _query_head(begin: bytes) -> Iterator[Value]:
    variables = _VARIABLES.search(begin)
    if variables:
        names = re.findall(r'"([^"]*)"', variables[1].decode(errors="replace"))
        if names:
            yield Value(None, {"vars": names})


@contextmanager
def _open_json(file: SourceFile) -> Iterator[io.BufferedReader]:
    """Open a file for reading, unpacked, behind its byte-order mark."""
    with open_unpacked(file) as stream:
        if _peek(file, stream).startswith(MARK):
            stream.read(len(MARK))
        yield stream


def _peek(file: SourceFile, stream: io.BufferedReader) -> bytes:
    try:
        return stream.peek(_HEAD)
    except PackedError as error:
        raise UnreadableError(file, None, error.sentence) from None


def _head(file: SourceFile, stream: io.BufferedReader) -> bytes:
    """Return the beginning of a file; UnreadableError where it is not JSON."""
    begin = _peek(file, stream)
    first = begin.lstrip()[:1]
    if not first and len(begin) < _HEAD:
        raise UnreadableError(file, None, "it is empty")
    problem = why_not_utf_8(begin, "json")
    if not problem and first == b"<":
        problem = "this is HTML or XML, not JSON; save the data, not the page"
    if not problem and first not in (b"[", b"{"):
        problem = "this is not JSON; it begins with neither '{' nor '['"
    if problem:
        raise UnreadableError(file, 1, problem)
    return begin


# -- A value on each line -----------------------------------------------------


def _by_line(
    file: SourceFile, stream: IO[bytes], is_wanted: Callable[[bytes], bool]
) -> Iterator[Value]:
    is_array = is_closed = False
    for number, line in _numbered_lines(file, stream):
        text = line.strip().rstrip(b",")
        is_array |= text == b"["
        if is_array and text.endswith(b"]"):
            is_closed, text = True, text[:-1]
        if text in (b"[", b""):
            continue
        if not text.endswith(b"}") or is_wanted(text):
            yield Value(number, _value_of_line(file, number, text))
    if is_array and not is_closed:
        message = "the list that '[' begins has no end; the file is cut short"
        raise UnreadableError(file, number, message)


def _numbered_lines(file: SourceFile, stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        while line := stream.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise UnreadableError(file, number, f"the line {_TOO_LONG}")
            yield number, line
    except PackedError as error:
        raise UnreadableError(file, number + 1, error.sentence) from None


def _value_of_line(file: SourceFile, number: int, text: bytes) -> Any:
    try:
        return parse_json(text)
    except json.JSONDecodeError as error:
        column = f"column {error.colno}"
        message = f"the JSON is broken at {column}: {error.msg.lower()}"
    except UnicodeDecodeError:
        message = _NOT_UTF_8
    except JsonError as error:
        message = str(error)
    raise UnreadableError(file, number, message)


# -- One document -------------------------------------------------------------


def _streamed(file: SourceFile, stream: IO[bytes], part: str) -> Iterator[Value]:
    import ijson

    try:
        yield from _values_of_part(stream, part)
    except PackedError as error:
        raise UnreadableError(file, None, error.sentence) from None
    except (ijson.JSONError, ValueError) as error:
        raise UnreadableError(file, _broken_line(file, part), _reason(error)) from None


def _values_of_part(stream: _Readable, part: str) -> Iterator[Value]:
    import ijson

    bounded = _BoundedStream(stream)
    twice: list[str] = []
    how = {"use_float": True, "map_type": partial(KeyNoter, twice)}
    if part == _ENTITIES:
        values = (value for _, value in ijson.kvitems(bounded, part, **how))
    else:
        values = ijson.items(bounded, part, **how)
    for value in values:
        if twice:
            raise repeated_key_error(twice[0])
        yield Value(None, value)
        bounded.size = 0


class _BoundedStream:
    """A stream of JSON that is looked through, with no value longer than LONGEST."""

    def __init__(self, stream: _Readable) -> None:
        self._stream = stream
        self._bounds = Bounds()
        self.size = 0  # bytes since the last value

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises JsonError."""
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
        if not size:
            return b""
        part = self.stream.readline(_HEAD)
        if part:
            self.number += self.is_at_start
            self.is_at_start = part.endswith(b"\n")
        return part


def _broken_line(file: SourceFile, part: str) -> int | None:
    """Return the line on which a document is broken; it is read again up to there."""
    import ijson

    if not file.is_file():
        return None
    with _open_json(file) as stream:
        slow = _LineByLine(stream)
        try:
            for _ in _values_of_part(slow, part):
                pass
        except (ijson.JSONError, ValueError):
            return slow.number
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, JsonError):
        return str(error)
    text = next(iter(error.args), "")
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    text = str(text)
    if isinstance(error, UnicodeDecodeError) or "UTF8" in text:
        return _NOT_UTF_8
    first = (text.strip().splitlines() or ["it ends too early"])[0]
    return f"the JSON is broken: {first.removeprefix('parse error: ')}"
