"""Rules across fields and records: each with data that breaks it and data that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CITY = "name: A\nsources: [page]\n"
SOUND = {
    "cities/a.yaml": CITY,
    "cities/b.yaml": CITY,
    "cities/c.yaml": CITY,
    "sources.yaml": "page: {title: A page}\n",
}


@pytest.fixture
def said(data: Callable[[Mapping[str, str]], Path]) -> Callable[[str, str], list[str]]:
    """Return a function that checks one more record and says each problem with its rule."""

    def call(path: str, text: str) -> list[str]:
        with KnowledgeBase.open(data({**SOUND, path: f"{text}\nsources: [page]\n"})) as kb:
            return [f"{found.rule}: {found.message}" for found in kb.validate().results]

    return call


@pytest.mark.parametrize(
    "kind",
    ["sister-city", "friendship-city", "sister-or-friendship", "partner-city", "sister-port",
     "friendship-port", "contact"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("members", "message"),
    [
        ("[a]", "has two members, not 1"),
        ("[a, b, c]", "has two members, not 3"),
        ("[{city: a, role: lead}, a, b]", "has two members, not 3"),
        ("[a, a]", "'a' cannot be tied to itself"),
    ],
)
def test_a_bilateral_tie_has_two_members(
    kind: str, members: str, message: str, said: Callable[[str, str], list[str]]
) -> None:
    (found,) = said("partnerships/x.yaml", f"kind: {kind}\nmembers: {members}")
    assert found.startswith("member-count: ")
    assert found.endswith(message)


@pytest.mark.parametrize("kind", ["network", "programme", "cooperation", "series", "unspecified"])
@pytest.mark.parametrize("members", ["[a]", "[a, b, c]", "[{city: a, role: lead}, a, b]"])
def test_other_ties_have_any_number(
    kind: str, members: str, said: Callable[[str, str], list[str]]
) -> None:
    assert said("partnerships/x.yaml", f"kind: {kind}\nmembers: {members}") == []


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("country: JP\nsubdivision: JP-14", []),
        ("subdivision: JP-14", []),
        (
            "country: FR\nsubdivision: JP-14",
            ["foreign-subdivision: subdivision 'JP-14' is not of country 'FR'"],
        ),
    ],
)
def test_a_subdivision_lies_in_its_country(
    city: str, expected: list[str], said: Callable[[str, str], list[str]]
) -> None:
    assert said("cities/x.yaml", f"name: X\n{city}") == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("members: [a, b]\nstart: 1990\nend: 1989", "1989 lies before 1990"),
        (
            "members: [a, b]\nstart: 1990-05-02\nend: 1990-05-01",
            "1990-05-01 lies before 1990-05-02",
        ),
        ("members: [a, b]\naliases: [{name: X, from: 2000, until: 1999}]", "1999 lies before 2000"),
        (
            "members: [a, b]\nagreements: [{kind: protocol, signed: 2000, expires: 1999-12}]",
            "1999-12 lies before 2000",
        ),
    ],
)
def test_an_end_that_surely_lies_before_its_beginning(
    text: str, message: str, said: Callable[[str, str], list[str]]
) -> None:
    assert said("partnerships/x.yaml", f"kind: cooperation\n{text}") == [
        f"ends-before-start: {message}"
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1990", "1990"),
        ("1990-05", "1990"),
        ("1990", "1990-01"),
        ("1991~", "1990"),
        ("199X", "1990"),
        ("1990", "2011/.."),
        ("/1990", "1980"),
        ("1990", "1980/"),
    ],
)
def test_what_may_be_in_order_is_no_problem(
    start: str, end: str, said: Callable[[str, str], list[str]]
) -> None:
    text = f"kind: cooperation\nmembers: [a, b]\nstart: {start}\nend: {end}"
    assert said("partnerships/x.yaml", text) == []


def test_a_refused_item_does_not_make_its_list_empty(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    text = "kind: cooperation\nmembers: [a, b]\nagreements: [{kind: protocol, signed: soon}]\n"
    with KnowledgeBase.open(
        data({**SOUND, "partnerships/x.yaml": text + "sources: [page]\n"})
    ) as kb:
        assert [found.rule for found in kb.validate().results] == ["invalid-date"]
