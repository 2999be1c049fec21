"""Tables on a terminal: one row an item, fitted to the width, or labels with texts."""

from __future__ import annotations

from itertools import zip_longest
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
NARROW = 100  # on a narrower terminal the id stands last
CUT = "…"
DASH = " – "  # between the members in the name of a partnership

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
    "rule": 21,
    "themes": 14,
    "title": 26,
    "wants": 42,
    "with": 20,
    **dict.fromkeys(DATES, 15),
}
OTHER_LEAST_WIDTH = 12
MOST_OF_ID = 24  # where most ids fit into it, their least width until they give way
NAME_AND_STATUS = 24  # where the status of some items stands behind the name


class TableColumn(NamedTuple):
    """A column as it is printed: its name, its cells, and how much room it needs.

    `least` is the width below which it is not cut but hidden. `marks` are texts behind
    the cells, where it has any; they are cut only where they have no room by
    themselves.
    """

    name: str
    cells: list[str]
    width: int
    least: int
    is_number: bool
    marks: tuple[str, ...] = ()


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
    names = [column.name for column in shown]
    hidden = [column.name for column in columns if column.name not in names]
    if "status" in hidden and "name" in names:
        hidden.remove("status")
        shown = _with_status_beside_name(shown, columns, width)
    widths = _fit_widths(shown, width)
    if block.has_header:
        header = [column._replace(cells=[column.name], marks=()) for column in shown]
        yield from (Text(row, style="dim") for row in _row_texts(header, widths))
    yield from map(Text, _row_texts(shown, widths))
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
        least = width if is_number else min(width, _least_width(name))
        if name == "id" and _are_mostly_short(texts):
            least = min(width, MOST_OF_ID)
        columns.append(TableColumn(name, texts, width, least, is_number))
    return columns


def _least_width(name: str) -> int:
    return max(LEAST_WIDTHS.get(name, OTHER_LEAST_WIDTH), _cells(name))


def _are_mostly_short(ids: Sequence[str]) -> bool:
    """Whether most of some ids are whole in a column of ids."""
    short = [id_ for id_ in ids if _cells(id_) <= MOST_OF_ID]
    return 2 * len(short) >= len(ids)


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

    They give way in the order of `hide_first`, then from the right, what says what an
    item is as the last. An id is cut when its turn comes, and hidden at the very end.
    """
    order = [*hide_first, *(name for name in ("id",) if name not in hide_first)]
    others = [each.name for each in reversed(columns) if each.name not in order]
    order += sorted(others, key=HEADLINES.__contains__)
    shown = list(columns)
    for name in order:
        if _fits(shown, width):
            return shown
        if name == "id":
            shown = list(map(_with_id_cut, shown))
        else:
            shown = [column for column in shown if column.name != name] or shown
    if _fits(shown, width):
        return shown
    return [column for column in shown if column.name != "id"] or shown


def _fits(columns: Sequence[TableColumn], width: int) -> bool:
    """Whether columns have room when all of them are cut."""
    return len(columns) == 1 or _total([each.least for each in columns]) <= width


def _with_id_cut(column: TableColumn) -> TableColumn:
    """Return a column, and of an id one that may be cut further."""
    if column.name != "id":
        return column
    return column._replace(least=min(column.width, _least_width(column.name)))


def _with_status_beside_name(
    shown: Sequence[TableColumn], columns: Sequence[TableColumn], width: int
) -> list[TableColumn]:
    """Return the columns with each status, which has no room, behind its name.

    Without it a partnership that has ended would look as one that is active.
    """
    marks: list[str] = []
    for column in columns:
        if column.name == "status":
            marks = [f" ({status})" if status else "" for status in column.cells]
    room = max(width - _total([column.least for column in shown]), 0)
    marked = []
    for column in shown:
        if column.name != "name":
            marked.append(column)
            continue
        texts = map(str.__add__, column.cells, marks)
        widest = max(column.width, *map(_cells, texts))
        least = min(widest, NAME_AND_STATUS, column.least + room)
        marked.append(column._replace(width=widest, least=least, marks=tuple(marks)))
    return marked


def _fit_widths(columns: Sequence[TableColumn], width: int) -> list[int]:
    """Return the widths of columns: what they need, the widest cut until all fit."""
    room = width - GUTTER * (len(columns) - 1)
    widths = [column.width for column in columns]
    _cut_ids(columns, widths, width)
    for most in range(2 * room, 0, -1):
        if sum(widths) <= room:
            break
        for index, column in enumerate(columns):
            least = min(column.least, room)
            share = int(most * _share(column.name))
            widths[index] = max(least, min(widths[index], share))
    for index, column in enumerate(columns):  # what is left after the last cut
        widths[index] = min(column.width, widths[index] + room - sum(widths))
    return widths


def _cut_ids(columns: Sequence[TableColumn], widths: list[int], width: int) -> None:
    """Cut the ids before all else, to a sixth of the terminal at least."""
    missing = _total(widths) - width
    for index, column in enumerate(columns):
        if column.name == "id" and missing > 0:
            least = max(column.least, width // 6)
            widths[index] = min(widths[index], max(least, widths[index] - missing))


def _share(name: str) -> float:
    """Return the room of a column as a multiple of that of others."""
    if name in HEADLINES:
        return 2
    return 1.5 if name in TEXTS else 1


def _row_texts(columns: Sequence[TableColumn], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of rows, each cell cut and padded to the width of its column."""
    fitted = list(map(_fitted_cells, columns, widths))
    for cells in zip(*fitted, strict=True):
        yield (" " * GUTTER).join(cells).rstrip()


def _fitted_cells(column: TableColumn, width: int) -> list[str]:
    """Return the cells of a column in its width, numbers at the right."""
    cells = []
    for cell, mark in zip_longest(column.cells, column.marks, fillvalue=""):
        room = width - _cells(mark)
        text = _cut(cell, room) + mark if room > 1 else _cut(cell + mark, width)
        pad = " " * (width - _cells(text))
        cells.append(pad + text if column.is_number else text + pad)
    return cells


def _cut(text: str, width: int) -> str:
    """Return a text that fits a width, with an ellipsis where it was cut.

    Of the name of a partnership with three members or more the first and the last stay:
    `Lyon – … – Yerevan`.
    """
    if _cells(text) <= width:
        return text
    first, *others = text.split(DASH)
    if len(others) > 1:
        text = DASH.join((first, CUT, others[-1]))
    if _cells(text) <= width:
        return text
    return set_cell_size(text, width - len(CUT)).rstrip() + CUT


def _hidden_phrase(names: Sequence[str]) -> str:
    """Return the line that says which columns are hidden, and how they are shown."""
    listed = ", ".join(names)
    return f"Hidden: {listed}; a wider terminal or --format markdown shows all"
