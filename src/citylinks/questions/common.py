"""What cities share: partners, networks, themes, events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from citylinks.errors import MissingError
from citylinks.model.vocabulary import GATHERING_KINDS
from citylinks.query.conditions import record_conditions
from citylinks.query.filters import NO_FILTERS, Filters, of_kinds
from citylinks.query.options import Option, Without
from citylinks.query.sql import IN, Condition, json_list
from citylinks.questions import rows
from citylinks.questions.connections import (
    Link,
    between,
    bodies,
    combined_certainty,
    distinct_cities,
    gatherings,
    partnership_links,
)
from citylinks.questions.results import NamedFilter, PartnershipRow, Subject
from citylinks.questions.selected import partnerships_with_status, select_records
from citylinks.questions.session import describe_query

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from citylinks.questions.connections import Gathering
    from citylinks.questions.results import Certainty
    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session

    Meetings = Mapping[int, Gathering]
    Type = Literal["partner", "network", "theme", "event"]
    Key = tuple[Type, str]  # what is had, and its id
    # The partnerships and events by which a city has it.
    By = dict[int, Certainty | None]


class Shared(NamedTuple):
    """Something that cities share: a partner, a network, a theme or an event.

    `country` is that of a partner. `links` has an item for each city, in the order of
    the question: the partnerships and events that connect the city with what is shared.
    """

    type: Literal["partner", "network", "theme", "event"]
    id: str
    name: str
    country: str | None
    links: tuple[tuple[Link, ...], ...]


class Common(NamedTuple):
    """What all the cities share.

    `subjects` are these cities, `ties` the partnerships between them. `more` are left
    out by a limit.
    """

    query: dict[str, Any]
    results: tuple[Shared, ...]
    subjects: tuple[Subject, ...] = ()
    ties: tuple[PartnershipRow, ...] = ()
    named: tuple[NamedFilter, ...] = ()
    more: int = 0


# What cities can share, in the order of the answer, and the type of the record that it
# is.
RECORD: dict[Type, str] = {
    "partner": "city",
    "network": "partnership",
    "theme": "theme",
    "event": "event",
}


class CommonQuery(NamedTuple):
    """The cities whose common partners, networks, themes and events are wanted."""

    subjects: Annotated[
        Sequence[str],
        Option(
            "Two or more, by id or any name.",
            metavar="CITY CITY...",
            completes="city",
            is_argument=True,
        ),
    ]
    filters: Annotated[
        Filters, Without(("with_", "any_", "between"), "name them all")
    ] = NO_FILTERS


def common(session: Session, query: CommonQuery) -> Common:
    """Return all that the cities share; filters of place apply to other cities.

    A partner has a partnership with each of the cities, not counting networks and the
    like. A theme belongs to partnerships or events of each city; wider themes are not
    considered.
    """
    filters = of_kinds(query.filters, "partnership", "event")
    cities = distinct_cities(session, query.subjects)
    if len(cities) < 2:
        raise MissingError("common needs two cities or more")
    meetings = _meetings(session, cities, filters)
    themes = _themes(session, meetings)
    holdings = [_holdings(meetings, themes, city, cities) for city in cities]
    shared = _in_place(session, set.intersection(*map(set, holdings)), filters)
    names = session.names(filters)
    names.gather((RECORD[type_], id_) for type_, id_ in shared)
    subjects = names.subjects([("city", city) for city in cities])
    numbers: set[int] = set()
    for has in holdings:
        for key in shared:
            numbers.update(has[key])
    known = partnership_links(session, numbers, names)
    written = {known[no].id: body for no, body in bodies(session, known).items()}
    items = _shared_items(shared, holdings, known, names)
    return Common(
        query=describe_query(CommonQuery(cities, filters), subjects=list(cities)),
        results=tuple(_since_both(item, cities, written) for item in items),
        subjects=subjects,
        ties=_between(session, meetings, cities, filters),
        named=session.named(filters),
    )


# -- What each city has -------------------------------------------------------


def _meetings(
    session: Session, cities: Sequence[str], filters: Filters
) -> dict[int, Gathering]:
    """Return the partnerships and the events of any of the cities."""
    resolved = session.resolved(filters)._replace(with_=tuple(cities))
    meetings: dict[int, Gathering] = {}
    for type_ in ("partnership", "event"):
        conditions = record_conditions(type_, filters, resolved)
        meetings |= gatherings(session, type_, cities, conditions, filters)
    return meetings


def _themes(session: Session, meetings: Meetings) -> dict[int, list[str]]:
    """Return the themes that each of them treats."""
    # The plus keeps SQLite from walking all that has a theme.
    sql = f"SELECT DISTINCT record, id FROM ref WHERE record {IN} AND +type = 'theme'"
    themes: dict[int, list[str]] = {}
    for no, id_ in session.fetch(sql, (json.dumps(list(meetings)),)):
        themes.setdefault(no, []).append(id_)
    return themes


def _holdings(
    meetings: Meetings,
    themes: Mapping[int, Sequence[str]],
    city: str,
    cities: Collection[str],
) -> dict[Key, By]:
    """Return all that a city has, each with the records that give it."""
    has: dict[Key, By] = {}
    for no, meeting in meetings.items():
        if city in meeting.cities:
            for key in _given(meeting, themes.get(no, ()), cities):
                other = meeting.cities.get(key[1]) if key[0] == "partner" else None
                has.setdefault(key, {})[no] = combined_certainty(
                    (meeting.cities[city], other)
                )
    return has


def _given(
    meeting: Gathering, themes: Sequence[str], cities: Collection[str]
) -> Iterator[Key]:
    """Yield what a partnership or an event gives to each who takes part in it.

    A partner is none of the `cities` themselves.
    """
    for theme in themes:
        yield "theme", theme
    if meeting.type == "event":
        yield "event", meeting.id
    elif meeting.kind in GATHERING_KINDS:
        yield "network", meeting.id
    else:
        for other in meeting.cities.keys() - set(cities):
            yield "partner", other


# -- What all of them have ----------------------------------------------------


def _in_place(session: Session, shared: set[Key], filters: Filters) -> set[Key]:
    """Return the same without the partners that are elsewhere than is asked for."""
    place = Filters(country=filters.country, region=filters.region, level=filters.level)
    conditions = record_conditions("city", place, session.resolved(place))
    if not conditions:
        return shared
    partners = [id_ for type_, id_ in shared if type_ == "partner"]
    named = Condition(f"r.id {IN}", (json_list(partners),))
    elsewhere = set(partners)
    for row in select_records(session, "city", [named, *conditions], place):
        elsewhere.remove(row["id"])
    return shared - {("partner", id_) for id_ in elsewhere}


def _shared_items(
    shared: set[Key],
    holdings: Sequence[Mapping[Key, By]],
    known: Mapping[int, Link],
    names: NameIndex,
) -> Iterator[Shared]:
    """Yield the shared items by type, then by date or id."""
    rank = {no: place for place, no in enumerate(known)}
    places = {(link.type, link.id): rank[no] for no, link in known.items()}
    types = list(RECORD)

    def order(key: Key) -> tuple[int, int, str]:
        return types.index(key[0]), places.get((RECORD[key[0]], key[1]), 0), key[1]

    for type_, id_ in sorted(shared, key=order):
        country = None
        if type_ == "partner":
            country = names.subject("city", id_).country
        links = []
        for has in holdings:
            by = has[type_, id_]
            ranked = sorted(by, key=rank.__getitem__)
            links.append(tuple(known[no]._replace(certainty=by[no]) for no in ranked))
        name = names.name_of(RECORD[type_], id_)
        yield Shared(type_, id_, name, country, tuple(links))


def _since_both(
    shared: Shared, cities: Sequence[str], written: Mapping[str, Any]
) -> Shared:
    """Return a partner with since when it and each city belong to what links them."""
    if shared.type != "partner":
        return shared
    of_each = []
    for city, links in zip(cities, shared.links, strict=True):
        both = (city, shared.id)
        of_each.append(tuple(between(link, written[link.id], both) for link in links))
    return shared._replace(links=tuple(of_each))


def _between(
    session: Session, meetings: Meetings, cities: Sequence[str], filters: Filters
) -> tuple[PartnershipRow, ...]:
    """Return the partnerships between the cities themselves."""
    numbers = []
    for no, meeting in meetings.items():
        if meeting.type == "event" or meeting.kind in GATHERING_KINDS:
            continue
        if len(meeting.cities.keys() & set(cities)) > 1:
            numbers.append(no)
    wanted = Condition(f"r.no {IN}", (json.dumps(numbers),))
    then = Filters(as_of=filters.as_of)
    matches = partnerships_with_status(session, [wanted], then)
    return rows.partnerships_between(matches, session.names(then), [(tuple(cities), 2)])
