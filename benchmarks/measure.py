"""Commands measured: CPU time of all their processes, wall time, memory at the peak."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PAUSE = 0.25  # seconds between two looks at the memory
MEGABYTE = 1024 * 1024
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes


class Cost(NamedTuple):
    """What a command cost, in seconds and bytes, and what it printed."""

    cpu: float
    wall: float
    peak: int
    output: bytes = b""


class NotReachedError(Exception):
    """A command failed, or took longer than it was given."""


class Runner:
    """Runs commands in one folder, each for at most `patience` seconds."""

    def __init__(self, folder: Path, patience: float) -> None:
        self.folder = folder
        self.patience = patience
        kept = {
            name: os.environ[name]
            for name in ("PATH", "SYSTEMROOT")
            if name in os.environ
        }
        self.environment = {
            **kept,
            "HOME": str(folder / "home"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LC_ALL": "C.UTF-8",
        }

    def run(
        self, command: Sequence[str], changed: Mapping[str, str] | None = None
    ) -> Cost:
        """Run a command to its end, in an environment with the changed variables."""
        with (
            Path(self.folder / "out").open("w+b") as out,
            Path(os.devnull).open("rb") as nothing,
        ):
            begun = time.perf_counter()
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**self.environment, **(changed or {})},
                stdin=nothing,
                stdout=out,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            timer = threading.Timer(self.patience, _kill, (process.pid,))
            timer.start()
            try:
                _, status, used = os.wait4(process.pid, 0)
            except BaseException:
                _kill(process.pid)
                raise
            finally:
                timer.cancel()
            wall = time.perf_counter() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise NotReachedError(
                    f"{' '.join(command[:4])} ended with {process.returncode}"
                )
            out.seek(0)
            peak = used.ru_maxrss * MAXRSS_UNIT
            return Cost(used.ru_utime + used.ru_stime, wall, peak, out.read(MEGABYTE))

    def run_watched(self, command: Sequence[str]) -> Cost:
        """Run a command and measure all its processes, where /proc tells."""
        with _Watch() as watch:
            cost = self.run(command)
        return cost._replace(peak=max(cost.peak, watch.peak))

    def least(self, runs: int, *commands: Sequence[str]) -> list[Cost]:
        """Return the least cost of each command; they take turns."""
        found: list[list[Cost]] = [[] for _ in commands]
        for _ in range(runs):
            for costs, command in zip(found, commands, strict=True):
                costs.append(self.run(command))
        return [min(costs, key=lambda cost: cost.cpu) for costs in found]


def _kill(leader: int) -> None:
    """End a command and all that it began."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


class _Watch:
    """Adds up, again and again, the memory of all processes that this one began."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(PAUSE):
            own = descendants(os.getpid())
            self.peak = max(self.peak, sum(map(shared_out, own)))


def descendants(pid: int) -> list[int]:
    """Return the processes that a process began, and those that they began."""
    try:
        text = "".join(
            path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")
        )
    except OSError:
        return []
    children = [int(word) for word in text.split()]
    return [*children, *(below for child in children for below in descendants(child))]


def shared_out(pid: int) -> int:
    """Return the bytes of a process, of those it shares with others only its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def cpu_of(work: Callable[[], object], runs: int) -> float:
    """Return the least seconds of CPU that some work takes in this process."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def walk(folders: Sequence[str]) -> int:
    """List folders and stat what stands in them, as barely as Python can."""
    count = 0
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                entry.stat()
                count += 1
    return count


def script(folder: Path, name: str, text: str) -> list[str]:
    """Write a Python script and return the command that runs it."""
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return [sys.executable, str(path)]


def program() -> list[str]:
    """Return the script of this environment, else the module, as a command."""
    found = Path(sys.executable).with_name("citylinks")
    return [str(found)] if found.exists() else [sys.executable, "-m", "citylinks"]


def say(text: str) -> None:
    """Tell how far it is, beside the table."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
