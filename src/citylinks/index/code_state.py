"""The state of the code that makes rows and findings, which last no longer than it.

It is that of all modules of the rooms below, of Python and SQLite, and of the libraries
that those rooms use. A test holds the names to the imports.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from citylinks.files.paths import cannot_read, is_lasting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKAGE = Path(__file__).parents[1]

ROW_ROOMS = ("errors", "dates", "text", "geo", "model", "files", "index")
FINDING_ROOMS = ("lint",)

# Library -> the distribution that it comes with.
LIBRARIES = {
    "anyascii": "anyascii",
    "pycountry": "pycountry",
    "pydantic": "pydantic",
    "pydantic_core": "pydantic-core",
    "yaml": "pyyaml",
}
_FINDING_TABLES = ("pycountry", "databases")  # a library, and the folder in it

_CODE = (".py", ".pyc", ".so", ".pyd", ".json")


@cache
def rows_state() -> str:
    """Return the state of the code that makes rows; what has begun to run stays."""
    from sqlite3 import sqlite_version  # not for a completion that asks no index

    marks = [sys.version, unicodedata.unidata_version, sqlite_version]
    marks += _room_marks(ROW_ROOMS)
    marks += [_library_mark(*names) for names in LIBRARIES.items()]
    return checksum("\0".join(marks))


@cache
def findings_state() -> str:
    """Return the state of the code that makes findings, and of the rows under them."""
    library, folder = _FINDING_TABLES
    marks = [rows_state(), *_room_marks(FINDING_ROOMS)]
    marks += _table_marks(library, folder)
    return checksum("\0".join(marks))


def checksum(text: str) -> str:
    """Return two checksums of a text, as the name of a file may hold them."""
    raw = text.encode(errors="surrogateescape")
    return f"{crc32(raw):08x}{adler32(raw):08x}"


def _room_marks(rooms: Iterable[str]) -> list[str]:
    """Return a mark of each module of the rooms, in order."""
    marks: list[str] = []
    try:
        for room in rooms:
            marks += sorted(_module_marks(str(_PACKAGE / room)))
    except (FileNotFoundError, NotADirectoryError):
        return [_version("citylinks")]
    except OSError as error:
        raise cannot_read(_PACKAGE, error) from None
    return marks


def _module_marks(room: str) -> list[str]:
    """Return the marks of a room, which may be a single module."""
    try:
        return list(_folder_marks(room))
    except FileNotFoundError:
        module = f"{room}.py"
        return [_mark(module, os.stat(module))]  # noqa: PTH116


def _folder_marks(folder: str) -> Iterator[str]:
    """Yield a mark of each file of code in a folder, and in the folders within."""
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.name.endswith(_CODE):
                yield _mark(entry.path, entry.stat())
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _folder_marks(entry.path)


def _table_marks(library: str, folder: str) -> list[str]:
    """Return a mark of each table in a folder of a library, in order."""
    distribution = LIBRARIES[library]
    place = _library_mark(library, distribution).rpartition("/")[0]
    try:
        return sorted(_folder_marks(f"{place}/{folder}"))
    except (FileNotFoundError, NotADirectoryError):
        return [_version(distribution)]
    except OSError as error:
        raise cannot_read(place, error) from None


def _library_mark(library: str, distribution: str) -> str:
    """Return the place, size and time of a library, which tell its versions apart.

    An installer writes all files of a library; one is looked at. Python would find it
    here too.
    """
    for place in sys.path:
        path = f"{place or os.curdir}/{library}"
        try:
            return _mark(path, os.stat(f"{path}/__init__.py"))  # noqa: PTH116
        except OSError as error:
            if not is_lasting(error):
                raise cannot_read(path, error) from None
    return _version(distribution)


def _mark(path: str, status: os.stat_result) -> str:
    return f"{path}/{status.st_size} {status.st_mtime_ns}"


def _version(distribution: str) -> str:
    """Return the version of what has no files, as in an archive."""
    from importlib.metadata import version

    return version(distribution)
