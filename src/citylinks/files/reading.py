"""The bytes and the text of one file, or the problem that keeps it from being read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TypeGuard

from citylinks.errors import ReadError
from citylinks.files import paths
from citylinks.files.diagnostics import RULE_BY_NAME, Diagnostic, Location

MAX_BYTES = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_AT_ONCE = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a text begins


def read_bytes(path: str) -> bytes | Diagnostic:
    """Return the bytes of a file, or the problem that keeps it from being read.

    A pipe or a device is not touched, and no more is read than a record file may hold.
    What fails in reading its content is tried once more; a file on a damaged disk fails
    again, and is left out. What keeps any file from being read now, as too many open
    files, is a `ReadError`.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            return unreadable_file(path, "this is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            return unreadable_file(path, "this is not a regular file")
        raw = _content_tried_twice(path)
    except OSError as error:
        if not paths.is_lasting(error) and error.errno not in _OF_THE_CONTENT:
            raise paths.cannot_read(path, error) from None
        reason = error.strerror or "cannot be read"
        return unreadable_file(path, f"cannot be read: {reason}")
    if len(raw) > MAX_BYTES:
        return too_large(path)
    return raw


# What the content of one file may answer to each attempt, whatever else the system is
# busy with.
_OF_THE_CONTENT = frozenset((errno.EIO, errno.EINVAL, errno.EAGAIN))


def _content_tried_twice(path: str) -> bytes:
    try:
        return _content(path)
    except OSError as error:
        if error.errno not in _OF_THE_CONTENT:
            raise
        return _content(path)


def _content(path: str) -> bytes:
    """Return the bytes of a file; of one that is too large, only enough to tell.

    What its size says is no bound: a file may grow meanwhile, or be one of the system
    that has no size, or have become a pipe, which is not waited for.
    """
    handle = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        raw = os.read(handle, min(os.fstat(handle).st_size, MAX_BYTES) + 1)
        while 0 < len(raw) <= MAX_BYTES and (more := os.read(handle, _PIECE)):
            raw += more
    finally:
        os.close(handle)
    return raw


def too_large(path: str) -> Diagnostic:
    """Return the problem of a file that holds more than `MAX_BYTES`."""
    message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
    return Diagnostic(RULE_BY_NAME["too-large"], Location(path), message)


def decode(raw: bytes, path: str) -> str | Diagnostic:
    """Return bytes as text, or the problem at the first that is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        help_ = "save the file as UTF-8"
        if raw[:2] in _UTF_16:
            help_ += "; it is UTF-16"
        span = Location(path, line, column)
        return Diagnostic(RULE_BY_NAME["not-utf8"], span, message, help_)


def read_text(path: str) -> str:
    """Return the text of the file at `path`; of one that cannot be read, nothing."""
    return _text_or_nothing(read_bytes(path), path)


def read_again(path: str) -> str:
    """Return the text of a file that has been read before; else a `ReadError`.

    Of one that has been removed since, or where something else than a file stands now,
    it is nothing: what was found in it has no place any more.
    """
    raw = read_bytes(path)
    for _ in range(_MOST_TRIES):
        if not is_unreadable(raw):
            break
        if not _is_file(path):
            return ""
        raw = read_bytes(path)  # it has been made anew meanwhile
    if is_unreadable(raw):
        raise ReadError(f"'{paths.shown(path)}' {raw.message}")
    return _text_or_nothing(raw, path)


_MOST_TRIES = 20  # of a file that another program removes and makes anew


def _is_file(path: str) -> bool:
    status = paths.status(path)
    return status is not None and stat.S_ISREG(status.st_mode)


def _text_or_nothing(raw: bytes | Diagnostic, path: str) -> str:
    if isinstance(raw, Diagnostic):
        return ""
    text = decode(raw, path)
    return text if isinstance(text, str) else ""


def is_unreadable(raw: bytes | Diagnostic) -> TypeGuard[Diagnostic]:
    """Whether this is the problem of a file that could not be read at all."""
    return isinstance(raw, Diagnostic) and raw.rule.name == "unreadable-file"


def unreadable_file(path: str, message: str) -> Diagnostic:
    """Return the problem of a file or folder that cannot be read."""
    return Diagnostic(RULE_BY_NAME["unreadable-file"], Location(path), message)
