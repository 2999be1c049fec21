"""Tables on a terminal: columns fitted to the width, or rows as labels with texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from citylinks.text.safe import visible
from citylinks.views.blocks import FieldList
from citylinks.views.terminal.paragraphs import GUTTER, field_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from citylinks.views.blocks import TableBlock

READABLE_COLUMN = 16  # below which a column of words is hard to read
WIDEST_WORD = 24  # a longer one may be broken to make a table fit
DATE_COLUMNS = frozenset(("since", "signed", "when", "date", "expires"))

NO_BREAK = "\0"  # a space at which a line is not broken; no text from a record has it

Column = list[str]  # a name, and the cells below it


def table_lines(block: TableBlock, console: Console) -> Iterator[Text]:
    """Yield a table without its empty columns; stacked where it is too wide."""
    columns = _used_columns(block)
    if not columns:
        return
    widths = _fit_widths(columns, console.width)
    header, *rows = zip(*columns, strict=True)
    if _total_width(widths) > console.width:
        yield from _stacked_lines(header, rows, console)
        return
    names = [Text(name, style="dim") for name in header]
    yield from _row_lines(names, widths, console)
    for row in rows:
        yield from _row_lines(list(map(Text, row)), widths, console)


def _used_columns(block: TableBlock) -> list[Column]:
    """Return the columns in which any row has a text."""
    columns = []
    for name, *cells in zip(block.columns, *block.rows, strict=True):
        texts = [_cell_text(name, cell) for cell in cells]
        if any(texts):
            columns.append([name, *texts])
    return columns


def _cell_text(name: str, cell: str) -> str:
    """Return a cell as it may be broken: a date stays on one line."""
    text = " ".join(visible(cell).split())
    if name in DATE_COLUMNS and cell_len(text) <= WIDEST_WORD:
        return text.replace(" ", NO_BREAK)
    return text


def _total_width(widths: Sequence[int]) -> int:
    return sum(widths) + GUTTER * (len(widths) - 1)


def _stacked_lines(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], console: Console
) -> Iterator[Text]:
    """Yield a table that is too wide for columns: each row as labels with its cells."""
    widest = max(map(len, header))
    for number, row in enumerate(rows):
        if number:
            yield Text()
        fields = []
        for name, cell in zip(header, row, strict=True):
            if cell:
                fields.append((name.ljust(widest), (cell.replace(NO_BREAK, " "),)))
        yield from field_lines(FieldList(tuple(fields)), console)


def _fit_widths(columns: Sequence[Column], width: int) -> list[int]:
    """Return the widths of columns: what they need, or less until all fit.

    The widest column with words in it gives way first, and none so far that it is hard
    to read; one of ids never does.
    """
    widths = [max(map(_cell_width, column)) for column in columns]
    least_widths = list(map(_least_width, columns))
    excess = _total_width(widths) - width
    while excess > 0:
        yielding = []
        for index, least in enumerate(least_widths):
            if widths[index] > least:
                yielding.append(index)
        if not yielding:
            break
        widths[max(yielding, key=widths.__getitem__)] -= 1
        excess -= 1
    return widths


def _least_width(column: Column) -> int:
    """Return the width below which a column does not go."""
    needed = max(map(_cell_width, column))
    if not any(" " in cell for cell in column[1:]):
        return needed
    return min(needed, max(READABLE_COLUMN, _longest_word(column)))


def _longest_word(column: Column) -> int:
    """Return the width below which a word would be broken, within reason."""
    longest = 0
    for cell in column:
        longest = max(longest, *map(_cell_width, cell.split(" ")))
    return min(longest, WIDEST_WORD)


def _cell_width(cell: str) -> int:
    return cell_len(cell.replace(NO_BREAK, " "))


def _row_lines(
    cells: Sequence[Text], widths: Sequence[int], console: Console
) -> Iterator[Text]:
    wrapped_cells = []
    for cell, width in zip(cells, widths, strict=True):
        wrapped = list(cell.wrap(console, width, overflow="fold")) or [Text()]
        wrapped_cells.append(wrapped)
    for number in range(max(map(len, wrapped_cells))):
        line = Text()
        for wrapped, width in zip(wrapped_cells, widths, strict=True):
            part = Text()
            if number < len(wrapped):
                part = wrapped[number]
            part.plain = part.plain.replace(NO_BREAK, " ")
            line.append_text(part)
            line.append(" " * (width - cell_len(part.plain) + GUTTER))
        line.rstrip()
        yield line
