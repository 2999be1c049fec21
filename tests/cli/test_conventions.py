"""Conventions of command lines: clig.dev, the GNU standards, NO_COLOR, CLICOLOR,
12-factor CLIs.

Each check is one sentence; what `test_manners` and `test_outputs` try in depth stands
here once.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support import BOXES, ROOT, WITHOUT_FAKETIME, environment, run_in_bash

from citylinks.cli.app import main
from citylinks.cli.commands import COMMANDS
from citylinks.cli.program import WITHOUT_RECORDS, build_command
from citylinks.text.safe import docstring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]
    Shown = tuple[int, str, str]

POSIX = pytest.mark.skipif(os.name != "posix", reason="this is of POSIX")
DATA = ["--data", str(ROOT / "data")]
QUIET = (
    ["timeline", "lyon", "yokohama"],
    ["show", "lyon-yokohama"],
    ["search", "silk"],
    ["list", "cities"],
    ["stats"],
    ["path", "lyon", "cebu"],
    ["common", "cebu", "bangkok"],
    ["evidence"],
    ["explain", "CL401"],
    ["schema"],
    ["version"],
    ["completion", "bash"],
)
ESCAPE = "\x1b"
WIDTHS = (40, 60, 80, 100, 140)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Shown]:
    """Return a function that runs a command in this process: code, stdout, stderr."""

    def call(*arguments: str) -> Shown:
        code = main(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


def refused(shown: Shown, code: int = 2) -> str:
    """Return what was said of wrong usage: one line, nothing on stdout."""
    assert shown[:2] == (code, "")
    assert shown[2].startswith("citylinks: ")
    assert shown[2].count("\n") == 1
    assert "Traceback" not in shown[2]
    assert not BOXES.search(shown[2])
    return shown[2]


# -- Help -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-h"],
        ["--help"],
        ["help"],
        ["help", "help"],
        ["help", "-h"],
        ["-hV"],
        ["-help"],
        ["help", "-help"],
        ["-?"],
    ],
)
def test_help_is_on_stdout(arguments: list[str], ask: Callable[..., Shown]) -> None:
    code, out, err = ask(*arguments)
    assert (code, err) == (0, "")
    assert out == ask("--help")[1]
    assert out.startswith("citylinks: ")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_by_every_way(name: str, ask: Callable[..., Shown]) -> None:
    code, out, err = ask(name, "--help")
    assert (code, err) == (0, "")
    for arguments in (
        ["help", name],
        [name, "-h"],
        ["help", name, "-h"],
        [name, "--json", "-h"],
    ):
        if "--json" not in arguments or "--json" in out:
            assert ask(*arguments) == (code, out, err), arguments


def test_help_is_asked_for_in_the_middle_of_a_command(
    ask: Callable[..., Shown],
) -> None:
    assert ask("show", "nosuch", "--format", "csv", "--help") == ask("help", "show")


def test_help_names_every_command(ask: Callable[..., Shown]) -> None:
    out = ask("--help")[1]
    assert all(f"\n  {name} " in out for name in COMMANDS)


def test_help_tells_the_exit_codes_and_where_to_report(
    ask: Callable[..., Shown],
) -> None:
    out = " ".join(ask("--help")[1].split())
    assert "Exit codes: 0 done" in out
    assert all(f" {code} " in out for code in (0, 1, 2, 130))
    assert "report it in the issue tracker" in out
    for name in COMMANDS:
        last_line = ask(name, "--help")[1].splitlines()[-1]
        assert re.fullmatch(
            r"Exit codes: 0 done, (1 [a-z ]+, )?2 wrong usage\.", last_line
        )
        assert ("1 no such record" in last_line) == (
            name not in {*WITHOUT_RECORDS, "validate"}
        )


def test_help_has_examples_before_options(ask: Callable[..., Shown]) -> None:
    for name in COMMANDS:
        out = ask(name, "--help")[1]
        assert out.index("Examples:\n  citylinks ") < out.index("\nOptions:\n"), name


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_as_wide_as_the_terminal(
    name: str, ask: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    widest, texts = [], set()
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        out = ask(*([name] if name else []), "--help")[1]
        lines = out.splitlines()
        widest.append(max(map(cell_len, lines)))
        assert widest[-1] <= width, max(lines, key=cell_len)
        texts.add(" ".join(out.replace("\\\n", "").split()))
    assert widest[0] > 30
    assert len(texts) == 1, "all say the same"


def test_long_paragraphs_of_help_fill_the_terminal(
    ask: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        widest = max(map(len, ask("import", "--help")[1].splitlines()))
        assert width - 12 <= widest <= width


def test_examples_of_narrow_help_can_be_copied(
    ask: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in COMMANDS:
        monkeypatch.setenv("COLUMNS", "200")
        wide = ask(name, "--help")[1]
        monkeypatch.setenv("COLUMNS", "40")
        narrow = re.sub(r" \\\n +", " ", ask(name, "--help")[1])
        for line in wide.splitlines():
            if line.startswith("  citylinks "):
                assert line in narrow.splitlines()


@pytest.mark.parametrize("columns", ["", "0", "-3", "wide", "5"])
def test_a_width_that_is_none(
    columns: str, ask: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert ask("help", "path")[0] == 0
    assert ask("list", "cities", *DATA)[0] == 0


def test_help_of_what_is_no_command(ask: Callable[..., Shown]) -> None:
    assert "did you mean 'timeline'?" in refused(ask("help", "timelin"))


OPTIMIZED = """
import sys
from citylinks.cli.app import main
for line in sys.stdin:
    sys.stdout.write(f"== {line}")
    main(line.split())
"""


def test_help_and_explanations_without_docstrings(tmp_path: Path) -> None:
    lines = [
        "help",
        *(f"help {name}" for name in COMMANDS),
        "explain",
        "explain CL401",
        "show",
    ]
    lines += ["schema record/city", "schema output/timeline", "schema map/table"]
    runs = [
        subprocess.run(
            [sys.executable, *options, "-c", OPTIMIZED],
            input="\n".join(lines),
            capture_output=True,
            encoding="utf-8",
            env=environment(tmp_path),
            check=True,
        )
        for options in ([], ["-O"], ["-OO"])
    ]
    assert len(runs[0].stdout) > 20_000
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
    assert runs[0].stderr == runs[1].stderr == runs[2].stderr


def test_no_assert_guards_what_the_program_does() -> None:
    """`python -O` drops them, so that none may refuse input."""
    allowed = re.compile(r"assert [\w.]+ is not None$")
    matches = [
        f"{path.name}: {line.strip()}"
        for path in (ROOT / "src").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*assert\b", line) and not allowed.match(line.strip())
    ]
    assert matches == []


# -- Version ----------------------------------------------------------------------


def test_version_is_one_line(ask: Callable[..., Shown]) -> None:
    code, out, err = ask("--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"citylinks \d\S*\n", out)
    assert ask("-V") == ask("-Vh") == (code, out, err)


# -- Wrong usage ------------------------------------------------------------------


def test_an_unknown_command_has_a_suggestion(ask: Callable[..., Shown]) -> None:
    assert "did you mean 'search'?" in refused(ask("serach", "silk"))
    assert "'citylinks help' lists the commands" in refused(ask("xyzzy"), 1)
    assert "did you mean 'list'?" in refused(ask("LIST", "cities"))


def test_an_unknown_option_has_a_suggestion(ask: Callable[..., Shown]) -> None:
    assert "did you mean --format" in refused(ask("list", "cities", "--formt", "json"))
    assert "no such option: --xyzzy" in refused(ask("list", "cities", "--xyzzy"))
    assert "no such option: -x" in refused(ask("list", "cities", "-x"))


def test_an_option_before_the_command_is_explained(ask: Callable[..., Shown]) -> None:
    assert "stand after its name" in refused(ask("--data", "x", "list", "cities"))


def test_options_are_not_abbreviated(ask: Callable[..., Shown]) -> None:
    """What is short for one option today could be short for two tomorrow."""
    refused(ask("list", "cities", "--jso"))
    refused(ask("list", "cities", "--for", "json"))


@pytest.mark.parametrize(
    ("arguments", "expected_message"),
    [
        (["timeline", "--limit", "0"], "--limit takes a number from 1 on, not 0"),
        (["timeline", "--limit", "-1"], "--limit takes a number from 1 on, not -1"),
        (["timeline", "--limit", "few"], "--limit takes a number, not 'few'"),
        (["timeline", "--limit", "2.5"], "--limit takes a number, not '2.5'"),
        (
            ["validate", "--limit", "-1"],
            "--limit takes a number from 0 on",
        ),
        (["list", "cities", "--format", "xml"], "unknown format 'xml'"),
        (["list", "cities", "--format", ""], "unknown format ''"),
        (
            ["list", "cities", "--format", "JSON"],
            "unknown format 'JSON'; did you mean 'json'?",
        ),
        (["list", "cities", "--color", "blue"], "choose from auto, always, never"),
        (["list", "cities", "--color", ""], "choose from auto, always, never"),
        (["list", "cities", "--json=yes"], "'--json' does not take a value"),
        (["list", "cities", "--format"], "'--format' requires an argument"),
        (["list", "cities", "-o"], "'-o' requires an argument"),
        (["list", "cities", "-o", ""], "--output needs the name of a file"),
        (["list", "cities", "--kind", "visit"], "--kind does not apply"),
        (["explain", "a", "--format", "a", "b"], "unknown format 'a'"),
        (["path", "lyon", "tokyo", "seoul"], "path takes two cities, not 3"),
        (["version", "extra"], "too many arguments: extra"),
        (["list", "citys"], "did you mean 'cities'?"),
        (["stats", "--by", "decad"], "did you mean 'decade'?"),
        (["completion", "tcsh"], "choose from bash, zsh, fish, powershell"),
        (["explain", "no-sorce"], "did you mean 'no-source'?"),
        (
            ["list", "cities", "--json", "--format", "csv"],
            "--json and --format csv cannot be used together",
        ),
        (["list", "cities", "--data", ""], "'' is not a "),
        (["validate", ""], "there is no file or folder ''"),
        (["search", ""], "the text has no word to search for"),
        (["timeline", "lyon", "--year", ""], "'' is not a date"),
        ([""], "unknown command ''"),
    ],
    ids=" ".join,
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: list[str],
    expected_message: str,
    ask: Callable[..., Shown],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    assert expected_message in refused(ask(*arguments))


@pytest.mark.parametrize(
    ("arguments", "expected_message"),
    [
        (["show"], "show needs ID...: an id, a name, or type/id such as city/lyon"),
        (["list"], "list needs TYPE: one of cities, partnerships, "),
        (["search"], "search needs TEXT...: the words to search for"),
        (["path"], "path needs CITY CITY: two cities"),
        (["path", "lyon"], "path needs two cities"),
        (["common"], "common needs CITY CITY...: two or more"),
        (["common", "lyon"], "common needs two cities or more"),
        (["completion"], "completion needs SHELL: bash, zsh, fish or powershell"),
        (["index"], "index needs WHAT: path, status, rebuild or clear"),
        (["import"], "import needs an adapter; choose from pairs, "),
        (["import", "pairs"], "import pairs needs a file to read"),
        (["import", "pairs", "x.tsv"], "import needs --into"),
        (["list", "--json"], "list needs TYPE"),
        (["show", "--format", "json"], "show needs ID..."),
    ],
    ids=" ".join,
)
def test_a_missing_argument_shows_usage_and_an_example(
    arguments: list[str], expected_message: str, ask: Callable[..., Shown]
) -> None:
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    message, usage, example = err.splitlines()
    assert message.startswith(f"citylinks: {expected_message}")
    assert usage.startswith(f"Usage: citylinks {arguments[0]} ")
    assert example.startswith(f"Example: citylinks {arguments[0]} ")
    assert not BOXES.search(err)


def test_every_command_that_needs_an_argument_is_tried() -> None:
    needing = {
        name for name in COMMANDS if any(p.required for p in build_command(name).params)
    }
    assert needing == {
        "show",
        "list",
        "search",
        "path",
        "common",
        "completion",
        "index",
    }


def test_an_unexpected_fault_says_where_to_report_it(
    ask: Callable[..., Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CITYLINKS_DEBUG", raising=False)
    monkeypatch.setattr("citylinks.cli.app._deliver", lambda _: 1 // 0)
    message = refused(ask("explain"))
    assert "ZeroDivisionError" in message
    assert "CITYLINKS_DEBUG=1" in message
    assert "issue tracker of the citylinks repository" in message


# -- Options and arguments --------------------------------------------------------


def same(ask: Callable[..., Shown], *lines: Sequence[str]) -> None:
    first = ask(*lines[0])
    assert first[0] == 0
    assert first[1]
    for line in lines[1:]:
        assert ask(*line) == first, line


def test_options_stand_anywhere_after_the_command(ask: Callable[..., Shown]) -> None:
    same(
        ask,
        ["timeline", "lyon", "yokohama", "--theme", "energy", "--json", *DATA],
        ["timeline", *DATA, "--json", "--theme", "energy", "lyon", "yokohama"],
        ["timeline", "lyon", *DATA, "--theme", "energy", "yokohama", "--json"],
    )


def test_a_value_follows_an_option_or_an_equals_sign(ask: Callable[..., Shown]) -> None:
    same(
        ask,
        ["list", "themes", "--format", "csv", *DATA],
        ["list", "themes", "--format=csv", *DATA],
        ["list", "themes", "--format=csv", f"--data={DATA[1]}"],
    )


def test_a_short_option_takes_its_value_with_and_without_a_space(
    ask: Callable[..., Shown], tmp_path: Path
) -> None:
    for number, written in enumerate(
        (["-o", "{}"], ["-o{}"], ["--output={}"], ["--output", "{}"])
    ):
        file = tmp_path / f"{number}.csv"
        option = [word.format(file) for word in written]
        assert ask("list", "themes", *DATA, *option) == (0, "", "")
        assert file.read_bytes() == (tmp_path / "0.csv").read_bytes()


def test_two_hyphens_end_the_options(ask: Callable[..., Shown]) -> None:
    same(ask, ["list", "cities", *DATA], ["list", *DATA, "--", "cities"])
    code, out, err = ask("search", *DATA, "--", "--json")
    assert (code, out) == (0, "")
    assert err == "citylinks: no record has 'json'\n"
    assert "--json" in refused(ask("show", *DATA, "--", "--json"), 1)


def test_a_repeated_option_counts_once_more_or_its_last_value(
    ask: Callable[..., Shown],
) -> None:
    csv = ["list", "themes", "--format", "csv", *DATA]
    same(ask, csv, ["list", "themes", "--format", "json", "--format", "csv", *DATA])
    same(ask, [*csv, *DATA], csv)
    same(
        ask,
        ["list", "themes", "--json", *DATA],
        ["list", "themes", "--json", "--json", *DATA],
    )
    both = ask("timeline", "--theme", "energy", "--theme", "culture", "--json", *DATA)[
        1
    ]
    energy = ask("timeline", "--theme", "energy", "--json", *DATA)[1]
    assert json.loads(both)["count"] > json.loads(energy)["count"]


def test_options_have_the_same_names_everywhere() -> None:
    known: dict[str, set[str]] = {}
    for name in COMMANDS:
        for option in build_command(name).params:
            for short in (o for o in option.opts if re.fullmatch("-[a-zA-Z]", o)):
                known.setdefault(short, set()).add(max(option.opts, key=len))
    assert known == {"-o": {"--output"}}


def test_options_are_lower_case_words(ask: Callable[..., Shown]) -> None:
    for name in COMMANDS:
        for option in build_command(name).params:
            if option.param_type_name == "option":
                assert all(
                    re.fullmatch("-o|--[a-z]+(-[a-z]+)*", o) for o in option.opts
                )
                assert option.help
                assert option.help.endswith(".")


def test_text_is_a_format_of_every_command_with_formats(
    ask: Callable[..., Shown],
) -> None:
    for line in QUIET:
        if any("--format" in option.opts for option in build_command(line[0]).params):
            more = [] if line[0] == "explain" else DATA
            same(ask, [*line, *more], [*line, *more, "--format", "text"])


# -- Streams ----------------------------------------------------------------------


@pytest.mark.parametrize("line", QUIET, ids=" ".join)
def test_what_succeeds_is_quiet_and_plain(line: list[str], run: Run) -> None:
    done = run(*line)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n")
    assert not done.stdout.endswith("\n\n")
    assert ESCAPE not in done.stdout
    if line[0] not in {"completion", "explain"}:
        assert not BOXES.search(done.stdout)


def test_errors_leave_stdout_empty(run: Run) -> None:
    for arguments in (
        ["show", "nowhere", "--json"],
        ["nothing"],
        ["list"],
        ["list", "x"],
    ):
        done = run(*arguments)
        assert done.returncode in {1, 2}
        assert (done.stdout, bool(done.stderr)) == ("", True)


@POSIX
def test_standard_input_may_be_closed_or_empty() -> None:
    expected = run_in_bash("$citylinks list cities").stdout
    for stdin in ("< /dev/null", "<&-"):
        done = run_in_bash(f"$citylinks list cities {stdin}", **WITHOUT_FAKETIME)
        assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")
    command = "$citylinks import pairs - --into x <&-"
    done = run_in_bash(command, **WITHOUT_FAKETIME)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_hyphen_reads_standard_input(run: Run, tmp_path: Path) -> None:
    done = run(
        "import", "pairs", "-", "--into", "ties", stdin="Lyon\tMilan\n", cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 rows: 1 taken" in done.stderr or "1 row: 1 taken" in done.stderr
    table = "a,b\nLyon,Milan\n"
    done = run("import", "table", "-", "--guess", stdin=table)
    assert done.returncode == 0
    assert "standard input" in done.stdout
    (tmp_path / "map.yaml").write_text("a: {name: a}\nb: {name: b}\n", encoding="utf-8")
    done = run(
        "import",
        "table",
        "-",
        "--map",
        "map.yaml",
        "--into",
        "o",
        stdin=table,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    done = run(
        "import",
        "pairs",
        "p.tsv",
        "--labels",
        "-",
        "--into",
        "p",
        stdin="x\ty\n",
        cwd=tmp_path,
    )
    assert "p.tsv: cannot be read" in done.stderr
    entity = '{"entities": {"Q456": {"id": "Q456", "type": "item", "claims": {}}}}'
    done = run("import", "wikidata", "-", "--into", "w", stdin=entity, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run("import", "pairs", "-", "-", "--into", "t", stdin="", cwd=tmp_path)
    assert (done.returncode, "only once" in done.stderr) == (2, True)
    done = run(
        "import", "pairs", "-", "--into", "t", stdin="one column\n", cwd=tmp_path
    )
    assert done.stderr.startswith("citylinks: standard input:1: ")


def test_validate_reads_standard_input(run: Run) -> None:
    done = run(
        "validate", "-", "--stdin-filename", "data/cities/lyon.yaml", stdin="nam: x\n"
    )
    assert done.returncode == 1
    assert done.stdout.startswith("data/cities/lyon.yaml:1:1: ")


@POSIX
def test_a_reader_that_leaves_is_no_fault() -> None:
    for command in (
        "list sources --json",
        "help import",
        "schema record/city",
        "completion bash",
    ):
        done = run_in_bash(f"set -o pipefail; $citylinks {command} | head -c 1")
        assert done.returncode in {0, 128 + signal.SIGPIPE}, command
        assert (len(done.stdout), done.stderr) == (1, ""), command


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_a_failure() -> None:
    for command in (
        "list cities",
        "help",
        "help list",
        "schema",
        "completion bash",
        "explain",
    ):
        done = run_in_bash(f"$citylinks {command} > /dev/full")
        assert done.returncode == 2, command
        assert done.stderr.count("\n") == 1, command
    done = run_in_bash("$citylinks list cities -o /dev/full")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("citylinks: cannot write '/dev/full': ")


@POSIX
def test_devices_are_written_to() -> None:
    printed = run_in_bash("$citylinks list themes").stdout
    assert run_in_bash("$citylinks list themes -o /dev/stdout | cat").stdout == printed
    assert run_in_bash("$citylinks list themes -o >(cat); wait").stdout == printed
    assert run_in_bash("$citylinks list themes -o /dev/null").stdout == ""
    assert Path("/dev/null").is_char_device()


# -- Colour, width, pager ---------------------------------------------------------

PLAIN: tuple[Mapping[str, str], ...] = (
    {},
    {"FORCE_COLOR": ""},
    {"FORCE_COLOR": "0"},
    {"CLICOLOR_FORCE": ""},
    {"CLICOLOR_FORCE": "0"},
    {"CLICOLOR": "1"},
    {"NO_COLOR": "1"},
    {"NO_COLOR": ""},
    {"TERM": "dumb"},
    {"COLORTERM": "truecolor"},
)
COLOURED: tuple[Mapping[str, str], ...] = (
    {"FORCE_COLOR": "1"},
    {"FORCE_COLOR": "3"},
    {"CLICOLOR_FORCE": "1"},
    {"CLICOLOR_FORCE": "1", "NO_COLOR": ""},
    {"CLICOLOR_FORCE": "1", "CLICOLOR": "0"},
    {"FORCE_COLOR": "", "CLICOLOR_FORCE": "1"},
)
UNCOLOURED: tuple[Mapping[str, str], ...] = (
    {"FORCE_COLOR": "1", "NO_COLOR": "1"},
    {"CLICOLOR_FORCE": "1", "NO_COLOR": "0"},
    {"FORCE_COLOR": "1", "TERM": "dumb"},
)
STYLE = "\x1b\\[[0-9;]*m"
LINE = ["timeline", "lyon", "yokohama", "--limit", "3"]


@pytest.mark.parametrize("env", PLAIN, ids=str)
def test_a_pipe_is_plain(env: Mapping[str, str], run: Run) -> None:
    done = run(*LINE, env=env)
    assert done.stdout == run(*LINE).stdout
    assert ESCAPE not in done.stdout


@pytest.mark.parametrize("env", COLOURED, ids=str)
def test_colour_is_forced(env: Mapping[str, str], run: Run) -> None:
    given = {"TERM": "xterm", **env}
    assert ESCAPE in run(*LINE, env=given).stdout
    assert ESCAPE not in run(*LINE, "--color", "never", env=given).stdout
    assert (
        ESCAPE
        not in run(*LINE, "--format", "text", "-o", "/dev/stdout", env=given).stdout
    )


@pytest.mark.parametrize(
    "line",
    [
        ["list", "partnerships"],
        ["list", "themes"],
        ["stats"],
        ["stats", "growth"],
        ["evidence", "gaps"],
    ],
    ids=" ".join,
)
def test_the_columns_of_a_pipe_do_not_depend_on_colour(
    line: list[str], run: Run
) -> None:
    expected = run(*line, *DATA).stdout
    assert "\t" in expected.splitlines()[0]
    for env in COLOURED:
        given = {"TERM": "xterm", "COLUMNS": "40", **env}
        assert re.sub(STYLE, "", run(*line, *DATA, env=given).stdout) == expected
    always = run(*line, *DATA, "--color", "always").stdout
    assert re.sub(STYLE, "", always) == expected


@pytest.mark.parametrize("env", UNCOLOURED, ids=str)
def test_no_color_wins(env: Mapping[str, str], run: Run) -> None:
    assert ESCAPE not in run(*LINE, env={"TERM": "xterm", **env}).stdout


def test_an_option_wins_over_variables(run: Run) -> None:
    env = {"TERM": "xterm", "NO_COLOR": "1"}
    assert ESCAPE in run(*LINE, "--color", "always", env=env).stdout


# A terminal of 80 columns and 10 lines, in which a command runs; what it shows is
# printed.
ON_TERMINAL = """
import fcntl, os, pty, struct, sys, termios
pid, ours = pty.fork()
if not pid:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 80, 0, 0))
    os.execv(sys.executable, [sys.executable, "-m", "citylinks", *sys.argv[1:]])
try:
    while piece := os.read(ours, 65536):
        os.write(1, piece)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def on_terminal(*arguments: str, home: Path, **env: str) -> str:
    pytest.importorskip("pty")
    variables = {**environment(home), "TERM": "xterm", **env}
    variables.pop("COLUMNS")
    done = subprocess.run(
        [sys.executable, "-c", ON_TERMINAL, *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.replace("\r\n", "\n")


@POSIX
def test_a_terminal_has_colour_unless_it_is_unwanted(tmp_path: Path) -> None:
    line = [*LINE, "--no-pager"]
    assert ESCAPE in on_terminal(*line, home=tmp_path)
    assert ESCAPE in on_terminal(*line, home=tmp_path, NO_COLOR="", CLICOLOR="")
    assert ESCAPE in on_terminal(*line, home=tmp_path, FORCE_COLOR="")
    for env in ({"NO_COLOR": "1"}, {"CLICOLOR": "0"}, {"TERM": "dumb"}):
        assert ESCAPE not in on_terminal(*line, home=tmp_path, **env), env
    assert ESCAPE not in on_terminal(*line, "--color", "never", home=tmp_path)
    for words in (["help"], ["help", "list"]):
        assert f"{ESCAPE}[1mExamples:" in on_terminal(*words, home=tmp_path)
        for env in ({"NO_COLOR": "1"}, {"CLICOLOR": "0"}, {"TERM": "dumb"}):
            assert ESCAPE not in on_terminal(*words, home=tmp_path, **env), env


@POSIX
def test_a_pager_is_asked_for_and_refused(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED $1\ncat\n", encoding="utf-8")
    pager.chmod(0o755)
    other = {"PAGER": f"{pager} other"}
    ours = {"CITYLINKS_PAGER": f"{pager} ours"}
    line = ("list", "cities")
    assert "PAGED other" in on_terminal(*line, home=tmp_path, **other)
    assert "PAGED ours" in on_terminal(*line, home=tmp_path, **other, **ours)
    for arguments, env in (
        ([*line, "--no-pager"], {**other, **ours}),
        (line, {**other, "CITYLINKS_PAGER": ""}),
        (line, {**other, "CITYLINKS_PAGER": "cat"}),
        (line, {"PAGER": ""}),
        (line, {**other, "TERM": "dumb"}),
        ([*line, "--json"], other),
    ):
        assert "PAGED" not in on_terminal(*arguments, home=tmp_path, **env), (
            arguments,
            env,
        )


@POSIX
def test_the_pager_says_how_to_leave_it_and_to_turn_it_off(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "PROMPT $LESS"\ncat\n', encoding="utf-8")
    pager.chmod(0o755)
    env = {"CITYLINKS_PAGER": str(pager)}
    shown = on_terminal("list", "cities", home=tmp_path, **env)
    assert "q\\: quit" in shown
    assert "--no-pager" in shown
    own = on_terminal("list", "cities", home=tmp_path, **env, LESS="R")
    assert "PROMPT R\n" in own, "what somebody has set stays"


def test_a_pipe_is_never_paged(run: Run) -> None:
    assert (
        "PAGED"
        not in run("list", "cities", env={"CITYLINKS_PAGER": "echo PAGED"}).stdout
    )
    assert run("list", "cities", "--no-pager").stdout == run("list", "cities").stdout


# -- The world outside ------------------------------------------------------------

ALONE = """
import socket, sys
def refuse(*_, **__):
    raise RuntimeError("the network was asked for")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from citylinks.cli.app import main
sys.exit(main(sys.argv[1:]))
"""


def test_no_network_is_needed(tmp_path: Path) -> None:
    for line in (
        ["validate"],
        ["show", "lyon"],
        ["list", "sources", "--json"],
        ["version"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", ALONE, *line],
            cwd=ROOT,
            env=environment(tmp_path),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_nothing_is_written_but_the_cache(run: Run, tmp_path: Path) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    for line in (*QUIET, ["validate"], ["help"], ["nothing"], ["show"]):
        run(*line, cwd=here)
    assert not list(here.iterdir())
    written = [path.relative_to(home) for path in home.rglob("*") if path.is_file()]
    assert {path.parts[:2] for path in written} <= {(".cache", "citylinks")}


def test_no_home_and_no_locale_are_needed(run: Run) -> None:
    expected = run(*LINE)
    for env in (
        {"HOME": ""},
        {"HOME": "/nowhere"},
        {"LC_ALL": "C"},
        {"LC_ALL": "xx_YY.UTF-8"},
    ):
        done = run(*LINE, env=env)
        assert (done.returncode, done.stdout) == (0, expected.stdout), env
        assert done.stderr == expected.stderr, env


def test_the_configuration_is_in_options_and_variables(
    run: Run, tmp_path: Path
) -> None:
    data = str(ROOT / "data")
    by_option = run("list", "cities", "--data", data, cwd=tmp_path)
    by_variable = run("list", "cities", env={"CITYLINKS_DATA": data}, cwd=tmp_path)
    assert by_option.stdout == by_variable.stdout
    missing = run("list", "cities", env={"CITYLINKS_DATA": "/nowhere"}, cwd=tmp_path)
    assert missing.returncode == 2
    assert run(
        "list", "cities", "--data", data, env={"CITYLINKS_DATA": "/nowhere"}
    ).stdout


def test_answers_are_the_same_at_every_run(run: Run) -> None:
    for line in (LINE, ["stats", "--json"], ["search", "silk", "--json"]):
        assert run(*line, env={"PYTHONHASHSEED": "1"}).stdout == run(*line).stdout


@POSIX
def test_control_c_ends_with_130(tmp_path: Path) -> None:
    """It comes while the command waits for standard input."""
    question = [
        "validate",
        "-",
        "--stdin-filename",
        str(ROOT / "data" / "cities" / "lyon.yaml"),
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "citylinks", *question],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    ) as process:
        assert process.stdin is not None
        process.stdin.write(
            b"name: Lyon\n" * 100_000
        )  # more than a pipe holds: it is being read
        while (
            process.poll() is None
        ):  # one that comes just before a read is seen after it
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)
        assert process.returncode == 130
        assert process.stdout is not None
        assert process.stdout.read() == b""


def test_each_command_says_in_its_first_line_what_it_does() -> None:
    for name in COMMANDS:
        first, blank = docstring(
            import_module(f"citylinks.cli.commands.{name}")
        ).splitlines()[:2]
        assert first.endswith(".")
        assert len(first) <= 80
        assert not blank
