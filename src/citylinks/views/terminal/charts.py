"""Numbers on a terminal: bars beside labels, and a chart of years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from citylinks.text.safe import visible
from citylinks.views.blocks import FieldList
from citylinks.views.terminal.paragraphs import (
    GUTTER,
    NARROWEST_COLUMN,
    field_lines,
    readable_width,
    wrap_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from citylinks.views.blocks import Bars, Chart

CHART_HEIGHT = 10


# -- Bars ---------------------------------------------------------------------


def bars_lines(block: Bars, console: Console) -> Iterator[Text]:
    """Yield labels with their numbers, and a bar where there is room for it.

    Columns without a number are left out, and the last, which no bar shows.
    """
    used = _used_numbers(block)
    names = [block.columns[index + 1] for index in used]
    width = readable_width(console)
    numbers_width = sum(map(len, names)) + GUTTER * len(names)
    if numbers_width + NARROWEST_COLUMN > width:
        yield from field_lines(FieldList(tuple(_number_rows(block))), console)
        return
    labels_width = _labels_width(block, width - numbers_width)
    bars_width = width - labels_width - numbers_width - GUTTER
    most = max((sum(numbers[:-1]) for _, numbers in block.rows), default=0)
    if block.has_header:
        heading = Text(" " * labels_width, style="dim")
        for name in names:
            heading.append(" " * GUTTER + name)
        yield from wrap_text(heading, console, console.width)
    for label, numbers in block.rows:
        line = Text(visible(label))
        line.truncate(labels_width, overflow="ellipsis", pad=True)
        for index, name in zip(used, names, strict=True):
            number = str(numbers[index] or "–")
            line.append(" " * GUTTER + number.rjust(len(name)))
        if bars_width >= NARROWEST_COLUMN and most:
            line.append(" " * GUTTER)
            line.append("█" * -(-bars_width * sum(numbers[:-1]) // most), "cyan")
        yield from wrap_text(line, console, console.width)


def _number_rows(block: Bars) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each label with its numbers in words: `partnerships 3, events 1`."""
    for label, numbers in block.rows:
        named = zip(block.columns[1:], numbers, strict=True)
        phrases = [f"{name} {number}" for name, number in named if number]
        yield label, (", ".join(phrases) or "–",)


def _used_numbers(block: Bars) -> list[int]:
    """Return the indexes of the columns in which any row has a number."""
    columns = zip(*(numbers for _, numbers in block.rows), strict=True)
    return [index for index, column in enumerate(columns) if any(column)]


def _labels_width(block: Bars, width: int) -> int:
    longest = max((cell_len(visible(label)) for label, _ in block.rows), default=0)
    return max(min(longest, width), NARROWEST_COLUMN)


# -- Charts -------------------------------------------------------------------


def chart_lines(block: Chart, console: Console) -> Iterator[Text]:
    """Yield a chart, the first numbers light, and the second ones solid before them.

    As many years share a column as must be; it has the most of each number.
    """
    if not block.rows:
        return
    years, wholes, _ = zip(*block.rows, strict=True)
    most = max(wholes)
    axis_width = len(str(most)) + GUTTER
    columns = _chart_columns(block, readable_width(console) - axis_width)
    labels = {CHART_HEIGHT: str(most or ""), 1: "0"}
    for level in range(CHART_HEIGHT, 0, -1):
        height = max(most, 1) * (level - 0.5) / CHART_HEIGHT
        dots = "".join(_dot(whole, part, height) for whole, part in columns)
        axis = labels.get(level, "").rjust(axis_width - GUTTER) + " " * GUTTER
        yield Text.assemble((axis, "dim"), (dots.rstrip(), "cyan"))
    indent = " " * axis_width
    yield Text(indent + _years_line(years[0], years[-1], len(columns)), "dim")
    _, whole_label, part_label = block.columns
    yield Text.assemble(
        (f"{indent}█", "cyan"), f" {part_label}  ", ("░", "cyan"), f" {whole_label}"
    )


def _chart_columns(block: Chart, width: int) -> list[tuple[int, int]]:
    """Return the two numbers of each column, so many years to one that all fit."""
    years_a_column = -(-len(block.rows) // max(width, 1))
    starts = range(0, len(block.rows), years_a_column)
    groups = [block.rows[start : start + years_a_column] for start in starts]
    return list(map(_most_of_each, groups))


def _most_of_each(rows: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    _, wholes, parts = zip(*rows, strict=True)
    return max(wholes), max(parts)


def _years_line(first: int, last: int, width: int) -> str:
    """Return the first and the last year, as far apart as the columns are."""
    if first == last:
        return str(first)
    return f"{first} {str(last).rjust(width - len(f'{first} '))}"


def _dot(whole: int, part: int, height: float) -> str:
    if part >= height:
        return "█"
    if whole >= height:
        return "░"
    return " "
