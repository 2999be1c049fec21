"""Tab-separated values (IANA text/tab-separated-values), with a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.exporters.cells import cell_values
from citylinks.questions.selection import field_names
from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.results import Answer


def lines(answer: Answer) -> Iterator[str]:
    """Yield the header and each result.

    A tab or a line end inside a cell becomes a space.
    """
    yield "\t".join(field_names(answer)) + "\n"
    for result in answer.results:
        yield "\t".join(map(visible, cell_values(result))) + "\n"
