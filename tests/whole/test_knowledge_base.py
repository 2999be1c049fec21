"""`KnowledgeBase`: what a program asks, by which names, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citylinks import (
    AmbiguousError,
    ClosedError,
    Filters,
    KnowledgeBase,
    NoDataError,
    NotFoundError,
)
from citylinks.questions.timeline import TimelineQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def shown(knowledge_base: KnowledgeBase, name: str) -> str:
    result: Any = knowledge_base.show(name).results[0]
    return f"{result.type}/{result.id}"


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("maravel", "city/maravel"),
        ("MARAVEL", "city/maravel"),
        ("風浜市", "city/kazehama"),
        ("Kaze", "city/kazehama"),
        ("city/umibe", "city/umibe"),
        ("Clear Water", "partnership/clear-water"),
        ("UWA", "organization/umibe-water-agency"),
        ("wastewater", "theme/wastewater"),
    ],
)
def test_a_record_is_found_by_id_or_any_name(
    frozen: KnowledgeBase, name: str, record: str
) -> None:
    assert shown(frozen, name) == record


def test_a_name_that_no_record_bears_is_not_found(frozen: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'Maravel'"):
        frozen.timeline("marvel")


def test_a_name_that_several_bear_is_ambiguous(frozen: KnowledgeBase) -> None:
    with pytest.raises(AmbiguousError, match=r"port-halcyon-fj.*port-halcyon-us"):
        frozen.show("Port Halcyon")


def test_filters_are_given_as_keywords_or_as_one_value(frozen: KnowledgeBase) -> None:
    by_keywords = frozen.timeline("maravel", theme="energy", kind=["project"])
    by_value = frozen.timeline(
        "maravel", filters=Filters(theme=("energy",), kind=("project",))
    )
    assert by_keywords == by_value
    assert [entry.record.id for entry in by_keywords.results] == ["2011-tide-power"]


def test_a_question_is_asked_by_keywords_or_as_a_query(frozen: KnowledgeBase) -> None:
    query = TimelineQuery(("kazehama", "maravel"), reverse=True, limit=3)
    answer = frozen.timeline(query)
    assert answer == frozen.timeline("kazehama", "maravel", reverse=True, limit=3)
    assert (len(answer.results), answer.more) == (3, 10)


def test_it_counts_its_records(frozen: KnowledgeBase) -> None:
    [info] = frozen.version().results
    assert info.counts["city"] == 12
    assert info.counts["partnership"] == 14
    assert info.counts["event"] == 14


def test_two_directories_are_one_knowledge_base(
    data: Callable[[Mapping[str, str]], Path], frozen: KnowledgeBase
) -> None:
    own = data({"cities/mine.yaml": "name: Mine\nsources: [page]\n",
                "partnerships/mine-maravel.yaml": "kind: contact\n"
                "members: [mine, maravel]\nsources: [page]\n",
                "sources.yaml": "page: {title: Page}\n"})  # fmt: skip
    with KnowledgeBase.open(*frozen.directories, own) as both:
        rows: Any = both.list("partnerships", Filters(with_=("mine",))).results
    assert [(row.id, row.name) for row in rows] == [("mine-maravel", "Mine – Maravel")]


def test_a_file_that_cannot_be_read_is_left_out_and_named(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    root = data({"cities/good.yaml": "name: Good\n", "cities/bad.yaml": "name: [\n"})
    with KnowledgeBase.open(root) as knowledge_base:
        rows: Any = knowledge_base.list("cities").results
        assert [row.id for row in rows] == ["good"]
        assert knowledge_base.files_left_out == (str(root / "cities" / "bad.yaml"),)


def test_where_there_is_no_data_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match="nowhere"):
        KnowledgeBase.open(tmp_path / "nowhere")


def test_after_close_it_answers_nothing(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    with KnowledgeBase.open(data({})) as knowledge_base:
        assert knowledge_base.list("cities").results == ()
    with pytest.raises(ClosedError, match="is closed"):
        knowledge_base.list("cities")
