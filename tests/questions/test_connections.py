"""`path` and `common` against a second, naive answer: every walk, every intersection.

The oracle knows which ties the filters keep, and who belonged to them, from `list`,
which has an oracle of its own. A walk that is no longer than the shortest one passes no
city twice, so that the walks of that length are just the shortest chains.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from questions.test_oracle import (
    CITIES,
    Chance,
    World,
    filters,
    seeds,
    thorough,
    worlds,
)
from support import TODAY

from citylinks import Filters, KnowledgeBase, UsageError
from citylinks.files.loader import Dataset, Loaded, Origin
from citylinks.model.fields import record_fields
from citylinks.model.records import MODELS
from citylinks.model.references import find_references
from citylinks.model.vocabulary import EVENT_KINDS, GATHERING_KINDS, PARTNERSHIP_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]

pairs = st.permutations(CITIES).map(lambda cities: list(cities[:2]))
several = st.permutations(CITIES).flatmap(
    lambda c: st.integers(2, 3).map(lambda n: list(c[:n]))
)
TIMES = ("1959", "1964", "1980s", "2002", "2006", "2026-11-22")
times = st.sampled_from((None, *TIMES))
as_of = st.builds(
    lambda time, sure: Filters(as_of=time, certain=sure),
    st.sampled_from(TIMES),
    st.booleans(),
)
OF_TIES = (
    "theme",
    "kind",
    "country",
    "region",
    "status",
    "level",
    "organization",
    "year",
)


def with_time(f: Filters, time: str | None, is_certain: bool) -> Filters:
    """The same filters, as of a time where one is given."""
    return f._replace(as_of=time, certain=is_certain and bool(time or f.year))


def questions(*taken: str) -> st.SearchStrategy[Filters]:
    return st.builds(with_time, filters(*taken), times, st.booleans())


def with_kinds(f: Filters, known: Iterable[str]) -> Filters:
    """The same filters, of their kinds only those that can be asked for; others are
    refused.
    """
    return f._replace(kind=tuple(kind for kind in f.kind if kind in set(known)))


def rows_of(
    kb: KnowledgeBase, what: str, f: Filters, known: Iterable[str]
) -> Sequence[Any]:
    """The rows of a list; none where only kinds are asked for that none of them has."""
    kept = with_kinds(f, known)
    return () if f.kind and not kept.kind else kb.list(what, kept).results


def sure(first: str | None, *others: str | None) -> str | None:
    return max((certainty for certainty in (first, *others) if certainty), default=None)


def members_of(tie: Any, f: Filters) -> dict[str, str | None]:
    """Who belongs to a tie for what is asked, and how sure it is that it holds and they
    do.
    """
    return {
        city.id: sure(tie.certainty, city.certainty)
        for city in tie.members
        if not (f.certain and city.certainty == "possible")
    }


# -- Chains -------------------------------------------------------------------

Edges = dict[
    tuple[str, str], dict[str, str | None]
]  # of two cities, their ties, and how sure


def edges_of(rows: Iterable[Any], f: Filters) -> Edges:
    """Any two members of a tie, both ways, each tie with how sure it is."""
    edges: Edges = {}
    for row in rows:
        members = members_of(row, f)
        for first, first_sure in members.items():
            for second, second_sure in members.items():
                if first != second:
                    edges.setdefault((first, second), {})[row.id] = sure(
                        first_sure, second_sure
                    )
    return edges


def walks(edges: Edges, pair: Sequence[str], longest: int) -> list[tuple[str, ...]]:
    """All walks from one city to the other of the least length that there is, by ids."""
    after: dict[str, list[str]] = {}
    for source, target in sorted(edges):
        after.setdefault(source, []).append(target)
    start, end = pair
    walked: list[tuple[str, ...]] = [(start,)]
    for _ in range(longest):
        walked = [(*walk, city) for walk in walked for city in after.get(walk[-1], ())]
        if any(walk[-1] == end for walk in walked):
            return [walk for walk in walked if walk[-1] == end]
    return []


def steps_of(rows: Iterable[Any], f: Filters, *, networks: bool) -> list[Any]:
    """The ties that count as steps, of those that all other filters keep."""
    wanted = set(f.kind) | (GATHERING_KINDS if networks and f.kind else set())
    return [
        row
        for row in rows
        if (
            row.kind in wanted
            if wanted
            else networks or row.kind not in GATHERING_KINDS
        )
        and (f.as_of or f.status or has_begun(row))
    ]


def has_begun(row: Any) -> bool:
    """Whether a tie is not only planned; a plan without a day has no start."""
    return (row.earliest or "") <= TODAY and (
        bool(row.start) or row.status != "planned"
    )


def check_path(
    kb: KnowledgeBase, pair: Sequence[str], f: Filters, longest: int, *, networks: bool
) -> None:
    rows: Any = kb.list("partnerships", f._replace(kind=())).results
    edges = edges_of(steps_of(rows, f, networks=networks), f)
    answer = kb.path(
        *pair, filters=f, networks=networks, all_=True, limit=1000, max_=longest
    )
    wanted = walks(edges, pair, longest)
    assert [
        tuple(city.id for city in chain.cities) for chain in answer.results
    ] == wanted
    for number, chain in enumerate(answer.results, start=1):
        assert (chain.number, chain.total) == (number, len(wanted))
        assert chain.length == len(chain.ties) == len(chain.cities) - 1
        for step, ties in zip(
            pairwise(city.id for city in chain.cities), chain.ties, strict=True
        ):
            assert {tie.id: tie.certainty for tie in ties} == edges[step]
    assert not (answer.is_cut and answer.results)
    if not answer.results and not answer.is_cut:
        assert not walks(edges, pair, len(CITIES)), "a chain was given up too early"


@thorough
@given(worlds, pairs, questions(*OF_TIES), st.integers(1, 6), st.booleans())
def test_the_shortest_chains_are_the_shortest_walks(
    world: World, pair: list[str], f: Filters, longest: int, networks: bool
) -> None:
    check_path(
        world.open(),
        pair,
        with_kinds(f, PARTNERSHIP_KINDS),
        longest,
        networks=networks,
    )


@thorough
@given(worlds, as_of)
def test_the_shortest_chains_as_of_a_time(world: World, f: Filters) -> None:
    kb = world.open()
    for pair in combinations(CITIES, 2):
        check_path(kb, pair, f, len(CITIES), networks=True)


def graph(seed: int, size: int, share: float) -> World:
    """So many cities in no order, of whose pairs a share are tied, some twice."""
    chance = Chance(seed)
    ids = [f"c{number}" for number in range(size)]
    dataset = Dataset(())
    for id_ in ids:
        add(dataset, "city", id_, {"name": id_})
    chance.shuffle(ids)
    for number in range(int(share * size * size / 2)):
        members = chance.some(ids, 2, 2)
        add(
            dataset,
            "partnership",
            f"t{number}",
            {"kind": "contact", "members": members},
        )
    return World(dataset)


def add(dataset: Dataset, type_: str, id_: str, record: dict[str, Any]) -> None:
    model = MODELS[type_].model_validate(record)
    dataset.records[type_][id_] = Loaded(type_, id_, model, Origin("", f"{id_}.yaml"))


def counted(edges: Edges, start: str, end: str, size: int) -> tuple[int, int]:
    """The length and the number of the shortest walks, by counting them step by step."""
    ways = Counter({start: 1})
    for length in range(1, size):
        after: Counter[str] = Counter()
        for source, target in edges:
            after[target] += ways[source]
        ways = +after
        if ways[end]:
            return length, ways[end]
    return 0, 0


@thorough
@given(seeds, st.integers(3, 40), st.floats(0.02, 0.2))
def test_length_and_number_in_a_larger_graph(
    seed: int, size: int, share: float
) -> None:
    world = graph(seed, size, share)
    kb = world.open()
    edges = edges_of(kb.list("partnerships").results, Filters())
    for end in range(1, min(size, 6)):
        answer = kb.path("c0", f"c{end}")
        counts = [(chain.length, chain.total) for chain in answer.results]
        length, number = counted(edges, "c0", f"c{end}", size)
        assert counts == ([(length, number)] if number else [])


def ladder(rungs: int) -> World:
    """Cities in rows of two; each is tied to both of the next row, so that ways double."""
    dataset = Dataset(())
    rows = [["a"], *([f"l{n}", f"r{n}"] for n in range(rungs)), ["z"]]
    for id_ in (id_ for row in rows for id_ in row):
        add(dataset, "city", id_, {"name": id_})
    for row, following in pairwise(rows):
        for first in row:
            for second in following:
                tie = {"kind": "contact", "members": [first, second]}
                add(dataset, "partnership", f"{first}-{second}", tie)
    return World(dataset)


def test_chains_are_counted_without_going_through_them() -> None:
    kb = ladder(200).open()
    [chain] = kb.path("a", "z").results
    assert (chain.length, chain.total) == (201, 2**200)
    assert [city.id for city in chain.cities][:3] == ["a", "l0", "l1"]
    assert len(kb.path("a", "z", all_=True).results) == 100
    few = kb.path("a", "z", limit=3).results
    assert [chain.number for chain in few] == [1, 2, 3]
    assert {chain.total for chain in few} == {2**200}


def test_a_length_that_is_just_enough() -> None:
    kb = ladder(2).open()
    assert kb.path("a", "z", max_=3).results
    short = kb.path("a", "z", max_=2)
    assert (short.results, short.is_cut) == ((), True)


# -- What is shared -----------------------------------------------------------


def themes_of(world: World, type_: str, id_: str) -> set[str]:
    body = world.dataset.records[type_][id_].body
    references = find_references(body, record_fields()[type_])
    return {reference.id for reference in references if reference.type == "theme"}


def held(world: World, city: str, cities: Sequence[str], f: Filters) -> dict[Any, Any]:
    """What a city has, each with the ties and events by which it has that, and how
    sure.
    """
    ties = rows_of(world.open(), "partnerships", f, PARTNERSHIP_KINDS)
    events = rows_of(world.open(), "events", f, EVENT_KINDS)
    has: dict[tuple[str, str], dict[tuple[str, str], str | None]] = {}
    for tie in ties:
        members = members_of(tie, f)
        if city not in members:
            continue
        given_: list[tuple[tuple[str, str], str | None]]
        given_ = [
            (("theme", id_), None) for id_ in themes_of(world, "partnership", tie.id)
        ]
        if tie.kind in GATHERING_KINDS:
            given_.append((("network", tie.id), None))
        else:
            given_ += [
                (("partner", id_), m) for id_, m in members.items() if id_ not in cities
            ]
        for key, other in given_:
            has.setdefault(key, {})["partnership", tie.id] = sure(members[city], other)
    for event in events:
        if city in {member.id for member in event.cities}:
            keys = [("theme", id_) for id_ in themes_of(world, "event", event.id)]
            for key in [*keys, ("event", event.id)]:
                has.setdefault(key, {})["event", event.id] = event.certainty
    return has


def check_common(world: World, cities: Sequence[str], f: Filters) -> None:
    holdings = [held(world, city, cities, f) for city in cities]
    answer = world.open().common(*cities, filters=f)
    wanted = set.intersection(*(set(has) for has in holdings))
    assert sorted((row.type, row.id) for row in answer.results) == sorted(wanted)
    for row in answer.results:
        for has, links in zip(holdings, row.links, strict=True):
            certainties = {(link.type, link.id): link.certainty for link in links}
            assert certainties == has[row.type, row.id]


@thorough
@given(worlds, several, questions("theme", "kind", "organization", "year"))
def test_what_is_shared_is_what_each_has(
    world: World, cities: list[str], f: Filters
) -> None:
    check_common(world, cities, with_kinds(f, (*PARTNERSHIP_KINDS, *EVENT_KINDS)))


@thorough
@given(worlds, pairs, as_of)
def test_what_is_shared_as_of_a_time(world: World, pair: list[str], f: Filters) -> None:
    check_common(world, pair, f)


@thorough
@given(worlds, pairs, filters("country", "region", "level"))
def test_places_are_asked_of_the_others(
    world: World, pair: list[str], f: Filters
) -> None:
    kb = world.open()
    everywhere = {(row.type, row.id) for row in kb.common(*pair).results}
    restricted = {(row.type, row.id) for row in kb.common(*pair, filters=f).results}
    assert restricted <= everywhere
    partners = {id_ for type_, id_ in everywhere if type_ == "partner"}
    kept = {city for city in partners if world.has_place([city], f)}
    assert {id_ for type_, id_ in restricted if type_ == "partner"} == kept


def test_one_city_has_nothing_in_common(data: Write) -> None:
    kb = KnowledgeBase.open(
        data({"cities/a.yaml": "name: A\n", "cities/b.yaml": "name: B\n"})
    )
    with pytest.raises(UsageError, match="needs two cities or more"):
        kb.common("a")
    with pytest.raises(UsageError, match="the same city twice: 'a' and 'A'"):
        kb.common("a", "b", "A")
    with pytest.raises(UsageError, match="name them all"):
        kb.common("a", "b", filters=Filters(with_=("a",)))


def test_a_chain_is_between_two_cities(data: Write) -> None:
    kb = KnowledgeBase.open(
        data({"cities/a.yaml": "name: A\n", "cities/b.yaml": "name: B\n"})
    )
    with pytest.raises(UsageError, match="path needs two cities"):
        kb.path("a")
    with pytest.raises(UsageError, match="the same city twice: 'a' and 'A'"):
        kb.path("a", "A")
    with pytest.raises(
        UsageError, match="--max 0 is not possible; the number of steps"
    ):
        kb.path("a", "b", max_=0)
    with pytest.raises(
        UsageError, match="--limit -1 is not possible; the number of chains"
    ):
        kb.path("a", "b", limit=-1)
    answer = kb.path("a", "b", max_=1)
    assert (answer.results, answer.is_cut) == ((), False), "nothing is tied to either"


def test_who_has_no_record_still_connects(data: Write) -> None:
    """A member that no record describes is a problem of the data, and yet a member."""
    files = {
        "cities/a.yaml": "name: A\n",
        "cities/z.yaml": "name: Z\n",
        "partnerships/a-gone.yaml": "{kind: contact, members: [a, gone]}\n",
        "partnerships/gone-z.yaml": "{kind: cooperation, members: [{city: gone, role: host}, z]}\n",
        "partnerships/z.yaml": "{kind: network, members: [z, {city: z, role: host}]}\n",
    }
    kb = KnowledgeBase.open(data(files))
    [chain] = kb.path("a", "z", networks=True).results
    assert [(city.id, city.name) for city in chain.cities][1] == ("gone", "gone")
    assert [(row.type, row.id, row.name) for row in kb.common("a", "z").results] == [
        ("partner", "gone", "gone")
    ]


def test_who_has_left_a_tie_is_connected_by_others(data: Write) -> None:
    files = {f"cities/{id_}.yaml": f"name: {id_}\n" for id_ in "abc"} | {
        "partnerships/ab.yaml": "{kind: cooperation, members: [a, {city: b, until: 1980}]}\n",
        "partnerships/ac.yaml": "{kind: contact, members: [a, c]}\n",
        "partnerships/bc.yaml": "{kind: contact, members: [b, c]}\n",
    }
    kb = KnowledgeBase.open(data(files))
    for time, length in (("1970", 1), ("2000", 2)):
        [chain] = kb.path("a", "b", filters=Filters(as_of=time)).results
        assert chain.length == length
