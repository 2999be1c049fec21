"""No line on a terminal is wider than the terminal, whatever is asked.

Output for programs (JSON, CSV, scripts of shells) is as wide as it is, and so is a word
that is longer than the terminal by itself, such as the path of a file in an example:
the terminal wraps it, and it can be copied whole.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support import EXAMPLES, run_line

from citylinks.cli.commands import COMMANDS
from citylinks.cli.help.topics import TOPICS

if TYPE_CHECKING:
    from pathlib import Path

# Each of them is tried by the exhaustive profile, which CI runs too.
WIDTHS = (
    40,
    80,
    140,
    pytest.param(60, marks=pytest.mark.exhaustive),
    pytest.param(100, marks=pytest.mark.exhaustive),
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")
DATA = "--data tests/data"

HELP = (
    "help",
    *(f"help {name}" for name in COMMANDS),
    *(f"help {name}" for name in TOPICS),
)
# The options that change how an answer is laid out, one line for each.
LAID_OUT = (
    "timeline --by decade",
    "timeline kazehama --reverse",
    "timeline kazehama --year 1990..2012",
    "timeline kazehama --as-of 2005",
    "timeline kazehama --fields date,title,summary,cities,themes,record",
    "show kazehama --brief",
    "show kazehama --sources",
    "show kazehama-lanxing --as-of 1990",
    "search 'lantern energy water'",
    "search nothing-at-all",
    "list partnerships --theme energy --with maravel",
    "list partnerships --no-header",
    "list events --sort title --limit 3",
    "list cities --fields name,latitude,longitude,wikidata,geonames",
    "stats --by country",
    "stats --by city",
    "stats --by status",
    "stats --by kind --no-header",
    "stats growth --with kazehama",
    "anniversaries --events --step 1 --limit 8",
    "anniversaries --year 2029 --city kazehama",
    "expiring --year 2000..2030",
    "common kazehama maravel lanxing",
    "common kazehama maravel --fields type,name,links",
    "path obrava nahr-al-nur --fields number,cities,ties",
    "path umibe lanxing --networks --all",
    "validate --fields path,message",
)
ANSWERS = (
    *(f"{example.line} {DATA}" for example in EXAMPLES if example.command != "explain"),
    *(f"{line} {DATA}" for line in LAID_OUT),
    "explain --sort rule",
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
    "'横浜 とリヨンの 長い 名前の 都市 を 探している 人 の ための 質問 です が'",
    "show '횡빈 시와 리옹 시의 자매 결연에 관한 매우 긴 이름을 가진 기록을 보여 주세요'",
    "show 'Friendship of all the cities by the sea that signed something in 1959'",
    "timeline lyon 'a city with a very long name that nobody has ever heard of'",
    "list partnerships --theme 'a theme with a long name that is in no vocabulary'",
    "list events --with 'Nouvelle-Aquitaine et toutes les communes de la région'",
    "show lyo…",
    "list partnerships --from '01/03/2011'",
    "stats lyon yokohama --by theme --limit -1",
    "path lyon kyoto",
    "common lyon",
    "citylinks",
    "explain CL4 no-such-rule",
    "validate --format sarif --fields code",
    "evidence lyon no.such.field",
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


def records() -> list[str]:
    """Return the records of the data of the tests, as `type/id`."""
    names = []
    for list_name, type_ in LISTED.items():
        listed = run_line(f"citylinks list {list_name} --fields id --no-header {DATA}")
        names += [f"{type_}/{id_}" for id_ in listed.out.split()]
    return names


LISTED = {
    "cities": "city",
    "partnerships": "partnership",
    "events": "event",
    "themes": "theme",
    "organizations": "organization",
    "sources": "source",
}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_record_is_wider_than_the_terminal(width: int) -> None:
    for name in records():
        commands = [f"show {name}"]
        if name.startswith(("city", "partnership", "event")):
            commands.append(f"evidence {name}")
        if name.startswith("city"):
            commands += [f"timeline {name}", f"anniversaries {name} --events"]
        for command in commands:
            printed = run_line(f"TERMINAL={width} citylinks {command} {DATA}")
            assert printed.code == 0, (command, printed.err)
            assert too_wide(printed.out, width) == [], command
            assert too_wide(printed.err, width) == [], command


@pytest.mark.parametrize("width", [60, 80])
def test_a_name_that_a_table_has_cut_leads_to_its_record(width: int) -> None:
    listed = run_line(f"TERMINAL={width} citylinks list partnerships lyon --sort id")
    ids = run_line("citylinks list partnerships lyon --sort id --fields id --no-header")
    header, *rows = listed.out.splitlines()
    start, end = header.index("name"), header.index("kind")
    for row, id_ in zip(rows, ids.out.split(), strict=False):
        name = row[start:end].strip().partition(" (")[0]
        shown = run_line(f"citylinks show {shlex.quote(name)} --json")
        assert (shown.code == 0) == (f"partnership/{id_}" in shown.out), name
        assert shown.code == 0 or " may be " in shown.err or " have " in shown.err, name


def test_a_name_of_three_members_leads_to_its_record() -> None:
    for name, id_ in (
        ("Lyon – … – Turin", "lyon-barcelona-turin"),
        ("Lyon – Barcelona – Turin", "lyon-barcelona-turin"),
        ("Lyon – Turin", "lyon-turin"),
        ("Lyon – … – Yerevan", "lyon-yerevan"),
        ("Lyon – Métropole de Lyon – Yerevan", "lyon-yerevan"),
    ):
        shown = run_line(f"citylinks show {shlex.quote(name)} --json")
        assert f"partnership/{id_}" in shown.out, name
    several = run_line("citylinks show 'Lyon – Jericho'")
    assert several.code == 2, "two partnerships are called so"
    assert "lyon-jericho-twinning" in several.err


# What these print is for programs, or is tried where they write files.
FOR_PROGRAMS = {"completion", "import", "schema"}


def test_every_command_is_tried() -> None:
    tried = {command.split()[0] for command in ANSWERS}
    assert tried | FOR_PROGRAMS == {*COMMANDS}


@pytest.mark.parametrize("width", WIDTHS)
def test_what_an_import_says_fits(width: int, tmp_path: Path) -> None:
    table = "tests/importers/examples/ties.csv"
    into = tmp_path / "data"
    for command in (
        f"import table {table} --map tests/importers/examples/map.yaml --into {into}",
        f"import table {table} --into {into}",
        "import nothing-of-the-kind there --into here",
    ):
        printed = run_line(f"TERMINAL={width} citylinks {command}")
        assert "Traceback" not in printed.err
        assert too_wide(printed.out, width) == [], command
        assert too_wide(printed.err, width) == [], command


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
