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

from typing import Annotated

from typer import Argument

from citylinks.cli.options import (
    FACE,
    SUBJECT,
    THEN,
    THERE,
    TIME,
    Invocation,
    Output,
    with_options,
)
from citylinks.errors import MissingError


@with_options(*SUBJECT, *TIME, *THEN, *THERE, *FACE)
def command(
    asked: Invocation,
    cities: Annotated[
        list[str],
        Argument(metavar="CITY CITY...", help="Two or more, by id or any name."),
    ],
) -> Output:
    """Answer with what is shared."""
    if len(cities) < 2:
        raise MissingError("common needs two cities or more")
    return Output(asked, asked.open().common(*cities, filters=asked.filters))
