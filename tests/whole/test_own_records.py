"""An analyst's private directory beside the shipped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

GENEVA = "name: Geneva\ncountry: CH\nsources: [my-notes]\n"
TIE = "kind: cooperation\nmembers: [lyon, geneva]\nstart: 1991\nsources: [my-notes]\n"
NOTES = "my-notes: {title: My notes}\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    for folder in ("cities", "partnerships", "events"):
        (tmp_path / "mine" / folder).mkdir(parents=True)
    root = tmp_path / "mine"
    (root / "cities/geneva.yaml").write_text(GENEVA, encoding="utf-8")
    (root / "partnerships/lyon-geneva.yaml").write_text(TIE, encoding="utf-8")
    (root / "sources.yaml").write_text(NOTES, encoding="utf-8")
    return root


@pytest.mark.parametrize("order", [("mine", "shipped"), ("shipped", "mine")])
def test_private_ties_refer_to_shipped_cities(
    order: tuple[str, str], mine: Path, run: Run, tmp_path: Path
) -> None:
    done = run(
        "timeline",
        "lyon",
        "geneva",
        "--data",
        order[0],
        "--data",
        order[1],
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1991  start: Lyon and Geneva begin cooperation [1]" in done.stdout
    assert "[1] My notes" in done.stdout


def test_by_the_environment_and_from_anywhere(
    mine: Path, run: Run, tmp_path: Path
) -> None:
    both = {"CITYLINKS_DATA": f"{mine}:shipped"}
    assert "Turin" in run("timeline", "lyon", cwd=tmp_path, env=both).stdout
    assert "no problems" in run("validate", cwd=tmp_path, env=both).stderr


def test_a_repeated_id_leaves_the_shipped_record_as_it_is(mine: Path, run: Run) -> None:
    (mine / "cities/lyon.yaml").write_text(
        "name: Mine\nsources: [my-notes]\n", encoding="utf-8"
    )
    both = ("--data", str(mine), "--data", "shipped")
    done = run("show", "lyon", *both)
    assert done.stdout.startswith("Lyon\ncity · France, Western Europe")
    assert "records of 1 file have errors and were left out" in done.stderr
    checked = run("validate", *both, "--format", "concise")
    assert checked.returncode == 1
    lines = checked.stdout.splitlines()
    assert len(lines) == 2
    assert all("CL302 the city 'lyon' is given twice" in line for line in lines)
    assert {"mine" in line for line in lines} == {True, False}


def test_a_reference_to_nothing_is_told_and_nothing_hidden(
    mine: Path, run: Run
) -> None:
    tie = TIE.replace("geneva", "genevva")
    (mine / "partnerships/lyon-geneva.yaml").write_text(tie, encoding="utf-8")
    both = ("--data", str(mine), "--data", "shipped")
    checked = run("validate", *both, "--format", "concise")
    assert "CL301 there is no city 'genevva'; did you mean 'geneva'?" in checked.stdout
    assert checked.stdout.count("\n") == 1
    assert "Lyon and genevva begin cooperation" in run("timeline", "lyon", *both).stdout


@pytest.mark.parametrize("folder", ["cities", "partnerships", "events"])
def test_a_folder_that_is_lacking_is_named(folder: str, mine: Path, run: Run) -> None:
    for path in (mine / folder).iterdir():
        path.unlink()
    (mine / folder).rmdir()
    done = run("timeline", "lyon", "--data", str(mine), "--data", "shipped")
    assert done.returncode == 2
    lacks = f"is not a data directory: it lacks {folder} (an empty folder is enough,"
    assert done.stderr.rstrip().endswith(f"{lacks} but git does not keep it)")


@pytest.mark.parametrize("folder", ["cities", "partnerships", "events"])
def test_data_that_lacks_a_folder_is_no_reason_to_answer_from_other_data(
    folder: str, mine: Path, run: Run
) -> None:
    """Git drops an empty folder, and what is checked out is then no data directory."""
    for path in (mine / folder).iterdir():
        path.unlink()
    (mine / folder).rmdir()
    left = next(mine.glob("*/*.yaml"), mine).relative_to(mine)
    data = mine.rename(mine.with_name("data"))
    lacks = f"'data' is not a data directory: it lacks {folder} (an empty folder is"
    for words in (
        ("validate", "data"),
        ("validate", f"data/{left}"),
        ("list", "cities"),
    ):
        done = run(*words, cwd=data.parent)
        assert done.returncode == 2, words
        assert lacks in " ".join(done.stderr.split())
        assert done.stdout == ""


def test_validate_says_which_data_it_checks_where_nobody_named_any(
    mine: Path, run: Run, tmp_path: Path
) -> None:
    message = "there is no data directory here: checked the installed data, "
    away = tmp_path / "away"
    away.mkdir()
    assert message in run("validate", cwd=away).stderr
    assert message in run("validate", "--statistics", cwd=away).stderr
    assert message not in run("validate", "--data", "shipped", cwd=away).stderr
    assert message not in run("validate", str(mine), cwd=away).stderr
    assert (
        message
        not in run("validate", cwd=away, env={"CITYLINKS_DATA": str(mine)}).stderr
    )
    assert message not in run("list", "themes", cwd=away).stderr
    assert message not in run("validate", cwd=mine).stderr
