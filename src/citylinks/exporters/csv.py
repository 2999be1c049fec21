"""CSV as RFC 4180 has it, with a header, in UTF-8."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from citylinks.exporters.cells import cell_values
from citylinks.questions.selection import field_names
from citylinks.text.safe import visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.results import Answer


def lines(answer: Answer) -> Iterator[str]:
    """Yield the header and each result."""
    yield _line(field_names(answer))
    for result in answer.results:
        yield _line(cell_values(result))


def _line(row: Sequence[str]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(map(visible_lines, row))
    return buffer.getvalue()
