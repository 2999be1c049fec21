"""How many partnerships and events there are.

By theme, decade, kind, country, region, status or organization. A theme counts
by itself, without its narrower ones.

Examples:
  citylinks stats --by theme
  citylinks stats --by decade --region Asia
  citylinks stats --by country --format csv
"""

from typing import Annotated

from typer import Option

from citylinks.cli.options import FACE, PLACE, SUBJECT, THEN, TIME, Asked, Reply, takes


@takes(*SUBJECT, *TIME, *THEN, *PLACE, *FACE)
def command(
    asked: Asked,
    by: Annotated[str, Option("--by", metavar="WHAT", help="What to count by.")] = "kind",
) -> Reply:
    """Answer with counts."""
    return Reply(asked, asked.open().stats(by, asked.filters))
