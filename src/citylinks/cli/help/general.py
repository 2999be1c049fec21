"""The help of all commands."""

from __future__ import annotations

from citylinks.cli import help as pages
from citylinks.cli.commands import COMMANDS
from citylinks.cli.help.topics import TOPICS
from citylinks.cli.help.topics.exit_codes import EXIT_CODES

HELP = """\
citylinks: city partnerships on record, with their dates, themes and sources.

Examples:

  citylinks lyon yokohama
  citylinks timeline lyon --theme energy --format json
  citylinks show lyon-yokohama
  citylinks list partnerships lyon --year 1950s

Usage: citylinks COMMAND [ARGUMENTS] [OPTIONS]
"""

OPTIONS = (
    ("-V, --version", "Print the version."),
    ("-h, --help", "Print this help; after a command, the help of that command."),
)

MORE = """\
The installed data covers the partnerships, agreements, events and networks of Lyon,
Yokohama and Tokyo, with the cities that they work with. "citylinks version" counts its
records, "citylinks evidence" shows its sources and what is missing.

Documentation: README.md and the folder docs in the repository of citylinks. If you find
a bug, please report it in the issue tracker of that repository, with the command and
the output of "citylinks version".
"""


def general_help() -> str:
    """Return the help of all commands."""
    parts = [
        pages.render_text(HELP),
        f"Commands:\n{pages.render_rows(list(COMMANDS.items()))}",
        "Topics, with citylinks help TOPIC:\n" + pages.render_rows([*TOPICS.items()]),
        f"Options:\n{pages.render_rows(OPTIONS)}",
        f"Exit codes:\n{pages.render_rows(EXIT_CODES)}",
        pages.render_text(MORE),
    ]
    return "\n".join(parts)
