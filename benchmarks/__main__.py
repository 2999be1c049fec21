"""Print the table of budgets: `python -m benchmarks --scale 0.1 --only W1,W4`."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
from itertools import chain
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.budgets import BUDGETS, Bench, Row, measured
from benchmarks.others import compared

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and print it as Markdown."""
    asked = _parser().parse_args(arguments)
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # so that the world is removed
    names = [name for name in asked.only.split(",") if name] or list(BUDGETS)
    unknown = sorted(set(names) - BUDGETS.keys())
    if unknown:
        sys.stderr.write(
            f"no budget {', '.join(unknown)}; there are {', '.join(BUDGETS)}\n"
        )
        return 2
    scale = asked.scale / 10 if asked.tenth else asked.scale
    scales = [scale / 10, scale, scale * 10] if asked.growth else [scale]
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores,"
    )
    print(
        f"{platform.system()} {platform.machine()}; the least of {asked.runs} runs.\n"
    )
    tables = [_measure(asked, names, one) for one in scales]
    if asked.growth:
        _print_growth(scales, tables)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--scale", type=float, default=1.0, help="size of the world (1)"
    )
    parser.add_argument("--tenth", action="store_true", help="a tenth of that")
    parser.add_argument(
        "--growth", action="store_true", help="also a tenth and ten times"
    )
    parser.add_argument(
        "--only", default="", metavar="W1,W4", help="only these budgets"
    )
    parser.add_argument(
        "--runs", type=int, default=10, help="take the least of so many (10)"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the world, or use it again"
    )
    parser.add_argument(
        "--no-others", action="store_true", help="leave out other tools"
    )
    parser.add_argument(
        "--patience", type=float, default=3600, help="seconds for one command"
    )
    return parser


def _measure(asked: argparse.Namespace, names: list[str], scale: float) -> list[Row]:
    """Measure one scale in its own folder and print its table."""
    if asked.keep:
        return _measure_in(asked.keep.absolute() / f"{scale:g}", asked, names, scale)
    with tempfile.TemporaryDirectory(prefix="citylinks-world-") as folder:
        return _measure_in(Path(folder), asked, names, scale)


def _measure_in(
    folder: Path, asked: argparse.Namespace, names: list[str], scale: float
) -> list[Row]:
    folder.mkdir(parents=True, exist_ok=True)
    for old in ("cache", "no-cache", *(path.name for path in folder.glob("cold-*"))):
        shutil.rmtree(folder / old, ignore_errors=True)
    bench = Bench(folder, scale, asked.runs, asked.patience)
    print(
        f"World at scale {bench.scale:g}: {len(bench.world.places):,} cities,"
        f" {len(bench.world.ties):,} partnerships, {bench.world.event_count:,} events.\n"
    )
    print("| | what | measured | held against | ratio | budget | met |")
    print("|---|---|---|---|---|---|---|", flush=True)
    found = chain(measured(bench, names), () if asked.no_others else compared(bench))
    rows = [_printed(row) for row in found]
    print(
        f"\nThe bulk form has {bench.size:.0f} MB.\n" if bench.size else "", flush=True
    )
    return rows


def _printed(row: Row) -> Row:
    """Print a row as soon as it is known."""
    ratio, allowed = _number(row.ratio), _number(row.allowed)
    cells = (
        row.budget,
        row.what,
        row.measured,
        row.yardstick,
        ratio,
        allowed,
        row.is_met,
    )
    print(f"| {' | '.join(cells)} |", flush=True)
    return row


def _print_growth(scales: Sequence[float], tables: Sequence[Sequence[Row]]) -> None:
    """Print each figure at every scale; its exponent is 1 where it grows linearly."""
    print(f"| | what | {' | '.join(f'×{scale:g}' for scale in scales)} | exponent |")
    print(f"|---|---|{'---|' * len(scales)}---|")
    for rows in zip(*tables, strict=False):
        first, last = rows[0].value, rows[-1].value
        slope = (
            log10(last / first) / log10(scales[-1] / scales[0])
            if first and last
            else None
        )
        what = " | ".join(row.measured for row in rows)
        print(f"| {rows[-1].budget} | {rows[-1].what} | {what} | {_number(slope)} |")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
