"""The bytes of a file of others, unpacked, with an end to how much a small file may
unpack to.
"""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import os
import stat
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from citylinks.importers.rows import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from citylinks.importers.reading.pipes import Piped

    Ways = Mapping[bytes, Callable[[IO[bytes]], IO[bytes]]]

PIECE = 1 << 16
# Each where it is known: not to wait, not to be steered by a terminal, bytes as they
# are.
_AT_ONCE = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
# A packed file that unpacks to more than both is refused. Tables and dumps of Wikidata
# unpack to ten or thirty times their size.
MOST_UNPACKED = 8 * 1024 * 1024  # bytes
MOST_TIMES = 200

# How packed files begin, and what unpacks them.
GZIP: Ways = {b"\x1f\x8b": cast("Callable[[IO[bytes]], IO[bytes]]", gzip.open)}
ALL: Ways = {
    **GZIP,
    b"BZh": cast("Callable[[IO[bytes]], IO[bytes]]", bz2.open),
    b"\xfd7zXZ": cast("Callable[[IO[bytes]], IO[bytes]]", lzma.open),
}

_DAMAGE = (zlib.error, gzip.BadGzipFile, lzma.LZMAError)


class PackedError(Exception):
    """What is wrong with a packed file, as the end of a sentence about it."""


@contextmanager
def opened(file: Path | Piped, ways: Ways) -> Iterator[io.BufferedReader]:
    """Open a file for reading, unpacked where it begins as one of the `ways` says.

    UnreadableError where it cannot be read; PackedError while it is, where it is not
    sound.
    """
    if "\0" in str(file):
        raise UnreadableError(str(file), None, "no file has a name with a NUL in it")
    try:
        raw = io.FileIO(_handle(file)) if isinstance(file, Path) else file.open("rb")
        with _buffered(raw) as plain:
            begin = plain.peek(8)
            way = next(
                (way for mark, way in ways.items() if begin.startswith(mark)), None
            )
            yield _buffered(_Unpacked(plain, way)) if way else plain
    except OSError as error:
        said = f"cannot be read: {error.strerror or error}"
        raise UnreadableError(str(file), None, said) from None


def _buffered(raw: Any) -> io.BufferedReader:
    return io.BufferedReader(raw, PIECE)


def _handle(file: Path) -> int:
    """Open a file; where it is a pipe, without waiting for a program to write into it."""
    handle = os.open(file, os.O_RDONLY | _AT_ONCE)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise UnreadableError(file, None, "this is a device, not a file")
        os.set_blocking(handle, True)
    except BaseException:
        os.close(handle)
        raise
    return handle


class _Unpacked(io.RawIOBase):
    """What a packed file holds; PackedError where it is damaged or unpacks without end."""

    def __init__(self, plain: IO[bytes], way: Callable[[IO[bytes]], Any]) -> None:
        self._packed = _Counted(plain)
        self._stream = way(cast("IO[bytes]", self._packed))
        self._given = 0

    def readable(self) -> bool:
        """Say that it can be read, as a BufferedReader asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next, and return how many bytes these are."""
        piece = self._next(len(buffer))
        buffer[: len(piece)] = piece
        self._given += len(piece)
        if self._given > max(MOST_UNPACKED, MOST_TIMES * self._packed.size):
            said = f"unpacks to more than {MOST_TIMES} times its size"
            raise PackedError(f"{said}; unpack it first if it is what you mean")
        return len(piece)

    def _next(self, size: int) -> bytes:
        try:
            return cast("bytes", self._stream.read(size))
        except EOFError:
            raise PackedError("ends too early") from None
        except _DAMAGE:
            raise PackedError("is damaged") from None
        except OSError as error:
            if (
                error.errno
            ):  # of the disk; what bzip2 says of a damaged file has no number
                raise
            raise PackedError("is damaged") from None


class _Counted:
    """The bytes of a packed file, counted as they are read."""

    def __init__(self, plain: IO[bytes]) -> None:
        self._plain = plain
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Return what comes next."""
        piece = self._plain.read(size)
        self.size += len(piece)
        return piece
