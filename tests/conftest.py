"""What the tests share: a command run as a user runs it, data written for one test."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from indexed import FILES, titles
from support import HANG, ROOT, TODAY, environment, write_data

from citylinks import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


# The same examples on every machine, however slow: a few of them, or with
# `-m hypothesis --hypothesis-profile=exhaustive` all; others at each run with
# `--hypothesis-profile=explore`.
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", SLOW, derandomize=True, max_examples=20)
settings.register_profile("exhaustive", SLOW, derandomize=True, max_examples=100)
settings.register_profile("explore", SLOW, max_examples=100)
settings.load_profile("few")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write what is printed now into the golden files",
    )


def pytest_configure() -> None:
    """Heed the signals that a shell has what it runs in the background ignore.

    The programs that the tests start, and stop by a signal, would ignore them too.
    """
    for name in ("SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)  # Windows has only some of them
        if number and signal.getsignal(number) == signal.SIG_IGN:
            is_interrupt = number == signal.SIGINT
            handler = signal.default_int_handler if is_interrupt else signal.SIG_DFL
            signal.signal(number, handler)


@pytest.fixture(autouse=True, scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fix the day for every test, and keep the indexes of its process out of the user's
    cache.

    Tests about other days and other caches set these variables themselves.
    """
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CITYLINKS_TODAY", TODAY)
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def frozen(apart: None) -> Iterator[KnowledgeBase]:
    """Return the data set of the tests, `tests/data`, ready to be asked."""
    with KnowledgeBase.open(ROOT / "tests" / "data") as knowledge_base:
        yield knowledge_base


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs `citylinks` with arguments, in `cwd`, and returns its
    result.
    """

    def call(
        *arguments: str,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "citylinks", *arguments],
            cwd=cwd,
            env=environment(tmp_path / "home", **(env or {})),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=HANG,
            check=False,
        )

    return call


@pytest.fixture
def data(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Return a function that writes a data directory: path within it -> text."""

    def write(files: Mapping[str, str]) -> Path:
        return write_data(tmp_path / "data", files)

    return write


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the indexes, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "citylinks"


@pytest.fixture
def root(data: Callable[[Mapping[str, str]], Path], cache: Path) -> Path:
    """Return a data directory of two cities and their tie, which was written a moment
    ago.
    """
    return data(FILES)


@pytest.fixture
def settled(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return it with an index for which every file has settled, so that stamps alone
    tell.
    """
    monkeypatch.setattr("citylinks.index.freshness.UNSETTLED", -(10**18))
    titles(root)
    return root
