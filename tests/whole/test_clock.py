"""Every test is made on one day, whatever the clock says: in this process and in
others.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from support import ROOT, TODAY, call

from citylinks.dates.today import today

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

READS_THE_CLOCK = re.compile(
    r"\b(date\.today|datetime\.(utc)?now|time\.(strftime|localtime|gmtime|ctime))\b\("
)
TESTS = sorted(ROOT.glob("tests/**/*.py"))


def test_the_day_is_fixed_in_this_process() -> None:
    assert today() == TODAY
    assert (
        json.loads(call("citylinks expiring --format json"))["query"]["from"] == TODAY
    )


def test_the_day_is_fixed_in_other_processes(
    run: Callable[..., CompletedProcess[str]],
) -> None:
    done = run("expiring", "--format", "json")
    assert json.loads(done.stdout)["query"]["from"] == TODAY


@pytest.mark.parametrize("path", TESTS, ids=[path.stem for path in TESTS])
def test_no_test_asks_what_day_it_is(path: Path) -> None:
    assert not READS_THE_CLOCK.search(path.read_text(encoding="utf-8"))
