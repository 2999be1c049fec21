"""A theme is what some record is about, or is wider than one that is.

A theme that nothing is about cannot be found by, and a list that offers it promises
answers that there are not. While some record cannot be taken for its errors, nothing is
said: it may be the one about it.

Bad:
    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    themes: [wine]
    sources: [lyon-page]

    # themes.yaml
    food: {label: Food}
    wine: {label: Wine, broader: food}
    beer: {label: Beer, broader: food}

Good:
    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    themes: [wine]
    sources: [lyon-page]

    # themes.yaml
    food: {label: Food}
    wine: {label: Wine, broader: food}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules.unused_source import never_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex, CrossRecordFinding


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the themes that nothing is about."""
    yield from never_used(index, "theme", "no record is about the theme")
