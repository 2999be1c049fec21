"""The answer is right and nothing is said, whatever has become of the index and its
place.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from indexed import CITY, RIGHT, a_pipe, in_memory, index_of, titles, without_privileges
from support import ROOT, environment

from citylinks import KnowledgeBase
from citylinks.errors import CitylinksError, ClosedError
from citylinks.index import database, maintenance, open_cache

if TYPE_CHECKING:
    from collections.abc import Callable

    Damage = Callable[[Path], None]
    Run = Callable[..., subprocess.CompletedProcess[str]]


# -- What may have become of the file -----------------------------------------


def cut(length: float) -> Damage:
    """Return what keeps only the first part of a file: a share of it, or so many bytes."""

    def damage(file: Path) -> None:
        raw = file.read_bytes()
        file.write_bytes(raw[: int(length if length > 1 else length * len(raw))])

    return damage


def noise(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(20_000))


def noise_after_the_header(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[:100] + random.Random(2).randbytes(len(raw) - 100))


def noise_after_the_first_page(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[:4096] + random.Random(3).randbytes(len(raw) - 4096))


def noise_in_the_middle(file: Path) -> None:
    """Spoil four pages from those of the words on, which the status does not read."""
    sql = "SELECT rootpage FROM sqlite_master WHERE name = 'named_data'"
    with closing(sqlite3.connect(file)) as connection:
        [page] = connection.execute(sql).fetchone()
    raw = bytearray(file.read_bytes())
    middle = (page - 1) * 4096
    raw[middle : middle + 4 * 4096] = random.Random(5).randbytes(4 * 4096)
    file.write_bytes(raw)


def zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def text(file: Path) -> None:
    file.write_text("name: Lyon\n" * 1000, encoding="utf-8")


def changed_by(*statements: str) -> Damage:
    def damage(file: Path) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return damage


def another_database(file: Path) -> None:
    file.unlink()
    changed_by("CREATE TABLE record (no)")(file)


def another_in_wal_mode(file: Path) -> None:
    file.unlink()
    changed_by("PRAGMA journal_mode = WAL", "CREATE TABLE mine (no)")(file)


def journal_of_noise(file: Path) -> None:
    Path(f"{file}-journal").write_bytes(random.Random(4).randbytes(20_000))


def journal_of_another(file: Path) -> None:
    """Leave a journal that would undo the index: that of a file of the same name that
    is gone.
    """
    saved = file.read_bytes()
    code = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1')\n"
        "c.execute('BEGIN')\n"
        "c.execute('DELETE FROM record')\n"
        "c.execute('CREATE TABLE more AS SELECT zeroblob(200000)')\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    assert Path(f"{file}-journal").stat().st_size > 0
    file.unlink()
    assert saved


DAMAGES: dict[str, Damage] = {
    "empty": cut(0),
    "only some bytes": cut(50),
    "only the header": cut(100),
    "a page": cut(4096),
    "a page and more": cut(5000),
    "half": cut(0.5),
    "all but a byte": cut(0.99999),
    "noise": noise,
    "noise after the header": noise_after_the_header,
    "noise after the first page": noise_after_the_first_page,
    "zeros": zeros,
    "text": text,
    "another database": another_database,
    "another database in WAL mode": another_in_wal_mode,
    "a journal of noise": journal_of_noise,
    "a journal without its file": journal_of_another,
    "no table of entries": changed_by("DROP TABLE entry"),
    "no rows of folders": changed_by("DELETE FROM folder"),
    "tables of a newer version": changed_by(
        "ALTER TABLE record RENAME COLUMN body TO content",
        "ALTER TABLE label ADD COLUMN more",
    ),
    "bodies that are no JSON": changed_by(
        "UPDATE record SET body = substr(body, 1, 5) WHERE type <> 'city'"
    ),
    "bodies that are no text": changed_by(
        "UPDATE record SET body = CAST(x'ff80' AS TEXT) WHERE type <> 'city'"
    ),
    "bodies that are of another shape": changed_by("UPDATE record SET body = '[]'"),
    "names that are no text": changed_by(
        "UPDATE record SET name = CAST(x'ff80' AS TEXT)"
    ),
    "folders of other names": changed_by(
        "UPDATE folder SET path = x'ff' || path, state = 7"
    ),
}


def test_damaged_in_pages_that_no_question_may_read(settled: Path) -> None:
    noise_in_the_middle(index_of(settled))
    for _ in range(2):
        assert [
            entry.title for entry in KnowledgeBase.open(settled).timeline().results
        ] == RIGHT
    assert maintenance.cache_status([str(settled)]).startswith(("fresh, ", "damaged ("))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged(
    damage: Damage, settled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(index_of(settled))
    right = in_memory(settled)
    for _ in range(2):
        kb = KnowledgeBase.open(settled)
        assert [entry.title for entry in kb.timeline().results] == RIGHT
        assert kb.list("cities").results == right.list("cities").results
        assert kb.show("a-b").results == right.show("a-b").results
    assert maintenance.cache_status([str(settled)]).startswith("fresh, 6 records, ")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_and_to_be_refreshed(damage: Damage, settled: Path) -> None:
    damage(index_of(settled))
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    (settled / "partnerships/a-b.yaml").touch()
    for _ in range(2):
        assert titles(settled) == ["Omega and Beta become sister cities"]
    assert maintenance.cache_status([str(settled)]).startswith("fresh, 6 records, ")


@pytest.mark.parametrize("seed", range(8))
def test_damaged_in_fifty_places(seed: int, cache: Path) -> None:
    """What SQLite does not notice itself shows in rows that cannot be read."""
    data, chance = ROOT / "data", random.Random(seed)
    file = index_of(data)
    raw = bytearray(file.read_bytes())
    for _ in range(50):
        place = chance.randrange(len(raw) // 512) * 512
        raw[place : place + 512] = chance.randbytes(512)
    file.write_bytes(raw)
    kept, made = KnowledgeBase.open(data), in_memory(data)
    assert (
        kept.timeline("lyon", "yokohama").results
        == made.timeline("lyon", "yokohama").results
    )
    assert kept.list("partnerships").results == made.list("partnerships").results
    assert kept.search("energy").results == made.search("energy").results
    assert kept.files_left_out == made.files_left_out


def test_a_fault_of_the_question_is_no_damage(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = index_of(settled)
    before = file.stat().st_ino

    def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("citylinks.questions.timeline.timeline", broken)
    with pytest.raises(KeyError, match="a bug"):
        KnowledgeBase.open(settled).timeline()
    assert file.stat().st_ino == before


@pytest.mark.parametrize("fault", [MemoryError(), EOFError(), RuntimeError()], ids=repr)
def test_what_befalls_the_reading_is_no_damage(
    fault: Exception, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory was short, or a worker was killed: what stood in the index is as good as
    before.
    """
    before = index_of(settled).stat().st_ino
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    faults, refresh = [fault], open_cache.refresh

    def fail_once(*arguments: Any) -> None:
        if faults:
            raise faults.pop()
        refresh(*arguments)

    monkeypatch.setattr("citylinks.index.open_cache.refresh", fail_once)
    assert titles(settled) == ["Omega and Beta become sister cities"]
    assert index_of(settled).stat().st_ino == before


def test_an_index_that_vanishes_while_it_is_opened_is_closed(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, open_on_disk = [], database.open_on_disk
    refresh = open_cache.refresh

    def remember(path: str, today: str) -> sqlite3.Connection:
        opened.append(open_on_disk(path, today))
        return opened[-1]

    def refresh_and_remove(*arguments: Any) -> None:
        refresh(*arguments)
        index_of(settled).unlink()

    monkeypatch.setattr("citylinks.index.database.open_on_disk", remember)
    monkeypatch.setattr("citylinks.index.open_cache.refresh", refresh_and_remove)
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    with pytest.raises(FileNotFoundError):
        open_cache.open_cache([str(settled)])
    assert opened
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_what_is_asked_after_closing_is_an_error(settled: Path) -> None:
    file = index_of(settled)
    kb = KnowledgeBase.open(settled)
    kb.close()
    with pytest.raises(ClosedError):
        kb.timeline()
    assert file.is_file()


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_is_found(seed: int, settled: Path) -> None:
    """Status and validate hold all pages against the sum of what was written."""
    validate = KnowledgeBase.open(settled).validate
    right = validate().results
    file, chance = index_of(settled), random.Random(seed)
    for _ in range(10):
        raw = bytearray(file.read_bytes())
        place = chance.randrange(100, len(raw))
        raw[place] ^= 1 << chance.randrange(8)
        file.write_bytes(raw)
        assert maintenance.cache_status([str(settled)]).startswith(
            ("damaged (", "cannot be used (")
        )
        assert KnowledgeBase.open(settled).validate().results == right
        assert titles(settled) == RIGHT
        assert maintenance.cache_status([str(settled)]).startswith("fresh, ")


def test_a_flipped_bit_does_not_come_under_a_new_sum(settled: Path) -> None:
    file = index_of(settled)
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"Alpha", b"Elpha"))
    assert titles(settled) != RIGHT, "it is in no answer, so that this shows nothing"
    (settled / "cities/c.yaml").write_text(CITY.format("Gamma"))
    assert titles(settled) == RIGHT


def test_the_sum_holds_whatever_the_index_went_through(settled: Path) -> None:
    """Also with free pages, whose content SQLite does not keep."""
    chance = random.Random(1)
    for number in range(12):
        for name in chance.sample("cdefghij", 4):
            path = settled / f"cities/{name}.yaml"
            words = " ".join(
                f"{name}{number}x{word}" for word in range(chance.randrange(2000))
            )
            path.unlink() if path.exists() else path.write_text(
                f"{CITY.format(name)}summary: {words}.\n"
            )
        with KnowledgeBase.open(settled) as kb:
            assert kb.list("cities").results
            if number % 3 == 0:
                kb.validate()
        assert maintenance.cache_status([str(settled)]).startswith("fresh, ")


def test_a_warm_validation_writes_nothing(settled: Path) -> None:
    KnowledgeBase.open(settled).validate()
    before = index_of(settled).stat()
    KnowledgeBase.open(settled).validate()
    after = index_of(settled).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


# -- What may have become of its place ----------------------------------------


def a_directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_directory_for_a_journal(file: Path) -> None:
    Path(f"{file}-journal").mkdir()


def a_file_for_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_text("not a folder", encoding="utf-8")


def a_link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def a_full_device(file: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no such device here")
    file.unlink()
    file.symlink_to("/dev/full")


PLACES = (
    a_directory, a_directory_for_a_journal, a_file_for_the_folder, a_link_to_itself, a_pipe,
    a_full_device,
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_nowhere_to_keep_it(
    place: Damage, settled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place(index_of(settled))
    for name in ("Alpha", "Omega"):
        (settled / "cities/a.yaml").write_text(CITY.format(name))
        for _ in range(2):
            assert titles(settled) == [f"{name} and Beta become sister cities"]
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="HOME is of POSIX")
@pytest.mark.parametrize("home", ["", "relative", "/nowhere/at-all", "/dev/null"])
def test_no_home(home: str, settled: Path, run: Run) -> None:
    done = run("timeline", "--data", str(settled), env={"HOME": home}, cwd=settled)
    assert (done.returncode, done.stderr) == (0, "")
    assert RIGHT[0] in done.stdout
    assert not (settled / "relative").exists()


def answered(root: Path, cache: Path, *prefix: str, limit: int | None = None) -> str:
    """Return what a process without a root's privileges prints; with a bound on its
    files.
    """

    def bound() -> None:
        if limit is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [*prefix, sys.executable, "-m", "citylinks", "timeline", "--data", str(root)],
        cwd=ROOT,
        env=environment(root, XDG_CACHE_HOME=str(cache.parent)),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=bound,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


NEEDS_POSIX = pytest.mark.skipif(
    os.name != "posix", reason="there are no such bounds here"
)


@NEEDS_POSIX
@pytest.mark.parametrize("name", ["Alpha", "Omega"])
@pytest.mark.parametrize(
    ("folder", "file"),
    [(0o500, 0o600), (0o500, 0o400), (0o700, 0o400), (0o700, 0), (0, 0o600)],
)
def test_read_only(folder: int, file: int, name: str, root: Path, cache: Path) -> None:
    """The folder, the index or both may be read, or not even that; it may be stale or
    not.
    """
    prefix = without_privileges()
    kept = index_of(root)
    (root / "cities/a.yaml").write_text(CITY.format(name))
    kept.chmod(file)
    kept.parent.chmod(folder)
    try:
        assert f"{name} and Beta become sister cities" in answered(root, cache, *prefix)
    finally:
        kept.parent.chmod(0o700)


@NEEDS_POSIX
@pytest.mark.parametrize("limit", [0, 4096, 100_000, 1_000_000])
def test_no_room_for_a_new_index(limit: int, root: Path, cache: Path) -> None:
    """A bound on the size of files stands for the disk that is full; no room is kept on
    it.
    """
    if limit == 1_000_000:  # so much that SQLite begins to write before the end
        for number in range(30):
            words = " ".join(f"w{number}x{word}" for word in range(4000))
            (root / f"cities/c{number}.yaml").write_text(
                f"{CITY.format('C')}summary: {words}\n"
            )
    assert RIGHT[0] in answered(root, cache, limit=limit)
    assert [file.stat().st_size for file in cache.iterdir()] in ([], [0])
    assert RIGHT[0] in answered(root, cache)
    assert " records, " in maintenance.cache_status([str(root)])


@NEEDS_POSIX
@pytest.mark.parametrize("limit", [0, 4096, 100_000])
def test_no_room_for_a_change(limit: int, root: Path, cache: Path) -> None:
    index_of(root)
    (root / "cities/a.yaml").write_text(CITY.format("Omega"))
    for number in range(60):
        body = f"{CITY.format(number)}summary: {number} {'many words ' * 100}\n"
        (root / f"cities/c{number}.yaml").write_text(body)
    for bound in (limit, None):
        answer = answered(root, cache, limit=bound)
        assert "Omega and Beta become sister cities" in answer


def test_why_is_told_to_those_who_ask(
    settled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    noise(index_of(settled))
    monkeypatch.setenv("CITYLINKS_DEBUG", "1")
    titles(settled)
    assert "not a database" in capsys.readouterr().err


# -- For the curious ----------------------------------------------------------


def test_rebuilt(settled: Path) -> None:
    """What no check can notice, making it anew puts right."""
    file = index_of(settled)
    changed_by(
        "UPDATE record SET name = 'Elsewhere' WHERE id = 'a'",
        "UPDATE label SET text = 'Elsewhere', folded = 'elsewhere' WHERE text = 'Alpha'",
    )(file)
    assert titles(settled) == ["Elsewhere and Beta become sister cities"]
    maintenance.rebuild_cache([str(settled)])
    kept, made = KnowledgeBase.open(settled), in_memory(settled)
    assert kept.timeline().results == made.timeline().results
    for name in ("alpha", "elsewhere"):
        assert kept.search(name).results == made.search(name).results


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_rebuilt_whatever_it_was(damage: Damage, settled: Path) -> None:
    damage(index_of(settled))
    maintenance.rebuild_cache([str(settled)])
    assert maintenance.cache_status([str(settled)]).startswith("fresh, 6 records, ")
    assert titles(settled) == RIGHT


@pytest.mark.parametrize(
    "place", [a_directory, a_directory_for_a_journal, a_file_for_the_folder]
)
def test_what_cannot_be_rebuilt_is_said(place: Damage, settled: Path) -> None:
    place(index_of(settled))
    with pytest.raises(CitylinksError, match="the index cannot be kept: "):
        maintenance.rebuild_cache([str(settled)])
    assert titles(settled) == RIGHT


@pytest.mark.parametrize("place", [a_link_to_itself, a_pipe, a_full_device])
def test_what_is_no_file_gives_way(place: Damage, settled: Path) -> None:
    file = index_of(settled)
    place(file)
    maintenance.rebuild_cache([str(settled)])
    assert file.is_file()
    assert not file.is_symlink()
    assert titles(settled) == RIGHT


def test_cleared(settled: Path, cache: Path) -> None:
    file = index_of(settled)
    (cache / "index-0000000000000000.sqlite").write_bytes(b"of another version")
    (cache / "index-1111111111111111.sqlite").mkdir()
    (cache / "mine.sqlite").write_bytes(b"of another program")
    journal_of_noise(file)
    assert maintenance.clear_caches() == 2
    assert sorted(path.name for path in cache.iterdir()) == [
        "index-1111111111111111.sqlite", "mine.sqlite",
    ]  # fmt: skip
    assert maintenance.cache_status([str(settled)]) == "not made yet"
    assert maintenance.clear_caches() == 0
    assert titles(settled) == RIGHT


def test_one_cleared_of_several(
    settled: Path, tmp_path: Path, cache: Path, run: Run
) -> None:
    file = index_of(settled)
    shutil.copytree(settled, tmp_path / "other")
    other = index_of(tmp_path / "other")
    env = {"XDG_CACHE_HOME": str(cache.parent)}
    done = run("index", "clear", "--data", str(tmp_path / "absent"), env=env)
    assert done.returncode == 2
    assert other.is_file()
    done = run("index", "clear", "--data", str(tmp_path / "other"), env=env)
    assert (done.stdout, done.returncode) == ("removed 1 index file\n", 0)
    assert not other.exists()
    assert file.is_file()


def test_what_was_opened_before_it_was_cleared_still_answers(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it touch the journal of the next index, which has the same name."""
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.1)
    file = index_of(settled)
    kb = KnowledgeBase.open(settled)
    assert maintenance.clear_caches() == 1
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("CREATE TABLE t AS SELECT zeroblob(200000)")
        assert file.stat().st_size > 0
        assert [entry.title for entry in kb.timeline().results] == RIGHT
        assert Path(f"{file}-journal").is_file()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (cut(0), "not made yet, 0 bytes"),
        (noise, "cannot be used (file is not a database)"),
        (cut(0.5), "cannot be used (database disk image is malformed)"),
        (noise_in_the_middle, "damaged ("),
        (another_database, "cannot be used (some tables are missing from the index)"),
        (a_directory, "cannot be used (unable to open database file)"),
        (a_file_for_the_folder, "not made yet"),
        (Path.unlink, "not made yet"),
    ],
)
def test_status(damage: Damage, message: str, settled: Path) -> None:
    """Status looks and mends nothing."""
    file = index_of(settled)
    damage(file)
    before = file.read_bytes() if file.is_file() else None
    assert maintenance.cache_status([str(settled)]).startswith(message)
    assert (file.read_bytes() if file.is_file() else None) == before


def test_status_of_an_index_that_is_behind(settled: Path) -> None:
    index_of(settled)
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert maintenance.cache_status([str(settled)]).startswith(
        "to be refreshed, 6 records, "
    )


@pytest.mark.parametrize(
    "name", ["with a space", "with?query#and%41", "new\nline", "n\udcffce"]
)
def test_a_cache_directory_of_any_name(
    name: str, settled: Path, tmp_path: Path, run: Run
) -> None:
    base = tmp_path / name
    try:
        base.mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    env = {"XDG_CACHE_HOME": str(base)}
    for _ in range(2):
        assert RIGHT[0] in run("timeline", "--data", str(settled), env=env).stdout
    (file,) = (base / "citylinks").iterdir()
    named = subprocess.run(
        [sys.executable, "-m", "citylinks", "index", "path", "--data", str(settled)],
        env=environment(tmp_path, **env),
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert named.stdout == os.fsencode(file) + b"\n"
    shown = run("index", "status", "--data", str(settled), env=env)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.count("\n") == 1
    assert ", 6 records, " in shown.stdout
    cleared = run("index", "clear", env=env)
    assert (cleared.returncode, cleared.stdout) == (0, "removed 1 index file\n")


@pytest.mark.parametrize(
    ("what", "code", "out", "err"),
    [
        ("path", 2, "", "the index is kept in memory: there is no home directory"),
        ("status", 2, "", "the index is kept in memory: there is no home directory"),
        ("rebuild", 2, "", "the index is kept in memory: there is no home directory"),
        ("clear", 2, "", "the index cannot be removed: there is no home directory"),
    ],
)
def test_index_without_a_home(
    what: str, code: int, out: str, err: str, settled: Path, run: Run
) -> None:
    done = run("index", what, "--data", str(settled), env={"HOME": ""})
    assert (done.returncode, done.stdout, done.stderr) == (
        code,
        out,
        f"citylinks: {err}\n",
    )
