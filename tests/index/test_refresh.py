"""A refreshed index holds what a new one holds, whatever was edited in whatever order."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.index import database, freshness, maintenance, rows

if TYPE_CHECKING:
    import os
    from pathlib import Path

FOLDERS = ("cities", "partnerships", "events")
IDS = ("a", "b", "c")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("citylinks.index.freshness.UNSETTLED", -(10**18))
    for folder in FOLDERS:
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "data/sources.yaml").write_text("page: {title: A page}\n")
    return tmp_path / "data"


def read_everything(root: Path) -> tuple[object, ...]:
    """Return all that the index can be asked: answers, problems, and its tables but for
    numbers.
    """
    with KnowledgeBase.open(root) as kb:
        answers = (
            kb.list("cities").results,
            kb.list("partnerships").results,
            kb.timeline().results,
            kb.search("city").results,
            kb.files_left_out,
            kb.validate().results,
        )
    with closing(sqlite3.connect(maintenance.cache_path([str(root)]))) as connection:
        return (
            *answers,
            *(
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                for table in (
                    "record",
                    "label",
                    "ref",
                    "entry",
                    "entry_ref",
                    "lost",
                    "problem",
                )
            ),
            connection.execute(
                "SELECT type, id, body FROM record ORDER BY type, id"
            ).fetchall(),
            connection.execute(
                "SELECT r.id, f.path FROM record r"
                f" JOIN file f ON f.no = r.no >> {database.SPAN} ORDER BY 1, 2"
            ).fetchall(),
        )


def edit(random: Random, root: Path) -> None:
    """Add, change, break, move or remove one file; ids are few, so that they often
    collide.
    """
    folder = random.choice(FOLDERS)
    path = root / folder / f"{random.choice('pqrs')}.yaml"
    what = random.randrange(6)
    if what == 0:
        path.unlink(missing_ok=True)
    elif what == 1 and path.exists():
        path.rename(path.with_name(f"{random.choice('pqrs')}.yaml"))
    elif what == 2:
        path.write_text("---\nid: a\nname: [\n")
    else:
        ids = random.sample(IDS, random.randint(1, 3))
        path.write_text("".join(record(random, folder, id_) for id_ in ids))


def record(random: Random, folder: str, id_: str) -> str:
    name = random.choice(("Old City", "New City", "X"))
    body = {
        "cities": f"name: {name}\n",
        "partnerships": f"name: {name}\nkind: network\nmembers: [a, {random.choice('bcd')}]\n",
        "events": f"title: {name}\ndate: 19{random.randint(10, 99)}\nkind: visit\ncities: [a]\n",
    }[folder]
    broken = random.choice(
        ("", "", "", "kind: nonsense\n" if folder != "cities" else "level: x\n")
    )
    return f"---\nid: {id_}\n{body}{broken}sources: [page]\n"


@pytest.mark.parametrize("seed", range(12))
def test_a_refreshed_index_is_a_new_one(
    seed: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "citylinks.index.freshness.PARTS", 1 + seed % 3
    )  # so that parts have several files
    random = Random(seed)
    for _ in range(12):
        for _ in range(random.randint(1, 3)):
            edit(random, root)
        refreshed = read_everything(root)
        maintenance.rebuild_cache([str(root)])
        assert refreshed == read_everything(root)


def test_an_edit_beside_an_id_given_twice_reads_one_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "pqr":
        (root / f"cities/{name}.yaml").write_text("---\nid: a\nname: X\n")
    for name in IDS[1:]:
        (root / f"events/{name}.yaml").write_text("title: X\ndate: 1959\nkind: visit\n")
    read_everything(root)
    read: list[str] = []
    add = rows.add_file

    def add_file(made: rows.Rows, file: rows.StampedFile, raw: bytes) -> None:
        read.append(file.file.path)
        add(made, file, raw)

    monkeypatch.setattr(rows, "add_file", add_file)
    (root / "events/b.yaml").write_text("title: Y\ndate: 1959\nkind: visit\n")
    read_everything(root)
    assert read == [str(root / "events/b.yaml")]
    read.clear()
    (root / "cities/q.yaml").write_text("---\nid: a\nname: Y\n")
    read_everything(root)
    assert read == [str(root / f"cities/{name}.yaml") for name in "pqr"]


def test_an_edit_looks_again_at_its_part_of_the_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citylinks.index.freshness.PARTS", 4)
    names = [f"{letter}.yaml" for letter in "abcdefghijklmnop"]
    for name in names:
        (root / "events" / name).write_text("title: X\ndate: 1959\nkind: visit\n")
    read_everything(root)
    looked: list[str] = []
    stamped = freshness.file_stamp

    def noted(entry: os.DirEntry[str]) -> tuple[int, int, int, int]:
        looked.append(entry.name)
        return stamped(entry)

    (root / "events/b.yaml").write_text("title: Y\ndate: 1959\nkind: visit\n")
    monkeypatch.setattr(freshness, "file_stamp", noted)
    with KnowledgeBase.open(root) as kb:
        assert "Y" in {entry.title for entry in kb.timeline().results}
    again = {
        name
        for name, times in Counter(looked).items()
        if times > looked.count("a.yaml")
    }
    part = {
        name for name in names if freshness.part_of(name) == freshness.part_of("b.yaml")
    }
    assert again == part < {*names}
