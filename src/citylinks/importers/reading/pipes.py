"""What is piped in, as a file that an importer can open again and again."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import IO, BinaryIO


class PipedInput:
    """Standard input or a pipe, kept in a nameless file that goes with the process."""

    def __init__(self, stream: IO[bytes], path: str = "standard input") -> None:
        self.path = path
        self.name = Path(path).name
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 - open until the process ends
        shutil.copyfileobj(stream, self._kept)
        self._kept.flush()

    def __del__(self) -> None:
        """Leave no open file to be warned of."""
        self._kept.close()

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open it at its beginning; one reader at a time."""
        again = os.fdopen(os.dup(self._kept.fileno()), mode)
        again.seek(0)
        return again  # type: ignore[return-value]

    def is_file(self) -> bool:
        """Whether it can be read more than once."""
        return True

    def __str__(self) -> str:
        """Return its name for messages."""
        return self.path
