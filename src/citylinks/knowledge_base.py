"""KnowledgeBase: opens the data and answers every question about it.

Each question is imported when it is asked: a command asks one, and starts so much
sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar, overload

from citylinks.errors import NoDataError
from citylinks.files import paths
from citylinks.index import freshness
from citylinks.index.store import Store
from citylinks.query.arguments import (
    Query,
    check_paths,
    check_query,
    check_texts,
    wrong_type,
)
from citylinks.query.filters import NO_FILTERS, FilterOptions, Filters
from citylinks.query.keywords import extend_query
from citylinks.questions.plain_dates import with_edtf
from citylinks.questions.session import Session

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from citylinks.index.open_cache import Progress
    from citylinks.index.store import Mode
    from citylinks.query.arguments import Paths
    from citylinks.questions.anniversaries import (
        Anniversaries,
        AnniversariesOptions,
        AnniversariesQuery,
    )
    from citylinks.questions.common import Common, CommonQuery
    from citylinks.questions.conflicts import Conflicts, ConflictsQuery
    from citylinks.questions.evidence import Coverage, EvidenceQuery
    from citylinks.questions.expiring import Expiring, ExpiringOptions, ExpiringQuery
    from citylinks.questions.explain import Explained, ExplainQuery
    from citylinks.questions.gaps import Gaps, GapsOptions, GapsQuery
    from citylinks.questions.growth import Growth, GrowthQuery
    from citylinks.questions.lists import (
        Agreements,
        Cities,
        Events,
        ListQuery,
        Organizations,
        Partnerships,
        Sources,
        Themes,
    )
    from citylinks.questions.path import Chains, PathOptions, PathQuery
    from citylinks.questions.record_evidence import FieldEvidence, RecordEvidenceQuery
    from citylinks.questions.results import Answer
    from citylinks.questions.search import Search, SearchOptions, SearchQuery
    from citylinks.questions.show import Shown, ShowQuery
    from citylinks.questions.source_uses import SourceUses, SourceUsesQuery
    from citylinks.questions.stats import Stats, StatsOptions, StatsQuery
    from citylinks.questions.timeline import Timeline, TimelineOptions, TimelineQuery
    from citylinks.questions.validation import (
        Statistics,
        Validation,
        ValidationOptions,
        ValidationQuery,
    )
    from citylinks.questions.version import Version

Answered = TypeVar("Answered")


class KnowledgeBase:
    """The records of one or more data directories; each question is a method.

    Every answer is based on the files as they are at that moment: before each question,
    citylinks checks the size, times and inode of every file and reads again what has
    changed. Any thread may ask; questions are answered one at a time. After `close`, a
    question raises `ClosedError`.

    Wherever a question takes the name of a record, it accepts an id, a name or an
    alias, in any script and case. An unknown name raises `NotFoundError`, a name shared
    by several records raises `AmbiguousError`, and any other wrong argument raises
    `UsageError`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(
        cls, *directories: str | os.PathLike[str], progress: Progress | None = None
    ) -> KnowledgeBase:
        """Open the given data directories, or else those that a command would read.

        These are the directories of CITYLINKS_DATA, or the nearest folder `data`
        upwards from the current directory, or the data that is installed.

        Bad records raise no error: `files_left_out` lists their files and `validate`
        says why. Files that have not changed are taken from the index. For large data,
        `progress` is called with the number of bytes read so far and the total.
        """
        if progress is not None and not callable(progress):
            raise wrong_type("progress", progress, "a function")
        return cls(Store.open(_directories(directories), progress))

    @property
    def directories(self) -> tuple[str, ...]:
        """The data directories that are read."""
        return self._store.directories

    @property
    def files_left_out(self) -> tuple[str, ...]:
        """The files with records left out because of errors, and unreadable folders."""
        return tuple(self._ask(lambda session: freshness.files_left_out(session.index)))

    def _ask(
        self, question: Callable[[Session], Answered], mode: Mode = "read"
    ) -> Answered:
        return self._store.ask(lambda snapshot: question(Session(*snapshot)), mode)

    def ask(
        self, question: Callable[[Session, Query], Answered], query: Query
    ) -> Answered:
        """Ask a question of `citylinks.questions`: its function, with its query."""
        checked = check_query(query)

        def answer(session: Session) -> Answered:
            return question(session, with_edtf(checked, session.today))

        return self._ask(answer)

    def close(self) -> None:
        """Release the index, once any question in another thread has been answered."""
        self._store.close()

    def __enter__(self) -> KnowledgeBase:
        """Return itself; the `with` statement closes it at the end."""
        self._store.refuse_closed()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the knowledge base."""
        self.close()

    def timeline(
        self,
        *subjects: str | TimelineQuery,
        filters: Filters = NO_FILTERS,
        **options: Unpack[TimelineOptions],
    ) -> Timeline:
        """Return the history of one city, between several, or of all, in order.

        A subject is a city. A single subject may also be a partnership, and so may each
        of several with `any_`, which returns the entries of any of them. Naming a
        subject twice raises `UsageError`. `by` groups the entries by `decade`, `theme`
        or `city`; an entry that belongs to several groups appears in each. `reverse`
        puts the latest first, and `limit` is the largest number of results.
        """
        from citylinks.questions.timeline import TimelineQuery, timeline

        query = _given_query(TimelineQuery, subjects) or TimelineQuery(
            check_texts("subjects", subjects)
        )
        return self.ask(timeline, extend_query(query, filters, options))

    @overload
    def list(
        self,
        what: Literal["cities"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Cities: ...

    @overload
    def list(
        self,
        what: Literal["partnerships"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Partnerships: ...

    @overload
    def list(
        self,
        what: Literal["agreements"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Agreements: ...

    @overload
    def list(
        self,
        what: Literal["events"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Events: ...

    @overload
    def list(
        self,
        what: Literal["themes"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Themes: ...

    @overload
    def list(
        self,
        what: Literal["organizations"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Organizations: ...

    @overload
    def list(
        self,
        what: Literal["sources"],
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Sources: ...

    @overload
    def list(
        self,
        what: str | ListQuery,
        filters: Filters = ...,
        **options: Unpack[FilterOptions],
    ) -> Answer: ...

    def list(
        self,
        what: str | ListQuery,
        filters: Filters = NO_FILTERS,
        **options: Unpack[FilterOptions],
    ) -> Answer:
        """Return the records of one type, such as `cities` or `partnerships`."""
        from citylinks.questions.lists import ListQuery, list_records

        query = what
        if not isinstance(query, ListQuery):
            query = ListQuery(query)
        return self.ask(list_records, extend_query(query, filters, options))

    def search(
        self,
        text: str | SearchQuery,
        filters: Filters = NO_FILTERS,
        **options: Unpack[SearchOptions],
    ) -> Search:
        """Return the records that contain every word and quoted phrase, best first.

        The number of results is at most `limit`, or 20 if it is not given.
        """
        from citylinks.questions.search import SearchQuery, search

        query = text
        if not isinstance(query, SearchQuery):
            query = SearchQuery(query)
        return self.ask(search, extend_query(query, filters, options))

    def stats(
        self,
        by: str | StatsQuery = "kind",
        filters: Filters = NO_FILTERS,
        **options: Unpack[StatsOptions],
    ) -> Stats:
        """Return the numbers of partnerships and events by kind, theme, decade, ..."""
        from citylinks.questions.stats import StatsQuery, stats

        query = by
        if not isinstance(query, StatsQuery):
            query = StatsQuery(query)
        return self.ask(stats, extend_query(query, filters, options))

    def growth(
        self,
        filters: Filters | GrowthQuery = NO_FILTERS,
        **options: Unpack[FilterOptions],
    ) -> Growth:
        """Return the number of partnerships in force in each year.

        Without a time, the years run from the first known start to the present.
        """
        from citylinks.questions.growth import GrowthQuery, growth

        query = filters
        if not isinstance(query, GrowthQuery):
            query = GrowthQuery(query)
        return self.ask(growth, extend_query(query, NO_FILTERS, options))

    def anniversaries(
        self,
        filters: Filters | AnniversariesQuery = NO_FILTERS,
        **options: Unpack[AnniversariesOptions],
    ) -> Anniversaries:
        """Return the anniversaries of partnerships, agreements and foundings.

        `events` adds events, except visits, meetings and commemorations, which are
        returned only if `kind` names them. `cities` limits the answer to any of these
        cities. The time is that of the filters, or `within` a period from today such as
        `12m`, or else this year and the next. `step` is the number of years between
        anniversaries, 5 unless you change it. Partnerships that have ended are left
        out unless `status` is set.
        """
        from citylinks.questions.anniversaries import AnniversariesQuery, anniversaries

        query = filters
        if not isinstance(query, AnniversariesQuery):
            query = AnniversariesQuery(filters=query)
        return self.ask(anniversaries, extend_query(query, NO_FILTERS, options))

    def expiring(
        self,
        filters: Filters | ExpiringQuery = NO_FILTERS,
        **options: Unpack[ExpiringOptions],
    ) -> Expiring:
        """Return the agreements that expire soon or have lapsed without a renewal.

        `cities`, `within` and the filters work as in `anniversaries`. Without a time,
        the agreements that expire within a year are returned. Those that have lapsed
        are included if no time is set or the time is counted from today with `within`.
        """
        from citylinks.questions.expiring import ExpiringQuery, expiring

        query = filters
        if not isinstance(query, ExpiringQuery):
            query = ExpiringQuery(filters=query)
        return self.ask(expiring, extend_query(query, NO_FILTERS, options))

    def evidence(
        self,
        filters: Filters | EvidenceQuery = NO_FILTERS,
        **options: Unpack[FilterOptions],
    ) -> Coverage:
        """Return the numbers of records and fields with no source, one or several."""
        from citylinks.questions.evidence import EvidenceQuery, evidence

        query = filters
        if not isinstance(query, EvidenceQuery):
            query = EvidenceQuery(query)
        return self.ask(evidence, extend_query(query, NO_FILTERS, options))

    def conflicts(
        self,
        filters: Filters | ConflictsQuery = NO_FILTERS,
        **options: Unpack[FilterOptions],
    ) -> Conflicts:
        """Return the fields for which another source contradicts the record."""
        from citylinks.questions.conflicts import ConflictsQuery, conflicts

        query = filters
        if not isinstance(query, ConflictsQuery):
            query = ConflictsQuery(query)
        return self.ask(conflicts, extend_query(query, NO_FILTERS, options))

    def source_uses(
        self,
        filters: Filters | SourceUsesQuery = NO_FILTERS,
        **options: Unpack[FilterOptions],
    ) -> SourceUses:
        """Return the sources and what each supports, the most used first."""
        from citylinks.questions.source_uses import SourceUsesQuery, source_uses

        query = filters
        if not isinstance(query, SourceUsesQuery):
            query = SourceUsesQuery(query)
        return self.ask(source_uses, extend_query(query, NO_FILTERS, options))

    def gaps(
        self,
        filters: Filters | GapsQuery = NO_FILTERS,
        **options: Unpack[GapsOptions],
    ) -> Gaps:
        """Return the records that lack a source, a date, coordinates or a country.

        `missing` limits the answer to some of these four.
        """
        from citylinks.questions.gaps import GapsQuery, find_gaps

        query = filters
        if not isinstance(query, GapsQuery):
            query = GapsQuery(filters=query)
        return self.ask(find_gaps, extend_query(query, NO_FILTERS, options))

    def evidence_of(
        self, record: str | RecordEvidenceQuery, field: str | None = None
    ) -> FieldEvidence:
        """Return the sources of each field of a city, a partnership or an event.

        `field` is a path such as `start` or `agreements[1].signed`; the answer then has
        only this field, or the fields within it. A path that the record does not have
        raises `NotFoundError`.
        """
        from citylinks.questions.record_evidence import (
            RecordEvidenceQuery,
            record_evidence,
        )

        query = record
        if not isinstance(query, RecordEvidenceQuery):
            query = RecordEvidenceQuery(query, field)
        return self.ask(record_evidence, query)

    def path(
        self,
        *cities: str | PathQuery,
        filters: Filters = NO_FILTERS,
        **options: Unpack[PathOptions],
    ) -> Chains:
        """Return the shortest chain of partnerships between two cities.

        If several chains are equally short, the first is returned; its `total` says how
        many there are. `all_` returns up to 100 of them, `limit` another number. Each
        step is a partnership that matches the filters. Planned partnerships count only
        if `status` is set; networks, programmes, series and commitments count only with
        `networks` or if `kind` names them. `max_` is the largest number of steps.
        """
        from citylinks.questions.path import PathQuery, path

        query = _given_query(PathQuery, cities) or PathQuery(
            check_texts("cities", cities)
        )
        return self.ask(path, extend_query(query, filters, options))

    def common(
        self,
        *cities: str | CommonQuery,
        filters: Filters = NO_FILTERS,
        **options: Unpack[FilterOptions],
    ) -> Common:
        """Return the partners, networks, themes and events that the cities share."""
        from citylinks.questions.common import CommonQuery, common

        query = _given_query(CommonQuery, cities) or CommonQuery(
            check_texts("cities", cities)
        )
        return self.ask(common, extend_query(query, filters, options))

    def show(self, record: str | ShowQuery, *, as_of: str | None = None) -> Shown:
        """Return one record in full.

        If records of two types share an id, name the type too, as in `city/lyon`. With
        `as_of`, a city or a partnership is shown as it was at that time.
        """
        from citylinks.questions.show import ShowQuery, show

        query = record
        if not isinstance(query, ShowQuery):
            query = ShowQuery(query, as_of)
        return self.ask(show, query)

    def validate(
        self,
        only: Paths | ValidationQuery = (),
        **options: Unpack[ValidationOptions],
    ) -> Validation:
        """Return every problem of the data, or of the files and folders in `only`.

        `content` is checked in place of the file that `only` names. The file need not
        exist, but must belong in a folder of a data directory; otherwise `UsageError`
        is raised.

        `select` and `ignore` take rules by code, name or beginning of a code, and
        override `citylinks.toml`. With `strict`, warnings count as failures. `limit`
        shortens the results, not the totals.
        """
        from citylinks.questions.validation import validation

        query = self._validation_query(only, options)
        return self._ask(lambda session: validation(session, query), _mode(query))

    def count_problems(
        self,
        only: Paths | ValidationQuery = (),
        **options: Unpack[ValidationOptions],
    ) -> Statistics:
        """Return the number of problems per rule, with the options of `validate`."""
        from citylinks.questions.validation import statistics

        query = self._validation_query(only, options)
        return self._ask(lambda session: statistics(session, query), _mode(query))

    def _validation_query(
        self, only: Paths | ValidationQuery, options: ValidationOptions
    ) -> ValidationQuery:
        """Return a query with absolute paths; `UsageError` where it has no meaning."""
        from citylinks.questions.validation import ValidationQuery, place_query

        query = only
        if not isinstance(query, ValidationQuery):
            query = ValidationQuery(query)
        extended = extend_query(query, NO_FILTERS, options)
        return place_query(check_query(extended), self.directories)

    def version(self) -> Version:
        """Return the installed version and the data that it reads."""
        from citylinks.questions.version import VersionQuery, version

        return self.ask(version, VersionQuery())


def _given_query(kind: type[Query], subjects: Sequence[object]) -> Query | None:
    """Return the query that stands in the place of names, if one does."""
    if len(subjects) == 1 and isinstance(subjects[0], kind):
        return subjects[0]
    return None


def _mode(query: ValidationQuery) -> Mode:
    """Return the mode of a question: findings are kept, but for those of a trial."""
    return "write" if query.content is None else "trial"


def opened_once(
    *directories: str | os.PathLike[str], progress: Progress | None = None
) -> KnowledgeBase:
    """Open the data for a command, which asks once, as soon as it starts."""
    store = Store.open(_directories(directories), progress, is_live=False)
    return KnowledgeBase(store)


def explain(*names: str | ExplainQuery) -> Explained:
    """Return the explanations of rules, by code or name, or of all rules.

    The beginning of a code stands for all rules whose codes begin with it.
    """
    from citylinks.questions.explain import ExplainQuery, explain_rules

    query = _given_query(ExplainQuery, names) or ExplainQuery(
        check_texts("names", names)
    )
    return explain_rules(check_query(query))


def _directories(given: Sequence[str | os.PathLike[str]]) -> list[str]:
    named = check_paths("directories", given)
    try:
        return [str(path) for path in paths.data_directories(named)]
    except OSError as fault:
        raise NoDataError(
            f"{fault.filename}: cannot be read: {fault.strerror}"
        ) from None
