"""The names that lead to a city or a theme of the shipped data.

Cities have former, short and foreign names, themes have words in several languages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import ROOT, TODAY

from citylinks import KnowledgeBase
from citylinks.files.loader import load
from citylinks.index.database import open_in_memory
from citylinks.index.writing import fill_index
from citylinks.query.names.resolve import resolve_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

HERE = Path(__file__).parent
SHARED = {"tomsk"}  # the region is called so too


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = open_in_memory(TODAY)
    fill_index(connection, load([ROOT / "data"]))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with KnowledgeBase.open(ROOT / "data") as opened:
            yield opened


@pytest.mark.parametrize(
    ("file", "type_"), [("city_names.txt", "city"), ("theme_names.txt", "theme")]
)
def test_each_name_leads_to_its_record(
    file: str, type_: str, index: sqlite3.Connection
) -> None:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    led_to = [[name, resolve_name(index, name, (type_,))[1]] for name, _ in rows]
    assert led_to == rows


@pytest.mark.parametrize(("type_", "shared"), [("city", SHARED), ("theme", set())])
def test_no_name_is_shared_by_two(
    type_: str, shared: set[str], index: sqlite3.Connection
) -> None:
    rows = index.execute(
        "SELECT l.folded FROM label l JOIN record r ON r.no = l.record"
        " WHERE r.type = ? GROUP BY l.folded HAVING count(DISTINCT r.no) > 1",
        (type_,),
    )
    assert {name for (name,) in rows} == shared


@pytest.mark.exhaustive
def test_a_search_finds_each_word_of_each_theme(
    index: sqlite3.Connection, kb: KnowledgeBase
) -> None:
    rows = index.execute(
        "SELECT l.text, r.id FROM label l JOIN record r ON r.no = l.record"
        " WHERE r.type = 'theme' AND l.reason <> 'id'"
    ).fetchall()
    missed = []
    for text, id_ in rows:
        hits = kb.search(text).results
        if ("theme", id_) not in {(hit.record.type, hit.record.id) for hit in hits}:
            missed.append((text, id_))
    assert rows
    assert not missed


def test_the_themes_have_labels_in_french_and_japanese(
    index: sqlite3.Connection,
) -> None:
    rows = index.execute(
        "SELECT id FROM record WHERE type = 'theme' AND"
        " (json_extract(body, '$.labels.fr') IS NULL"
        " OR json_extract(body, '$.labels.ja') IS NULL)"
    )
    assert rows.fetchall() == []
