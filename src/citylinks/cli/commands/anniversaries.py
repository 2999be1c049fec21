"""Upcoming anniversaries of partnerships, agreements and foundings.

Without a time, those of this year and the next. --events adds events; visits,
meetings and commemorations have anniversaries only where --kind asks for them.
What is known to the day has a day, else a month or only a year; 29 February
falls on 28 February. What lasted counts from its beginning. Partnerships that
have ended are left out, unless --status asks for them.

Examples:
  citylinks anniversaries lyon
  citylinks anniversaries --year 2029 --step 10 --events
  citylinks anniversaries --within 12m --format ics
"""

from collections.abc import Iterator

from citylinks.cli.invocation import Invocation, Output, calendar_notes, count_phrase
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
            "too many anniversaries for one answer: those until the end of"
            f" {answer.told_until} are listed; ask for a later time to see the rest"
        )
    if answer.ended:
        some, were = count_phrase(answer.ended, "anniversary", "anniversaries")
        yield f"{some} of ended partnerships {were} left out; --status ended shows them"
    if answer.vague:
        some, are = count_phrase(answer.vague, "date", "dates", past=False)
        yield f"{some} {are} too vague to have anniversaries"
