"""What is piped in, as a file that an adapter can open again and again."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import BinaryIO


class Piped:
    """Standard input, kept in a file without a name, which goes when the process ends."""

    name = "standard input"

    def __init__(self, stream: BinaryIO) -> None:
        self._kept = tempfile.TemporaryFile()  # noqa: SIM115 - open until the process ends
        shutil.copyfileobj(stream, self._kept)
        self._kept.flush()

    def __del__(self) -> None:
        """Leave no open file to be warned of."""
        self._kept.close()

    def open(self, mode: str = "rb") -> BinaryIO:
        """Open it at its beginning; one reader at a time."""
        opened = os.fdopen(os.dup(self._kept.fileno()), mode)
        opened.seek(0)
        return opened  # type: ignore[return-value]

    def is_file(self) -> bool:
        """Whether it can be read more than once."""
        return True

    def __str__(self) -> str:
        """Return what it is called in messages."""
        return self.name
