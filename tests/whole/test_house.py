"""The source keeps its measures: few entries, plain names, no circles, light lines.

`tests/house.py` measures; each test here says what to do where a measure is broken.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import house
import pytest
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

SAY_NOTHING = (
    "names say nothing: call the thing by what it is (matches, message, requested,"
    " existing, entry, row), a function by a verb and its object"
)

REMEDIES: dict[str, tuple[Callable[[], Collection[object]], str]] = {
    "circles": (
        house.circles,
        "modules import each other in a circle: move what both need into a third module",
    ),
    "names given twice": (
        lambda: [
            f"{name}: {', '.join(places)}"
            for name, places in house.repeated_names().items()
        ],
        "classes or public functions have one name: give each the name of what it is, or"
        " keep one of them",
    ),
    "vague names": (house.vague_names, SAY_NOTHING),
    "vague names in the tests": (
        lambda: house.vague_names(ROOT / "tests"),
        SAY_NOTHING,
    ),
    "vague docstrings": (
        house.vague_docstrings,
        "docstrings begin with a question: say what is returned (`Return the ...`) or, of"
        " a predicate, `Whether ...`",
    ),
    "dense expressions": (
        house.dense_expressions,
        "expressions do two things at a time: a comprehension has one `for` and one"
        " `if`, a lambda holds no lambda; write a loop or a named function",
    ),
    "long lines": (
        lambda: ruff_findings("E501"),
        "lines are longer than 88 characters: say it shorter, or one idea a line",
    ),
    "long summaries": (
        lambda: ruff_findings("D205"),
        "docstrings begin with more than one line: make the first line one sentence",
    ),
}


@pytest.mark.parametrize("measure", REMEDIES)
def test_nothing_is_left(measure: str) -> None:
    find, remedy = REMEDIES[measure]
    places = find()
    assert not places, f"{len(places)} {remedy}:\n" + "\n".join(map(str, places))


def test_the_top_is_small() -> None:
    names = house.entries(house.SOURCE)
    assert len(names) <= house.MOST_AT_THE_TOP, (
        f"src/citylinks has {len(names)} entries: a new module belongs in one of its"
        f" rooms, which are {', '.join(names)}"
    )


def test_no_folder_is_crowded() -> None:
    crowded = house.crowded_folders()
    assert not crowded, (
        f"folders hold more than {house.MOST_IN_A_FOLDER} modules: {crowded}; join what"
        " belongs together, or make a folder of what has a name of its own"
    )


@pytest.mark.parametrize(
    ("measure", "bound", "remedy"),
    [
        ("conditionals", house.MOST_CONDITIONALS, "an `if` with an early return"),
        ("comprehensions", house.MOST_COMPREHENSIONS, "a loop or a named function"),
    ],
)
def test_lines_are_light(measure: str, bound: float, remedy: str) -> None:
    density = getattr(house.density(), measure)
    assert density <= bound, (
        f"the source has {density:.1f} {measure} per 1,000 lines: make the densest lines"
        f" into {remedy}"
    )


def ruff_findings(rule: str) -> list[str]:
    """Return what ruff finds in the source by one rule."""
    command = [
        sys.executable, "-m", "ruff", "check", "--no-cache",
        "--output-format", "concise", "--select", rule, "src",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return [line for line in done.stdout.splitlines() if f" {rule} " in line]
