"""What the hook for pre-commit runs: the whole of the data, whatever a commit changes."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from support import ROOT

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Write = Callable[[Mapping[str, str]], Path]

FILES = {
    "cities/lyon.yaml": "name: Lyon\ncountry: FR\nsources: [page]\n",
    "cities/yokohama.yaml": "name: Yokohama\ncountry: JP\nsources: [page]\n",
    "partnerships/lyon-yokohama.yaml": (
        "kind: sister-city\nmembers: [lyon, yokohama]\nsources: [page]\n"
    ),
    "sources.yaml": "page: {title: A page}\n",
}


@pytest.fixture
def hook() -> dict[str, Any]:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    [declared] = yaml.safe_load(text)
    return dict(declared)


@pytest.fixture
def committed(
    hook: dict[str, Any], run: Run, data: Write
) -> Callable[[Mapping[str, str | None]], subprocess.CompletedProcess[str]]:
    """Return a function that changes files, None being removed, and does as pre-commit
    would.

    That starts a hook in the folder of the repository, without names of files if it
    wants none.
    """

    def call(changes: Mapping[str, str | None]) -> subprocess.CompletedProcess[str]:
        root = data({**FILES, **{name: text for name, text in changes.items() if text}})
        for name, text in changes.items():
            if text is None:
                (root / name).unlink()
        program, *arguments = shlex.split(hook["entry"]) + list(hook.get("args", ()))
        assert program == "citylinks"
        return run(*arguments, cwd=root.parent)

    return call


def test_the_hook_checks_all_and_always(hook: dict[str, Any]) -> None:
    assert hook["pass_filenames"] is False
    assert hook["always_run"] is True, "of a removed file there is nothing to match"
    assert "files" not in hook


def test_what_is_sound_passes(committed: Callable[..., Any]) -> None:
    assert committed({}).returncode == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cities/yokohama.yaml": None}, "there is no city 'yokohama'"),
        (
            {
                "cities/yokohama.yaml": None,
                "cities/yokohma.yaml": FILES["cities/yokohama.yaml"],
            },
            "there is no city 'yokohama'; did you mean 'yokohma'?",
        ),
        ({"sources.yaml": None}, "there is no source 'page'"),
        (
            {"city/nice.yaml": FILES["cities/lyon.yaml"]},
            "the folder 'city' is not read",
        ),
        (
            {"cities/fr/nice.yaml": FILES["cities/lyon.yaml"]},
            "folders in cities/ are not read",
        ),
        ({"cities/nice.yml": "name: Nice\n"}, "only files that end in .yaml are read"),
        ({"cities/nice.yaml": "name: [\n"}, "CL105"),
    ],
)
def test_what_a_change_breaks_elsewhere_fails(
    committed: Callable[..., Any], changes: Mapping[str, str | None], message: str
) -> None:
    done = committed(changes)
    assert done.returncode == 1
    assert message in done.stdout


def test_a_repository_without_that_folder_fails(
    hook: dict[str, Any], run: Run, tmp_path: Path
) -> None:
    """Else the hook would check the data that is installed with it, and pass."""
    done = run("validate", *hook["args"], cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no file or folder 'data'" in done.stderr
