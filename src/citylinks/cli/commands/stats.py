"""How many partnerships and events there are.

By theme, decade, kind, country, region, status, organization or city. A theme
counts by itself, without its narrower ones.

`growth` is how many ties were in force in each year, possibly and certainly: of a
place, those to which it then belonged. Its years are those of --year, --from and --to;
else, from the first known beginning to today. A --from after today alone is one year.

Examples:
  citylinks stats --by theme
  citylinks stats lyon --by decade
  citylinks stats --by decade --region Asia
  citylinks stats --by country --format csv
  citylinks stats --by city --limit 5
  citylinks stats growth --country JP --from 1950
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output, limit_notes
from citylinks.cli.options import OF_RESULTS, NamedCities, with_cities
from citylinks.errors import UsageError
from citylinks.query.filters import Filters, choice_of
from citylinks.query.options import Option
from citylinks.questions.stats import StatsQuery, stats
from citylinks.text.safe import number_of

OPTIONS = OF_RESULTS
STATISTICS = ("growth",)
parse_statistic = choice_of(STATISTICS, "statistic")


class Statistic(NamedTuple):
    """The statistic, if it is not the numbers of partnerships and events."""

    name: Annotated[
        str | None,
        Option(
            "Ties in force by year.",
            metavar="[growth]",
            completes="statistic",
            is_argument=True,
        ),
    ] = None


def command(
    invocation: Invocation, statistic: Statistic, after: NamedCities, query: StatsQuery
) -> Output:
    """Answer with counts."""
    cities = list(after.named_cities)
    if statistic.name is not None and not _is_statistic(statistic.name):
        cities.insert(0, statistic.name)
        statistic = Statistic()
    query = with_cities(query, cities)
    if statistic.name is not None:
        return _growth(invocation, query.filters)
    answer = invocation.ask(stats, query)
    return Output(invocation, answer, notes=limit_notes(answer.more))


def _is_statistic(word: str) -> bool:
    """Whether a word is a statistic, or is meant to be one; else it is a city."""
    from citylinks.text.suggestions import closest

    if not closest(word, STATISTICS):
        return False
    parse_statistic(word)
    return True


def _growth(invocation: Invocation, filters: Filters) -> Output:
    """Answer with the partnerships in force by year."""
    from citylinks.questions.growth import GrowthQuery, growth

    if invocation.values["by"] is not None:
        raise UsageError("stats growth counts by year; --by has no meaning there")
    if invocation.values["limit"] is not None:
        raise UsageError("stats growth tells every year; --limit has no meaning there")
    answer = invocation.ask(growth, GrowthQuery(filters))
    return Output(invocation, answer, notes=tuple(_undated_notes(answer.undated)))


def _undated_notes(partnerships: int) -> Iterator[str]:
    if partnerships:
        yield (
            f"{number_of(partnerships, 'partnership')} without a known start:"
            " possibly in force in every year before an end"
        )
