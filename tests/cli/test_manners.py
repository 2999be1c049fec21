"""The manners of a command line, each as a user meets it (docs: the numbered list of
manners).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import (
    BOXES,
    HANG,
    HOME,
    ROOT,
    WITHOUT_FAKETIME,
    Terminal,
    environment,
    only_message,
    run_in_bash,
)

from citylinks.cli import app, messages
from citylinks.cli.app import main
from citylinks.cli.commands import COMMANDS
from citylinks.cli.help.general import HELP
from citylinks.cli.help.topics import TOPICS, topic_page
from citylinks.errors import NoDataError
from citylinks.index.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]
    WriteData = Callable[[Mapping[str, str]], Path]


ESCAPE = re.compile(r"\x1b")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
STYLE = re.compile(r"\x1b\[[0-9;]*m")

EXAMPLES = [
    line.strip()
    for text in (
        HELP,
        *(import_module(f"citylinks.cli.commands.{name}").__doc__ for name in COMMANDS),
        *(topic_page(name) for name in TOPICS),
    )
    for line in (text or "").splitlines()
    if line.strip().startswith("citylinks ")
]


def on_terminal(*arguments: str, **env: str) -> str:
    """Return what the program writes to a terminal of 80 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "citylinks", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(Path(HOME.name), **{"TERM": "xterm", **env}),
    )
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while select.select([ours], [], [], HANG)[0] and (
            piece := os.read(ours, 65536)
        ):
            written += piece
    os.close(ours)
    assert process.wait(timeout=HANG) == 0
    return written.decode().replace("\r\n", "\n")


# -- 1: help --------------------------------------------------------------------


def test_help_is_the_answer_to_nothing_asked(run: Run) -> None:
    shown = run()
    assert (shown.returncode, shown.stderr) == (0, "")
    first, blank, examples = shown.stdout.splitlines()[:3]
    assert (first.startswith("citylinks: "), blank, examples) == (True, "", "Examples:")
    assert not ESCAPE.search(shown.stdout)
    assert not BOXES.search(shown.stdout)
    for name in COMMANDS:
        assert f"\n  {name} " in shown.stdout


def test_every_way_to_ask_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    expected = capsys.readouterr()
    assert expected.err == ""
    for arguments in (["-h"], ["--help"], ["help"], ["help", "--help"]):
        assert main(arguments) == 0, arguments
        assert capsys.readouterr() == expected, arguments


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    expected = capsys.readouterr()
    assert expected.err == ""
    lines = expected.out.splitlines()
    assert lines.index("Examples:") < lines.index("Options:")
    assert any(line.startswith(f"Usage: citylinks {name} ") for line in lines)
    assert not BOXES.search(expected.out)
    assert not ESCAPE.search(expected.out)
    assert max(map(len, lines)) <= 100
    for arguments in ([name, "-h"], ["help", name]):
        assert main(arguments) == 0
        assert capsys.readouterr() == expected


def test_every_command_has_examples() -> None:
    for name in COMMANDS:
        assert any(example.startswith(f"citylinks {name}") for example in EXAMPLES), (
            name
        )


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_works(
    example: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("CITYLINKS_DATA", raising=False)
    is_import = shlex.split(example)[1] == "import"
    if is_import:
        monkeypatch.chdir(
            shutil.copytree(ROOT / "tests" / "importers" / "examples", tmp_path / "in")
        )
    assert main(shlex.split(example)[1:]) == 0
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert (
        (" 0 taken" not in shown.err)
        if is_import
        else (shown.out or "validate" in example)
    )


# -- 2: version -----------------------------------------------------------------


def test_version(run: Run) -> None:
    shown = run("--version")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert re.fullmatch(r"citylinks \d+\.\d+\.\d+\S*\n", shown.stdout)
    assert run("-V").stdout == shown.stdout

    output = run("version", "--json")
    [info] = json.loads(output.stdout)["results"]
    assert shown.stdout == f"citylinks {info['version']}\n"
    assert info["python"] == ".".join(map(str, sys.version_info[:3]))
    assert info["counts"]["city"] >= 2
    assert info["data"] == ["data"]


# -- 3: stdout is data, stderr is the rest --------------------------------------


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["timeline", "nowhere"], 1),
        (["timeline", "lyon", "lyon"], 2),
        (["timeline", "lyon", "--year", "soon"], 2),
        (["timeline", "lyon", "--bogus"], 2),
        (["timeline", "lyon", "--theme", "nothing"], 1),
        (["show", "nowhere"], 1),
        (["list", "nothing"], 2),
        (["list", "cities", "--data", "nowhere"], 2),
        (["validate", "nowhere"], 2),
        (["nothing"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_stdout_is_json_or_empty(
    arguments: list[str],
    exit_code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    assert main([*arguments, "--format", "json"]) == exit_code
    shown = capsys.readouterr()
    assert shown.out == ""
    only_message(shown.err)


def test_json_where_nothing_matched_and_where_data_is_broken(
    run: Run, data: WriteData
) -> None:
    nothing = run("timeline", "lyon", "--year", "1066", "--format", "json")
    assert nothing.returncode == 0
    assert json.loads(nothing.stdout)["results"] == []
    assert only_message(nothing.stderr) == "nothing matched"

    broken = data({"cities/lyon.yaml": "nam: Lyon\n", "cities/nice.yaml": "[" * 100})
    report = run("validate", "--data", str(broken), "--format", "json")
    assert report.returncode == 1
    codes = [problem["code"] for problem in json.loads(report.stdout)["results"]]
    assert codes == ["CL201", "CL202", "CL112"]
    only_message(report.stderr)


@pytest.mark.parametrize(("day", "took"), [("", r" in \d+\.\d s"), ("2026-11-22", "")])
def test_the_summary_says_how_long_it_took(
    day: str,
    took: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CITYLINKS_TODAY", day)
    assert main(["validate", "--data", "data"]) == 0
    message = rf"citylinks: \d+ files, \d+ records: no problems{took}\n"
    assert re.fullmatch(message, capsys.readouterr().err)


# -- 5: an unexpected fault; 6: interrupted -------------------------------------


def _failing(error: BaseException) -> Callable[..., Store]:
    def fail(*_: object, **options: object) -> Store:
        raise error

    return fail


def test_an_unexpected_fault_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CITYLINKS_DEBUG", raising=False)
    monkeypatch.setattr(Store, "open", _failing(RuntimeError("as if\n\x1b[31mbroken")))
    assert main(["list", "cities"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "CITYLINKS_DEBUG=1" in only_message(shown.err)
    assert not ESCAPE.search(shown.err)
    monkeypatch.setenv("CITYLINKS_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["list", "cities"])


def test_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Store, "open", _failing(KeyboardInterrupt()))
    assert main(["list", "cities"]) == 130
    assert "Traceback" not in capsys.readouterr().err


# -- 6: pipes and full disks ----------------------------------------------------


@pytest.fixture
def large(data: WriteData) -> Path:
    """Return data whose lists are longer than a pipe holds."""
    events = "".join(
        f"---\nid: visit-{number}\ntitle: Visit number {number} of a very long row of visits\n"
        f"date: 2009\nkind: visit\nsources: [page]\n"
        for number in range(2000)
    )
    return data(
        {"sources.yaml": "page:\n  title: Page\n", "events/visits.yaml": events}
    )


@pytest.mark.parametrize("options", ["", "--format json"])
def test_head_ends_quietly(options: str, large: Path, tmp_path: Path) -> None:
    done = run_in_bash(
        f"$citylinks list events --data {large} {options} | head -1", tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals here")
@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_interrupted_while_nobody_reads(
    options: tuple[str, ...], large: Path, run: Run
) -> None:
    """What is left to print would wait for a reader for ever."""
    question = ("list", "events", "--data", str(large), *options)
    assert len(run(*question).stdout) > PIPE + FULL
    with subprocess.Popen(
        [sys.executable, "-m", "citylinks", *question],
        cwd=ROOT,
        env=environment(Path(HOME.name)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        while _waiting_in(process.stdout.fileno()) < FULL:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=HANG) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_interrupted_within_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite makes a fault of whatever a function raises that it calls, of Ctrl-C too."""

    def ask(*_: object, **__: object) -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.create_function(
                "wait", 0, lambda: app._interrupt(signal.SIGINT, None)
            )
            connection.execute("SELECT wait()")

    monkeypatch.setattr(app, "_interrupts", [])
    monkeypatch.setattr(Store, "open", ask)
    assert main(["list", "cities"]) == 130


EARLY = """
import os, signal, sys

class Early:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Early())
from citylinks.cli import run
run()
"""


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals here")
@pytest.mark.parametrize("debug", ["", "1"])
def test_interrupted_while_typer_is_imported(debug: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EARLY, "--version"],
        env=environment(Path(HOME.name), CITYLINKS_DEBUG=debug),
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


class Screen(Terminal):
    """A terminal that knows which lines stand on it."""

    @property
    def lines(self) -> list[str]:
        """What stands on it: each `\r` goes back to the beginning of the line."""
        return [_shown(line) for line in self.getvalue().split("\n")]


def _shown(line: str) -> str:
    shown: dict[int, str] = {}
    for piece in line.split("\r"):
        shown.update(enumerate(piece))
    return "".join(shown.values()).rstrip()


@pytest.mark.parametrize(
    ("begin", "fault", "code", "left"),
    [
        (lambda: messages.progress(9, 10**8), KeyboardInterrupt(), 130, []),
        (
            lambda: messages.step("looking for rows of the same city"),
            KeyboardInterrupt(),
            130,
            [],
        ),
        (
            lambda: messages.progress(9, 10**8),
            NoDataError("gone"),
            2,
            ["citylinks: gone"],
        ),
    ],
    ids=["reading", "importing", "an error"],
)
def test_what_stops_long_work_leaves_nothing_of_its_progress(
    begin: Callable[[], None],
    fault: BaseException,
    code: int,
    left: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A terminal shows `^C` where the cursor is: on the line that says how far it is."""
    terminal = Screen()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("NO_COLOR", "1")

    def fail(*_: object, **__: object) -> None:
        begin()
        terminal.write("^C")
        raise fault

    monkeypatch.setattr(Store, "open", fail)
    assert main(["list", "cities"]) == code
    *lines, last = terminal.lines
    assert [line for line in lines if line] == left
    assert last == ""


PIPE = 65_536  # bytes that wait in a pipe, at most: each writing may leave a part of a page empty
FULL = PIPE // 2  # bytes after which a writer may be waiting for its reader


def _waiting_in(pipe: int) -> int:
    import fcntl
    import termios

    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command", ["list cities", "list cities --json", "--help", "--version"]
)
def test_a_full_disk(command: str) -> None:
    done = run_in_bash(f"$citylinks {command} > /dev/full")
    assert done.returncode not in {0, 1}
    assert "cannot write" in only_message(done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("search lyon --limit 1", 0),
        ("search nosuchthing", 0),
        ("timeline nowhere", 1),
        ("list nothing", 2),
        ("--bogus", 2),
    ],
)
def test_what_cannot_be_said(command: str, code: int, debug: str) -> None:
    expected = run_in_bash(f"$citylinks {command}", CITYLINKS_DEBUG=debug)
    assert (expected.returncode, bool(expected.stderr)) == (code, True)
    done = run_in_bash(f"$citylinks {command} 2> /dev/full", CITYLINKS_DEBUG=debug)
    assert (done.returncode, done.stdout) == (code, expected.stdout)


def test_no_stdout_and_no_stderr() -> None:
    done = run_in_bash("$citylinks list cities >&-", **WITHOUT_FAKETIME)
    assert done.returncode == 2
    only_message(done.stderr)
    done = run_in_bash("$citylinks list cities 2>&-", **WITHOUT_FAKETIME)
    assert done.returncode == 0
    assert "\nlyon\t" in done.stdout


# -- 7: colour and width --------------------------------------------------------


def test_a_pipe_has_no_escape_codes(run: Run) -> None:
    for arguments in (["timeline", "lyon", "yokohama"], ["show", "lyon-yokohama"]):
        shown = run(*arguments)
        assert shown.returncode == 0
        assert not ESCAPE.search(shown.stdout)
        assert not BOXES.search(shown.stdout)


def test_colour_when_asked_for(run: Run) -> None:
    ask = ["timeline", "lyon", "yokohama"]
    plain = run(*ask).stdout
    assert COLOUR.search(run(*ask, "--color", "always").stdout)
    assert COLOUR.search(run(*ask, env={"FORCE_COLOR": "1"}).stdout)
    assert not ESCAPE.search(
        run(*ask, "--color", "never", env={"FORCE_COLOR": "1"}).stdout
    )
    assert run(*ask, env={"FORCE_COLOR": ""}).stdout == plain
    assert run(*ask, env={"NO_COLOR": "1"}).stdout == plain
    for machine in ("json", "csv"):
        forced = run(
            *ask, "--format", machine, "--color", "always", env={"FORCE_COLOR": "1"}
        )
        assert not ESCAPE.search(forced.stdout)

    refused = run(*ask, "--color", "sometimes")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "auto, always, never" in only_message(refused.stderr)


def test_a_terminal(tmp_path: Path) -> None:
    ask = ("timeline", "lyon", "yokohama")
    home = {"HOME": str(tmp_path)}
    coloured = on_terminal(*ask, **home)
    assert COLOUR.search(coloured)
    assert max(map(len, STYLE.sub("", coloured).splitlines())) <= 80
    assert not COLOUR.search(on_terminal(*ask, NO_COLOR="1", **home))
    assert not ESCAPE.search(on_terminal(*ask, "--color", "never", **home))
    assert not ESCAPE.search(on_terminal(*ask, TERM="dumb", **home))
    narrow = on_terminal(*ask, COLUMNS="40", **home)
    assert max(map(len, STYLE.sub("", narrow).splitlines())) <= 40


# -- 8: where the data is; 9: nothing written -----------------------------------


def test_an_empty_folder_reads_the_shipped_data(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    shown = run("timeline", "lyon", "yokohama", cwd=empty)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "become sister cities" in shown.stdout
    assert list(empty.iterdir()) == []


def test_the_data_directory_is_found_upwards_and_by_the_environment(
    run: Run, tmp_path: Path, data: WriteData
) -> None:
    mine = data({"cities/nice.yaml": "name: Nice\n"})
    deep = tmp_path / "some" / "folder"
    deep.mkdir(parents=True)
    listed = "id\tname\tlevel\tcountry\tregion\tpartnerships\nnice\tNice"
    assert run("list", "cities", cwd=deep).stdout.startswith(listed)
    assert run("list", "cities", cwd=mine / "cities").stdout.startswith(listed)
    assert run("list", "cities", env={"CITYLINKS_DATA": str(mine)}).stdout.startswith(
        listed
    )
    shipped = run(
        "list", "cities", "--data", "shipped", env={"CITYLINKS_DATA": str(mine)}
    )
    assert "nice\t" not in shipped.stdout
    assert "lyon\t" in shipped.stdout


@pytest.mark.skipif(os.name != "posix", reason="HOME is of POSIX")
def test_without_a_home(run: Run, tmp_path: Path) -> None:
    read_only = tmp_path / "read-only"
    read_only.mkdir()
    read_only.chmod(0o500)
    before = run("list", "cities")
    assert before.returncode == 0
    for home in ("", "/dev/null/home", str(read_only)):
        shown = run("list", "cities", env={"HOME": home})
        assert (shown.returncode, shown.stdout, shown.stderr) == (0, before.stdout, "")


def test_from_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = run_in_bash(
        f"cd gone && rmdir ../gone && $citylinks list cities --data {ROOT}/data",
        tmp_path,
    )
    if done.returncode == 0:
        assert "\nlyon\t" in done.stdout
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert "cannot write" not in only_message(done.stderr)


# -- 10: the same everywhere ----------------------------------------------------


def test_the_same_answer_whatever_the_locale(run: Run) -> None:
    ask = ["timeline", "LYON", "YOKOHAMA", "--json"]
    expected = run(*ask)
    assert expected.returncode == 0
    for env in (
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
        {"PYTHONIOENCODING": "ascii", "TZ": "Etc/GMT+12"},
    ):
        shown = run(*ask, env=env)
        assert (shown.returncode, shown.stdout, shown.stderr) == (
            0,
            expected.stdout,
            "",
        )
    turkish = run("timeline", "YOKOHAMA CİTY", env={"LC_ALL": "tr_TR.UTF-8"})
    assert turkish.returncode in {0, 1}


def test_a_terminal_that_knows_only_ascii(run: Run) -> None:
    env = {"PYTHONIOENCODING": "ascii"}
    plain = run("timeline", "lyon", "yokohama", env=env)
    assert (plain.returncode, plain.stderr) == (0, "")
    assert plain.stdout.isascii()
    assert "Lyon - Yokohama" in plain.stdout, "an en dash becomes a hyphen"
    shown = run("timeline", "lyon", env={**env, "FORCE_COLOR": "1"})
    assert shown.returncode == 0
    assert shown.stdout.isascii()
    unknown = run("timeline", "横浜湾", env=env)
    assert unknown.returncode == 1
    assert unknown.stderr.isascii()
    only_message(unknown.stderr)


@pytest.mark.skipif(os.name != "posix", reason="arguments are text here")
def test_an_argument_that_is_not_text(tmp_path: Path) -> None:
    done = run_in_bash(
        r"$citylinks timeline $'ly\xf6n' --data " + f"{ROOT}/data", tmp_path
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "no record of" in only_message(done.stderr)


# -- 13: text from records is data ----------------------------------------------

STEERING = r"A\e]0;owned\a\e[2J\e[31m[red]b[/red]\u202ec\u2066d\x85e\rf\x9b1m\x08"
AS_TEXT = "A\x1b]0;owned\a\x1b[2J\x1b[31m[red]b[/red]\u202ec\u2066d\x85e\rf\x9b1m\x08"
SAFE_STYLES = {"\x1b[0m", "\x1b[1m", "\x1b[2m"}
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def steering(data: WriteData) -> Path:
    steering_text = f'"{STEERING}"'
    return data(
        {
            "sources.yaml": f"page:\n  title: {steering_text}\n  publisher: {steering_text}\n",
            "organizations.yaml": f"jica:\n  name: {steering_text}\n",
            "themes.yaml": f"culture:\n  label: {steering_text}\n",
            "cities/lyon.yaml": f"name: {steering_text}\nnames: {{fr: {steering_text}}}\naliases: [{steering_text}]\n"
            f"summary: {steering_text}\ncounts: [{{of: {steering_text}, value: 3, date: 2000}}]\n"
            f"sources: [{{source: page, note: {steering_text}}}]\n",
            "cities/nice.yaml": "name: Nice\nsources: [page]\n",
            "partnerships/lyon-nice.yaml": f"name: {steering_text}\nkind: cooperation\n"
            f"members: [lyon, nice]\nstart: 1990\nsummary: {steering_text}\nsources: [page]\n"
            f"status: [{{is: active, since: 1991, reason: {steering_text}}}]\nthemes: [culture]\n"
            f"agreements: [{{kind: protocol, title: {steering_text}, signed: 1992, summary: {steering_text}}}]\n"
            f"outcomes: [{{summary: {steering_text}, date: 1993}}]\n"
            f"contacts: [{{name: {steering_text}, role: {steering_text}, unit: {steering_text}}}]\n"
            f"claims: [{{field: start, value: {steering_text}, source: page, note: {steering_text}}}]\n",
            "events/2009-visit.yaml": f"title: {steering_text}\ndate: 2009\nkind: visit\n"
            f"cities: [lyon, nice]\npillars: [{{name: {steering_text}, summary: {steering_text}}}]\n"
            f"organizations: [jica]\nthemes: [culture]\nsummary: {steering_text}\nsources: [page]\n",
        }
    )


def test_records_do_not_steer_the_terminal(
    steering: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    request = [
        ["timeline", "lyon", "nice"],
        ["show", "lyon"],
        ["show", "lyon-nice"],
        ["show", "2009-visit"],
        *(
            ["list", what]
            for what in ("cities", "partnerships", "agreements", "events")
        ),
        *(["list", what] for what in ("themes", "organizations", "sources")),
    ]
    faces = [
        [],
        ["--color", "always"],
        *(["--format", name] for name in ("json", "jsonl", "tsv", "markdown")),
    ]  # CSV is for programs and keeps every character
    for question in request:
        for face in faces:
            if question[0] == "show" and "tsv" in face:
                continue  # a record whole is no table
            assert main([*question, *face, "--data", str(steering)]) == 0
            shown = capsys.readouterr()
            assert shown.err == ""
            text = shown.out.replace("\r\n", "\n")
            if face[:1] == ["--color"]:
                codes = set(re.findall(r"\x1b\[[0-9;]*m", text))
                assert "\x1b[2J" not in text
                assert {code for code in codes if not STYLE.fullmatch(code)} == set()
                text = STYLE.sub("", text)
            matches = UNSAFE.search(text)
            assert not matches, (question, face, matches)
            assert "owned" in text, (question, face)
            if face[-1:] != ["markdown"]:
                assert "[red]b[/red]" in text, (question, face)


def test_json_keeps_what_was_written(steering: Path, run: Run) -> None:
    output = run("list", "cities", "--json", "--data", str(steering))
    assert output.stdout.isprintable() or not UNSAFE.search(output.stdout)
    names = [city["name"] for city in json.loads(output.stdout)["results"]]
    assert names == [AS_TEXT, "Nice"]


def test_problems_do_not_steer_the_terminal(data: WriteData, run: Run) -> None:
    broken = data(
        {
            "cities/lyon.yaml": f'"{STEERING}": x\nname: Lyon\nlevel: "{STEERING}"\n',
            "cities/nice.yaml": "name: Nice\u202e\ncontry: \u202eFR\n",
        }
    )
    for face in ([], ["--color", "always"], ["--format", "concise"], ["--json"]):
        shown = run("validate", *face, "--data", str(broken))
        assert shown.returncode == 1
        text = STYLE.sub("", shown.stdout) if "--color" in face else shown.stdout
        assert not UNSAFE.search(text), face
        assert not UNSAFE.search(shown.stderr)
    refusal = run("timeline", AS_TEXT)
    assert not UNSAFE.search(only_message(refusal.stderr))


# -- --output -------------------------------------------------------------------


def test_output_writes_what_would_be_printed(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before", encoding="utf-8")
    for face in ([], ["--format", "json"]):
        printed = run("timeline", "lyon", *face)
        written = run("timeline", "lyon", *face, "--output", str(target))
        assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
        assert target.read_text(encoding="utf-8") == printed.stdout
    if os.name == "posix":
        assert not stat.S_IMODE(target.stat().st_mode) & 0o111
        assert target.stat().st_mode & stat.S_IRUSR
    assert {path.name for path in tmp_path.iterdir()} - {"home"} == {"out.txt"}


@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), KeyboardInterrupt()]
)
def test_output_leaves_the_old_file_where_writing_fails(
    failure: BaseException,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise failure

    target = tmp_path / "out.txt"
    target.write_text("before", encoding="utf-8")
    for name in ("replace", "rename"):
        monkeypatch.setattr(Path, name, fail)
        monkeypatch.setattr(os, name, fail)
    arguments = [
        "list",
        "cities",
        "--data",
        str(ROOT / "data"),
        "--output",
        str(target),
    ]
    assert main(arguments) == (130 if isinstance(failure, KeyboardInterrupt) else 2)
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    assert capsys.readouterr().out == ""


def test_output_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before", encoding="utf-8")
    source = ["--data", str(ROOT / "data")]
    assert main(["timeline", "nowhere", *source, "--output", str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "before"
    only_message(capsys.readouterr().err)
    for wrong in (str(tmp_path), str(tmp_path / "missing" / "out.txt"), ""):
        assert main(["list", "cities", *source, "--output", wrong]) == 2, wrong
        shown = capsys.readouterr()
        assert shown.out == ""
        only_message(shown.err)
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_output_writes_through_links_and_devices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["list", "cities", "--data", str(ROOT / "data")]
    assert main(arguments) == 0
    expected = capsys.readouterr().out

    target, link = tmp_path / "out.txt", tmp_path / "link.txt"
    target.write_text("before", encoding="utf-8")
    link.symlink_to(target.name)
    assert main([*arguments, "--output", str(link)]) == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == expected

    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main([*arguments, "--output", str(fifo)]) == 0
        assert fifo.is_fifo(), (
            "a device such as /dev/null is written to, never replaced"
        )
        assert os.read(reader, 65536).decode() == expected
    finally:
        os.close(reader)
