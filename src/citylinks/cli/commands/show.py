"""One record whole, with its evidence.

Examples:
  citylinks show lyon-yokohama
  citylinks show 横浜
  citylinks show city/lyon --json
  citylinks show lyon-yokohama --as-of 1985
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import WHOLE_FACE, Invocation, Output, with_options


@with_options("as_of", *WHOLE_FACE)
def command(
    asked: Invocation,
    record: Annotated[
        str, Argument(metavar="ID", help="An id, a name, or type/id such as city/lyon.")
    ],
) -> Output:
    """Answer with a record."""
    return Output(asked, asked.open().show(record, as_of=asked.values["as_of"]))
