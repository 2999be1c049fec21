"""The one opener of foreign files: plain, packed by gzip, bzip2 or xz, or piped in.

How a file is packed is found by its first bytes. What a small file may unpack to has an
end.
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
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from citylinks.importers.reading.pipes import PipedInput
from citylinks.importers.rows import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

SourceFile = Path | PipedInput

PIECE = 1 << 16
# Each flag where the system knows it: do not wait for a pipe, let no terminal take
# control, leave bytes as they are.
_FLAGS = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
# A packed file that unpacks to more than both is refused. Tables and dumps of Wikidata
# unpack to ten or thirty times their size.
MOST_UNPACKED = 8 * 1024 * 1024  # bytes
MOST_TIMES = 200

_DAMAGE = (zlib.error, gzip.BadGzipFile, lzma.LZMAError)


class Packing(NamedTuple):
    """A way to pack files: its name, how such files begin, and what unpacks them."""

    name: str
    begins: bytes
    unpack: Callable[[IO[bytes]], Any]


PACKINGS = (
    Packing("gzip", b"\x1f\x8b", cast("Callable[[IO[bytes]], Any]", gzip.open)),
    Packing("bzip2", b"BZh", cast("Callable[[IO[bytes]], Any]", bz2.open)),
    Packing("xz", b"\xfd7zXZ", cast("Callable[[IO[bytes]], Any]", lzma.open)),
)


class PackedError(Exception):
    """What is wrong with a packed file, as the end of a sentence about it."""

    def __init__(self, packing: str, problem: str) -> None:
        super().__init__(problem)
        self.sentence = f"the {packing} file {problem}"


@contextmanager
def open_unpacked(file: SourceFile) -> Iterator[io.BufferedReader]:
    """Open a file for reading; what is packed is unpacked on the way.

    Raises `UnreadableError` where it cannot be read, and `PackedError`, while it is
    read, where a packed file is not sound.
    """
    with open_as_it_is(file) as plain:
        begin = plain.peek(8)
        for packing in PACKINGS:
            if begin.startswith(packing.begins):
                yield _buffered(_Unpacked(plain, packing))
                return
        yield plain


@contextmanager
def open_as_it_is(file: SourceFile) -> Iterator[io.BufferedReader]:
    """Open a file for reading, packed or not; `UnreadableError` where that fails."""
    if "\0" in str(file):
        raise UnreadableError(file, None, "a file name cannot contain a NUL")
    try:
        raw = io.FileIO(_handle(file)) if isinstance(file, Path) else file.open()
        with _buffered(raw) as plain:
            yield plain
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise UnreadableError(file, None, message) from None


def keep_pipe(pipe: Path) -> PipedInput:
    """Return the content of a named pipe, empty where no program writes into it."""
    with open_as_it_is(pipe) as stream:
        return PipedInput(stream, str(pipe))


def _buffered(raw: Any) -> io.BufferedReader:
    return io.BufferedReader(raw, PIECE)


def _handle(file: Path) -> int:
    """Open a file; do not wait for a program to write into it where it is a pipe."""
    handle = os.open(file, os.O_RDONLY | _FLAGS)
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
    """The content of a packed file; PackedError where it is damaged or has no end."""

    def __init__(self, plain: IO[bytes], packing: Packing) -> None:
        self._packing = packing.name
        self._packed = _CountedStream(plain)
        self._stream = packing.unpack(cast("IO[bytes]", self._packed))
        self._given = 0

    def readable(self) -> bool:
        """Say that it can be read, as a BufferedReader asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next, and return the number of bytes."""
        piece = self._next(len(buffer))
        buffer[: len(piece)] = piece
        self._given += len(piece)
        if self._given > max(MOST_UNPACKED, MOST_TIMES * self._packed.size):
            problem = f"unpacks to more than {MOST_TIMES} times its size"
            raise self._error(f"{problem}; unpack it yourself if that is right")
        return len(piece)

    def _next(self, size: int) -> bytes:
        try:
            return cast("bytes", self._stream.read(size))
        except EOFError:
            raise self._error("ends too early") from None
        except _DAMAGE:
            raise self._error("is damaged") from None
        except OSError as error:
            if error.errno:  # a fault of the disk; bzip2 gives damage no number
                raise
            raise self._error("is damaged") from None

    def _error(self, problem: str) -> PackedError:
        return PackedError(self._packing, problem)


class _CountedStream:
    """The bytes of a packed file, counted as they are read."""

    def __init__(self, plain: IO[bytes]) -> None:
        self._plain = plain
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._plain.read(size)
        self.size += len(piece)
        return piece
