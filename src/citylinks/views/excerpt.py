"""The line of a file where a problem stands, with a caret under the very character."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from citylinks.text.safe import visible

CUT = "…"  # where a line goes on
LEAST = 10  # cells of a line that are shown, however narrow the terminal


class Excerpt(NamedTuple):
    """A line, or as much of it as is shown, and the cells of it that stand before the
    caret.
    """

    text: str
    before: int


def excerpt(line: str, column: int, room: int) -> Excerpt:
    """Return what fits into `room` cells of a line around `column`, counted from 1.

    A control character takes as many cells as its code; a mark that combines takes
    none.
    """
    room = max(room, LEAST)
    at = min(column - 1, len(line))
    if cell_len(visible(line[: room + 1])) <= room and len(line) <= room:
        return Excerpt(visible(line), cell_len(visible(line[:at])))
    start, first, last = at, max(0, at - room), min(len(line), at + room)
    while start > first and cell_len(visible(line[start - 1 : at])) <= room // 2:
        start -= 1
    head = CUT if start > 0 else ""
    before = head + visible(line[start:at])
    end = min(at + 1, len(line))  # the character itself is shown, whatever it takes
    while end < last and cell_len(before + visible(line[at : end + 1])) < room:
        end += 1
    tail = CUT if end < len(line) else ""
    return Excerpt(before + visible(line[at:end]) + tail, cell_len(before))
