"""The same work done by other tools, where they are installed."""

from __future__ import annotations

import shlex
import shutil
from typing import TYPE_CHECKING

from benchmarks.budgets import Bench, Row
from benchmarks.measure import NotReachedError, say
from benchmarks.words import RARE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def recsel(bench: Bench) -> Row:
    """Select the ties of two cities from a file of records."""
    path, (one, other) = _recfile(bench), bench.world.pair
    command = ["recsel", "-e", f"Member = '{one}' && Member = '{other}'", str(path)]
    return _row(
        bench, f"recsel, one selection over {len(bench.world.ties):,} ties", command
    )


def _recfile(bench: Bench) -> Path:
    path = bench.folder / "ties.rec"
    records = (
        f"Id: {tie.id}\nKind: {tie.kind}\nStart: {tie.year}\n"
        + "".join(f"Member: {member}\n" for member in tie.members)
        for tie in bench.world.ties
    )
    path.write_text("\n".join(records), encoding="utf-8")
    return path


def ripgrep(bench: Bench) -> Row:
    """Look for a rare word in the bulk form."""
    return _row(bench, "rg, rare word, bulk", ["rg", "-li", RARE, str(bench.bulk)])


def ripgrep_pair(bench: Bench) -> Row:
    """List the records of two cities with one record a file."""
    one, other = bench.world.pair
    folder = shlex.quote(str(bench.single))
    command = f"rg -lw0 {one} {folder} | xargs -0 rg -lw {other}"
    return _row(
        bench, "rg, files of two cities, one record a file", ["sh", "-c", command]
    )


def sqlite_utils(bench: Bench) -> Row:
    """Fetch one indexed row from the index of the world."""
    _ = bench.cold_bulk
    folder = bench.folder / "cache" / "citylinks"
    index = max(folder.glob("index-*.sqlite"), key=lambda path: path.stat().st_size)
    sql = f"SELECT * FROM record WHERE type = 'city' AND id = '{bench.world.pair[0]}'"
    return _row(
        bench,
        "sqlite-utils, one indexed row",
        ["sqlite-utils", "query", str(index), sql],
    )


OTHERS: tuple[tuple[str, Callable[[Bench], Row]], ...] = (
    ("recsel", recsel),
    ("rg", ripgrep),
    ("rg", ripgrep_pair),
    ("sqlite-utils", sqlite_utils),
)


def compared(bench: Bench) -> Iterator[Row]:
    """Yield what other tools cost, each held against an empty command."""
    say(f"other tools at scale {bench.scale:g}")
    for tool, work in OTHERS:
        yield _compared(bench, tool, work)


def _compared(bench: Bench, tool: str, work: Callable[[Bench], Row]) -> Row:
    if shutil.which(tool) is None:
        return Row("–", tool, None, "not installed")
    try:
        return work(bench)
    except NotReachedError as reason:
        return Row("–", f"{reason}", None, "not reached")


def _row(bench: Bench, what: str, command: list[str]) -> Row:
    runs = max(2, bench.runs // 3)
    empty, cost = bench.runner.least(runs, bench.empty, command)
    yardstick = f"empty {empty.cpu * 1000:.0f} ms"
    return Row("–", what, cost.cpu * 1000, "ms", yardstick, cost.cpu / empty.cpu)
