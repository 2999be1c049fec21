"""What of a data directory holds records: names -> files -> bytes -> text."""

from __future__ import annotations

import os
import stat
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citylinks import paths
from citylinks.diagnostics import RULE_BY_NAME, Diagnostic, Span
from citylinks.folding import did_you_mean, nearest
from citylinks.vocabulary import PLURALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_BYTES = 16 * 1024 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a text begins


class File(NamedTuple):
    """A file that holds records of a type, in a data directory; both paths are absolute."""

    directory: str
    path: str
    type: str


TERMS = ("theme", "organization", "source")
_TYPES = {plural: type_ for type_, plural in PLURALS.items()}
_VOCABULARIES = {f"{PLURALS[type_]}.yaml": type_ for type_ in TERMS}
_FOLDERS = ", ".join(f"{folder}/" for folder in paths.FOLDERS)
# What a folder beside those of records may be called that was meant for one, or for a vocabulary.
_MEANT = {
    name: f"{plural}.yaml" if type_ in TERMS else f"{plural}/"
    for type_, plural in PLURALS.items()
    for name in (type_, plural)
}


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
            here = list(filter(None, placed.values()))
            files += here
            problems += _misplaced(directory, folder, (n for n in names if not placed[n]))
            problems += alike(here)
    return files, problems


def alike(files: Sequence[File]) -> Iterator[Diagnostic]:
    """Yield the problem of each file of a folder whose name another has in other case."""
    paths_ = [file.path for file in files]
    if len({path.casefold() for path in paths_}) == len(paths_):
        return
    for _, group in groupby(sorted(paths_, key=str.casefold), str.casefold):
        same = list(group)
        for path in same if len(same) > 1 else ():
            other = _name(next(one for one in same if one != path))
            said = f"'{_name(path)}' and '{other}' are one file on macOS and Windows"
            help_ = "give one of them another name, or make one file of both"
            yield Diagnostic(RULE_BY_NAME["names-differ-in-case"], Span(path), said, help_)


def _misplaced(directory: str, folder: str, names: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield the problem of each name that is none of a file of records, but may be meant so."""
    for name in names:
        path = f"{folder}{os.sep}{name}"
        if name.startswith("."):
            continue
        found = _beside(path) if folder == directory else _among_records(path)
        if found:
            yield Diagnostic(RULE_BY_NAME["misplaced-file"], Span(path), *found)


def _among_records(path: str) -> tuple[str, str]:
    """Return what is wrong with a name in a folder of records, and how to mend it."""
    folder, name = Path(path).parts[-2:]
    stem, _, suffix = name.rpartition(".")
    if Path(path).is_dir():
        return f"folders in {folder}/ are not read", f"move its files up into {folder}/"
    if suffix.lower() in {"yaml", "yml"} and stem:
        return "only files that end in .yaml are read", f"rename it to {stem}.yaml"
    return f"only .yaml files belong in {folder}/", "move it out of the data"


def _beside(path: str) -> tuple[str, str] | None:
    """Return what is wrong with a name beside the folders of records, if it was meant for one."""
    name = _name(path)
    stem, _, suffix = name.rpartition(".")
    if Path(path).is_dir():
        meant = nearest(name, _MEANT)
        if name in paths.FOLDERS or not meant or not _holds_yaml(path):
            return None
        said = f"the folder '{name}' is not read; did you mean '{_MEANT[meant[0]]}'?"
        return said, f"records stand in {_FOLDERS}, vocabularies in {', '.join(_VOCABULARIES)}"
    if suffix.lower() not in {"yaml", "yml"}:
        return None
    if stem in paths.FOLDERS:
        return f"'{name}' is not read", f"records of {stem} stand in the folder {stem}/"
    hint = did_you_mean(name, _VOCABULARIES)
    said = f"'{name}' is none of the vocabularies {', '.join(_VOCABULARIES)}{hint}"
    return said, f"records stand in the folders {_FOLDERS}"


def _holds_yaml(folder: str) -> bool:
    try:
        return any(path.suffix in {".yaml", ".yml"} for path in Path(folder).iterdir())
    except OSError:
        return False


def _name(path: str) -> str:
    return path.rpartition(os.sep)[2]


# -- Bytes and text -----------------------------------------------------------


def read_bytes(path: str) -> bytes | Diagnostic:
    """Return what the file at `path` holds, or the problem that keeps it from being read.

    A pipe or a device is not touched, and no more is read than a record file may hold.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            return _unreadable(path, "this is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "this is not a regular file")
        if status.st_size > MAX_BYTES:
            said = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
            help_ = "split it into several"
            return Diagnostic(RULE_BY_NAME["too-large"], Span(path), said, help_)
        return Path(path).read_bytes()
    except OSError as error:
        said = error.strerror or "cannot be read"
        return _unreadable(path, f"cannot be read: {said}")


def decode(raw: bytes, path: str) -> str | Diagnostic:
    """Return bytes as text, or the problem at the first that is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        help_ = f"save the file as UTF-8{'; it is UTF-16' if raw[:2] in _UTF_16 else ''}"
        return Diagnostic(RULE_BY_NAME["not-utf8"], Span(path, line, column), message, help_)


def read(path: str) -> str:
    """Return the text of the file at `path`; of one that cannot be read, nothing."""
    raw = read_bytes(path)
    text = decode(raw, path) if isinstance(raw, bytes) else ""
    return text if isinstance(text, str) else ""


def _unreadable(path: str, message: str) -> Diagnostic:
    return Diagnostic(RULE_BY_NAME["unreadable-file"], Span(path), message)
