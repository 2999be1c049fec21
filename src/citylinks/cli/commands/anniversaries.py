"""Which round birthdays of ties, agreements and events fall when.

Without a time, those of this year and the next. What is known to the day has a
day, else a month or only a year; 29 February falls on 28 February. What lasted
counts from its beginning. Ties that have ended are left out, unless --status
asks for them.

Examples:
  citylinks anniversaries --city lyon
  citylinks anniversaries --year 2029 --step 10
  citylinks anniversaries --within 12m --format ics
"""

from typing import Annotated

from typer import Option

from citylinks.cli.options import (
    AHEAD,
    Invocation,
    Output,
    calendar_notes,
    count_phrase,
    with_options,
)
from citylinks.dates.anniversaries import STEP
from citylinks.questions.anniversaries import Anniversaries


@with_options(*AHEAD)
def command(
    asked: Invocation,
    step: Annotated[
        int,
        Option("--step", metavar="YEARS", min=1, help="Years from one to the next."),
    ] = STEP,
) -> Output:
    """Answer with round birthdays."""
    values = asked.values
    answer = asked.open().anniversaries(
        asked.filters, cities=values["city"] or (), within=values["within"], step=step
    )
    return Output(
        asked, answer, notes=(*_notes(answer), *calendar_notes(asked, answer))
    )


def _notes(answer: Anniversaries) -> list[str]:
    """Return what has been left out."""
    notes = []
    if answer.told_until:
        notes.append(_only_until(answer.told_until))
    if answer.ended:
        some, were = count_phrase(answer.ended, "anniversary", "anniversaries")
        notes.append(f"{some} of ended ties {were} left out; --status ended shows them")
    if answer.vague:
        some, are = count_phrase(answer.vague, "date", "dates", past=False)
        notes.append(f"{some} {are} too vague to have anniversaries")
    return notes


def _only_until(year: str) -> str:
    return (
        f"too many anniversaries for one answer: those until the end of {year} are listed;"
        " ask for a later time to see the rest"
    )
