"""What of a data directory holds records: names -> files -> bytes -> text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citylinks import paths
from citylinks.diagnostics import RULE_BY_NAME, Diagnostic, Span
from citylinks.folding import did_you_mean
from citylinks.vocabulary import PLURALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class File(NamedTuple):
    """A file that holds records of a type, in a data directory; both paths are absolute."""

    directory: str
    path: str
    type: str


TERMS = ("theme", "organization", "source")
_TYPES = {plural: type_ for type_, plural in PLURALS.items()}
_VOCABULARIES = {f"{PLURALS[type_]}.yaml": type_ for type_ in TERMS}


def file_at(directory: str, folder: str, name: str) -> File | None:
    """Return the file that a name in a folder is; None where such a file does not belong there."""
    if name.startswith("."):
        return None
    if folder == directory:
        type_ = _VOCABULARIES.get(name)
    else:
        type_ = _TYPES[folder.rpartition(os.sep)[2]] if name.endswith(".yaml") else None
    return File(directory, f"{folder}{os.sep}{name}", type_) if type_ else None


def list_files(directories: Iterable[str]) -> tuple[list[File], list[Diagnostic]]:
    """Return the files of data directories in order, and what of them stands wrong."""
    files: list[File] = []
    problems: list[Diagnostic] = []
    for directory in directories:
        for folder in paths.folders(directory):
            try:
                names = sorted(path.name for path in Path(folder).iterdir())
            except OSError as error:
                problems.append(_unreadable(folder, f"cannot be listed: {error.strerror}"))
                continue
            placed = {name: file_at(directory, folder, name) for name in names}
            files += filter(None, placed.values())
            problems += _misplaced(directory, folder, (n for n in names if not placed[n]))
    return files, problems


def _misplaced(directory: str, folder: str, names: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield the problem of each name that is none of a file of records, but may be meant so."""
    for name in names:
        span = Span(f"{folder}{os.sep}{name}")
        if name.startswith("."):
            continue
        if folder != directory:
            only = f"only .yaml files belong in {folder.rpartition(os.sep)[2]}/"
            yield Diagnostic(RULE_BY_NAME["misplaced-file"], span, only)
        elif name.endswith((".yaml", ".yml")):
            said = f"no vocabulary has this name{did_you_mean(name, _VOCABULARIES)}"
            yield Diagnostic(RULE_BY_NAME["misplaced-file"], span, said)


# -- Bytes and text -----------------------------------------------------------


def read_bytes(path: str) -> bytes | Diagnostic:
    """Return what the file at `path` holds, or the problem that keeps it from being read.

    A pipe or a device is not touched, and no more is read than a record file may hold.
    """
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return _unreadable(path, "this is not a regular file")
        raw = _content(path)
    except OSError as error:
        said = error.strerror or "cannot be read"
        return _unreadable(path, f"cannot be read: {said}")
    if len(raw) > MAX_BYTES:
        said = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
        return Diagnostic(RULE_BY_NAME["too-large"], Span(path), said)
    return raw


def _content(path: str) -> bytes:
    """Return what a file holds, though of one that is too large only enough to tell.

    What its size says is no bound: a file may grow meanwhile, or be one of the system that has no
    size, or have become a pipe, which is not waited for.
    """
    handle = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        raw = os.read(handle, min(os.fstat(handle).st_size, MAX_BYTES) + 1)
        while 0 < len(raw) <= MAX_BYTES and (more := os.read(handle, _PIECE)):
            raw += more
    finally:
        os.close(handle)
    return raw


def decode(raw: bytes, path: str) -> str | Diagnostic:
    """Return bytes as text, or the problem at the first that is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        return Diagnostic(RULE_BY_NAME["not-utf8"], Span(path, line, column), message)


def read(path: str) -> str:
    """Return the text of the file at `path`; of one that cannot be read, nothing."""
    raw = read_bytes(path)
    text = decode(raw, path) if isinstance(raw, bytes) else ""
    return text if isinstance(text, str) else ""


def _unreadable(path: str, message: str) -> Diagnostic:
    return Diagnostic(RULE_BY_NAME["unreadable-file"], Span(path), message)
