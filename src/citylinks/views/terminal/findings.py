"""Problems on a terminal: the message, and the line of the file with a caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from citylinks.text.safe import visible
from citylinks.views.excerpt import cut_excerpt
from citylinks.views.terminal.paragraphs import GUTTER, indent_lines, wrap_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from citylinks.views.blocks import FindingBlock, Findings

COLOURS = {"error": "red", "warning": "yellow"}


def findings_lines(block: Findings, console: Console) -> Iterator[Text]:
    """Yield problems, with an empty line between them."""
    for number, finding in enumerate(block.findings):
        if number:
            yield Text()
        yield from _finding_lines(finding, console)


def _finding_lines(finding: FindingBlock, console: Console) -> Iterator[Text]:
    colour = COLOURS[finding.severity]
    place, message = visible(finding.place), visible(finding.message)
    rule = f"{finding.severity} {finding.code}"
    head = Text.assemble((place, "bold"), ": ", (rule, colour), ": ", message)
    yield from wrap_text(head, console, console.width)
    gutter = f"{' ' * GUTTER}{finding.number}"
    blank = " " * len(gutter)
    indent = len(gutter) + len(" │ ")
    width = console.width - indent
    if finding.line:
        excerpt = cut_excerpt(finding.line, finding.column, width - len("^"))
        yield Text.assemble((gutter, "dim"), (" │ ", "dim"), excerpt.text)
        spaces = " " * excerpt.caret
        yield Text.assemble((f"{blank} │ ", "dim"), spaces, ("^", colour))
    if finding.help:
        label = Text.assemble(blank, (" = ", "dim"))
        texts = wrap_text(Text(visible(finding.help)), console, width)
        yield from indent_lines(label, texts, indent)
