"""Topics of the help: short, as wide as the terminal, and complete."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from support import ROOT, run_line

from citylinks.cli.commands import COMMANDS
from citylinks.cli.help.topics import TOPICS
from citylinks.query.filters import Filters
from citylinks.query.options import query_fields

VARIABLE = re.compile(r"""environ(?:ment)?\.get\(\s*"([A-Z_]+)\"""")
OF_THE_SYSTEM = {"HOME"}


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_a_topic_is_short_at_any_width(name: str, width: int) -> None:
    printed = run_line(f"COLUMNS={width} citylinks help {name}")
    assert (printed.code, printed.err) == (0, "")
    lines = printed.out.splitlines()
    assert 10 < len(lines) <= 60
    assert max(map(cell_len, lines)) <= width
    assert "Examples:" in lines


def test_the_help_names_the_topics() -> None:
    printed = run_line("citylinks --help").out
    assert "citylinks help TOPIC" in printed
    for name, about in TOPICS.items():
        assert re.search(rf"\n  {name} +{about}\n", printed)


def test_every_filter_is_in_the_topic() -> None:
    printed = run_line("citylinks help filters").out
    for field in query_fields(Filters):
        assert f"  {field.flag} " in printed


def test_every_variable_is_in_the_topic() -> None:
    printed = run_line("citylinks help environment").out
    for path in (ROOT / "src").rglob("*.py"):
        for name in VARIABLE.findall(path.read_text(encoding="utf-8")):
            assert name in printed or name in OF_THE_SYSTEM


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("date", "did you mean 'dates'?"),
        ("exit codes", "did you mean 'exit-codes'?"),
        ("env", "did you mean 'environment'?"),
        ("timelin", "did you mean 'timeline'?"),
        ("lyon", "'citylinks help' lists commands and topics"),
    ],
)
def test_there_is_no_other_topic(typed: str, hint: str) -> None:
    printed = run_line(f"citylinks help {typed}")
    assert (printed.code, printed.out) == (2, "")
    assert hint in printed.err


@pytest.mark.parametrize("command", ["list", "timeline", "stats", "expiring"])
def test_the_help_says_what_an_option_given_twice_means(command: str) -> None:
    printed = " ".join(run_line(f"citylinks {command} --help").out.split())
    assert "An option given twice means either" in printed
    assert "--with twice means both cities, with --any either" in printed


def test_the_help_names_data_documentation_and_exit_codes() -> None:
    printed = " ".join(run_line("citylinks --help").out.split())
    for text in ("installed data covers", "Documentation: README.md", "Exit codes: 0"):
        assert text in printed


@pytest.mark.parametrize("command", COMMANDS)
def test_a_help_begins_with_its_line_of_the_main_help(command: str) -> None:
    line = COMMANDS[command]
    assert len(line) <= 60
    assert run_line(f"citylinks help {command}").out.splitlines()[0] == f"{line}."
