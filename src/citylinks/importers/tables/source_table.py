"""The rows of one file, whatever it is: CSV, TSV or JSON lines, plain or in gzip.

Nothing is held but the first lines, by which the form of the file is found, and the row
that is read.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.importers.reading.json_bounds import (
    JsonError,
    look_through,
    no_number,
    once,
)
from citylinks.importers.reading.lines import LONGEST, LONGEST_CELL, lines, too_long
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
    from pathlib import Path

    Wanted = Mapping[
        str, str
    ]  # columns that will be asked for -> where the map names them
    Cell = Callable[
        [Any], Any
    ]  # row -> what stands in one column of it: text or a list of texts

SAMPLE = 1000  # lines by which the form of a file is found,
SAMPLE_SIZE = 2 * LONGEST  # and characters
MOST_COLUMNS = 2000
NAMED = 50  # columns in a message
HEADER_WITHIN = 20  # rows, of which one is the header

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

_NAMES = {mark: name for name, mark in DELIMITERS.items()}

# What stands in rows and hardly ever in a header: a number, a date, an id of Wikidata,
# nothing.
_DATUM = r"\s*|[-+]?[0-9][0-9.,/:-]*|Q[1-9][0-9]+"


class Form(NamedTuple):
    """How a file is written, as far as somebody says so; what is None is found by the
    content.

    `header` is the number of its row, from 1, or 0 where there is none.
    """

    encoding: str | None = None
    delimiter: str | None = None
    has_quotes: bool | None = None
    header: int | None = None


class Table:
    """The rows of a file with their lines, and what its columns are called."""

    def __init__(
        self,
        file: Path,
        columns: Sequence[str],
        rows: Iterator[tuple[int, Any]],
        wanted: Wanted,
        sample: int,
        line: int | None = None,
    ) -> None:
        if len(columns) > MOST_COLUMNS:
            said = f"this table has {len(columns)} columns; at most {MOST_COLUMNS} are read"
            raise UnreadableError(file, line, said)
        self.file = file
        self.columns = tuple(columns)
        self.rows = rows
        self.wanted = wanted
        self.line = line  # of the header
        self.sample = sample  # rows that may be held in memory

    def cell(self, name: str) -> Cell:
        """Return what reads the column of that name, or of that number where none is so
        named.
        """
        raise NotImplementedError

    def number(self, position: int) -> str:
        """Return the number by which a map may call the column at a position; empty for
        none.
        """
        return str(position + 1)

    def absent(self, name: str) -> UnreadableError:
        """Return that there is no such column, and which key of the map names it."""
        key = (
            f", which the map names at {self.wanted[name]}"
            if name in self.wanted
            else ""
        )
        hint = (
            did_you_mean(name, self.columns) or f"; there are {_listed(self.columns)}"
        )
        said = f"there is no column {quoted(name)}{key}{hint}"
        return UnreadableError(self.file, self.line, said)


def _listed(columns: Sequence[str]) -> str:
    """Return the first columns, as a message may have them."""
    more = len(columns) - NAMED
    first = ", ".join(quoted(column)[1:-1] for column in columns[:NAMED])
    return f"{first} and {more} more" if more > 0 else first


def read_table(file: Path, form: Form, wanted: Wanted) -> Table:
    """Open a file, of which the columns that are wanted will be asked for.

    Raises UnreadableError, also later, while its rows are read.
    """
    text = lines(file, form.encoding)
    sample = list(_sample(text))
    begin = next((line.lstrip() for line in sample if line.strip()), "")
    if not begin:
        is_all = len(sample) < SAMPLE
        said = (
            "nothing is in this file"
            if is_all
            else f"its first {SAMPLE} lines are blank"
        )
        raise UnreadableError(file, None, said)
    if begin.startswith("<"):
        said = (
            "this is HTML or XML, not a table; was a page saved in place of the file?"
        )
        raise UnreadableError(file, 1, said)
    whole = chain(sample, text)
    if begin.startswith("{"):
        return _JsonLines(file, whole, wanted, len(sample))
    if begin.startswith("[") and _is_json(begin):
        said = "this is one JSON array; write an object on each line, as `jq -c '.[]'` does"
        raise UnreadableError(file, 1, said)
    return _delimited(file, form, sample, whole, wanted)


def _sample(text: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, few where they are long."""
    size = 0
    for line in islice(text, SAMPLE):
        yield line
        size += len(line)
        if size > SAMPLE_SIZE:
            return


# -- Lines to rows: columns apart by a delimiter ------------------------------


class _Delimited(Table):
    @cached_property
    def _numbers(self) -> Mapping[str, list[int]]:
        """The numbers of the columns of each name, from 0."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, column in enumerate(self.columns):
            found[column].append(number)
        return found

    def cell(self, name: str) -> Cell:
        """Return what reads the column of that name, or of that number."""
        found = self._numbers.get(name, [])
        if len(found) > 1:
            numbers = " and ".join(str(number + 1) for number in found[:NAMED])
            are = "are both" if len(found) == 2 else "are all"
            said = f"the columns {numbers} {are} called {quoted(name)}; name one by its number"
            raise UnreadableError(self.file, self.line, said)
        if not found and name.isdecimal() and 1 <= int(name) <= len(self.columns):
            found = [int(name) - 1]
        if not found:
            raise self.absent(name)
        number = found[0]
        return lambda row: row[number]


class _Dialect(NamedTuple):
    delimiter: str
    has_quotes: bool

    def reader(self, text: Iterable[str]) -> Any:
        return csv.reader(
            text,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.has_quotes else csv.QUOTE_NONE,
            strict=True,
            skipinitialspace=True,
        )


def _delimited(
    file: Path, form: Form, sample: list[str], text: Iterable[str], wanted: Wanted
) -> Table:
    dialect, width = _dialect(file, form, sample)
    rows = _rows(file, dialect, text)
    first = list(islice(rows, HEADER_WITHIN))
    at = _header(first, form.header, width, wanted)
    if at is None:
        columns = [str(number + 1) for number in range(width)]
        return _Delimited(
            file, columns, _even(file, width, chain(first, rows)), wanted, len(sample)
        )
    line, header = first[at]
    columns = [" ".join(name.split()) for name in header]
    below = _even(file, len(columns), chain(first[at + 1 :], rows))
    return _Delimited(file, columns, below, wanted, len(sample), line)


def _dialect(file: Path, form: Form, sample: list[str]) -> tuple[_Dialect, int]:
    """Return how columns are kept apart, and how many there are."""
    marks = [form.delimiter] if form.delimiter else list(DELIMITERS.values())
    found = []
    for mark in marks:
        dialect = _Dialect(mark, _has_quotes(mark, form, sample))
        widths = Counter(_widths(dialect, sample))
        width, often = widths.most_common(1)[0] if widths else (0, 0)
        if width > 1:
            found.append((often / widths.total(), width, dialect))
    if not found:
        line = next(
            number for number, line in enumerate(sample, start=1) if line.strip()
        )
        said = f"{quoted(sample[line - 1].strip())} is one column: no {_or(marks)}"
        raise UnreadableError(
            file, line, f"{said} parts it; say which does by file.delimiter"
        )
    _, width, dialect = max(found)
    return dialect, width


def _or(marks: Sequence[str]) -> str:
    """Return delimiters by their names, as a sentence has them."""
    *others, last = [_NAMES.get(mark, quoted(mark)) for mark in marks]
    return f"{', '.join(others)} or {last}" if others else last


def _has_quotes(mark: str, form: Form, sample: list[str]) -> bool:
    """Whether quotes keep a cell together; between tabs only where cells stand in them."""
    if form.has_quotes is not None:
        return form.has_quotes
    in_quotes = re.compile(r'(^|\t)"[^"\t]*"(\t|$)')
    return mark != "\t" or any(in_quotes.search(line.rstrip("\r\n")) for line in sample)


def _widths(dialect: _Dialect, sample: list[str]) -> Iterator[int]:
    """Yield how many columns each row of the sample has, as far as it can be read."""
    try:
        yield from (len(row) for row in dialect.reader(sample) if row)
    except csv.Error:
        return


def _rows(
    file: Path, dialect: _Dialect, text: Iterable[str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it begins."""
    csv.field_size_limit(LONGEST_CELL)
    line = 1

    def bounded() -> Iterator[str]:
        """Yield the lines, as long as those of one row are not too many."""
        size = begun = 0
        for part in text:
            size = len(part) if line != begun else size + len(part)
            begun = line
            if size > LONGEST:
                raise too_long(file, line, "row")
            yield part

    reader = dialect.reader(bounded())
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        if "expected after" in str(error):
            said = (
                f"a quote ends on line {reader.line_num}, and no delimiter follows it"
            )
            said += "; a quote within quotes is doubled"
        else:
            said = "quotes that open in this row are not closed"
        raise UnreadableError(file, line, said) from None


def _even(
    file: Path, width: int, rows: Iterable[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows, all of the same width."""
    for line, row in rows:
        if len(row) != width:
            columns = number_of(len(row), "column")
            said = f"this row has {columns}, the header {width}; are quotes missing?"
            raise UnreadableError(file, line, said)
        yield line, row


def _header(
    first: Sequence[tuple[int, list[str]]],
    stated: int | None,
    width: int,
    wanted: Collection[str],
) -> int | None:
    """Return which of the first rows is the header; None where there is none."""
    if stated is not None:
        return min(stated, len(first)) - 1 if stated else None
    names = {name for name in wanted if not name.isdecimal()}
    for number, (_, row) in enumerate(first):
        if names and names <= {" ".join(cell.split()) for cell in row}:
            return number
    for number, (_, row) in enumerate(first):
        if len(row) == width:
            is_data = any(re.fullmatch(_DATUM, cell) for cell in row)
            return None if is_data and not names else number
    return None


# -- Lines to rows: an object on each line ------------------------------------


class _JsonLines(Table):
    def __init__(
        self, file: Path, text: Iterable[str], wanted: Wanted, sample: int
    ) -> None:
        rows = _objects(file, text)
        first = list(islice(rows, sample))
        columns = dict.fromkeys(path for _, row in first for path in _paths(row))
        self.unseen = {name for name in wanted if name not in columns}
        if not columns:
            said = (
                "this object has no keys"
                if len(first) == 1
                else "these objects have no keys"
            )
            raise UnreadableError(
                file, first[0][0], f"{said}, so that there are no columns"
            )
        super().__init__(
            file, list(columns), self._watched(chain(first, rows)), wanted, sample
        )

    def cell(self, name: str) -> Cell:
        """Return what reads a key, or with dots a path; a row may be without it."""
        steps = name.split(".")

        def read(row: Any) -> Any:
            return _plain(row[name] if name in row else _within(row, steps))

        return read

    def number(self, position: int) -> str:
        """Return nothing: objects have no order."""
        return ""

    def _watched(self, rows: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        """Yield the rows; at their end, refuse a key that none of them had."""
        for line, row in rows:
            if self.unseen:
                self.unseen.difference_update(_paths(row))
            yield line, row
        if self.unseen:
            raise self.absent(min(self.unseen))


def _objects(file: Path, text: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the object of each line that has one; numbers stay as they are written."""
    for number, line in enumerate(text, start=1):
        if line.isspace():
            continue
        row = _object(file, number, line)
        if not isinstance(row, dict):
            raise UnreadableError(file, number, "this is JSON, but no object")
        yield number, row


_read = json.JSONDecoder(
    object_pairs_hook=once, parse_float=str, parse_int=str, parse_constant=no_number
).decode


def _object(file: Path, number: int, line: str) -> Any:
    try:
        look_through(line.encode())
        return _read(line)
    except json.JSONDecodeError as error:
        said = f"this is not JSON: {error.msg}"
    except JsonError as error:
        said = f"this is not JSON: {error}"
    raise UnreadableError(file, number, said)


def _is_json(line: str) -> bool:
    return re.match(r"\[\s*([\[{\"]|$)", line) is not None


def _paths(row: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield the keys of an object; where another object stands, with dots the keys of
    that.
    """
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{before}{key}.")
        else:
            yield before + key


def _within(row: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        row = row.get(step) if isinstance(row, dict) else None
    return row


def _plain(value: Any) -> Any:
    """Return a JSON value as text or a list of texts; of an object there is nothing to
    take.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [text for item in value for text in _texts(_plain(item))]
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None or isinstance(value, dict) else str(value)


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
