"""One module for each reader of foreign bytes.

Each has `target(data)`, which raises nothing but what is a finding, SEEDS to begin
with, and WORDS of which more may be made.
"""

from __future__ import annotations

NAMES = (
    "archives",
    "arguments",
    "dates",
    "documents",
    "json",
    "maps",
    "settings",
    "tables",
)
