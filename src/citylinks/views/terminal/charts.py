"""Numbers on a terminal: bars beside labels, and a chart of years."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
NARROWEST_BAR = 4  # cells of the longest bar; shorter ones would not compare


# -- Bars ---------------------------------------------------------------------


def bars_lines(block: Bars, console: Console) -> Iterator[Text]:
    """Yield labels with their numbers, each with its bar where there is room for it.

    Columns without a number are left out; the last column has no bars.
    """
    if block.heading and block.has_header:
        yield from wrap_text(Text(block.heading, style="bold"), console, console.width)
    used = _used_numbers(block)
    names = [block.columns[index + 1] for index in used]
    width = readable_width(console)
    numbers_width = sum(map(len, names)) + GUTTER * len(names)
    if numbers_width + NARROWEST_COLUMN > width:
        yield from field_lines(FieldList(tuple(_number_rows(block))), console)
        return
    labels_width = _labels_width(block, width - numbers_width)
    columns = _bar_columns(block, used, width - labels_width)
    if block.has_header:
        heading = block.columns[0].ljust(labels_width)
        for column in columns:
            heading += " " * GUTTER + column.heading
        yield Text(heading.rstrip()[: console.width], style="dim")
    for label, numbers in block.rows:
        line = Text(visible(label))
        line.truncate(labels_width, overflow="ellipsis", pad=True)
        for column in columns:
            line.append(" " * GUTTER)
            line.append_text(_bar_cell(numbers[column.place], column))
        line.rstrip()
        yield from wrap_text(line, console, console.width)


class _BarColumn(NamedTuple):
    """One column of numbers: its place in a row, its name, its widths in cells.

    A bar of `bar_width` stands for the number `most`; a column without bars has none.
    """

    place: int
    name: str
    number_width: int
    bar_width: int
    most: int

    @property
    def width(self) -> int:
        """The cells of the column, the bar after a blank."""
        if not self.bar_width:
            return max(self.number_width, len(self.name))
        return max(self.number_width + 1 + self.bar_width, len(self.name))

    @property
    def heading(self) -> str:
        """The name over the column: over the bars, or at the right over numbers."""
        if self.bar_width:
            return self.name.ljust(self.width)
        return self.name.rjust(self.width)


def _bar_columns(block: Bars, used: Sequence[int], width: int) -> list[_BarColumn]:
    """Return the columns with as wide bars as there is room for, all to one scale."""
    most = max((max(numbers[:-1]) for _, numbers in block.rows), default=0)
    for bar_width in range(width if most else 0, NARROWEST_BAR - 1, -1):
        columns = _columns_with_bars(block, used, bar_width, most)
        if sum(GUTTER + column.width for column in columns) <= width:
            return columns
    return _columns_with_bars(block, used, 0, most)


def _columns_with_bars(
    block: Bars, used: Sequence[int], bar_width: int, most: int
) -> list[_BarColumn]:
    """Return the columns with bars of this width, the last column without."""
    columns = []
    for place in used:
        name = block.columns[place + 1]
        column = _BarColumn(place, name, len(str(most)), bar_width, most)
        if place == len(block.columns) - 2:
            column = column._replace(number_width=len(name), bar_width=0)
        columns.append(column)
    return columns


def _bar_cell(number: int, column: _BarColumn) -> Text:
    """Return a number with its bar, as wide as the column."""
    text = str(number or "–")
    if not column.bar_width:
        return Text(text.rjust(column.width))
    bar = "█" * -(-column.bar_width * number // column.most)
    cell = Text.assemble(text.rjust(column.number_width), " ", (bar, "cyan"))
    cell.append(" " * (column.width - len(cell.plain)))
    return cell


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
    if block.heading and block.has_header:
        yield from wrap_text(Text(block.heading, style="bold"), console, console.width)
        yield Text(block.counted, style="dim")
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
    year_label, whole_label, part_label = block.columns
    if not block.counted:
        year_label = ""
    line = _years_line(years[0], years[-1], len(columns), year_label)
    yield Text(indent + line, "dim")
    part = Text.assemble((f"{indent}█", "cyan"), f" {part_label}")
    whole = Text.assemble(("░", "cyan"), f" {whole_label}")
    if cell_len(f"{part.plain}  {whole.plain}") <= console.width:
        yield Text("  ").join((part, whole))
    else:
        yield part
        yield Text.assemble(indent, whole)


def _chart_columns(block: Chart, width: int) -> list[tuple[int, int]]:
    """Return the two numbers of each column, so many years to one that all fit."""
    years_a_column = -(-len(block.rows) // max(width, 1))
    starts = range(0, len(block.rows), years_a_column)
    groups = [block.rows[start : start + years_a_column] for start in starts]
    return list(map(_most_of_each, groups))


def _most_of_each(rows: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    _, wholes, parts = zip(*rows, strict=True)
    return max(wholes), max(parts)


def _years_line(first: int, last: int, width: int, label: str) -> str:
    """Return the first and the last year, as far apart as the columns are.

    The label of the axis stands between them, where there is room for it.
    """
    if first == last:
        return str(first)
    between = max(width - len(f"{first}{last}"), 1)
    if between < len(label) + 2 * GUTTER:
        label = ""
    return f"{first}{label.center(between)}{last}"


def _dot(whole: int, part: int, height: float) -> str:
    if part >= height:
        return "█"
    if whole >= height:
        return "░"
    return " "
