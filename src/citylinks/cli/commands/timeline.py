"""Show what happened, in order, in or between cities.

For one city, it shows what the city takes part in; for several, what any two of
them share; with --any, what concerns any of them. Entries without a date come
last.

--by decade puts each entry into the decade in which it began, or last if that
is not known; --by theme under each of its themes; --by city under each other
city that takes part. If you name three cities or more, or two with --any, --by
city uses the cities you named.

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
