"""Tables on a terminal: one row an item, fitted to the width, or labels with texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from citylinks.text.safe import visible
from citylinks.views.blocks import FieldList
from citylinks.views.terminal.paragraphs import GUTTER, field_lines, wrap_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from citylinks.views.blocks import TableBlock

NARROWEST_TABLE = 50  # on a narrower terminal a table that does not fit is stacked
NARROW = 100  # on a narrower terminal the id stands last, and is cut first
CUT = "…"

# The columns of dates, which are no numbers even where all are years.
DATES = ("date", "end", "expires", "signed", "since", "start", "until")

# The columns that say what an item is; they have twice the room of others.
HEADLINES = ("name", "title", "with", "wants")

# The columns that have one and a half times the room of others.
TEXTS = ("themes", "parties", "cities")

# The width down to which a column is cut, in favour of others.
LEAST_WIDTHS = {
    "id": 12,
    "kind": 11,
    "name": 20,
    "publisher": 16,
    "record": 20,
    "title": 26,
    "wants": 24,
    "with": 20,
    **dict.fromkeys(DATES, 16),
}
OTHER_LEAST_WIDTH = 12


class TableColumn(NamedTuple):
    """A column as it is printed: its name, its cells, and how much room it needs."""

    name: str
    cells: list[str]
    width: int
    is_number: bool

    @property
    def least_width(self) -> int:
        """The width below which the column is not cut but hidden."""
        if self.is_number:
            return self.width
        least = LEAST_WIDTHS.get(self.name, OTHER_LEAST_WIDTH)
        return min(self.width, max(least, _cells(self.name)))


def table_lines(block: TableBlock, console: Console) -> Iterator[Text]:
    """Yield a table without its empty columns; stacked where it is too wide."""
    columns = _used_columns(block)
    if not columns:
        return
    width = console.width
    if width < NARROWEST_TABLE and _total([each.width for each in columns]) > width:
        yield from _stacked_lines(columns, console)
        return
    if width < NARROW:
        columns.sort(key=lambda column: column.name == "id")
    shown = _columns_with_room(columns, block.hide_first, width)
    widths = _fit_widths(shown, width)
    if block.has_header:
        names = [column.name for column in shown]
        yield Text(_row_text(names, shown, widths), style="dim")
    for cells in zip(*(column.cells for column in shown), strict=True):
        yield Text(_row_text(cells, shown, widths))
    hidden = [column.name for column in columns if column not in shown]
    if hidden:
        yield from wrap_text(Text(_hidden_phrase(hidden), style="dim"), console, width)


def _used_columns(block: TableBlock) -> list[TableColumn]:
    """Return the columns in which any row has a text."""
    columns = []
    for name, *cells in zip(block.columns, *block.rows, strict=True):
        texts = [" ".join(visible(cell).split()) for cell in cells]
        if not any(texts):
            continue
        width = max(map(_cells, texts))
        if block.has_header:
            width = max(width, _cells(name))
        is_number = name not in DATES and all(map(_is_number, texts))
        columns.append(TableColumn(name, texts, width, is_number))
    return columns


def _is_number(text: str) -> bool:
    return text.isdecimal() or not text


def _cells(text: str) -> int:
    """Return the number of cells that a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GUTTER * (len(widths) - 1)


def _stacked_lines(columns: Sequence[TableColumn], console: Console) -> Iterator[Text]:
    """Yield a table that is too wide for columns: each row as labels with its cells."""
    for number, row in enumerate(zip(*(each.cells for each in columns), strict=True)):
        if number:
            yield Text()
        fields = []
        for column, cell in zip(columns, row, strict=True):
            if cell:
                fields.append((column.name, (cell,)))
        yield from field_lines(FieldList(tuple(fields)), console)


def _columns_with_room(
    columns: Sequence[TableColumn], hide_first: Sequence[str], width: int
) -> list[TableColumn]:
    """Return the columns that have room when cut; the least important are hidden.

    After those in `hide_first`, they are hidden from the right, the id as the last.
    """
    others = [each.name for each in reversed(columns) if each.name not in hide_first]
    others.sort(key=lambda name: (name == "id", name in HEADLINES))
    shown = list(columns)
    for name in (*hide_first, *others):
        if len(shown) == 1 or _total([each.least_width for each in shown]) <= width:
            break
        shown = [column for column in shown if column.name != name] or shown
    return shown


def _fit_widths(columns: Sequence[TableColumn], width: int) -> list[int]:
    """Return the widths of columns: what they need, the widest cut until all fit."""
    room = width - GUTTER * (len(columns) - 1)
    widths = [column.width for column in columns]
    if width < NARROW:
        _cut_ids(columns, widths, room)
    for most in range(2 * room, 0, -1):
        if sum(widths) <= room:
            break
        for index, column in enumerate(columns):
            least = min(column.least_width, room)
            share = int(most * _share(column.name, width))
            widths[index] = max(least, min(widths[index], share))
    for index, column in enumerate(columns):  # what is left after the last cut
        widths[index] = min(column.width, widths[index] + room - sum(widths))
    return widths


def _cut_ids(columns: Sequence[TableColumn], widths: list[int], room: int) -> None:
    """Cut the ids before all else: the beginning of one is enough to ask by it."""
    for index, column in enumerate(columns):
        if column.name == "id":
            missing = max(sum(widths) - room, 0)
            widths[index] = max(column.least_width, widths[index] - missing)


def _share(name: str, width: int) -> float:
    """Return the room of a column as a multiple of that of others."""
    if name in HEADLINES or (name == "id" and width >= NARROW):
        return 2
    return 1.5 if name in TEXTS else 1


def _row_text(
    cells: Sequence[str], columns: Sequence[TableColumn], widths: Sequence[int]
) -> str:
    """Return the line of a row: numbers at the right of their column, cut cells."""
    parts = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        text = _cut(cell, width)
        pad = " " * (width - _cells(text))
        parts.append(pad + text if column.is_number else text + pad)
    return (" " * GUTTER).join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    """Return a text that fits a width, with an ellipsis where it was cut."""
    if _cells(text) <= width:
        return text
    return set_cell_size(text, width - len(CUT)).rstrip() + CUT


def _hidden_phrase(names: Sequence[str]) -> str:
    """Return the line that says which columns are hidden, and how they are shown."""
    listed = ", ".join(names)
    return f"Hidden: {listed}; a wider terminal or --format markdown shows all"
