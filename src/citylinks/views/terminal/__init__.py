"""A page on a terminal: fitted to its width, with signs and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from citylinks.views import plain
from citylinks.views.blocks import (
    Bars,
    Chart,
    Example,
    FieldList,
    Findings,
    Heading,
    Hits,
    Prose,
    Route,
    Story,
    TableBlock,
    Title,
)
from citylinks.views.terminal.charts import bars_lines, chart_lines
from citylinks.views.terminal.findings import findings_lines
from citylinks.views.terminal.paragraphs import (
    example_lines,
    field_lines,
    heading_lines,
    hits_lines,
    prose_lines,
    title_lines,
)
from citylinks.views.terminal.stories import route_lines, story_lines
from citylinks.views.terminal.tables import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from citylinks.views.blocks import Block


def lines(
    blocks: Iterable[Block], console: Console, *, is_watched: bool = True
) -> Iterator[Text]:
    """Yield the lines of a page, each no wider than the console.

    Where nobody watches, in a pipe, tables are columns with tabs between them.
    """
    previous: Block | None = None
    for block in blocks:
        if previous and not isinstance(previous, Heading):
            yield Text()
        if is_watched or not isinstance(block, TABLES):
            yield from _LINES[type(block)](block, console)
        else:
            yield from map(Text, plain.lines([block]))
        previous = block


TABLES = (TableBlock, Bars, Chart)


_LINES: dict[type[Block], Callable[..., Iterator[Text]]] = {
    Title: title_lines,
    Heading: heading_lines,
    Prose: prose_lines,
    Example: example_lines,
    FieldList: field_lines,
    TableBlock: table_lines,
    Story: story_lines,
    Hits: hits_lines,
    Bars: bars_lines,
    Chart: chart_lines,
    Route: route_lines,
    Findings: findings_lines,
}
