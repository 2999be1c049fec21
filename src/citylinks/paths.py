"""Where things are: the data directories that a command reads, and its index file."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
import unicodedata
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from citylinks.errors import NoDataError, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDERS = ("cities", "partnerships", "events")
SHIPPED = "shipped"


def folders(directory: str) -> list[str]:
    """Return the folders of a data directory that hold files: those of records, then itself."""
    return [*(f"{directory}{os.sep}{name}" for name in FOLDERS), directory]


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
    A directory that is named but is none is a `NoDataError`, and so is one on the way up that
    lacks just one of the three folders.
    """
    named = [os.fspath(item) for item in given] or _of_environment(environment)
    if named:
        found: dict[Path, Path] = {}
        for path in map(_data_directory, named):
            found.setdefault(path.resolve(), path)
        return tuple(sorted(found.values(), key=lambda path: not _is_shipped(path)))
    return (_nearest(here) or shipped_data(),)


def _of_environment(environment: Mapping[str, str]) -> list[str]:
    return [item for item in environment.get("CITYLINKS_DATA", "").split(os.pathsep) if item]


def has_none_at_hand(environment: Mapping[str, str] = os.environ, here: Path | None = None) -> bool:
    """Whether, where none is named, the shipped data is read for want of any other."""
    return not _of_environment(environment) and _nearest(here) is None


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
    return all(is_folder(path / folder) for folder in FOLDERS)


def lacking(path: str | os.PathLike[str]) -> list[str]:
    """Return which of the three folders `path` lacks."""
    return [folder for folder in FOLDERS if not is_folder(Path(path) / folder)]


def what_is_lacking(name: str, lacks: Iterable[str]) -> str:
    """Return what a directory lacks that is nearly one of data, and what to do."""
    return (
        f"'{name}' is not a data directory: it lacks {', '.join(lacks)}"
        " (git keeps no empty folders; an empty one is enough)"
    )


def refuse_missing(directories: Iterable[str]) -> None:
    """Raise a `NoDataError` where one of the data directories is none any more."""
    for directory in directories:
        if not is_data_directory(Path(directory)):
            _data_directory(directory)


def shown(path: str) -> str:
    """Return `path` as a person here would type it: relative where it lies below this folder."""
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
# These say how a path stands, and say it again until somebody changes that. All others, such as
# too many open files or a server that does not answer, say nothing of the path.
_LASTING = _ABSENT | {
    errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.EOVERFLOW,
}  # fmt: skip


def is_lasting(error: OSError) -> bool:
    """Whether an error says how a path stands, and not only how the attempt went."""
    return error.errno in _LASTING


def cannot_read(path: str | os.PathLike[str], error: OSError) -> ReadError:
    """Return the error of a file or folder that could not be read this time."""
    said = error.strerror or str(error)
    return ReadError(f"cannot read '{shown(os.fspath(path))}': {said}")


def status(path: str | os.PathLike[str]) -> os.stat_result | None:
    """Return what the system says of a path; None where nothing is there.

    `pathlib` answers `False` to what it could not find out; here that is a `ReadError`.
    """
    try:
        return os.stat(path)  # noqa: PTH116
    except ValueError:  # a name that no file can have
        return None
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise cannot_read(path, error) from None


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of a folder; a `ReadError` where that cannot be found out."""
    found = status(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether a path is that of a regular file; a `ReadError` where that cannot be found out."""
    found = status(path)
    return found is not None and stat.S_ISREG(found.st_mode)


# -- The index file -----------------------------------------------------------


def index_file(directories: Iterable[str], tables: str) -> Path:
    """Return where the index of these data directories is kept; `tables` is their version.

    Its name holds both, so that another set of directories, or another version, has another file.
    """
    return cache_directory() / f"index-{_sum(chr(0).join((*directories, tables)))}.sqlite"


def cache_directory(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of this program in the platform's cache directory.

    By the XDG base directory specification where that holds, which spares a quarter of the time
    that a question takes; platformdirs knows the other platforms.
    """
    if sys.platform == "linux":
        named = environment.get("XDG_CACHE_HOME", "")
        base = named if named.startswith("/") else os.path.expanduser("~/.cache")  # noqa: PTH111
        if not base.startswith("/") or (base != named and environment.get("HOME") == ""):
            raise OSError("there is no home directory")
        return Path(base) / "citylinks"
    from platformdirs import user_cache_path

    return user_cache_path("citylinks", appauthor=False)


@contextmanager
def index_lock(folder: Path, patience: float, *, alone: bool = False) -> Iterator[None]:
    """Hold the lock of a folder of indexes: shared by all who use one, `alone` to remove one.

    SQLite finds the journal of a file by its name: who still used a removed index could take the
    journal of the next for its own. `BlockingIOError` where others hold the lock longer than
    `patience`, in seconds. Where folders cannot be locked, nothing is held: Windows removes no
    file that is open, and network drives have to do without.
    """
    held = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None
    try:
        if held is not None:
            _lock(held, time.monotonic() + patience, alone=alone)
        yield
    finally:
        if held is not None:
            os.close(held)


def _lock(folder: int, until: float, *, alone: bool) -> None:
    import fcntl

    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    while True:
        try:
            return fcntl.flock(folder, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.01)
        except OSError:  # a network drive that knows no such lock
            return None


def remove_index(file: Path) -> None:
    """Remove an index file, under the lock held alone; SQLite drops a journal without its file."""
    file.unlink(missing_ok=True)
    Path(f"{file}-journal").unlink(missing_ok=True)


def index_state(file: Path) -> tuple[object, ...]:
    """Return what tells an index file and its journal from what they were before a change."""
    found: list[object] = []
    for path in (file, f"{file}-journal"):
        try:
            status = os.stat(path)  # noqa: PTH116
            found += (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        except OSError:
            found.append(None)
    return tuple(found)


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can read, where it is absent."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


# -- The code that makes what stands in the index -----------------------------

# The libraries that make rows and findings -> the distributions that they come with.
_LIBRARIES = {
    "anyascii": "anyascii",
    "pycountry": "pycountry",
    "pydantic": "pydantic",
    "pydantic_core": "pydantic-core",
    "yaml": "pyyaml",
}
_CODE = (".py", ".pyc", ".so", ".pyd", ".json")


@cache
def code_state(*packages: str) -> str:
    """Return what tells the code that makes rows from any other version of it.

    It is that of all modules of this folder, and of the named packages in it, of Python and of
    SQLite, and of the libraries that they use. It is asked once: what has begun to run stays.
    """
    from sqlite3 import sqlite_version  # not for a completion that asks no index

    marks = [sys.version, unicodedata.unidata_version, sqlite_version]
    for package in ("", *packages):
        marks += _marks(_PACKAGE / package, "citylinks")
    return _sum("\0".join((*marks, *map(_library, _LIBRARIES))))


@cache
def tables_state(library: str, folder: str) -> str:
    """Return what tells the tables in a folder of a library from any others."""
    place = _library(library).rpartition("/")[0]
    return _sum("\0".join(_marks(Path(place) / folder, _LIBRARIES[library])))


def _library(name: str) -> str:
    """Return what tells a library from its other versions: where it is, and since when.

    An installer writes all files of a library; one is looked at. Python would find it here too.
    """
    for place in sys.path:
        path = f"{place or os.curdir}/{name}"
        try:
            status = os.stat(f"{path}/__init__.py")  # noqa: PTH116
        except OSError as error:
            if not is_lasting(error):
                raise cannot_read(path, error) from None
            continue
        return f"{path}/{status.st_size} {status.st_mtime_ns}"
    return _version(_LIBRARIES[name])


def _marks(folder: Path, distribution: str) -> list[str]:
    """Return what tells the code in a folder from another: of each file name, size and time."""
    try:
        with os.scandir(folder) as found:
            files = [(one.name, one.stat()) for one in found if one.name.endswith(_CODE)]
    except (FileNotFoundError, NotADirectoryError):
        return [_version(distribution)]
    except OSError as error:
        raise cannot_read(folder, error) from None
    marks = (f"{name}/{status.st_size}/{status.st_mtime_ns}" for name, status in files)
    return [str(folder), *sorted(marks)]


def _version(distribution: str) -> str:
    """Return the version of what has no files, as in an archive."""
    from importlib.metadata import version

    return version(distribution)


def _sum(text: str) -> str:
    raw = text.encode(errors="surrogateescape")
    return f"{crc32(raw):08x}{adler32(raw):08x}"
