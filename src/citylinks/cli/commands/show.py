"""Show one record in full, with its sources.

The most important facts come first: for a city, its sister cities, partners and
networks, the last event, the next anniversary and conflicts between sources. --brief
prints only these. If a record has more than 15 sources, they are listed in short form;
--sources lists them in full.

Examples:
  citylinks show lyon-yokohama
  citylinks show 横浜
  citylinks show city/lyon --json
  citylinks show lyon --brief
  citylinks show lyon-yokohama --as-of 1985
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RECORD
from citylinks.questions.show import ShowQuery, show
from citylinks.text.safe import with_article

OPTIONS = OF_RECORD


def command(invocation: Invocation, query: ShowQuery) -> Output:
    """Answer with a record."""
    answer = invocation.ask(show, query)
    notes = []
    for other in answer.others:
        type_, _, id_ = other.partition("/")
        shared = "id" if id_ == query.record else "name"
        notes.append(
            f"{with_article(type_)} has this {shared} too: citylinks show {other}"
        )
    return Output(invocation, answer, notes=tuple(notes))
