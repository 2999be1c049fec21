"""Which records there are.

Examples:
  citylinks list cities
  citylinks list partnerships --theme energy
  citylinks list events --year 2009..2012
  citylinks list sources --format csv
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.questions.lists import ListQuery, list_records

OPTIONS = OF_ANSWER


def command(invocation: Invocation, query: ListQuery) -> Output:
    """Answer with a list."""
    return Output(invocation, invocation.ask(list_records, query))
