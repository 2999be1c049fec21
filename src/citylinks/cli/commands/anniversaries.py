"""Upcoming anniversaries.

Shows the anniversaries of partnerships, agreements and foundings; without a
time, those of this year and the next. --events adds events; visits, meetings
and commemorations are shown only if --kind asks for them. A date known to the
day gives a day, otherwise a month or a year; 29 February becomes 28 February. A
period counts from its start. Partnerships that have ended are shown only with
--status ended.

Examples:
  citylinks anniversaries lyon
  citylinks anniversaries --year 2029 --step 10 --events
  citylinks anniversaries --within 12m --format ics
"""

from collections.abc import Iterator

from citylinks.cli.invocation import (
    Invocation,
    Output,
    calendar_notes,
    count_phrase,
    ended_note,
)
from citylinks.cli.options import OF_CALENDAR, NamedCities, with_cities
from citylinks.questions.anniversaries import (
    Anniversaries,
    AnniversariesQuery,
    anniversaries,
)

OPTIONS = OF_CALENDAR


def command(
    invocation: Invocation, after: NamedCities, query: AnniversariesQuery
) -> Output:
    """Answer with round anniversaries."""
    query = with_cities(query, after.named_cities)
    answer = invocation.ask(anniversaries, query)
    notes = (*_notes(answer), *calendar_notes(invocation, answer))
    return Output(invocation, answer, notes=notes)


def _notes(answer: Anniversaries) -> Iterator[str]:
    """Yield notes on the anniversaries that are left out."""
    if answer.told_until:
        yield (
            f"too many anniversaries: the list ends with {answer.told_until};"
            " ask for a later time to see the rest"
        )
    if answer.ended:
        yield ended_note(answer.ended, "anniversary", "anniversaries")
    if answer.vague:
        some, are = count_phrase(answer.vague, "date", "dates", past=False)
        yield f"{some} {are} too imprecise to have an anniversary"
