"""What happened, in order: to one city, between any two of several, or to all."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.errors import NotFoundError, UsageError
from citylinks.model.vocabulary import GATHERING_KINDS
from citylinks.query.conditions import Resolved, entry_conditions, record_conditions
from citylinks.query.filters import (
    NO_FILTERS,
    FilterOptions,
    Filters,
    as_of_period,
    of_kinds,
)
from citylinks.query.names.lookup import has_comma
from citylinks.query.options import Option
from citylinks.query.sql import IN, Condition, json_list
from citylinks.query.subjects import TimelineSubjects
from citylinks.questions import rows
from citylinks.questions.results import (
    NamedFilter,
    PartnershipRow,
    Subject,
    TimelineEntry,
)
from citylinks.questions.rows import NameIndex
from citylinks.questions.selected import partnerships_with_status
from citylinks.questions.session import (
    Session,
    check_distinct,
    check_number,
    describe_query,
    where_clause,
)

if TYPE_CHECKING:
    import sqlite3

Themes = tuple[Sequence[str], tuple[str, ...]]  # as they were typed, and their ids


class Timeline(NamedTuple):
    """What happened, in order.

    `subjects` are the cities or partnerships of the timeline, `ties` the partnerships
    between them. `networks` are those to which several of the cities belong, with only
    these cities as members; their entries are not in the timeline. `more` is the number
    of results beyond the limit. `named` has the filters with the names of the records
    that they mean.
    """

    query: dict[str, Any]
    results: tuple[TimelineEntry, ...]
    subjects: tuple[Subject, ...] = ()
    ties: tuple[PartnershipRow, ...] = ()
    networks: tuple[PartnershipRow, ...] = ()
    more: int = 0
    named: tuple[NamedFilter, ...] = ()


_FORWARD = (
    "e.date IS NULL, e.sort_key,"
    " e.listed_source, e.listed_position, r.type DESC, r.id, e.no"
)
_BACKWARD = (
    "e.date IS NULL, e.reverse_key DESC,"
    " e.listed_source DESC, e.listed_position DESC, r.type, r.id DESC, e.no DESC"
)


class TimelineQuery(NamedTuple):
    """The cities or partnerships of a timeline, and how to group and order it."""

    subjects: Annotated[
        Sequence[str],
        Option(
            "Cities or a partnership, by id or any name.",
            metavar="[CITY...]",
            completes="timeline subject",
            is_argument=True,
        ),
    ] = ()
    any_: Annotated[bool, Option("Show what concerns any of the cities.")] = False
    by: Annotated[
        str | None,
        Option(
            "Group by decade, theme or city.",
            metavar="WHAT",
            completes="timeline-grouping",
        ),
    ] = None
    reverse: Annotated[bool, Option("Show the latest first.")] = False
    limit: Annotated[
        int | None, Option("Show at most N entries.", metavar="N", minimum=1)
    ] = None
    filters: Filters = NO_FILTERS


class TimelineOptions(FilterOptions, total=False):
    """The options of `timeline` as keywords."""

    by: str | None
    reverse: bool
    limit: int | None


def timeline(session: Session, query: TimelineQuery) -> Timeline:
    """Return the entries between the subjects, or of any of them."""
    query = _checked(query)
    filters = of_kinds(query.filters, "event", "entry", "partnership", "agreement")
    keys = _subject_keys(session, query)
    cities = tuple(id_ for type_, id_ in keys if type_ == "city")
    filters = filters._replace(any_=query.any_ and len(filters.with_) > 1)
    resolved = session.resolved(filters, cities)
    if len(set(keys)) < len(keys) or set(cities) & set(resolved.with_):
        check_distinct(
            (*query.subjects, *query.filters.with_),
            [*keys, *(("city", id_) for id_ in resolved.with_)],
        )
    partnerships = tuple(id_ for type_, id_ in keys if type_ == "partnership")
    who = TimelineSubjects(cities, partnerships, resolved.with_, query.any_)
    subjects = [] if who.partnerships else who.subjects
    conditions = [
        *who.entries(is_between_places=bool(filters.between)),
        *entry_conditions(filters, resolved, subjects),
        *who.entries_then(as_of_period(filters)),
    ]
    then = Filters(as_of=filters.as_of)
    names = session.names(then)
    shown = keys
    if who.is_between:
        shown = [("city", id_) for id_ in who.pair]
    subjects_shown = names.subjects(shown)
    results, more = _entries(session, conditions, filters, names, who, query)
    themes = (filters.theme, resolved.themes)
    partnerships_shown, networks = _header(session, who, then, themes, names)
    return Timeline(
        query=describe_query(
            query._replace(filters=filters), subjects=[id_ for _, id_ in keys]
        ),
        results=results,
        subjects=subjects_shown,
        ties=partnerships_shown,
        networks=networks,
        more=more,
        named=session.named(filters),
    )


def _checked(query: TimelineQuery) -> TimelineQuery:
    """Return the query in the words of the command line, if it has a meaning."""
    filters = query.filters
    query = query._replace(any_=query.any_ or filters.any_)
    if query.any_ and not query.subjects and len(filters.with_) < 2:
        raise UsageError("--any needs cities or partnerships")
    check_number("limit", query.limit, "entries")
    if query.by is None:
        return query
    from citylinks.questions.groups import parse_grouping

    return query._replace(by=parse_grouping(query.by))


def _subject_keys(session: Session, query: TimelineQuery) -> list[tuple[str, str]]:
    """Return the types and ids of the subjects; of several without `any_`, cities.

    With a comma, `lyon,yokohama` is two cities, and not their partnership.
    """
    if any(map(has_comma, query.subjects)):
        # What is not only cities is asked for below, which says what is wrong.
        with suppress(NotFoundError):
            return session.keys(query.subjects, "city")
    types = ["city"]
    if len(query.subjects) == 1 or query.any_:
        types.append("partnership")
    return session.keys(query.subjects, *types)


def _entries(
    session: Session,
    conditions: Sequence[Condition],
    filters: Filters,
    names: NameIndex,
    who: TimelineSubjects,
    query: TimelineQuery,
) -> tuple[tuple[TimelineEntry, ...], int]:
    """Return the entries in their order, and the number of those beyond the limit."""
    if query.by:
        from citylinks.questions.groups import group_entries

        matches = entry_rows(session, conditions, filters, reverse=query.reverse)
        entries = rows.read_entries(matches, names)
        grouped = group_entries(entries, query.by, who, reverse=query.reverse)
        kept = grouped[: query.limit]
        return kept, len(grouped) - len(kept)
    matches = entry_rows(
        session, conditions, filters, reverse=query.reverse, limit=query.limit
    )
    more = 0
    if len(matches) == query.limit:
        more = _count(session, conditions, filters) - len(matches)
    return rows.read_entries(matches, names), more


def _header(
    session: Session,
    who: TimelineSubjects,
    then: Filters,
    themes: Themes,
    names: NameIndex,
) -> tuple[tuple[PartnershipRow, ...], tuple[PartnershipRow, ...]]:
    """Return the partnerships of a header, and the networks of the subjects."""
    if who.partnerships:
        wanted = Condition(f"r.id {IN}", (json_list(who.partnerships),))
        return rows.read_partnerships(
            partnerships_with_status(session, [wanted], then), names
        ), ()
    if not who.is_between:
        return _partnerships_about(session, who, then, themes, names), ()
    conditions = [
        *record_conditions("partnership", then, Resolved()),
        *who.shared_partnerships(as_of_period(then)),
    ]
    partnerships = []
    networks = []
    for row in partnerships_with_status(session, conditions, then):
        if row["kind"] in GATHERING_KINDS:
            networks.append(row)
        else:
            partnerships.append(row)
    return (
        rows.partnerships_between(partnerships, names, who.each),
        rows.read_partnerships(networks, names, members=who.cities + who.with_),
    )


def _partnerships_about(
    session: Session,
    who: TimelineSubjects,
    then: Filters,
    themes: Themes,
    names: NameIndex,
) -> tuple[PartnershipRow, ...]:
    """Return the partnerships of cities that treat the requested themes.

    Their entries do not name the themes, so that the timeline is without them.
    """
    typed, ids = themes
    if not (typed and who.cities):
        return ()
    filters = then._replace(theme=typed)
    conditions = [
        *record_conditions("partnership", filters, Resolved(themes=ids)),
        *who.shared_partnerships(as_of_period(then)),
    ]
    matches = partnerships_with_status(session, conditions, then)
    return rows.read_partnerships(matches, names)


# -- Rows ---------------------------------------------------------------------


def entry_rows(
    session: Session,
    conditions: Sequence[Condition],
    filters: Filters,
    *,
    reverse: bool = False,
    limit: int | None = None,
) -> "list[sqlite3.Row]":
    """Return the rows of entries that meet the conditions, those without a date last.

    In reverse they stand by the last day that their date states, the latest first.
    """
    clause, certainty = where_clause(conditions, filters, "e")
    record_body = "r.body" if filters.as_of else "NULL"
    order = _BACKWARD if reverse else _FORWARD
    sql = (
        "SELECT e.*, r.type, r.id, coalesce(e.body, r.body) AS entry_body,"
        f" {certainty.sql} AS certainty, {record_body} AS record_body"
        f" FROM entry e JOIN record r ON r.no = e.record{clause.sql} ORDER BY {order}"
    )
    parameters = [*certainty.parameters, *clause.parameters]
    if limit is not None:
        sql += " LIMIT ?"
        parameters.append(limit)
    return session.fetch(sql, parameters)


def _count(session: Session, conditions: Sequence[Condition], filters: Filters) -> int:
    clause, _ = where_clause(conditions, filters, "e")
    counted = session.fetch(
        f"SELECT count(*) FROM entry e JOIN record r ON r.no = e.record{clause.sql}",
        clause.parameters,
    )
    return int(counted[0][0])
