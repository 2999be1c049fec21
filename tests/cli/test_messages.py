from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from support import Terminal

from citylinks import KnowledgeBase
from citylinks.cli import messages
from citylinks.cli.messages import WORTH_SAYING, progress

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "step", messages._Steps())


def progress_output(
    monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, *done: int, total: int
) -> str:
    monkeypatch.setattr(sys, "stderr", stderr)
    for bytes_read in done:
        progress(bytes_read, total)
    return stderr.getvalue()


def test_much_to_read_is_told_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    half = progress_output(
        monkeypatch, Terminal(), WORTH_SAYING, total=2 * WORTH_SAYING
    )
    assert half == "\rreading the data: 50 %\r"


def test_nothing_is_left_of_it_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    output = progress_output(
        monkeypatch, Terminal(), WORTH_SAYING, 2 * WORTH_SAYING, total=2 * WORTH_SAYING
    )
    *_, half, _, end, last = output.split("\r")
    assert half == "reading the data: 50 %"
    assert (end, last) == (" " * len(half), "")


def test_little_is_read_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress_output(monkeypatch, Terminal(), 1, total=WORTH_SAYING - 1) == ""


def test_nothing_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress_output(monkeypatch, io.StringIO(), 1, total=WORTH_SAYING) == ""


def test_a_cold_index_tells_how_much_it_has_read(tmp_path: Path) -> None:
    for folder in ("cities", "partnerships", "events"):
        (tmp_path / folder).mkdir()
    text = "name: Alpha\n"
    (tmp_path / "cities/a.yaml").write_text(text)
    steps: list[tuple[int, int]] = []
    with KnowledgeBase.open(tmp_path, progress=lambda *step: steps.append(step)):
        assert steps[-1][0] == steps[-1][1] >= len(text)
    steps.clear()
    with KnowledgeBase.open(tmp_path, progress=lambda *step: steps.append(step)):
        assert steps == []
