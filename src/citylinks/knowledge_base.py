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

    Each question sees the files as they are when it is asked, whoever changed them, as
    each command does. For that the size, times and inode of every file are looked at,
    and what differs is read again. Any thread may ask; one question is answered at a
    time. After `close`, a question raises `ClosedError`.

    A name in a question is an id, a name or an alias, in any script and case. A name
    that no record has raises `NotFoundError`, one that several have raises
    `AmbiguousError`, and any other wrong argument raises `UsageError`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(
        cls, *directories: str | os.PathLike[str], progress: Progress | None = None
    ) -> KnowledgeBase:
        """Open the given data directories, or those found from here.

        Else those that the environment names.

        Bad records raise nothing: `files_left_out` names their files and `validate`
        says why. What was read before is taken from the index, for as long as the files
        are the same. Where much is to be read, `progress` is told how many bytes have
        been, of how many.
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
        """The files from which something was left out, and folders nobody may list."""
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
        """Release the index, after the question of another thread is answered."""
        self._store.close()

    def __enter__(self) -> KnowledgeBase:
        """Use it in a `with`, which closes it."""
        self._store.refuse_closed()
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
        """Return the events in order: of one subject, between several, or of all.

        Alone or with `any_`, a subject may be a city or a partnership; with `any_` the
        entries are those of each. The same one twice is a `UsageError`. They are
        grouped `by` `decade`, `theme` or `city`, an entry of several groups being there
        once for each; in `reverse` the latest come first. The results end after
        `limit`.
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
        """Return the records of one kind, as `cities` or `partnerships`."""
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
        """Return the records with every word and quoted phrase, best first.

        Of these come 20, or `limit`.
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
        """Return the numbers of partnerships and events by `theme`, `decade`, ..."""
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

        Without a time, in every year since the first that is known.
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
        """Return the round anniversaries of partnerships, agreements and foundings.

        With `events` also of events, but not of visits, meetings and commemorations:
        only their kind asks for these.

        Of any of the `cities`, or of all; `within` a period from today on, as `12m`, or
        the time of the filters, else this year and the next; in a `step` of years, else
        5. Partnerships that have ended are left out, unless a status is asked for.
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
        """Return the agreements that expire or have lapsed without a renewal.

        They are asked for as by `anniversaries`.

        Without a time, within a year from today; `within` a period, also those that are
        over.
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
        """Return the numbers of records and fields by how many sources they have."""
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
        """Return the fields in which a source differs from the record."""
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
        """Return the sources with what rests on them, those most used first."""
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

        Where given, those that lack what is `missing`.
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

        With `field`, a path such as `start` or `agreements[1].signed`, of this one or
        of all within it; one that the record does not have is a `NotFoundError`.
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
        """Return the first of the shortest chains of partnerships between two cities.

        With `all_` as many as a hundred, or `limit`; how many there are, each says.
        Each step is a partnership that the filters keep; what is only planned is none,
        unless a status asks for it; networks and other gatherings are steps with
        `networks`, or where their kind is asked for. No chain is longer than `max_`
        steps.
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

        `city/lyon` says its type where an id alone does not.

        With `as_of`, a city or a partnership as it was then.
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
        """Return every problem of the data, or those in the paths of `only`.

        With `content`, `only` is one file, absent or not, in a folder of a data
        directory, and is taken to hold that; any other is a `UsageError`.

        `select` and `ignore` hold codes of rules, their names, or beginnings of codes,
        and overrule those of `citylinks.toml`; with `strict`, warnings fail too. The
        results end after `limit`, the totals are of all.
        """
        from citylinks.questions.validation import validation

        query = self._validation_query(only, options)
        return self._ask(lambda session: validation(session, query), _mode(query))

    def count_problems(
        self,
        only: Paths | ValidationQuery = (),
        **options: Unpack[ValidationOptions],
    ) -> Statistics:
        """Return the number of problems of each rule; asked for as by `validate`."""
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
        """Return the version that is installed, and the data that it reads."""
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
    """Return the texts of the rules of these codes or names, or of all rules.

    The beginning of a code stands for all that share it.
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
