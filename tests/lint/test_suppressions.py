from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.files import suppressions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    WriteData = Callable[[Mapping[str, str]], Path]


def find_ignores(text: str) -> list[list[object]]:
    made: list[list[object]] = json.loads(
        suppressions.find_suppressions(text.encode()) or "[]"
    )
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Lyon # citylinks: ignore CL401\n", [[1, 12, ["CL401"]]]),
        ("a: b\nname: Lyon  #citylinks:ignore CL401", [[2, 13, ["CL401"]]]),
        ("a: b # citylinks: ignore CL401, CL2 c\r\n", [[1, 6, ["CL401", "CL2", "c"]]]),
        ("a: b # citylinks: ignore CL401 # told on the telephone\n", [[1, 6, ["CL401"]]]),
        ("a: b # citylinks: ignore\n", [[1, 6, []]]),
        ("# citylinks: ignore CL401\na: b\n", [[1, 1, ["CL401"]]]),
        ("\ufeffa: b # citylinks: ignore CL401\n", [[1, 6, ["CL401"]]]),
        ("a: 横浜 # citylinks: ignore CL401\n", [[1, 7, ["CL401"]]]),
        ("a: {b: 'c'} # citylinks: ignore CL401\n", [[1, 13, ["CL401"]]]),
        ("a: # citylinks: ignore CL401\n  - b\n", [[1, 4, ["CL401"]]]),
        ("a: | # citylinks: ignore CL401\n  text\n", [[1, 6, ["CL401"]]]),
        ("a: >- # citylinks: ignore CL401\n", [[1, 7, ["CL401"]]]),
        ("a: |\n  text\n# citylinks: ignore CL401\nb: c\n", [[3, 1, ["CL401"]]]),
    ],
)  # fmt: skip
def test_a_comment_at_the_end_of_a_line(
    text: str, expected: list[list[object]]
) -> None:
    assert find_ignores(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b # citylinks: ignore CL401'\n",
        'a: "b # citylinks: ignore CL401"\n',
        'a: "b\n  # citylinks: ignore CL401\n  c"\n',
        "a: |\n  # citylinks: ignore CL401\n",
        "a: >\n  b\n  c # citylinks: ignore CL401\n\nd: e\n",
        "a: b# citylinks: ignore CL401\n",
        "a: b # citylinks: ignored CL401\n",
        "a: b # citylinks: ignore-all\n",
        "a: b # noqa citylinks\n",
        "a: [b\nc: d # citylinks: ignore CL401\n",
        "a: b\n\tc: d # citylinks: ignore CL401\n",
        "a: \x07 # citylinks: ignore CL401\n",
    ],
)
def test_what_is_no_comment_or_cannot_be_read(text: str) -> None:
    assert find_ignores(text) == []


def test_what_cannot_be_decoded_is_passed_over() -> None:
    assert (
        suppressions.find_suppressions(b"\xff\xfe # citylinks: ignore CL401\n")
        is not None
    )
    assert suppressions.find_suppressions(b"\x00 # citylinks: ignore CL401\n") is None


def test_many_comments_in_a_long_file() -> None:
    lines = "".join(
        f"k{number}: 'v' # citylinks: ignore CL401\n" for number in range(2000)
    )
    assert [line for line, _, _ in find_ignores(lines)] == list(range(1, 2001))


SOUND = {"sources.yaml": "page: {title: A page}\n"}


def reported(data: WriteData, lyon: str, **files: str) -> list[str]:
    more = {f"cities/{name}.yaml": text for name, text in files.items()}
    with KnowledgeBase.open(data({**SOUND, "cities/lyon.yaml": lyon, **more})) as kb:
        results = kb.validate().results
    return [
        f"{problem.line}:{problem.column} {problem.rule}: {problem.message}"
        for problem in results
    ]


@pytest.mark.parametrize("word", ["CL406", "cl406", "no-country", "No-Country"])
def test_a_comment_ignores_a_rule_on_its_line(word: str, data: WriteData) -> None:
    assert (
        reported(data, f"name: Lyon # citylinks: ignore {word}\nsources: [page]\n")
        == []
    )


def test_it_ignores_no_other_line_and_no_other_rule(data: WriteData) -> None:
    text = "name: Lyon # citylinks: ignore CL401\nsources: [page] # citylinks: ignore CL406\n"
    assert reported(data, text) == [
        "1:1 no-country: the city 'lyon' has no country",
        "1:12 unused-ignore: nothing on this line breaks 'CL401' (no-source)",
        "2:17 unused-ignore: nothing on this line breaks 'CL406' (no-country)",
    ]


def test_of_several_words_each_is_held_to_account(data: WriteData) -> None:
    text = (
        "name: Lyon # citylinks: ignore CL406, CL401, CL4, nothing\nsources: [page]\n"
    )
    lines = [line.partition(";")[0] for line in reported(data, text)]
    assert lines == [
        "1:12 unused-ignore: nothing on this line breaks 'CL401' (no-source)",
        "1:12 unused-ignore: there is no rule 'CL4' to ignore",
        "1:12 unused-ignore: there is no rule 'nothing' to ignore",
    ]


def test_unused_ignore_may_be_ignored(data: WriteData) -> None:
    text = "name: Lyon # citylinks: ignore CL401, unused-ignore\ncountry: FR\nsources: [page]\n"
    assert reported(data, text) == []


def test_while_a_record_cannot_be_taken_no_ignore_is_unused(data: WriteData) -> None:
    text = (
        "name: Lyon # citylinks: ignore CL401, nothing\ncountry: FR\nsources: [page]\n"
    )
    lines = reported(data, text, bad="nam: Nice\n")
    assert [line for line in lines if "ignore" in line] == [
        "1:12 unused-ignore: there is no rule 'nothing' to ignore"
    ]


def test_a_rule_that_is_not_reported_may_still_be_ignored(data: WriteData) -> None:
    text = "name: Lyon # citylinks: ignore CL406\nsources: [page]\n"
    with KnowledgeBase.open(data({**SOUND, "cities/lyon.yaml": text})) as kb:
        assert kb.validate(ignore=["CL406"]).results == ()
