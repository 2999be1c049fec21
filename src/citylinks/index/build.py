"""The index as it is written: the only way from files to rows, imported only when some
changed.

Whole files become rows by themselves, so that several processes can make them; one
writes.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import signal
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from itertools import count, cycle
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from citylinks import dates
from citylinks.files import paths, suppressions
from citylinks.files.diagnostics import Stage
from citylinks.files.listing import (
    RecordFile,
    file_at,
    is_unreadable,
    read_bytes,
    types_in,
)
from citylinks.files.loader import Dataset, load_file
from citylinks.index import tables
from citylinks.model.entries import Entry, Involved, timeline_entries
from citylinks.model.evidence import source_shares
from citylinks.model.prose import prose_texts
from citylinks.model.records import (
    City,
    Event,
    Organization,
    Partnership,
    Record,
    Theme,
)
from citylinks.model.references import find_references
from citylinks.model.validity import OPEN, date_validity, once, validity_between
from citylinks.model.vocabulary import END_KINDS, NAMED_TYPES, TITLED_TYPES
from citylinks.text.normalize import fold, index_names, index_text, with_edges

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import (
        Callable,
        Collection,
        Generator,
        Iterable,
        Iterator,
        Sequence,
    )

    from citylinks.files.diagnostics import Diagnostic
    from citylinks.files.loader import Loaded
    from citylinks.model.records import Part

    Progress = Callable[[int, int], None]
    Rows = dict[str, list[tuple[Any, ...]]]

PARALLEL_BYTES = (
    4 * 1024 * 1024
)  # below which a second process costs more than it spares
GROUP_BYTES = 256 * 1024  # of small files that a process reads at a time

# How each table is filled. `record` comes first: what follows is of a record that was
# taken.
INSERTS = {
    "record": "INSERT OR IGNORE INTO record VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "file": "INSERT INTO file VALUES (?,?,?,?,?,?,?,?,?,?,?)",
    "lost": "INSERT INTO lost VALUES (?,?,?,?)",
    "problem": "INSERT INTO problem VALUES (?,?,?,?,?,?,?)",
    "label": "INSERT INTO label VALUES (?,?,?,?,?)",
    "trigrams": "INSERT INTO trigrams (rowid, label) VALUES (?,?)",
    "ref": "INSERT INTO ref VALUES (?,?,?,?,?)",
    "evidence": "INSERT INTO evidence VALUES (?,?,?,?,?,?)",
    "named": "INSERT INTO named (rowid, name, alias, text) VALUES (?,?,?,?)",
    "titled": "INSERT INTO titled (rowid, title, text) VALUES (?,?,?)",
    "entry": "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "entry_ref": "INSERT INTO entry_ref VALUES (?,?,?,?)",
}


class StampedFile(NamedTuple):
    """A file as the disk has it, under its number in the index."""

    no: int
    file: RecordFile
    folder: str
    stamp: str
    is_settled: bool
    size: int


# -- Refreshing ---------------------------------------------------------------


def refresh_index(
    connection: sqlite3.Connection,
    found: Sequence[tables.ScannedFolder],
    progress: Progress | None = None,
) -> None:
    """Bring the index up to date with the disk in one transaction; at once, or not at
    all.

    `found` is what a scan has just found. What changes after it is seen at the next
    start, since its sums are what is noted. `progress` is told how many bytes have been
    read, of how many.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = time.time_ns()
        tables.check_sum(connection)  # what is damaged is not to come under a new sum
        has_tables = tables.has_tables(connection)
        if not has_tables or not tables.is_fresh(connection, found):
            if not (has_tables and _renew(connection, found, now, progress)):
                _make_anew(connection, found, now, progress)
            _note_folders(connection, found)
            tables.note_sum(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make_anew(
    connection: sqlite3.Connection,
    found: Sequence[tables.ScannedFolder],
    now: int,
    progress: Progress | None,
) -> None:
    """Fill the tables from all files; the indexes are made of what then stands."""
    tables.drop_all(connection)
    tables.create(connection, (*tables.TABLES, *tables.VIEWS))
    files = [one for folder in found for one in _files_in(folder, now)]
    numbered = [one._replace(no=no) for no, one in enumerate(files, start=1)]
    _fill(connection, numbered, progress)
    tables.create(connection, tables.INDEXES)


def _renew(
    connection: sqlite3.Connection,
    found: Sequence[tables.ScannedFolder],
    now: int,
    progress: Progress | None,
) -> bool:
    """Make the rows anew of what was added or changed, and drop those of what is gone.

    False where it is better, or needed, to read all files: most have changed, or an id
    is given by a file that was read now and by one that was not, so that nobody knows
    which comes first.
    """
    changes = _changes(connection, found, now)
    touched = {*changes.gone, *(one.no for one in changes.changed)}
    if len(touched) > changes.known // 2 + 1:
        return False
    place = {folder.path: number for number, folder in enumerate(found)}
    changed = [*changes.changed, *_rivals(connection, found, touched)]
    changed.sort(key=lambda one: (place[one.folder], one.file.path))
    numbers = [*changes.gone, *(one.no for one in changed)]
    for no in numbers:
        _drop(connection, no)
    connection.executemany(
        "UPDATE file SET stamp = ?, is_settled = ? AND NOT EXISTS (SELECT 1 FROM problem"
        " WHERE file = no AND rule = 'unreadable-file') WHERE no = ?",
        [(one.stamp, one.is_settled, one.no) for one in changes.same],
    )
    if touched:
        forget_between(connection)
    _fill(connection, changed, progress)
    return not any(
        (pair[0] in numbers) != (pair[1] in numbers) for pair in _doubles(connection)
    )


def _doubles(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Return the files that give an id in vain, each with the file that gives it
    before.
    """
    rows = connection.execute(
        f"SELECT DISTINCT l.file, r.no >> {tables.SPAN} FROM lost l"
        " JOIN record r ON r.type = l.type AND r.id = l.id"
    )
    return [(row[0], row[1]) for row in rows]


def _rivals(
    connection: sqlite3.Connection,
    found: Sequence[tables.ScannedFolder],
    touched: set[int],
) -> Iterator[StampedFile]:
    """Yield the files that give an id which a touched file gives too; they are read
    again.
    """
    rivals: set[int] = set()
    doubles = _doubles(connection)
    while (
        more := {no for pair in doubles if {*pair} & (touched | rivals) for no in pair}
        - rivals
    ):
        rivals |= more
    directories = {folder.path: folder.directory for folder in found}
    for no in sorted(rivals - touched):
        row = connection.execute("SELECT * FROM file WHERE no = ?", (no,)).fetchone()
        folder, path = os.fsdecode(row["folder"]), os.fsdecode(row["path"])
        file = RecordFile(directories[folder], path, row["type"])
        size = int(row["stamp"].split("/")[0])
        yield StampedFile(no, file, folder, row["stamp"], row["is_settled"], size)


def replace_file(
    connection: sqlite3.Connection, file: RecordFile, raw: bytes | Diagnostic
) -> None:
    """Put the rows of a file that holds `raw` in place of what stands of it in the
    index.

    Within the transaction of the caller, who undoes it: the disk does not say the same.
    """
    sql = "SELECT no FROM file WHERE path = ?"
    row = connection.execute(sql, (os.fsencode(file.path),)).fetchone()
    last = connection.execute("SELECT coalesce(max(no), 0) FROM file").fetchone()[0]
    if row:
        _drop(connection, row["no"])
    forget_between(connection)
    no = row["no"] if row else last + 1
    rows = _no_rows()
    folder = file.path.rpartition(os.sep)[0]
    add_file(rows, StampedFile(no, file, folder, "", is_settled=False, size=0), raw)
    _write(connection, rows)


def forget_between(connection: sqlite3.Connection) -> None:
    """Forget what was found between records, since some of them are others now."""
    connection.execute("DELETE FROM problem WHERE found = ?", (Stage.BETWEEN,))
    connection.execute("DELETE FROM checked WHERE file = 0")


class _Changes(NamedTuple):
    """What differs from the index: files with new content, with a new stamp only, and
    gone.
    """

    changed: list[StampedFile]
    same: list[StampedFile]
    gone: list[int]
    known: int


def _changes(
    connection: sqlite3.Connection, found: Sequence[tables.ScannedFolder], now: int
) -> _Changes:
    """Hold the files of the parts of folders that differ against the rows made of them."""
    number, last = connection.execute(
        "SELECT count(*), coalesce(max(no), 0) FROM file"
    ).fetchone()
    changes = _Changes([], [], [], number)
    free = count(last + 1)
    differing = tables.changed_parts(connection, found)
    for folder in found:
        parts = {part for path, part in differing if path == os.fsencode(folder.path)}
        known = _known(connection, folder.path, parts)
        for entry in _listed(folder, parts):
            row = known.pop(f"{folder.path}{os.sep}{entry.name}", None)
            if row and _is_as_read(entry, row, now):
                continue
            file = file_at(folder.directory, folder.path, entry.name)
            if file is None:
                continue
            one = _stamped(
                row["no"] if row else next(free), entry, file, folder.path, now
            )
            is_changed = row is None or _is_changed(one, row)
            (changes.changed if is_changed else changes.same).append(one)
        changes.gone.extend(row["no"] for row in known.values())
    return changes


def _known(
    connection: sqlite3.Connection, folder: str, parts: Iterable[int]
) -> dict[str, sqlite3.Row]:
    """Return the rows of the files in parts of a folder, by path."""
    rows = connection.execute(
        "SELECT no, path, stamp, is_settled, hash FROM file"
        " WHERE folder = ? AND part IN (SELECT value FROM json_each(?))",
        (os.fsencode(folder), json.dumps(sorted(parts))),
    )
    return {os.fsdecode(row["path"]): row for row in rows}


def _listed(
    folder: tables.ScannedFolder, parts: Collection[int]
) -> list[os.DirEntry[str]]:
    """Return what stands in parts of a folder, in order.

    The scan could list it: what keeps it from being listed now must not be taken for no
    files.
    """
    if not parts or not folder.is_listed:
        return []
    try:
        with os.scandir(folder.path) as listing:
            found = [entry for entry in listing if tables.part_of(entry.name) in parts]
    except OSError as error:
        raise paths.cannot_read(folder.path, error) from None
    return sorted(found, key=lambda entry: entry.name)


def _files_in(folder: tables.ScannedFolder, now: int) -> list[StampedFile]:
    """Return the files of a folder in order, not numbered yet; what is misplaced is
    none.
    """
    listed = _listed(folder, range(tables.PARTS))
    placed = (
        (entry, file_at(folder.directory, folder.path, entry.name)) for entry in listed
    )
    return [
        _stamped(0, entry, file, folder.path, now) for entry, file in placed if file
    ]


def _stamped(
    no: int, entry: os.DirEntry[str], file: RecordFile, folder: str, now: int
) -> StampedFile:
    stamp = tables.file_stamp(entry)
    return StampedFile(
        no, file, folder, _as_text(stamp), _is_settled(stamp, now), stamp[0]
    )


def _as_text(stamp: Iterable[int]) -> str:
    return "/".join(map(str, stamp))


def _is_settled(stamp: Sequence[int], now: int) -> bool:
    return max(stamp[1:3]) < now - tables.UNSETTLED


def _is_as_read(entry: os.DirEntry[str], known: sqlite3.Row, now: int) -> bool:
    """Whether the stamp of a file tells that it is the one that its rows were made of."""
    stamp = tables.file_stamp(entry)
    is_settled = known["is_settled"] and _is_settled(stamp, now)
    return bool(is_settled and known["stamp"] == _as_text(stamp))


def _is_changed(one: StampedFile, known: sqlite3.Row) -> bool:
    """Whether a file is another than the one that its rows were made of."""
    if known["is_settled"] and known["stamp"] == one.stamp:
        return False
    return bool(_hash(read_bytes(one.file.path)) != known["hash"])


def _note_folders(
    connection: sqlite3.Connection, found: Sequence[tables.ScannedFolder]
) -> None:
    """Note the folders that the rows were made of; what was not read is looked at
    again.
    """
    connection.execute("DELETE FROM folder")
    connection.executemany(
        "INSERT INTO folder VALUES (?, ?, ?)",
        [
            (os.fsencode(one.path), part, None if part in one.unsettled else state)
            for one in found
            for part, state in one.states.items()
        ],
    )
    connection.execute(
        "UPDATE folder SET state = NULL WHERE (path, part) IN (SELECT file.folder, file.part"
        " FROM file WHERE is_left_out AND NOT is_settled)"
    )
    _note_unlisted(connection, found)


def _note_unlisted(
    connection: sqlite3.Connection, found: Iterable[tables.ScannedFolder]
) -> None:
    """Note the folders whose names may not be read; where these are others, rules say
    others.
    """
    rows = [
        (os.fsencode(one.path), type_)
        for one in found
        if not one.is_listed
        for type_ in types_in(one.directory, one.path)
    ]
    known = {
        tuple(row) for row in connection.execute("SELECT path, type FROM unlisted")
    }
    if known != {*rows}:
        forget_between(connection)
        connection.execute("DELETE FROM unlisted")
        connection.executemany("INSERT INTO unlisted VALUES (?, ?)", rows)


# -- Writing ------------------------------------------------------------------


def fill_index(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Write the records of a dataset that was read as a whole into an empty index."""
    rows = _no_rows()
    _add_records(rows, 1, dataset)
    connection.execute("BEGIN")
    tables.create(connection, (*tables.TABLES, *tables.VIEWS))
    _write(connection, rows)
    tables.create(connection, tables.INDEXES)
    connection.execute("COMMIT")


def _fill(
    connection: sqlite3.Connection,
    files: Sequence[StampedFile],
    progress: Progress | None,
) -> None:
    """Write the rows of files, and tell how far that is."""
    total, done = sum(one.size for one in files), 0
    with closing(_made(files)) as made:
        for group, rows in made:
            _write(connection, rows)
            done += sum(one.size for one in group)
            if progress:
                progress(done, total)


def _write(connection: sqlite3.Connection, rows: Rows) -> None:
    """Write rows, but for those of a record whose id is taken."""
    taken = connection.executemany(INSERTS["record"], rows["record"]).rowcount
    if rows["record"] and taken < len(rows["record"]):
        rows = _without_refused(connection, rows)
    for table, sql in INSERTS.items():
        if table != "record":
            connection.executemany(sql, rows[table])


def _without_refused(connection: sqlite3.Connection, rows: Rows) -> Rows:
    """Return the rows without those of records whose id was taken, which are lost."""
    numbers = [row[0] for row in rows["record"]]
    taken = connection.execute(
        "SELECT no FROM record WHERE no IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    )
    refused = set(numbers) - {row["no"] for row in taken}
    spoilt = {no >> tables.SPAN for no in refused}
    lost = [
        (no >> tables.SPAN, document, type_, id_)
        for no, type_, id_, *_, document, _ in rows["record"]
        if no in refused
    ]
    labels = [row for row in rows["label"] if row[1] not in refused]
    entries = [row for row in rows["entry"] if row[1] not in refused]
    label_numbers, entry_numbers = (
        {row[0] for row in labels},
        {row[0] for row in entries},
    )
    return {
        **rows,
        "file": [_left_out(row) if row[0] in spoilt else row for row in rows["file"]],
        "lost": rows["lost"] + lost,
        "label": labels,
        "trigrams": [row for row in rows["trigrams"] if row[0] in label_numbers],
        "ref": [row for row in rows["ref"] if row[0] not in refused],
        "evidence": [row for row in rows["evidence"] if row[0] not in refused],
        "named": [row for row in rows["named"] if row[0] not in refused],
        "titled": [row for row in rows["titled"] if row[0] not in refused],
        "entry": entries,
        "entry_ref": [row for row in rows["entry_ref"] if row[0] in entry_numbers],
    }


def _left_out(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the row of a file from which something could not be taken."""
    *before, _, is_partial, ignores = row
    return (*before, True, is_partial, ignores)


# Of a record with a title, and of one with a name.
_WITHOUT_WORDS = (
    "INSERT INTO titled (titled, rowid, title, text) VALUES ('delete', ?,?,?)",
    "INSERT INTO named (named, rowid, name, alias, text) VALUES ('delete', ?,?,?,?)",
)


def _drop(connection: sqlite3.Connection, file: int) -> None:
    """Remove a file and all rows that were made of it."""
    numbers = (file << tables.SPAN, (file + 1 << tables.SPAN) - 1)
    labels: dict[int, list[tuple[str, str]]] = {}
    named = connection.execute(
        "SELECT no, record, text, folded, reason FROM label WHERE no BETWEEN ? AND ? ORDER BY no",
        numbers,
    ).fetchall()
    for label in named:
        labels.setdefault(label["record"], []).append((label["text"], label["reason"]))
    records = connection.execute(
        "SELECT no, type, body FROM record WHERE no BETWEEN ? AND ?", numbers
    ).fetchall()
    of_names = {row["no"] for row in records if row["type"] in NAMED_TYPES}
    connection.executemany(
        "INSERT INTO trigrams (trigrams, rowid, label) VALUES ('delete', ?, ?)",
        [
            (row["no"], with_edges(row["folded"]))
            for row in named
            if row["record"] in of_names
        ],
    )
    for row in records:
        words = _words(row["type"], labels[row["no"]], json.loads(row["body"]))
        connection.execute(_WITHOUT_WORDS[row["no"] in of_names], (row["no"], *words))
    for table, column in (
        ("entry_ref", "entry"), ("entry", "no"), ("evidence", "record"), ("ref", "record"),
        ("label", "no"), ("record", "no"),
    ):  # fmt: skip
        connection.execute(
            f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", numbers
        )
    for table in ("lost", "problem", "checked"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (file,))
    connection.execute("DELETE FROM file WHERE no = ?", (file,))


# -- From files to rows -------------------------------------------------------


def _made(files: Sequence[StampedFile]) -> Generator[tuple[list[StampedFile], Rows]]:
    """Yield groups of files, in order, with their rows; made by as many processes as
    pay.
    """
    groups = list(_grouped(files))
    number = os.cpu_count() or 1
    if number < 2 or sum(one.size for one in files) < PARALLEL_BYTES or not _may_fork():
        for group in groups:
            yield group, rows_of_files(group)
        return
    with _workers([groups[first::number] for first in range(number)]) as workers:
        for group, worker in zip(groups, cycle(workers), strict=False):
            yield group, _received(worker)


# Each worker has a pipe of its own, and no thread stands between: one that is killed at
# any moment is seen at the end of its pipe and leaves nothing locked.
# `ProcessPoolExecutor` waits for ever for the rest of a result that a killed worker had
# begun to send.


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection


@contextmanager
def _workers(shares: Iterable[list[list[StampedFile]]]) -> Iterator[list[_Worker]]:
    """Have each share made by a process; however that ends, they are gone."""
    workers: list[_Worker] = []
    try:
        with _undisturbed():
            for share in shares:
                workers.append(_begun(share))  # noqa: PERF401 - those begun are ended if one fails
        yield workers
    finally:
        with _undisturbed():
            for worker in workers:
                worker.process.kill()
            for worker in workers:
                worker.process.join()
                worker.pipe.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off Ctrl-C while workers begin and end; whoever begins here never hears of
    it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begun(share: list[list[StampedFile]]) -> _Worker:
    import multiprocessing

    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_work, args=(share, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(share: list[list[StampedFile]], pipe: Connection, parent: int) -> None:
    """Send the rows of each group, or the fault in the way, while there is one who
    reads them.

    No cycles are left behind here to be collected.
    """
    gc.disable()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    with suppress(BrokenPipeError):
        for group in share:
            pipe.send(_tried(group))


def _tried(group: list[StampedFile]) -> Rows | Exception:
    try:
        return rows_of_files(group)
    except Exception as fault:
        return fault


def _received(worker: _Worker) -> Rows:
    """Return the next rows of a worker; what went wrong there goes wrong here."""
    try:
        made: Rows | Exception = worker.pipe.recv()
    except (EOFError, OSError):
        raise RuntimeError("a process that read files was killed") from None
    if isinstance(made, Exception):
        raise made
    return made


def _end_with(parent: int) -> None:
    """End this process soon after its parent, who would have read what it makes."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _grouped(files: Iterable[StampedFile]) -> Iterator[list[StampedFile]]:
    """Yield files together until they are large enough to be worth a message."""
    group: list[StampedFile] = []
    size = 0
    for one in files:
        group.append(one)
        size += one.size
        if size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _may_fork() -> bool:
    """Whether this process can have workers that need not import everything again."""
    import multiprocessing

    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return can_fork and not multiprocessing.current_process().daemon


def rows_of_files(files: Iterable[StampedFile]) -> Rows:
    """Read files and return their rows, by table."""
    rows = _no_rows()
    for one in files:
        add_file(rows, one, read_bytes(one.file.path))
    return rows


def add_file(rows: Rows, one: StampedFile, raw: bytes | Diagnostic) -> None:
    """Add the rows of one file that holds `raw`, or cannot be read."""
    dataset = Dataset((one.file.directory,))
    load_file(dataset, one.file, raw)
    is_settled = one.is_settled and not is_unreadable(raw)
    rows["file"].append(
        (one.no, os.fsencode(one.folder), tables.part_of(one.file.path.rpartition(os.sep)[2]),
         os.fsencode(one.file.path), one.file.type, one.stamp, is_settled, _hash(raw),
         bool(dataset.left_out), bool(dataset.partial), suppressions.find_suppressions(raw))
    )  # fmt: skip
    rows["problem"] += [
        (
            one.no,
            Stage.IN_FILE,
            found.rule.name,
            *found.span[1:],
            found.message,
            found.help,
        )
        for found in dataset.problems
    ]
    rows["lost"] += [
        (one.no, origin.document, type_, id_)
        for type_, seen in dataset.seen.items()
        for id_, origin in seen.items()
        if id_ not in dataset.records[type_]
        and id_.isascii()  # as all are that can be named
    ]
    _add_records(rows, one.no, dataset)


def _no_rows() -> Rows:
    return {table: [] for table in INSERTS}


def _hash(raw: bytes | Diagnostic) -> bytes:
    """Return what tells the content of a file; of one that cannot be read, that and
    why.
    """
    content = (
        raw if isinstance(raw, bytes) else f"{raw.rule.name}: {raw.message}".encode()
    )
    return hashlib.blake2b(content, digest_size=16).digest()


def _add_records(rows: Rows, file: int, records: Iterable[Loaded]) -> None:
    """Add the rows of the records of one file."""
    first = file << tables.SPAN
    label_no, entry_no = count(first), count(first + tables.MIDDLE)
    for no, record in enumerate(records, start=first):
        body = record.model.model_dump(mode="json", by_alias=True, exclude_none=True)
        named = list(labels(record))
        row = (no, *_record_row(record), record.origin.document, _json(body))
        rows["record"].append(row)
        is_named = record.type in NAMED_TYPES
        rows["named" if is_named else "titled"].append(
            (no, *_words(record.type, named, body))
        )
        for text, reason in named:
            label, folded = next(label_no), fold(text)
            rows["label"].append((label, no, text, folded, reason))
            if is_named:
                rows["trigrams"].append((label, with_edges(folded)))
        referred = (
            (r.path[0], r.type, r.id) for r in find_references(record.type, body)
        )
        rows["ref"] += [
            (no, at, *found) for at, found in enumerate(dict.fromkeys(referred))
        ]
        if isinstance(record.model, Record):
            found = source_shares(body)
            rows["evidence"] += [
                (no, source, record.type, len(found) - 1, *share)
                for source, share in found.items()
            ]
        is_event = record.type == Event.type
        for entry in timeline_entries(record.id, record.model):
            _add_entry(
                rows, no if is_event else next(entry_no), no, entry, is_event=is_event
            )


def _add_entry(
    rows: Rows, no: int, record: int, entry: Entry, *, is_event: bool
) -> None:
    """Add the rows of an entry; what an event says and whom it concerns its record has."""
    said = None if is_event else _json(_said(entry))
    rows["entry"].append(
        (no, record, entry.path, entry.kind, entry.detail, entry.date,
         *_bounds(entry.date, is_once=not is_event and entry.kind in END_KINDS),
         *_keys(entry.date), *_until(entry), entry.is_general, *(entry.listed or (None, None)),
         said)
    )  # fmt: skip
    if not is_event:
        concerned = enumerate(_concerned(entry))
        rows["entry_ref"] += [(no, position, *key) for position, key in concerned]


def labels(record: Loaded) -> Iterator[tuple[str, str]]:
    """Yield each name that a record can be called by, with the reason: id, name, title
    or alias.
    """
    yield record.id, "id"
    model = record.model
    name = _name(model)
    if name:
        yield name, "title" if record.type in TITLED_TYPES else "name"
    fields = vars(model)
    for other in (fields.get("names") or fields.get("labels") or {}).values():
        if other != name:
            yield other, "name"
    for alias in fields.get("aliases") or ():
        yield (alias if isinstance(alias, str) else alias.name), "alias"


def _words(
    type_: str, named: Sequence[tuple[str, str]], body: dict[str, Any]
) -> tuple[str, ...]:
    """Return the words of a record as the columns of `named` or `titled` have them."""
    names = index_names(text for text, reason in named if reason != "alias")
    aliases = index_names(text for text, reason in named if reason == "alias")
    text = index_text(prose_texts(body))
    return (names, aliases, text) if type_ in NAMED_TYPES else (names, text)


def _name(model: Part) -> str | None:
    for field in ("name", "title", "label"):
        text: str | None = vars(model).get(field)
        if text:
            return text
    return None


def _record_row(record: Loaded) -> tuple[Any, ...]:
    model = record.model
    date = _own_date(model)
    status = (
        model.status[-1].is_
        if isinstance(model, Partnership) and model.status
        else None
    )
    return (
        record.type,
        record.id,
        _name(model),
        vars(model).get("kind"),
        model.country if isinstance(model, City | Organization) else None,
        model.level if isinstance(model, City) else None,
        status,
        date,
        *_bounds(date),
        _keys(date)[0],
        _over(model),
    )


def _own_date(model: Part) -> str | None:
    if isinstance(model, Partnership):
        return model.start
    if isinstance(model, Theme | City | Organization):
        return None
    date: str | None = vars(model).get("date")
    return date


def _over(model: Part) -> str | None:
    """Return the latest day of a partnership's stated end."""
    if isinstance(model, Partnership) and model.end:
        return _bounds(model.end)[1]
    return None


def _until(entry: Entry) -> tuple[str | None, str | None]:
    """Return the last day on which something may hold, and the last on which it surely
    does.
    """
    if entry.until is None:
        return (None, None)
    holds = validity_between(OPEN, *entry.until)
    return (holds.latest, holds.lasts_until)


def _bounds(text: str | None, *, is_once: bool = False) -> tuple[str | None, ...]:
    """Return earliest, latest, begun-by and lasts-until of a date as text that
    compares.

    What happens once falls on some day of an interval and does not last.
    """
    if text is None:
        return (None, None, None, None)
    return once(text) if is_once else date_validity(text)


@lru_cache(maxsize=65536)
def _keys(text: str | None) -> tuple[str | None, str | None]:
    """Return what a date sorts by, and what it sorts by where the latest comes first."""
    if text is None:
        return (None, None)
    date = dates.parse(text)
    return (date.sort_key, date.reverse_key)


def _said(entry: Entry) -> dict[str, Any]:
    """Return what an entry says beyond its columns, written as in a record."""
    said = {
        "title": entry.title,
        "summary": entry.summary,
        "value": entry.value,
        "cities": [_involved("city", city) for city in entry.cities],
        "themes": entry.themes,
        "organizations": [
            _involved("organization", item) for item in entry.organizations
        ],
        "sources": [{"source": s.source, "note": s.note} for s in entry.sources],
        "claims": [claim.model_dump(mode="json") for claim in entry.claims],
        "undated": [_involved("city", city) for city in entry.undated],
    }
    return {key: value for key, value in said.items() if value not in (None, (), [])}


def _involved(type_: str, item: Involved) -> dict[str, Any]:
    return {type_: item.id, "role": item.role} if item.role else {type_: item.id}


def _concerned(entry: Entry) -> list[tuple[str, str]]:
    concerned = (
        *(("city", city.id) for city in entry.cities),
        *(("theme", theme) for theme in entry.themes),
        *(("organization", item.id) for item in entry.organizations),
        *(("partnership", tie) for tie in entry.partnerships),
        *(("source", source.source) for source in entry.sources),
    )
    return list(dict.fromkeys(concerned))


def _json(value: object) -> str:
    return to_json(value).decode()
