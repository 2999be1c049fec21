"""A page as plain lines for a pipe: nothing cut, no boxes, no escape codes.

Tables are columns with tabs between them, below a line with their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.safe import visible
from citylinks.views.blocks import (
    POSSIBLE,
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from citylinks.views.blocks import Block, FindingBlock, HitBlock, StoryEntry

WIDEST_EXCERPT = 120  # cells of a line of a file; all else is printed in full


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of a page, without line ends."""
    previous: Block | None = None
    for block in blocks:
        if previous and not isinstance(previous, Heading):
            yield ""
        yield from _LINES[type(block)](block)
        previous = block


def _title(block: Title) -> Iterator[str]:
    yield visible(block.text)
    for line in block.lines:
        if line:
            yield visible(line)


def _heading(block: Heading) -> Iterator[str]:
    yield visible(block.text)


def _prose(block: Prose) -> Iterator[str]:
    yield visible(block.text)


def _example(block: Example) -> Iterator[str]:
    yield f"{block.label}:"
    for line in block.text.split("\n"):
        yield f"    {visible(line)}".rstrip()


def _fields(block: FieldList) -> Iterator[str]:
    for label, texts in block.rows:
        if not texts:
            continue
        is_note = label.startswith("[")
        colon = ":"
        if is_note or label == "–":
            colon = ""
        yield f"{visible(label)}{colon} {visible(texts[0])}"
        for text in texts[1:]:
            yield f"  {visible(text)}"


def _table(block: TableBlock) -> Iterator[str]:
    yield from _header(block)
    for row in block.rows:
        yield "\t".join(map(visible, row))


def _header(block: TableBlock | Bars | Chart) -> Iterator[str]:
    """Yield the names of the columns, if there are rows below them."""
    if block.has_header and block.rows:
        yield "\t".join(map(visible, block.columns))


def _bars(block: Bars) -> Iterator[str]:
    yield from _header(block)
    for label, numbers in block.rows:
        yield "\t".join((visible(label), *map(str, numbers)))


def _chart(block: Chart) -> Iterator[str]:
    yield from _header(block)
    for row in block.rows:
        yield "\t".join(map(str, row))


def _route(block: Route) -> Iterator[str]:
    for stop, lines_between in block.stops_and_lines():
        yield visible(stop)
        for line in lines_between:
            yield f"  {visible(line)}"


# -- Stories ------------------------------------------------------------------


def _story(block: Story) -> Iterator[str]:
    for entry in block.entries:
        if block.is_brief:
            yield _entry_line(entry, entry.title + entry.participants_phrase)
        else:
            yield from _full_entry(entry)


def _full_entry(entry: StoryEntry) -> Iterator[str]:
    if entry.gap:
        yield f"({entry.gap})"
    yield _entry_line(entry, entry.title)
    if entry.summary:
        yield f"  {visible(entry.summary)}"
    for label, text in entry.details:
        yield f"  {visible(label)}: {visible(text)}"
    for bound in entry.bounds:
        yield f"({bound.label} {bound.when}: {visible(bound.title)})"


def _entry_line(entry: StoryEntry, title: str) -> str:
    line = f"{entry.kind}: {visible(title)}"
    if entry.marks:
        line += f" {entry.marks}"
    when = entry.when
    if entry.is_possible:
        when = f"{when} ({POSSIBLE})".lstrip()
    if when:
        return f"{when}  {line}"
    return line


# -- Hits and problems --------------------------------------------------------


def _hits(block: Hits) -> Iterator[str]:
    for hit in block.hits:
        yield f"{visible(hit.title)} ({visible(hit.about)})"
        if hit.passage:
            yield f"  {visible(_highlighted_passage(hit))}"


def _highlighted_passage(hit: HitBlock) -> str:
    """Return the passage with asterisks before and after each match."""
    passage = hit.passage
    for start, end in sorted(hit.matches, reverse=True):
        passage = f"{passage[:start]}**{passage[start:end]}**{passage[end:]}"
    return passage


def _findings(block: Findings) -> Iterator[str]:
    for number, finding in enumerate(block.findings):
        if number:
            yield ""
        yield from _finding(finding)


def _finding(finding: FindingBlock) -> Iterator[str]:
    problem = f"{finding.severity} {finding.code}: {visible(finding.message)}"
    yield f"{visible(finding.place)}: {problem}"
    gutter = f"  {finding.number}"
    blank = " " * len(gutter)
    if finding.line:
        # Only here, as it imports rich.
        from citylinks.views.excerpt import cut_excerpt

        excerpt = cut_excerpt(finding.line, finding.column, WIDEST_EXCERPT)
        yield f"{gutter} | {excerpt.text}"
        yield f"{blank} | {' ' * excerpt.caret}^"
    if finding.help:
        yield f"{blank} = {visible(finding.help)}"


_LINES: dict[type[Block], Callable[..., Iterator[str]]] = {
    Title: _title,
    Heading: _heading,
    Prose: _prose,
    Example: _example,
    FieldList: _fields,
    TableBlock: _table,
    Story: _story,
    Hits: _hits,
    Bars: _bars,
    Chart: _chart,
    Route: _route,
    Findings: _findings,
}
