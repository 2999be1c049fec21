"""Many processes at one index, and what is left when they are ended at any moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from indexed import CITY, RIGHT, in_memory, index_of, titles
from support import HANG, ROOT, environment

from benchmarks.kills import EDITS, Kills
from benchmarks.world import World, write_bulk
from citylinks import KnowledgeBase
from citylinks.errors import CitylinksError
from citylinks.index import cache_file, database, maintenance, open_cache
from citylinks.index.workers import PARALLEL_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[..., subprocess.Popen[str]]

SCALE = 0.035
OMEGA = ["Omega and Beta become sister cities"]


@pytest.fixture
def start(cache: Path, tmp_path: Path) -> Start:
    """Return a function that starts a command that waits for others as long as need be."""
    code = f"from citylinks import cli\nfrom citylinks.index import database\ndatabase.PATIENCE = {HANG / 2}\ncli.run()"

    def started(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=ROOT,
            env=environment(tmp_path, XDG_CACHE_HOME=str(cache.parent)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    return started


# -- At once ------------------------------------------------------------------


def cold(root: Path) -> None:
    assert not maintenance.cache_path([str(root)]).exists()


def damaged(root: Path) -> None:
    index_of(root).write_bytes(Random(1).randbytes(50_000))


def behind(root: Path) -> None:
    index_of(root)
    (root / "cities/b.yaml").write_text(CITY.format("Beta"))


@pytest.mark.parametrize("state", [cold, damaged, behind])
def test_sixteen_at_once(
    state: Callable[[Path], None], root: Path, start: Start
) -> None:
    state(root)
    running = [start("timeline", "a", "b", "--data", str(root)) for _ in range(16)]
    answers = [process.communicate(timeout=HANG) for process in running]
    assert {process.returncode for process in running} == {0}
    assert len(set(answers)) == 1
    assert RIGHT[0] in answers[0][0]
    assert answers[0][1] == ""
    assert ", 6 records, " in maintenance.cache_status([str(root)])


def test_clearing_and_asking_at_once(root: Path, start: Start) -> None:
    running = [start("timeline", "a", "b", "--data", str(root)) for _ in range(6)]
    clearing = [
        start("index", what, "--data", str(root)) for what in ("clear", "rebuild") * 2
    ]
    answers = {process.communicate(timeout=HANG) for process in running}
    assert {process.returncode for process in running} == {0}
    assert len(answers) == 1
    for process in clearing:
        process.communicate(timeout=HANG)
        assert process.returncode == 0
    assert titles(root) == RIGHT


# -- Waiting ------------------------------------------------------------------


@pytest.fixture
def holder(settled: Path) -> Any:
    """Return a connection of another that writes the index."""
    with closing(
        sqlite3.connect(index_of(settled), isolation_level=None)
    ) as connection:
        yield connection


@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
def test_locked_by_one_that_has_stopped(
    kind: str,
    settled: Path,
    holder: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has the lock, and the others have the files; the index is not theirs to
    remove.
    """
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    before = maintenance.cache_path([str(settled)]).stat().st_ino
    holder.execute(f"BEGIN {kind}")
    assert titles(settled) == RIGHT
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    assert titles(settled) == OMEGA
    kb = KnowledgeBase.open(settled)
    assert [hit.record.id for hit in kb.search("omega").results][:1] == ["a"]
    assert maintenance.cache_path([str(settled)]).stat().st_ino == before


def test_locked_when_the_question_comes(
    settled: Path, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    kb = KnowledgeBase.open(settled)
    before = maintenance.cache_path([str(settled)]).stat().st_ino
    holder.execute("BEGIN EXCLUSIVE")
    assert [entry.title for entry in kb.timeline().results] == RIGHT
    assert maintenance.cache_path([str(settled)]).stat().st_ino == before


def refuse(*_: object) -> None:
    raise AssertionError("the files were read, though another was about it")


@pytest.mark.parametrize("is_behind", [False, True])
def test_one_that_writes_and_gets_on_is_waited_for(
    *,
    is_behind: bool,
    settled: Path,
    holder: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However long it takes: whoever began anew would take longer still."""
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    monkeypatch.setattr("citylinks.index.store.Store.in_memory", refuse)
    if is_behind:
        (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    holder.execute("BEGIN EXCLUSIVE")
    looks = []

    def moving(_: Path) -> tuple[object, ...]:
        looks.append(1)
        if len(looks) == 9:
            holder.execute("ROLLBACK")
        return (len(looks),)

    monkeypatch.setattr("citylinks.index.cache_file.index_state", moving)
    assert titles(settled) == (OMEGA if is_behind else RIGHT)
    assert len(looks) > 8


def test_who_has_waited_does_not_do_it_again(
    settled: Path, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it import what reads files, which costs more than the answer."""
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    (settled / "cities/a.yaml").write_text(CITY.format("Omega"))
    holder.execute("BEGIN IMMEDIATE")
    looks, refreshed, refresh = [], [], open_cache.refresh

    def moving(_: Path) -> tuple[object, ...]:
        looks.append(1)
        if len(looks) == 6:
            holder.execute("ROLLBACK")
            assert titles(settled) == OMEGA  # the other has brought it up to date
        return (len(looks),)

    def counted(connection: sqlite3.Connection, *others: Any) -> None:
        refreshed.append(1)
        refresh(connection, *others)

    monkeypatch.setattr("citylinks.index.cache_file.index_state", moving)
    monkeypatch.setattr("citylinks.index.open_cache.refresh", counted)
    assert titles(settled) == OMEGA
    assert len(looks) > 6
    assert len(refreshed) == 1


def test_one_that_shows_nothing_is_given_the_time_to_read_as_much(
    settled: Path, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (settled / "events/large.yaml").open("wb") as file:
        file.truncate(10**9)
    expected = in_memory(settled).timeline().results
    titles(settled)
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.02)
    monkeypatch.setattr("citylinks.index.store.Store.in_memory", refuse)
    holder.execute("BEGIN EXCLUSIVE")
    looks = []

    def still(_: Path) -> tuple[object, ...]:
        looks.append(1)
        if len(looks) == 30:
            holder.execute("ROLLBACK")
        return ()

    monkeypatch.setattr("citylinks.index.cache_file.index_state", still)
    assert KnowledgeBase.open(settled).timeline().results == expected


# -- Nobody removes what another uses -----------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files itself")
@pytest.mark.parametrize(
    "removing",
    [maintenance.clear_caches, lambda: maintenance.rebuild_cache([os.environ["DATA"]])],
    ids=["clear", "rebuild"],
)
def test_what_is_in_use_is_not_removed(
    removing: Callable[[], object],
    settled: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = index_of(settled)
    before = file.read_bytes()
    monkeypatch.setenv("DATA", str(settled))
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    with (
        cache_file.index_lock(cache, database.PATIENCE),
        pytest.raises(CitylinksError, match="another process is using the index"),
    ):
        removing()
    assert file.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files itself")
def test_a_damaged_index_in_use_is_left_to_the_others(
    settled: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = index_of(settled)
    file.write_bytes(b"noise" * 10_000)
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    with cache_file.index_lock(cache, database.PATIENCE):
        assert titles(settled) == RIGHT
    assert file.read_bytes() == b"noise" * 10_000
    assert titles(settled) == RIGHT
    assert ", 6 records, " in maintenance.cache_status([str(settled)])


@pytest.mark.parametrize("looks", [1, 2])
def test_what_another_has_mended_is_not_removed(
    looks: int, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two find the same damage; the second is about to remove it when the first has
    made it anew.

    It looks before it waits for the lock, and again when it has it.
    """
    file = index_of(settled)
    seen = iter(["damaged"] * (looks - 1))
    monkeypatch.setattr(
        "citylinks.index.cache_file.index_state", lambda _: next(seen, "mended")
    )
    open_cache.remove_damaged(file, "damaged")  # type: ignore[arg-type]
    assert file.is_file()


def test_a_writer_is_not_robbed_of_its_journal(
    root: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped amid its writing, another would clear the index, and it is killed."""
    monkeypatch.setattr("citylinks.index.database.PATIENCE", 0.05)
    code = (
        "import os, signal, sys\n"
        "from citylinks.index import open_cache, refresh\n"
        "def stop(connection, *_):\n"
        "    connection.execute('PRAGMA cache_size = 1')\n"
        "    connection.execute('CREATE TABLE more AS SELECT zeroblob(300000)')\n"
        "    print('stopped', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGSTOP)\n"
        "refresh._note_folders = stop\n"
        "open_cache.open_cache([sys.argv[1]])\n"
    )
    file = index_of(root)
    (root / "cities/a.yaml").write_text(CITY.format("Omega"))
    with subprocess.Popen(
        [sys.executable, "-c", code, str(root)],
        env=environment(tmp_path, XDG_CACHE_HOME=str(cache.parent)),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "stopped\n"
            journal = Path(f"{file}-journal")
            assert journal.stat().st_size > 0
            with pytest.raises(
                CitylinksError, match="another process is using the index"
            ):
                maintenance.clear_caches()
            assert journal.stat().st_size > 0
        finally:  # one that is stopped would be waited for
            writer.kill()
    assert titles(root) == OMEGA
    assert ", 6 records, " in maintenance.cache_status([str(root)])


# -- Ended at any moment ------------------------------------------------------

NEEDS_SIGNALS = pytest.mark.skipif(
    os.name != "posix", reason="there are no such signals here"
)


@NEEDS_SIGNALS
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_killed_at_any_moment(
    edit: Callable[[Path, Random], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A few rounds of what `python -m benchmarks.kills` does a hundred times."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("benchmarks.kills.EDITS", (edit,))
    kills = Kills(tmp_path, Random(EDITS.index(edit)), scale=0.0005)
    assert kills.round().wrong is None


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return data that is enough for several processes to read."""
    folder = tmp_path_factory.mktemp("world")
    assert write_bulk(World(SCALE), folder) > PARALLEL_BYTES
    return folder


# Workers that never come to an end by themselves, and press Ctrl-C as a terminal does,
# once each.
STUCK = """
import os, signal, sys, time
from contextlib import suppress
from citylinks import KnowledgeBase, cli
from citylinks.index import workers

writer = os.getpid()
send = lambda: os.killpg(0, signal.SIGINT)

def stuck(files):
    send()
    time.sleep(3600)

os.cpu_count = lambda: 2
workers.rows_of_files = stuck
"""
RUN = 'sys.argv = ["citylinks", "list", "cities", "--data", sys.argv[1]]\ncli.run()\n'
COMMAND = STUCK + RUN
SCRIPT = (
    STUCK
    + """
try:
    KnowledgeBase.open(sys.argv[1])
except KeyboardInterrupt:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("interrupted")
"""
)
NEEDS_FORK = pytest.mark.skipif(
    sys.platform != "linux", reason="there are no workers here"
)


def ended(
    code: str, world: Path, cache: Path, home: Path, **more: str
) -> tuple[int, str, str]:
    """Run code in a session of its own until the last of it has closed its output."""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(world)],
        cwd=ROOT,
        env=environment(home, XDG_CACHE_HOME=str(cache.parent), **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=HANG)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, out, err


@NEEDS_FORK
@pytest.mark.parametrize(
    "step", ["refresh._make_anew", "workers._receive", "refresh._note_folders"]
)
@pytest.mark.parametrize(
    "send", ["os.kill(os.getpid()", "os.killpg(0"], ids=["one", "all"]
)
def test_interrupted(
    step: str, send: str, world: Path, cache: Path, tmp_path: Path
) -> None:
    """Ctrl-C while a large index is made: nothing is said, and nothing is left."""
    module, _, step = step.partition(".")
    code = f"""
import os, signal, sys
from citylinks import cli
from citylinks.index import {module}

def interrupted(*given, step={module}.{step}):
    {send}, signal.SIGINT)
    return step(*given)

os.cpu_count = lambda: 2
{module}.{step} = interrupted
"""
    assert ended(code + RUN, world, cache, tmp_path) == (130, "", "")
    with closing(sqlite3.connect(maintenance.cache_path([str(world)]))) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (
            0,
        )
    assert maintenance.cache_status([str(world)]).startswith("not made yet")


@NEEDS_FORK
def test_asked_again_after_an_interruption(
    world: Path, cache: Path, tmp_path: Path
) -> None:
    assert ended(COMMAND, world, cache, tmp_path) == (130, "", "")
    assert len(KnowledgeBase.open(world).list("cities").results) == len(
        World(SCALE).places
    )


@NEEDS_FORK
@pytest.mark.parametrize("debug", ["", "1"])
def test_interrupted_while_workers_are_busy(
    debug: str, world: Path, cache: Path, tmp_path: Path
) -> None:
    """They are not waited for, whichever way the command ends."""
    outcome = ended(COMMAND, world, cache, tmp_path, CITYLINKS_DEBUG=debug)
    assert outcome == (130, "", "")
    assert maintenance.cache_status([str(world)]).startswith("not made yet")


@NEEDS_FORK
def test_a_script_that_is_interrupted_ends(
    world: Path, cache: Path, tmp_path: Path
) -> None:
    assert ended(SCRIPT, world, cache, tmp_path) == (0, "interrupted\n", "")


@NEEDS_FORK
def test_an_interruption_leaves_no_worker(
    world: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where its traceback is kept, as an interactive session keeps it."""

    def interrupt(*_: int) -> None:
        assert multiprocessing.active_children()
        raise KeyboardInterrupt

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with pytest.raises(KeyboardInterrupt) as kept:
        KnowledgeBase.open(world, progress=interrupt)
    assert kept.traceback
    assert multiprocessing.active_children() == []
    assert threading.active_count() == 1


@NEEDS_FORK
def test_a_worker_that_is_killed_is_a_fault_that_is_seen(
    world: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it had sent half of its rows, which are more than a pipe holds."""

    def kill(*_: int) -> None:
        for worker in multiprocessing.active_children():
            assert worker.pid
            while is_running(worker.pid):
                time.sleep(0.01)
            worker.kill()

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with pytest.raises(RuntimeError, match="was killed"):
        open_cache.open_cache([str(world)], kill)
    assert multiprocessing.active_children() == []
    assert maintenance.cache_status([str(world)]).startswith("not made yet")


def is_running(pid: int) -> bool:
    """Whether a process is not waiting: a worker that waits has rows that nobody takes."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"


@NEEDS_FORK
def test_a_fault_in_a_worker_is_the_same_here(
    world: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise MemoryError("in a worker")

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("citylinks.index.workers.rows_of_files", fail)
    with pytest.raises(MemoryError, match="in a worker"):
        open_cache.open_cache([str(world)])
    assert multiprocessing.active_children() == []


@NEEDS_FORK
@pytest.mark.parametrize(
    "how", [signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name
)
def test_the_workers_end_with_the_one_who_writes(
    how: signal.Signals, world: Path, cache: Path, tmp_path: Path
) -> None:
    """What it printed to is closed, which it is once the last of them has ended."""
    send = f"def send():\n    with suppress(ProcessLookupError):\n        os.kill(writer, {how:d})\n"
    assert ended(STUCK + send + RUN, world, cache, tmp_path) == (-how, "", "")
