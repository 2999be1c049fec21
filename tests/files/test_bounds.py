"""What is read of a file, and told of it, has an end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.files import loader, reading, yaml_reader
from citylinks.files.diagnostics import Diagnostic
from citylinks.files.reading import read_again, read_bytes
from citylinks.lint import runner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    WriteData = Callable[[Mapping[str, str]], Path]

FEW = 5
SOURCES = "page: {title: A page}\n"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (runner, yaml_reader, loader):
        monkeypatch.setattr(module, "MOST_PROBLEMS", FEW)


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("cities/a.yaml", "name: A\n" * 9, "CL106"),
        ("cities/a.yaml", "- &a b\n" * 9, "CL107"),
        ("cities/a.yaml", "---\nname: A\n" * 9, "CL108"),
        ("themes.yaml", "".join(f"t{n}: []\n" for n in range(9)), "CL203"),
        ("cities/a.yaml", "".join(f"---\nid: a{n}\nname: A{n}\ncountry: FR\n"
                                  for n in range(9)), "CL401"),
        ("events/a.yaml", "title: A\ndate: 2000\nkind: visit\nsources: [page]\nthemes:\n"
                          + "".join(f"- t{n}\n" for n in range(9)), "CL301"),
    ],
)  # fmt: skip
def test_of_a_file_so_many_problems_are_told_and_that_there_are_more(
    path: str, text: str, code: str, data: WriteData
) -> None:
    root = data({"sources.yaml": SOURCES, path: text})
    with KnowledgeBase.open(root) as kb:
        of_file = [
            problem for problem in kb.validate().results if problem.path.endswith(path)
        ]
    matching = [problem for problem in of_file if problem.code == code]
    [more] = [problem for problem in of_file if problem.code == "CL113"]
    assert len(matching) == FEW
    assert more.line >= matching[-1].line
    assert "this file has more than" in more.message


def test_of_an_unread_rest_nothing_is_called_missing(data: WriteData) -> None:
    terms = "".join(f"t{n}: []\n" for n in range(9)) + "light: {label: Light}\n"
    event = "title: A\ndate: 2000\nkind: visit\nsources: [page]\nthemes: [light]\n"
    root = data({"sources.yaml": SOURCES, "themes.yaml": terms, "events/a.yaml": event})
    with KnowledgeBase.open(root) as kb:
        assert {problem.code for problem in kb.validate().results} == {"CL203", "CL113"}


def test_a_record_has_so_many_values(
    data: WriteData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "MOST_VALUES", 20)
    aliases = ", ".join(f"{{name: A{n}}}" for n in range(9))
    text = "name: A\ncountry: FR\nsources: [page]\naliases: [{}]\n"
    sound, huge = text.format(f"A{' ' * 60}"), text.format(aliases)
    root = data(
        {"sources.yaml": SOURCES, "cities/a.yaml": sound, "cities/b.yaml": huge}
    )
    with KnowledgeBase.open(root) as kb:
        [problem] = kb.validate().results
    assert (problem.code, problem.line) == ("CL113", 1)
    assert problem.message == "the city 'b' has more than 20 values"


def test_a_file_that_grows_is_read_no_further_than_it_may_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a file that says it has no size, and one that is written to while it is read."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"name: A\n" * 100)
    assert read_bytes(str(path)) == path.read_bytes()
    empty = os.stat_result((0o100644, *[0] * 9))
    monkeypatch.setattr(os, "fstat", lambda _: empty)
    assert read_bytes(str(path)) == path.read_bytes()
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    monkeypatch.setattr(reading, "_PIECE", 10)
    diagnostic = read_bytes(str(path))
    assert isinstance(diagnostic, Diagnostic)
    assert diagnostic.rule.name == "too-large"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    diagnostic = read_bytes(str(tmp_path / "a.yaml"))
    assert isinstance(diagnostic, Diagnostic)
    assert diagnostic.rule.name == "unreadable-file"
    assert "No such file" in diagnostic.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_file_that_became_a_pipe_has_no_text_any_more(tmp_path: Path) -> None:
    path = tmp_path / "lyon.yaml"
    path.write_text("name: Lyon\n", encoding="utf-8")
    assert read_again(str(path)) == "name: Lyon\n"
    path.unlink()
    os.mkfifo(path)
    assert read_again(str(path)) == ""
    path.unlink()
    path.mkdir()
    assert read_again(str(path)) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_for_a_moment_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lyon.yaml"
    os.mkfifo(path)

    def is_file(name: str) -> bool:
        path.unlink()
        path.write_text("name: Lyon\n", encoding="utf-8")
        return True

    monkeypatch.setattr(reading, "_is_file", is_file)
    assert read_again(str(path)) == "name: Lyon\n"
