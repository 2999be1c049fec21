"""The rows of one table, whatever its form: CSV, TSV or JSON lines, plain or packed.

Nothing is held but the first lines, by which the form of the file is found, and the row
that is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.importers.reading.delimited import (
    DELIMITERS,
    Dialect,
    delimited_rows,
    delimiter_name,
    find_dialect,
)
from citylinks.importers.reading.json_stream import object_lines
from citylinks.importers.reading.lines import LONGEST, text_lines
from citylinks.importers.rows import UnreadableError
from citylinks.text.safe import number_of, quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from citylinks.importers.reading.opening import SourceFile

    # The columns that a map names -> the key of the map that does.
    MappedColumns = Mapping[str, str]
    # Row -> the content of one column of it: text or a list of texts.
    ReadCell = Callable[[Any], Any]

SAMPLE = 1000  # lines by which the form of a file is found,
SAMPLE_SIZE = 2 * LONGEST  # and characters
MOST_COLUMNS = 2000
NAMED = 50  # columns in a message
HEADER_WITHIN = 20  # rows, of which one is the header

# What stands in rows and hardly ever in a header: a number, a date, an id of Wikidata,
# nothing.
_DATUM = re.compile(r"\s*|[-+]?[0-9][0-9.,/:-]*|Q[1-9][0-9]+")
_JSON_ARRAY = re.compile(r"\[\s*([\[{\"]|$)")


class Form(NamedTuple):
    """How a file is written, as far as stated; None is found by the content.

    `header` is the number of its row, from 1, or 0 where there is none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    has_quotes: bool | None = None
    header: int | None = None


class Table:
    """The rows of a file with their lines, and the names of its columns."""

    def __init__(
        self,
        file: SourceFile,
        columns: Sequence[str],
        rows: Iterator[tuple[int, Any]],
        mapped: MappedColumns,
        sample: int,
        line: int | None = None,
    ) -> None:
        if len(columns) > MOST_COLUMNS:
            message = f"this table has {len(columns)} columns"
            message += f"; at most {MOST_COLUMNS} are read"
            raise UnreadableError(file, line, message)
        self.file = file
        self.columns = tuple(columns)
        self.rows = rows
        self.mapped = mapped
        self.line = line  # of the header
        self.sample = sample  # rows that may be held in memory

    def cell_reader(self, name: str) -> ReadCell:
        """Return the function that reads the column of that name in a row."""
        raise NotImplementedError

    def number(self, position: int) -> str:
        """Return the number by which a map may call a column, or an empty text."""
        return str(position + 1)

    def absent(self, name: str) -> UnreadableError:
        """Return the error about a column that the table has not."""
        message = f"there is no column {quoted(name)}"
        if name in self.mapped:
            message += f", which the map names at {self.mapped[name]}"
        known = f"; there are {_listed(self.columns)}"
        message += did_you_mean(name, self.columns) or known
        return UnreadableError(self.file, self.line, message)


def _listed(columns: Sequence[str]) -> str:
    """Return the first columns, as a message may have them."""
    more = len(columns) - NAMED
    first = ", ".join(quoted(column)[1:-1] for column in columns[:NAMED])
    if more > 0:
        return f"{first} and {more} more"
    return first


def read_table(file: SourceFile, form: Form, mapped: MappedColumns) -> Table:
    """Open a table, of which a map names some columns.

    Raises UnreadableError, also later, while its rows are read.
    """
    text = text_lines(file, form.encoding)
    sample = list(_sample(text))
    begin = _first_text(file, sample)
    if begin.startswith("<"):
        message = "this is HTML or XML, not a table"
        message += "; was a page saved in place of the file?"
        raise UnreadableError(file, 1, message)
    if begin.startswith("["):
        _refuse_array(file, begin)
    whole = chain(sample, text)
    if begin.startswith("{"):
        return _JsonLines(file, whole, mapped, len(sample))
    return _delimited_table(file, form, sample, whole, mapped)


def _sample(text: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, few where they are long."""
    size = 0
    for line in islice(text, SAMPLE):
        yield line
        size += len(line)
        if size > SAMPLE_SIZE:
            return


def _first_text(file: SourceFile, sample: Sequence[str]) -> str:
    """Return the first line that is not blank; UnreadableError where there is none."""
    for line in sample:
        if line.strip():
            return line.lstrip()
    if len(sample) < SAMPLE:
        raise UnreadableError(file, None, "this file is empty")
    raise UnreadableError(file, None, f"its first {SAMPLE} lines are blank")


def _refuse_array(file: SourceFile, begin: str) -> None:
    if _JSON_ARRAY.match(begin):
        message = "this is one JSON array"
        message += "; write an object on each line, as `jq -c '.[]'` does"
        raise UnreadableError(file, 1, message)


# -- Lines to rows: columns apart by a delimiter ------------------------------


class _DelimitedTable(Table):
    @cached_property
    def _positions(self) -> Mapping[str, list[int]]:
        """The positions of the columns of each name, from 0."""
        positions: dict[str, list[int]] = defaultdict(list)
        for position, column in enumerate(self.columns):
            positions[column].append(position)
        return positions

    def cell_reader(self, name: str) -> ReadCell:
        """Return the function that reads the column of that name, or of that number."""
        position = self._position(name)
        return lambda row: row[position]

    def _position(self, name: str) -> int:
        positions = self._positions.get(name, [])
        if len(positions) > 1:
            raise self._ambiguous(name, positions)
        if positions:
            return positions[0]
        if name.isdecimal() and 1 <= int(name) <= len(self.columns):
            return int(name) - 1
        raise self.absent(name)

    def _ambiguous(self, name: str, positions: Sequence[int]) -> UnreadableError:
        numbers = " and ".join(str(position + 1) for position in positions[:NAMED])
        all_ = "both" if len(positions) == 2 else "all"
        called = f"called {quoted(name)}; name one by its number"
        message = f"the columns {numbers} are {all_} {called}"
        return UnreadableError(self.file, self.line, message)


def _delimited_table(
    file: SourceFile,
    form: Form,
    sample: list[str],
    text: Iterable[str],
    mapped: MappedColumns,
) -> Table:
    dialect, width = _dialect(file, form, sample)
    rows = delimited_rows(file, dialect, text)
    first = list(islice(rows, HEADER_WITHIN))
    at = _header(first, form.header, width, mapped)
    if at is None:
        columns = [str(number + 1) for number in range(width)]
        below = _even(file, width, chain(first, rows))
        return _DelimitedTable(file, columns, below, mapped, len(sample))
    line, header = first[at]
    columns = [" ".join(name.split()) for name in header]
    below = _even(file, len(columns), chain(first[at + 1 :], rows))
    return _DelimitedTable(file, columns, below, mapped, len(sample), line)


def _dialect(file: SourceFile, form: Form, sample: list[str]) -> tuple[Dialect, int]:
    """Return the dialect of a file and the number of its columns."""
    delimiters = list(DELIMITERS.values())
    if form.delimiter:
        delimiters = [form.delimiter]
    match = find_dialect(sample, delimiters, form.has_quotes)
    if match:
        return match
    number = 0
    while not sample[number].strip():
        number += 1
    message = f"{quoted(sample[number].strip())} is one column"
    message += (
        f": it has no {_any_of(delimiters)}; name the separator as file.delimiter"
    )
    raise UnreadableError(file, number + 1, message)


def _any_of(delimiters: Sequence[str]) -> str:
    """Return delimiters by their names, as a sentence has them."""
    *others, last = map(delimiter_name, delimiters)
    if not others:
        return last
    return f"{', '.join(others)} or {last}"


def _even(
    file: SourceFile, width: int, rows: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows; UnreadableError for one of another width."""
    for line, row in rows:
        if len(row) != width:
            columns = number_of(len(row), "column")
            message = f"this row has {columns}, the header {width}; are quotes missing?"
            raise UnreadableError(file, line, message)
        yield line, row


def _header(
    first: Sequence[tuple[int, list[str]]],
    stated: int | None,
    width: int,
    mapped: Collection[str],
) -> int | None:
    """Return the index of the header among the first rows; None where there is none."""
    if stated == 0:
        return None
    if stated is not None:
        return min(stated, len(first)) - 1
    names = {name for name in mapped if not name.isdecimal()}
    for number, (_, row) in enumerate(first):
        if names and names <= {" ".join(cell.split()) for cell in row}:
            return number
    for number, (_, row) in enumerate(first):
        if len(row) == width:
            if not names and any(map(_DATUM.fullmatch, row)):
                return None  # these are data already
            return number
    return None


# -- Lines to rows: an object on each line ------------------------------------


class _JsonLines(Table):
    def __init__(
        self, file: SourceFile, text: Iterable[str], mapped: MappedColumns, sample: int
    ) -> None:
        rows = object_lines(file, text)
        first = list(islice(rows, sample))
        columns: dict[str, None] = {}
        for _, row in first:
            columns.update(dict.fromkeys(_paths(row)))
        if not columns:
            raise _without_keys(file, first)
        self.unseen = {name for name in mapped if name not in columns}
        watched = self._watched(chain(first, rows))
        super().__init__(file, list(columns), watched, mapped, sample)

    def cell_reader(self, name: str) -> ReadCell:
        """Return the function that reads a key, or with dots a path.

        A row may be without it.
        """
        steps = name.split(".")

        def read(row: Any) -> Any:
            if name in row:
                return _plain(row[name])
            return _plain(_within(row, steps))

        return read

    def number(self, position: int) -> str:
        """Return an empty text: objects have no order."""
        return ""

    def _watched(self, rows: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        """Yield the rows; at their end, refuse a key that none of them had."""
        for line, row in rows:
            if self.unseen:
                self.unseen.difference_update(_paths(row))
            yield line, row
        if self.unseen:
            raise self.absent(min(self.unseen))


def _without_keys(file: SourceFile, rows: Sequence[tuple[int, Any]]) -> UnreadableError:
    these = "this object has" if len(rows) == 1 else "these objects have"
    message = f"{these} no keys, so there are no columns"
    return UnreadableError(file, rows[0][0], message)


def _paths(row: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield the keys of an object; for an object within it, its keys after a dot."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{before}{key}.")
        else:
            yield before + key


def _within(row: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        if not isinstance(row, dict):
            return None
        row = row.get(step)
    return row


def _plain(value: Any) -> Any:
    """Return a JSON value as text or a list of texts; an object has no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        texts: list[Any] = []
        for item in map(_plain, value):
            if isinstance(item, list):
                texts += item
            else:
                texts.append(item)
        return texts
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, dict):
        return ""
    return str(value)
