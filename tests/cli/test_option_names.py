"""Options as people type them at first: read as those of the command, or refused."""

from __future__ import annotations

import shlex

import pytest
from support import run_line

from citylinks.cli.commands import COMMANDS
from citylinks.cli.program import build_command
from citylinks.cli.readings.option_names import COLOR_FLAGS, FORMAT_FLAGS, TYPED_FOR

DATA = "--data tests/data"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("timeline maravel --since 2010", "timeline maravel --from 2010"),
        ("timeline maravel --since=2010", "timeline maravel --from=2010"),
        ("timeline maravel --until 1990", "timeline maravel --to 1990"),
        ("timeline maravel --after 2010", "timeline maravel --from 2011"),
        ("timeline maravel --after 2010-12", "timeline maravel --from 2011-01"),
        ("timeline maravel --after 2010-04", "timeline maravel --from 2010-05"),
        ("timeline maravel --after 2012-02-28", "timeline maravel --from 2012-02-29"),
        ("timeline maravel --after 1990s", "timeline maravel --from 2000"),
        ("timeline maravel --before 1990", "timeline maravel --to 1989"),
        ("timeline maravel --before=1990-01", "timeline maravel --to 1989-12"),
        ("timeline maravel --before 2012-03-01", "timeline maravel --to 2012-02-29"),
        ("list events --before 9999", "list events --to 9998"),
        ("list events --topics energy", "list events --theme energy"),
        ("list events --THEME energy", "list events --theme energy"),
        ("list events -theme energy", "list events --theme energy"),
        ("list events –theme energy", "list events --theme energy"),
        ("list events —theme=energy --json", "list events --theme=energy --json"),
        ("list partnerships --city maravel", "list partnerships --with maravel"),
        ("anniversaries --cities maravel", "anniversaries --city maravel"),
        ("list partnerships --types network", "list partnerships --kind network"),
        ("stats --org lumina-works", "stats --organization lumina-works"),
        ("stats --regions Asia", "stats --region Asia"),
        ("timeline --as_of 1990 maravel", "timeline --as-of 1990 maravel"),
        ("timeline maravel --newest-first", "timeline maravel --reverse"),
        ("list cities --csv", "list cities --format csv"),
        ("list cities --excel", "list cities --format csv"),
        ("list cities -n 3", "list cities --limit 3"),
        ("list cities --first 3", "list cities --limit 3"),
        ("list cities -f json", "list cities --format json"),
        ("list events --category visit", "list events --kind visit"),
        ("anniversaries --ical", "anniversaries --format ics"),
        ("list cities --no-colour", "list cities --color never"),
        (
            "list events --since 1990 --before 2010 --topic energy",
            "list events --from 1990 --to 2009 --theme energy",
        ),
    ],
)
def test_an_option_by_another_name_is_read(typed: str, meant: str) -> None:
    printed = run_line(f"citylinks {typed} {DATA}")
    assert printed.code == 0
    assert printed.out == run_line(f"citylinks {meant} {DATA}").out
    *readings, _ = [*printed.err.splitlines(), ""]
    assert any(line.startswith("citylinks: reading ") for line in readings)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("--since 2010", "reading --since 2010 as --from 2010"),
        ("--before=1990-05", "reading --before 1990-05 as --to 1990-04"),
        (
            "--topic 'smart city'",
            "reading --topic 'smart city' as --theme 'smart city'",
        ),
        ("--newest-first", "reading --newest-first as --reverse"),
        ("--csv", "reading --csv as --format csv"),
        ("—reverse", "reading —reverse as --reverse"),
        ("-help", "reading -help as --help"),
    ],
)
def test_the_reading_is_said(typed: str, message: str) -> None:
    printed = run_line(f"citylinks timeline tokyo {typed}")
    assert f"citylinks: {message}" in printed.err.splitlines()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("list cities --jsn", "no such option: --jsn; did you mean --json?"),
        ("list cities --form json", "did you mean --format?"),
        ("list cities --themee x", "did you mean --theme?"),
        ("show lyon -hx", "no such option: -hx; --help lists the options\n"),
        ("show lyon --country JP", "timeline and list take it, this command does not"),
        (
            "validate -hellyonp -strict",
            "no such option: -hellyonp; --help lists the options\n",
        ),
        (
            "list cities --sinec 2010",
            "no such option: --sinec; --help lists the options\n",
        ),
        ("list cities --xyzzy", "no such option: --xyzzy; --help lists the options\n"),
        ("timeline --format excel", "unknown format 'excel'; did you mean 'csv'?"),
        ("timeline --format MD", "unknown format 'MD'; did you mean 'markdown'?"),
        ("timeline --status inactive", "did you mean 'dormant'?"),
        ("timeline --status expired", "did you mean 'ended'?"),
        ("timeline --sort desc", "--sort takes a column; to turn the order: --reverse"),
        ("timeline --after 2010..", "--after 2010..: nothing comes after it"),
        ("timeline --before ..2010", "--before ..2010: nothing comes before it"),
        ("timeline --after 9999", "--after 9999: nothing comes after it"),
        ("timeline --after noon", "'noon' is not a date"),
        ("timeline --since", "'--from' requires an argument"),
        (
            "show tokyo --since 2010",
            "it means --from, which this command does not take",
        ),
        ("search —silk-road", "nothing"),
    ],
)
def test_another_option_is_refused(typed: str, message: str) -> None:
    printed = run_line(f"citylinks {typed}")
    if message != "nothing":
        assert (printed.code, printed.out) == (2, "")
        assert message in printed.err
    assert "reading —" not in printed.err


@pytest.mark.parametrize(
    "flag", ["since", "after", "until", "topic", "themes", "city", "sort", "silent"]
)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_leads_to_json_wrongly(command: str, flag: str) -> None:
    assert "--json" not in run_line(f"citylinks {command} --{flag}").err


def test_the_table_leads_to_options_that_exist() -> None:
    known = set()
    for command in COMMANDS:
        for parameter in build_command(command).params:
            known |= set(parameter.opts)
    assert {f"--{option}" for option in TYPED_FOR} <= known
    typed = {*shlex.split(" ".join(TYPED_FOR.values())), *FORMAT_FLAGS, *COLOR_FLAGS}
    assert not {f"--{name}" for name in typed} & (known - {"--city", "--max"})
