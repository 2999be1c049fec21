"""What the tests of the index share: a little data, and what is answered of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from citylinks import KnowledgeBase
from citylinks.index import maintenance
from citylinks.index.store import Store

if TYPE_CHECKING:
    from pathlib import Path

CITY = "name: {}\nsources: [page]\n"
FILES = {
    "cities/a.yaml": CITY.format("Alpha"),
    "cities/b.yaml": CITY.format("Beta"),
    "partnerships/a-b.yaml": "kind: sister-city\nmembers: [a, b]\nstart: 1959\nthemes: [water]\n"
    "organizations: [jica]\nsources: [page]\n",
    "themes.yaml": "water: {label: Canals}\n",
    "organizations.yaml": "jica: {name: Agency}\n",
    "sources.yaml": "page: {title: Ledger}\n",
}
RIGHT = ["Alpha and Beta become sister cities"]


def titles(root: Path) -> list[str]:
    """Return what the timeline of a data directory says, by way of its index."""
    return [entry.title for entry in KnowledgeBase.open(root).timeline().results]


def index_of(root: Path) -> Path:
    """Make the index of a data directory and return its file."""
    titles(root)
    file = maintenance.cache_path([str(root)])
    assert file.is_file()
    return file


def in_memory(root: Path) -> KnowledgeBase:
    """Return the answers that the files give without any index."""
    return KnowledgeBase(Store.in_memory([str(root)]))


def without_privileges() -> list[str]:
    """Return what a command is run by so that permissions bind it."""
    if os.geteuid() != 0:
        return []
    prefix = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    if (
        not shutil.which("setpriv")
        or subprocess.run([*prefix, "true"], check=False).returncode
    ):
        pytest.skip("permissions do not bind root")
    return prefix


def rows_of(root: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return what the tables of a data directory hold, as a statement asks for it."""
    with closing(Store.in_memory([str(root)])) as store:
        rows = store.ask(lambda snapshot: snapshot.connection.execute(sql).fetchall())
    return [tuple(row) for row in rows]


def a_pipe(path: Path) -> None:
    """Put a pipe in the place of a file, from which nothing comes."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no FIFOs here")
    path.unlink(missing_ok=True)
    os.mkfifo(path)
