"""Text on standard input, checked as though a file held it; and files that are named."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import HANG, environment

from citylinks import KnowledgeBase
from citylinks.files.reading import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Data = Callable[[Mapping[str, str]], Path]

SOUND = {
    "cities/lyon.yaml": "name: Lyon\ncountry: FR\nwikidata: Q456\nsources: [page]\n",
    "cities/nice.yaml": "name: Nice\ncountry: FR\nsources: [page]\n",
    "partnerships/lyon-nice.yaml": "kind: cooperation\nmembers: [lyon, nice]\nsources: [page]\n",
    "sources.yaml": "page: {title: A page}\n",
}


@pytest.fixture
def piped(tmp_path: Path) -> Callable[..., tuple[list[str], int]]:
    """Return a function that pipes text as a file of that name: what is said of it,
    exit code.
    """

    def call(
        name: str, text: str | bytes, *more: str, env: Mapping[str, str] = {}
    ) -> tuple[list[str], int]:
        done = subprocess.run(
            [sys.executable, "-m", "citylinks", "validate", "-", "--stdin-filename", name,
             "--format", "concise", *more],
            cwd=tmp_path,
            env=environment(tmp_path / "home", **env),
            input=text.encode() if isinstance(text, str) else text,
            capture_output=True,
            timeout=HANG,
            check=False,
        )  # fmt: skip
        printed = done.stdout.decode() or done.stderr.decode()
        return printed.splitlines(), done.returncode

    return call


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("cities/lyon.yaml", "name: Lyon\npart_of: rhone\nsources: [page]\n",
         "2:10: CL301 there is no city 'rhone'"),
        ("cities/lyon.yaml", "name: [", "CL105 "),
        ("cities/lyon.yaml", "", "1:1: CL110 "),
        ("cities/lyon.yaml", b"name: Ly\xff\n", "1:9: CL102 "),
        ("cities/lyon.yaml", b"\xef\xbb\xbfname: Lyon\nsources: [page]\n", "1:1: CL103 "),
        ("cities/lyon.yaml", b"#" * (MAX_BYTES + 1), "1:1: CL113 "),
        ("cities/paris.yaml", "name: Paris\n", "1:1: CL401 "),
        ("cities/paris.yml", "name: Paris\n", "1:1: CL111 "),
        ("sources.yaml", "page: {titel: A page}\n", "CL202 "),
        ("events/a.yaml", "title: A\ndate: soon\nkind: visit\n", "2:7: CL205 "),
    ],
)  # fmt: skip
def test_text_is_checked_as_that_file(
    data: Data, piped: Callable[..., tuple[list[str], int]],
    name: str, text: str | bytes, expected: str,
) -> None:  # fmt: skip
    data(SOUND)
    lines, code = piped(f"data/{name}", text)
    assert code == (0 if "CL401" in expected else 1)
    assert any(expected in line for line in lines), lines
    assert all(line.startswith(f"data/{name}:") for line in lines)


def test_sound_text_has_no_problem_whatever_the_file_holds(
    data: Data, piped: Callable[..., tuple[list[str], int]]
) -> None:
    data({**SOUND, "cities/lyon.yaml": "nam: Lyon\n"})
    (line,), code = piped("data/cities/lyon.yaml", SOUND["cities/lyon.yaml"])
    assert code == 0
    assert "no problems" in line


def test_a_text_is_held_against_the_other_files(data: Data) -> None:
    folder = data(SOUND)
    path = str(folder / "cities/paris.yaml")
    with KnowledgeBase.open(folder) as kb:
        problems = kb.validate(
            [path], content=b"name: Paris\nid: nice\nsources: [page]\n"
        ).results
        assert {(problem.path, problem.rule) for problem in problems} == {
            (path, "id-not-file-name"),
            (path, "duplicate-id"),
        }


def test_nothing_of_a_text_is_kept(data: Data) -> None:
    folder = data(SOUND)
    for _ in range(2):
        with KnowledgeBase.open(folder) as kb:
            before = kb.validate()
            assert before.results == ()
            assert kb.validate(
                [str(folder / "cities/lyon.yaml")], content=b"x: ["
            ).results
            assert kb.validate(
                [str(folder / "cities/paris.yaml")], content=b"name: Paris\n"
            ).results
            assert kb.validate() == before
            assert kb.show("lyon").results
            assert kb.search("Lyon").results
            assert len(kb.list("cities").results) == 2


def test_a_text_is_checked_while_another_writes(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "citylinks.index.freshness.UNSETTLED", -(10**18)
    )  # nothing is left to be refreshed
    folder = data(SOUND)
    with KnowledgeBase.open(folder) as kb, KnowledgeBase.open(folder) as other:
        other._store._connection.execute("BEGIN IMMEDIATE")
        kb._store._connection.execute("PRAGMA busy_timeout = 1")
        problems = kb.validate(
            [str(folder / "cities/lyon.yaml")], content=b"name: Lyon\ncountry: FR\n"
        ).results
        assert [problem.rule for problem in problems] == ["no-source"]
        assert kb.validate().results == ()


def test_a_text_is_checked_where_no_index_can_be_kept(
    data: Data, piped: Callable[..., tuple[list[str], int]], tmp_path: Path
) -> None:
    data(SOUND)
    (tmp_path / "file").touch()
    nowhere = {"XDG_CACHE_HOME": str(tmp_path / "file")}
    text = "name: Lyon\npart_of: rhone\n"
    assert piped("data/cities/lyon.yaml", text, env=nowhere) == piped(
        "data/cities/lyon.yaml", text
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "'-' needs --stdin-filename"),
        (["-", "data", "--stdin-filename", "data/cities/lyon.yaml"], "needs '-'"),
        (["--stdin-filename", "data/cities/lyon.yaml"], "needs '-'"),
        (
            ["-", "--stdin-filename", "elsewhere/lyon.yaml"],
            "is not in a data directory",
        ),
        (
            ["-", "--stdin-filename", "data/cities/more/lyon.yaml"],
            "is not in a folder of records",
        ),
        (
            ["-", "--stdin-filename", "lyon.yaml", "--data", "data"],
            "is not in a folder of records",
        ),
    ],
)
def test_wrong_usage(run: Run, data: Data, arguments: list[str], message: str) -> None:
    folder = data(SOUND).parent
    done = run("validate", *arguments, cwd=folder, stdin="name: Lyon\n")
    assert done.returncode == 2
    assert message in done.stderr


# -- Files that are named -----------------------------------------------------

TWO = {
    **SOUND,
    "cities/lyon.yaml": "name: Lyon\ncountry: FR\n",
    "events/a.yaml": "title: A\n",
}


@pytest.fixture
def validate_named(data: Data) -> Callable[..., set[str]]:
    """Return a function that names files and folders, and returns where problems are."""
    folder = data(TWO)
    (folder / "cities/notes.txt").touch()
    (folder.parent / "link").symlink_to(folder)
    (folder / "events/linked.yaml").symlink_to(folder.parent / "elsewhere.yaml")
    (folder.parent / "elsewhere.yaml").write_text("title: B\n", encoding="utf-8")

    def call(*names: str) -> set[str]:
        with KnowledgeBase.open(folder) as kb:
            problems = kb.validate(
                [str(folder.parent / name) for name in names]
            ).results
            return {problem.path.removeprefix(f"{folder}/") for problem in problems}

    return call


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["data/cities/lyon.yaml"], {"cities/lyon.yaml"}),
        (["data/cities/nice.yaml"], set()),
        (["data/cities/nice.yaml", "data/events"], {"events/a.yaml", "events/linked.yaml"}),
        (["data/cities", "data/cities/lyon.yaml"], {"cities/lyon.yaml", "cities/notes.txt"}),
        (["data/cities/notes.txt"], {"cities/notes.txt"}),
        (["data/events/../cities/lyon.yaml"], {"cities/lyon.yaml"}),
        (["link/cities/lyon.yaml"], {"cities/lyon.yaml"}),
        (["link/events"], {"events/a.yaml", "events/linked.yaml"}),
        (["data/events/linked.yaml"], {"events/linked.yaml"}),
        (["data/sources.yaml"], set()),
        (["data/cities/.."],
         {"cities/lyon.yaml", "cities/notes.txt", "events/a.yaml", "events/linked.yaml"}),
    ],
)  # fmt: skip
def test_only_what_is_named_is_reported(
    validate_named: Callable[..., set[str]], names: list[str], expected: set[str]
) -> None:
    assert validate_named(*names) == expected
