"""A `KnowledgeBase` that stays open: each question sees the files as they are then."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from indexed import CITY, RIGHT, in_memory
from support import HANG, environment

from citylinks import CitylinksError, ClosedError, KnowledgeBase, NoDataError
from citylinks.index import maintenance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OMEGA = ["Omega and Beta become sister cities"]


def titles(kb: KnowledgeBase) -> list[str]:
    return [entry.title for entry in kb.timeline().results]


def names(kb: KnowledgeBase) -> list[str]:
    cities: Any = kb.list("cities")
    return [city.name for city in cities.results]


def by_us(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def by_another(path: Path, text: str) -> None:
    code = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.argv[2], 'utf-8')"
    subprocess.run([sys.executable, "-c", code, str(path), text], check=True)


@pytest.fixture(params=[KnowledgeBase.open, in_memory], ids=["on disk", "in memory"])
def kb(request: pytest.FixtureRequest, root: Path) -> Any:
    with request.param(root) as kb:
        yield kb


@pytest.fixture
def other(cache: Path, tmp_path: Path) -> Callable[..., str]:
    """Return a function that runs a command in another process, with the same index."""

    def run(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "citylinks", *arguments],
            env=environment(tmp_path, XDG_CACHE_HOME=str(cache.parent)),
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    return run


# -- What becomes of the files ------------------------------------------------


@pytest.mark.parametrize("write", [by_us, by_another])
def test_what_is_changed_is_seen(
    write: Callable[[Path, str], None], kb: KnowledgeBase, root: Path
) -> None:
    assert titles(kb) == RIGHT
    write(root / "cities" / "a.yaml", CITY.format("Omega"))
    assert titles(kb) == OMEGA
    assert kb.show("omega").results[0].id == "a"
    write(root / "cities" / "c.yaml", CITY.format("Gamma"))
    assert names(kb) == ["Omega", "Beta", "Gamma"]
    (root / "partnerships" / "a-b.yaml").unlink()
    assert titles(kb) == []
    assert names(kb) == ["Omega", "Beta", "Gamma"]


@pytest.mark.parametrize("write", [by_us, by_another])
def test_what_is_wrong_now_is_told(
    write: Callable[[Path, str], None], kb: KnowledgeBase, root: Path
) -> None:
    before = kb.validate()
    write(root / "cities" / "a.yaml", "nmae: Alpha\n")
    rules = {problem.rule for problem in kb.validate().results}
    assert {"unknown-key", "missing-key"} <= rules
    assert list(kb.files_left_out) == [str(root / "cities" / "a.yaml")]
    write(root / "cities" / "a.yaml", CITY.format("Alpha"))
    assert not kb.files_left_out
    assert kb.validate() == before


def test_a_long_open_one_answers_as_one_that_is_opened_now(settled: Path) -> None:
    """Where only what the system notes of a file can tell, and no index was written
    between.
    """
    kept = KnowledgeBase.open(settled)
    for name in ("Omega", "Alphabet", "Alpha"):
        by_us(settled / "cities" / "a.yaml", CITY.format(name))
        made = in_memory(settled)
        assert kept.timeline() == made.timeline()
        assert kept.validate() == made.validate()


def test_where_nothing_has_changed_nothing_is_read(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = KnowledgeBase.open(settled)

    def refuse(*_: object) -> None:
        raise AssertionError("a fresh index was refreshed")

    monkeypatch.setattr("citylinks.index.refresh.refresh_index", refuse)
    assert titles(kb) == titles(kb) == RIGHT


def test_data_that_is_gone_is_said(kb: KnowledgeBase, root: Path) -> None:
    shutil.move(root, root.with_name("elsewhere"))
    with pytest.raises(NoDataError, match="is not a directory"):
        kb.timeline()
    shutil.move(root.with_name("elsewhere"), root)
    assert titles(kb) == RIGHT


def test_another_day_is_another_day(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-11-22", "2027-01-01"):
        monkeypatch.setenv("CITYLINKS_TODAY", day)
        assert kb.anniversaries().today == day


# -- What becomes of the index ------------------------------------------------


def test_refreshed_by_another(root: Path, other: Callable[..., str]) -> None:
    kb = KnowledgeBase.open(root)
    assert titles(kb) == RIGHT
    before = kb.validate()
    by_us(root / "cities" / "a.yaml", "nmae: Omega\n")
    assert "a" in other("list", "partnerships", "--data", str(root))
    assert kb.validate() == in_memory(root).validate() != before
    assert kb.timeline() == in_memory(root).timeline()


@pytest.mark.parametrize("command", ["rebuild", "clear"])
def test_rebuilt_or_removed_by_another(
    command: str, root: Path, other: Callable[..., str]
) -> None:
    kb = KnowledgeBase.open(root)
    assert titles(kb) == RIGHT
    other("index", command, "--data", str(root))
    assert titles(kb) == RIGHT
    assert maintenance.cache_path([str(root)]).is_file()
    by_us(root / "cities" / "a.yaml", CITY.format("Omega"))
    assert titles(kb) == OMEGA
    assert "Omega" in other("timeline", "--data", str(root))


def test_where_it_can_no_more_be_kept_the_files_answer(root: Path, cache: Path) -> None:
    kb = KnowledgeBase.open(root)
    shutil.rmtree(cache)
    cache.write_text("not a folder", encoding="utf-8")
    assert titles(kb) == RIGHT
    by_us(root / "cities" / "a.yaml", CITY.format("Omega"))
    assert titles(kb) == OMEGA


def test_damaged_while_it_is_open(root: Path) -> None:
    kb = KnowledgeBase.open(root)
    assert titles(kb) == RIGHT
    file = maintenance.cache_path([str(root)])
    file.write_bytes(bytes(file.stat().st_size))
    by_us(root / "cities" / "a.yaml", CITY.format("Omega"))
    assert titles(kb) == OMEGA
    by_us(root / "cities" / "a.yaml", CITY.format("Alpha"))
    assert titles(kb) == RIGHT


# -- Threads, and the end -----------------------------------------------------


def in_a_thread(work: Callable[[], object]) -> object:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_another_thread_may_ask(kb: KnowledgeBase, root: Path) -> None:
    assert in_a_thread(lambda: titles(kb)) == RIGHT
    assert in_a_thread(lambda: kb.validate().totals.files) == 6
    by_us(root / "cities" / "a.yaml", CITY.format("Omega"))
    assert in_a_thread(lambda: titles(kb)) == OMEGA
    in_a_thread(kb.close)
    with pytest.raises(ClosedError):
        kb.timeline()


def test_many_threads_may_ask_at_once(kb: KnowledgeBase) -> None:
    questions: list[Callable[[], Any]] = [
        kb.timeline, kb.validate, kb.anniversaries, kb.growth, kb.gaps, kb.count_problems,
        lambda: kb.search("alpha"), lambda: kb.list("cities"), lambda: kb.show("a"),
    ]  # fmt: skip
    wanted = [question() for question in questions]
    with ThreadPoolExecutor(8) as pool:
        rounds = [[pool.submit(question) for question in questions] for _ in range(8)]
        for round_ in rounds:
            assert [future.result() for future in round_] == wanted


def test_closing_waits_for_the_question(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()
    answers: list[object] = []

    def slow(*_: object) -> str:
        begun.set()
        go_on.wait(HANG)
        return "told"

    monkeypatch.setattr("citylinks.questions.timeline.timeline", slow)
    asking = Thread(target=lambda: answers.append(kb.timeline()))
    asking.start()
    assert begun.wait(HANG)
    closing = Thread(target=kb.close)
    closing.start()
    go_on.set()
    asking.join(HANG)
    closing.join(HANG)
    assert answers == ["told"]
    with pytest.raises(ClosedError):
        kb.timeline()


def test_after_closing_a_question_says_so(kb: KnowledgeBase) -> None:
    with kb:
        assert titles(kb) == RIGHT
    kb.close()
    questions: list[Callable[[], Any]] = [
        kb.timeline, kb.validate, kb.version, kb.anniversaries, lambda: kb.files_left_out,
        lambda: kb.search("alpha"),
    ]  # fmt: skip
    for question in questions:
        with pytest.raises(CitylinksError, match="is closed"):
            question()
    with pytest.raises(ClosedError):
        kb.__enter__()
