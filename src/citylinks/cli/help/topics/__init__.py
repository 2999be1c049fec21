"""Topics of the help, one file each: what several commands have in common."""

from __future__ import annotations

from importlib import import_module

from citylinks.cli import help as pages
from citylinks.text.safe import docstring

# Name -> the one line that the help says of it. Add a topic by adding its file and its
# line.
TOPICS: dict[str, str] = {
    "dates": "Dates and periods as you may write them",
    "filters": "The options that narrow an answer",
    "exit-codes": "What the exit code of a command means",
    "environment": "The environment variables that are read",
}


def topic_page(name: str) -> str:
    """Return the page of a topic: its text, with its rows after the first paragraph."""
    module = import_module(f"citylinks.cli.help.topics.{name.replace('-', '_')}")
    first, _, rest = docstring(module).partition("\n\n")
    return "\n".join(
        (
            pages.render_text(first),
            pages.render_rows(module.rows()),
            pages.render_text(rest),
        )
    )
