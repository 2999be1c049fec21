"""A theme is used by a record, or has a narrower theme that is used.

A list of themes should not offer a theme that has no results. If a record was left out
because of errors, nothing is reported, since that record may have the theme.

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
