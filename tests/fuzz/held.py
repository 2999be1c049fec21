"""What the targets share: a folder of their own, and what a refusal must be."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.errors import CitylinksError
from citylinks.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = tempfile.TemporaryDirectory(prefix="citylinks-fuzz-")
FOLDER = Path(_KEPT.name)
LONGEST = 5000  # characters of a message

os.environ["CITYLINKS_TODAY"] = "2026-11-22"
os.environ["XDG_CACHE_HOME"] = str(FOLDER / "cache")


def file(data: bytes, name: str = "input") -> Path:
    """Write bytes into a file for a reader."""
    path = FOLDER / name
    path.write_bytes(data)
    return path


@contextmanager
def refusals() -> Iterator[None]:
    """Let pass an error of ours that says in one line what is wrong."""
    try:
        yield
    except CitylinksError as error:
        check(str(error), error.exit_code)


def check(message: str, exit_code: int = 2) -> None:
    """Hold a message to what all of them are."""
    assert exit_code in {1, 2}
    assert message.strip()
    assert len(message) < LONGEST
    assert "Traceback" not in message
    assert "unexpected fault" not in message
    visible(message).encode()
