"""Help pages, as wide as the terminal: text from the commands' files, then their
options.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NARROWEST = 20
SIDE_BY_SIDE = 28  # columns that an explanation needs beside what it explains
# What stays on one line of an example: a word, with what stands in quotes; an option
# and its value.
_PIECE = re.compile(r"""(?:--?[a-z-]+ (?!-))?(?:"[^"]*"|'[^']*'|\S)+""")


def width() -> int:
    """Return how many columns there are: those of COLUMNS or the terminal, else 80."""
    return max(shutil.get_terminal_size().columns, NARROWEST)


def text(said: str) -> str:
    """Return a text with its paragraphs as wide as the terminal, and its examples as
    they are.
    """
    return "".join(f"{line}\n" for line in _text(said.splitlines()))


def _text(lines: Iterable[str]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in lines:
        if line and not line.startswith(" "):
            paragraph.append(line)
            continue
        yield from wrapped(" ".join(paragraph), width())
        paragraph = []
        yield from _literal(line) if line else ("",)
    yield from wrapped(" ".join(paragraph), width())


def _literal(line: str) -> Iterator[str]:
    """Yield an indented line; where it is too long, a shell reads what it becomes the
    same.
    """
    if _cells(line) <= width():
        yield line
        return
    indent = line[: len(line) - len(line.lstrip())]
    is_command = line.lstrip().startswith("citylinks ")
    pieces = _PIECE.findall(line)
    folded = list(_filled(pieces, width() - len(indent) - (6 if is_command else 2)))
    mark = " \\" if is_command else ""
    for number, part in enumerate(folded):
        hang = "    " * bool(number)
        yield f"{indent}{hang}{part}{mark if number < len(folded) - 1 else ''}"


def wrapped(said: str, columns: int) -> list[str]:
    """Return a text in lines of so many columns; a longer word has a line of its own."""
    return list(_filled(said.split(), columns))


def _filled(pieces: Iterable[str], columns: int) -> Iterator[str]:
    line = ""
    for piece in pieces:
        if line and _cells(line) + 1 + _cells(piece) > columns:
            yield line
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    if line:
        yield line


def _cells(said: str) -> int:
    if said.isascii():
        return len(said)
    from rich.cells import cell_len

    return cell_len(said)


def rows(pairs: Sequence[tuple[str, str]]) -> str:
    """Return what is explained and its explanations: side by side where there is room."""
    column = max(len(name) for name, _ in pairs) + 4
    is_beside = width() - column >= SIDE_BY_SIDE
    indent = " " * (column if is_beside else 6)
    lines: list[str] = []
    for name, said in pairs:
        told = [f"{indent}{line}" for line in wrapped(said, width() - len(indent))]
        if is_beside and told:
            told[0] = f"  {name:<{column - 2}}{told[0].lstrip()}"
        else:
            told.insert(0, f"  {name}")
        lines += told
    return "".join(f"{line}\n" for line in lines)


def usage(name: str, parameters: Iterable[Any]) -> str:
    """Return how a command is called."""
    arguments = [p.metavar for p in parameters if p.param_type_name == "argument"]
    return " ".join(("Usage: citylinks", name, *arguments, "[OPTIONS]"))


def options(parameters: Sequence[Any]) -> str:
    """Return the arguments and the options of a command, each with what it is."""
    arguments = [
        (p.metavar, p.help) for p in parameters if p.param_type_name == "argument"
    ]
    others = [
        (_spelled(p), _told(p)) for p in parameters if p.param_type_name == "option"
    ]
    parts = (("Arguments", arguments), ("Options", others))
    return "".join(f"\n{title}:\n{rows(pairs)}" for title, pairs in parts if pairs)


def _spelled(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar}"


def _told(option: Any) -> str:
    if option.is_flag or option.default is None or not option.show_default:
        return str(option.help)
    return f"{option.help.removesuffix('.')} (default: {option.default})."


def missing(name: str, argument: Any) -> str:
    """Return which argument a command needs, and what that is."""
    said = argument.help.removesuffix(".")
    return f"{name} needs {argument.metavar}: {said[:1].lower()}{said[1:]}"


def example(said: str) -> str:
    """Return the first example of a command's text."""
    return next(
        line.strip()
        for line in said.splitlines()
        if line.lstrip().startswith("citylinks ")
    )
