"""A note on an option that was given several values at once: `--theme energy,water`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citylinks.cli.messages import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The options that may be given several times.
OPTIONS = (
    "theme",
    "kind",
    "country",
    "region",
    "status",
    "level",
    "organization",
    "year",
)
_BETWEEN = re.compile(
    r"\s*[,;|、，；]\s*|\s+(?:and|or|et|ou|und|oder|y|o|e|&|と|和)\s+"
)


def several_notes(values: Mapping[str, Any], refusal: str) -> Iterator[str]:
    """Yield how to give each value that was refused with others in one text."""
    for name in OPTIONS:
        for text in values.get(name) or ():
            parts = [part for part in _BETWEEN.split(text.strip()) if part]
            if len(parts) > 1 and f"'{text}'" in refusal:
                words: list[str] = []
                for part in parts:
                    words += [f"--{name}", part]
                yield f"for either, give the option each time: {as_typed(words)}"
