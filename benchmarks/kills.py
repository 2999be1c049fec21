"""Kill commands at any moment, and see that the next start answers rightly.

`python -m benchmarks.kills` does a hundred rounds. Each changes the data, starts one
command or two on the same index, a cold one at times, ends them by SIGKILL or SIGINT at
a random moment of their work, and holds the next answers against those that are made
without any index.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.world import World, write_bulk, write_single
from citylinks import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUESTION = ("timeline", "--json")
SCALE = 0.002
GRACE = (
    600.0  # seconds for a command that was ended, and for all that it began, to be gone
)


class Outcome(NamedTuple):
    """What came of one round; `wrong` says how the next start failed, if it did."""

    edit: str
    commands: tuple[str, ...]
    is_cold: bool
    ended: tuple[int | None, ...]
    wrong: str | None


# -- Changes to the data ------------------------------------------------------


def add(data: Path, random: Random) -> None:
    """Add an event of a year that is its own."""
    year, number = random.randint(1900, 2020), random.randrange(10**6)
    text = f"title: Added {number}\ndate: {year}\nkind: visit\nsources: [page-1]\n"
    (data / f"events/added-{number}.yaml").write_text(text, encoding="utf-8")


def change(data: Path, random: Random) -> None:
    """Give another name to a city."""
    path = random.choice(_files(data, "cities"))
    lines = path.read_text(encoding="utf-8").split("\n")
    named = [number for number, line in enumerate(lines) if line.startswith("name: ")]
    if named:
        lines[random.choice(named)] = f"name: Renamed {random.randrange(10**6)}"
    path.write_text("\n".join(lines), encoding="utf-8")


def change_unseen(data: Path, random: Random) -> None:
    """Change one letter, and set the time of the file back."""
    path = random.choice(_files(data, "events"))
    status, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("title: ", "title: X", 1).rstrip("\n"), encoding="utf-8"
    )
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def remove(data: Path, random: Random) -> None:
    """Remove a file."""
    found = _files(data, "events")
    if len(found) > 1:
        random.choice(found).unlink()


def rename(data: Path, random: Random) -> None:
    """Give another name to a file."""
    path = random.choice(_files(data, "partnerships"))
    path.rename(path.with_name(f"renamed-{random.randrange(10**6)}.yaml"))


def swap(data: Path, random: Random) -> None:
    """Let two files change places."""
    first, second = random.choices(_files(data, "cities"), k=2)
    aside = data / "aside"
    first.rename(aside)
    if second.exists():
        second.rename(first)
    aside.rename(second)


def double(data: Path, random: Random) -> None:
    """Give the ids of a file a second time, or no longer."""
    second = data / "cities/zz-again.yaml"
    if second.exists():
        second.unlink()
    else:
        first = random.choice(_files(data, "cities"))
        body = first.read_text(encoding="utf-8").removeprefix("---\n")
        given = "" if body.startswith("id: ") else f"id: {first.stem}\n"
        second.write_text(f"---\n{given}{body}", encoding="utf-8")


def spoil(data: Path, random: Random) -> None:
    """Break a file, or mend it."""
    path = data / "cities/zz-broken.yaml"
    path.write_text(random.choice(("name: [", "name: Whole\n")), encoding="utf-8")


def vocabulary(data: Path, random: Random) -> None:
    """Give another label to a theme."""
    path = data / "themes.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    labels = [
        number for number, line in enumerate(lines) if line.startswith("  label: ")
    ]
    lines[random.choice(labels)] = f"  label: Theme {random.randrange(10**6)}"
    path.write_text("\n".join(lines), encoding="utf-8")


EDITS: tuple[Callable[[Path, Random], None], ...] = (
    add, change, change_unseen, remove, rename, swap, double, spoil, vocabulary,
)  # fmt: skip
OTHERS: tuple[tuple[str, ...], ...] = (
    QUESTION,
    QUESTION,
    ("index", "rebuild"),
    ("index", "clear"),
)


def _files(data: Path, folder: str) -> list[Path]:
    return sorted((data / folder).glob("*.yaml"))


# -- Rounds -------------------------------------------------------------------


class Kills:
    """A world with an index of its own, in a folder that may be thrown away."""

    def __init__(
        self,
        folder: Path,
        random: Random,
        scale: float = SCALE,
        *,
        is_bulk: bool = False,
    ) -> None:
        self.data = folder / "data"
        self.cache = folder / "cache"
        self.random = random
        write = write_bulk if is_bulk else write_single
        write(World(scale), self.data)
        self._cold = self._timed()
        add(self.data, random)
        self._warm = self._timed()

    def round(self) -> Outcome:
        """Change something, start, kill, start again."""
        random = self.random
        edit = random.choice(EDITS)
        edit(self.data, random)
        is_cold = random.random() < 0.4
        if is_cold:
            shutil.rmtree(self.cache, ignore_errors=True)
        commands = [QUESTION, random.choice(OTHERS)][: random.randint(1, 2)]
        running = [self._start(command) for command in commands]
        for process in running:
            self._strike(process, self._cold if is_cold else self._warm)
        ended = tuple(_end_of(process) for process in running)
        wrong = "it did not end, or not all of it" if None in ended else self.wrong()
        names = tuple(" ".join(command) for command in commands)
        return Outcome(edit.__name__, names, is_cold, ended, wrong)

    def wrong(self) -> str | None:
        """Return the first answer of the index that differs from that of the files."""
        kept, made = self._answers(self.cache), self._answers(Path(os.devnull))
        return next(
            (name for name, answer in made.items() if kept[name] != answer), None
        )

    def _answers(self, cache: Path) -> dict[str, object]:
        """Ask everything; under a cache directory that cannot be, the files are asked."""
        os.environ["XDG_CACHE_HOME"] = str(cache)
        with KnowledgeBase.open(self.data) as kb:
            return {
                "timeline": kb.timeline(),
                "cities": kb.list("cities"),
                "partnerships": kb.list("partnerships"),
                "search": kb.search("renamed OR added visit"),
                "stats": kb.stats("theme"),
                "files left out": kb.files_left_out,
            }

    def _timed(self) -> float:
        begun = time.monotonic()
        self._start(QUESTION).communicate()
        return time.monotonic() - begun

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "citylinks", *command, "--data", str(self.data)],
            env={**os.environ, "XDG_CACHE_HOME": str(self.cache)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _strike(self, process: subprocess.Popen[bytes], longest: float) -> None:
        """End a command at some moment: itself, or with all its processes."""
        time.sleep(self.random.uniform(0, longest))
        if self.random.random() < 0.7:
            process.kill()
        elif process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)


def _end_of(process: subprocess.Popen[bytes]) -> int | None:
    """Return the exit code of a command; none where some of it goes on."""
    try:
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    return process.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the rounds and say what came of them; 1 where an answer was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.kills", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=100, help="how many (100)")
    parser.add_argument(
        "--scale", type=float, default=SCALE, help=f"size of the world ({SCALE})"
    )
    parser.add_argument("--bulk", action="store_true", help="many records a file")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random (1)")
    asked = parser.parse_args(arguments)
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # so that the world is removed
    bad = 0
    with tempfile.TemporaryDirectory(prefix="citylinks-kills-") as folder:
        kills = Kills(Path(folder), Random(asked.seed), asked.scale, is_bulk=asked.bulk)
        for number in range(asked.rounds):
            outcome = kills.round()
            bad += outcome.wrong is not None
            how = "cold" if outcome.is_cold else "warm"
            print(
                f"{number + 1}: {outcome.edit}; {how} {' and '.join(outcome.commands)}"
                f" ended {outcome.ended}: {outcome.wrong or 'right'}",
                flush=True,
            )
    print(f"{asked.rounds} rounds, {bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
