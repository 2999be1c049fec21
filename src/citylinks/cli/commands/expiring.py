"""Agreements that expire soon or have lapsed.

Without a time, it shows those that expire within a year from today. If the time
is counted from today, it also shows those that have lapsed. An agreement has
not lapsed if a renewal, or a later agreement of the same kind between the same
parties, has replaced it. Agreements of ended partnerships are shown only with
--status ended.

Examples:
  citylinks expiring
  citylinks expiring yokohama --within 2y
  citylinks expiring --year 2027..2029 --json
"""

from citylinks.cli.invocation import Invocation, Output, calendar_notes, ended_note
from citylinks.cli.options import OF_CALENDAR, NamedCities, with_cities
from citylinks.questions.expiring import Expiring, ExpiringQuery, expiring

OPTIONS = OF_CALENDAR


def command(invocation: Invocation, after: NamedCities, query: ExpiringQuery) -> Output:
    """Answer with agreements."""
    query = with_cities(query, after.named_cities)
    answer = invocation.ask(expiring, query)
    notes = calendar_notes(invocation, answer)
    if answer.ended:
        notes.insert(0, ended_note(answer.ended, "agreement", "agreements"))
    return Output(invocation, answer, notes=tuple(notes), nothing=_nothing(answer))


def _nothing(answer: Expiring) -> str | None:
    """Return the likely reason that nothing matched, unless it was the status."""
    if "status" in answer.query:
        return None
    return "nothing matched; an agreement expires only if a source states a date"
