"""Paragraphs on a terminal: titles, prose, labels with texts, the hits of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from citylinks.views.blocks import (
        Example,
        FieldList,
        Heading,
        HitBlock,
        Hits,
        Prose,
        Title,
    )

READABLE_WIDTH = 100  # columns beyond which a paragraph is hard to read
NARROWEST_COLUMN = 8
NARROWEST_LABELS = 12
NEVER_FIRST = frozenset(".,;:!?)]}、。，．：；！？）」』】〉》ー")  # of a line
GUTTER = 2


def wrap_text(text: Text, console: Console, width: int) -> list[Text]:
    """Return the lines of a paragraph; a word that is too long is broken."""
    width = max(width, 10)
    wrapped: list[Text] = []
    for line in text.wrap(console, width, overflow="fold"):
        line.rstrip()
        if wrapped:
            wrapped[-1:] = _mended_break(wrapped[-1], line, width)
        else:
            wrapped.append(line)
    return wrapped or [Text()]


def _mended_break(before: Text, after: Text, width: int) -> tuple[Text, Text]:
    """Return two lines of which the second begins with no space and no closing mark.

    A sentence in Chinese or Japanese is broken wherever the line is full.
    """
    after = after[len(after.plain) - len(after.plain.lstrip(" ")) :]
    last = before[len(before) - 1 :]
    is_torn = last.cell_len == 2 and after.plain[:1] in NEVER_FIRST
    has_room = after.cell_len + last.cell_len <= width
    if len(before) > 1 and is_torn and has_room:
        return before[: len(before) - 1], last + after
    return before, after


def readable_width(console: Console) -> int:
    """Return the width of a paragraph: that of the console, unless it is too wide."""
    return min(console.width, READABLE_WIDTH)


def title_lines(block: Title, console: Console) -> Iterator[Text]:
    """Yield a title and the lines below it."""
    yield from _bold_lines(block.text, console)
    for line in block.lines:
        yield from wrap_text(Text(visible(line)), console, readable_width(console))


def heading_lines(block: Heading, console: Console) -> Iterator[Text]:
    """Yield a heading."""
    yield from _bold_lines(block.text, console)


def _bold_lines(text: str, console: Console) -> list[Text]:
    return wrap_text(Text(visible(text), style="bold"), console, console.width)


def prose_lines(block: Prose, console: Console) -> Iterator[Text]:
    """Yield a paragraph."""
    yield from wrap_text(Text(visible(block.text)), console, readable_width(console))


def example_lines(block: Example, console: Console) -> Iterator[Text]:
    """Yield an example below its label; a long line goes on further in, as in YAML."""
    yield Text(f"{block.label}:", style="dim")
    for line in block.text.split("\n"):
        text = visible(line)
        indent = 2 * GUTTER + len(text) - len(text.lstrip())
        width = console.width - indent - GUTTER
        for part in wrap_text(Text(text.strip()), console, width):
            yield Text(f"{' ' * indent}{part.plain}".rstrip())
            indent = 3 * GUTTER + len(text) - len(text.lstrip())


def field_lines(block: FieldList, console: Console) -> Iterator[Text]:
    """Yield labels with their texts, all texts at one indent."""
    widest = max(cell_len(visible(label)) for label, _ in block.rows)
    indent = min(widest, max(console.width // 4, NARROWEST_LABELS)) + GUTTER
    for label, texts in block.rows:
        head = Text(visible(label), style="dim")
        body: list[Text] = []
        for text in texts:
            widest = readable_width(console)
            if " " not in text:  # an address, which is copied whole where it can be
                widest = console.width
            body += wrap_text(Text(visible(text)), console, widest - indent)
        if cell_len(head.plain) > indent - GUTTER:
            yield from wrap_text(head, console, console.width)
            head = Text()
        yield from indent_lines(head, body, indent)


def indent_lines(head: Text, body: Sequence[Text], indent: int) -> Iterator[Text]:
    """Yield the lines of `body`, the first with `head` before it, all at `indent`."""
    for line in body:
        yield Text.assemble(head, " " * (indent - cell_len(head.plain)), line)
        head = Text()


def hits_lines(block: Hits, console: Console) -> Iterator[Text]:
    """Yield the hits of a search, with an empty line between them."""
    for number, hit in enumerate(block.hits):
        if number:
            yield Text()
        yield from _hit_lines(hit, console)


def _hit_lines(hit: HitBlock, console: Console) -> Iterator[Text]:
    name, about = visible(hit.title), visible(hit.about)
    title = Text.assemble((name, "bold"), "  ", (about, "dim"))
    yield from wrap_text(title, console, console.width)
    if not hit.passage:
        return
    passage = Text("".join(map(_visible_or_space, hit.passage)))
    for start, end in hit.matches:
        passage.stylize("bold yellow", start, end)
    for line in wrap_text(passage, console, readable_width(console) - GUTTER):
        yield Text.assemble(" " * GUTTER, line)


def _visible_or_space(character: str) -> str:
    """Return a character, or a space for one that a terminal must not have.

    Unlike its code, a space keeps the positions of the matches.
    """
    if visible(character) == character:
        return character
    return " "
