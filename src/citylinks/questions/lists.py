"""The lists of records: one for each type, in one mapping."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.errors import UsageError
from citylinks.query.conditions import entry_conditions, record_conditions
from citylinks.query.filters import (
    NO_FILTERS,
    Filters,
    as_of_period,
    choice_of,
    of_kinds,
    requested_spans,
)
from citylinks.query.options import Option
from citylinks.query.sql import Condition
from citylinks.query.validity_sql import PeriodDays, count_partnerships
from citylinks.questions import list_rows, rows
from citylinks.questions.list_rows import (
    AgreementRow,
    CityRow,
    EventRow,
    SourceRow,
    TermRow,
)
from citylinks.questions.results import Answer, Certainty, PartnershipRow
from citylinks.questions.selected import (
    BY_DATE,
    partnerships_with_status,
    select_partnerships,
    select_records,
)
from citylinks.questions.session import Session, describe_query, where_clause

if TYPE_CHECKING:
    from collections.abc import Sequence


class Cities(NamedTuple):
    """A list of cities."""

    query: dict[str, Any]
    results: tuple[CityRow, ...]
    more: int = 0


class Partnerships(NamedTuple):
    """A list of partnerships."""

    query: dict[str, Any]
    results: tuple[PartnershipRow, ...]
    more: int = 0


class Agreements(NamedTuple):
    """A list of agreements, by date of signature where it is known."""

    query: dict[str, Any]
    results: tuple[AgreementRow, ...]
    more: int = 0


class Events(NamedTuple):
    """A list of events."""

    query: dict[str, Any]
    results: tuple[EventRow, ...]
    more: int = 0


class Themes(NamedTuple):
    """The themes of the vocabulary."""

    query: dict[str, Any]
    results: tuple[TermRow, ...]
    more: int = 0


class Organizations(NamedTuple):
    """The organizations of the vocabulary."""

    query: dict[str, Any]
    results: tuple[TermRow, ...]
    more: int = 0


class Sources(NamedTuple):
    """The sources that records cite."""

    query: dict[str, Any]
    results: tuple[SourceRow, ...]
    more: int = 0


_USES = "(SELECT count(DISTINCT record) FROM ref WHERE type = r.type AND id = r.id)"
_USES_WITHIN = (
    "(SELECT count(DISTINCT f.record) FROM ref f JOIN theme_within w ON w.id = f.id"
    " JOIN record n ON n.no = f.record WHERE f.type = 'theme' AND w.above = r.id"
    " AND n.type <> 'theme')"
)
_COUNT_PARTNERSHIPS = (
    "(SELECT count(DISTINCT record) FROM ref"
    " WHERE type = 'city' AND id = r.id AND relation = 'members')"
)
_PLACE_OF_CITY = (
    ", json_extract(r.body, '$.location.latitude') AS latitude"
    ", json_extract(r.body, '$.location.longitude') AS longitude"
    ", json_extract(r.body, '$.wikidata') AS wikidata"
    ", json_extract(r.body, '$.geonames') AS geonames"
)


def _filtered(session: Session, type_: str, filters: Filters) -> list[Condition]:
    return record_conditions(type_, filters, session.resolved(filters))


# -- The lists ----------------------------------------------------------------


def cities(session: Session, filters: Filters) -> tuple[CityRow, ...]:
    """Return cities by id."""
    days = as_of_period(filters)
    number = Condition(_COUNT_PARTNERSHIPS)
    if days:
        number = count_partnerships(days)
    if filters.certain:
        number = number.sure or number
    matches = select_records(
        session,
        "city",
        _filtered(session, "city", filters),
        filters,
        columns=number.within(", ", f" AS uses{_PLACE_OF_CITY}"),
    )
    return list_rows.read_cities(matches, session.names(filters))


def partnerships(session: Session, filters: Filters) -> tuple[PartnershipRow, ...]:
    """Return partnerships by the date of their start.

    With two cities or more, they say since when and until when all of these belong.
    """
    resolved = session.resolved(filters)
    conditions = record_conditions("partnership", filters, resolved)
    if len(resolved.with_) < 2 or filters.any_:
        return select_partnerships(session, conditions, filters)
    return _shared_partnerships(session, conditions, filters, resolved.with_)


def _shared_partnerships(
    session: Session,
    conditions: Sequence[Condition],
    filters: Filters,
    cities: Sequence[str],
) -> tuple[PartnershipRow, ...]:
    """Return the partnerships of all these cities, with since when all belong."""
    matches = partnerships_with_status(session, conditions, _without_spans(filters))
    wanted = [((city,), 1) for city in cities]
    shared = rows.partnerships_between(matches, session.names(filters), wanted)
    spans = requested_spans(filters)
    if not spans:
        return shared
    today = session.today()
    kept = []
    for row in shared:
        certainty = _certainty_within(row, spans, today)
        if certainty == "certain" or (certainty and not filters.certain):
            kept.append(row._replace(certainty=certainty))
    return tuple(kept)


def _without_spans(filters: Filters) -> Filters:
    """Return the filters without those of the beginning."""
    if not requested_spans(filters):
        return filters
    is_sure = filters.certain and filters.as_of is not None
    return filters._replace(year=(), from_=None, to=None, certain=is_sure)


def _certainty_within(
    row: PartnershipRow, spans: Sequence[PeriodDays], today: str
) -> Certainty | None:
    """Return the certainty that the cities began to belong together in these spans.

    Of a network whose members joined nobody knows when, that was since its start.
    """
    from citylinks.model.validity import Period, Validity, date_validity, surest

    if row.since:
        first_days = date_validity(row.since)
    elif row.earliest:
        first_days = Validity(row.earliest, today, None, None)
    else:
        return None
    begun = surest(first_days.at(Period(*span, today)) for span in spans)
    return begun and max(begun, row.certainty or begun)


def agreements(session: Session, filters: Filters) -> tuple[AgreementRow, ...]:
    """Return agreements in the order known: by date, or by their place in a list.

    Where a source lists agreements in their order, one without a date stands after the
    last dated one before it in that list.
    """
    resolved = session.resolved(filters, session.resolved(filters).with_)
    is_agreement = Condition("e.kind = 'agreement' AND r.type = 'partnership'")
    clause, certainty = where_clause(
        [is_agreement, *entry_conditions(filters, resolved, of_one_kind=True)],
        filters,
        "e",
    )
    matches = session.fetch(
        "WITH known AS (SELECT no, max(sort_key) OVER listing AS by_list"
        " FROM entry WHERE listed_source IS NOT NULL AND kind = 'agreement'"
        " WINDOW listing AS (PARTITION BY listed_source ORDER BY listed_position))"
        " SELECT e.*, r.type, r.id, e.body AS entry_body, r.body AS record_body,"
        f" {certainty.sql} AS certainty"
        " FROM entry e JOIN record r ON r.no = e.record"
        f" LEFT JOIN known k ON k.no = e.no{clause.sql}"
        " ORDER BY coalesce(e.sort_key, k.by_list) IS NULL,"
        " coalesce(e.sort_key, k.by_list),"
        " e.date IS NULL, e.listed_position, r.id, e.no",
        (*certainty.parameters, *clause.parameters),
    )
    return list_rows.read_agreements(matches, session.names(filters))


def events(session: Session, filters: Filters) -> tuple[EventRow, ...]:
    """Return events by date."""
    matches = select_records(
        session, "event", _filtered(session, "event", filters), filters, order=BY_DATE
    )
    return list_rows.read_events(matches, session.names(filters))


def themes(session: Session, filters: Filters) -> tuple[TermRow, ...]:
    """Return the themes by id; the records of narrower ones count with the wider."""
    matches = select_records(
        session, "theme", (), filters, columns=Condition(f", {_USES_WITHIN} AS uses")
    )
    return list_rows.read_terms(matches)


def organizations(session: Session, filters: Filters) -> tuple[TermRow, ...]:
    """Return the organizations by id."""
    places = _filtered(session, "organization", filters)
    matches = select_records(
        session,
        "organization",
        places,
        filters,
        columns=Condition(f", {_USES} AS uses"),
    )
    return list_rows.read_terms(matches)


def sources(session: Session, filters: Filters) -> tuple[SourceRow, ...]:
    """Return the sources by id."""
    conditions = _filtered(session, "source", filters)
    matches = select_records(
        session, "source", conditions, filters, columns=Condition(f", {_USES} AS uses")
    )
    return list_rows.read_sources(matches)


class ListDefinition(NamedTuple):
    """A list that can be asked for: its answer, what finds it, the filters it takes.

    `kinds` are the kinds that `--kind` can ask for, as keys of `KINDS_OF`.
    """

    answer: Callable[..., Answer]
    find: Callable[[Session, Filters], tuple[Any, ...]]
    takes: frozenset[str]
    kinds: tuple[str, ...] = ()


_TIME = frozenset(("year", "from", "to", "certain"))
_PLACE = frozenset(("country", "region", "between", "level", "with", "any"))
_THEN = frozenset(("as-of", "certain"))
_ABOUT = frozenset(("theme", "kind", "status", "organization"))
_ALL = _ABOUT | _TIME | _PLACE | _THEN

LISTS: dict[str, ListDefinition] = {
    "cities": ListDefinition(Cities, cities, _PLACE | _THEN),
    "partnerships": ListDefinition(Partnerships, partnerships, _ALL, ("partnership",)),
    "agreements": ListDefinition(
        Agreements, agreements, _ALL, ("agreement", "partnership")
    ),
    "events": ListDefinition(Events, events, _ALL - {"status"}, ("event",)),
    "themes": ListDefinition(Themes, themes, frozenset()),
    "organizations": ListDefinition(
        Organizations,
        organizations,
        frozenset(("country", "region", "kind")),
        ("organization",),
    ),
    "sources": ListDefinition(Sources, sources, _TIME | {"kind"}, ("source",)),
}
parse_list = choice_of(LISTS, "list")


class ListQuery(NamedTuple):
    """The list that is wanted: `cities`, `partnerships`, `agreements` and so on."""

    list: Annotated[
        str,
        Option(
            f"One of {', '.join(LISTS)}.",
            metavar="TYPE",
            completes="list",
            is_argument=True,
        ),
    ]
    filters: Filters = NO_FILTERS


def list_records(session: Session, query: ListQuery) -> Answer:
    """Return a list of records.

    An unknown list, or a filter that does not apply to it, raises `UsageError`.
    """
    name = parse_list(query.list)
    definition = LISTS[name]
    for given in query.filters.given():
        if given not in definition.takes:
            raise UsageError(f"--{given} does not apply to a list of {name}")
    filters = of_kinds(query.filters, *definition.kinds)
    answer: Answer = definition.answer(
        query=describe_query(ListQuery(name, filters)),
        results=definition.find(session, filters),
    )
    return answer
