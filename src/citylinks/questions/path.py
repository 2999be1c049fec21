"""How two cities are connected: the shortest chains of partnerships."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from citylinks.errors import MissingError, NotFoundError, UsageError
from citylinks.model.vocabulary import GATHERING_KINDS
from citylinks.query.conditions import record_conditions
from citylinks.query.filters import NO_FILTERS, FilterOptions, Filters, of_kinds
from citylinks.query.options import Option, Without
from citylinks.query.sql import IN, Condition, json_list
from citylinks.questions.connections import (
    Link,
    between,
    bodies,
    combined_certainty,
    distinct_cities,
    gatherings,
    partnership_links,
)
from citylinks.questions.results import CityRef, NamedFilter, Subject
from citylinks.questions.session import check_number, describe_query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from citylinks.questions.connections import Gathering
    from citylinks.questions.rows import NameIndex
    from citylinks.questions.session import Session

    Partnerships = dict[int, Gathering]
    Onward = dict[str, set[str]]  # of each city, those that may follow it
    Step = tuple[str, str]


class Chain(NamedTuple):
    """One of the shortest chains: it has `length` steps and is `number` of `total`.

    `ties` has an item for each step: all partnerships between one city and the next.
    """

    number: int
    total: int
    length: int
    cities: tuple[CityRef, ...]
    ties: tuple[tuple[Link, ...], ...]


class Chains(NamedTuple):
    """The shortest chains between two cities, if there are any.

    `is_cut` is true if the search stopped at a maximum length, so that a longer chain
    may exist.
    """

    query: dict[str, Any]
    results: tuple[Chain, ...]
    subjects: tuple[Subject, ...] = ()
    is_cut: bool = False
    named: tuple[NamedFilter, ...] = ()

    @property
    def more(self) -> int | None:
        """How many more chains are as short; null if a longer chain may exist."""
        if self.is_cut:
            return None
        if not self.results:
            return 0
        return self.results[0].total - len(self.results)


NO_GATHERING = Condition(f"r.kind NOT {IN}", (json_list(GATHERING_KINDS),))
# What is only planned, or is to begin on a day to come, connects nobody yet.
BEGUN = Condition(
    "EXISTS (SELECT 1 FROM entry s WHERE s.record = r.no AND s.path = 'start'"
    " AND coalesce(s.earliest, '') <= today())"
)

ALL = 100  # chains that an answer has where all are asked for without a limit


class PathQuery(NamedTuple):
    """Two cities, and the limits on the chains between them."""

    subjects: Annotated[
        Sequence[str],
        Option(
            "Two cities, by id or any name.",
            metavar="CITY CITY",
            completes="city",
            is_argument=True,
        ),
    ]
    all_: Annotated[bool, Option("Show all chains, at most 100 without --limit.")] = (
        False
    )
    networks: Annotated[bool, Option("Use networks, programmes and the like too.")] = (
        False
    )
    max_: Annotated[
        int | None, Option("Only chains of up to N steps.", metavar="N", minimum=1)
    ] = None
    limit: Annotated[
        int | None, Option("Show at most N chains.", metavar="N", minimum=1)
    ] = None
    filters: Annotated[Filters, Without(("with_", "any_", "between"))] = NO_FILTERS


class PathOptions(FilterOptions, total=False):
    """The options of `path` as keywords."""

    all_: bool
    networks: bool
    max_: int | None
    limit: int | None


def path(session: Session, query: PathQuery) -> Chains:
    """Return the shortest chains between two cities, as many as are asked for.

    Two cities follow each other in a chain if both are members of a partnership that
    matches the filters and has begun; a status or a time may include others. Networks
    and the like count only with `networks` or if their kind is named.
    """
    _check(query)
    filters = of_kinds(query.filters, "partnership")
    query = query._replace(filters=filters)
    start, end = _two_cities(session, query)
    conditions = _steps(session, query)

    def find_partnerships(cities: Collection[str]) -> Partnerships:
        return gatherings(session, "partnership", cities, conditions, filters)

    from_start = Reached(start, find_partnerships)
    from_end = Reached(end, find_partnerships)
    met = meeting(from_start, from_end, query.max_)
    onward = leading(from_start, from_end, met)
    first = list(islice(chains(onward, start, end), _most(query)))
    between = _between(session, first, conditions, filters)
    names = session.names(filters)
    names.gather(("city", city) for city in {start, end}.union(*first))
    return Chains(
        query=describe_query(query, subjects=[start, end]),
        results=tuple(_chains(first, count(onward, start, end), between, names)),
        subjects=(names.subject("city", start), names.subject("city", end)),
        is_cut=not met and bool(from_start.frontier and from_end.frontier),
        named=session.named(filters),
    )


def _check(query: PathQuery) -> None:
    check_number("max", query.max_, "steps")
    check_number("limit", query.limit, "chains")


def _two_cities(session: Session, query: PathQuery) -> tuple[str, str]:
    try:
        cities = distinct_cities(session, query.subjects)
    except NotFoundError:
        _check_two(session.cities_in(query.subjects))
        raise
    _check_two(cities)
    start, end = cities
    return start, end


def _check_two(cities: Sequence[str]) -> None:
    if len(cities) < 2:
        raise MissingError("path needs two cities")
    if len(cities) > 2:
        raise UsageError(f"path takes two cities, not {len(cities)}")


def _most(query: PathQuery) -> int:
    """Return the number of chains that are asked for, at most."""
    if query.limit:
        return query.limit
    return ALL if query.all_ else 1


def _steps(session: Session, query: PathQuery) -> list[Condition]:
    """Return the conditions that a partnership must meet to be a step."""
    filters = query.filters
    if query.networks and filters.kind:
        filters = filters._replace(kind=(*filters.kind, *GATHERING_KINDS))
    conditions = record_conditions("partnership", filters, session.resolved(filters))
    if not (filters.as_of or filters.status):
        conditions.append(BEGUN)
    if not (query.networks or filters.kind):
        conditions.append(NO_GATHERING)
    return conditions


# -- The search ---------------------------------------------------------------


class Reached:
    """The cities at each distance from one end of a chain.

    `levels[n]` are the cities that are n steps away, `members[n]` the cities of each of
    their partnerships. `find` finds the partnerships of any of some cities.
    """

    def __init__(
        self, end: str, find: Callable[[Collection[str]], Partnerships]
    ) -> None:
        self.levels: list[set[str]] = [{end}]
        self.members: list[list[set[str]]] = []
        self._seen = {end}
        self._find = find

    @property
    def frontier(self) -> set[str]:
        """The cities that are farthest away, so far."""
        return self.levels[-1]

    def grow(self) -> None:
        """Go one step further."""
        members = []
        for partnership in self._find(self.frontier).values():
            cities = set(partnership.cities)
            if cities & self.frontier:
                members.append(cities)
        self.members.append(members)
        new = set().union(*members) - self._seen
        self._seen |= new
        self.levels.append(new)

    def back(self, met: Collection[str]) -> Iterator[Onward]:
        """Yield, from the middle on, the cities one step nearer to this end."""
        level = set(met)
        steps = zip(self.levels[-2::-1], reversed(self.members), strict=True)
        for nearer, members in steps:
            backward: Onward = {}
            for cities in members:
                before = nearer & cities
                for city in level & cities:
                    backward.setdefault(city, set()).update(before)
            yield backward
            level = set().union(*backward.values())


def meeting(start: Reached, end: Reached, longest: int | None = None) -> set[str]:
    """Go from both ends until they meet, and return where.

    The one with fewer cities goes first. Both have then all cities at their distances,
    so that each shortest chain passes just one of these. They meet nowhere if an end
    can go no further, or the chain would be longer than `longest`.
    """
    while not (met := start.frontier & end.frontier):
        steps = len(start.members) + len(end.members)
        if not (start.frontier and end.frontier) or steps == longest:
            break
        min(start, end, key=lambda side: len(side.frontier)).grow()
    return met


def leading(start: Reached, end: Reached, met: Collection[str]) -> Onward:
    """Return, of each city on a shortest chain, the cities that follow it."""
    onward: Onward = {}
    for nearer in start.back(met):
        for city, before in nearer.items():
            for previous in before:
                onward.setdefault(previous, set()).add(city)
    for nearer in end.back(met):
        onward.update(nearer)
    return onward


def count(onward: Onward, start: str, end: str) -> int:
    """Return the number of chains, without going through them."""
    levels = [{start}]
    while end not in levels[-1] and levels[-1]:
        levels.append(set().union(*(onward.get(city, ()) for city in levels[-1])))
    ways = {end: 1}
    for level in levels[-2::-1]:
        for city in level:
            ways[city] = sum(ways[after] for after in onward.get(city, ()))
    return ways.get(start, 0)


def chains(onward: Onward, start: str, end: str) -> Iterator[tuple[str, ...]]:
    """Yield the chains in the order of their ids."""
    open_: list[tuple[str, ...]] = [(start,)]
    while open_:
        chain = open_.pop()
        if chain[-1] == end:
            yield chain
        else:
            after = sorted(onward.get(chain[-1], ()), reverse=True)
            open_.extend((*chain, city) for city in after)


# -- The answer ---------------------------------------------------------------


def _between(
    session: Session,
    shortest: Sequence[tuple[str, ...]],
    conditions: Sequence[Condition],
    filters: Filters,
) -> dict[Step, tuple[Link, ...]]:
    """Return the partnerships of each step, by their dates."""
    partnerships = gatherings(
        session, "partnership", set().union(*shortest), conditions, filters
    )
    of_city: dict[str, set[int]] = {}
    for no, partnership in partnerships.items():
        for city in partnership.cities:
            of_city.setdefault(city, set()).add(no)
    steps: dict[Step, set[int]] = {}
    for chain in shortest:
        for start, end in pairwise(chain):
            steps[start, end] = of_city[start] & of_city[end]
    known = partnership_links(
        session, set().union(*steps.values()), session.names(filters)
    )
    written = bodies(session, known)
    links: dict[Step, list[Link]] = {step: [] for step in steps}
    for no, link in known.items():
        cities = partnerships[no].cities
        for step, numbers in steps.items():
            if no in numbers:
                certainty = combined_certainty((cities[step[0]], cities[step[1]]))
                connecting = between(link, written[no], step)
                links[step].append(connecting._replace(certainty=certainty))
    return {step: tuple(links[step]) for step in steps}


def _chains(
    shortest: Sequence[tuple[str, ...]],
    total: int,
    between: Mapping[Step, tuple[Link, ...]],
    names: NameIndex,
) -> Iterator[Chain]:
    for number, chain in enumerate(shortest, start=1):
        yield Chain(
            number=number,
            total=total,
            length=len(chain) - 1,
            cities=tuple(names.city(city) for city in chain),
            ties=tuple(between[step] for step in pairwise(chain)),
        )
