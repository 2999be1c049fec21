"""KnowledgeBase: opens the data and answers every question about it.

Each question is imported when it is asked: a command asks one, and starts so much
sooner.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TypeVar

from citylinks.dates import DateError
from citylinks.errors import CitylinksError, ClosedError, NoDataError, UsageError
from citylinks.files import paths
from citylinks.index import cache_file, store, tables
from citylinks.query import arguments
from citylinks.query.arguments import (
    Query,
    checked_query,
    flag,
    number,
    number_or_none,
    text,
    text_or_none,
    texts,
)
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.keywords import extend_query
from citylinks.questions import ANSWERS, schema_name
from citylinks.questions.session import Session

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from citylinks.index.store import Progress
    from citylinks.questions.anniversaries import Anniversaries
    from citylinks.questions.common import Common
    from citylinks.questions.evidence import (
        Conflicts,
        Coverage,
        FieldEvidence,
        Gaps,
        SourceUses,
    )
    from citylinks.questions.expiring import Expiring
    from citylinks.questions.explain import Explained
    from citylinks.questions.growth import Growth
    from citylinks.questions.path import Chains
    from citylinks.questions.results import Answer
    from citylinks.questions.search import Search
    from citylinks.questions.show import Shown
    from citylinks.questions.stats import Stats
    from citylinks.questions.timeline import (
        Timeline,
        TimelineOptions,
        TimelineQuery,
    )
    from citylinks.questions.validation import (
        Statistics,
        Validation,
        ValidationRequest,
        ValidationResult,
    )
    from citylinks.questions.version import Version

Hold = Literal["read", "write", "try"]

Answered = TypeVar("Answered")


class KnowledgeBase:
    """The records of one or more data directories, ready to be asked.

    Each question sees the files as they are when it is asked, whoever changed them, as
    each command does. For that the size, times and inode of every file are looked at,
    and what differs is read again. Any thread may ask; one question is answered at a
    time. After `close`, a question raises `ClosedError`.

    A name in a question is an id, a name or an alias, in any script and case. One that
    no record bears raises `NotFoundError`, one that several bear `AmbiguousError`, and
    any other word without meaning `UsageError`.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        directories: Sequence[str] = (),
        on_disk: store.OpenIndex | None = None,
    ) -> None:
        self.directories = tuple(directories)
        self._session = Session(connection)
        self._on_disk = on_disk
        self._renews = bool(directories)
        self._today = ""
        self._lock = threading.Lock()
        self._is_closed = False

    @classmethod
    def open(
        cls, *directories: str | os.PathLike[str], progress: Progress | None = None
    ) -> KnowledgeBase:
        """Open the given data directories, or those found from here and the
        environment.

        Bad records raise nothing: `files_left_out` names their files and `validate`
        says why. What was read before is taken from the index, for as long as the files
        are the same. Where much is to be read, `progress` is told how many bytes have
        been, of how many.
        """
        if progress is not None and not callable(progress):
            raise arguments.wrong("progress", progress, "a function")
        found = _directories(directories)
        try:
            on_disk = store.open_index(found, progress)
            return cls(on_disk.connection, found, on_disk)
        except UsageError:
            raise
        except (
            Exception
        ) as fault:  # also a ReadError: what fails once is tried once more
            store.log_fault(fault)
            return cls(store.index_in_memory(found, progress), found)

    @property
    def files_left_out(self) -> tuple[str, ...]:
        """The files from which something could not be taken, and folders that nobody
        may list.
        """
        return tuple(self._ask(lambda session: tables.files_left_out(session.index)))

    def _ask(
        self, question: Callable[[Session], Answered], how: Hold = "read"
    ) -> Answered:
        """Ask in one snapshot of the files as they are; where the index on disk fails,
        ask them.

        To `write` is to keep what was found out, if it can be kept; to `try` is to
        change the index and have it undone.
        """
        with self._lock:
            self._refuse_closed()
            if self._renews:
                paths.refuse_missing(self.directories)
                self._turn_to(store.today())
            if self._on_disk is None:
                return self._in_memory(question, how)
            return self._on_disk_or_in_memory(self._on_disk, question, how)

    def _turn_to(self, today: str) -> None:
        """Have the index know what day it is, which may be another than when it was
        opened.
        """
        if today != self._today:
            tables.set_today(self._session.index, today)
        self._today = today

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise ClosedError("the knowledge base was closed: open it again to ask")

    def _in_memory(
        self, question: Callable[[Session], Answered], how: Hold
    ) -> Answered:
        if self._renews:
            store.renew_in_memory(self._session.index, self.directories)
        return _held(self._session, question, how)

    def _on_disk_or_in_memory(
        self,
        on_disk: store.OpenIndex,
        question: Callable[[Session], Answered],
        how: Hold,
    ) -> Answered:
        """Ask the index on disk, made anew where it was removed; where it fails, one in
        memory.

        Whatever fails there and not here is the fault of the index: of damaged rows
        SQLite need not know that they are damaged.
        """
        try:
            if self._renews and not store.is_there(on_disk):
                on_disk = self._on_disk = store.open_index(self.directories)
                self._session = Session(on_disk.connection)
            return store.ask_in_place(
                on_disk,
                self.directories,
                lambda: _held(self._session, question, how),
                renews=self._renews,
            )
        except Exception as fault:
            if _is_of_the_question(fault):
                raise
            store.log_fault(fault)
            state = cache_file.index_state(on_disk.file)
            self._session, self._on_disk = (
                Session(store.index_in_memory(self.directories)),
                None,
            )
            answer = _held(self._session, question, how)
            if store.is_of_the_content(fault):
                with suppress(OSError):
                    store.remove_damaged(on_disk.file, state)
            return answer

    def ask(
        self, question: Callable[[Session, Query], Answered], query: Query
    ) -> Answered:
        """Ask a question of `citylinks.questions`: its function, with its query."""
        checked = checked_query(query)
        return self._ask(lambda session: question(session, checked))

    def close(self) -> None:
        """Let go of the index, once a question that another thread asks is answered."""
        with self._lock:
            self._session.index.close()
            self._is_closed = True

    def __enter__(self) -> KnowledgeBase:
        """Use it in a `with`, which closes it."""
        self._refuse_closed()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def timeline(
        self,
        *subjects: str | TimelineQuery,
        filters: Filters = NO_FILTERS,
        **options: Unpack[TimelineOptions],
    ) -> Timeline:
        """Return what happened, in order: to one subject, between any two of several,
        or at all.

        Alone or with `any_`, a subject may be a city or a partnership; with `any_` the
        entries are those of each. The same one twice is a `UsageError`. They are
        grouped `by` `decade`, `theme` or `city`, an entry of several groups being there
        once for each; in `reverse` the latest come first. The results end after
        `limit`.
        """
        from citylinks.questions.timeline import TimelineQuery, timeline

        if len(subjects) == 1 and isinstance(subjects[0], TimelineQuery):
            query = subjects[0]
        else:
            query = TimelineQuery(texts("subjects", subjects))
        return self.ask(timeline, extend_query(query, filters, options))

    def list(self, what: str, filters: Filters = NO_FILTERS) -> Answer:
        """Return the records of one kind: `cities`, `partnerships`, `agreements` and so
        on.
        """
        from citylinks.questions.lists import list_records

        name, chosen = text("what", what), arguments.part("filters", filters, Filters)
        return self._ask(lambda session: list_records(session, name, chosen))

    def search(
        self, text: str, filters: Filters = NO_FILTERS, *, limit: int = 20
    ) -> Search:
        """Return the records that speak of every word and quoted phrase of `text`, best
        first.
        """
        from citylinks.questions.search import search

        words, chosen = (
            arguments.text("text", text),
            arguments.part("filters", filters, Filters),
        )
        most = number("limit", limit)
        return self._ask(lambda session: search(session, words, chosen, most))

    def stats(
        self, by: str, filters: Filters = NO_FILTERS, *, limit: int | None = None
    ) -> Stats:
        """Return how many partnerships and events there are by `theme`, `decade`,
        `city`, ...
        """
        from citylinks.questions.stats import stats

        what, chosen = text("by", by), arguments.part("filters", filters, Filters)
        most = number_or_none("limit", limit)
        return self._ask(lambda session: stats(session, what, chosen, most))

    def growth(self, filters: Filters = NO_FILTERS) -> Growth:
        """Return how many ties were in force in each year, or in the years that are
        asked for.
        """
        from citylinks.questions.growth import growth

        chosen = arguments.part("filters", filters, Filters)
        return self._ask(lambda session: growth(session, chosen))

    def anniversaries(
        self,
        filters: Filters = NO_FILTERS,
        *,
        cities: Sequence[str] = (),
        within: str | None = None,
        step: int = 5,
    ) -> Anniversaries:
        """Return the round birthdays of ties, agreements and events, in steps of years.

        To any of the `cities`, or to all; `within` a period from today on, as `12m`, or
        the time of the filters, else this year and the next. Ties that have ended are
        left out, unless a status is asked for.
        """
        from citylinks.questions.anniversaries import anniversaries

        chosen, of = (
            arguments.part("filters", filters, Filters),
            texts("cities", cities),
        )
        period, years = text_or_none("within", within), number("step", step)
        return self._ask(
            lambda session: anniversaries(session, chosen, of, period, years)
        )

    def expiring(
        self,
        filters: Filters = NO_FILTERS,
        *,
        cities: Sequence[str] = (),
        within: str | None = None,
    ) -> Expiring:
        """Return the agreements that run out and are not renewed, asked for as
        `anniversaries`.

        Without a time, within a year from today; `within` a period, also those that are
        over.
        """
        from citylinks.questions.expiring import expiring

        chosen, of = (
            arguments.part("filters", filters, Filters),
            texts("cities", cities),
        )
        period = text_or_none("within", within)
        return self._ask(lambda session: expiring(session, chosen, of, period))

    def evidence(self, filters: Filters = NO_FILTERS) -> Coverage:
        """Return how many records and fields rest on no source, on one, on several, and
        so on.
        """
        from citylinks.questions.evidence import coverage

        chosen = arguments.part("filters", filters, Filters)
        return self._ask(lambda session: coverage(session, chosen))

    def conflicts(self, filters: Filters = NO_FILTERS) -> Conflicts:
        """Return where a source says otherwise than a record."""
        from citylinks.questions.evidence import conflicts

        chosen = arguments.part("filters", filters, Filters)
        return self._ask(lambda session: conflicts(session, chosen))

    def source_uses(self, filters: Filters = NO_FILTERS) -> SourceUses:
        """Return the sources with what rests on them, those most used first."""
        from citylinks.questions.evidence import source_uses

        chosen = arguments.part("filters", filters, Filters)
        return self._ask(lambda session: source_uses(session, chosen))

    def gaps(
        self, filters: Filters = NO_FILTERS, *, missing: Sequence[str] = ()
    ) -> Gaps:
        """Return the records that lack a source, a date, coordinates or a country, or
        `missing`.
        """
        from citylinks.questions.evidence import gaps

        chosen, wanted = (
            arguments.part("filters", filters, Filters),
            texts("missing", missing),
        )
        return self._ask(lambda session: gaps(session, chosen, wanted))

    def evidence_of(self, name: str, field: str | None = None) -> FieldEvidence:
        """Return on what each field of a city, a partnership or an event rests.

        With `field`, a path such as `start` or `agreements[1].signed`, of this one or
        of all within it; one that the record does not have is a `NotFoundError`.
        """
        from citylinks.questions.evidence import record_evidence

        record, path = text("name", name), text_or_none("field", field)
        return self._ask(lambda session: record_evidence(session, record, path))

    def path(
        self,
        *cities: str,
        filters: Filters = NO_FILTERS,
        all_: bool = False,
        networks: bool = False,
        max_: int | None = None,
        limit: int | None = None,
    ) -> Chains:
        """Return the first of the shortest chains of ties between two cities, by ids in
        order.

        With `all_` as many as a hundred, or `limit`; how many there are, each says.
        Each step is a tie that the filters keep; what is only planned is none, unless a
        status asks for it; networks and other gatherings are ties here with `networks`,
        or where their kind is asked for. No chain is longer than `max_` steps.
        """
        from citylinks.questions.path import PathOptions, path

        names, chosen = (
            texts("cities", cities),
            arguments.part("filters", filters, Filters),
        )
        how = PathOptions(
            flag("all_", all_),
            flag("networks", networks),
            number_or_none("max_", max_),
            number_or_none("limit", limit),
        )
        return self._ask(lambda session: path(session, names, chosen, how))

    def common(self, *cities: str, filters: Filters = NO_FILTERS) -> Common:
        """Return the partners, networks, themes and events that all of the cities
        share.
        """
        from citylinks.questions.common import common

        names, chosen = (
            texts("cities", cities),
            arguments.part("filters", filters, Filters),
        )
        return self._ask(lambda session: common(session, names, chosen))

    def show(self, name: str, *, as_of: str | None = None) -> Shown:
        """Return one record whole; `city/lyon` says its type where an id alone does
        not.

        With `as_of`, a city or a partnership as it was then.
        """
        from citylinks.questions.show import show

        record, chosen = text("name", name), Filters(as_of=as_of)
        return self._ask(lambda session: show(session, record, chosen))

    def validate(
        self,
        only: Sequence[str] = (),
        *,
        content: bytes | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        strict: bool = False,
        limit: int | None = None,
    ) -> Validation:
        """Return every problem of the data, or those in the files and folders of
        `only`.

        With `content`, `only` is one file, absent or not, in a folder of a data
        directory, and is taken to hold that; any other is a `UsageError`.

        `select` and `ignore` hold codes of rules, their names, or beginnings of codes,
        and overrule those of `citylinks.toml`; with `strict`, warnings fail too. The
        results end after `limit`, the totals are of all.
        """
        from citylinks.questions.validation import validation

        most = arguments.number_or_none("limit", limit)
        if most is not None and most < 0:
            raise UsageError(f"limit must be 0 or more, not {most}")
        wanted = self._wanted(only, content, select, ignore, strict)
        return validation(self._validate(wanted), most)

    def count_problems(
        self,
        only: Sequence[str] = (),
        *,
        content: bytes | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        strict: bool = False,
    ) -> Statistics:
        """Return how many problems there are of each rule; asked for as by `validate`."""
        from citylinks.questions.validation import statistics

        return statistics(
            self._validate(self._wanted(only, content, select, ignore, strict))
        )

    def _wanted(
        self,
        only: object,
        content: object,
        select: object,
        ignore: object,
        strict: object,
    ) -> ValidationRequest:
        """Return which problems are asked for; `UsageError` where that has no meaning."""
        from citylinks.questions.validation import ValidationRequest, placed

        wanted = ValidationRequest(
            arguments.path_list("only", only),
            texts("select", select),
            texts("ignore", ignore),
            flag("strict", strict),
            arguments.content("content", content),
        )
        return placed(wanted, self.directories)

    def _validate(self, wanted: ValidationRequest) -> ValidationResult:
        from citylinks.lint.runner import keep_findings
        from citylinks.questions.validation import validate

        def ask(session: Session) -> ValidationResult:
            tables.check_sum(session.index)
            texts = self._replaced(session, wanted)
            [[today]] = session.fetch("SELECT today()")
            found = validate(session, self.directories, today, wanted, texts)
            if session.is_writing:
                keep_findings(session.index, found.checked, today)
                tables.note_sum(session.index)
            return found

        return self._ask(ask, "write" if wanted.content is None else "try")

    def _replaced(self, session: Session, wanted: ValidationRequest) -> dict[str, str]:
        """Give a file its content for a trial, and return that as text, by the path of
        the file.
        """
        if wanted.content is None:
            return {}
        from citylinks.files.listing import MAX_BYTES, decode, find_file, too_large
        from citylinks.index.build import replace_file

        [path] = wanted.only
        raw = wanted.content
        file = find_file(self.directories, path)
        if file is None:
            return {}
        replace_file(
            session.index, file, too_large(file.path) if len(raw) > MAX_BYTES else raw
        )
        text = decode(raw, file.path)
        return {file.path: text if isinstance(text, str) else ""}

    def version(self) -> Version:
        """Return what is installed and what it reads."""
        import platform
        from importlib.metadata import version as installed_version

        from citylinks.questions.version import Version, VersionInfo

        sql = "SELECT type, count(*) AS n FROM record GROUP BY type"
        counted = self._ask(lambda session: session.fetch(sql))
        info = VersionInfo(
            version=installed_version("citylinks"),
            python=platform.python_version(),
            schemas=tuple(schema_name(answer) for _, answer in ANSWERS.values()),
            data=tuple(paths.shown(directory) for directory in self.directories),
            counts={row["type"]: row["n"] for row in counted},
        )
        return Version(query={}, results=(info,))


def opened_once(
    *directories: str | os.PathLike[str], progress: Progress | None = None
) -> KnowledgeBase:
    """Open the data for a command: it asks once, and looks at the disk when it starts."""
    kb = KnowledgeBase.open(*directories, progress=progress)
    kb._renews = False
    return kb


def explain(*names: str) -> Explained:
    """Return what the rules of these codes, names or beginnings of codes want; else all
    rules.
    """
    from citylinks.questions import explain

    return explain.explain(texts("names", names))


def _directories(given: Sequence[str | os.PathLike[str]]) -> list[str]:
    named = arguments.path_list("directories", given)
    try:
        return [str(path) for path in paths.data_directories(named)]
    except OSError as fault:
        raise NoDataError(
            f"{fault.filename}: cannot be read: {fault.strerror}"
        ) from None


def _is_of_the_question(fault: Exception) -> bool:
    """Whether it would be there with any index; a date that is none is one of damaged
    rows.
    """
    if isinstance(fault, DateError):
        return False
    return isinstance(fault, (CitylinksError, sqlite3.ProgrammingError))


def _held(
    session: Session, question: Callable[[Session], Answered], how: Hold
) -> Answered:
    with session.trial() if how == "try" else session.snapshot(writes=how == "write"):
        return question(session)
