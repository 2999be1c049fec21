"""The line of a file where a problem is, with a caret under the very character."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from citylinks.text.safe import visible

CUT = "…"  # where a line goes on
LEAST_WIDTH = 10  # cells of a line that are shown, however narrow the terminal


class Excerpt(NamedTuple):
    """A line, or the part of it that is shown; `caret` cells stand before the caret."""

    text: str
    caret: int


def cut_excerpt(line: str, column: int, width: int) -> Excerpt:
    """Return the part of a line around `column`, counted from 1, that fits the width.

    A control character takes as many cells as its code; a mark that combines takes
    none.
    """
    width = max(width, LEAST_WIDTH)
    index = min(column - 1, len(line))
    if len(line) <= width and cell_len(visible(line)) <= width:
        return Excerpt(visible(line), cell_len(visible(line[:index])))
    before = _part_before(line, index, width)
    after = _part_after(line, index, width, before)
    return Excerpt(before + after, cell_len(before))


# Both look no further than `width` characters away, whatever these take: a line may
# have millions of marks that take no cell.


def _part_before(line: str, index: int, width: int) -> str:
    """Return the text before the character that fits in half the width."""
    first = max(0, index - width)
    start = index
    while start > first and cell_len(visible(line[start - 1 : index])) <= width // 2:
        start -= 1
    part = visible(line[start:index])
    if start > 0:
        return CUT + part
    return part


def _part_after(line: str, index: int, width: int, before: str) -> str:
    """Return the text from the character on that fits in the width after `before`."""
    last = min(len(line), index + width)
    end = min(index + 1, len(line))  # the character itself is shown, however wide
    while end < last and cell_len(before + visible(line[index : end + 1])) < width:
        end += 1
    part = visible(line[index:end])
    if end < len(line):
        return part + CUT
    return part
