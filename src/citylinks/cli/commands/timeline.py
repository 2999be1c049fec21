"""What happened, in order.

Of one city, what it takes part in; of two or more, what lies between any two of
them; with --any, what concerns any of them. What has no date comes last.

With --by decade an entry stands in the decade that its date names first, last
where that is not known; with --by theme under each of its themes; with --by
city under each other city that takes part. Of three cities or more, and of two
with --any, --by city puts it under each of these that takes part.

Examples:
  citylinks timeline lyon yokohama
  citylinks timeline tokyo seoul beijing --by decade
  citylinks timeline lyon yokohama --any --reverse --limit 5
  citylinks timeline lyon --theme energy
  citylinks timeline yokohama --from 2009 --to 2012
  citylinks timeline Lyon 横浜 --format json
"""

from citylinks.cli.invocation import Invocation, Output, limit_notes
from citylinks.cli.options import OF_RESULTS
from citylinks.questions.timeline import TimelineQuery, timeline

OPTIONS = OF_RESULTS


def command(invocation: Invocation, query: TimelineQuery) -> Output:
    """Answer with a timeline."""
    answer = invocation.ask(timeline, query)
    notes = limit_notes(answer.more)
    cities = [subject.id for subject in answer.subjects if subject.type == "city"]
    if answer.results or len(cities) < 2 or answer.query.get("any"):
        return Output(invocation, answer, notes=notes)
    from citylinks.questions.nothing_between import NothingQuery, why_nothing

    nothing = invocation.ask(why_nothing, NothingQuery(cities))
    return Output(invocation, answer, notes=notes, nothing=nothing.reason)
