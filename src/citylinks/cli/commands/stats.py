"""How many partnerships and events there are.

By theme, decade, kind, country, region, status, organization or city. A theme
counts by itself, without its narrower ones.

`growth` is how many ties were in force in each year, possibly and certainly: of a
place, those to which it then belonged. Its years are those of --year, --from and --to;
else, from the first known beginning to today. A --from after today alone is one year.

Examples:
  citylinks stats --by theme
  citylinks stats --by decade --region Asia
  citylinks stats --by country --format csv
  citylinks stats --by city --limit 5
  citylinks stats growth --country JP --from 1950
"""

from collections.abc import Iterator
from typing import Annotated

from typer import Argument, Option

from citylinks.cli.options import (
    FACE,
    PLACE,
    SUBJECT,
    THEN,
    TIME,
    Invocation,
    Output,
    limit_notes,
    with_options,
)
from citylinks.errors import UsageError
from citylinks.query.filters import choice_of
from citylinks.text.safe import number_of

WHATS = ("growth",)
take_what = choice_of(WHATS, "statistic")


@with_options(*SUBJECT, *TIME, *THEN, *PLACE, *FACE)
def command(
    asked: Invocation,
    what: Annotated[
        str | None,
        Argument(metavar="[growth]", help="Ties in force by year.", show_default=False),
    ] = None,
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="WHAT",
            help="What to count by; kind, where nothing is said.",
        ),
    ] = None,
    limit: Annotated[
        int | None, Option("--limit", metavar="N", min=1, help="Only the first N.")
    ] = None,
) -> Output:
    """Answer with counts."""
    if what is None:
        counted = asked.open().stats(by or "kind", asked.filters, limit=limit)
        return Output(asked, counted, notes=limit_notes(counted.more))
    _ = take_what(what)
    if by is not None:
        raise UsageError("stats growth counts by year; --by has no meaning there")
    if limit is not None:
        raise UsageError("stats growth tells every year; --limit has no meaning there")
    found = asked.open().growth(asked.filters)
    return Output(asked, found, notes=tuple(_undated(found.undated)))


def _undated(ties: int) -> Iterator[str]:
    if ties:
        counted = number_of(ties, "tie")
        yield f"{counted} without a known beginning: possibly in force in every year before an end"
