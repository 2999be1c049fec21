"""For each rule, data that breaks it and the exact report.

`<CODE>-<rule>/data` breaks one rule and no other; `report.txt` is what `citylinks
validate --data data --format concise` prints there, with `--ignore CL4` where the rule
is none of evidence, so that small data need not have any. A line that is wrong carries
the code as a comment, so that the report's place can be compared with what a person
sees; where a file is wrong as a whole, the report says 1:1. `pytest --rewrite` writes
what is printed now.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citylinks.cli.app import main
from citylinks.files.diagnostics import RULES, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parents[2]

NAMES = [f"{rule.code}-{rule.name}" for rule in RULES]
REPORTED = re.compile(
    r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>CL\d{3}) (?P<said>.+)"
)


def directory_for_file(data: Path) -> None:
    (data / "cities/nice.yaml").mkdir()


def latin_1(data: Path) -> None:
    text = "name: Beziers\nsummary: à lire # CL102\n"
    (data / "cities/beziers.yaml").write_bytes(text.encode("latin-1"))


def more_than_sixteen_mebibytes(data: Path) -> None:
    with (data / "cities/nice.yaml").open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)


def same_name_in_other_case(data: Path) -> None:
    text = "---\nid: nice\nname: Nice\nsources: [page]\n"
    (data / "cities/France.yaml").write_text(text, encoding="utf-8")


# What a repository cannot hold well is made when the test runs: code -> what adds it to
# the data.
MAKE: dict[str, Callable[[Path], None]] = {
    "CL101": directory_for_file,
    "CL102": latin_1,
    "CL113": more_than_sixteen_mebibytes,
    "CL115": same_name_in_other_case,
}


@pytest.fixture
def report(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[Rule], tuple[str, int]]:
    """Return a function that validates the data of a rule: the report and the exit
    code.
    """

    def call(rule: Rule) -> tuple[str, int]:
        data = tmp_path / "data"
        shutil.copytree(HERE / f"{rule.code}-{rule.name}" / "data", data)
        if rule.code in MAKE:
            MAKE[rule.code](data)
        monkeypatch.chdir(tmp_path)
        evidence = [] if rule.code.startswith("CL4") else ["--ignore", "CL4"]
        code = main(["validate", "--data", "data", "--format", "concise", *evidence])
        return capsys.readouterr().out, code

    return call


def wrong_places(data: Path, code: str) -> set[tuple[str, int]]:
    """Return the lines that carry the code as a comment."""
    return {
        (path.relative_to(data.parent).as_posix(), number)
        for path in data.rglob("*.yaml")
        if path.is_file()
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1)
        if f"# {code}".encode() in line
    }


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_report(
    rule: Rule,
    report: Callable[[Rule], tuple[str, int]],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    printed, exit_code = report(rule)
    expected = HERE / f"{rule.code}-{rule.name}" / "report.txt"
    if request.config.getoption("--rewrite"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")

    problems = [REPORTED.fullmatch(line) for line in printed.splitlines()]
    assert problems
    matches = [problem for problem in problems if problem]
    assert len(matches) == len(problems), (
        "each line has the form path:line:column: CODE message"
    )
    assert {problem["code"] for problem in matches} == {rule.code}, (
        "no other rule is broken"
    )

    places = {(problem["path"], int(problem["line"])) for problem in matches}
    wrong = wrong_places(tmp_path / "data", rule.code)
    assert places == (wrong or {(path, 1) for path, _ in places})
    if not wrong:
        assert {problem["column"] for problem in matches} == {"1"}
    assert exit_code == (1 if rule.severity is Severity.ERROR else 0)


def test_every_rule_has_its_folder_and_every_folder_its_rule() -> None:
    folders = sorted(path.name for path in HERE.iterdir() if path.name.startswith("CL"))
    assert folders == NAMES


def test_codes_are_unique_and_sorted() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_shipped_data_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.chdir(ROOT):
        assert main(["validate", "--data", "data", "--format", "concise"]) == 0
    assert capsys.readouterr().out == ""
