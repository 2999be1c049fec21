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


def print_message(message: str, *, is_error: bool = False) -> None:
    """Print one line for the person, on standard error.

    On a terminal it is wrapped, and the name before an error is red.
    """
    step.clear()
    text = f"{PROGRAM} {visible(message)}"
    if sys.stderr.isatty():
        text = wrap_for_terminal(text)
        if is_error and is_coloured(sys.stderr):
            text = f"{RED}{PROGRAM}{PLAIN}{text.removeprefix(PROGRAM)}"
    tell(f"{text}\n")


PROGRAM = "citylinks:"
RED, PLAIN = "\x1b[1;31m", "\x1b[0m"


def wrap_for_terminal(text: str) -> str:
    """Return a line as lines that fit a terminal, those after the first indented."""
    from citylinks.cli.help import terminal_width, wrap_words

    first, *others = wrap_words(text, terminal_width() - 2) or [""]
    return "\n  ".join((first, *others))


def is_coloured(stream: TextIO) -> bool:
    """Whether help and errors have colour: on a terminal, unless it is unwanted."""
    if not stream.isatty() or os.environ.get("TERM", "") in {"", "dumb"}:
        return False
    if os.environ.get("NO_COLOR") or os.environ.get("CLICOLOR") == "0":
        return False
    words = " ".join(sys.argv).replace("=", " ")
    return os.name == "posix" and "--color never" not in words


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
