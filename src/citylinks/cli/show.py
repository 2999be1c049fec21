"""One record whole, with its evidence.

Examples:
  citylinks show lyon-yokohama
  citylinks show 横浜
  citylinks show city/lyon --json
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import FACE, Asked, Reply, takes


@takes(*FACE)
def command(
    asked: Asked,
    record: Annotated[
        str, Argument(metavar="ID", help="An id, a name, or type/id such as city/lyon.")
    ],
) -> Reply:
    """Answer with a record."""
    return Reply(asked, asked.open().show(record))
