"""Rules across fields and records: each with data that breaks it and data that does
not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.lint.rules.unknown_language import MEANT
from citylinks.lint.rules.unknown_language import find_problem as language_problem

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
def check_record(
    data: Callable[[Mapping[str, str]], Path],
) -> Callable[[str, str], list[str]]:
    """Return a function that checks one more record and says each problem with its
    rule.
    """

    def call(path: str, text: str) -> list[str]:
        with KnowledgeBase.open(
            data({**SOUND, path: f"{text}\nsources: [page]\n"})
        ) as kb:
            return [
                f"{problem.rule}: {problem.message}"
                for problem in kb.validate(ignore=["CL4"]).results
            ]

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
        ("[a, a]", "'a' cannot be a partner of itself"),
    ],
)
def test_a_bilateral_tie_has_two_members(
    kind: str, members: str, message: str, check_record: Callable[[str, str], list[str]]
) -> None:
    (reported,) = check_record(
        "partnerships/x.yaml", f"kind: {kind}\nmembers: {members}"
    )
    assert reported.startswith("member-count: ")
    assert reported.endswith(message)


@pytest.mark.parametrize(
    "kind", ["network", "programme", "cooperation", "series", "unspecified"]
)
@pytest.mark.parametrize(
    "members", ["[a]", "[a, b, c]", "[{city: a, role: lead}, a, b]"]
)
def test_other_ties_have_any_number(
    kind: str, members: str, check_record: Callable[[str, str], list[str]]
) -> None:
    assert (
        check_record("partnerships/x.yaml", f"kind: {kind}\nmembers: {members}") == []
    )


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("country: JP\nsubdivision: JP-14", []),
        ("subdivision: JP-14", []),
        (
            "country: FR\nsubdivision: JP-14",
            ["foreign-subdivision: subdivision 'JP-14' is not in country 'FR'"],
        ),
    ],
)
def test_a_subdivision_lies_in_its_country(
    city: str, expected: list[str], check_record: Callable[[str, str], list[str]]
) -> None:
    assert check_record("cities/x.yaml", f"name: X\n{city}") == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "members: [a, b]\nstart: 1990\nend: 1989",
            "the end '1989' is before the start '1990'",
        ),
        (
            "members: [a, b]\nstart: 1990-05-02\nend: 1990-05-01",
            "the end '1990-05-01' is before the start '1990-05-02'",
        ),
    ],
)
def test_an_end_that_surely_lies_before_its_beginning(
    text: str, message: str, check_record: Callable[[str, str], list[str]]
) -> None:
    assert check_record("partnerships/x.yaml", f"kind: cooperation\n{text}") == [
        f"ends-before-start: {message}"
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1990", "1990"),
        ("1990-05", "1990"),
        ("1990", "1990-01"),
        ("1991~", "1990"),
        ("1991?", "1990"),
        ("1991", "1990%"),
        ("199X", "1990"),
        ("1990", "2011/.."),
        ("/1990", "1980"),
        ("1990", "1980/"),
    ],
)
def test_what_may_be_in_order_is_no_problem(
    start: str, end: str, check_record: Callable[[str, str], list[str]]
) -> None:
    text = f"kind: cooperation\nmembers: [a, b]\nstart: {start}\nend: {end}"
    assert check_record("partnerships/x.yaml", text) == []


def test_a_refused_item_does_not_make_its_list_empty(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    text = "kind: cooperation\nmembers: [a, b]\nagreements: [{kind: protocol, signed: soon}]\n"
    with KnowledgeBase.open(
        data({**SOUND, "partnerships/x.yaml": text + "sources: [page]\n"})
    ) as kb:
        assert [problem.rule for problem in kb.validate(ignore=["CL4"]).results] == [
            "invalid-date"
        ]


def test_an_agreement_that_surely_expires_before_it_is_signed(
    check_record: Callable[[str, str], list[str]],
) -> None:
    papers = [
        "signed: 2000, expires: 1999-12",
        "signed: 2000, expires: 2000",
        "expires: 1999",
    ]
    listed = "".join(f"\n  - {{kind: protocol, {paper}}}" for paper in papers)
    assert check_record(
        "partnerships/x.yaml", f"kind: network\nmembers: [a]\nagreements:{listed}"
    ) == ["expires-before-signed: expires '1999-12' is before signed '2000'"]


@pytest.mark.parametrize(
    ("date", "is_told"),
    [
        ("2026-11-22", False),
        ("2026-11-23", False),  # it is tomorrow elsewhere
        ("2026-11-24", True),
        ("2026", False),
        ("2026-12", True),
        ("2027?", False),
        ("2027~", False),
        ("2028~", True),
        ("2026/2030", False),
        ("[2026-11..2027-03]", False),
        ("2027/2030", True),
        ("/2030", False),
    ],
)
def test_what_surely_lies_in_the_future(
    date: str,
    is_told: bool,
    check_record: Callable[[str, str], list[str]],
) -> None:
    expected = [f"in-the-future: date '{date}' is in the future"] if is_told else []
    assert (
        check_record("events/x.yaml", f"title: X\nkind: visit\ndate: '{date}'")
        == expected
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("planned", []),
        ("[{is: active}, {is: planned}]", []),
        (
            "[{is: planned}, {is: active}]",
            ["in-the-future: start '2090' is in the future"],
        ),
        ("active", ["in-the-future: start '2090' is in the future"]),
    ],
)
def test_a_planned_tie_may_start_in_the_future(
    status: str, expected: list[str], check_record: Callable[[str, str], list[str]]
) -> None:
    tie = (
        f"kind: cooperation\nmembers: [a, b]\nstart: 2090\nend: 2095\nstatus: {status}"
    )
    assert check_record("partnerships/x.yaml", tie) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lyon",
        r"a\tb\nc",
        r"\u0644\u06CC\u0648\u0646\u200C\u0647\u0627",  # Persian
        r"\u0915\u094D\u200D\u0937",  # Devanagari
        r"\U0001F469\u200D\U0001F4BB",  # an emoji of two
        r"\u05D0 (Lyon)\u200E",  # Hebrew
        r"\u0E01\u200B\u0E02",  # Thai
        r"back\\u200bslash",
    ],
)
def test_characters_that_their_script_needs(
    text: str, check_record: Callable[[str, str], list[str]]
) -> None:
    assert check_record("cities/x.yaml", f'name: X\nsummary: "{text}"') == []


@pytest.mark.parametrize(
    "code",
    ["0000", "001B", "007F", "0085", "00AD", "200B", "200C", "200D", "200E", "200F", "061C",
     "2028", "202A", "202E", "2060", "2066", "2069", "E000", "FDD0", "FEFF", "FFFD"],
)  # fmt: skip
def test_characters_that_do_harm(
    code: str, check_record: Callable[[str, str], list[str]]
) -> None:
    (message,) = check_record("cities/x.yaml", f'name: X\nsummary: "Ly\\u{code}on"')
    assert message.startswith("unsafe-text: the text contains ")
    assert f"U+{code}" in message
    assert message.endswith(", after 'Ly'")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ja", None),
        ("zh-Hant-TW", None),
        ("ceb", None),
        ("EN", None),
        ("qaa", None),
        ("jp", "'jp' is not a language of ISO 639; did you mean 'ja'?"),
        ("jpn", "the language 'jpn' is written 'ja'"),
        ("fre-CA", "the language 'fre' is written 'fr'"),
        ("french", "'french' is not a language of ISO 639; did you mean 'fr'?"),
        ("xx", "'xx' is not a language of ISO 639"),
    ],
)
def test_a_language_tag_begins_with_a_language(
    tag: str, expected: str | None, check_record: Callable[[str, str], list[str]]
) -> None:
    problems = [f"unknown-language: {expected}"] if expected else []
    assert check_record("cities/x.yaml", f"name: X\nnames: {{{tag}: X}}") == problems
    assert (
        check_record("cities/x.yaml", f"name: X\naliases: [{{name: Y, lang: {tag}}}]")
        == problems
    )


def test_codes_of_countries_are_taken_for_languages_that_exist() -> None:
    assert not [code for code in MEANT if not language_problem(code)]
    assert not [code for code in MEANT.values() if language_problem(code)]
