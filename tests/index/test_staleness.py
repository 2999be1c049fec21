"""The index is never stale: whatever has become of the files, the next answer is right."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from indexed import (
    CITY,
    FILES,
    RIGHT,
    a_pipe,
    in_memory,
    index_of,
    titles,
    without_privileges,
)
from support import ROOT, environment

from citylinks import KnowledgeBase
from citylinks.cli.app import main
from citylinks.files import reading as files_reading
from citylinks.index import code_state, maintenance
from citylinks.index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OMEGA = ["Omega and Beta become sister cities"]


def test_a_second_opening_reads_no_file(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a fresh index was refreshed")

    monkeypatch.setattr("citylinks.index.refresh.refresh_index", refuse)
    assert titles(settled) == RIGHT


# -- What tells that a file is another ----------------------------------------


class Entry:
    """A file as `os.scandir` gives it, whose marks are what a test says."""

    def __init__(self, entry: os.DirEntry[str], marks: Mapping[str, int]) -> None:
        self.name, self.path, self._entry, self._marks = (
            entry.name,
            entry.path,
            entry,
            marks,
        )

    def stat(self, *, follow_symlinks: bool = True) -> Any:
        names = ("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino", "st_mode")
        status = self._entry.stat(follow_symlinks=follow_symlinks)
        mine = (
            dict(self._marks)
            if os.fsencode(self.name) in {b"a.yaml", b"z.yaml"}
            else {}
        )
        return SimpleNamespace(**{name: getattr(status, name) for name in names} | mine)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Return what `cities/a.yaml` or `z.yaml` shows of itself, to be changed by the
    test.
    """
    shown = {"st_size": 40, "st_mtime_ns": 10**9, "st_ctime_ns": 10**9, "st_ino": 7}
    scandir = os.scandir

    class Listing:
        def __init__(self, path: Any = ".") -> None:
            self._found = scandir(path)

        def __iter__(self) -> Any:
            return (Entry(entry, shown) for entry in self._found)

        def __enter__(self) -> Any:
            return iter(self)

        def __exit__(self, *_: object) -> None:
            self._found.close()

    monkeypatch.setattr("os.scandir", Listing)
    return shown


@pytest.mark.stamps
@pytest.mark.parametrize("mark", ["st_size", "st_mtime_ns", "st_ctime_ns", "st_ino"])
def test_each_mark_alone_tells(mark: str, marks: dict[str, int], settled: Path) -> None:
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert titles(settled) == RIGHT, (
        "another mark tells as well, so that this shows nothing"
    )
    marks[mark] += 1
    assert titles(settled) == OMEGA


@pytest.mark.stamps
def test_the_name_alone_tells(marks: dict[str, int], settled: Path) -> None:
    visit = settled / "events/a.yaml"
    visit.write_text(
        "title: A visit\ndate: 2009\nkind: visit\ncities: [a]\nsources: [page]\n"
    )
    assert KnowledgeBase.open(settled).show("event/a").results
    visit.rename(settled / "events/z.yaml")
    assert KnowledgeBase.open(settled).show("event/z").results


@pytest.mark.stamps
def test_two_files_change_places(settled: Path) -> None:
    first, second = settled / "cities/a.yaml", settled / "cities/b.yaml"
    second.write_text(CITY.format("Betas"))
    os.utime(second, ns=(first.stat().st_atime_ns, first.stat().st_mtime_ns))
    assert titles(settled) == ["Alpha and Betas become sister cities"]
    first.rename(settled / "aside")
    second.rename(first)
    (settled / "aside").rename(second)
    assert titles(settled) == ["Betas and Alpha become sister cities"]


@pytest.mark.stamps
def test_mtime_set_back_on_purpose(settled: Path) -> None:
    path = settled / "cities/a.yaml"
    before = path.stat()
    path.write_text(CITY.format("Omega"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert titles(settled) == OMEGA


@pytest.mark.stamps
def test_replaced_by_one_of_equal_size_and_time(settled: Path, tmp_path: Path) -> None:
    path = settled / "cities/a.yaml"
    other = tmp_path / "other"
    other.write_text(CITY.format("Omega"))
    shutil.copystat(path, other)
    other.replace(path)
    assert titles(settled) == OMEGA


@pytest.mark.stamps
@pytest.mark.parametrize(
    ("age", "answer"),
    [(0, OMEGA), (1, OMEGA), (2 * 10**9 - 1, OMEGA), (2 * 10**9 + 1, RIGHT)],
)
def test_changed_within_one_tick_of_the_clock(
    age: int,
    answer: list[str],
    root: Path,
    marks: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was touched a moment ago is read again, though its marks are the same.

    On FAT a tick takes two seconds; what is older has settled, and its marks are
    believed.
    """
    now = time.time_ns() + 10**12
    monkeypatch.setattr("time.time_ns", lambda: now)
    marks["st_mtime_ns"] = marks["st_ctime_ns"] = now - age
    assert titles(root) == RIGHT
    (root / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert titles(root) == answer


@pytest.mark.stamps
def test_changed_while_it_is_read(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes between the look at the folder and the reading is seen at the next
    start.
    """
    path, reading = settled / "cities/a.yaml", files_reading.read_bytes
    path.write_text(CITY.format("Alfa"))

    def change_then_read(name: str) -> Any:
        if name == str(path):
            path.write_text(CITY.format("Omega"))
        return reading(name)

    def read_then_change(name: str) -> Any:
        raw = reading(name)
        if name == str(path):
            path.write_text(CITY.format("Omega"))
        return raw

    for read in (change_then_read, read_then_change):
        path.write_text(CITY.format("Alfa"))
        with monkeypatch.context() as patched:
            patched.setattr("citylinks.index.rows.read_bytes", read)
            patched.setattr("citylinks.index.refresh.read_bytes", read)
            titles(settled)
        assert titles(settled) == OMEGA


# -- What happens to files ----------------------------------------------------


def test_added(settled: Path) -> None:
    event = settled / "events/x.yaml"
    event.write_text(
        "title: A visit\ndate: 2009\nkind: visit\ncities: [a]\nsources: [page]\n"
    )
    assert titles(settled) == [*RIGHT, "A visit"]


def test_changed(settled: Path) -> None:
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert titles(settled) == OMEGA


def test_removed(settled: Path) -> None:
    (settled / "cities/a.yaml").unlink()
    assert titles(settled) == ["a and Beta become sister cities"]
    (settled / "partnerships/a-b.yaml").unlink()
    assert titles(settled) == []


@pytest.mark.stamps
def test_removed_before_it_had_settled(root: Path) -> None:
    event = root / "events/x.yaml"
    event.write_text(
        "title: A visit\ndate: 2009\nkind: visit\ncities: [a]\nsources: [page]\n"
    )
    assert titles(root) == [*RIGHT, "A visit"]
    event.unlink()
    assert titles(root) == RIGHT


def test_renamed(settled: Path) -> None:
    (settled / "cities/a.yaml").rename(settled / "cities/z.yaml")
    assert titles(settled) == ["a and Beta become sister cities"]
    assert [
        hit.record.id for hit in KnowledgeBase.open(settled).search("alpha").results
    ] == ["z"]


def test_moved_to_another_folder(settled: Path) -> None:
    (settled / "cities/a.yaml").rename(settled / "events/a.yaml")
    kb = KnowledgeBase.open(settled)
    assert [entry.title for entry in kb.timeline().results] == [
        "a and Beta become sister cities"
    ]
    assert kb.files_left_out == (str(settled / "events/a.yaml"),)


def test_another_directory_in_its_place(settled: Path, tmp_path: Path) -> None:
    shutil.copytree(settled, tmp_path / "branch")
    (tmp_path / "branch/cities/a.yaml").write_text(CITY.format("Omega"))
    shutil.move(settled, tmp_path / "moved")
    shutil.move(tmp_path / "branch", settled)
    assert titles(settled) == OMEGA
    assert titles(tmp_path / "moved") == RIGHT


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_another_git_branch(settled: Path, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        named = (
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=no",
        )
        outside = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        subprocess.run(
            ["git", *named, *arguments], cwd=settled, env=outside, check=True
        )

    git("init", "--quiet", "--initial-branch=first")
    git("add", ".")
    git("commit", "--quiet", "--message=first")
    git("checkout", "--quiet", "-b", "second")
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    (settled / "cities/b.yaml").unlink()
    git("commit", "--quiet", "--all", "--message=second")
    assert titles(settled) == ["Omega and b become sister cities"]
    git("checkout", "--quiet", "first")
    assert titles(settled) == RIGHT
    git("checkout", "--quiet", "second")
    assert titles(settled) == ["Omega and b become sister cities"]


def test_a_link_that_points_elsewhere(settled: Path, tmp_path: Path) -> None:
    link = settled / "cities/a.yaml"
    for name in ("One", "Two"):
        (tmp_path / name).write_text(CITY.format(name))
    for name in ("One", "Two"):
        link.unlink()
        link.symlink_to(tmp_path / name)
        assert titles(settled) == [f"{name} and Beta become sister cities"]


def test_a_linked_file_that_changes(settled: Path, tmp_path: Path) -> None:
    link, target = settled / "cities/a.yaml", tmp_path / "target"
    link.unlink()
    link.symlink_to(target)
    assert titles(settled) == ["a and Beta become sister cities"]
    for name in ("First", "Other"):
        target.write_text(CITY.format(name))
        assert titles(settled) == [f"{name} and Beta become sister cities"]
    target.unlink()
    assert titles(settled) == ["a and Beta become sister cities"]


@pytest.mark.parametrize("what", [".", "cities"])
def test_a_linked_directory_that_points_elsewhere(
    what: str, settled: Path, tmp_path: Path
) -> None:
    place, other = settled / what, tmp_path / "other"
    shutil.copytree(settled / what, other)
    (other / (settled / "cities/a.yaml").relative_to(place)).write_text(
        CITY.format("Omega")
    )
    shutil.move(place, tmp_path / "first")
    for target, answer in ((tmp_path / "first", RIGHT), (other, OMEGA)):
        place.unlink(missing_ok=True)
        place.symlink_to(target)
        assert titles(settled) == answer


def test_a_link_to_itself(settled: Path) -> None:
    loop = settled / "cities/a.yaml"
    loop.unlink()
    loop.symlink_to("a.yaml")
    for _ in range(2):
        kb = KnowledgeBase.open(settled)
        assert kb.files_left_out == (str(loop),)
    loop.unlink()
    loop.write_text(CITY.format("Omega"))
    assert titles(settled) == OMEGA


def a_device(path: Path) -> None:
    """Link to a device that never ends."""
    if not Path("/dev/zero").exists():
        pytest.skip("there is no such device here")
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("kind", [a_pipe, a_device, Path.mkdir])
def test_what_is_no_file_to_read(kind: Callable[[Path], None], settled: Path) -> None:
    path = settled / "cities/x.yaml"
    kind(path)
    for _ in range(2):
        kb = KnowledgeBase.open(settled)
        assert [entry.title for entry in kb.timeline().results] == RIGHT
        assert kb.files_left_out == (str(path),)
    path.rmdir() if path.is_dir() else path.unlink()
    path.write_text(CITY.format("Plain"))
    assert KnowledgeBase.open(settled).files_left_out == ()
    assert KnowledgeBase.open(settled).show("x").results[0].name == "Plain"


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions here")
def test_what_may_not_be_read_and_then_may(
    root: Path, cache: Path, tmp_path: Path
) -> None:
    path = root / "cities/a.yaml"
    for mode, expected in ((0, "a and Beta become"), (0o600, "Alpha and Beta become")):
        path.chmod(mode)
        for _ in range(2):
            done = subprocess.run(
                [*without_privileges(), sys.executable, "-m", "citylinks", "timeline"],
                env=environment(
                    tmp_path, XDG_CACHE_HOME=str(cache.parent), CITYLINKS_DATA=str(root)
                ),
                capture_output=True,
                encoding="utf-8",
                check=True,
            )
            assert expected in done.stdout
            assert ("1 file" in done.stderr) == (mode == 0)


@pytest.mark.parametrize(
    "name", ["new\nline.yaml", "n\udcffce.yaml", "a b?#%.yaml", "X.yaml"]
)
def test_file_names_of_any_kind(name: str, settled: Path) -> None:
    """A bulk file may have any name; it changes, and goes."""
    path = settled / "cities" / name
    for text in ("One", "Two"):
        try:
            path.write_text(f"---\nid: c\n{CITY.format(text)}")
        except OSError:
            pytest.skip("this file system has no such names")
        for _ in range(2):
            kb = KnowledgeBase.open(settled)
            assert kb.show("c").results[0].name == text
            assert kb.files_left_out == ()
    path.write_text("name: [")
    assert KnowledgeBase.open(settled).files_left_out == (str(path),)
    path.unlink()
    assert KnowledgeBase.open(settled).files_left_out == ()
    assert titles(settled) == RIGHT


# -- What depends on a file ---------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("cities/a.yaml", "Alpha", "Gamma", lambda row: row.cities[0].name),
        ("themes.yaml", "Canals", "Rivers", lambda row: row.themes[0].name),
        (
            "organizations.yaml",
            "Agency",
            "Bureau",
            lambda row: row.organizations[0].name,
        ),
        ("sources.yaml", "Ledger", "Volume", lambda row: row.sources[0].title),
    ],
)
def test_a_changed_name_reaches_all_that_depends_on_it(
    file: str, old: str, new: str, shown: Callable[[Any], str], settled: Path
) -> None:
    def named() -> str:
        knowledge = KnowledgeBase.open(settled)
        what = (
            knowledge.list("partnerships")
            if file == "themes.yaml"
            else knowledge.timeline()
        )
        (row,) = what.results
        return shown(row)

    assert named() == old
    (settled / file).write_text(FILES[file].replace(old, new))
    assert named() == new
    (hit, *_) = KnowledgeBase.open(settled).search(f'"{new}"').results
    assert hit.record.id in {"a", "water", "jica", "page", "a-b"}
    assert not KnowledgeBase.open(settled).search(f'"{old}"').results


def test_an_id_given_twice_and_once_again(settled: Path) -> None:
    bulk = settled / "cities/aa.yaml"
    bulk.write_text("---\nid: a\nname: Second\nsources: [page]\n")
    kb = KnowledgeBase.open(settled)
    assert [entry.title for entry in kb.timeline().results] == RIGHT
    assert kb.files_left_out == (str(bulk),)
    (settled / "cities/a.yaml").unlink()
    assert titles(settled) == ["Second and Beta become sister cities"]
    (settled / "cities/a.yaml").write_text(CITY.format("Alpha"))
    assert titles(settled) == RIGHT
    bulk.unlink()
    assert KnowledgeBase.open(settled).files_left_out == ()


def test_a_problem_is_kept_with_its_file(
    settled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settled / "partnerships/a-b.yaml"
    sound = path.read_text()
    path.write_text("kind: [")
    assert titles(settled) == []

    def refuse(*_: object) -> None:
        raise AssertionError("a fresh index was refreshed")

    with monkeypatch.context() as patched:
        patched.setattr("citylinks.index.refresh.refresh_index", refuse)
        assert KnowledgeBase.open(settled).files_left_out == (str(path),)
        assert main(["timeline", "--data", str(settled)]) == 0
    assert "1 file" in capsys.readouterr().err
    path.write_text(sound)
    kb = KnowledgeBase.open(settled)
    assert kb.files_left_out == ()
    assert [entry.title for entry in kb.timeline().results] == RIGHT


def test_search_finds_what_is_new_and_no_more_what_is_old(settled: Path) -> None:
    (settled / "cities/a.yaml").write_text(CITY.format("Gamma"))
    kb = KnowledgeBase.open(settled)
    assert [hit.record.id for hit in kb.search("gamma").results][:1] == ["a"]
    assert kb.search("alpha").results == ()


def test_other_directories_have_another_index(settled: Path, tmp_path: Path) -> None:
    """Of the same directories in another order, other records count where an id is
    given twice.
    """
    mine = tmp_path / "mine"
    shutil.copytree(settled, mine)
    (mine / "cities/a.yaml").write_text(CITY.format("Omega"))
    both = [str(settled), str(mine)], [str(mine), str(settled)]
    assert (
        len(
            {
                maintenance.cache_path(directories)
                for directories in (*both, [str(mine)], [str(settled)])
            }
        )
        == 4
    )
    for first, second in both:
        kb = KnowledgeBase.open(first, second)
        made = in_memory_of(first, second)
        assert kb.timeline().results == made.timeline().results
        assert kb.files_left_out == made.files_left_out


def in_memory_of(*directories: str) -> KnowledgeBase:
    return KnowledgeBase(Store.in_memory(directories))


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


@pytest.mark.parametrize("many", [0, 1000])
def test_a_search_has_one_order_whatever_its_index_went_through(
    many: int, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the numbers of records nor the way to the first of many show in what is
    found.
    """
    monkeypatch.setattr("citylinks.questions.search_ranking.MANY", many)
    chance = random.Random(many)
    ids = [f"town-{number:02}" for number in range(30)]
    chance.shuffle(ids)
    for id_ in ids:
        path = settled / "cities" / f"{id_}.yaml"
        path.write_text(f"name: {id_}\nsummary: A town of silk.\nsources: [page]\n")
        KnowledgeBase.open(settled).close()
    kept, made = KnowledgeBase.open(settled), in_memory(settled)
    for text in ("silk", "town"):
        hits = kept.search(text, limit=7).results
        assert [hit.record.id for hit in hits] == sorted(hit.record.id for hit in hits)
        assert hits == made.search(text, limit=7).results
        assert len(hits) == 7


def change(root: Path, chance: random.Random) -> None:
    path = root / "cities" / f"{chance.choice('abcd')}.yaml"
    action = chance.randrange(6)
    if action == 0:
        path.unlink(missing_ok=True)
    elif action == 1:
        path.write_text("---\nid: a\nname: Bulk city\nsources: [page]\n")
    elif action == 2:
        path.write_text("name: [")
    elif action == 3 and path.exists():
        path.rename(root / "cities" / f"{chance.choice('abcd')}.yaml")
    else:
        path.write_text(CITY.format(f"City {chance.randrange(5)}"))


def reached_from(room: str) -> tuple[set[str], set[str]]:
    """Return the rooms that a room reaches, itself among them, and their libraries."""
    from whole.test_imports import imported

    rooms, reached = imported(), {room}
    while more := {known for room in reached for known in rooms[room].rooms} - reached:
        reached |= more
    return reached, {library for room in reached for library in rooms[room].packages}


def test_the_code_that_makes_rows_is_in_the_name_of_the_index() -> None:
    """Every room and library that `index` reaches; platformdirs finds only a folder."""
    rooms, libraries = reached_from("index")
    assert rooms == {*code_state.ROW_ROOMS}
    assert libraries - {"platformdirs"} == {*code_state.LIBRARIES}


def test_the_code_that_makes_findings_is_in_their_state() -> None:
    rooms, libraries = reached_from("lint")
    assert rooms == {*code_state.ROW_ROOMS, *code_state.FINDING_ROOMS}
    assert libraries - {"platformdirs"} == {*code_state.LIBRARIES}


def test_another_version_has_another_index(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = index_of(settled)
    before = old.read_bytes()
    monkeypatch.setattr(
        "citylinks.index.code_state.rows_state", lambda: "another version"
    )
    assert maintenance.cache_path([str(settled)]) != old
    assert titles(settled) == RIGHT
    assert old.read_bytes() == before


# -- Findings are kept until what they depend on changes ------------------------


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder with a copy of the program and of the tables that its rules use."""
    import pycountry

    leave_out = shutil.ignore_patterns("__pycache__", "locales", "tests")
    shutil.copytree(
        ROOT / "src/citylinks", tmp_path / "lib/citylinks", ignore=leave_out
    )
    tables = Path(pycountry.__file__).parent
    shutil.copytree(tables, tmp_path / "lib/pycountry", ignore=leave_out)
    return tmp_path / "lib"


@pytest.mark.parametrize(
    ("module", "more"),
    [
        ("lint/rules/__init__.py", "def record_checks():\n    return {}\n"),
        (
            "lint/locations.py",
            "from citylinks.files.diagnostics import Location\nLocations.locate = lambda *_: Location('')\n",
        ),
        ("lint/runner.py", "def _in_records(*_):\n    return iter(())\n"),
        ("text/safe.py", "def quoted(text):\n    return 'quoted'\n"),
    ],
)
def test_findings_of_another_version(
    module: str, more: str, installed: Path, tmp_path: Path, root: Path
) -> None:
    (root / "cities/c.yaml").write_text(f"# A city\n{CITY.format('C')}country: FR\n")
    (root / "events/e.yaml").write_text(
        "title: A\ndate: 2009\nkind: visit\ncities: [nowhere]\n"
    )
    before = validated(installed, tmp_path, root)
    assert validated(installed, tmp_path, root) == before
    path = installed / "citylinks" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{more}", encoding="utf-8")
    assert validated(installed, tmp_path, root) != before


def test_findings_of_other_tables(installed: Path, tmp_path: Path, root: Path) -> None:
    (root / "cities/a.yaml").write_text(f"{CITY.format('Alpha')}subdivision: JP-14\n")
    assert "JP-14" not in validated(installed, tmp_path, root)
    path = installed / "pycountry/databases/iso3166-2.json"
    text = path.read_text(encoding="utf-8")
    assert '"JP-14"' in text
    path.write_text(text.replace('"JP-14"', '"JP-99"'), encoding="utf-8")
    assert "JP-14" in validated(installed, tmp_path, root)


def test_findings_of_another_day(tmp_path: Path, root: Path) -> None:
    (root / "events/e.yaml").write_text(
        "title: A visit\ndate: 2026-11-30\nkind: visit\n"
    )
    for day, is_told in (
        ("2026-11-22", True),
        ("2026-12-01", False),
        ("2026-11-22", True),
    ):
        done = validated(ROOT / "src", tmp_path, root, CITYLINKS_TODAY=day)
        assert ("is in the future" in done) == is_told


def test_a_changed_view_leaves_the_index(
    installed: Path, tmp_path: Path, root: Path
) -> None:
    validated(installed, tmp_path, root)
    cache = tmp_path / "home/.cache/citylinks"
    before = [path.name for path in cache.iterdir()]
    path = installed / "citylinks/views/blocks.py"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}\n\n# a remark\n", encoding="utf-8"
    )
    validated(installed, tmp_path, root)
    assert [path.name for path in cache.iterdir()] == before


def validated(installed: Path, tmp_path: Path, root: Path, **more: str) -> str:
    """Return what a program that is installed in a folder finds wrong with data."""
    done = subprocess.run(
        [sys.executable, "-m", "citylinks", "validate", str(root)],
        env=environment(tmp_path / "home", PYTHONPATH=str(installed), **more),
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout
