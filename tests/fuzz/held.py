"""What the targets share: a folder of their own, and what a refusal must be."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.errors import CitylinksError
from citylinks.files.diagnostics import Severity
from citylinks.files.loader import load
from citylinks.importers.run import ImportRequest, run_import
from citylinks.text.safe import visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.importers import Importer, ImportOptions

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


def import_file(reader: Importer, path: Path, options: ImportOptions) -> None:
    """Import a file whole, with a report, into a directory that is removed."""
    into, report = FOLDER / "into", FOLDER / "rows.csv"
    shutil.rmtree(into, ignore_errors=True)
    with refusals():
        account = run_import(
            reader, [path], options, ImportRequest(into, report), lambda message: None
        )
        for line in account.sentences("into"):
            check(line)
        written = report.read_text(encoding="utf-8")
        assert written == visible_lines(written)
        dataset = load([into])
        assert not [
            problem
            for problem in dataset.problems
            if problem.rule.severity is Severity.ERROR
        ]


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
