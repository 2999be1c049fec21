"""The commands, one file each."""

from __future__ import annotations

# Name -> the one line that the help says of it. Add a command by adding its file and
# its line.
COMMANDS: dict[str, str] = {
    "timeline": "what happened, in order; with two cities or more, between them",
    "show": "one record whole, with its evidence: a city, a tie, an event",
    "search": "which records speak of it, best first, with passage and reason",
    "list": "which there are: cities, partnerships, events, themes, ...",
    "stats": "how many, by theme, decade, kind, country, region, status, ...",
    "path": "how two cities are connected: the shortest chain of ties",
    "common": "what cities share: partners, networks, themes, events",
    "anniversaries": "which round birthdays of ties, agreements, events fall when",
    "expiring": "which agreements run out, and which have run out",
    "evidence": "on whose word: sources, what disagrees, what is missing",
    "validate": "whether the data is sound",
    "import": "bulk data of others as a data directory, every row accounted for",
    "explain": "what a rule of validate wants, and why",
    "schema": "JSON Schema of the records and of the output",
    "version": "what is installed and what it reads",
    "completion": "a script that has a shell complete commands, cities, themes, ...",
    "index": "the index that makes answers quick: path, status, rebuild, clear",
}
