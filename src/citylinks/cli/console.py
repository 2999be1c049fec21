"""Printing an output: to a terminal, a pipe or a file, in the form for each."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.errors import CitylinksError
from citylinks.exporters import load_exporter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.text import Text

    from citylinks.cli.invocation import Invocation, Output
    from citylinks.questions.results import Answer
    from citylinks.views.blocks import Block

NARROWEST = 20
PLAIN_ERRORS = "citylinks.plain"


def write(output: Output) -> None:
    """Print an output, or write it to the file that was named."""
    if output.invocation.output:
        text = "".join(_text(output))
        try:
            _to_file(output.invocation.output, text)
        except OSError as error:
            reason = error.strerror or error
            raise CitylinksError(
                f"cannot write '{output.invocation.output}': {reason}"
            ) from None
    elif output.answer is None or output.invocation.format or output.number is not None:
        errors = "surrogateescape" if output.answer is None else "backslashreplace"
        _to_stdout(_text(output), errors)
    elif _is_terminal(output.invocation.color):
        _to_terminal(output, output.answer)
    else:
        sys.stdout.reconfigure(errors=PLAIN_ERRORS)  # type: ignore[union-attr]
        for piece in _text(output):
            sys.stdout.write(piece)
    sys.stdout.flush()


def _text(output: Output) -> Iterator[str]:
    """Yield an output as text, in pieces that end where a line ends."""
    if output.answer is None:
        yield output.text
    elif output.invocation.format == "json":
        from citylinks.exporters import json

        left_out = output.invocation.left_out
        yield from json.lines(output.answer, left_out, output.number)
    elif output.number is not None:
        yield f"{output.number}\n"
    elif output.invocation.format:
        pieces = load_exporter(output.invocation.format).lines(output.answer)
        if output.invocation.format in WITH_HEADER and not output.invocation.has_header:
            next(pieces)
        yield from pieces
    else:
        from citylinks.views.plain import lines

        for line in lines(_page(output, output.answer)):
            yield f"{line}\n"


# The formats whose first line is a header.
WITH_HEADER = ("csv", "tsv")


def _page(output: Output, answer: Answer) -> Iterator[Block]:
    """Return the blocks of an answer, with or without the names of columns."""
    from citylinks.views import page

    if output.invocation.has_header:
        return page(answer)
    from citylinks.views.blocks import without_headers

    return without_headers(page(answer))


def _to_stdout(pieces: Iterator[str], errors: str) -> None:
    """Write UTF-8 whatever the locale: what programs read has one encoding.

    What no text can hold, as the bytes of a file's name, passes in a path and is a code
    elsewhere.
    """
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode(errors=errors))
    sys.stdout.buffer.flush()


# A name that ends with one of these names a folder, which a `Path` forgets.
SEPARATORS = ("/", os.sep)


def _to_file(name: str, text: str) -> None:
    """Write a file whole or not at all; a link is followed, a device written to."""
    from citylinks.files.atomic import write_whole

    if name.endswith(SEPARATORS):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    given = Path(name)
    raw = text.encode(errors="backslashreplace")
    if given.exists() and not given.is_file():
        given.write_bytes(raw)  # a pipe has no place to which a link leads
    else:
        write_whole(given.resolve(), raw)


# -- Terminals ----------------------------------------------------------------


def _is_terminal(color: str) -> bool:
    return color == "always" or _is_forced() or sys.stdout.isatty()


def _is_forced() -> bool:
    """Whether the environment asks for colour; empty or 0 does not."""
    variables = ("FORCE_COLOR", "CLICOLOR_FORCE")
    return any(os.environ.get(name, "") not in {"", "0"} for name in variables)


def _is_plain(color: str) -> bool:
    """Whether there is no colour: by an option, NO_COLOR, or CLICOLOR."""
    if color != "auto":
        return color == "never"
    if os.environ.get("NO_COLOR"):
        return True
    return os.environ.get("CLICOLOR") == "0" and not _is_forced()


def _to_terminal(output: Output, answer: Answer) -> None:
    from citylinks.views.terminal import lines

    console = _console(output.invocation)
    is_watched = sys.stdout.isatty()
    laid_out = list(lines(_page(output, answer), console, is_watched=is_watched))
    if output.invocation.wants_pager and _wants_pager(len(laid_out), console):
        with console.capture() as capture:
            _print(laid_out, console)
        _show_in_pager(capture.get())
    else:
        _print(laid_out, console)


def _print(laid_out: list[Text], console: Console) -> None:
    for line in laid_out:
        if "\t" in line.plain:  # which Rich would expand
            console.file.write(f"{line.plain}\n")
        else:
            console.print(line, soft_wrap=True)


def _console(invocation: Invocation) -> Console:
    """Return a console for standard output; without colour it prints no escape code."""
    from rich.console import Console

    sys.stdout.reconfigure(errors=PLAIN_ERRORS)  # type: ignore[union-attr]
    is_plain = _is_plain(invocation.color)
    console = Console(
        file=sys.stdout,
        highlight=False,
        markup=False,
        emoji=False,
        color_system=None if is_plain else "auto",
        no_color=is_plain,
        force_terminal=True,
    )
    console.width = max(console.width, NARROWEST)
    return console


def _wants_pager(height: int, console: Console) -> bool:
    is_watched = (
        sys.stdout.isatty() and sys.stdin.isatty() and not console.is_dumb_terminal
    )
    return is_watched and height >= console.height and bool(_pager())


def _pager() -> list[str]:
    """Return the pager's command: CITYLINKS_PAGER, else PAGER, else less.

    An empty variable, `cat` and a program that does not exist mean no pager.
    """
    import shutil

    named = os.environ.get("CITYLINKS_PAGER", os.environ.get("PAGER", "less"))
    words = named.split()
    if not words or words[0] == "cat" or not shutil.which(words[0]):
        return []
    return words


# What less says in its last line, in the language of its prompts.
PAGER_PROMPT = "space\\: more, q\\: quit, off\\: --no-pager"


def _show_in_pager(text: str) -> None:
    """Give text to the pager; leaving it early is no fault."""
    import subprocess

    environment = {
        "LESS": f"FRXPs{PAGER_PROMPT}$",
        "LESSCHARSET": "utf-8",
        **os.environ,
    }
    pager = subprocess.Popen(_pager(), stdin=subprocess.PIPE, env=environment)
    try:
        pager.communicate(text.encode(errors="replace"))
    except (BrokenPipeError, KeyboardInterrupt):
        pager.wait()
