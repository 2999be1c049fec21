"""The title of an event fits on a line of a timeline.

On a terminal of 80 columns a timeline has 64 columns for the title, beside the date. A
title is a headline; everything else belongs in the summary.

Bad:
    # events/2010-smart-energy.yaml
    title: Experiments in smart energy districts, with a smart grid at Lyon Confluence
    date: 2010
    kind: project
    sources: [lyon-page]

Good:
    # events/2010-smart-energy.yaml
    title: Smart energy districts, with a smart grid at Lyon Confluence
    date: 2010
    kind: project
    sources: [lyon-page]
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord

# Columns of 80, without those of a day, as 29 Feb 1960, and of the rail after it.
WIDEST = 64


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find a title of an event that takes more than a line."""
    if record.type == "event" and (width := _width(record.body["title"])) > WIDEST:
        message = (
            f"the title is {width} columns wide; a line of a timeline has {WIDEST}"
        )
        yield RuleFinding(("title",), message, "put the rest in the summary")


def _width(text: str) -> int:
    """Return the columns of a text on a terminal; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(
        1 + (east_asian_width(c) in {"W", "F"}) for c in text if not combining(c)
    )
