"""What the three texts say that the first records were written from is in the data.

Each row of `first_texts.txt` is one statement: the record that holds it, and words that
must stand there. The words are those that a reader would search for.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from support import ROOT

from citylinks.files.loader import load

PAGE = Path(__file__).with_name("first_texts.txt")
DATA = ROOT / "data"


class Statement(NamedTuple):
    """A record, as `type/id`, and words that it must hold."""

    record: str
    words: tuple[str, ...]


def statements() -> list[Statement]:
    rows = PAGE.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row and not row.startswith("#")]
    return [statement(row) for row in kept]


def statement(row: str) -> Statement:
    record, _, words = row.partition("|")
    return Statement(record.strip(), tuple(word.strip() for word in words.split(",")))


@cache
def texts() -> dict[str, str]:
    """Return all that each record holds, in lower case."""
    return {
        f"{record.type}/{record.id}": json.dumps(
            record.model.model_dump(mode="json"), ensure_ascii=False
        ).lower()
        for record in load([DATA])
    }


@pytest.mark.parametrize("expected", statements(), ids=str)
def test_a_statement_is_in_its_record(expected: Statement) -> None:
    text = texts()[expected.record]
    assert [word for word in expected.words if word.lower() not in text] == []
