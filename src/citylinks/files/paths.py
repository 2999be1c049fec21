"""Where things are: the data directories that a command reads, and its index file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.errors import NoDataError, ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDERS = ("cities", "partnerships", "events")
SHIPPED = "shipped"


def folders(directory: str) -> list[str]:
    """Return the folders of a data directory: those of records, then itself."""
    return [f"{directory}{os.sep}{name}" for name in FOLDERS] + [directory]


_PACKAGE = Path(__file__).parents[1]


def data_directories(
    given: Iterable[str | os.PathLike[str]] = (),
    environment: Mapping[str, str] = os.environ,
    here: Path | None = None,
) -> tuple[Path, ...]:
    """Return the data directories to read, in order and each once.

    They are those `given` (`shipped` names the one in the package), else those of
    `CITYLINKS_DATA`, else the nearest one upwards from `here`, else the shipped one.
    The shipped one is read first wherever it is named, so that no private record takes
    the place of its. A directory that is named but is none is a `NoDataError`, and so
    is one on the way up that lacks just one of the three folders.
    """
    named = [os.fspath(item) for item in given] or _named_in(environment)
    if not named:
        return (_nearest(here) or shipped_data(),)
    directories: dict[Path, Path] = {}
    for path in map(_data_directory, named):
        directories.setdefault(path.resolve(), path)
    return tuple(sorted(directories.values(), key=lambda path: not _is_shipped(path)))


def _named_in(environment: Mapping[str, str]) -> list[str]:
    names = environment.get("CITYLINKS_DATA", "").split(os.pathsep)
    return [name for name in names if name]


def has_none_at_hand(
    environment: Mapping[str, str] = os.environ, here: Path | None = None
) -> bool:
    """Whether, where none is named, the shipped data is read for want of any other."""
    return not _named_in(environment) and _nearest(here) is None


def shipped_data() -> Path:
    """Return the data directory that comes with the package, or in its checkout."""
    for candidate in (_PACKAGE / "data", _PACKAGE.parents[1] / "data"):
        if is_data_directory(candidate):
            return candidate
    raise NoDataError("this installation has no data; name a directory with --data")


def _is_shipped(path: Path) -> bool:
    return path.parent in {_PACKAGE, _PACKAGE.parents[1]} and path.name == "data"


def is_data_directory(path: Path) -> bool:
    """Whether `path` holds the three folders of records."""
    return all(is_folder(path / folder) for folder in FOLDERS)


def lacking(path: str | os.PathLike[str]) -> list[str]:
    """Return those of the three folders that `path` lacks."""
    return [folder for folder in FOLDERS if not is_folder(Path(path) / folder)]


def what_is_lacking(name: str, lacks: Iterable[str]) -> str:
    """Return the message for a directory that is nearly one of data."""
    return (
        f"'{name}' is not a data directory: it lacks {', '.join(lacks)}"
        " (an empty folder is enough, but git does not keep it)"
    )


def refuse_missing(directories: Iterable[str]) -> None:
    """Raise a `NoDataError` where one of the data directories is none any more."""
    for directory in directories:
        if not is_data_directory(Path(directory)):
            _data_directory(directory)


def shown(path: str) -> str:
    """Return `path` as a person here would type it: relative below this folder."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if relative.startswith(os.pardir) else relative


def _data_directory(name: str) -> Path:
    if name == SHIPPED and status(name) is None:
        return shipped_data()
    path = Path(name).absolute()
    if not name or not is_folder(path):
        raise NoDataError(f"'{name}' is not a directory")
    if not is_data_directory(path):
        raise NoDataError(what_is_lacking(name, lacking(path)))
    return path


def _nearest(start: Path | None) -> Path | None:
    try:
        start = start or Path.cwd()
    except OSError:  # a folder that was removed under us
        return None
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "data"):
            lacks = lacking(candidate)
            if not lacks:
                return candidate
            if len(lacks) == 1:
                raise NoDataError(what_is_lacking(shown(str(candidate)), lacks))
    return None


# -- What the system says of a path -------------------------------------------

_ABSENT = frozenset((errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG))
# These say how a path stands, and say it again until somebody changes that. All others,
# such as too many open files or a server that does not answer, say nothing of the path.
_LASTING = _ABSENT | {
    errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.EOVERFLOW,
}  # fmt: skip


def is_lasting(error: OSError) -> bool:
    """Whether an error says how a path stands, and not only how the attempt went."""
    return error.errno in _LASTING


def cannot_read(path: str | os.PathLike[str], error: OSError) -> ReadError:
    """Return the error of a file or folder that could not be read this time."""
    reason = error.strerror or str(error)
    return ReadError(f"cannot read '{shown(os.fspath(path))}': {reason}")


def refuse_outside(
    places: Iterable[str | Path], directories: Iterable[str | Path]
) -> None:
    """Raise a `UsageError` for a path that lies in none of the data directories."""
    real = [Path(directory).resolve() for directory in directories]
    for place in map(Path, places):
        resolved = place.parent.resolve() / place.name
        if not any(resolved.is_relative_to(directory) for directory in real):
            raise UsageError(
                f"'{shown(str(place))}' is not in any of the data directories that are"
                " read"
            )


def status(path: str | os.PathLike[str]) -> os.stat_result | None:
    """Return the status that the system gives of a path; None where nothing is there.

    Nothing is there where it is absent twice: what another program writes anew may be
    gone for a moment. `pathlib` answers `False` to what it could not find out; here
    that is a `ReadError`.
    """
    return _status_once(path) or _status_once(path)


def _status_once(path: str | os.PathLike[str]) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116
    except ValueError:  # a name that no file can have
        return None
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise cannot_read(path, error) from None


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of a folder; a `ReadError` where nobody can tell."""
    existing = status(path)
    return existing is not None and stat.S_ISDIR(existing.st_mode)


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of a regular file; a `ReadError` where nobody can tell."""
    existing = status(path)
    return existing is not None and stat.S_ISREG(existing.st_mode)
