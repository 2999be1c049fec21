"""Completion as a shell has it: real shells are started and a key is pressed."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shlex
import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from support import HANG, ROOT, call, environment

from citylinks.cli.commands.completion import SCRIPTS
from citylinks.cli.completion.candidates import answer
from citylinks.index import maintenance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]
    WriteData = Callable[[Mapping[str, str]], Path]

FILES = {
    "cities/lyon.yaml": "{name: Lyon, country: FR}",
    "cities/yokohama.yaml": "{name: Yokohama, names: {ja: 横浜市}, aliases: [横浜]}",
    "cities/new-york.yaml": "{name: New York City}",
    "cities/osaka.yaml": "{name: Osaka, names: {ja: 大阪}}",
    "cities/dalian.yaml": "{name: Dalian, names: {zh: 大连}}",
    "themes.yaml": "{solar-energy: {label: Solar energy}, sport: {label: Sport}}",
}
STYLE = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]")
PROGRAMS = {"powershell": "pwsh"}  # of the others that is their name


def read_on(terminal: int, written: bytes, is_enough: Callable[[bytes], bool]) -> bytes:
    """Return what was written and what comes until it is enough, or the end."""
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while not is_enough(written) and select.select([terminal], [], [], HANG)[0]:
            piece = os.read(terminal, 65536)
            if not piece:
                break
            written += piece
    return written


def has_printed(lines: int, written: bytes) -> bool:
    return written.count(b"|END|") >= lines


class Shell:
    """A shell in a folder of its own, in which `citylinks` is this program."""

    def __init__(self, name: str, folder: Path) -> None:
        program = shutil.which(PROGRAMS.get(name, name))
        if program is None:
            pytest.skip(f"there is no {PROGRAMS.get(name, name)}")
        self.path, self.folder = program, folder
        self.script = folder / SCRIPTS[name]
        self.script.write_text(call(f"citylinks completion {name}"), encoding="utf-8")
        home, data = folder / "home", str(folder / "data")
        self.environment = environment(home, CITYLINKS_DATA=data, LC_ALL="C.UTF-8")
        self.environment["PATH"] = (
            f"{folder / 'bin'}{os.pathsep}{self.environment['PATH']}"
        )

    def run(self, *arguments: str) -> str:
        """Return what the shell prints."""
        done = subprocess.run(
            [self.path, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=HANG,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def typed(self, start: str, lines: Sequence[str]) -> list[str]:
        """Return command lines as they are after these keys, typed at a terminal."""
        pty = pytest.importorskip("pty")
        (self.folder / "home" / ".zshrc").write_text(start, encoding="utf-8")
        (self.folder / "home" / ".bashrc").write_text(start, encoding="utf-8")
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [self.path, "-i"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**self.environment, "TERM": "xterm", "COLUMNS": "200"},
            cwd=self.folder,
            start_new_session=True,
        )
        os.close(theirs)
        written = read_on(ours, b"", bool)  # the prompt
        for number, line in enumerate(lines, start=1):
            # Back to the start of the line, to have it printed instead of run.
            os.write(ours, f"{line}\x01printf '%s|' GOT \x05 END\r".encode())
            written = read_on(ours, written, partial(has_printed, number))
        os.write(ours, b"exit\r")
        written = read_on(ours, written, lambda _: False)
        os.close(ours)
        process.wait(timeout=HANG)
        screen = STYLE.sub("", written.decode(errors="replace"))
        matches = re.findall(r"(?:^|\r)GOT\|(.*?)\|END\|", screen, re.MULTILINE)
        assert len(matches) == len(lines), screen
        return [line.replace("|", " ") for line in matches]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the program, some data and its index, and a home."""
    made = tmp_path_factory.mktemp("shells")
    for name in (
        "bin",
        "home",
        "my folder",
        "data/cities",
        "data/partnerships",
        "data/events",
    ):
        (made / name).mkdir(parents=True)
    for name, text in FILES.items():
        (made / "data" / name).write_text(text, encoding="utf-8")
    program = made / "bin" / "citylinks"
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m citylinks "$@"\n'
    )
    program.chmod(0o755)
    return made


@pytest.fixture
def shell(folder: Path) -> Callable[[str], Shell]:
    return lambda name: Shell(name, folder)


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_syntax(name: str, shell: Callable[[str], Shell]) -> None:
    it = shell(name)
    assert it.run("-n", str(it.script)) == ""


# -- A key is pressed -----------------------------------------------------------

PRESSED = [
    ("citylinks ti\t", "citylinks timeline"),
    ("citylinks timeline ly\t", "citylinks timeline lyon"),
    ("citylinks timeline YOK\t", "citylinks timeline yokohama"),
    ("citylinks timeline 横\t", "citylinks timeline yokohama"),
    (
        "citylinks timeline lyon --the\tsol\t",
        "citylinks timeline lyon --theme solar-energy",
    ),
    ("citylinks lyon yok\t", "citylinks lyon yokohama"),
    ("citylinks ly\t横\tos\t", "citylinks lyon yokohama osaka"),
    (
        "citylinks lyon yokohama --the\tsol\t",
        "citylinks lyon yokohama --theme solar-energy",
    ),
    ("citylinks timeline --theme=sol\t", "citylinks timeline --theme=solar-energy"),
    ("citylinks timeline --with=横\t", "citylinks timeline --with=yokohama"),
    ("citylinks timeline --theme s\t", "citylinks timeline --theme s"),
    ("citylinks timeline 'new y\t", "citylinks timeline new-york"),
    ('citylinks timeline "new y\t', "citylinks timeline new-york"),
    ("citylinks timeline new\\ y\t", "citylinks timeline new-york"),
    (
        "citylinks timeline yok --json\x1bb\x1bb\x06\x06\x06\t",
        "citylinks timeline yokohama --json",
    ),
    ("FOO=1 citylinks timeline ly\t", "FOO=1 citylinks timeline lyon"),
    ("bin/citylinks timeline ly\t", "bin/citylinks timeline lyon"),
    ("citylinks validate my\t", "citylinks validate my folder/"),
    (
        "citylinks list cities --output=my\t",
        "citylinks list cities --output=my folder/",
    ),
    ("citylinks list cities --data my\t", "citylinks list cities --data my folder/"),
    ("citylinks list cities --data=my\t", "citylinks list cities --data=my folder/"),
    ("citylinks list cities --data sh\t", "citylinks list cities --data shipped"),
    ("citylinks timeline --data nowhere ly\t", "citylinks timeline --data nowhere ly"),
    ("citylinks nothing ly\t", "citylinks nothing ly"),
]


def test_bash(shell: Callable[[str], Shell]) -> None:
    it = shell("bash")
    assert it.typed(f"source {it.script}\n", [keys for keys, _ in PRESSED]) == [
        line for _, line in PRESSED
    ]


def test_bash_with_other_settings(shell: Callable[[str], Shell]) -> None:
    it = shell("bash")
    start = (
        f"set -u -o posix; shopt -s failglob; COMP_WORDBREAKS=' '; source {it.script}\n"
    )
    keys = ["citylinks timeline --theme=sol\t", "citylinks timeline ly\t"]
    expected = ["citylinks timeline --theme=solar-energy", "citylinks timeline lyon"]
    assert it.typed(start, keys) == expected


ZSH = "bindkey -e; autoload -Uz compinit; compinit -D -u\n"


def test_zsh(shell: Callable[[str], Shell]) -> None:
    it = shell("zsh")
    assert it.typed(f"{ZSH}source {it.script}\n", [keys for keys, _ in PRESSED]) == [
        line.removesuffix("/")  # which a blank takes away
        for _, line in PRESSED
    ]


def test_zsh_without_its_completion_loaded(shell: Callable[[str], Shell]) -> None:
    it = shell("zsh")
    start = f'bindkey -e; setopt ksharrays nounset; eval "$(<{it.script})"\n'
    assert it.typed(start, ["citylinks timeline ly\t"]) == ["citylinks timeline lyon"]


def test_zsh_with_the_script_among_its_functions(shell: Callable[[str], Shell]) -> None:
    it = shell("zsh")
    (it.folder / "functions").mkdir()
    shutil.copy(it.script, it.folder / "functions" / "_citylinks")
    start = f"fpath=({it.folder}/functions $fpath); {ZSH}"
    [line] = it.typed(start, ["citylinks timeline ly\tyok\t"])
    assert line == "citylinks timeline lyon yokohama"


def test_several_of_another_beginning(shell: Callable[[str], Shell]) -> None:
    """In bash what was typed stays, in zsh they are gone through."""
    it = shell("bash")
    typed = "citylinks timeline 大"
    assert it.typed(f"source {it.script}\n", [f"{typed}\t"]) == [typed]
    request = f"COMP_LINE='{typed}' COMP_POINT={len(typed)} COMP_WORDBREAKS='=:'"
    ask = (
        f'source {it.script}; {request}; _citylinks citylinks; echo "${{COMPREPLY[@]}}"'
    )
    assert it.run("-c", ask) == "dalian osaka ...\n"
    it = shell("zsh")
    [line] = it.typed(f"{ZSH}source {it.script}\n", [f"{typed}\t\t"])
    assert line == "citylinks timeline osaka"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("citylinks ti", ["timeline"]),
        ("citylinks timeline ly", ["lyon"]),
        ("citylinks timeline 横", ["横浜"]),
        ("citylinks lyon yok", ["yokohama"]),
        ("citylinks lyon yokohama 大", ["大连", "大阪"]),
        ("citylinks timeline --theme=s", ["--theme=solar-energy", "--theme=sport"]),
        ("citylinks timeline New\\ Y", ["New York City"]),
        ('citylinks timeline "new y', ["New York City"]),
        ("true; bin/citylinks timeline ly", ["lyon"]),
        ("citylinks validate my", ["my folder/"]),
        ("citylinks list cities --output=my", ["--output=my folder/"]),
        ("citylinks list cities --data=my", ["--data=my folder/"]),
        ("citylinks nothing ly", []),
        ("citylinks timeline --data nowhere ly", []),
    ],
)
def test_fish(line: str, offered: list[str], shell: Callable[[str], Shell]) -> None:
    it = shell("fish")
    request = f"source {it.script}; complete -C {shlex.quote(line)}"
    shown = it.run("--no-config", "-c", request)
    assert [row.split("\t")[0] for row in shown.splitlines()] == offered


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("citylinks ti", ["timeline"]),
        ("citylinks timeline ly", ["lyon"]),
        ("citylinks timeline 横", ["yokohama"]),
        ("citylinks timeline --theme=s", ["--theme=solar-energy", "--theme=sport"]),
        ("citylinks timeline 'new y", ["new-york"]),
        ("citylinks timeline lyon ", ["dalian", "new-york", "osaka", "yokohama"]),
        ("citylinks lyon ", ["dalian", "new-york", "osaka", "yokohama"]),
    ],
)
def test_powershell(
    line: str, offered: list[str], shell: Callable[[str], Shell]
) -> None:
    it = shell("powershell")
    quoted = line.replace("'", "''")
    request = (
        f". {it.script}; (TabExpansion2 -inputScript '{quoted}' -cursorColumn {len(line)})"
        ".CompletionMatches.CompletionText"
    )
    assert it.run("-NoProfile", "-Command", request).split() == offered


# -- Never an error ---------------------------------------------------------------

ODD = [
    "",
    " ",
    "citylinks",
    "citylinks '",
    'citylinks "\\',
    "citylinks -",
    "citylinks --nothing=",
    "citylinks --nothing ",
    "citylinks nothing --theme ",
    "citylinks timeline --theme",
    "citylinks timeline --theme --theme --theme ",
    "citylinks timeline --data /dev/null ly",
    "citylinks timeline --data '' ly",
    "citylinks timeline --data $NOTHING ly",
    "citylinks timeline ((( [[[ *** $( `",
    "citylinks timeline " + "x" * 100_000,
    "citylinks timeline \x1b[2J\x07",
    "citylinks show city/",
    "citylinks show /",
    "citylinks help help help ",
    "citylinks __complete ",
]


@pytest.mark.parametrize("line", ODD, ids=lambda line: line[:40])
def test_odd_lines(line: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "home" / ".cache"))
        patch.setenv("CITYLINKS_DATA", str(folder / "data"))
        for shell in SCRIPTS:
            answer([shell, line])
    assert capfd.readouterr().err == ""


def test_odd_questions(run: Run) -> None:
    for arguments in (
        [],
        ["bash"],
        ["tcsh", "citylinks ti"],
        ["bash", "citylinks", "ti"],
    ):
        done = run("__complete", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout in {
            "",
            "timeline\tShow what happened, in order, in or between cities\n",
        }


def test_an_index_that_is_damaged(
    data: WriteData, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = data(FILES)
    ask = ("__complete", "bash", f"citylinks timeline --data {root} ly")
    assert run(*ask).stdout == "lyon\tLyon, France\n"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    index = maintenance.cache_path([str(root)])
    assert index.is_file()
    whole = index.read_bytes()
    for damaged in (
        b"",
        b"not an index",
        whole[:5000],
        whole[:100] + b"\xff" * (len(whole) - 100),
    ):
        index.write_bytes(damaged)
        done = run(*ask)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert index.read_bytes() == damaged, "a question mends it, a hint does not"


@pytest.mark.skipif(os.name != "posix", reason="HOME is of POSIX")
def test_a_cache_that_cannot_be_written(
    data: WriteData, run: Run, tmp_path: Path
) -> None:
    root = data(FILES)
    (tmp_path / "file").write_text("", encoding="utf-8")
    for home in (str(tmp_path / "file"), "/dev/null"):
        env = {"HOME": home, "XDG_CACHE_HOME": home}
        done = run(
            "__complete", "bash", f"citylinks timeline --data {root} ly", env=env
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert run("__complete", "bash", "citylinks ti", env=env).stdout.startswith(
            "timeline"
        )


def test_records_with_errors(data: WriteData, run: Run) -> None:
    root = data(
        {
            **FILES,
            "cities/$(id).yaml": "name: Lyonnais",
            "cities/broken.yaml": "name: [",
        }
    )
    done = run("__complete", "bash", f"citylinks timeline --data {root} ")
    assert (done.returncode, done.stderr) == (0, "")
    assert [row.split("\t")[0] for row in done.stdout.splitlines()] == [
        "dalian", "lyon", "new-york", "osaka", "yokohama",
    ]  # fmt: skip


def test_records_do_not_steer_the_shell(data: WriteData, run: Run) -> None:
    name = r'"L\e[2J\n\r\ty\u202eon\a$(id)`id`:files"'
    root = data({"cities/lyon.yaml": f"{{name: {name}, names: {{ja: {name}}}}}"})
    for shell in SCRIPTS:
        for typed in ("ly", "L\x1b"):
            done = run("__complete", shell, f"citylinks timeline --data {root} {typed}")
            assert done.stderr == ""
            [row] = done.stdout.splitlines() or [""]
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", row)
            assert row.count("\t") <= 1
            if shell != "fish":
                assert row.split("\t")[0] in {"lyon", ""}


# -- Quick --------------------------------------------------------------------------


def loaded(line: str, home: Path) -> set[str]:
    """Return the modules that a completion has loaded when it ends."""
    code = (
        "import atexit, sys\nfrom citylinks.cli import run\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv[1:] = ['__complete', 'zsh', {line!r}]\nrun()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment(home), "CITYLINKS_DEBUG": "1"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout, line
    return set(done.stderr.split())


HEAVY = {
    "pydantic",
    "yaml",
    "rich",
    "anyascii",
    "citylinks.index.refresh",
    "citylinks.files.loader",
}


def test_what_a_completion_loads(tmp_path: Path, run: Run) -> None:
    run("list", "cities")  # makes the index
    for line in (
        "timeline ly",
        "timeline 横",
        "show ",
        "timeline --theme en",
        "list --data=sh",
    ):
        modules = loaded(f"citylinks {line}", tmp_path / "home")
        assert not (HEAVY | {"typer", "citylinks.knowledge_base"}) & modules, line
    for line in ("list ", "stats --by ", "schema ", "list cities --country j"):
        modules = loaded(f"citylinks {line}", tmp_path / "home")
        assert not (HEAVY | {"typer", "citylinks.knowledge_base"}) & modules, line
    for line in ("", "timeline --th", "index ", "completion "):
        modules = loaded(f"citylinks {line}", tmp_path / "home")
        assert not (HEAVY | {"sqlite3", "citylinks.knowledge_base"}) & modules, line
