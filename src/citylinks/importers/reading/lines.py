"""Text of others, line by line or as rows of cells: UTF-8, plain or gzip, in bounded
memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import IO, TYPE_CHECKING

from citylinks.errors import UsageError
from citylinks.importers.reading import opening
from citylinks.importers.reading.opening import PackedError
from citylinks.importers.rows import UnreadableError
from citylinks.text.safe import number_of, quoted, visible
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST = 4 * 1024 * 1024  # bytes of a line, characters of a row
LONGEST_CELL = 1024 * 1024  # characters

# The likeliest to part cells where it stands at all comes first.
DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
_QUOTED = re.compile('"[^"]*"')

# How files begin that are no text in UTF-8, and what they are.
_ARCHIVES = {
    b"PK\x03\x04": "this is a spreadsheet or a zip archive",
    b"PK\x05\x06": "this is an empty zip archive",
    b"\xd0\xcf\x11\xe0": "this is a spreadsheet",
    b"7z\xbc\xaf\x27\x1c": "this is a 7z archive",
    b"Rar!\x1a\x07": "this is a rar archive",
}
_OTHERS = {
    b"\xff\xfe": "this is UTF-16, not UTF-8; save it as UTF-8, or name its encoding, utf-16",
    b"\xfe\xff": "this is UTF-16, not UTF-8; save it as UTF-8, or name its encoding, utf-16",
    b"BZh": "this is packed by bzip2; unpack it, or pack it by gzip",
    b"\xfd7zXZ": "this is packed by xz; unpack it, or pack it by gzip",
    b"(\xb5/\xfd": "this is packed by zstd; unpack it, or pack it by gzip",
    **{
        begins: f"{said}; save {'it' if 'sheet' in said else 'what is in it'} as CSV in UTF-8"
        for begins, said in _ARCHIVES.items()
    },
}
_MARK = b"\xef\xbb\xbf"  # the byte-order mark that some programs write before UTF-8


def is_archive(begin: bytes) -> str:
    """Return what archive begins so; nothing where it is none."""
    said = next(
        (said for begins, said in _ARCHIVES.items() if begin.startswith(begins)), ""
    )
    return said and f"{said}; unpack it and name the file that is meant"


def lines(file: Path, encoding: str | None = None) -> Iterator[str]:
    """Yield the lines of a text, with their ends and without a byte-order mark.

    It is UTF-8 unless another encoding is named. `UnreadableError` where it is not
    there, not in that encoding, or not whole; `UsageError` where there is no such
    encoding.
    """
    other = encoding_named(encoding) if encoding else "utf-8"
    number = 0
    try:
        with opening.opened(file, opening.GZIP) as stream:
            for line in _lines(file, stream, other):
                number += 1
                yield line
    except PackedError as error:
        raise UnreadableError(file, number + 1, f"the gzip file {error}") from None


def _lines(file: Path, stream: IO[bytes], encoding: str) -> Iterator[str]:
    if encoding != "utf-8":
        yield from _recoded(file, stream, encoding)
        return
    for number, raw in enumerate(_raw_lines(file, stream), start=1):
        yield _decoded(file, number, raw)


def _raw_lines(file: Path, packed: IO[bytes]) -> Iterator[bytes]:
    first = packed.readline(LONGEST + 1)
    for begins, said in _OTHERS.items():
        if first.startswith(begins):
            raise UnreadableError(file, 1, said)
    raw, number = first.removeprefix(_MARK), 1
    while raw:
        if len(raw) > LONGEST:
            raise too_long(file, number)
        yield raw
        raw, number = packed.readline(LONGEST + 1), number + 1


def too_long(file: Path, number: int, what: str = "line") -> UnreadableError:
    """Return that a line or row is longer than what a table may have."""
    said = f"the {what} is longer than {LONGEST // 1024 // 1024} MiB; is this a table?"
    return UnreadableError(file, number, said)


def _decoded(file: Path, number: int, raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        said = f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise UnreadableError(
            file, number, f"{said}{_in_windows(raw, error.start)}"
        ) from None
    return _without_nul(file, number, text)


def _without_nul(file: Path, number: int, text: str) -> str:
    if "\0" in text:
        raise UnreadableError(
            file, number, "a character NUL stands here; this is no text"
        )
    return text


def _in_windows(raw: bytes, at: int) -> str:
    """Return how the word around a byte reads in the encoding that it is most often in."""
    begins = max(raw.rfind(mark, 0, at) for mark in (b" ", b",", b";", b"\t", b'"')) + 1
    word = re.split(rb'[\s,;"]', raw[begins : begins + 40], maxsplit=1)[0]
    return f", or name its encoding: cp1252 reads {quoted(word.decode('cp1252', 'replace'))} here"


# -- Other encodings ------------------------------------------------------------

_COMMON = (
    "utf-8",
    "utf-16",
    "cp1250",
    "cp1251",
    "cp1252",
    "latin-1",
    "gb18030",
    "shift_jis",
)
# Python knows these by name too, but no file is written in them: escapes of programs,
# names of hosts, and what stands for another encoding on Windows alone.
_NO_ENCODINGS = frozenset(
    (
        "idna",
        "mbcs",
        "oem",
        "punycode",
        "raw-unicode-escape",
        "undefined",
        "unicode-escape",
    )
)


def encoding_named(name: str) -> str:
    """Return the encoding of that name as Python calls it; raises UsageError."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # some are between bytes, and no encoding of text
    except (
        LookupError,
        ValueError,
    ):  # Python knows none of that name, or it decodes no text
        found = ""
    if not found or found.replace("_", "-") in _NO_ENCODINGS:
        hint = (
            did_you_mean(name, _COMMON)
            or f"; known are {', '.join(_COMMON)} and others"
        )
        raise UsageError(f"there is no encoding {quoted(visible(name))}{hint}")
    return "utf-8" if found == "utf-8-sig" else found


def _recoded(file: Path, packed: IO[bytes], encoding: str) -> Iterator[str]:
    """Yield the lines of a text in an encoding whose lines may not end in the byte of a
    newline.
    """
    number = 0
    try:
        with io.TextIOWrapper(packed, encoding, newline="\n") as text:
            while line := text.readline(LONGEST + 1):
                number += 1
                if len(line) > LONGEST:
                    raise too_long(file, number)
                line.encode()  # some encodings have halves of characters
                yield _without_nul(file, number, line)
    except UnicodeError as error:
        reason = getattr(error, "reason", str(error))
        said = f"this is not {encoding}, here or soon after: {reason}"
        raise UnreadableError(file, number + 1, said) from None


# -- Rows of cells --------------------------------------------------------------


def cells(file: Path, delimiter: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with the line on which each begins, as RFC 4180 has it.

    The delimiter is the first of `DELIMITERS` in the first line outside quotes, if none
    is given. `UnreadableError` for a row with more or fewer cells than the first, and
    for open quotes.
    """
    text = lines(file)
    first = next(text, "")
    if first.lstrip().lower().startswith(("<!doctype html", "<html", "<?xml")):
        raise UnreadableError(file, 1, "this is HTML or XML, not a table")
    if delimiter is None:
        unquoted = _QUOTED.sub("", first)
        delimiter = next((one for one in DELIMITERS if one in unquoted), ",")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_chained(first, text), delimiter=delimiter, strict=True)
    width, begins = 0, 1
    while (row := _next(file, reader, begins)) is not None:
        width = width or len(row)
        if len(row) not in {0, width}:
            cells = number_of(len(row), "cell stands", "cells stand")
            said = f"{cells} here, {width} in the first row"
            raise UnreadableError(
                file,
                begins,
                f"{said}; cells are parted by {DELIMITERS.get(delimiter, quoted(delimiter))}",
            )
        if any(row):
            yield begins, row
        begins = reader.line_num + 1


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _next(file: Path, reader: Iterator[list[str]], begins: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        said = str(error)
        if "field larger" in said or "unexpected end" in said:
            said = "a quote opens in this row and is not closed"
        elif "expected after" in said:
            said = "a quoted cell goes on after its quote; a quote within a cell is written twice"
        raise UnreadableError(file, begins, said) from None
