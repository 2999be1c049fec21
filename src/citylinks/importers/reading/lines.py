"""Foreign text, line by line and in bounded memory: UTF-8 or a named encoding."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from citylinks.importers.reading.encodings import (
    MARK,
    encoding_named,
    why_no_utf_8_at,
    why_not_utf_8,
)
from citylinks.importers.reading.opening import PackedError, SourceFile, open_unpacked
from citylinks.importers.rows import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 4 * 1024 * 1024  # bytes of a line, characters of a row


def text_lines(file: SourceFile, encoding: str | None = None) -> Iterator[str]:
    """Yield the lines of a text, with their ends and without a byte-order mark.

    It is UTF-8 unless another encoding is named. `UnreadableError` where it is not
    there, not in that encoding, or not whole; `UsageError` where there is no such
    encoding.
    """
    name = encoding_named(encoding) if encoding else "utf-8"
    number = 0
    try:
        with open_unpacked(file) as stream:
            decoded = _utf_8 if name == "utf-8" else _recoded
            for line in decoded(file, stream, name):
                number += 1
                if "\0" in line:
                    message = "there is a NUL character here; this is not text"
                    raise UnreadableError(file, number, message)
                yield line
    except PackedError as error:
        raise UnreadableError(file, number + 1, error.sentence) from None


def too_long_error(file: SourceFile, line: int, what: str = "line") -> UnreadableError:
    """Return the error about a line or row that is longer than a table may have."""
    longest = f"{LONGEST // 1024 // 1024} MiB"
    message = f"the {what} is longer than {longest}; is this a table?"
    return UnreadableError(file, line, message)


def _utf_8(file: SourceFile, stream: IO[bytes], encoding: str) -> Iterator[str]:
    raw, number = stream.readline(LONGEST + 1), 1
    problem = why_not_utf_8(raw, "table")
    if problem:
        raise UnreadableError(file, 1, problem)
    raw = raw.removeprefix(MARK)
    while raw:
        if len(raw) > LONGEST:
            raise too_long_error(file, number)
        try:
            yield raw.decode(encoding)
        except UnicodeDecodeError as error:
            message = why_no_utf_8_at(raw, error.start)
            raise UnreadableError(file, number, message) from None
        raw, number = stream.readline(LONGEST + 1), number + 1


def _recoded(file: SourceFile, stream: IO[bytes], encoding: str) -> Iterator[str]:
    """Yield lines in an encoding in which they may not end in the byte of a newline."""
    number = 0
    try:
        with io.TextIOWrapper(stream, encoding, newline="\n") as text:
            while line := text.readline(LONGEST + 1):
                number += 1
                if len(line) > LONGEST:
                    raise too_long_error(file, number)
                line.encode()  # some encodings have halves of characters
                yield line
    except UnicodeError as error:
        reason = getattr(error, "reason", str(error))
        message = f"this is not {encoding}, here or soon after: {reason}"
        raise UnreadableError(file, number + 1, message) from None
