"""Transcripts: what each command prints, to the letter.

A `.test` file holds blocks: a line `$ citylinks ...`, perhaps with variables before the
command, then what it prints. A line of standard error begins with `! `; an exit code
other than 0 stands last, as `? 2`. `pytest --rewrite` writes what is printed now; read
the difference in review.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from support import call

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.test"))


class Block(NamedTuple):
    comment: str
    command: str
    printed: str


def parse(text: str) -> list[Block]:
    """Return the blocks of a transcript; lines before the first one are its comment."""
    blocks: list[Block] = []
    comment: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            blocks.append(Block("".join(comment), line[2:].rstrip("\n"), ""))
            comment = []
        elif blocks and not (
            line.startswith("# ") and blocks[-1].printed.endswith("\n\n")
        ):
            blocks[-1] = blocks[-1]._replace(printed=blocks[-1].printed + line)
        else:
            comment.append(line)
    return blocks


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(path: Path, request: pytest.FixtureRequest) -> None:
    blocks = parse(path.read_text(encoding="utf-8"))
    assert blocks, "a transcript has at least one command"
    reruns = [block._replace(printed=call(block.command) + "\n") for block in blocks]
    if request.config.getoption("--rewrite"):
        text = "".join(f"{b.comment}$ {b.command}\n{b.printed}" for b in reruns)
        path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
        return
    for expected, actual in zip(blocks, reruns, strict=True):
        assert actual.printed.rstrip("\n") == expected.printed.rstrip("\n"), (
            expected.command
        )
