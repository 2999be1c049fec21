"""The door: the only room that meets the user. Commands stand here, one file each."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from citylinks.errors import INTERRUPTED

__all__ = ["run"]

# The objects that are made before the collector looks for what is dropped: a command
# makes much, from its imports on, and drops little.
MANY = 200_000


def run() -> None:
    """Run as the command `citylinks`."""
    gc.set_threshold(MANY)
    try:
        code = _run()
    except KeyboardInterrupt:  # before the commands are there to catch it
        code = INTERRUPTED
    _end(code)


def _run() -> int:
    """Return the exit code; a shell that completes a word is answered without Typer."""
    if sys.argv[1:2] == ["__complete"]:
        from citylinks.cli.completion.candidates import answer

        answer(sys.argv[2:])
        return 0
    from citylinks.cli import app

    return app.run_program()


def _end(code: int) -> NoReturn:
    """End the process without freeing memory, a sixth of the time of an empty command.

    All output is flushed by now and the index is closed; no thread is left. With
    CITYLINKS_DEBUG it ends in the usual way, which a profiler needs.
    """
    if os.environ.get("CITYLINKS_DEBUG"):
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to interrupt
        sys.exit(code)
    os._exit(code)
