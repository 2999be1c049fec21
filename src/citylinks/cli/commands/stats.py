"""Count by theme, decade, kind, country, region or city.

Counts partnerships and events by theme, decade, kind, country, region, status,
organization or city. A theme is counted without its narrower themes.

stats growth counts the partnerships that were certainly or possibly in force in
each year; with a city, country or region, those to which it then belonged. The
years are those of --year, --from and --to, or else all years from the first
known start to today. --from alone with a year after today gives that year only.

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
            "Partnerships in force in each year.",
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
        raise UsageError("stats growth counts by year and takes no --by")
    if invocation.values["limit"] is not None:
        raise UsageError("stats growth shows every year and takes no --limit")
    answer = invocation.ask(growth, GrowthQuery(filters))
    return Output(invocation, answer, notes=tuple(_undated_notes(answer.undated)))


def _undated_notes(partnerships: int) -> Iterator[str]:
    if partnerships:
        yield (
            f"{number_of(partnerships, 'partnership')} without a known start: counted"
            " as possibly in force in every year before the end"
        )
