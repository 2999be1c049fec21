"""What cities share: partners, networks, themes, events.

Of two cities or more, what all of them have. A partner is a city to which each
is tied, by something that is no network; a theme is one that ties or events of
each treat, whatever wider theme it is part of. Filters are of these ties and
events; --country, --region and --level look at those who are not named here.

Examples:
  citylinks common cebu bangkok
  citylinks common cebu bangkok --as-of 2015
  citylinks common cebu bangkok da-nang --theme recycling --json
"""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.errors import MissingError
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Option

OPTIONS = OF_ANSWER
WITHOUT = ("with_", "any_")


class CommonQuery(NamedTuple):
    """What may be asked of what cities share."""

    cities: Annotated[
        Sequence[str],
        Option(
            "Two or more, by id or any name.",
            metavar="CITY CITY...",
            completes="city",
            is_argument=True,
        ),
    ]
    filters: Filters = NO_FILTERS


def command(invocation: Invocation, query: CommonQuery) -> Output:
    """Answer with what is shared."""
    if len(query.cities) < 2:
        raise MissingError("common needs two cities or more")
    kb = invocation.open()
    return Output(invocation, kb.common(*query.cities, filters=query.filters))
