"""Which records there are.

TYPE is one of cities, partnerships, agreements, events, themes, organizations,
sources.

Examples:
  citylinks list cities
  citylinks list partnerships --theme energy
  citylinks list events --year 2009..2012
  citylinks list sources --format csv
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import FACE, PLACE, SUBJECT, THEN, TIME, Asked, Reply, takes


@takes(*SUBJECT, *TIME, *THEN, *PLACE, *FACE)
def command(
    asked: Asked,
    what: Annotated[str, Argument(metavar="TYPE", help="What to list, in the plural.")],
) -> Reply:
    """Answer with a list."""
    return Reply(asked, asked.open().list(what, asked.filters))
