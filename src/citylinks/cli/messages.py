"""What a command says beside its answer, on standard error: messages and progress."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


def print_message(message: str) -> None:
    """Print one line for the person, on standard error."""
    step.clear()
    tell(f"citylinks: {visible(message)}\n")


# Characters that a shell reads otherwise than they stand.
_SPECIAL = r"""[\s"'`$\\|&;<>()*?!#~{}\[\]]"""


def as_typed(words: Iterable[str]) -> str:
    """Return words as they are typed in a shell, in quotes where that is needed."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if word and not re.search(_SPECIAL, word):
        return word
    from shlex import quote

    return quote(word)


def tell(text: str) -> None:
    """Write to standard error; a full disk there is no reason to stop."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        discard_stream(sys.stderr)


def discard_stream(stream: TextIO) -> None:
    """Keep the interpreter from flushing to a closed or slow pipe, or a full disk."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


WORTH_SAYING = 4 * 1024 * 1024  # bytes that take long enough to read


def progress(done: int, total: int) -> None:
    """Say on a terminal how many of the bytes have been read; clear it at the end."""
    if total < WORTH_SAYING:
        return
    if done < total:
        step.say(f"reading the data: {100 * done // total} %")
    else:
        step.say("")


STEP_EVERY = 0.1  # seconds


class _Steps:
    """Says on a terminal how far long work is, always on the same line."""

    def __init__(self) -> None:
        self._width = 0
        self._last_time = 0.0

    def __call__(self, message: str) -> None:
        """Say it, unless something was said a moment ago; nothing clears the line."""
        now = time.monotonic()
        if not message or now - self._last_time >= STEP_EVERY:
            self.say(message)
            self._last_time = now

    def say(self, message: str) -> None:
        """Say it now, also over a `^C` that the terminal put on the line."""
        if sys.stderr.isatty():
            tell(f"\r{message:<{self._width}}\r")
            self._width = len(message)

    def clear(self) -> None:
        """Leave the line blank, if anything stands there."""
        if self._width:
            self.say("")


step = _Steps()
