"""One record whole, with its evidence.

Examples:
  citylinks show lyon-yokohama
  citylinks show 横浜
  citylinks show city/lyon --json
  citylinks show lyon-yokohama --as-of 1985
"""

from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RECORD
from citylinks.query.options import Option

OPTIONS = OF_RECORD


class ShowQuery(NamedTuple):
    """What may be asked of one record."""

    record: Annotated[
        str,
        Option(
            "An id, a name, or type/id such as city/lyon.",
            metavar="ID",
            completes="record",
            is_argument=True,
        ),
    ]
    as_of: Annotated[
        str | None, Option("What held then, as it was then.", metavar="DATE")
    ] = None


def command(invocation: Invocation, query: ShowQuery) -> Output:
    """Answer with a record."""
    return Output(invocation, invocation.open().show(query.record, as_of=query.as_of))
