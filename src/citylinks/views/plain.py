"""A page as plain lines for a pipe: nothing cut, no boxes, no escape codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.safe import visible
from citylinks.views.blocks import (
    POSSIBLE,
    Bars,
    Chart,
    Example,
    Fields,
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

    from citylinks.views.blocks import Block, TimelineBlock

WIDEST_EXCERPT = 120  # cells of a line of a file, all else being whole


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
    yield from (visible(line) for line in block.lines if line)


def _heading(block: Heading) -> Iterator[str]:
    yield visible(block.text)


def _prose(block: Prose) -> Iterator[str]:
    yield visible(block.text)


def _example(block: Example) -> Iterator[str]:
    yield f"{block.label}:"
    yield from (f"    {visible(line)}".rstrip() for line in block.text.split("\n"))


def _fields(block: Fields) -> Iterator[str]:
    for label, texts in block.rows:
        is_note = label.startswith("[")
        for number, text in enumerate(texts):
            if number == 0:
                colon = "" if is_note or label == "–" else ":"
                yield f"{visible(label)}{colon} {visible(text)}"
            else:
                yield f"  {visible(text)}"


def _table(block: TableBlock) -> Iterator[str]:
    for row in block.rows:
        yield "\t".join(visible(cell) for cell in row)


def _story(block: Story) -> Iterator[str]:
    for moment in block.moments:
        yield from _moment(moment, is_brief=block.is_brief)


def _moment(moment: TimelineBlock, *, is_brief: bool) -> Iterator[str]:
    if moment.gap and not is_brief:
        yield f"({moment.gap})"
    marks = f" {moment.marks}" if moment.marks else ""
    possible = f"({POSSIBLE})" if moment.is_possible else ""
    when = " ".join(filter(None, (moment.when, possible)))
    company = moment.company if is_brief else ""
    said = f"{moment.kind}: {visible(moment.title + company)}{marks}"
    yield f"{when}  {said}" if when else said
    if is_brief:
        return
    if moment.summary:
        yield f"  {visible(moment.summary)}"
    for label, text in moment.details:
        yield f"  {visible(label)}: {visible(text)}"
    for bound in moment.bounds:
        yield f"({bound.label} {bound.when}: {visible(bound.title)})"


def _findings(block: Findings) -> Iterator[str]:
    for number, finding in enumerate(block.findings):
        if number:
            yield ""
        said = f"{finding.severity} {finding.code}: {visible(finding.message)}"
        yield f"{visible(finding.place)}: {said}"
        gutter = f"  {finding.number}"
        if finding.line:
            from citylinks.views.excerpt import excerpt

            found = excerpt(finding.line, finding.column, WIDEST_EXCERPT)
            yield f"{gutter} | {found.text}"
            yield f"{' ' * len(gutter)} | {' ' * found.before}^"
        if finding.help:
            yield f"{' ' * len(gutter)} = {visible(finding.help)}"


def _hits(block: Hits) -> Iterator[str]:
    for hit in block.hits:
        yield f"{visible(hit.title)} ({visible(hit.about)})"
        yield f"  {visible(marked(hit.passage, hit.matches))}"


def marked(text: str, matches: Iterable[tuple[int, int]], sign: str = "**") -> str:
    """Return a text with a sign before and after each match."""
    for start, end in sorted(matches, reverse=True):
        text = f"{text[:start]}{sign}{text[start:end]}{sign}{text[end:]}"
    return text


def _bars(block: Bars) -> Iterator[str]:
    for label, numbers in block.rows:
        yield "\t".join((visible(label), *map(str, numbers)))


def _chart(block: Chart) -> Iterator[str]:
    for row in block.rows:
        yield "\t".join(map(str, row))


def _route(block: Route) -> Iterator[str]:
    for stop, ways in block.told():
        yield visible(stop)
        yield from (f"  {visible(way)}" for way in ways)


_LINES: dict[type[Block], Callable[..., Iterator[str]]] = {
    Title: _title,
    Heading: _heading,
    Prose: _prose,
    Example: _example,
    Fields: _fields,
    TableBlock: _table,
    Story: _story,
    Hits: _hits,
    Bars: _bars,
    Chart: _chart,
    Route: _route,
    Findings: _findings,
}
