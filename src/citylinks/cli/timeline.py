"""What happened, in order.

Examples:
  citylinks timeline lyon yokohama
  citylinks timeline lyon --theme energy
  citylinks timeline yokohama --from 2009 --to 2012
  citylinks timeline Lyon 横浜 --format json
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import FACE, PLACE, SUBJECT, THEN, TIME, Asked, Reply, takes


@takes(*SUBJECT, *TIME, *THEN, *PLACE, *FACE)
def command(
    asked: Asked,
    subjects: Annotated[
        list[str] | None,
        Argument(
            metavar="[CITY...]",
            help="A city or a partnership, or two cities; by id or any name.",
            show_default=False,
        ),
    ] = None,
) -> Reply:
    """Answer with a timeline."""
    return Reply(asked, asked.open().timeline(*(subjects or ()), filters=asked.filters))
