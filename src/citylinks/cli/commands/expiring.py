"""Agreements that expire soon or have lapsed.

Without a time, it shows those that expire within a year from today. Counted
from today, it also shows those that have lapsed: an agreement has not lapsed if
a renewal, or a later agreement of its kind between the same parties, has
replaced it. Agreements of ended partnerships are shown only with --status
ended.

Examples:
  citylinks expiring
  citylinks expiring yokohama --within 2y
  citylinks expiring --year 2027..2029 --json
"""

from citylinks.cli.invocation import Invocation, Output, calendar_notes, count_phrase
from citylinks.cli.options import OF_CALENDAR, NamedCities, with_cities
from citylinks.questions.expiring import Expiring, ExpiringQuery, expiring

OPTIONS = OF_CALENDAR


def command(invocation: Invocation, after: NamedCities, query: ExpiringQuery) -> Output:
    """Answer with agreements."""
    query = with_cities(query, after.named_cities)
    answer = invocation.ask(expiring, query)
    notes = calendar_notes(invocation, answer)
    if answer.ended:
        some, were = count_phrase(answer.ended, "agreement", "agreements")
        left_out = f"{some} of ended partnerships {were} left out"
        notes.insert(0, f"{left_out}; --status ended shows them")
    return Output(invocation, answer, notes=tuple(notes), nothing=_nothing(answer))


def _nothing(answer: Expiring) -> str | None:
    """Return the likely reason that nothing matched, unless it was the status."""
    if "status" in answer.query:
        return None
    return "nothing matched; an agreement expires only where a source states when"
