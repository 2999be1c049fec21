"""Which agreements run out, and which have run out without a renewal.

Without a time, within a year from today. Those that are over are told where the
time is counted from today: an agreement is not over if a renewal, or a later
one of its kind between the same parties, has taken its place. Ties that have
ended are left out, unless --status asks for them.

Examples:
  citylinks expiring
  citylinks expiring --within 2y --city yokohama
  citylinks expiring --year 2027..2029 --json
"""

from citylinks.cli.options import (
    AHEAD,
    Invocation,
    Output,
    calendar_notes,
    count_phrase,
    with_options,
)
from citylinks.questions.expiring import Expiring


@with_options(*AHEAD)
def command(asked: Invocation) -> Output:
    """Answer with agreements."""
    values = asked.values
    answer = asked.open().expiring(
        asked.filters, cities=values["city"] or (), within=values["within"]
    )
    notes = calendar_notes(asked, answer)
    if answer.ended:
        some, were = count_phrase(answer.ended, "agreement", "agreements")
        notes.insert(
            0, f"{some} of ended ties {were} left out; --status ended shows them"
        )
    return Output(asked, answer, notes=tuple(notes), nothing=_nothing(answer))


def _nothing(answer: Expiring) -> str | None:
    """Return what may have kept agreements from matching, unless it was the status."""
    if "status" in answer.query:
        return None
    return "nothing matched; an agreement runs out only where a source states when"
