"""Help pages, as wide as the terminal: the text of a command, then its options."""

from __future__ import annotations

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NARROWEST = 20
SIDE_BY_SIDE = 28  # columns that an explanation needs beside what it explains
# What stays on one line of an example: a word, with what stands in quotes; an option
# and its value.
_PIECE = re.compile(r"""(?:--?[a-z-]+ (?!-))?(?:"[^"]*"|'[^']*'|\S)+""")


def terminal_width() -> int:
    """Return the number of columns: of COLUMNS or the terminal, else 80."""
    return max(shutil.get_terminal_size(_size_of_stderr()).columns, NARROWEST)


def _size_of_stderr() -> tuple[int, int]:
    """Return the size of the terminal of standard error, else that of most."""
    try:
        return os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        return 80, 24


def render_text(text: str) -> str:
    """Return a text with its paragraphs as wide as the terminal; examples stay."""
    return "".join(f"{line}\n" for line in _text_lines(text.splitlines()))


def _text_lines(lines: Iterable[str]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in lines:
        if line and not line.startswith(" "):
            paragraph.append(line)
            continue
        yield from wrap_words(" ".join(paragraph), terminal_width())
        paragraph = []
        if line:
            yield from _literal_lines(line)
        else:
            yield ""
    yield from wrap_words(" ".join(paragraph), terminal_width())


def _literal_lines(line: str) -> Iterator[str]:
    """Yield an indented line; a long command is continued so that a shell reads it."""
    if _cells(line) <= terminal_width():
        yield line
        return
    indent = line[: len(line) - len(line.lstrip())]
    is_command = line.lstrip().startswith("citylinks ")
    room = terminal_width() - len(indent)
    *parts, last = _fill(_PIECE.findall(line), room - (6 if is_command else 2))
    continued = " \\" if is_command else ""
    hang = ""
    for part in parts:
        yield f"{indent}{hang}{part}{continued}"
        hang = "    "
    yield f"{indent}{hang}{last}"


_HEADING = re.compile(
    r"^(Examples|Usage|Commands|Arguments|Options|Exit codes):", re.MULTILINE
)


_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def styled(text: str, names: Iterable[str] = ()) -> str:
    """Return a help page with bold headings and command names."""
    text = _HEADING.sub(rf"{_BOLD}\g<0>{_PLAIN}", text)
    rows = re.compile(rf"^  ({'|'.join(names) or '$'})(?=$|  )", re.MULTILINE)
    return rows.sub(rf"  {_BOLD}\1{_PLAIN}", text)


def wrap_words(text: str, columns: int) -> list[str]:
    """Return a text in lines of so many columns; a longer word has its own line."""
    return list(_fill(text.split(), columns))


def _fill(pieces: Iterable[str], columns: int) -> Iterator[str]:
    line = ""
    for piece in pieces:
        if not line:
            line = piece
        elif _cells(line) + 1 + _cells(piece) > columns:
            yield line
            line = piece
        else:
            line = f"{line} {piece}"
    if line:
        yield line


def _cells(text: str) -> int:
    """Return the number of columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def render_rows(pairs: Sequence[tuple[str, str]]) -> str:
    """Return names and their explanations, side by side where there is room."""
    column = max(len(name) for name, _ in pairs) + 4
    if terminal_width() - column >= SIDE_BY_SIDE:
        lines = _rows_side_by_side(pairs, column)
    else:
        lines = _rows_below(pairs)
    return "".join(f"{line}\n" for line in lines)


def _rows_side_by_side(pairs: Iterable[tuple[str, str]], column: int) -> Iterator[str]:
    for name, explanation in pairs:
        first, *others = wrap_words(explanation, terminal_width() - column) or [""]
        yield f"  {name:<{column - 2}}{first}".rstrip()
        for line in others:
            yield f"{' ' * column}{line}"


def _rows_below(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, explanation in pairs:
        yield f"  {name}"
        for line in wrap_words(explanation, terminal_width() - 6):
            yield f"      {line}"


def usage(name: str, parameters: Iterable[Any]) -> str:
    """Return the usage line of a command."""
    arguments = [p.metavar for p in parameters if p.param_type_name == "argument"]
    return " ".join(("Usage: citylinks", name, *arguments, "[OPTIONS]"))


def render_options(parameters: Iterable[Any]) -> str:
    """Return the arguments and the options of a command, each with its help."""
    arguments, options = [], []
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            arguments.append((parameter.metavar, parameter.help))
        else:
            options.append((_option_names(parameter), _option_help(parameter)))
    text = f"\nOptions:\n{render_rows(options)}"
    if arguments:
        text = f"\nArguments:\n{render_rows(arguments)}{text}"
    return text


def _option_names(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.metavar}"


def _option_help(option: Any) -> str:
    if option.is_flag or option.default is None or not option.show_default:
        return str(option.help)
    return f"{option.help.removesuffix('.')} (default: {option.default})."


def missing_argument(name: str, argument: Any) -> str:
    """Return the message that a command needs an argument, with its help."""
    text = argument.help.removesuffix(".")
    return f"{name} needs {argument.metavar}: {text[:1].lower()}{text[1:]}"


def first_example(text: str) -> str:
    """Return the first example in the help of a command."""
    for line in text.splitlines():
        if line.lstrip().startswith("citylinks "):
            return line.strip()
    raise ValueError("a command's help has an example")
