"""The files of a data directory that hold records, by their names."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import UsageError
from citylinks.files import paths
from citylinks.files.diagnostics import RULE_BY_NAME, Diagnostic, Location
from citylinks.files.reading import unreadable_file
from citylinks.model.vocabulary import PLURALS
from citylinks.text.suggestions import closest, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class RecordFile(NamedTuple):
    """A file of records of a type, in a data directory; both paths are absolute."""

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
    **{plural: f"{plural}/" for plural in _TYPES},
    **{type_: f"{plural}/" for type_, plural in PLURALS.items()},
    **{PLURALS[type_]: f"{PLURALS[type_]}.yaml" for type_ in TERMS},
    **{type_: f"{PLURALS[type_]}.yaml" for type_ in TERMS},
}


def file_at(directory: str, folder: str, name: str) -> RecordFile | None:
    """Return the file of a name in a folder; None where none of records has it."""
    type_ = _type_at(directory, folder, name)
    if type_ is None:
        return None
    return RecordFile(directory, f"{folder}{os.sep}{name}", type_)


def types_in(directory: str, folder: str) -> Sequence[str]:
    """Return the types of the records that the files of a folder hold."""
    if folder == directory:
        return TERMS
    return (_TYPES[_name(folder)],)


def _type_at(directory: str, folder: str, name: str) -> str | None:
    if name.startswith("."):
        return None
    if folder == directory:
        return _VOCABULARIES.get(_NUMBERED.sub("", name))
    if not name.endswith(".yaml"):
        return None
    return _TYPES[_name(folder)]


def list_files(directories: Iterable[str]) -> tuple[list[RecordFile], list[Diagnostic]]:
    """Return the files of data directories in order, and problems of their names."""
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
    """Yield the problems of names in data directories, or of the selected ones."""
    for directory in directories:
        for folder in paths.folders(directory):
            if only is None or folder in only:
                selected = (only or {}).get(folder)
                yield from _misplaced_in(directory, folder, selected)


def _misplaced_in(
    directory: str, folder: str, selected: Collection[str] | None
) -> Iterator[Diagnostic]:
    names = _names(folder)
    if isinstance(names, Diagnostic):
        yield names
        return
    wanted = names if selected is None else selected
    yield from _misplaced(directory, folder, wanted)
    for name, problem in case_collisions(folder, names):
        if name in wanted:
            yield problem


def names_by_folder(
    directories: Iterable[str], places: Iterable[str]
) -> dict[str, set[str] | None]:
    """Return the names at these absolute paths, by the folder of records they are in.

    A link to one of their folders leads there. What is in none of them, and holds none,
    is a `UsageError`.
    """
    folders = _resolved_folders(directories)
    selected: dict[str, set[str] | None] = {}
    resolved: dict[Path, Path] = {}
    for place in map(Path, places):
        parent = resolved.get(place.parent) or place.parent.resolve()
        resolved[place.parent] = parent
        _add_name(selected, folders.get(parent, ()), place.name)
        if parent / place.name in folders or _is_folder(str(place)):
            _add_folders_below(selected, folders, place.resolve())
        elif parent not in folders:
            raise UsageError(
                f"'{paths.shown(str(place))}' is not in a folder of records"
            )
    return selected


def _resolved_folders(directories: Iterable[str]) -> dict[Path, list[str]]:
    """Return the folders of data directories by the path to which links lead."""
    folders: dict[Path, list[str]] = {}
    for directory in directories:
        for folder in paths.folders(directory):
            folders.setdefault(Path(folder).resolve(), []).append(folder)
    return folders


def _add_name(
    selected: dict[str, set[str] | None], folders: Iterable[str], name: str
) -> None:
    for folder in folders:
        names = selected.setdefault(folder, set())
        if names is not None:
            names.add(name)


def _add_folders_below(
    selected: dict[str, set[str] | None], folders: Mapping[Path, list[str]], place: Path
) -> None:
    """Select the whole of each folder at a place or below it."""
    for real, spellings in folders.items():
        if real.is_relative_to(place):
            selected.update(dict.fromkeys(spellings))


def find_file(directories: Iterable[str], path: str) -> RecordFile | None:
    """Return the file at an absolute path, which need not exist.

    None where its name is that of no record. In no folder of the data directories it is
    a `UsageError`.
    """
    directories = list(directories)
    selected = names_by_folder(directories, [path])
    for directory in directories:
        for folder in paths.folders(directory):
            for name in selected.get(folder) or ():
                return file_at(directory, folder, name)
    raise UsageError(f"'{paths.shown(path)}' is not in a folder of records")


def _names(folder: str) -> list[str] | Diagnostic:
    try:
        with os.scandir(folder) as listing:
            return sorted(entry.name for entry in listing)
    except OSError as error:
        if not paths.is_lasting(error):
            raise paths.cannot_read(folder, error) from None
        return unlisted(folder, error.errno or 0)


def unlisted(folder: str, number: int) -> Diagnostic:
    """Return the problem of a folder that cannot be listed, by the error's number."""
    return unreadable_file(folder, f"cannot be listed: {os.strerror(number)}")


def case_collisions(
    folder: str, names: Sequence[str]
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield each name of a folder that another has in other case, with its problem."""
    if len({name.casefold() for name in names}) == len(names):
        return
    for _, group in groupby(sorted(names, key=str.casefold), str.casefold):
        same = [name for name in group if not name.startswith(".")]
        if len(same) < 2:
            continue
        for name in same:
            other = next(another for another in same if another != name)
            yield name, _case_collision(folder, name, other)


def _case_collision(folder: str, name: str, other: str) -> Diagnostic:
    message = f"'{name}' and '{other}' are the same file on macOS and Windows"
    help_ = "rename one of them, or merge the two files"
    span = Location(f"{folder}{os.sep}{name}")
    return Diagnostic(RULE_BY_NAME["names-differ-in-case"], span, message, help_)


def _misplaced(
    directory: str, folder: str, names: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield the problem of each name that may be meant for a file of records."""
    for name in names:
        path = f"{folder}{os.sep}{name}"
        if name.startswith(".") or _type_at(directory, folder, name):
            continue
        if folder == directory:
            problem = _problem_beside(path)
        else:
            problem = _problem_among_records(path)
        if problem:
            message, help_ = problem
            rule = RULE_BY_NAME["misplaced-file"]
            yield Diagnostic(rule, Location(path), message, help_)


def _problem_among_records(path: str) -> tuple[str, str]:
    """Return the message and the help for a wrong name in a folder of records."""
    folder, name = Path(path).parts[-2:]
    stem, _, suffix = name.rpartition(".")
    if _is_folder(path):
        return f"folders in {folder}/ are not read", f"move its files up into {folder}/"
    if suffix.lower() in {"yaml", "yml"} and stem:
        return "only files that end in .yaml are read", f"rename it to {stem}.yaml"
    return f"only .yaml files belong in {folder}/", "move it out of the data"


def _problem_beside(path: str) -> tuple[str, str] | None:
    """Return the message and the help for a name beside the folders of records.

    None where it was not meant for one of them.
    """
    name = _name(path)
    stem, _, suffix = name.rpartition(".")
    if paths.is_folder(path):
        meant = closest(name, _MEANT)
        if name in paths.FOLDERS or not meant or not _holds_yaml(path):
            return None
        hint = f"did you mean '{_MEANT[meant[0]]}'?"
        vocabularies = ", ".join(_VOCABULARIES)
        help_ = f"records belong in {_FOLDERS}, vocabularies in {vocabularies}"
        return f"the folder '{name}' is not read; {hint}", help_
    if suffix.lower() not in {"yaml", "yml"}:
        return None
    if stem in paths.FOLDERS:
        return (
            f"'{name}' is not read",
            f"records of {stem} belong in the folder {stem}/",
        )
    hint = did_you_mean(name, _VOCABULARIES)
    message = (
        f"'{name}' is not one of the vocabularies {', '.join(_VOCABULARIES)}{hint}"
    )
    return message, f"records belong in the folders {_FOLDERS}"


def _holds_yaml(folder: str) -> bool:
    """Whether there is YAML in a folder, or may be, where it cannot be listed."""
    names = _names(folder)
    return isinstance(names, Diagnostic) or any(
        name.endswith((".yaml", ".yml")) for name in names
    )


def _is_folder(path: str) -> bool:
    """Whether a name is that of a folder, as far as it may be looked at."""
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except OSError as error:
        if not paths.is_lasting(error):
            raise paths.cannot_read(path, error) from None
        return False


def _name(path: str) -> str:
    return path.rpartition(os.sep)[2]
