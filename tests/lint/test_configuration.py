from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.errors import UsageError
from citylinks.lint.configuration import LintSettings, find_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    WriteData = Callable[[Mapping[str, str]], Path]

LYON = {"cities/lyon.yaml": "name: Lyon\n", "sources.yaml": "page: {title: A page}\n"}
ALL = ["CL401", "CL406", "CL403"]


def codes(root: Path, **options: list[str]) -> list[str]:
    with KnowledgeBase.open(root) as kb:
        return [problem.code for problem in kb.validate(**options).results]  # type: ignore[arg-type]


def write(root: Path, text: str) -> None:
    (root / "citylinks.toml").write_text(text, encoding="utf-8")


def test_without_a_file_every_rule_is_reported(data: WriteData) -> None:
    root = data(LYON)
    assert find_settings(str(root)) == LintSettings()
    assert codes(root) == ALL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ALL),
        ("[validate]\n", ALL),
        ('[validate]\nignore = ["CL401"]', ["CL406", "CL403"]),
        ('[validate]\nselect = ["no-country", "cl403"]', ["CL406", "CL403"]),
        ('[validate]\nselect = ["CL4"]\nignore = ["CL406", "no-source"]', ["CL403"]),
        ('[validate]\nselect = ["CL2"]', []),
    ],
)
def test_select_and_ignore(text: str, expected: list[str], data: WriteData) -> None:
    root = data(LYON)
    write(root, text)
    assert codes(root) == expected


def test_the_file_in_the_directory_before_the_one_beside_it(data: WriteData) -> None:
    root = data(LYON)
    write(root.parent, '[validate]\nselect = ["CL401"]\n')
    assert codes(root) == ["CL401"]
    write(root, '[validate]\nselect = ["CL406"]\n')
    assert codes(root) == ["CL406"]


def test_the_caller_overrules_the_file(data: WriteData) -> None:
    root = data(LYON)
    write(root, '[validate]\nselect = ["CL401", "CL406"]\nignore = ["CL401"]\n')
    assert codes(root) == ["CL406"]
    assert codes(root, ignore=["CL406"]) == ["CL401"]
    assert codes(root, select=["CL401"]) == ["CL401"]
    assert codes(root, select=["CL4"], ignore=["CL403"]) == ["CL401", "CL406"]


def test_strict_makes_warnings_fail(data: WriteData) -> None:
    root = data(LYON)
    with KnowledgeBase.open(root) as kb:
        assert not kb.validate().totals.is_failed
        assert kb.validate(strict=True).totals.is_failed
        assert not kb.validate(strict=True, select=["CL2"]).totals.is_failed
        write(root, "[validate]\nstrict = true\n")
        assert kb.validate().totals.is_failed


def test_settings_are_of_their_own_directory(data: WriteData, tmp_path: Path) -> None:
    root = data(LYON)
    other = tmp_path / "other" / "data"
    for folder in ("cities", "partnerships", "events"):
        (other / folder).mkdir(parents=True)
    (other / "cities/nice.yaml").write_text(
        "name: Nice\nsources: [page]\n", encoding="utf-8"
    )
    write(other, '[validate]\nignore = ["CL4"]\nstrict = true\n')
    with KnowledgeBase.open(root, other) as kb:
        answer = kb.validate()
        assert {problem.path.split("/")[-1] for problem in answer.results} == {
            "lyon.yaml"
        }
        assert not answer.totals.is_failed, (
            "only the other is strict, and nothing is wrong there"
        )


def test_what_cannot_be_read_is_always_reported(data: WriteData) -> None:
    root = data({**LYON, "cities/bad.yaml": "name: [\n"})
    write(root, '[validate]\nselect = ["CL3"]\nignore = ["CL105"]\n')
    assert codes(root) == ["CL105"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 5000, ": a number in it is too long, or its lists are nested too deep"),
        ("a = " + "9" * 5000, ": a number in it is too long, or its lists are nested too deep"),
        ("#" * 1_000_001, ": the file is larger than 1000000 bytes"),
        ("\ufeff[validatee]\n", ":1: unknown table 'validatee'; did you mean 'validate'?"),
        ("[validate\n", ": this is not TOML: expected ']' at the end of a table"),
        ("\nvalidate = \n", ": this is not TOML: invalid value (at line 2, column 12)"),
        ("# ignor\n\n[validate]\nignor = []\n", ":4: unknown key 'ignor'; did you mean 'ignore'?"),
        ("[validat]\n", ":1: unknown table 'validat'; did you mean 'validate'?"),
        ("[validate]\ncolour = 1\n", ":2: unknown key 'colour'; choose from select, ignore, strict"),
        ("validate = 1\n", ":1: 'validate' should be a table"),
        ('[validate]\nignore = "CL401"\n', ":2: 'ignore' should be a list of rules"),
        ("[validate]\nignore = [401]\n", ":2: 'ignore' should be a list of rules"),
        ('[validate]\nstrict = "yes"\n', ":2: 'strict' should be true or false"),
        ('[validate]\nignore = [\n  "CL401",\n  "no-sorce",\n]\n',
         ":4: unknown rule 'no-sorce'; did you mean 'no-source'?"),
        ('[validate]\nselect = [""]\n', ":2: unknown rule ''; 'citylinks explain' lists them"),
    ],
)  # fmt: skip
def test_a_file_without_meaning_is_refused_at_its_line(
    text: str, message: str, data: WriteData
) -> None:
    root = data(LYON)
    write(root, text)
    with pytest.raises(UsageError) as refused:
        codes(root)
    assert f"citylinks.toml{message}" in str(refused.value)


def test_a_file_that_is_not_utf8(data: WriteData) -> None:
    root = data(LYON)
    (root / "citylinks.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="this is not UTF-8"):
        codes(root)
