"""What tests import: where the project is, how a command is run, and in what
environment.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import settings

from citylinks.cli.app import main

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


def call(command: str) -> str:
    """Run one command line in this process and return what it prints, as a block has
    it.
    """
    words = shlex.split(command)
    start = words.index("citylinks")
    variables = dict(word.split("=", 1) for word in words[:start])
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
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
    printed += "".join(f"! {line}\n" for line in err.getvalue().splitlines())
    if code:
        printed += f"? {code}\n"
    return printed
