"""A kind that nothing asked for can have is refused, with the question that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import Filters, KnowledgeBase, UsageError
from citylinks.model.vocabulary import (
    AGREEMENT_KINDS,
    EVENT_KINDS,
    KINDS_OF,
    ORGANIZATION_KINDS,
    PARTNERSHIP_KINDS,
    SOURCE_KINDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

WORLD = {
    "cities/all.yaml": "---\nid: a\nname: A\n---\nid: b\nname: B\n",
    "partnerships/a-b.yaml": "kind: sister-city\nmembers: [a, b]\nstart: 2001\n",
    "organizations.yaml": "works: {name: Works, kind: company}\n",
    "sources.yaml": "page: {title: A page, kind: press}\n",
}
EVERY = tuple(dict.fromkeys(kind for kinds in KINDS_OF.values() for kind in kinds))

Ask = "Callable[[KnowledgeBase, Filters], Any]"

ASKED: dict[str, tuple[Any, set[str]]] = {
    "list partnerships": (lambda kb, f: kb.list("partnerships", f), {*PARTNERSHIP_KINDS}),
    "list agreements": (
        lambda kb, f: kb.list("agreements", f), {*AGREEMENT_KINDS, *PARTNERSHIP_KINDS}
    ),
    "list events": (lambda kb, f: kb.list("events", f), {*EVENT_KINDS}),
    "list organizations": (lambda kb, f: kb.list("organizations", f), {*ORGANIZATION_KINDS}),
    "list sources": (lambda kb, f: kb.list("sources", f), {*SOURCE_KINDS}),
    "stats": (lambda kb, f: kb.stats("kind", f), {*PARTNERSHIP_KINDS, *EVENT_KINDS}),
    "growth": (lambda kb, f: kb.growth(f), {*PARTNERSHIP_KINDS}),
    "path": (lambda kb, f: kb.path("a", "b", filters=f), {*PARTNERSHIP_KINDS}),
    "common": (lambda kb, f: kb.common("a", "b", filters=f), {*PARTNERSHIP_KINDS, *EVENT_KINDS}),
    "search": (
        lambda kb, f: kb.search("a", f),
        {*PARTNERSHIP_KINDS, *EVENT_KINDS, *ORGANIZATION_KINDS, *SOURCE_KINDS},
    ),
    "expiring": (
        lambda kb, f: kb.expiring(f), {*AGREEMENT_KINDS, *PARTNERSHIP_KINDS, "expiry"}
    ),
    "anniversaries": (
        lambda kb, f: kb.anniversaries(f),
        {*AGREEMENT_KINDS, *PARTNERSHIP_KINDS, *EVENT_KINDS, "start"},
    ),
    "timeline": (lambda kb, f: kb.timeline(filters=f), {*EVERY} - {*ORGANIZATION_KINDS}
                 - {*SOURCE_KINDS} | {"network"}),
    "evidence": (lambda kb, f: kb.evidence(f), {*PARTNERSHIP_KINDS, *EVENT_KINDS}),
    "conflicts": (lambda kb, f: kb.conflicts(f), {*PARTNERSHIP_KINDS, *EVENT_KINDS}),
    "gaps": (lambda kb, f: kb.gaps(f), {*PARTNERSHIP_KINDS, *EVENT_KINDS}),
    "source uses": (lambda kb, f: kb.source_uses(f), {*PARTNERSHIP_KINDS, *EVENT_KINDS}),
}  # fmt: skip


@pytest.fixture
def kb(data: Callable[[Mapping[str, str]], Path]) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(data(WORLD)) as opened:
        yield opened


@pytest.mark.parametrize("name", ASKED)
def test_each_question_takes_the_kinds_that_its_answers_can_have(
    kb: KnowledgeBase, name: str
) -> None:
    ask, wanted = ASKED[name]
    taken = set()
    for kind in EVERY:
        try:
            answer = ask(kb, Filters(kind=(kind,)))
        except UsageError as error:
            assert f"--kind {kind}" in str(error)  # noqa: PT017 - all kinds are tried in turn
        else:
            assert answer.query["kind"] == [kind if kind in wanted else "sister-city"]
            taken.add(kind)
    has_ties = {*PARTNERSHIP_KINDS} <= wanted
    assert taken == wanted | ({"twinning"} if has_ties else set())


def test_a_twinning_makes_sister_cities(kb: KnowledgeBase) -> None:
    answer: Any = kb.list("partnerships", Filters(kind=("Twinning",)))
    assert [row.id for row in answer.results] == ["a-b"]
    assert answer.query["kind"] == ["sister-city"]


def test_organizations_and_sources_have_kinds(kb: KnowledgeBase) -> None:
    for what, kind, id_ in (
        ("organizations", "company", "works"),
        ("sources", "press", "page"),
    ):
        answer: Any = kb.list(what, Filters(kind=(kind,)))
        assert [row.id for row in answer.results] == [id_]


@pytest.mark.parametrize(
    ("what", "kind", "message"),
    [
        ("partnerships", "memorandum of understanding",
         "a memorandum of understanding is a kind of agreement:"
         " citylinks list agreements --kind memorandum-of-understanding"),
        ("partnerships", "visit",
         "a visit is a kind of event: citylinks list events --kind visit"),
        ("partnerships", "company",
         "a company is a kind of organization: citylinks list organizations --kind company"),
        ("partnerships", "start",
         "'start' is a kind of entry: citylinks timeline --kind start"),
        ("partnerships", "agreement",
         "an agreement is a kind of event and of agreement: citylinks list events --kind"
         " agreement or citylinks list agreements --kind agreement"),
        ("events", "sister-city",
         "a sister city is a kind of partnership: citylinks list partnerships --kind sister-city"),
        ("events", "visitt", "unknown kind 'visitt'; did you mean 'visit'?"),
        ("sources", "protocl", "unknown kind 'protocl'; did you mean 'protocol'?"),
        ("sources", "xyzzy", "unknown kind 'xyzzy'; known are primary, press, secondary"),
    ],
)  # fmt: skip
def test_a_kind_of_something_else_is_refused(
    kb: KnowledgeBase, what: str, kind: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        kb.list(what, Filters(kind=(kind,)))
    assert str(caught.value) == message
