"""Which records there are.

Examples:
  citylinks list cities
  citylinks list partnerships --theme energy
  citylinks list events --year 2009..2012
  citylinks list sources --format csv
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import FACE, PLACE, SUBJECT, THEN, TIME, Asked, Reply, takes

LISTS = ("cities", "partnerships", "agreements", "events", "themes", "organizations", "sources")


@takes(*SUBJECT, *TIME, *THEN, *PLACE, *FACE)
def command(
    asked: Asked,
    what: Annotated[str, Argument(metavar="TYPE", help=f"One of {', '.join(LISTS)}.")],
) -> Reply:
    """Answer with a list."""
    return Reply(asked, asked.open().list(what, asked.filters))
