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
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output, limit_notes
from citylinks.cli.options import OF_ANSWER
from citylinks.errors import UsageError
from citylinks.query.filters import NO_FILTERS, Filters, choice_of
from citylinks.query.options import Option
from citylinks.text.safe import number_of

OPTIONS = OF_ANSWER
STATISTICS = ("growth",)
parse_statistic = choice_of(STATISTICS, "statistic")


class StatsQuery(NamedTuple):
    """What may be counted."""

    what: Annotated[
        str | None,
        Option(
            "Ties in force by year.",
            metavar="[growth]",
            completes="statistic",
            is_argument=True,
        ),
    ] = None
    by: Annotated[
        str | None,
        Option(
            "What to count by; kind, where nothing is said.",
            metavar="WHAT",
            completes="grouping",
        ),
    ] = None
    limit: Annotated[
        int | None, Option("Only the first N.", metavar="N", minimum=1)
    ] = None
    filters: Filters = NO_FILTERS


def command(invocation: Invocation, query: StatsQuery) -> Output:
    """Answer with counts."""
    if query.what is not None:
        return _growth(invocation, query)
    by = query.by or "kind"
    counted = invocation.open().stats(by, query.filters, limit=query.limit)
    return Output(invocation, counted, notes=limit_notes(counted.more))


def _growth(invocation: Invocation, query: StatsQuery) -> Output:
    """Answer with the ties in force by year."""
    parse_statistic(query.what or "")
    if query.by is not None:
        raise UsageError("stats growth counts by year; --by has no meaning there")
    if query.limit is not None:
        raise UsageError("stats growth tells every year; --limit has no meaning there")
    answer = invocation.open().growth(query.filters)
    return Output(invocation, answer, notes=tuple(_undated(answer.undated)))


def _undated(ties: int) -> Iterator[str]:
    if ties:
        yield (
            f"{number_of(ties, 'tie')} without a known beginning:"
            " possibly in force in every year before an end"
        )
