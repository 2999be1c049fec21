"""The index on disk: never stale, and the same answer whatever has become of its file."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from support import ROOT, environment

from citylinks import KnowledgeBase, paths
from citylinks.engine import clear_index, index_status, rebuild_index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

CITY = "name: {}\nsources: [page]\n"
FILES = {
    "cities/a.yaml": CITY.format("Alpha"),
    "cities/b.yaml": CITY.format("Beta"),
    "partnerships/a-b.yaml": "kind: sister-city\nmembers: [a, b]\nstart: 1959\nthemes: [water]\n"
    "sources: [page]\n",
    "themes.yaml": "water: {label: Water}\n",
    "sources.yaml": "page: {title: A page}\n",
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "citylinks"


@pytest.fixture
def root(data: Callable[[Mapping[str, str]], Path]) -> Path:
    return data(FILES)


def titles(root: Path) -> list[str]:
    kb = KnowledgeBase.open(root)
    return [entry.title for entry in kb.timeline().results]


def settle(root: Path) -> None:
    """Make all files old enough, and the index that knows them so."""
    long_ago = time.time() - 1000
    for path in root.rglob("*.yaml"):
        os.utime(path, (long_ago, long_ago))
    titles(root)


@pytest.fixture
def settled(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return data whose files count as settled at once, so that only their stamps are compared."""
    monkeypatch.setattr("citylinks.index.UNSETTLED", -(10**18))
    titles(root)
    return root


# -- Never stale --------------------------------------------------------------


def test_a_second_opening_reads_no_file(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a fresh index was refreshed")

    monkeypatch.setattr("citylinks.build.refresh", refuse)
    assert titles(settled) == ["Alpha and Beta become sister cities"]


def test_a_changed_name_reaches_all_that_depends_on_it(settled: Path) -> None:
    (settled / "cities/a.yaml").write_text(CITY.format("Gamma"))
    assert titles(settled) == ["Gamma and Beta become sister cities"]
    themes = settled / "themes.yaml"
    themes.write_text("water: {label: Rivers}\n")
    (row,) = KnowledgeBase.open(settled).timeline().results
    assert [theme.name for theme in row.themes] == ["Rivers"]


def test_added_and_removed(settled: Path) -> None:
    event = settled / "events/x.yaml"
    event.write_text("title: A visit\ndate: 2009\nkind: visit\ncities: [a]\nsources: [page]\n")
    assert titles(settled) == ["Alpha and Beta become sister cities", "A visit"]
    event.unlink()
    assert titles(settled) == ["Alpha and Beta become sister cities"]


def test_renamed(settled: Path) -> None:
    (settled / "cities/a.yaml").rename(settled / "cities/z.yaml")
    assert titles(settled) == ["a and Beta become sister cities"]


def test_same_size_and_mtime_set_back(settled: Path) -> None:
    path = settled / "cities/a.yaml"
    before = path.stat()
    path.write_text(CITY.format("Omega"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert titles(settled) == ["Omega and Beta become sister cities"]


def test_replaced_by_one_of_equal_size_and_time(settled: Path, tmp_path: Path) -> None:
    path = settled / "cities/a.yaml"
    other = tmp_path / "other"
    other.write_text(CITY.format("Omega"))
    shutil.copystat(path, other)
    other.replace(path)
    assert titles(settled) == ["Omega and Beta become sister cities"]


def test_a_change_within_one_tick_of_the_clock(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    titles(root)  # made from files that were touched a moment ago
    now = time.time_ns() + 60 * 10**9
    monkeypatch.setattr("citylinks.index.stamped", lambda entry: (1, now, now, 1))
    titles(root)
    (root / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert titles(root) == ["Omega and Beta become sister cities"]


def test_unsettled_files_settle(root: Path) -> None:
    settle(root)
    file = paths.index_file([str(root)], paths.code_state())
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT state FROM folder").fetchall()
    assert any(state is None for (state,) in rows), "ctime is of now, so that nothing has settled"


def test_a_symbolic_link_that_points_elsewhere(settled: Path, tmp_path: Path) -> None:
    for name in ("One", "Two"):
        (tmp_path / name).write_text(CITY.format(name))
    link = settled / "cities/a.yaml"
    link.unlink()
    link.symlink_to(tmp_path / "One")
    assert titles(settled) == ["One and Beta become sister cities"]
    link.unlink()
    link.symlink_to(tmp_path / "Two")
    assert titles(settled) == ["Two and Beta become sister cities"]


def test_another_directory_in_its_place(settled: Path, tmp_path: Path) -> None:
    shutil.copytree(settled, tmp_path / "branch")
    (tmp_path / "branch/cities/a.yaml").write_text(CITY.format("Omega"))
    shutil.move(settled, tmp_path / "moved")
    shutil.move(tmp_path / "branch", settled)
    assert titles(settled) == ["Omega and Beta become sister cities"]
    assert titles(tmp_path / "moved") == ["Alpha and Beta become sister cities"]


def test_an_id_given_twice_and_once_again(settled: Path) -> None:
    bulk = settled / "cities/aa.yaml"
    bulk.write_text("---\nid: a\nname: Second\nsources: [page]\n")
    kb = KnowledgeBase.open(settled)
    assert [entry.title for entry in kb.timeline().results] == [
        "Alpha and Beta become sister cities"
    ]
    assert kb.files_left_out == (str(bulk),)
    (settled / "cities/a.yaml").unlink()
    assert titles(settled) == ["Second and Beta become sister cities"]
    (settled / "cities/a.yaml").write_text(CITY.format("Alpha"))
    assert titles(settled) == ["Alpha and Beta become sister cities"]
    bulk.unlink()
    assert KnowledgeBase.open(settled).files_left_out == ()


def test_a_broken_file_is_left_out_until_it_is_mended(settled: Path) -> None:
    path = settled / "partnerships/a-b.yaml"
    sound = path.read_text()
    path.write_text("kind: [")
    kb = KnowledgeBase.open(settled)
    assert kb.timeline().results == ()
    assert kb.files_left_out == (str(path),)
    assert KnowledgeBase.open(settled).files_left_out == (str(path),)  # and so from the index
    path.write_text(sound)
    assert titles(settled) == ["Alpha and Beta become sister cities"]


def test_search_finds_what_is_new_and_no_more_what_is_old(settled: Path) -> None:
    (settled / "cities/a.yaml").write_text(CITY.format("Gamma"))
    kb = KnowledgeBase.open(settled)
    assert [hit.record.id for hit in kb.search("gamma").results][:1] == ["a"]
    assert kb.search("alpha").results == ()


@pytest.mark.parametrize("seed", range(12))
def test_any_sequence_of_changes(seed: int, settled: Path) -> None:
    """After each change the index on disk answers as one made of nothing does."""
    chance = random.Random(seed)
    for _ in range(8):
        change(settled, chance)
        kept, made = KnowledgeBase.open(settled), in_memory(settled)
        assert kept.timeline().results == made.timeline().results
        assert kept.list("cities").results == made.list("cities").results
        assert kept.search("city").results == made.search("city").results
        assert kept.files_left_out == made.files_left_out


def change(root: Path, chance: random.Random) -> None:
    path = root / "cities" / f"{chance.choice('abcd')}.yaml"
    action = chance.randrange(5)
    if action == 0:
        path.unlink(missing_ok=True)
    elif action == 1:
        path.write_text("---\nid: a\nname: Bulk city\nsources: [page]\n")
    elif action == 2:
        path.write_text("name: [")
    else:
        path.write_text(CITY.format(f"City {chance.randrange(5)}"))


def in_memory(root: Path) -> KnowledgeBase:
    from citylinks.build import refresh
    from citylinks.index import open_in_memory

    kb = KnowledgeBase(open_in_memory("2026-11-22"), [str(root)])
    refresh(kb._session.index, [str(root)])
    return kb


# -- The same answer whatever has become of the file --------------------------


def index_of(root: Path) -> Path:
    titles(root)
    file = paths.index_file([str(root)], paths.code_state())
    assert file.is_file()
    return file


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def noise(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(20_000))


def empty(file: Path) -> None:
    file.write_bytes(b"")


def noise_within(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[4096:] = random.Random(2).randbytes(len(raw) - 4096)
    file.write_bytes(raw)


def another_database(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE record (no)")
    connection.commit()
    connection.close()


def directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage", [truncated, noise, empty, noise_within, another_database, directory]
)
def test_damaged(damage: Callable[[Path], None], settled: Path) -> None:
    damage(index_of(settled))
    for _ in range(2):
        assert titles(settled) == ["Alpha and Beta become sister cities"]
    if damage is not directory:
        assert "fresh, 5 records" in index_status(settled)


def test_damage_that_shows_only_in_a_question(settled: Path) -> None:
    file = index_of(settled)
    connection = sqlite3.connect(file)
    connection.execute("DROP TABLE entry")
    connection.commit()
    connection.close()
    assert titles(settled) == ["Alpha and Beta become sister cities"]
    assert "fresh, 5 records" in index_status(settled)


def test_rebuilt_and_cleared(settled: Path) -> None:
    index_of(settled)
    rebuild_index(settled)
    assert "fresh, 5 records" in index_status(settled)
    assert clear_index() == 1
    assert "not made yet" in index_status(settled)


def test_the_code_that_makes_rows_is_in_the_name_of_the_index() -> None:
    """Every module that `build` reaches, and nothing else, decides what stands in the index."""
    from test_imports import imported

    rooms, reached = imported(), {"build"}
    while more := {known for room in reached for known in rooms[room].rooms} - reached:
        reached |= more
    assert set(paths.ROW_MAKERS) == reached - {"errors", "paths"}


def test_nowhere_to_keep_it(settled: Path, cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("a file where the folder should be")
    assert titles(settled) == ["Alpha and Beta become sister cities"]


def test_no_home(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "relative")
    assert titles(settled) == ["Alpha and Beta become sister cities"]


def test_locked(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citylinks.index.PATIENCE", 0.1)
    holder = sqlite3.connect(index_of(settled), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert titles(settled) == ["Alpha and Beta become sister cities"]
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert titles(settled) == ["Omega and Beta become sister cities"]
    holder.close()


def test_a_full_disk(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index_of(settled)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    with monkeypatch.context() as patched:
        patched.setattr("citylinks.build._note_folders", full)
        with pytest.raises(sqlite3.OperationalError):
            in_memory(settled)
    assert titles(settled) == ["Omega and Beta become sister cities"]


def test_why_is_told_to_those_who_ask(
    settled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    noise(index_of(settled))
    monkeypatch.setenv("CITYLINKS_DEBUG", "1")
    titles(settled)
    assert "not a database" in capsys.readouterr().err


# -- Several processes --------------------------------------------------------


@pytest.fixture
def started(root: Path, tmp_path: Path) -> Callable[[], subprocess.Popen[str]]:
    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "citylinks", "timeline", "a", "b", "--data", str(root)],
            cwd=ROOT,
            env=environment(tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache")),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_sixteen_at_once_on_a_cold_index(started: Callable[[], subprocess.Popen[str]]) -> None:
    running = [started() for _ in range(16)]
    answers = [process.communicate(timeout=120) for process in running]
    assert {process.returncode for process in running} == {0}
    assert len(set(answers)) == 1
    assert "Alpha and Beta become sister cities" in answers[0][0]
    assert answers[0][1] == ""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_at_any_moment(
    root: Path, cache: Path, started: Callable[[], subprocess.Popen[str]]
) -> None:
    chance = random.Random(7)
    for number in range(8):
        (root / "cities/a.yaml").write_text(CITY.format(f"City {number}"))
        process = started()
        time.sleep(chance.uniform(0.05, 0.6))
        process.kill()
        process.communicate()
        assert titles(root) == [f"City {number} and Beta become sister cities"]
    assert list(cache.glob("*.sqlite"))
