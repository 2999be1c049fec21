"""Which records there are.

Examples:
  citylinks list cities
  citylinks list partnerships --theme energy
  citylinks list events --year 2009..2012
  citylinks list sources --format csv
"""

from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Option
from citylinks.questions.lists import LISTS

OPTIONS = OF_ANSWER


class ListQuery(NamedTuple):
    """Which records may be listed."""

    what: Annotated[
        str,
        Option(
            f"One of {', '.join(LISTS)}.",
            metavar="TYPE",
            completes="list",
            is_argument=True,
        ),
    ]
    filters: Filters = NO_FILTERS


def command(invocation: Invocation, query: ListQuery) -> Output:
    """Answer with a list."""
    return Output(invocation, invocation.open().list(query.what, query.filters))
