"""Certain, possible or no: `certainty.txt`, held against the library and against the
filters.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from citylinks import Filters, KnowledgeBase
from citylinks.dates import certainty, parse, parse_span
from citylinks.questions.lists import Events

TABLE = Path(__file__).with_name("certainty.txt")


class Case(NamedTuple):
    """One line of the table; `answer` is None for no."""

    date: str
    filter: str
    answer: str | None


def cases() -> list[Case]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [
        Case(date, span, None if word == "no" else word) for date, span, word in rows
    ]


CASES = cases()


def test_the_table_says_each_thing_once() -> None:
    questions = [case[:2] for case in CASES]
    assert len(set(questions)) == len(questions) > 250
    assert {case.answer for case in CASES} == {"certain", "possible", None}


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.date} in {case.filter}"
)
def test_the_library_says_what_the_table_says(case: Case) -> None:
    assert certainty(parse(case.date), parse_span(case.filter)) == case.answer


def find_certainties(kb: KnowledgeBase, filters: Filters) -> dict[str, str | None]:
    answer = kb.list("events", filters)
    assert isinstance(answer, Events)
    return {row.date: row.certainty for row in answer.results}


def test_the_filters_say_what_the_table_says(tmp_path: Path) -> None:
    texts = sorted({case.date for case in CASES})
    for folder in ("cities", "partnerships", "events"):
        (tmp_path / folder).mkdir()
    stream = "".join(
        f"---\nid: e{number}\ntitle: A visit\nkind: visit\ndate: '{text}'\n"
        for number, text in enumerate(texts)
    )
    (tmp_path / "events" / "all.yaml").write_text(stream, encoding="utf-8")
    by_filter: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        by_filter[case.filter].append(case)

    with KnowledgeBase.open(tmp_path) as kb:
        for span, expected in by_filter.items():
            kept = find_certainties(kb, Filters(year=[span]))
            assert [
                Case(case.date, span, kept.get(case.date)) for case in expected
            ] == expected
            sure = {
                date: answer for date, answer in kept.items() if answer == "certain"
            }
            assert find_certainties(kb, Filters(year=[span], certain=True)) == sure
