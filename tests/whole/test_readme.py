"""The README and the pages: what they show is true, and CI runs what they say."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import ROOT, call, environment

from citylinks.exporters import FORMATS, format_names

if TYPE_CHECKING:
    from pathlib import Path

README = ROOT / "README.md"
QUESTIONS = ROOT / "docs" / "questions.md"
SCRIPTS = ROOT / "docs" / "scripts.md"
TRANSCRIPTS = {
    README: 6,
    QUESTIONS: 6,
    ROOT / "docs" / "data.md": 6,
    ROOT / "docs" / "command-line.md": 6,
    ROOT / "docs" / "maintainers.md": 1,
}
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
STILTED = re.compile(
    r"(?<![-\w])(?:ties?|tied|papers?|birthdays?|on whose word)(?![-\w])"
)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CONSOLE = re.compile(r"```console\n\$ (citylinks[^\n]*)\n(.*?)```", re.DOTALL)
AS_ON_A_TERMINAL = "TERMINAL=80"


def printed(command: str) -> str:
    """Return what a command prints on a terminal of 80 columns, without colours."""
    return call(f"{AS_ON_A_TERMINAL} {command}").replace("! citylinks:", "citylinks:")


@pytest.mark.parametrize("document", TRANSCRIPTS, ids=lambda path: path.stem)
def test_outputs_are_true(
    document: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    text = document.read_text(encoding="utf-8")
    blocks = CONSOLE.findall(text)
    assert len(blocks) >= TRANSCRIPTS[document]
    if request.config.getoption("--rewrite"):
        made = CONSOLE.sub(lambda m: f"```console\n$ {m[1]}\n{printed(m[1])}```", text)
        document.write_text(made, encoding="utf-8")
        return
    for command, expected in blocks:
        assert printed(command) == expected, command


def test_all_questions_are_answered() -> None:
    """The nineteen of the three texts, and of the others those that have an answer."""
    text = QUESTIONS.read_text(encoding="utf-8")
    parts = re.split(r"^### (\d+)\. ", text, flags=re.MULTILINE)
    numbers = [int(number) for number in parts[1::2]]
    assert numbers[:19] == list(range(1, 20))
    assert numbers[19:] == list(range(20, 30))
    for answer in parts[2::2]:
        assert CONSOLE.search(answer)
        assert "Records: " in answer


def test_every_format_is_named() -> None:
    text = SCRIPTS.read_text(encoding="utf-8")
    options = "|".join(format_names("list")[1:])  # the first is for people
    assert f"`--format {options}`" in text, "docs/scripts.md lists the formats"
    for name, format_ in FORMATS.items():
        for suffix in filter(None, format_.suffixes[:1]):
            assert f"`{suffix}`" in text, (
                f"docs/scripts.md does not say: {suffix} is {name}"
            )


def test_python_runs(tmp_path: Path) -> None:
    code = re.findall(
        r"```python\n(.*?)```", SCRIPTS.read_text(encoding="utf-8"), re.DOTALL
    )
    assert "print(" in code[0]
    for snippet in code:
        done = subprocess.run(
            [sys.executable, "-c", snippet],
            cwd=ROOT,
            env=environment(tmp_path),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert ("2010" in done.stdout) == ("print(" in snippet)
        assert done.stderr == ""


def test_ci_runs_the_test_command() -> None:
    commands = re.findall(
        r"```sh\n(.*?)\n```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    assert "pytest" in commands[1]
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 200


@pytest.mark.parametrize(
    "page", [README, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.stem
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize(
    "page",
    [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md"))],
    ids=lambda path: path.stem,
)
def test_pages_have_the_words_of_the_field(page: Path) -> None:
    """A partnership is not called a tie, nor an agreement a paper."""
    if page.stem == "CHANGELOG":
        return
    prose = CODE.sub("", page.read_text(encoding="utf-8"))
    assert STILTED.findall(prose) == []


def test_every_page_is_linked_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    pages = sorted((ROOT / "docs").glob("*.md"))
    assert [page.name for page in pages if f"docs/{page.name}" not in text] == []


@pytest.mark.parametrize(
    "name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"]
)
def test_documents_exist(name: str) -> None:
    assert (ROOT / name).stat().st_size > 500
