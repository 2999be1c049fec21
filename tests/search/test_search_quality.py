"""What a search finds first, as a table of what people type and what they want."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support import ROOT, TODAY

from citylinks import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


class Query(NamedTuple):
    typed: str
    record: str
    reason: str


def queries() -> list[Query]:
    lines = (HERE / "queries.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [Query(*row) for row in rows]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patched.setenv("CITYLINKS_TODAY", TODAY)
        with KnowledgeBase.open(ROOT / "data", HERE / "data") as opened:
            yield opened


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.typed)
def test_what_is_wanted_comes_first(kb: KnowledgeBase, query: Query) -> None:
    hits = kb.search(query.typed).results
    assert hits, "nothing was found"
    first = hits[0]
    assert f"{first.record.type}/{first.record.id}" == query.record
    assert first.reason == query.reason
