"""The index as it is written: the only way from files to rows, imported only when some changed.

Whole files become rows by themselves, so that several processes can make them; one writes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates, index
from citylinks.entries import Entry, Involved, entries
from citylinks.folding import bounded, fold, indexed, indexed_names
from citylinks.loader import Dataset, File, list_files, load_file, read_bytes
from citylinks.model import City, Organization, Partnership, Theme
from citylinks.prose import prose
from citylinks.references import references
from citylinks.vocabulary import NAMED_TYPES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from citylinks.diagnostics import Diagnostic
    from citylinks.loader import Loaded
    from citylinks.model import Part


PARALLEL_BYTES = 4 * 1024 * 1024  # below which a second process costs more than it spares


class Rows(NamedTuple):
    """The rows of one record, but for the numbers that link them."""

    record: tuple[Any, ...]
    labels: list[tuple[str, str, str]]
    refs: list[tuple[str, str, str, str | None]]
    words: tuple[str, ...]
    entries: list[tuple[tuple[Any, ...], list[tuple[str, str]]]]


class FileRows(NamedTuple):
    """The rows of one file; `hash` is that of the bytes that they were made of."""

    path: str
    hash: bytes
    is_left_out: bool
    problems: str
    records: list[Rows]


class Stamped(NamedTuple):
    """A file as the disk has it."""

    file: File
    stamp: str
    is_settled: bool
    size: int


# -- Refreshing ---------------------------------------------------------------


def refresh(connection: sqlite3.Connection, directories: Sequence[str]) -> None:
    """Bring the index up to date with the disk in one transaction; at once, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not index.has_tables(connection):
            index.create(connection)
        now = time.time_ns()
        found = index.scan(directories)
        if not index.is_fresh(connection, found):
            _renew(connection, _on_disk(directories, now))
            _note_folders(connection, found, now)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _renew(connection: sqlite3.Connection, found: Sequence[Stamped]) -> None:
    """Make the rows anew of what was added or changed, and drop those of what is gone."""
    known = {os.fsdecode(row["path"]): row for row in connection.execute("SELECT * FROM file")}
    paths = [one.file.path for one in found]
    changed = [one for one in found if _is_changed(one, known.get(one.file.path))]
    gone = known.keys() - set(paths)
    touched = gone | {one.file.path for one in changed}
    if touched and _has_doubles(connection):
        changed, touched = list(found), set(known)  # which of two records counts may be another
    for path in touched & known.keys():
        _drop(connection, known[path]["no"])
    _note_stamps(connection, found, known)
    doubles = _write_files(connection, changed)
    if doubles and len(changed) < len(found):
        for row in connection.execute("SELECT no FROM file").fetchall():
            _drop(connection, row["no"])
        _write_files(connection, found)


def _is_changed(one: Stamped, known: sqlite3.Row | None) -> bool:
    """Whether a file is another than the one that its rows were made of."""
    if known is None:
        return True
    if known["is_settled"] and known["stamp"] == one.stamp:
        return False
    return bool(_hash(read_bytes(one.file.path)) != known["hash"])


def _note_stamps(
    connection: sqlite3.Connection, found: Iterable[Stamped], known: dict[str, sqlite3.Row]
) -> None:
    """Keep the stamps of files whose content is what it was."""
    noted = [
        (one.stamp, one.is_settled, os.fsencode(one.file.path))
        for one in found
        if one.file.path in known
        and (known[one.file.path]["stamp"], bool(known[one.file.path]["is_settled"]))
        != (one.stamp, one.is_settled)
    ]
    connection.executemany("UPDATE file SET stamp = ?, is_settled = ? WHERE path = ?", noted)


def _note_folders(connection: sqlite3.Connection, found: Iterable[index.Folder], now: int) -> None:
    connection.execute("DELETE FROM folder")
    connection.executemany(
        "INSERT INTO folder VALUES (?, ?)",
        [(os.fsencode(one.path), one.state if one.is_settled(now) else None) for one in found],
    )


def _on_disk(directories: Sequence[str], now: int) -> list[Stamped]:
    """Return the files of the data directories in order; what is misplaced is none of them."""
    stamps: dict[str, tuple[str, int, int]] = {}
    for folder in index.folders(directories):
        try:
            with os.scandir(folder) as listing:
                for entry in listing:
                    mark, touched = index.stamp(entry)
                    stamps[entry.path] = (mark, touched, int(mark.split("/")[0]))
        except OSError:
            continue
    files = list_files(Dataset(tuple(directories)))
    return [
        Stamped(file, mark, touched < now - index.UNSETTLED, size)
        for file in files
        for mark, touched, size in [stamps.get(file.path, ("", now, 0))]
    ]


def _has_doubles(connection: sqlite3.Connection) -> bool:
    """Whether an id was given twice, so that what counts depends on all files."""
    sql = "SELECT 1 FROM file WHERE problems LIKE '%\"duplicate-id\"%' LIMIT 1"
    return connection.execute(sql).fetchone() is not None


# -- Writing ------------------------------------------------------------------

_RECORD = (
    "INSERT OR IGNORE INTO record (no, type, id, name, kind, country, level, status, date,"
    " earliest, latest, begun_by, lasts_until, over, body, file)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_ENTRY = (
    "INSERT INTO entry (no, record, path, kind, detail, date, earliest, latest, begun_by,"
    " lasts_until, is_general, listed_source, listed_position, body)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


# Of a record with a title, and of one with a name.
_WORDS = (
    "INSERT INTO titled (rowid, title, text) VALUES (?,?,?)",
    "INSERT INTO named (rowid, name, alias, text) VALUES (?,?,?,?)",
)
_WITHOUT_WORDS = (
    "INSERT INTO titled (titled, rowid, title, text) VALUES ('delete', ?,?,?)",
    "INSERT INTO named (named, rowid, name, alias, text) VALUES ('delete', ?,?,?,?)",
)


def fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Write the records of a dataset that was read as a whole into an empty index."""
    writer = _Writer(connection)
    connection.execute("BEGIN")
    for record in dataset:
        writer.write(0, _rows(record))
    connection.execute("COMMIT")


def _write_files(connection: sqlite3.Connection, changed: Sequence[Stamped]) -> bool:
    """Write the rows of files; return whether an id was given twice."""
    writer = _Writer(connection)
    has_doubles = False
    stamps = {one.file.path: one for one in changed}
    for made in _made(changed):
        file = _insert_file(connection, made, stamps[made.path])
        doubled = [writer.write(file, rows) for rows in made.records].count(False)
        if doubled:
            has_doubles = True
            noted = json.dumps([*json.loads(made.problems), "duplicate-id"])
            connection.execute(
                "UPDATE file SET problems = ?, is_left_out = 1 WHERE no = ?", (noted, file)
            )
    return has_doubles


def _insert_file(connection: sqlite3.Connection, made: FileRows, one: Stamped) -> int:
    cursor = connection.execute(
        "INSERT INTO file (path, stamp, is_settled, hash, is_left_out, problems)"
        " VALUES (?,?,?,?,?,?)",
        (
            os.fsencode(made.path),
            one.stamp,
            one.is_settled,
            made.hash,
            made.is_left_out,
            made.problems,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


class _Writer:
    """Gives rows their numbers and writes them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._record = self._last("record")
        self._label = self._last("label")
        self._entry = self._last("entry")

    def _last(self, table: str) -> int:
        row = self._connection.execute(f"SELECT coalesce(max(no), 0) FROM {table}").fetchone()
        return int(row[0])

    def write(self, file: int, rows: Rows) -> bool:
        """Write one record; return False where its id is taken."""
        no = self._record + 1
        run, many = self._connection.execute, self._connection.executemany
        if not run(_RECORD, (no, *rows.record, file)).rowcount:
            return False
        self._record = no
        named = list(enumerate(rows.labels, start=self._label + 1))
        self._label += len(named)
        many("INSERT INTO label VALUES (?,?,?,?,?)", [(n, no, *label) for n, label in named])
        if rows.record[0] in NAMED_TYPES:
            many(
                "INSERT INTO trigrams (rowid, label) VALUES (?,?)",
                [(n, bounded(label[1])) for n, label in named],
            )
        many("INSERT INTO ref VALUES (?,?,?,?,?)", [(no, *ref) for ref in rows.refs])
        run(_WORDS[rows.record[0] in NAMED_TYPES], (no, *rows.words))
        for entry, concerned in rows.entries:
            self._entry += 1
            run(_ENTRY, (self._entry, no, *entry))
            many("INSERT INTO entry_ref VALUES (?,?,?)", [(self._entry, *one) for one in concerned])
        return True


def _drop(connection: sqlite3.Connection, file: int) -> None:
    """Remove a file and all rows that were made of it."""
    sql = "SELECT no, type, body FROM record WHERE file = ?"
    for record in connection.execute(sql, (file,)).fetchall():
        named = connection.execute(
            "SELECT no, text, folded, reason FROM label WHERE record = ? ORDER BY no",
            (record["no"],),
        ).fetchall()
        is_named = record["type"] in NAMED_TYPES
        connection.executemany(
            "INSERT INTO trigrams (trigrams, rowid, label) VALUES ('delete', ?, ?)",
            [(label["no"], bounded(label["folded"])) for label in named if is_named],
        )
        names = [(one["text"], one["reason"]) for one in named]
        words = _words(record["type"], names, json.loads(record["body"]))
        connection.execute(_WITHOUT_WORDS[is_named], (record["no"], *words))
    mine = "(SELECT no FROM record WHERE file = ?)"
    for statement in (
        f"DELETE FROM entry_ref WHERE entry IN (SELECT no FROM entry WHERE record IN {mine})",
        f"DELETE FROM entry WHERE record IN {mine}",
        f"DELETE FROM ref WHERE record IN {mine}",
        f"DELETE FROM label WHERE record IN {mine}",
        "DELETE FROM record WHERE file = ?",
        "DELETE FROM file WHERE no = ?",
    ):
        connection.execute(statement, (file,))


# -- From files to rows -------------------------------------------------------


def _made(changed: Sequence[Stamped]) -> Iterator[FileRows]:
    """Yield the rows of each file, in order; by as many processes as pay."""
    files = [one.file for one in changed]
    workers = os.cpu_count() or 1
    if workers < 2 or sum(one.size for one in changed) < PARALLEL_BYTES or not _may_fork():
        yield from map(rows_of_file, files)
        return
    import multiprocessing
    import signal
    from concurrent.futures import ProcessPoolExecutor

    # An interruption is for the one who writes; the workers end with it.
    with ProcessPoolExecutor(
        workers,
        multiprocessing.get_context("fork"),
        signal.signal,
        (signal.SIGINT, signal.SIG_IGN),
    ) as pool:
        chunk = max(1, min(64, len(files) // 64))
        yield from pool.map(rows_of_file, files, chunksize=chunk)


def _may_fork() -> bool:
    """Whether this process can have workers that need not import everything again."""
    import multiprocessing
    import threading

    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return can_fork and not multiprocessing.current_process().daemon


def rows_of_file(file: File) -> FileRows:
    """Read one file and return its rows."""
    raw = read_bytes(file.path)
    dataset = Dataset((file.directory,))
    load_file(dataset, file, raw)
    return FileRows(
        file.path,
        _hash(raw),
        bool(dataset.left_out),
        json.dumps([problem.rule.name for problem in dataset.problems]),
        [_rows(record) for record in dataset],
    )


def _hash(raw: bytes | Diagnostic) -> bytes:
    """Return what tells the content of a file; of one that cannot be read, that and why."""
    content = raw if isinstance(raw, bytes) else f"{raw.rule.name}: {raw.message}".encode()
    return hashlib.blake2b(content, digest_size=16).digest()


def _rows(record: Loaded) -> Rows:
    body = record.model.model_dump(mode="json", by_alias=True, exclude_none=True)
    named = list(labels(record))
    return Rows(
        (*_record_row(record), _json(body)),
        [(text, fold(text), reason) for text, reason in named],
        [(str(r.path[0]), r.type, r.id, r.role) for r in references(record.type, record.model)],
        _words(record.type, named, body),
        [(_entry_row(entry), _concerned(entry)) for entry in entries(record.id, record.model)],
    )


def labels(record: Loaded) -> Iterator[tuple[str, str]]:
    """Yield each name that a record can be called by, with the reason: id, name or alias."""
    yield record.id, "id"
    model = record.model
    name = _name(model)
    if name:
        yield name, "name"
    fields = vars(model)
    for other in (fields.get("names") or fields.get("labels") or {}).values():
        if other != name:
            yield other, "name"
    for alias in fields.get("aliases") or ():
        yield (alias if isinstance(alias, str) else alias.name), "alias"


def _words(type_: str, named: Sequence[tuple[str, str]], body: dict[str, Any]) -> tuple[str, ...]:
    """Return the words of a record as the columns of `named` or `titled` have them."""
    names = indexed_names(text for text, reason in named if reason != "alias")
    aliases = indexed_names(text for text, reason in named if reason == "alias")
    text = indexed(prose(body))
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
    status = model.status[-1].is_ if isinstance(model, Partnership) and model.status else None
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


def _bounds(text: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """Return earliest, latest, begun-by and lasts-until of a date as text that compares."""
    if text is None:
        return (None, None, None, None)
    date = dates.parse(text)
    return (
        date.earliest.isoformat() if date.earliest else dates.NO_EARLIEST,
        date.latest.isoformat() if date.latest else dates.NO_LATEST,
        date.begun_by.isoformat() if date.begun_by else None,
        date.lasts_until.isoformat() if date.lasts_until else None,
    )


def _entry_row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.path,
        entry.kind,
        entry.detail,
        entry.date,
        *_bounds(entry.date),
        int(entry.is_general),
        *(entry.listed or (None, None)),
        _json(_entry_body(entry)),
    )


def _entry_body(entry: Entry) -> dict[str, Any]:
    """Return what an answer needs of an entry beyond its columns; names are joined when asked."""
    return {
        "title": entry.title,
        "summary": entry.summary,
        "value": entry.value,
        "pillars": [pillar.model_dump(mode="json") for pillar in entry.pillars],
        "attendance": entry.attendance.model_dump(mode="json") if entry.attendance else None,
        "cities": [_involved(city) for city in entry.cities],
        "themes": list(entry.themes),
        "organizations": [_involved(item) for item in entry.organizations],
        "sources": [{"id": s.source, "note": s.note} for s in entry.sources],
        "claims": [claim.model_dump(mode="json") for claim in entry.claims],
    }


def _involved(item: Involved) -> dict[str, Any]:
    return {"id": item.id, "role": item.role, "people": item.people}


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
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
