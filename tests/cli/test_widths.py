"""No line on a terminal is wider than the terminal, whatever is asked.

Output for programs (JSON, CSV, scripts of shells) is as wide as it is, and so is a word
that is longer than the terminal by itself, such as the path of a file in an example:
the terminal wraps it, and it can be copied whole.
"""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from support import run_line

from citylinks.cli.commands import COMMANDS
from citylinks.cli.help.topics import TOPICS

WIDTHS = (40, 60, 80, 100, 140)
STYLE = re.compile(r"\x1b\[[0-9;]*m")
DATA = "--data tests/data"

HELP = (
    "help",
    *(f"help {name}" for name in COMMANDS),
    *(f"help {name}" for name in TOPICS),
)
ANSWERS = (
    *(f"list {name} {DATA}" for name in (
        "cities", "partnerships", "agreements", "events", "themes", "organizations",
        "sources",
    )),
    "list sources",
    "list partnerships",
    "list events --fields title,date,id",
    f"timeline maravel kazehama {DATA}",
    f"timeline kazehama --by theme {DATA}",
    f"timeline maravel kazehama --sort title {DATA}",
    "timeline lyon yokohama",
    *(f"show {name} {DATA}" for name in (
        "kazehama", "kazehama-maravel", "2011-tide-power", "light", "uwa",
        "kazehama-list-of-ties",
    )),
    "show lyon",
    "search silk",
    f"search lantern {DATA}",
    *(f"stats --by {by} {DATA}" for by in ("theme", "decade", "organization", "region")),
    f"stats growth {DATA}",
    f"common kazehama maravel {DATA}",
    f"path umibe aracuna {DATA}",
    "path lyon shanghai",
    f"anniversaries {DATA}",
    "expiring --within 5y",
    *(f"evidence{what} {DATA}" for what in (
        "", " conflicts", " sources", " gaps", " kazehama-maravel", " kazehama location",
    )),
    "validate --data tests/lint/problems/CL301-unknown-reference/data",
    "validate --data tests/lint/problems/CL301-unknown-reference/data --statistics",
    f"validate {DATA}",
    "explain",
    "explain CL401",
    "explain CL2 CL3",
    "version",
    f"index status {DATA}",
)  # fmt: skip
REFUSED = (
    "timelin lyon",
    "show nowhere",
    "show",
    "path lyon",
    "list nothing",
    "list cities --fields nothing",
    "list cities --kind visit",
    "list partnerships --kind twining",
    "list partnerships --status activ",
    "list cities --limit 0",
    "timeline lyon --bogus",
    "timeline lyon lyon",
    "timeline lyon --year soon",
    "timeline lyon --from 2012 --to 2009",
    "timeline lyon --topic energy --after 2010",
    "search nosuchthingatall",
    "stats --by colour",
    "stats growth --limit 3",
    "anniversaries --step 0",
    "expiring --within soon",
    "evidence --missing date",
    "evidence sources start",
    "validate nowhere",
    "explain CL999",
    "schema record/citi",
    "completion tcsh",
    "index frobnicate",
    "import nothing --into x",
    "list cities --data nowhere",
    "list cities --format xml",
)


def too_wide(text: str, width: int) -> list[str]:
    """Return the lines that are wider, but for a single long word."""
    lines = [STYLE.sub("", line) for line in text.splitlines()]
    return [
        line
        for line in lines
        if cell_len(line) > width and len(line.removesuffix(" \\").split()) > 1
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", [*HELP, *ANSWERS, *REFUSED])
def test_no_line_is_wider_than_the_terminal(command: str, width: int) -> None:
    printed = run_line(f"TERMINAL={width} citylinks {command}")
    assert "Traceback" not in printed.err
    assert too_wide(printed.out, width) == []
    assert too_wide(printed.err, width) == []


def test_an_error_is_red_on_a_terminal_and_a_note_is_not() -> None:
    red = "\x1b[1;31mcitylinks:\x1b[0m "
    for command in ("show nowhere", "timelin", "list cities --fields nothing"):
        assert run_line(f"TERMINAL=80 NO_COLOR= citylinks {command}").err.startswith(
            red
        )
        assert "\x1b" not in run_line(f"TERMINAL=80 citylinks {command}").err
        assert "\x1b" not in run_line(f"citylinks {command}").err
    note = run_line("TERMINAL=80 NO_COLOR= citylinks list cities --limit 1").err
    assert note.startswith("citylinks: --limit left out")
