"""Rules of evidence: each with data that breaks it and data that does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.files.diagnostics import RULES, Rule
from citylinks.lint.rules import explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    WriteData = Callable[[Mapping[str, str]], Path]

LYON = "name: Lyon\ncountry: FR\nsources: [page]\n"
SOUND = {"cities/lyon.yaml": LYON, "sources.yaml": "page: {title: A page}\n"}
OF_EVIDENCE = [rule for rule in RULES if rule.code.startswith("CL4")]


@pytest.fixture
def check_file(data: WriteData) -> Callable[[str, str], list[str]]:
    """Return a function that checks one more file and says each problem with its rule."""

    def call(path: str, text: str) -> list[str]:
        with KnowledgeBase.open(data({**SOUND, path: text})) as kb:
            return [
                f"{problem.rule}: {problem.message}"
                for problem in kb.validate().results
            ]

    return call


def files_of(example: str) -> dict[str, str]:
    """Return the files of an example, each of which begins with its path as a comment."""
    parts = re.split(r"^# (\S+\.yaml)\n", example, flags=re.MULTILINE)
    assert parts[0] == "", "the example begins with the path of its first file"
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("rule", OF_EVIDENCE, ids=lambda rule: rule.name)
def test_the_examples_of_a_rule_are_true(rule: Rule, data: WriteData) -> None:
    explained = explanation(rule)
    assert explained.why
    assert explained.bad
    assert explained.good
    with KnowledgeBase.open(data(files_of(explained.bad))) as kb:
        assert kb.validate(select=[rule.code]).results
    with KnowledgeBase.open(data(files_of(explained.good))) as kb:
        assert kb.validate(select=[rule.code]).results == ()


@pytest.mark.parametrize(
    ("sources", "is_found"),
    [
        ("[page]", False),
        ("[{source: page, note: all of it}]", False),
        ("[{source: page, fields: [name]}]", True),
        ("[{source: page, fields: [name]}, page]", False),
        ("[{source: page, fields: [counts]}]", False),
        ("[{source: page, fields: ['counts[0]']}]", False),
        ("[{source: page, fields: ['counts[0].value']}]", False),
        ("[{source: page, fields: ['counts[1]']}]", True),
        ("[{source: page, fields: ['counts[10]', count]}]", True),
    ],
)
def test_a_source_speaks_for_its_fields(
    sources: str, is_found: bool, check_file: Callable[[str, str], list[str]]
) -> None:
    text = f"name: Nice\ncountry: FR\ncounts: [{{of: twins, value: 2}}]\nsources: {sources}\n"
    rule = "claim-without-source: "
    expected = [
        f"{rule}this count has no source: the sources of the record are limited to"
    ]
    messages = [
        message
        for message in check_file("cities/nice.yaml", text)
        if message.startswith(rule)
    ]
    assert [message[: len(expected[0])] for message in messages] == expected * is_found


def test_a_status_of_one_word_is_a_statement_too(
    check_file: Callable[[str, str], list[str]],
) -> None:
    text = "kind: network\nmembers: [lyon]\nstatus: ended\nsources: [{source: page, fields: [kind]}]"
    (message,) = check_file("partnerships/x.yaml", text)
    assert message.startswith("claim-without-source: this status has no source")


def test_without_any_source_that_alone_is_said(
    check_file: Callable[[str, str], list[str]],
) -> None:
    text = "name: Nice\ncountry: FR\ncounts: [{of: twins, value: 2}]\n"
    assert check_file("cities/nice.yaml", text) == [
        "no-source: the city cites no source"
    ]


def test_a_circle_of_themes_that_nothing_is_about(
    check_file: Callable[[str, str], list[str]],
) -> None:
    circle = "a: {label: A, broader: b}\nb: {label: B, broader: a}\n"
    unused = [
        message
        for message in check_file("themes.yaml", circle)
        if message.startswith("unused")
    ]
    assert unused == [
        f"unused-theme: no record is about the theme '{id_}'" for id_ in "ab"
    ]


def test_while_a_record_cannot_be_taken_nothing_is_unused(data: WriteData) -> None:
    files = {**SOUND, "themes.yaml": "sport: {label: Sport}\n"}
    with KnowledgeBase.open(data(files)) as kb:
        assert [problem.rule for problem in kb.validate().results] == ["unused-theme"]
    with KnowledgeBase.open(data({**files, "cities/bad.yaml": "nam: Bad\n"})) as kb:
        assert {problem.code[:3] for problem in kb.validate().results} == {"CL2"}


def test_only_the_files_that_are_named_have_unused_terms(data: WriteData) -> None:
    root = data({**SOUND, "themes.yaml": "sport: {label: Sport}\n"})
    with KnowledgeBase.open(root) as kb:
        assert kb.validate([str(root / "sources.yaml")]).results == ()
        assert len(kb.validate([str(root / "themes.yaml")]).results) == 1


@pytest.mark.parametrize(
    ("level", "is_found"),
    [("city", True), ("port", True), ("region", False), ("country", False)],
)
def test_some_levels_need_no_country(
    level: str, is_found: bool, check_file: Callable[[str, str], list[str]]
) -> None:
    text = f"name: Rhine\nlevel: {level}\nsources: [page]\n"
    messages = check_file("cities/rhine.yaml", text)
    assert messages == ["no-country: the city 'rhine' has no country"] * is_found


@pytest.mark.parametrize(
    ("title", "width"),
    [
        ("x" * 64, None),
        ("x" * 65, 65),
        ("横" * 32, None),
        ("横" * 33, 66),
        ("e\u0301" * 64, None),
    ],
)
def test_a_title_is_measured_in_columns(
    title: str, width: int | None, check_file: Callable[[str, str], list[str]]
) -> None:
    text = f"title: {title}\ndate: 2009\nkind: visit\nsources: [page]\n"
    expected = (
        f"long-title: the title is {width} columns wide; a line of a timeline has 64"
    )
    messages = [
        message
        for message in check_file("events/x.yaml", text)
        if not message.startswith("not-nfc")
    ]
    assert messages == [expected] * bool(width)


@pytest.mark.parametrize(
    ("summary", "is_found"),
    [
        ("“{}”", True),
        ('"{}"', True),
        ("« {} »", True),
        ("「{}」", True),
        ("{}", False),
        ('"a", {} "b"', False),
        ("“a” {} “b”", False),
        ('"a" and then: "{}"', True),
    ],
)
def test_a_quotation_is_what_stands_between_its_marks(
    summary: str, is_found: bool, check_file: Callable[[str, str], list[str]]
) -> None:
    for length in (300, 301):
        text = f"name: Nice\ncountry: FR\nsources: [page]\nsummary: 'S: {summary}'\n"
        messages = check_file("cities/nice.yaml", text.replace("{}", "x" * length))
        expected = "long-quotation: the quotation is 301 characters long, more than 300"
        assert messages == [expected] * (is_found and length == 301)
