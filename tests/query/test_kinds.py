"""A kind that nothing asked for can have is refused, with the question that has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support import run_line

from citylinks import Filters, KnowledgeBase, UsageError
from citylinks.model.kind_names import KIND_NAMES
from citylinks.model.vocabulary import (
    AGREEMENT_KINDS,
    EVENT_KINDS,
    KINDS_OF,
    ORGANIZATION_KINDS,
    PARTNERSHIP_KINDS,
    SOURCE_KINDS,
)
from citylinks.query.filters import parse_level
from citylinks.query.kinds import kinds_called, level_readings

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
        ("sources", "xyzzy", "unknown kind 'xyzzy'; choose from primary, press, secondary"),
    ],
)  # fmt: skip
def test_a_kind_of_something_else_is_refused(
    kb: KnowledgeBase, what: str, kind: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        kb.list(what, Filters(kind=(kind,)))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("what", "typed", "read"),
    [
        ("partnerships", "twinnings", "sister-city"),
        ("partnerships", "twin city", "sister-city"),
        ("partnerships", "Twin Towns", "sister-city"),
        ("partnerships", "sister cities", "sister-city"),
        ("partnerships", "sister_cities", "sister-city"),
        ("partnerships", "sistercity", "sister-city"),
        ("partnerships", "jumelage", "sister-city"),
        ("partnerships", "Jumelages", "sister-city"),
        ("partnerships", "villes jumelées", "sister-city"),
        ("partnerships", "ville-jumelee", "sister-city"),
        ("partnerships", "Städtepartnerschaft", "sister-city"),
        ("partnerships", "STÄDTEPARTNERSCHAFTEN", "sister-city"),
        ("partnerships", "Partnerstädte", "sister-city"),
        ("partnerships", "hermanamientos", "sister-city"),
        ("partnerships", "ciudades hermanas", "sister-city"),
        ("partnerships", "gemellaggi", "sister-city"),
        ("partnerships", "cidades-irmãs", "sister-city"),
        ("partnerships", "stedenband", "sister-city"),
        ("partnerships", "побратимы", "sister-city"),
        ("partnerships", "姉妹都市", "sister-city"),
        ("partnerships", "姐妹城市", "sister-city"),
        ("partnerships", "자매도시", "sister-city"),
        ("partnerships", "友好都市", "friendship-city"),
        ("partnerships", "friendship", "friendship-city"),
        ("partnerships", "friendship cities", "friendship-city"),
        (
            "partnerships",
            "友好城市",
            "sister-city friendship-city sister-or-friendship",
        ),
        ("partnerships", "partners", "partner-city"),
        ("partnerships", "networks", "network"),
        ("partnerships", "réseaux", "network"),
        ("partnerships", "program", "programme"),
        ("agreements", "MoU", "memorandum-of-understanding"),
        ("agreements", "MOUs", "memorandum-of-understanding"),
        ("agreements", "memoranda", "memorandum-of-understanding"),
        ("agreements", "protocole d'accord", "memorandum-of-understanding"),
        ("agreements", "LOI", "letter-of-intent"),
        ("agreements", "覚書", "memorandum-of-understanding"),
        ("agreements", "agreements", "agreement"),
        ("events", "visits", "visit"),
        ("events", "conferences", "conference"),
        ("events", "visite", "visit"),
        ("events", "anniversary", "commemoration"),
        ("organizations", "companies", "company"),
        ("organizations", "universities", "university"),
    ],
)
def test_a_kind_by_another_name(
    kb: KnowledgeBase, what: str, typed: str, read: str
) -> None:
    answer: Any = kb.list(what, Filters(kind=(typed,)))
    assert answer.query["kind"] == read.split()


@pytest.mark.parametrize(
    ("what", "kind", "message"),
    [
        ("partnerships", "MoUs",
         "a memorandum of understanding is a kind of agreement:"
         " citylinks list agreements --kind memorandum-of-understanding"),
        ("partnerships", "Besuch",
         "a visit is a kind of event: citylinks list events --kind visit"),
        ("events", "jumelage",
         "a sister city is a kind of partnership:"
         " citylinks list partnerships --kind sister-city"),
    ],
)  # fmt: skip
def test_a_kind_of_something_else_by_another_name(
    kb: KnowledgeBase, what: str, kind: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        kb.list(what, Filters(kind=(kind,)))
    assert str(caught.value) == message


def test_each_name_of_a_kind_is_of_kinds_that_are() -> None:
    named = {kind for kinds in KIND_NAMES for kind in kinds.split()}
    assert named <= {*EVERY}
    assert kinds_called("") == ()


def test_a_kind_read_by_another_name_is_printed() -> None:
    printed = run_line("citylinks list partnerships --kind jumelage")
    assert printed.err == "citylinks: reading 'jumelage' as sister-city\n"
    meant = run_line("citylinks list partnerships --kind sister-city")
    assert (printed.out, meant.err) == (meant.out, "")
    assert run_line("citylinks list partnerships --kind 'sister city'").err == ""


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("port", {"port"}),
        ("PORTS", {"port"}),
        ("Hafen", {"port"}),
        ("港", {"port"}),
        ("Regions", {"region"}),
        ("région", {"region"}),
        ("état", {"state", "region", "prefecture"}),
        ("ville", {"city", "metropolis", "corporation"}),
        ("cities", {"city"}),
        ("prefectures", {"prefecture"}),
    ],
)
def test_a_level_is_understood_by_any_of_its_names(
    typed: str, levels: set[str]
) -> None:
    assert parse_level(typed) == levels


def test_a_level_by_another_name_is_said() -> None:
    assert list(level_readings(["port", "Hafen", "PORT", "province", "Hafen"])) == [
        "reading 'Hafen' as port",
        "reading 'province' as prefecture, state or region",
    ]
