"""What tests import: where the project is, how a command is run, how data is made and
opened, and how what is printed is read.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from unittest import mock

import pytest
from hypothesis import settings

from citylinks import KnowledgeBase, questions
from citylinks.cli.app import main
from citylinks.cli.parameters import command_fields, command_module
from citylinks.exporters import AnswerKind, format_names
from citylinks.index.database import open_in_memory
from citylinks.index.store import Store
from citylinks.index.writing import fill_index

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citylinks.files.loader import Dataset

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-22"
HANG = 600  # seconds; nothing takes nearly as long, but a machine may be busy

# Besides what any program needs: what `faketime` sets, so that one clock is that of all
# processes.
KEPT = re.compile(r"PATH|SYSTEMROOT|LD_PRELOAD|NO_FAKE_STAT|FAKETIME.*")

# For a program that starts with a closed stream: there, libfaketime opens the memory that all
# its processes share, and what the program prints would be written over the clock of them all.
WITHOUT_FAKETIME = {"LD_PRELOAD": ""}


def examples(most: int) -> settings:
    """Return the settings of a property that is tried with at most so many examples.

    A profile of `conftest.py` has a percentage of them, its own `max_examples`.
    """
    share = settings().max_examples / 100
    return settings(max_examples=max(1, round(most * share)))


def cpu_of_children() -> float:
    """Return the seconds of CPU time that ended child processes took: no wait counts."""
    times = os.times()
    return times.children_user + times.children_system


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without the user's own: no home, no locale, a fixed day."""
    kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
    return {
        **kept,
        "HOME": str(home),
        "CITYLINKS_TODAY": TODAY,
        "COLUMNS": "80",
        **more,
    }


# What is printed does not depend on what was read before, which spares a build for each
# command; but for what `index` says of the index itself.
CACHE = tempfile.TemporaryDirectory(prefix="citylinks-tests-")


class Printed(NamedTuple):
    """What a command printed, and the code with which it ended."""

    out: str
    err: str
    code: int


class Watched(io.TextIOWrapper):
    """Standard output as a terminal."""

    def isatty(self) -> bool:
        return True


def run_line(command: str) -> Printed:
    """Run one command line in this process, on the day of the tests, in the project.

    `TERMINAL=80` before the command prints to a terminal of 80 columns without colours.
    """
    words = shlex.split(command)
    start = words.index("citylinks")
    variables = dict(word.split("=", 1) for word in words[:start])
    stream: type[io.TextIOWrapper] = io.TextIOWrapper
    err: io.StringIO = io.StringIO()
    if "TERMINAL" in variables:
        columns = variables.pop("TERMINAL")
        without = {"COLUMNS": columns, "NO_COLOR": "1", "CITYLINKS_PAGER": ""}
        variables = {**without, **variables}
        stream, err = Watched, Terminal()
    out = stream(io.BytesIO(), encoding="utf-8")
    base = {"CITYLINKS_TODAY": TODAY, "COLUMNS": "80", "TERM": "xterm"}
    with (
        tempfile.TemporaryDirectory() as cache,
        mock.patch.dict(
            base, {"XDG_CACHE_HOME": cache if "index" in words else CACHE.name}
        ),
        mock.patch.dict(os.environ, {**base, **variables}, clear=True),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(words[start + 1 :])
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    printed = out.buffer.getvalue().decode().replace("\r\n", "\n")
    return Printed(printed, err.getvalue(), code)


def call(command: str) -> str:
    """Run one command line in this process and return what it prints, as a block has
    it.
    """
    printed, err, code = run_line(command)
    printed += "".join(f"! {line}\n" for line in err.splitlines())
    if code:
        printed += f"? {code}\n"
    return printed


# -- Commands -----------------------------------------------------------------


class Example(NamedTuple):
    """A question on the data set of the tests, and the schema of its answer.

    `answers` is the kind of its answer, where the command has several.
    """

    line: str
    schema: str
    answers: AnswerKind | None = None

    @property
    def command(self) -> str:
        return self.line.split()[0]

    def words(self) -> list[str]:
        """Return the line as words, with the data set where the command reads one."""
        words = shlex.split(self.line)
        names = {field.name for field in command_fields(command_module(self.command))}
        if "data" in names:
            words += ["--data", str(ROOT / "tests" / "data")]
        return words

    def formats(self) -> list[str]:
        """Return the formats of the answer, the one for people first."""
        return format_names(self.answers or answer_kind(self.command) or "list")


# Every command that answers a question: the formats, the schemas and what is said of
# unknown names are tried with these. A new command has its line here, and no other.
EXAMPLES: tuple[Example, ...] = (
    Example("timeline", "timeline"),
    Example("timeline maravel kazehama --by theme", "timeline"),
    Example("show maravel", "show"),
    Example("show kazehama-maravel", "show"),
    Example("show 1860-lantern-makers", "show"),
    Example("show energy", "show"),
    Example("show UWA", "show"),
    Example("show tie-register", "show"),
    Example("search silk", "search"),
    Example("list partnerships", "partnerships"),
    Example("list cities", "cities"),
    Example("list agreements", "agreements"),
    Example("list events", "events"),
    Example("list themes", "themes"),
    Example("list organizations", "organizations"),
    Example("list sources", "sources"),
    Example("stats", "stats"),
    Example("stats growth", "growth"),
    Example("path obrava nahr-al-nur --all", "path"),
    Example("common kazehama maravel", "common"),
    Example("anniversaries", "anniversaries"),
    Example("expiring --within 2y", "expiring"),
    Example("evidence", "evidence"),
    Example("evidence conflicts", "evidence-conflicts"),
    Example("evidence sources", "evidence-sources"),
    Example("evidence gaps", "evidence-gaps"),
    Example("evidence kazehama-maravel", "evidence-record"),
    Example("validate", "validate"),
    Example("validate --statistics", "validate-statistics", "list"),
    Example("explain", "explain"),
    Example("version", "version"),
)


def answer_kind(command: str) -> AnswerKind | None:
    """Return the kind of answer of a command by its option `--format`, if it has one."""
    for field in command_fields(command_module(command)):
        if field.name == "format" and field.option:
            return cast("AnswerKind", field.option.completes.removesuffix(" format"))
    return None


def example_of(command: str) -> Example:
    """Return the first example of a command; say what to do where there is none."""
    for example in EXAMPLES:
        if example.command == command:
            return example
    pytest.fail(f"'{command}' has no example: give it a line in EXAMPLES of support.py")


def question_classes(suffix: str) -> dict[str, Any]:
    """Return the classes of questions whose names end so, by the rest of the name."""
    classes = {}
    for module in pkgutil.iter_modules(questions.__path__):
        home = import_module(f"{questions.__name__}.{module.name}")
        for name, value in vars(home).items():
            if name.endswith(suffix) and value.__module__ == home.__name__:
                classes[name.removesuffix(suffix)] = value
    return classes


# A home of nobody, which goes when the tests have run.
HOME = tempfile.TemporaryDirectory(prefix="citylinks-home-")


def run_in_bash(
    command: str, cwd: Path = ROOT, /, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a line of bash; `$citylinks` in it is the program."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    program = f"{shlex.quote(sys.executable)} -m citylinks"
    return subprocess.run(
        [bash, "-c", command.replace("$citylinks", program)],
        cwd=cwd,
        env=environment(Path(HOME.name), **env),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANG,
        check=False,
    )


# -- What is printed ----------------------------------------------------------

BOXES = re.compile("[\u2500-\u257f]")


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def only_message(text: str) -> str:
    """Return the only line of standard error, without the name of the program."""
    assert "Traceback" not in text
    assert text.startswith("citylinks: "), text
    assert text.endswith("\n"), text
    assert len(text.splitlines()) == 1, text
    assert not BOXES.search(text), text
    return text.removeprefix("citylinks: ").removesuffix("\n")


def read_report(path: str | Path) -> list[dict[str, Any]]:
    """Return the rows of a report, or of any other table in CSV or JSON Lines."""
    text = Path(path).read_text(encoding="utf-8")
    if str(path).endswith(".jsonl"):
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(text.splitlines()))


# -- Data ---------------------------------------------------------------------


def write_data(root: Path, files: Mapping[str, str]) -> Path:
    """Write a data directory, path within it -> text, and return it."""
    for folder in ("cities", "partnerships", "events"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def drop_empty(**fields: Any) -> dict[str, Any]:
    """Return the fields that have a value; a name may end in `_`, as `from_`."""
    return {
        name.rstrip("_"): value
        for name, value in fields.items()
        if value not in (None, [], {}, "")
    }


def open_dataset(dataset: Dataset) -> KnowledgeBase:
    """Open records that were made in memory, on the day of the tests."""
    index = open_in_memory(TODAY)
    fill_index(index, dataset)
    return KnowledgeBase(Store(index))


def list_problems(directory: str | Path, ignore: Sequence[str] = ()) -> list[str]:
    """Return the code and the message of each problem of a data directory."""
    with KnowledgeBase.open(directory) as kb:
        problems = kb.validate(ignore=list(ignore)).results
    return [f"{problem.code} {problem.message}" for problem in problems]
