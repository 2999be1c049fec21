"""Whether the index is as the files are: a scan of the disk against an earlier one."""

import os
import sqlite3
import time
from collections.abc import Sequence
from operator import attrgetter
from typing import AnyStr, NamedTuple
from zlib import crc32

from citylinks.files import paths
from citylinks.index.database import has_tables

UNSETTLED = 2 * 10**9  # nanoseconds within which a change may leave no other mark
UNLISTED = -1  # in place of the parts of a folder whose names may not be read
PARTS = 256  # of a folder: where one differs, only its files are looked at again


class ScannedFolder(NamedTuple):
    """A folder as the disk has it: `states` sums up the files of each of its parts.

    `directory` is the data directory that it belongs to, or is. In an unsettled part a
    file was touched too recently to be told by its stamp.
    """

    directory: str
    path: str
    states: dict[int, int]
    unsettled: set[int]

    @property
    def is_listed(self) -> bool:
        """Whether the names of its files are known."""
        return UNLISTED not in self.states


def scan_folders(directories: Sequence[str]) -> list[ScannedFolder]:
    """Return the folders of the data directories as they are now.

    What cannot be found out this time is a `ReadError`: nothing is made of half a look.
    """
    settled = time.time_ns() - UNSETTLED
    folders: list[ScannedFolder] = []
    for directory in directories:
        for folder in paths.folders(directory):
            scanned = _scan_folder(directory, folder, settled)
            folders.append(scanned)
    return folders


_STAMP = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")


def _scan_folder(directory: str, path: str, settled: int) -> ScannedFolder:
    """Sum up a folder in the order in which the system lists it: no content is read.

    A hundred thousand files pass here at every start, so that a file costs little
    beyond its stat.
    """
    endings = (b".yaml", b".yml") if path == directory else b""
    states, unsettled = [0] * PARTS, set()
    try:
        with os.scandir(os.fsencode(path)) as listing:
            for entry in listing:
                name = entry.name
                if endings and not name.endswith(endings):
                    continue
                try:
                    stamp = _STAMP(entry.stat())
                except OSError:
                    stamp = file_stamp(entry)
                number = crc32(name)
                part = number % PARTS
                states[part] = hash((states[part], stamp, number))
                if stamp[1] >= settled or stamp[2] >= settled:
                    unsettled.add(part)
    except OSError as error:
        if not paths.is_lasting(error):
            raise paths.cannot_read(path, error) from None
        return ScannedFolder(directory, path, {UNLISTED: error.errno or 0}, set())
    listed = {part: state for part, state in enumerate(states) if state}
    return ScannedFolder(directory, path, listed, unsettled)


def part_of(name: str) -> int:
    """Return the number of the part of its folder that a file of this name is in."""
    return crc32(os.fsencode(name)) % PARTS


def file_stamp(entry: os.DirEntry[AnyStr]) -> tuple[int, int, int, int]:
    """Return the size, mtime, ctime and inode of a file, which tell its versions apart.

    A link that leads nowhere is told by itself, a file that is gone by nothing.
    """
    try:
        status = entry.stat()
    except OSError as error:
        _check_lasting(entry, error)
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as its:
            _check_lasting(entry, its)
            return (0, 0, 0, 0)
    stamp: tuple[int, int, int, int] = _STAMP(status)
    return stamp


def _check_lasting(entry: os.DirEntry[AnyStr], error: OSError) -> None:
    if not paths.is_lasting(error):
        raise paths.cannot_read(os.fsdecode(entry.path), error) from None


def is_fresh(connection: sqlite3.Connection, folders: Sequence[ScannedFolder]) -> bool:
    """Whether the rows were made of just these folders, whose files had all settled."""
    return has_tables(connection) and not changed_parts(connection, folders)


def changed_parts(
    connection: sqlite3.Connection, folders: Sequence[ScannedFolder]
) -> set[tuple[bytes, int]]:
    """Return the parts of folders, by path and number, that may have changed.

    The state of a part that had not settled is null, so that it differs from any.
    """
    noted = connection.execute("SELECT path, part, state FROM folder")
    known = set(map(tuple, noted))
    scanned = set()
    for folder in folders:
        path = os.fsencode(folder.path)
        for part, state in folder.states.items():
            scanned.add((path, part, state))
    return {(path, part) for path, part, _ in known ^ scanned}


def folders_unlisted(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return the folders whose files are not known, with the number of the error."""
    rows = connection.execute(
        "SELECT path, state FROM folder WHERE part = ?", (UNLISTED,)
    )
    return [(os.fsdecode(row["path"]), row["state"]) for row in rows]


def files_left_out(connection: sqlite3.Connection) -> list[str]:
    """Return the files from which something was left out, and unlisted folders."""
    rows = connection.execute("SELECT DISTINCT path FROM left_out ORDER BY path")
    return [os.fsdecode(row["path"]) for row in rows]
