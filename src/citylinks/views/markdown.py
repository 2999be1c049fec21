"""Markdown (CommonMark, with GitHub's tables): the page of an answer for a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citylinks.text.safe import visible
from citylinks.views import page
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
    from collections.abc import Callable, Iterator

    from citylinks.questions.results import Answer
    from citylinks.views.blocks import Block, HitBlock, StoryEntry

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_PROSE_AND_CODE = re.compile(r"(`[^`]+`)")
_NOTE_LABEL = re.compile(r"\[(\d+)\]")


def lines(answer: Answer) -> Iterator[str]:
    """Yield the page as Markdown."""
    for block in page(answer):
        for line in _LINES[type(block)](block):
            yield f"{line}\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", visible(text))


def _title(block: Title) -> Iterator[str]:
    yield f"# {_escaped(block.text)}"
    yield ""
    for line in block.lines:
        yield _escaped(line)
        yield ""


def _heading(block: Heading) -> Iterator[str]:
    yield f"## {_escaped(block.text)}"
    yield ""


def _prose(block: Prose) -> Iterator[str]:
    if block.has_code:
        yield _escaped_but_code(block.text)
    else:
        yield _escaped(block.text)
    yield ""


def _escaped_but_code(text: str) -> str:
    """Return a text with all but the code between backquotes escaped."""
    parts = _PROSE_AND_CODE.split(text)
    parts[::2] = map(_escaped, parts[::2])  # every second part is code
    return "".join(parts)


def _example(block: Example) -> Iterator[str]:
    yield f"{block.label}:"
    yield ""
    yield f"```{block.language}"
    yield from map(visible, block.text.split("\n"))
    yield "```"
    yield ""


def _fields(block: FieldList) -> Iterator[str]:
    for label, texts in block.rows:
        joined = "; ".join(map(_escaped, texts))
        note = _NOTE_LABEL.fullmatch(label)
        if note:
            yield f"{note[1]}. {joined}"
        else:
            yield f"- **{_escaped(label)}**: {joined}"
    yield ""


def _table(block: TableBlock) -> Iterator[str]:
    yield "| " + " | ".join(block.columns) + " |"
    yield "|" + " --- |" * len(block.columns)
    for row in block.rows:
        yield "| " + " | ".join(map(_escaped, row)) + " |"
    yield ""


def _story(block: Story) -> Iterator[str]:
    for entry in block.entries:
        if block.is_brief:
            yield _entry_line(entry, entry.title + entry.participants_phrase)
        else:
            yield from _full_entry(entry)
    yield ""


def _full_entry(entry: StoryEntry) -> Iterator[str]:
    yield _entry_line(entry, entry.title)
    if entry.summary:
        yield f"  <br>{_escaped(entry.summary)}"
    for label, text in entry.details:
        yield f"  <br>*{_escaped(label)}*: {_escaped(text)}"


def _entry_line(entry: StoryEntry, title: str) -> str:
    line = "- "
    if entry.when:
        line += f"**{_escaped(entry.when)}** "
    if entry.is_possible:
        line += f"({POSSIBLE}) "
    line += f"{entry.kind}: {_escaped(title)}"
    if entry.marks:
        line += f" {_escaped(entry.marks)}"
    return line


def _hits(block: Hits) -> Iterator[str]:
    for hit in block.hits:
        yield f"- **{_escaped(hit.title)}** ({_escaped(hit.about)})"
        if hit.passage:
            yield f"  <br>{_highlighted_passage(hit)}"
    yield ""


def _highlighted_passage(hit: HitBlock) -> str:
    """Return the passage with its matches in bold."""
    passage, last = "", 0
    for start, end in sorted(hit.matches):
        passage += _escaped(hit.passage[last:start])
        passage += f"**{_escaped(hit.passage[start:end])}**"
        last = end
    return passage + _escaped(hit.passage[last:])


def _bars(block: Bars) -> Iterator[str]:
    yield from _counted(block)
    rows = []
    for label, numbers in block.rows:
        rows.append((label, *map(str, numbers)))
    yield from _table(TableBlock(block.columns, tuple(rows)))


def _counted(block: Bars | Chart) -> Iterator[str]:
    """Yield what is counted, as a heading."""
    if block.heading:
        yield from _heading(Heading(block.heading))


def _findings(block: Findings) -> Iterator[str]:
    for finding in block.findings:
        place = visible(finding.place).replace("`", "")
        message = _escaped(finding.message)
        yield f"- `{place}` {finding.severity} {finding.code}: {message}"
        if finding.help:
            yield f"  <br>{_escaped(finding.help)}"


def _chart(block: Chart) -> Iterator[str]:
    yield from _counted(block)
    rows = tuple(tuple(map(str, row)) for row in block.rows)
    yield from _table(TableBlock(block.columns, rows))


def _route(block: Route) -> Iterator[str]:
    for stop, lines_between in block.stops_and_lines():
        yield f"- **{_escaped(stop)}**"
        for line in lines_between:
            yield f"  - {_escaped(line)}"
    yield ""


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
