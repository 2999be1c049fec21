"""The sources of a page as numbered notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.dates import parse
from citylinks.views.blocks import FieldList, Heading

if TYPE_CHECKING:
    from citylinks.questions.results import SourceRef
    from citylinks.views.blocks import Block

MOST_IN_FULL = 15  # sources of a page that need not be full


class Notes:
    """Sources as numbered notes, in the order in which a page cites them.

    `own` are those of the record that the page shows: they come first, and their notes
    are printed with them.
    """

    def __init__(self, own: tuple[SourceRef, ...] = ()) -> None:
        self.own = own
        self._numbers: dict[str, int] = {}
        self._sources: list[SourceRef] = []
        self.marks(own)

    def marks(self, sources: tuple[SourceRef, ...]) -> str:
        """Return the numbers of sources as they stand behind a text: `[1][3]`."""
        numbers = sorted(set(map(self._number, sources)))
        return "".join(f"[{number}]" for number in numbers)

    def _number(self, source: SourceRef) -> int:
        if source.id not in self._numbers:
            self._numbers[source.id] = len(self._numbers) + 1
            self._sources.append(source)
        return self._numbers[source.id]

    def blocks(self, *, is_full: bool = True) -> tuple[Block, ...]:
        """Return the list of sources for the end of a page, or nothing without any.

        Where it need not be full and is long, each has its publisher and year alone.
        """
        if not is_full and len(self._sources) > MOST_IN_FULL:
            return self._short_blocks()
        rows = []
        for number, source in enumerate(self._sources, start=1):
            texts = source_lines(source)
            if source.note and source in self.own:
                texts = (*texts, source.note)
            rows.append((f"[{number}]", texts))
        if not rows:
            return ()
        return Heading("Sources"), FieldList(tuple(rows))

    def _short_blocks(self) -> tuple[Block, ...]:
        """Return the list of sources with the publisher and year of each."""
        rows = []
        for number, source in enumerate(self._sources, start=1):
            rows.append((f"[{number}]", (short_source(source),)))
        heading = f"Sources ({len(rows)}; --sources shows them in full)"
        return Heading(heading), FieldList(tuple(rows))


def short_source(source: SourceRef) -> str:
    """Return a source in short: its publisher, or else its title, and the year."""
    name = source.publisher or source.title
    if not source.date:
        return name
    date = parse(source.date)
    return f"{name}, {date.year or date.human}"


def source_lines(source: SourceRef) -> tuple[str, ...]:
    """Return a source as it is cited: title, publisher and date, then its address."""
    parts = [source.title, source.publisher]
    if source.date:
        parts.append(parse(source.date).human)
    citation = ". ".join(part.rstrip(".") for part in parts if part)
    if source.url:
        return citation, source.url
    return (citation,)
