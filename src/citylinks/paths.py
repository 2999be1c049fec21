"""Where things are: the data directories that a command reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.errors import NoDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDERS = ("cities", "partnerships", "events")
SHIPPED = "shipped"

_PACKAGE = Path(__file__).parent


def data_directories(
    given: Iterable[str | os.PathLike[str]] = (),
    environment: Mapping[str, str] = os.environ,
    here: Path | None = None,
) -> tuple[Path, ...]:
    """Return the data directories to read, in order and each once.

    They are those `given` (`shipped` names the one in the package), else those of
    `CITYLINKS_DATA`, else the nearest one upwards from `here`, else the shipped one. The shipped
    one is read first wherever it is named, so that no private record takes the place of its.
    A directory that is named but is none is a `NoDataError`.
    """
    named = [os.fspath(item) for item in given]
    if not named:
        named = [item for item in environment.get("CITYLINKS_DATA", "").split(os.pathsep) if item]
    if named:
        found: dict[Path, Path] = {}
        for path in map(_data_directory, named):
            found.setdefault(path.resolve(), path)
        return tuple(sorted(found.values(), key=lambda path: not _is_shipped(path)))
    return (_nearest(here) or shipped_data(),)


def shipped_data() -> Path:
    """Return the data directory that comes with the package: in its wheel or in its checkout."""
    for candidate in (_PACKAGE / "data", _PACKAGE.parents[1] / "data"):
        if is_data_directory(candidate):
            return candidate
    raise NoDataError("this installation carries no data; name a directory with --data")


def _is_shipped(path: Path) -> bool:
    return path.parent in {_PACKAGE, _PACKAGE.parents[1]} and path.name == "data"


def is_data_directory(path: Path) -> bool:
    """Whether `path` holds the three folders of records."""
    return all((path / folder).is_dir() for folder in FOLDERS)


def shown(path: str) -> str:
    """Return `path` as a person here would type it: relative where it lies below this folder."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if relative.startswith(os.pardir) else relative


def _data_directory(name: str) -> Path:
    if name == SHIPPED and not Path(name).exists():
        return shipped_data()
    path = Path(name).absolute()
    if not path.is_dir():
        raise NoDataError(f"'{name}' is not a directory")
    if not is_data_directory(path):
        missing = ", ".join(folder for folder in FOLDERS if not (path / folder).is_dir())
        raise NoDataError(f"'{name}' is not a data directory: it lacks {missing}")
    return path


def _nearest(start: Path | None) -> Path | None:
    try:
        start = start or Path.cwd()
    except OSError:  # a folder that was removed under us
        return None
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "data"):
            if is_data_directory(candidate):
                return candidate
    return None
