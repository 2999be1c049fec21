"""The one reader of delimited text: rows of cells, as RFC 4180 has them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.importers.reading.lines import LONGEST, too_long_error
from citylinks.importers.rows import UnreadableError
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citylinks.importers.reading.opening import SourceFile

LONGEST_CELL = 1024 * 1024  # characters

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

# Of two that stand in one line, the first of these is the likelier to part its cells.
_LIKELIEST = ("\t", ";", "|", ",")
_NAMES = {delimiter: name for name, delimiter in DELIMITERS.items()}
_IN_QUOTES = re.compile('"[^"]*"')
_CELL_IN_QUOTES = re.compile(r'(^|\t)"[^"\t]*"(\t|$)')


class Dialect(NamedTuple):
    """How cells are kept apart: the delimiter, and whether quotes keep one together."""

    delimiter: str
    has_quotes: bool = True

    def reader(self, text: Iterable[str]) -> Any:
        """Return Python's reader of such rows."""
        return csv.reader(
            text,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.has_quotes else csv.QUOTE_NONE,
            strict=True,
            skipinitialspace=True,
        )


def delimited_rows(
    file: SourceFile, dialect: Dialect, text: Iterable[str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that has cells, with the line on which it begins.

    `UnreadableError` for quotes that are not closed, and for a row without end.
    """
    csv.field_size_limit(LONGEST_CELL)
    line = 1

    def bounded() -> Iterator[str]:
        """Yield the lines, as long as those of one row are not too many."""
        size = begun = 0
        for part in text:
            if line != begun:
                size, begun = 0, line
            size += len(part)
            if size > LONGEST:
                raise too_long_error(file, line, "row")
            yield part

    reader = dialect.reader(bounded())
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        message = "quotes that open in this row are not closed"
        if "expected after" in str(error):
            ends = f"a quote ends on line {reader.line_num}"
            message = f"{ends}, and no delimiter follows it"
            message += "; a quote within quotes is doubled"
        raise UnreadableError(file, line, message) from None


def delimiter_name(delimiter: str) -> str:
    """Return a delimiter as a sentence has it."""
    return _NAMES.get(delimiter, quoted(delimiter))


# -- The form of a file, by its content ---------------------------------------


def delimiter_of_line(line: str) -> str:
    """Return the likeliest delimiter that stands in a line outside quotes."""
    unquoted = _IN_QUOTES.sub("", line)
    for delimiter in _LIKELIEST:
        if delimiter in unquoted:
            return delimiter
    return ","


def find_dialect(
    sample: Sequence[str], delimiters: Sequence[str], has_quotes: bool | None
) -> tuple[Dialect, int] | None:
    """Return the dialect that most rows of a sample agree on, and their width.

    Whether there are quotes is found too, where it is None. Return None where no
    delimiter gives several columns.
    """
    candidates = []
    for delimiter in delimiters:
        dialect = Dialect(delimiter, _has_quotes(delimiter, has_quotes, sample))
        widths = Counter(_widths(dialect, sample))
        if not widths:
            continue
        width, rows = widths.most_common(1)[0]
        if width > 1:
            candidates.append((rows / widths.total(), width, dialect))
    if not candidates:
        return None
    _, width, dialect = max(candidates)
    return dialect, width


def _has_quotes(delimiter: str, stated: bool | None, sample: Sequence[str]) -> bool:
    """Whether quotes keep a cell together; beside tabs only where cells have them."""
    if stated is not None:
        return stated
    if delimiter != "\t":
        return True
    return any(_CELL_IN_QUOTES.search(line.rstrip("\r\n")) for line in sample)


def _widths(dialect: Dialect, sample: Sequence[str]) -> Iterator[int]:
    """Yield the number of columns of each row of a sample, as far as it can be read."""
    try:
        for row in dialect.reader(sample):
            if row:
                yield len(row)
    except csv.Error:
        return
