"""The index brought up to date with the files: only what has changed is read again."""

from __future__ import annotations

import json
import os
import time
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from citylinks.files import paths
from citylinks.files.listing import RecordFile, file_at, types_in
from citylinks.files.reading import read_bytes
from citylinks.index import database, freshness, tables
from citylinks.index.rows import StampedFile, content_hash
from citylinks.index.writing import (
    drop_file,
    fill_files,
    forget_findings_between,
    prepare_tables,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from citylinks.index.freshness import ScannedFolder
    from citylinks.index.writing import Progress


def refresh_index(
    connection: sqlite3.Connection,
    folders: Sequence[ScannedFolder],
    progress: Progress | None = None,
) -> None:
    """Bring the index up to date in one transaction: whole, or not at all.

    `folders` is what a scan has just seen. What changes after it is seen at the next
    start, since its sums are what is noted. `progress` is called with how many bytes
    have been read, of how many.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _refresh(connection, folders, progress)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refresh(
    connection: sqlite3.Connection,
    folders: Sequence[ScannedFolder],
    progress: Progress | None,
) -> None:
    database.check_sum(connection)  # what is damaged must not come under a new sum
    now = time.time_ns()
    has_tables = database.has_tables(connection)
    if has_tables and freshness.is_fresh(connection, folders):
        return
    if not has_tables or not _renew(connection, folders, now, progress):
        _make_anew(connection, folders, now, progress)
    _note_folders(connection, folders)
    database.note_sum(connection)


def _make_anew(
    connection: sqlite3.Connection,
    folders: Sequence[ScannedFolder],
    now: int,
    progress: Progress | None,
) -> None:
    """Fill the tables from all files; the indexes are made of the rows then."""
    tables.drop_tables(connection)
    prepare_tables(connection)
    files: list[StampedFile] = []
    for folder in folders:
        for file in _files_in(folder, now):
            files.append(file._replace(no=len(files) + 1))
    fill_files(connection, files, progress)
    tables.create_indexes(connection)


def _renew(
    connection: sqlite3.Connection,
    folders: Sequence[ScannedFolder],
    now: int,
    progress: Progress | None,
) -> bool:
    """Make the rows of what was added or changed, and drop those of what is gone.

    False where it is better, or needed, to read all files: most have changed, or an id
    is given by a file that was read now and by one that was not, so that nobody knows
    which comes first.
    """
    changes = _find_changes(connection, folders, now)
    touched = {*changes.gone, *(file.no for file in changes.changed)}
    if len(touched) > changes.known // 2 + 1:
        return False
    order = {folder.path: number for number, folder in enumerate(folders)}
    changed = [*changes.changed, *_rivals(connection, folders, touched)]
    changed.sort(key=lambda file: (order[file.folder], file.file.path))
    numbers = [*changes.gone, *(file.no for file in changed)]
    for no in numbers:
        drop_file(connection, no)
    _note_stamps(connection, changes.same)
    if touched:
        forget_findings_between(connection)
    fill_files(connection, changed, progress)
    for loser, winner in _doubles(connection):
        if (loser in numbers) != (winner in numbers):
            return False
    return True


def _note_stamps(connection: sqlite3.Connection, files: Iterable[StampedFile]) -> None:
    """Note the stamps of files whose content is the same."""
    connection.executemany(
        "UPDATE file SET stamp = ?, is_settled = ? AND NOT EXISTS"
        " (SELECT 1 FROM problem WHERE file = no AND rule = 'unreadable-file')"
        " WHERE no = ?",
        [(file.stamp, file.is_settled, file.no) for file in files],
    )


# -- Ids that several files give ----------------------------------------------


def _doubles(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Return the files that give an id in vain, each with the file that has it."""
    rows = connection.execute(
        f"SELECT DISTINCT l.file AS loser, r.no >> {database.SPAN} AS winner"
        " FROM lost l JOIN record r ON r.type = l.type AND r.id = l.id"
    )
    return [(row["loser"], row["winner"]) for row in rows]


def _rivals(
    connection: sqlite3.Connection, folders: Sequence[ScannedFolder], touched: set[int]
) -> Iterator[StampedFile]:
    """Yield the files that give an id of a touched file; they are read again."""
    directories = {folder.path: folder.directory for folder in folders}
    for no in sorted(_linked(_doubles(connection), touched) - touched):
        row = connection.execute("SELECT * FROM file WHERE no = ?", (no,)).fetchone()
        folder, path = os.fsdecode(row["folder"]), os.fsdecode(row["path"])
        file = RecordFile(directories[folder], path, row["type"])
        size = int(row["stamp"].split("/")[0])
        yield StampedFile(no, file, folder, row["stamp"], row["is_settled"], size)


def _linked(pairs: Iterable[tuple[int, int]], touched: set[int]) -> set[int]:
    """Return all numbers that pairs link to the touched ones, directly or not."""
    neighbours: dict[int, set[int]] = {}
    for loser, winner in pairs:
        neighbours.setdefault(loser, set()).add(winner)
        neighbours.setdefault(winner, set()).add(loser)
    linked: set[int] = set()
    waiting = list(touched)
    while waiting:
        for number in neighbours.get(waiting.pop(), set()) - linked:
            linked.add(number)
            waiting.append(number)
    return linked


# -- What differs from the index ----------------------------------------------


class _Changes(NamedTuple):
    """Files with new content, with a new stamp only, and gone; `known` counts all."""

    changed: list[StampedFile]
    same: list[StampedFile]
    gone: list[int]
    known: int


def _find_changes(
    connection: sqlite3.Connection, folders: Sequence[ScannedFolder], now: int
) -> _Changes:
    """Compare the files of the parts of folders that differ with the rows of them."""
    number, last = connection.execute(
        "SELECT count(*), coalesce(max(no), 0) FROM file"
    ).fetchone()
    changes = _Changes([], [], [], number)
    free_numbers = count(last + 1)
    differing = freshness.changed_parts(connection, folders)
    for folder in folders:
        parts = {part for path, part in differing if path == os.fsencode(folder.path)}
        known = _known_files(connection, folder.path, parts)
        for listed in _list_parts(folder, parts):
            row = known.pop(f"{folder.path}{os.sep}{listed.name}", None)
            if row and _is_as_read(listed, row, now):
                continue
            file = file_at(folder.directory, folder.path, listed.name)
            if file is None:
                continue
            no = row["no"] if row else next(free_numbers)
            stamped = _stamp_file(no, listed, file, folder.path, now)
            if row is None or _is_changed(stamped, row):
                changes.changed.append(stamped)
            else:
                changes.same.append(stamped)
        changes.gone.extend(row["no"] for row in known.values())
    return changes


def _known_files(
    connection: sqlite3.Connection, folder: str, parts: Iterable[int]
) -> dict[str, sqlite3.Row]:
    """Return the rows of the files in parts of a folder, by path."""
    rows = connection.execute(
        "SELECT no, path, stamp, is_settled, hash FROM file"
        " WHERE folder = ? AND part IN (SELECT value FROM json_each(?))",
        (os.fsencode(folder), json.dumps(sorted(parts))),
    )
    return {os.fsdecode(row["path"]): row for row in rows}


def _list_parts(
    folder: ScannedFolder, parts: Collection[int]
) -> list[os.DirEntry[str]]:
    """Return the files in parts of a folder, by name.

    The scan could list it: what keeps it from being listed now must not be taken for no
    files.
    """
    if not parts or not folder.is_listed:
        return []
    try:
        with os.scandir(folder.path) as listing:
            files = [file for file in listing if freshness.part_of(file.name) in parts]
    except OSError as error:
        raise paths.cannot_read(folder.path, error) from None
    return sorted(files, key=lambda file: file.name)


def _files_in(folder: ScannedFolder, now: int) -> Iterator[StampedFile]:
    """Yield the files of records in a folder, by name, not numbered yet."""
    for listed in _list_parts(folder, range(freshness.PARTS)):
        file = file_at(folder.directory, folder.path, listed.name)
        if file:
            yield _stamp_file(0, listed, file, folder.path, now)


def _stamp_file(
    no: int, listed: os.DirEntry[str], file: RecordFile, folder: str, now: int
) -> StampedFile:
    stamp = freshness.file_stamp(listed)
    is_settled = _is_settled(stamp, now)
    return StampedFile(no, file, folder, _as_text(stamp), is_settled, stamp[0])


def _as_text(stamp: Iterable[int]) -> str:
    return "/".join(map(str, stamp))


def _is_settled(stamp: Sequence[int], now: int) -> bool:
    return max(stamp[1:3]) < now - freshness.UNSETTLED


def _is_as_read(listed: os.DirEntry[str], known: sqlite3.Row, now: int) -> bool:
    """Whether the stamp of a file tells that its rows were made of it."""
    stamp = freshness.file_stamp(listed)
    is_settled = known["is_settled"] and _is_settled(stamp, now)
    return bool(is_settled and known["stamp"] == _as_text(stamp))


def _is_changed(file: StampedFile, known: sqlite3.Row) -> bool:
    """Whether a file is another than the one that its rows were made of."""
    if known["is_settled"] and known["stamp"] == file.stamp:
        return False
    return bool(content_hash(read_bytes(file.file.path)) != known["hash"])


# -- What the rows were made of -----------------------------------------------


def _note_folders(
    connection: sqlite3.Connection, folders: Sequence[ScannedFolder]
) -> None:
    """Note the folders that the rows were made of.

    Parts with files that are not settled, or could not be read, are looked at again.
    """
    connection.execute("DELETE FROM folder")
    for folder in folders:
        tables.add_rows(connection, tables.FOLDER, _folder_rows(folder))
    connection.execute(
        "UPDATE folder SET state = NULL WHERE (path, part) IN"
        " (SELECT folder, part FROM file WHERE is_left_out AND NOT is_settled)"
    )
    _note_unlisted(connection, folders)


def _folder_rows(folder: ScannedFolder) -> Iterator[tables.FolderRow]:
    path = os.fsencode(folder.path)
    for part, state in folder.states.items():
        is_settled = part not in folder.unsettled
        yield tables.FolderRow(path, part, state if is_settled else None)


def _note_unlisted(
    connection: sqlite3.Connection, folders: Iterable[ScannedFolder]
) -> None:
    """Note the folders whose names may not be read; rules depend on them."""
    rows: set[tuple[bytes, str]] = set()
    for folder in folders:
        if not folder.is_listed:
            for type_ in types_in(folder.directory, folder.path):
                rows.add(tables.UnlistedRow(os.fsencode(folder.path), type_))
    known = connection.execute("SELECT path, type FROM unlisted")
    if {(row["path"], row["type"]) for row in known} != rows:
        forget_findings_between(connection)
        connection.execute("DELETE FROM unlisted")
        tables.add_rows(connection, tables.UNLISTED, rows)
