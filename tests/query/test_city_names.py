"""The former, short and foreign names that lead to a city of the shipped data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import ROOT, TODAY

from citylinks.files.loader import load
from citylinks.index.database import open_in_memory
from citylinks.index.writing import fill_index
from citylinks.query.names import resolve_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

TYPED = Path(__file__).with_name("city_names.txt")
SHARED = {"tomsk"}  # the region is called so too


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = open_in_memory(TODAY)
    fill_index(connection, load([ROOT / "data"]))
    yield connection
    connection.close()


def test_each_name_leads_to_its_city(index: sqlite3.Connection) -> None:
    lines = TYPED.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    led_to = [[name, resolve_name(index, name, ("city",))[1]] for name, _ in rows]
    assert led_to == rows


def test_no_name_is_shared_by_two_cities(index: sqlite3.Connection) -> None:
    rows = index.execute(
        "SELECT l.folded FROM label l JOIN record r ON r.no = l.record"
        " WHERE r.type = 'city' GROUP BY l.folded HAVING count(DISTINCT r.no) > 1"
    )
    assert {name for (name,) in rows} == SHARED
