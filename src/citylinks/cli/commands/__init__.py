"""The commands, one file each."""

from __future__ import annotations

# Name -> the one line that the help says of it. Add a command by adding its file and
# its line.
COMMANDS: dict[str, str] = {
    "timeline": "Show what happened, in order, in or between cities",
    "show": "Show one record in full, with its sources",
    "search": "Full-text search, best matches first",
    "list": "List cities, partnerships, events and more",
    "stats": "Count by theme, decade, kind, country, region or city",
    "path": "Find how two cities are connected through others",
    "common": "Show what cities share: partners, networks, themes, events",
    "anniversaries": "Upcoming anniversaries",
    "expiring": "Agreements that expire soon or have lapsed",
    "evidence": "Sources, conflicts and gaps",
    "validate": "Check the data for errors",
    "import": "Import a spreadsheet or a data dump",
    "explain": "Explain a rule of validate, with examples",
    "schema": "Print the JSON Schema of records and of output",
    "version": "Show what is installed and which data it reads",
    "completion": "Print the script that turns on the Tab key in a shell",
    "index": "Manage the cache (rarely needed)",
}
