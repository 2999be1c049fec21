from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.words import RARE
from benchmarks.world import World, write_bulk, write_single
from citylinks import KnowledgeBase
from citylinks.files.loader import Dataset, load

if TYPE_CHECKING:
    from pathlib import Path

SCALE = 0.002
TERMS = (
    "unused-source",
    "unused-theme",
    "unused-organization",
)  # few records, many terms


@pytest.fixture(scope="module")
def world() -> World:
    return World(SCALE)


def records(dataset: Dataset) -> dict[tuple[str, str], object]:
    return {(record.type, record.id): record.model for record in dataset}


def test_the_world_is_the_same_at_every_run(world: World) -> None:
    again = World(SCALE)
    assert list(again.chunks()) == list(world.chunks())
    assert again.vocabularies() == world.vocabularies()


def test_another_seed_makes_another_world(world: World) -> None:
    assert World(SCALE, seed=1).ties[1:] != world.ties[1:]


def test_the_world_has_no_problem_and_both_forms_hold_the_same(
    world: World, tmp_path: Path
) -> None:
    write_bulk(world, tmp_path / "bulk")
    write_single(world, tmp_path / "single")
    assert KnowledgeBase.open(tmp_path / "bulk").validate(ignore=TERMS).results == ()
    assert KnowledgeBase.open(tmp_path / "single").validate(ignore=TERMS).results == ()
    bulk, single = load([tmp_path / "bulk"]), load([tmp_path / "single"])
    assert records(bulk) == records(single)
    assert len(records(bulk)) == 40 + 60 + 400 + 50 + 200 + 100


def test_a_word_is_rare_and_a_pair_has_a_past(world: World) -> None:
    bodies = [body for chunk in world.chunks() for _, body in chunk.records]
    assert sum(RARE in body.lower() for body in bodies) == 1
    assert world.ties[0].members == world.pair
    assert len(world.two_characters) == 2
