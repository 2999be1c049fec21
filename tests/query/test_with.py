"""`--with A --with B` is both of them in every command, and with `--any` one at least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import Filters, KnowledgeBase, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

WORLD = {
    "cities/all.yaml": "".join(
        f"---\nid: {id_}\nname: {id_.title()}\n" for id_ in "abcd"
    ),
    "partnerships/all.yaml": """\
id: a-b
kind: sister-city
members: [a, b]
start: 2001
agreements: [{kind: protocol, signed: 2001, expires: 2027}]
---
id: a-c
kind: sister-city
members: [a, c]
start: 2002
agreements: [{kind: protocol, signed: 2002, expires: 2027}]
---
id: a-b-c
kind: cooperation
members: [a, b, c]
start: 2003
agreements: [{kind: protocol, signed: 2003, expires: 2027}]
---
id: b-d
kind: contact
members: [b, d]
start: 2004
""",
    "events/all.yaml": """\
id: of-b
title: Meeting of B
date: 2010
kind: visit
cities: [b]
---
id: of-b-c
title: Meeting of B and C
date: 2010
kind: visit
cities: [b, c]
""",
}
BOTH = Filters(with_=("b", "c"))
EITHER = BOTH._replace(any_=True)


@pytest.fixture
def kb(data: Callable[[Mapping[str, str]], Path]) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(data(WORLD)) as opened:
        yield opened


def ids(answer: Any) -> set[str]:
    return {
        row.record.id if hasattr(row, "record") else row.id for row in answer.results
    }


ASKED: list[tuple[Callable[[KnowledgeBase, Filters], Any], set[str], set[str]]] = [
    (lambda kb, f: kb.list("partnerships", f), {"a-b-c"}, {"a-b", "a-c", "a-b-c", "b-d"}),
    (lambda kb, f: kb.list("partnerships", f._replace(as_of="2005")),
     {"a-b-c"}, {"a-b", "a-c", "a-b-c", "b-d"}),
    (lambda kb, f: kb.list("agreements", f), {"a-b-c"}, {"a-b", "a-c", "a-b-c"}),
    (lambda kb, f: kb.list("events", f), {"of-b-c"}, {"of-b", "of-b-c"}),
    (lambda kb, f: kb.list("cities", f), {"a"}, {"a", "b", "c", "d"}),
    (lambda kb, f: kb.list("cities", f._replace(as_of="2005")), {"a"}, {"a", "b", "c", "d"}),
    (lambda kb, f: kb.search("meeting", f), {"of-b-c"}, {"of-b", "of-b-c"}),
    (lambda kb, f: kb.anniversaries(
        f._replace(year=("2028",), kind=("start", "agreement", "visit")), step=1),
     {"a-b-c", "of-b-c"}, {"a-b", "a-c", "a-b-c", "b-d", "of-b", "of-b-c"}),
    (lambda kb, f: kb.expiring(f._replace(year=("2027",))), {"a-b-c"}, {"a-b", "a-c", "a-b-c"}),
    (lambda kb, f: kb.timeline("a", filters=f), {"a-b-c"}, {"a-b", "a-c", "a-b-c"}),
    (lambda kb, f: kb.timeline(filters=f),
     {"a-b-c", "of-b-c"}, {"a-b", "a-c", "a-b-c", "b-d", "of-b", "of-b-c"}),
    (lambda kb, f: kb.timeline("partnership/a-b-c", filters=f), {"a-b-c"}, {"a-b-c"}),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "both", "either"), ASKED)
def test_two_cities_are_both(
    kb: KnowledgeBase, ask: Callable[[KnowledgeBase, Filters], Any], both: set[str],
    either: set[str],
) -> None:  # fmt: skip
    answer = ask(kb, BOTH)
    assert ids(answer) == both
    assert answer.query["with"] == ["b", "c"]
    assert "any" not in answer.query
    answer = ask(kb, EITHER)
    assert ids(answer) == either
    assert (answer.query["with"], answer.query["any"]) == (["b", "c"], True)


def test_counts_and_chains(kb: KnowledgeBase) -> None:
    def counted(filters: Filters) -> dict[str | None, int]:
        rows = kb.stats("kind", filters).results
        return {row.key: row.partnerships for row in rows if row.partnerships}

    assert counted(BOTH) == {"cooperation": 1}
    assert counted(EITHER) == {"sister-city": 2, "cooperation": 1, "contact": 1}
    grown = {row.year: row.possible for row in kb.growth(BOTH).results}
    assert (grown[2003], grown[2010]) == (1, 1)
    assert 2002 not in grown
    with pytest.raises(UsageError, match="--with does not apply"):
        kb.path("a", "b", filters=Filters(with_=("c",)))


def test_two_of_with_are_as_two_cities(kb: KnowledgeBase) -> None:
    wanted = kb.timeline("b", "c")
    for answer in (
        kb.timeline(filters=BOTH),
        kb.timeline("b", filters=Filters(with_=("c",))),
    ):
        assert (answer.results, answer.ties, answer.subjects) == (
            wanted.results, wanted.ties, wanted.subjects
        )  # fmt: skip


def test_any_of_one_is_refused(kb: KnowledgeBase) -> None:
    for filters in (Filters(any_=True), Filters(with_=("b",), any_=True)):
        with pytest.raises(
            UsageError, match="--any needs at least two cities in --with"
        ):
            kb.list("partnerships", filters)
