"""Which records there are.

Examples:
  citylinks list cities
  citylinks list partnerships --theme energy
  citylinks list events --year 2009..2012
  citylinks list sources --format csv
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import (
    FACE,
    PLACE,
    SUBJECT,
    THEN,
    TIME,
    Invocation,
    Output,
    with_options,
)

LISTS = (
    "cities",
    "partnerships",
    "agreements",
    "events",
    "themes",
    "organizations",
    "sources",
)


@with_options(*SUBJECT, *TIME, *THEN, *PLACE, *FACE)
def command(
    asked: Invocation,
    what: Annotated[str, Argument(metavar="TYPE", help=f"One of {', '.join(LISTS)}.")],
) -> Output:
    """Answer with a list."""
    return Output(asked, asked.open().list(what, asked.filters))
