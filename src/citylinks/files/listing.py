"""What of a data directory holds records: names -> files -> bytes -> text."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from citylinks.errors import ReadError, UsageError
from citylinks.files import paths
from citylinks.files.diagnostics import RULE_BY_NAME, Diagnostic, Location
from citylinks.model.vocabulary import PLURALS
from citylinks.text.suggestions import closest, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_BYTES = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_AT_ONCE = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a text begins


class RecordFile(NamedTuple):
    """A file that holds records of a type, in a data directory; both paths are
    absolute.
    """

    directory: str
    path: str
    type: str


TERMS = ("theme", "organization", "source")
_TYPES = {plural: type_ for type_, plural in PLURALS.items()}
_VOCABULARIES = {f"{PLURALS[type_]}.yaml": type_ for type_ in TERMS}
_NUMBERED = re.compile(
    r"-[1-9][0-9]*(?=\.yaml$)"
)  # sources-2.yaml, which an import adds
_FOLDERS = ", ".join(f"{folder}/" for folder in paths.FOLDERS)
# What a folder beside those of records may be called that was meant for one, or for a
# vocabulary.
_MEANT = {
    name: f"{plural}.yaml" if type_ in TERMS else f"{plural}/"
    for type_, plural in PLURALS.items()
    for name in (type_, plural)
}


def file_at(directory: str, folder: str, name: str) -> RecordFile | None:
    """Return the file that a name in a folder is; None where such a file does not
    belong there.
    """
    type_ = _type_at(directory, folder, name)
    return RecordFile(directory, f"{folder}{os.sep}{name}", type_) if type_ else None


def types_in(directory: str, folder: str) -> Sequence[str]:
    """Return the types of the records that the files of a folder hold."""
    return TERMS if folder == directory else (_TYPES[_name(folder)],)


def _type_at(directory: str, folder: str, name: str) -> str | None:
    if name.startswith("."):
        return None
    if folder == directory:
        return _VOCABULARIES.get(_NUMBERED.sub("", name))
    return _TYPES[folder.rpartition(os.sep)[2]] if name.endswith(".yaml") else None


def list_files(directories: Iterable[str]) -> tuple[list[RecordFile], list[Diagnostic]]:
    """Return the files of data directories in order, and what of them stands wrong."""
    files: list[RecordFile] = []
    problems: list[Diagnostic] = []
    for directory in directories:
        for folder in paths.folders(directory):
            names = _names(folder)
            if isinstance(names, Diagnostic):
                problems.append(names)
                continue
            files += filter(None, (file_at(directory, folder, name) for name in names))
            problems += _misplaced(directory, folder, names)
            problems += (problem for _, problem in case_collisions(folder, names))
    return files, problems


# Folder -> the names in it that are asked about; None where all are.
SelectedNames = Mapping[str, Collection[str] | None]


def misplaced_files(
    directories: Iterable[str], only: SelectedNames | None = None
) -> Iterator[Diagnostic]:
    """Yield what stands wrong in data directories, or at the names that are asked
    about.
    """
    for directory in directories:
        for folder in paths.folders(directory):
            if only is None or folder in only:
                yield from _wrong_in(directory, folder, (only or {}).get(folder))


def _wrong_in(
    directory: str, folder: str, asked: Collection[str] | None
) -> Iterator[Diagnostic]:
    names = _names(folder)
    if isinstance(names, Diagnostic):
        yield names
        return
    yield from _misplaced(directory, folder, names if asked is None else asked)
    for name, problem in case_collisions(folder, names):
        if asked is None or name in asked:
            yield problem


def names_by_folder(
    directories: Iterable[str], places: Iterable[str]
) -> dict[str, set[str] | None]:
    """Return what files and folders, by absolute path, are in the spelling of data
    directories.

    A link to one of their folders leads there. What is in none of them, and holds none,
    is a `UsageError`.
    """
    spelled = [
        (Path(folder).resolve(), folder)
        for directory in directories
        for folder in paths.folders(directory)
    ]
    asked: dict[str, set[str] | None] = {}
    resolved: dict[Path, Path] = {}
    for place in map(Path, places):
        parent = resolved.get(place.parent) or place.parent.resolve()
        resolved[place.parent] = parent
        for real, folder in spelled:
            if (
                real == parent
                and (names := asked.setdefault(folder, set())) is not None
            ):
                names.add(place.name)
        is_of_records = any(real == parent / place.name for real, _ in spelled)
        if is_of_records or _is_folder(str(place)):
            real_place = place.resolve()
            asked |= {
                folder: None
                for real, folder in spelled
                if real.is_relative_to(real_place)
            }
        elif not any(real == parent for real, _ in spelled):
            raise UsageError(
                f"'{paths.shown(str(place))}' lies in no folder of records"
            )
    return asked


def find_file(directories: Iterable[str], path: str) -> RecordFile | None:
    """Return the file at an absolute path, there or not; None where its name is that of
    no record.

    In no folder of the data directories it is a `UsageError`.
    """
    directories = list(directories)
    found = names_by_folder(directories, [path])
    for directory in directories:
        for folder in paths.folders(directory):
            for name in found.get(folder) or ():
                return file_at(directory, folder, name)
    raise UsageError(f"'{paths.shown(path)}' lies in no folder of records")


def _names(folder: str) -> list[str] | Diagnostic:
    try:
        with os.scandir(folder) as found:
            return sorted(entry.name for entry in found)
    except OSError as error:
        if not paths.is_lasting(error):
            raise paths.cannot_read(folder, error) from None
        return unlisted(folder, error.errno or 0)


def unlisted(folder: str, number: int) -> Diagnostic:
    """Return the problem of a folder that cannot be listed, from the number of the
    error.
    """
    return _unreadable(folder, f"cannot be listed: {os.strerror(number)}")


def case_collisions(
    folder: str, names: Sequence[str]
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield each name of a folder that another has in other case, with the problem of
    it.
    """
    if len({name.casefold() for name in names}) == len(names):
        return
    for _, group in groupby(sorted(names, key=str.casefold), str.casefold):
        same = [name for name in group if not name.startswith(".")]
        for name in same if len(same) > 1 else ():
            other = next(one for one in same if one != name)
            said = f"'{name}' and '{other}' are one file on macOS and Windows"
            help_ = "give one of them another name, or make one file of both"
            span = Location(f"{folder}{os.sep}{name}")
            yield (
                name,
                Diagnostic(RULE_BY_NAME["names-differ-in-case"], span, said, help_),
            )


def _misplaced(
    directory: str, folder: str, names: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield the problem of each name that is none of a file of records, but may be
    meant so.
    """
    for name in names:
        path = f"{folder}{os.sep}{name}"
        if name.startswith(".") or _type_at(directory, folder, name):
            continue
        found = _beside(path) if folder == directory else _among_records(path)
        if found:
            yield Diagnostic(RULE_BY_NAME["misplaced-file"], Location(path), *found)


def _among_records(path: str) -> tuple[str, str]:
    """Return what is wrong with a name in a folder of records, and how to mend it."""
    folder, name = Path(path).parts[-2:]
    stem, _, suffix = name.rpartition(".")
    if _is_folder(path):
        return f"folders in {folder}/ are not read", f"move its files up into {folder}/"
    if suffix.lower() in {"yaml", "yml"} and stem:
        return "only files that end in .yaml are read", f"rename it to {stem}.yaml"
    return f"only .yaml files belong in {folder}/", "move it out of the data"


def _beside(path: str) -> tuple[str, str] | None:
    """Return what is wrong with a name beside the folders of records, if it was meant
    for one.
    """
    name = _name(path)
    stem, _, suffix = name.rpartition(".")
    if paths.is_folder(path):
        meant = closest(name, _MEANT)
        if name in paths.FOLDERS or not meant or not _holds_yaml(path):
            return None
        said = f"the folder '{name}' is not read; did you mean '{_MEANT[meant[0]]}'?"
        return (
            said,
            f"records stand in {_FOLDERS}, vocabularies in {', '.join(_VOCABULARIES)}",
        )
    if suffix.lower() not in {"yaml", "yml"}:
        return None
    if stem in paths.FOLDERS:
        return f"'{name}' is not read", f"records of {stem} stand in the folder {stem}/"
    hint = did_you_mean(name, _VOCABULARIES)
    said = f"'{name}' is none of the vocabularies {', '.join(_VOCABULARIES)}{hint}"
    return said, f"records stand in the folders {_FOLDERS}"


def _holds_yaml(folder: str) -> bool:
    """Whether there is YAML in a folder, or may be, where it cannot be listed."""
    names = _names(folder)
    return isinstance(names, Diagnostic) or any(
        name.endswith((".yaml", ".yml")) for name in names
    )


def _is_folder(path: str) -> bool:
    """Whether a name that was listed is that of a folder, as far as it may be looked
    at.
    """
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except OSError as error:
        if not paths.is_lasting(error):
            raise paths.cannot_read(path, error) from None
        return False


def _name(path: str) -> str:
    return path.rpartition(os.sep)[2]


# -- Bytes and text -----------------------------------------------------------


def read_bytes(path: str) -> bytes | Diagnostic:
    """Return what the file at `path` holds, or the problem that keeps it from being
    read.

    A pipe or a device is not touched, and no more is read than a record file may hold.
    What fails in reading its content is tried once more; a file on a damaged disk fails
    again, and is left out. What keeps any file from being read now, as too many open
    files, is a `ReadError`.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            return _unreadable(path, "this is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "this is not a regular file")
        raw = _content_tried_twice(path)
    except OSError as error:
        if not paths.is_lasting(error) and error.errno not in _OF_THE_CONTENT:
            raise paths.cannot_read(path, error) from None
        said = error.strerror or "cannot be read"
        return _unreadable(path, f"cannot be read: {said}")
    return too_large(path) if len(raw) > MAX_BYTES else raw


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
    """Return what a file holds, though of one that is too large only enough to tell.

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
    said = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
    return Diagnostic(RULE_BY_NAME["too-large"], Location(path), said)


def decode(raw: bytes, path: str) -> str | Diagnostic:
    """Return bytes as text, or the problem at the first that is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        help_ = (
            f"save the file as UTF-8{'; it is UTF-16' if raw[:2] in _UTF_16 else ''}"
        )
        return Diagnostic(
            RULE_BY_NAME["not-utf8"], Location(path, line, column), message, help_
        )


def read_text(path: str) -> str:
    """Return the text of the file at `path`; of one that cannot be read, nothing."""
    raw = read_bytes(path)
    text = decode(raw, path) if isinstance(raw, bytes) else ""
    return text if isinstance(text, str) else ""


def read_again(path: str) -> str:
    """Return the text of a file that has been read before; a `ReadError` where it
    cannot be now.

    Of one that has been removed since, it is nothing: what was found in it has no place
    any more.
    """
    raw = read_bytes(path)
    if is_unreadable(raw) and paths.status(path) is None:
        return ""
    if is_unreadable(raw):
        raise ReadError(f"'{paths.shown(path)}' {raw.message}")
    text = decode(raw, path) if isinstance(raw, bytes) else ""
    return text if isinstance(text, str) else ""


def is_unreadable(raw: bytes | Diagnostic) -> TypeGuard[Diagnostic]:
    """Whether this is the problem of a file that could not be read at all."""
    return isinstance(raw, Diagnostic) and raw.rule.name == "unreadable-file"


def _unreadable(path: str, message: str) -> Diagnostic:
    return Diagnostic(RULE_BY_NAME["unreadable-file"], Location(path), message)
