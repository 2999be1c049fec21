"""What of a data directory is read, and what is told of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks.files.listing import case_collisions, list_files
from citylinks.files.reading import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]


def find_misplaced(root: Path) -> list[tuple[str, str, str | None]]:
    """Return of each misplaced file its path within the data, what is said and how to
    mend it.
    """
    _, problems = list_files([str(root)])
    assert {problem.rule.name for problem in problems} <= {"misplaced-file"}
    return [
        (problem.span.path[len(str(root)) + 1 :], problem.message, problem.help)
        for problem in problems
    ]


RECORDS = "records belong in cities/, partnerships/, events/, "
RECORDS += "vocabularies in themes.yaml, organizations.yaml, sources.yaml"


@pytest.mark.parametrize(
    ("path", "where", "message", "mending"),
    [
        (
            "cities/a.yml",
            "",
            "only files that end in .yaml are read",
            "rename it to a.yaml",
        ),
        (
            "cities/a.YAML",
            "",
            "only files that end in .yaml are read",
            "rename it to a.yaml",
        ),
        (
            "cities/a.txt",
            "",
            "only .yaml files belong in cities/",
            "move it out of the data",
        ),
        (
            "events/2009/a.yaml",
            "events/2009",
            "folders in events/ are not read",
            "move its files up into events/",
        ),
        (
            "city/a.yaml",
            "city",
            "the folder 'city' is not read; did you mean 'cities/'?",
            RECORDS,
        ),
        (
            "partnership/a.yml",
            "partnership",
            "the folder 'partnership' is not read; did you mean 'partnerships/'?",
            RECORDS,
        ),
        (
            "sources/a.yaml",
            "sources",
            "the folder 'sources' is not read; did you mean 'sources.yaml'?",
            RECORDS,
        ),
        (
            "cities.yaml",
            "",
            "'cities.yaml' is not read",
            "records of cities belong in the folder cities/",
        ),
    ],
)
def test_what_is_misplaced(
    path: str, where: str, message: str, mending: str, data: Write
) -> None:
    assert find_misplaced(data({path: "name: A\n"})) == [
        (where or path, message, mending)
    ]


@pytest.mark.parametrize(
    "path",
    ["README.md", "citylinks.toml", ".git/config", ".github/workflow.yaml", "docs/index.yaml",
     "cities/.a.yaml.swp", "partnership/notes.txt"],
)  # fmt: skip
def test_what_may_stand_beside(path: str, data: Write) -> None:
    assert find_misplaced(data({path: "a"})) == []


def test_names_that_differ_only_in_case() -> None:
    names = ["France.yaml", "Łódź.yaml", "france.yaml", "japan.yaml", "łódź.yaml"]
    collisions = list(case_collisions("/d/cities", names))
    assert [
        (name, diagnostic.span.path, diagnostic.rule.code)
        for name, diagnostic in collisions
    ] == [
        (f"{name}.yaml", f"/d/cities/{name}.yaml", "CL115")
        for name in ("France", "france", "Łódź", "łódź")
    ]
    message = "'France.yaml' and 'france.yaml' are the same file on macOS and Windows"
    assert collisions[0][1].message == message
    assert list(case_collisions("/d/cities", ["france.yaml"])) == []


def test_utf_16_is_told_as_such() -> None:
    decoded = decode("name: Lyon\n".encode("utf-16-le"), "a.yaml")
    assert isinstance(decoded, str)  # ASCII with zeros is UTF-8, and no YAML
    decoded = decode(b"\xff\xfe" + "name: Lyon\n".encode("utf-16-le"), "a.yaml")
    assert not isinstance(decoded, str)
    assert decoded.help == "save the file as UTF-8; it is UTF-16"
