"""List cities, partnerships, events and more.

TYPE can also be a kind, such as sister-cities, networks, visits or memoranda of
understanding. Cities that follow it narrow the list, as with --with.

Examples:
  citylinks list cities
  citylinks list partnerships lyon --theme energy
  citylinks list sister-cities lyon
  citylinks list events --year 2009..2012
  citylinks list sources --format csv
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RESULTS, NamedCities, with_cities
from citylinks.questions.lists import LISTS, ListQuery, list_records

OPTIONS = OF_RESULTS


def command(invocation: Invocation, query: ListQuery, after: NamedCities) -> Output:
    """Answer with a list."""
    cities = after.named_cities
    if query.list not in LISTS:
        from citylinks.cli.readings.list_words import read_list

        query, cities = read_list(query, cities)
    if cities:
        from citylinks.cli.readings.list_words import refuse_cities

        refuse_cities(query.list, cities)
    return Output(invocation, invocation.ask(list_records, with_cities(query, cities)))
