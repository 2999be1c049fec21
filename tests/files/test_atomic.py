"""What is being written beside its place; what a kill leaves of it goes with the next
command.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import environment

from citylinks.files.atomic import MARK, file_beside, folder_beside

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    Beside = Callable[[Path], AbstractContextManager[Path]]

WAYS = [file_beside, folder_beside]
NEEDS_POSIX = pytest.mark.skipif(
    os.name != "posix", reason="nothing can be locked here"
)


def left(folder: Path) -> list[str]:
    """Return what is unfinished in a folder."""
    return [path.name for path in folder.iterdir() if MARK in path.name]


def killed(way: Beside, place: Path) -> None:
    """Have a process killed while it writes."""
    code = (
        "import os, signal, sys, pathlib\n"
        f"from citylinks.files.atomic import {way.__name__} as beside\n"
        "with beside(pathlib.Path(sys.argv[1])) as temporary:\n"
        "    (temporary / 'a').mkdir() if temporary.is_dir() else temporary.write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(place)], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("way", WAYS)
def test_nothing_stays(way: Beside, tmp_path: Path) -> None:
    place = tmp_path / "place"
    with way(place) as temporary:
        assert temporary.parent == tmp_path
        assert temporary.name.startswith(".place.citylinks-")
    with way(place) as temporary:
        temporary.rename(place)
    with pytest.raises(KeyError), way(tmp_path / "other"):
        raise KeyError
    assert list(tmp_path.iterdir()) == [place]


@NEEDS_POSIX
@pytest.mark.parametrize("next_", WAYS)
@pytest.mark.parametrize("way", WAYS)
def test_what_a_kill_left_goes(way: Beside, next_: Beside, tmp_path: Path) -> None:
    killed(way, tmp_path / "place")
    killed(way, tmp_path / "placebo")
    assert len(left(tmp_path)) == 2
    with next_(tmp_path / "place"):
        assert len(left(tmp_path)) == 2
    [other] = left(tmp_path)
    assert other.startswith(".placebo.")


@NEEDS_POSIX
@pytest.mark.parametrize("way", WAYS)
def test_what_another_still_writes_stays(way: Beside, tmp_path: Path) -> None:
    place = tmp_path / "place"
    with way(place) as first, way(place) as second:
        assert first != second
        assert first.exists()
        assert second.exists()
    assert left(tmp_path) == []


def test_what_looks_like_it_and_is_a_link_stays(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (tmp_path / f".place{MARK}link").symlink_to(mine)
    with file_beside(tmp_path / "place"):
        assert mine.is_dir()
    assert left(tmp_path) == [f".place{MARK}link"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["é" * 120, "n\udcffce", "a b"])
def test_names_of_any_kind(name: str, way: Beside, tmp_path: Path) -> None:
    place = tmp_path / name
    try:
        place.write_text("")
    except OSError:
        pytest.skip("this file system has no such names")
    place.unlink()
    with way(place) as temporary:
        temporary.rename(place)
    assert place.exists()


@NEEDS_POSIX
@pytest.mark.parametrize(
    ("way", "place", "command"),
    [
        (
            file_beside,
            "out.json",
            ["list", "cities", "--data", "data", "-o", "out.json"],
        ),
        (folder_beside, "new", ["import", "pairs", "p.tsv", "--into", "new"]),
        (
            file_beside,
            "r.csv",
            ["import", "pairs", "p.tsv", "--into", "new", "--report", "r.csv"],
        ),
    ],
)
def test_the_next_command_removes_it(
    way: Beside, place: str, command: list[str], tmp_path: Path
) -> None:
    for folder in ("cities", "partnerships", "events"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "p.tsv").write_text("a\tb\nA\tB\n")
    killed(way, tmp_path / place)
    assert len(left(tmp_path)) == 1
    subprocess.run(
        [sys.executable, "-m", "citylinks", *command],
        env=environment(tmp_path / "home"),
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert left(tmp_path) == []
    assert (tmp_path / place).exists()
