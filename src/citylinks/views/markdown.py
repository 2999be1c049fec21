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
    from collections.abc import Callable, Iterator

    from citylinks.questions.results import Answer
    from citylinks.views.blocks import Block, HitBlock, TimelineBlock

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_CODE = re.compile(r"(`[^`]+`)")
_MARK = re.compile(r"\[(\d+)\]")


def lines(answer: Answer) -> Iterator[str]:
    """Yield the page as Markdown."""
    for block in page(answer):
        yield from (f"{line}\n" for line in _LINES[type(block)](block))


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
    parts = _CODE.split(block.text) if block.has_code else [block.text]
    yield "".join(
        part if number % 2 else _escaped(part) for number, part in enumerate(parts)
    )
    yield ""


def _example(block: Example) -> Iterator[str]:
    yield f"{block.label}:"
    yield ""
    yield f"```{block.language}"
    yield from map(visible, block.text.split("\n"))
    yield "```"
    yield ""


def _fields(block: Fields) -> Iterator[str]:
    for label, texts in block.rows:
        note = _MARK.fullmatch(label)
        joined = "; ".join(_escaped(text) for text in texts)
        yield f"{note[1]}. {joined}" if note else f"- **{_escaped(label)}**: {joined}"
    yield ""


def _table(block: TableBlock) -> Iterator[str]:
    yield "| " + " | ".join(block.columns) + " |"
    yield "|" + " --- |" * len(block.columns)
    for row in block.rows:
        yield "| " + " | ".join(_escaped(cell) for cell in row) + " |"
    yield ""


def _story(block: Story) -> Iterator[str]:
    for moment in block.moments:
        yield from _moment(moment, is_brief=block.is_brief)
    yield ""


def _moment(moment: TimelineBlock, *, is_brief: bool) -> Iterator[str]:
    possible = f"({POSSIBLE}) " if moment.is_possible else ""
    when = f"**{_escaped(moment.when)}** " if moment.when else ""
    marks = f" {_escaped(moment.marks)}" if moment.marks else ""
    company = moment.company if is_brief else ""
    yield f"- {when}{possible}{moment.kind}: {_escaped(moment.title + company)}{marks}"
    if is_brief:
        return
    if moment.summary:
        yield f"  <br>{_escaped(moment.summary)}"
    for label, text in moment.details:
        yield f"  <br>*{_escaped(label)}*: {_escaped(text)}"


def _hits(block: Hits) -> Iterator[str]:
    for hit in block.hits:
        yield f"- **{_escaped(hit.title)}** ({_escaped(hit.about)})"
        yield f"  <br>{_marked(hit)}"
    yield ""


def _marked(hit: HitBlock) -> str:
    """Return a passage with what matched in bold."""
    marked, last = "", 0
    for start, end in sorted(hit.matches):
        marked += (
            f"{_escaped(hit.passage[last:start])}**{_escaped(hit.passage[start:end])}**"
        )
        last = end
    return marked + _escaped(hit.passage[last:])


def _bars(block: Bars) -> Iterator[str]:
    rows = tuple((label, *map(str, numbers)) for label, numbers in block.rows)
    yield from _table(TableBlock(block.columns, rows))


def _findings(block: Findings) -> Iterator[str]:
    for finding in block.findings:
        place = visible(finding.place).replace("`", "")
        yield f"- `{place}` {finding.severity} {finding.code}: {_escaped(finding.message)}"
        if finding.help:
            yield f"  <br>{_escaped(finding.help)}"


def _chart(block: Chart) -> Iterator[str]:
    rows = tuple(tuple(map(str, row)) for row in block.rows)
    yield from _table(TableBlock(block.columns, rows))


def _route(block: Route) -> Iterator[str]:
    for stop, ways in block.told():
        yield f"- **{_escaped(stop)}**"
        yield from (f"  - {_escaped(way)}" for way in ways)
    yield ""


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
