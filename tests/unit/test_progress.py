from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from citylinks import KnowledgeBase
from citylinks.cli.output import WORTH_SAYING, progress

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def said(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, done: int, total: int) -> str:
    monkeypatch.setattr(sys, "stderr", stderr)
    progress(done, total)
    return stderr.getvalue()


def test_much_to_read_is_told_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    half = said(monkeypatch, Terminal(), WORTH_SAYING, 2 * WORTH_SAYING)
    assert half == "reading the data: 50 %\r"


def test_nothing_is_left_of_it_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    end = said(monkeypatch, Terminal(), WORTH_SAYING, WORTH_SAYING)
    assert end.strip() == ""
    assert len(end) > len("reading the data: 99 %")


def test_little_is_read_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, Terminal(), 1, WORTH_SAYING - 1) == ""


def test_nothing_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, io.StringIO(), 1, WORTH_SAYING) == ""


def test_a_cold_index_tells_how_much_it_has_read(tmp_path: Path) -> None:
    for folder in ("cities", "partnerships", "events"):
        (tmp_path / folder).mkdir()
    text = "name: Alpha\n"
    (tmp_path / "cities/a.yaml").write_text(text)
    told: list[tuple[int, int]] = []
    with KnowledgeBase.open(tmp_path, progress=lambda *told_of: told.append(told_of)):
        assert told[-1][0] == told[-1][1] >= len(text)
    told.clear()
    with KnowledgeBase.open(tmp_path, progress=lambda *told_of: told.append(told_of)):
        assert told == []
