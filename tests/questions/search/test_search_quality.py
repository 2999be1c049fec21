"""What a search finds first, as a table of what people type and what they want."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from citylinks import Filters, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from citylinks.questions.search import Search
    from citylinks.questions.search_passages import Hit

HERE = Path(__file__).parent


class Query(NamedTuple):
    typed: str
    record: str
    reason: str | None = None


def queries() -> list[Query]:
    lines = (HERE / "queries.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [Query(*row) for row in rows]


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.typed)
def test_what_is_wanted_comes_first(kb: KnowledgeBase, query: Query) -> None:
    hits = kb.search(query.typed).results
    assert hits, "nothing was found"
    first = hits[0]
    assert f"{first.record.type}/{first.record.id}" == query.record
    assert query.reason in {first.reason, None}


@pytest.mark.parametrize(
    "typed", ["d'a", "xi'", "d", "to", "new y", "port of", "横", "lyon", "saint"]
)
def test_a_filter_narrows_what_is_found_and_keeps_its_order(
    kb: KnowledgeBase, typed: str
) -> None:
    """Names are compared without their apostrophes, words are parted there."""
    everything = kb.search(typed, limit=1000)
    assert everything.is_literal
    for country in ("JP", "FR", "VN", "US", "CN"):
        in_country = {
            row.id for row in kb.list("cities", Filters(country=(country,))).results
        }
        wanted = [
            hit.record.id for hit in _cities(everything) if hit.record.id in in_country
        ]
        narrowed = kb.search(typed, Filters(country=(country,)), limit=1000)
        if wanted:
            assert [hit.record.id for hit in _cities(narrowed)] == wanted
        else:
            assert not narrowed.is_literal or not _cities(narrowed)


@pytest.mark.parametrize(
    ("typed", "city", "kinds"),
    [
        ("sister cities of lyon", "lyon", {"sister-city"}),
        ("jumelages de Lyon", "lyon", {"sister-city"}),
        ("横浜の姉妹都市", "yokohama", {"sister-city"}),
        ("networks of lyon", "lyon", {"network"}),
        ("partner cities yokohama", "yokohama", {"partner-city"}),
        ("gemellaggi di Milano", "milan", {"sister-city"}),
        ("sister ports of yokohama", "port-of-yokohama", {"sister-port"}),
        ("technical cooperation yokohama", "yokohama", {"technical-cooperation"}),
        ("the sister cities of tokyo", "tokyo", {"sister-or-friendship"}),
    ],
)
def test_partnerships_of_the_kind_that_is_typed_come_first(
    kb: KnowledgeBase, typed: str, city: str, kinds: set[str]
) -> None:
    wanted = {
        row.id
        for row in kb.list(
            "partnerships", Filters(kind=tuple(kinds), with_=(city,))
        ).results
    }
    hits = kb.search(typed, limit=100).results
    first = [hit.record.id for hit in hits[: len(wanted)]]
    assert wanted
    assert set(first) == wanted


def test_a_filter_keeps_the_city_of_a_level_that_is_typed(kb: KnowledgeBase) -> None:
    for country, wanted in (("JP", "port-of-yokohama"), ("FR", None)):
        hits = kb.search("der Hafen von Yokohama", country=country).results
        ids = [hit.record.id for hit in hits if hit.record.type == "city"]
        assert ids[:1] == ([wanted] if wanted else [])


@pytest.mark.parametrize("typed", ["Häfen", "puertos", "港湾", "havens"])
def test_a_word_for_a_level_alone_finds_the_cities_of_it(
    kb: KnowledgeBase, typed: str
) -> None:
    ids = {hit.record.id for hit in kb.search(typed, limit=100).results}
    ports = {row.id for row in kb.list("cities", level="port").results}
    assert ports
    assert ports <= ids


@pytest.mark.parametrize("typed", ["of the", "the", "de la", "の", "und der"])
def test_common_words_alone_find_nothing(kb: KnowledgeBase, typed: str) -> None:
    answer = kb.search(typed)
    assert answer.common == typed
    assert not answer.results


@pytest.mark.parametrize(
    ("typed", "without"),
    [
        ("the silk of lyon", "silk lyon"),
        ("les femmes et le climat", "femmes climat"),
        ("der Frieden in Hiroshima", "Frieden Hiroshima"),
        ("waste and water in ouagadougou", "waste water ouagadougou"),
    ],
)
def test_common_words_neither_exclude_nor_rank(
    kb: KnowledgeBase, typed: str, without: str
) -> None:
    assert kb.search(typed).results == kb.search(without).results


def test_common_words_count_in_quotes(kb: KnowledgeBase) -> None:
    for hit in kb.search('"of the"').results:
        marked = {hit.passage[start:end].lower() for start, end in hit.matches}
        assert "of the" in marked


@pytest.mark.parametrize(
    ("typed", "others"),
    [("networks crisis", "network crisis"), ("seminar tokyo", "seminars tokyo")],
)
def test_singular_and_plural_find_the_same(
    kb: KnowledgeBase, typed: str, others: str
) -> None:
    ids = [
        {hit.record for hit in kb.search(text, limit=200).results}
        for text in (typed, others)
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("typed", ["soie", "絹", "silk", "soierie", "シルク", "生糸"])
def test_a_theme_in_any_language_finds_what_has_it(
    kb: KnowledgeBase, typed: str
) -> None:
    ids = [hit.record.id for hit in kb.search(typed).results]
    assert ids.index("silk") <= 1
    assert {"1860-lyon-traders-in-yokohama", "2009-lyon-yokohama-50-years"} <= set(ids)


def test_a_theme_finds_what_has_a_narrower_theme(kb: KnowledgeBase) -> None:
    ids = [hit.record.id for hit in kb.search("ごみ セブ").results]
    assert ids[0] == "yokohama-cebu"


def test_the_word_in_the_way_is_named(kb: KnowledgeBase) -> None:
    obstacle = kb.search("lyon silk xyzzy").obstacle
    assert obstacle
    assert (obstacle.word, obstacle.is_unknown) == ("xyzzy", True)
    assert obstacle.others == len(kb.search("lyon silk", limit=500).results)
    together = kb.search("jakarta mayor silk").obstacle
    assert together
    assert not together.is_unknown


def _cities(answer: Search) -> list[Hit]:
    return [hit for hit in answer.results if hit.record.type == "city"]


def test_a_pair_of_cities_is_shown_where_their_partnership_is_called_otherwise(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    files = {
        "cities/porto.yaml": "{name: Porto}",
        "cities/lodz.yaml": "{name: Łódź}",
        "partnerships/bridge.yaml": "{name: The Bridge, kind: cooperation,"
        " members: [porto, lodz], sources: [page]}",
        "sources.yaml": "page: {title: Łódź and Porto}",
    }
    with KnowledgeBase.open(data(files)) as kb:
        first = kb.search("porto lodz").results[0]
    assert (first.record.id, first.reason) == ("bridge", "city")
    assert [first.passage[start:end] for start, end in first.matches] == ["Porto"]
