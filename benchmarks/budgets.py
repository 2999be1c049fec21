"""The budgets of the design, each a function that measures one and returns its rows."""

from __future__ import annotations

import os
import shutil
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import citylinks
from benchmarks.measure import (
    MAXRSS_UNIT,
    MEGABYTE,
    Cost,
    NotReachedError,
    Runner,
    cpu_of,
    program,
    say,
    script,
    walk,
)
from benchmarks.words import COMMON, RARE
from benchmarks.world import EVENTS_A_FILE, World, write_bulk, write_single
from citylinks.files.paths import shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

EMPTY = """\
import typer

app = typer.Typer(
    rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
)


@app.command()
def nothing() -> None:
    pass


app()
"""
COMPOSE = """\
import sys
from pathlib import Path

import yaml

for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    for _ in yaml.compose_all(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        pass
"""
CHECK_FILE = """\
import gc
import os
import sys

gc.set_threshold(200_000)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
from citylinks.files.listing import file_at
from citylinks.files.loader import Dataset, load_file

data, folder, name = sys.argv[1:]
dataset = Dataset((data,))
load_file(dataset, file_at(data, folder, name))
assert dataset.records["event"] and not dataset.problems
"""
# The most memory that a command has; what a process had before it became the command
# counts too, so that the process must be small.
PEAK = """\
import resource
import subprocess
import sys

subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
SETTLED = 2.2  # seconds after which a change shows in the stamp of its file


class Row(NamedTuple):
    """One line of the table: a value held against its yardstick and its bound."""

    budget: str
    what: str
    value: float | None
    unit: str
    yardstick: str = ""
    ratio: float | None = None
    allowed: float | None = None

    @property
    def measured(self) -> str:
        """The value with its unit."""
        if self.value is None:
            return self.unit
        return f"{self.value:.{1 if self.unit == 's' else 0}f} {self.unit}"

    @property
    def is_met(self) -> str:
        """Whether the ratio is within what is allowed."""
        if self.ratio is None or self.allowed is None:
            return ""
        return "yes" if self.ratio <= self.allowed else "no"


class Bench:
    """The worlds in both forms, their indexes, and how often each thing is measured."""

    def __init__(self, folder: Path, scale: float, runs: int, patience: float) -> None:
        self.folder = folder
        self.scale = scale
        self.runs = runs
        self.runner = Runner(folder, patience)
        self.runner.environment["PYTHONPATH"] = str(_frozen(folder / "program"))
        self.program = program()
        self.empty = script(folder, "empty", EMPTY)
        self.cores = os.cpu_count() or 1
        self._given_up: set[Path] = set()

    @cached_property
    def world(self) -> World:
        """The generated records."""
        return World(self.scale)

    @cached_property
    def bulk(self) -> Path:
        """The folder of the world in bulk form."""
        return self._written("bulk", write_bulk)

    @cached_property
    def single(self) -> Path:
        """The folder of the world in the form of one record a file."""
        return self._written("single", write_single)

    def _written(self, form: str, write: Callable[[World, Path], int]) -> Path:
        path = self.folder / form
        if not path.exists():
            say(f"writing the world at scale {self.scale:g}, {form} form")
            write(self.world, path)
            time.sleep(SETTLED)
        return path

    @property
    def size(self) -> float:
        """The megabytes of the bulk form, 0 where it was not written."""
        return (
            sum(path.stat().st_size for path in (self.folder / "bulk").rglob("*.yaml"))
            / 1e6
        )

    def timeline(self, data: Path | None = None) -> list[str]:
        """Return the command of a timeline of two cities as JSON."""
        pair = self.world.pair if data else ("lyon", "yokohama")
        chosen = ["--data", str(data)] if data else ["--data", "shipped"]
        return [*self.program, "timeline", *pair, "--format", "json", *chosen]

    def search(self, word: str) -> list[str]:
        """Return the command of a search in bulk form."""
        return [
            *self.program,
            "search",
            word,
            "--format",
            "json",
            "--data",
            str(self.bulk),
        ]

    @cached_property
    def cold_bulk(self) -> Cost:
        """What the first answer in bulk form cost; it leaves the index for the others."""
        return self._first(self.bulk)

    @cached_property
    def cold_single(self) -> Cost:
        """What the first answer with one record a file cost."""
        return self._first(self.single)

    def _first(self, data: Path) -> Cost:
        """Build an index; what took too long once is not tried again."""
        if data in self._given_up:
            raise NotReachedError(f"no first answer, {data.name} form")
        say(f"first answer, {data.name} form")
        self._given_up.add(data)
        cost = self.runner.run_watched(self.timeline(data))
        self._given_up.remove(data)
        return cost

    @cached_property
    def compose(self) -> Cost:
        """What it costs to compose the bulk form with libyaml, in one process."""
        say("composing")
        return self.runner.run(
            [*script(self.folder, "compose", COMPOSE), str(self.bulk)]
        )


def _frozen(folder: Path) -> Path:
    """Copy the program and its data, so that nobody changes what is measured."""
    package = Path(citylinks.__file__).parent
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(package, folder / "src" / "citylinks")
    shipped = shipped_data()
    shutil.copytree(shipped, folder / "data", dirs_exist_ok=True)
    time.sleep(SETTLED)
    return folder / "src"


# -- Warm -----------------------------------------------------------------


def w1(bench: Bench) -> list[Row]:
    """Measure a warm timeline of the shipped data."""
    bench.runner.run(bench.timeline())
    return [
        _against_empty(
            bench, "W1", "warm timeline, shipped data", bench.timeline(), 1.3
        )
    ]


def w2(bench: Bench) -> list[Row]:
    """Measure a warm timeline of the world in bulk form."""
    _ = bench.cold_bulk
    return [
        _against_empty(
            bench, "W2", "warm timeline, bulk", bench.timeline(bench.bulk), 1.35
        )
    ]


def w3(bench: Bench) -> list[Row]:
    """Measure a warm timeline of the world with one record a file."""
    _ = bench.cold_bulk, bench.cold_single
    folders = [
        str(bench.single),
        *(str(path) for path in bench.single.iterdir() if path.is_dir()),
    ]
    commands = bench.timeline(bench.bulk), bench.timeline(bench.single)
    found = [
        (
            *(cost.cpu for cost in bench.runner.least(1, *commands)),
            cpu_of(lambda: walk(folders), 1),
        )
        for _ in range(bench.runs)
    ]
    bulk, single, bare = map(min, zip(*found, strict=True))
    yardstick, ratio = (
        f"W2 {_ms(bulk)} + bare walk {_ms(bare)} × ratio",
        (single - bulk) / bare,
    )
    what = "warm timeline, one record a file"
    return [Row("W3", what, single * 1000, "ms", yardstick, ratio, 1.25)]


def w4(bench: Bench) -> list[Row]:
    """Measure warm searches."""
    _ = bench.cold_bulk
    words = {
        "rare": RARE,
        "common": COMMON,
        "two-character": bench.world.two_characters,
    }
    return [
        _against_empty(bench, "W4", f"search, {kind} word", bench.search(word), 1.5)
        for kind, word in words.items()
    ]


def w5(bench: Bench) -> Iterator[Row]:
    """Measure the first answer after a file was edited, in both forms."""
    _ = bench.cold_bulk
    yield _edited(bench, bench.bulk, EVENTS_A_FILE, "bulk")
    _ = bench.cold_single
    yield _edited(bench, bench.single, 1, "one record a file")


def _edited(bench: Bench, data: Path, records: int, form: str) -> Row:
    path = max((data / "events").iterdir())
    check = [*script(bench.folder, "check_file", CHECK_FILE), str(data)]
    check += [str(path.parent), path.name]
    original, found = path.read_bytes(), []
    for number in range(max(2, bench.runs // 2)):
        path.write_bytes(original + f"# edited {number}\n".encode())
        time.sleep(SETTLED)
        once = bench.runner.run(bench.timeline(data))
        found.append((once, *bench.runner.least(1, bench.timeline(data), check)))
    path.write_bytes(original)
    edited, warm, checked = (
        min(cost.cpu for cost in costs) for costs in zip(*found, strict=True)
    )
    allowed = warm + checked + 0.02 + 0.0002 * records
    yardstick = f"{_ms(allowed)} (W2 or W3 {_ms(warm)}, the file alone {_ms(checked)})"
    what = f"after an edit of a file of {records}, {form}"
    return Row("W5", what, edited * 1000, "ms", yardstick, edited / allowed, 1.0)


# -- Cold -----------------------------------------------------------------


def c1(bench: Bench) -> list[Row]:
    """Measure the first answer on the world."""
    cost, compose = bench.cold_bulk, bench.compose
    share = compose.wall / bench.cores
    yardstick = f"compose {_s(compose.wall)} ÷ {bench.cores} cores"
    both = cost.cpu / compose.cpu
    return [
        Row(
            "C1",
            "first answer, bulk, wall",
            cost.wall,
            "s",
            yardstick,
            cost.wall / share,
            2.0,
        ),
        Row(
            "C1",
            "the same, CPU",
            cost.cpu,
            "s",
            f"compose {_s(compose.cpu)}",
            both,
            2.0,
        ),
    ]


def c2(bench: Bench) -> list[Row]:
    """Measure the first answer on the shipped data."""
    found = []
    for number in range(bench.runs):
        (empty,) = bench.runner.least(1, bench.empty)
        cache = str(bench.folder / f"cold-{number}")
        found.append(
            (
                empty.cpu,
                bench.runner.run(bench.timeline(), {"XDG_CACHE_HOME": cache}).cpu,
            )
        )
    empty_cpu, cold = (min(costs) for costs in zip(*found, strict=True))
    yardstick, ratio = _empty(empty_cpu), cold / empty_cpu
    return [
        Row(
            "C2", "first answer, shipped data", cold * 1000, "ms", yardstick, ratio, 4.0
        )
    ]


def v1(bench: Bench) -> list[Row]:
    """Measure validation, with nothing kept and with everything kept."""
    first, command = (
        bench.cold_bulk,
        [*bench.program, "validate", "--data", str(bench.bulk)],
    )
    cache = {"XDG_CACHE_HOME": str(bench.folder / "no-cache")}
    cold = bench.runner.run(command, cache)
    warm = bench.runner.run(command, cache)
    (question,) = bench.runner.least(bench.runs, bench.timeline(bench.bulk))
    again, by_first = warm.cpu / question.cpu, cold.wall / first.wall
    return [
        Row(
            "V1",
            "validate, cold, wall",
            cold.wall,
            "s",
            f"C1 {_s(first.wall)}",
            by_first,
            2.0,
        ),
        Row(
            "V1",
            "validate, warm",
            warm.cpu * 1000,
            "ms",
            f"W2 {_ms(question.cpu)}",
            again,
            3.0,
        ),
    ]


def m1(bench: Bench) -> list[Row]:
    """Measure memory at its peak."""
    build = bench.cold_bulk.peak / MEGABYTE
    asked = [*script(bench.folder, "peak", PEAK), *bench.timeline(bench.bulk)]
    warm = int(bench.runner.run(asked).output) * MAXRSS_UNIT / MEGABYTE
    return [
        Row("M1", "memory of a warm question", warm, "MB", "50 MB", warm / 50, 1.0),
        Row(
            "M1",
            "memory of a build, all processes",
            build,
            "MB",
            "300 MB",
            build / 300,
            1.0,
        ),
    ]


def h1(bench: Bench) -> list[Row]:
    """Measure help, version and a completion."""
    asked = {
        "--help": ["--help"],
        "--version": ["--version"],
        "completion: command": ["__complete", "bash", "citylinks tim"],
        "completion: option": ["__complete", "bash", "citylinks timeline --th"],
        "completion: city": ["__complete", "bash", "citylinks timeline yok"],
    }
    return [
        _against_empty(bench, "H1", name, [*bench.program, *arguments], 1.5)
        for name, arguments in asked.items()
    ]


BUDGETS: dict[str, Callable[[Bench], Iterable[Row]]] = {
    "W1": w1,
    "W2": w2,
    "W3": w3,
    "W4": w4,
    "W5": w5,
    "C1": c1,
    "C2": c2,
    "V1": v1,
    "M1": m1,
    "H1": h1,
}


def measured(bench: Bench, names: list[str]) -> Iterator[Row]:
    """Yield the rows of the budgets of these names; what cannot be reached says so."""
    for name in names:
        yield from _rows(bench, name)


def _rows(bench: Bench, name: str) -> Iterator[Row]:
    say(f"{name} at scale {bench.scale:g}")
    try:
        yield from BUDGETS[name](bench)
    except NotReachedError as reason:
        yield Row(name, f"{reason}", None, "not reached")


def _against_empty(
    bench: Bench, budget: str, what: str, command: list[str], allowed: float
) -> Row:
    empty, cost = bench.runner.least(bench.runs, bench.empty, command)
    ratio = cost.cpu / empty.cpu
    return Row(budget, what, cost.cpu * 1000, "ms", _empty(empty.cpu), ratio, allowed)


def _empty(seconds: float) -> str:
    return f"empty {_ms(seconds)}"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _s(seconds: float) -> str:
    return f"{seconds:.1f} s"
