"""KnowledgeBase: opens the data and answers every question about it.

Each question is imported when it is asked: a command asks one, and starts so much sooner.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from citylinks import answers, paths
from citylinks.errors import CitylinksError, UsageError
from citylinks.index import (
    files_left_out,
    has_tables,
    is_fresh,
    open_in_memory,
    open_on_disk,
    scan,
)
from citylinks.query import Filters
from citylinks.questions.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from citylinks.questions.validation import Found, Wanted

    Progress = Callable[[int, int], None]

_NO_FILTERS = Filters()

Answered = TypeVar("Answered")


class KnowledgeBase:
    """The records of one or more data directories, ready to be asked.

    A name in a question is an id, a name or an alias, in any script and case. One that no record
    bears raises `NotFoundError`, one that several bear `AmbiguousError`, and any other word
    without meaning `UsageError`.
    """

    def __init__(
        self,
        index: sqlite3.Connection,
        directories: Sequence[str] = (),
        file: Path | None = None,
    ) -> None:
        self.directories = tuple(directories)
        self._file = file
        self._session = Session(index)

    @classmethod
    def open(
        cls, *directories: str | os.PathLike[str], progress: Progress | None = None
    ) -> KnowledgeBase:
        """Open the given data directories, or those found from here and the environment.

        Bad records raise nothing: `files_left_out` names their files and `validate` says why.
        What was read before is taken from the index, for as long as the files are the same.
        Where much is to be read, `progress` is told how many bytes have been, of how many.
        """
        found = _directories(directories)
        try:
            file = _index_file(found)
            return cls(_fresh(file, found, progress), found, file)
        except (sqlite3.Error, OSError) as fault:
            _tell(fault)
            return cls(_in_memory(found, progress), found)

    @property
    def files_left_out(self) -> tuple[str, ...]:
        """The files from which something could not be taken."""
        return tuple(self._ask(lambda session: files_left_out(session.index)))

    def _ask(self, question: Callable[[Session], Answered], *, writes: bool = False) -> Answered:
        """Ask in one snapshot; where the index turns out to be damaged, ask the files."""
        try:
            with self._session.snapshot(writes=writes):
                return question(self._session)
        except sqlite3.Error as fault:
            if not (self._file and _is_of_the_file(fault)):
                raise
            _tell(fault)
            if _is_damage(fault):
                paths.remove_index(self._file)
            self._session, self._file = Session(_in_memory(self.directories)), None
            return question(self._session)

    def close(self) -> None:
        """Let go of the index; asking again raises `sqlite3.ProgrammingError`."""
        self._session.index.close()

    def __enter__(self) -> KnowledgeBase:
        """Use it in a `with`, which closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def timeline(self, *subjects: str, filters: Filters = _NO_FILTERS) -> answers.Timeline:
        """Return what happened, in order: to one subject, between two cities, or at all.

        Alone, a subject may be a city or a partnership. The same city twice is a `UsageError`.
        """
        from citylinks.questions.timeline import timeline

        return self._ask(lambda session: timeline(session, subjects, filters.listed()))

    def list(self, what: str, filters: Filters = _NO_FILTERS) -> answers.Answer:
        """Return the records of one kind: `cities`, `partnerships`, `agreements` and so on."""
        from citylinks.questions.lists import list_of

        return self._ask(lambda session: list_of(session, what, filters.listed()))

    def search(
        self, text: str, filters: Filters = _NO_FILTERS, *, limit: int = 20
    ) -> answers.Search:
        """Return the records that speak of every word and quoted phrase of `text`, best first."""
        from citylinks.questions.search import search

        return self._ask(lambda session: search(session, text, filters.listed(), limit))

    def stats(self, by: str, filters: Filters = _NO_FILTERS) -> answers.Stats:
        """Return how many partnerships and events there are by `theme`, `decade`, `kind`, ..."""
        from citylinks.questions.stats import stats

        return self._ask(lambda session: stats(session, by, filters.listed()))

    def show(self, name: str) -> answers.Shown:
        """Return one record whole; `city/lyon` says its type where an id alone does not."""
        from citylinks.questions.profile import show

        return self._ask(lambda session: show(session, name))

    def validate(
        self,
        only: Sequence[str] = (),
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        strict: bool = False,
        limit: int | None = None,
    ) -> answers.Validation:
        """Return every problem of the data, or those in the files and folders of `only`.

        `select` and `ignore` hold codes of rules, their names, or beginnings of codes, and
        overrule those of `citylinks.toml`; with `strict`, warnings fail too. The results end
        after `limit`, the totals are of all.
        """
        from citylinks.questions.validation import Wanted, validation

        return validation(self._validate(Wanted(only, select, ignore, strict)), limit)

    def count_problems(
        self,
        only: Sequence[str] = (),
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        strict: bool = False,
    ) -> answers.Statistics:
        """Return how many problems there are of each rule; asked for as by `validate`."""
        from citylinks.questions.validation import Wanted, statistics

        return statistics(self._validate(Wanted(only, select, ignore, strict)))

    def _validate(self, wanted: Wanted) -> Found:
        from citylinks.checks import keep
        from citylinks.questions.validation import validate

        def ask(session: Session) -> Found:
            found = validate(session, self.directories, today(), wanted)
            if session.is_writing:
                keep(session.index, found.checked, today())
            return found

        return self._ask(ask, writes=True)

    def version(self) -> answers.Version:
        """Return what is installed and what it reads."""
        import platform
        from importlib.metadata import version as installed_version

        sql = "SELECT type, count(*) AS n FROM record GROUP BY type"
        counted = self._ask(lambda session: session.fetch(sql))
        info = answers.VersionInfo(
            version=installed_version("citylinks"),
            python=platform.python_version(),
            schemas=tuple(answers.schema_name(answer) for answer in answers.ANSWERS.values()),
            data=tuple(paths.shown(directory) for directory in self.directories),
            counts={row["type"]: row["n"] for row in counted},
        )
        return answers.Version(query={}, results=(info,))


def explain(*names: str) -> answers.Explained:
    """Return what the rules of these codes, names or beginnings of codes want; else all rules."""
    from citylinks.questions import explain

    return explain.explain(names)


def index_path(*directories: str | os.PathLike[str]) -> Path:
    """Return where the index of the data directories is kept."""
    return _index_file(_directories(directories))


def index_status(*directories: str | os.PathLike[str]) -> str:
    """Return in words how the index of the data directories stands."""
    found = _directories(directories)
    file = _index_file(found)
    if not file.is_file():
        return f"{file}: not made yet\n"
    try:
        with closing(open_on_disk(str(file), today())) as connection:
            if not has_tables(connection):
                return f"{file}: not made yet\n"
            state = "fresh" if is_fresh(connection, scan(found)) else "to be refreshed"
            count = connection.execute("SELECT count(*) FROM record").fetchone()[0]
    except (sqlite3.Error, OSError) as fault:
        return f"{file}: cannot be used ({fault})\n"
    return f"{file}: {state}, {count} records, {file.stat().st_size} bytes\n"


def make_index(*directories: str | os.PathLike[str]) -> None:
    """Bring the index of the data directories up to date; `CitylinksError` if it cannot be kept."""
    found = _directories(directories)
    with _kept():
        _fresh(_index_file(found), found).close()


def rebuild_index(*directories: str | os.PathLike[str], progress: Progress | None = None) -> None:
    """Make the index of the data directories anew; `CitylinksError` where it cannot be kept."""
    found = _directories(directories)
    with _kept(), closing(_fresh(_index_file(found), found)) as connection:
        _refresh(connection, found, progress, anew=True)


@contextmanager
def _kept() -> Iterator[None]:
    """Say so where the index file cannot be written."""
    try:
        yield
    except (sqlite3.Error, OSError) as fault:
        raise CitylinksError(f"the index cannot be kept: {fault}") from None


def clear_index() -> int:
    """Remove the index files of all data directories and versions; return how many there were."""
    try:
        files = sorted(paths.cache_directory().glob("index-*.sqlite"))
        for file in files:
            paths.remove_index(file)
    except OSError as fault:
        raise CitylinksError(f"the index cannot be removed: {fault}") from None
    return len(files)


def _directories(given: Sequence[str | os.PathLike[str]]) -> list[str]:
    return [str(path) for path in paths.data_directories(given)]


def _index_file(directories: Sequence[str]) -> Path:
    return paths.index_file(directories, paths.code_state())


def _fresh(
    file: Path, directories: Sequence[str], progress: Progress | None = None
) -> sqlite3.Connection:
    """Return the index on disk, brought up to date; one that is damaged is made anew."""
    try:
        return _brought_up_to_date(file, directories, progress)
    except sqlite3.DatabaseError as fault:
        if isinstance(fault, sqlite3.OperationalError):  # locked, read-only, no room, no file
            raise
        _tell(fault)
        paths.remove_index(file)
        return _brought_up_to_date(file, directories, progress)


def _brought_up_to_date(
    file: Path, directories: Sequence[str], progress: Progress | None
) -> sqlite3.Connection:
    connection = open_on_disk(str(file), today())
    try:
        if not is_fresh(connection, scan(directories)):
            _refresh(connection, directories, progress)
    except BaseException:
        connection.close()
        raise
    return connection


def _in_memory(directories: Sequence[str], progress: Progress | None = None) -> sqlite3.Connection:
    connection = open_in_memory(today())
    try:
        _refresh(connection, directories, progress)
    except BaseException:
        connection.close()
        raise
    return connection


def _refresh(
    connection: sqlite3.Connection,
    directories: Sequence[str],
    progress: Progress | None,
    *,
    anew: bool = False,
) -> None:
    from citylinks.build import refresh

    refresh(connection, directories, progress, anew=anew)


_DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_OF_THE_FILE = _DAMAGE | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}


def _is_damage(fault: sqlite3.Error) -> bool:
    """Whether the index file is not what it was written to be."""
    return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGE


def _is_of_the_file(fault: sqlite3.Error) -> bool:
    """Whether the fault lies with the index file, and not with the question."""
    return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _OF_THE_FILE


def _tell(fault: Exception) -> None:
    """Say why the index on disk is not used, to those who want to know."""
    if os.environ.get("CITYLINKS_DEBUG"):
        sys.stderr.write(f"citylinks: index: {fault!r}\n")


def today() -> str:
    """Return the ISO day on which it is asked: `CITYLINKS_TODAY` where that is set."""
    given = os.environ.get("CITYLINKS_TODAY")
    try:
        return date.fromisoformat(given).isoformat() if given else date.today().isoformat()
    except ValueError:
        raise UsageError(f"CITYLINKS_TODAY is '{given}', not a day such as 2026-11-22") from None
