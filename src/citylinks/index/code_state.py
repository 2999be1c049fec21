"""What tells the code that makes rows and findings from any other version of it."""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import cache
from pathlib import Path
from zlib import adler32, crc32

from citylinks.files.paths import cannot_read, is_lasting

_PACKAGE = Path(__file__).parents[1]
# The rooms whose modules make rows; "" is the package itself.
ROW_ROOMS = ("", "dates", "text", "geo", "model", "files", "index")
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

    It is that of all modules of these rooms, and of the named packages, of Python and
    of SQLite, and of the libraries that they use. It is asked once: what has begun to
    run stays.
    """
    from sqlite3 import sqlite_version  # not for a completion that asks no index

    marks = [sys.version, unicodedata.unidata_version, sqlite_version]
    for package in (*ROW_ROOMS, *packages):
        marks += _marks(_PACKAGE / package, "citylinks")
    return checksum("\0".join((*marks, *map(_library, _LIBRARIES))))


@cache
def tables_state(library: str, folder: str) -> str:
    """Return what tells the tables in a folder of a library from any others."""
    place = _library(library).rpartition("/")[0]
    return checksum("\0".join(_marks(Path(place) / folder, _LIBRARIES[library])))


def _library(name: str) -> str:
    """Return what tells a library from its other versions: where it is, and since when.

    An installer writes all files of a library; one is looked at. Python would find it
    here too.
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
    """Return what tells the code in a folder from another: of each file name, size and
    time.
    """
    try:
        with os.scandir(folder) as found:
            files = [
                (one.name, one.stat()) for one in found if one.name.endswith(_CODE)
            ]
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


def checksum(text: str) -> str:
    """Return two checksums of a text, as the name of a file may hold them."""
    raw = text.encode(errors="surrogateescape")
    return f"{crc32(raw):08x}{adler32(raw):08x}"
