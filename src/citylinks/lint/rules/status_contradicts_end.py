"""A status agrees with the end of its partnership.

A partnership whose end has certainly passed is not active, planned, dormant or
suspended: either its status is `ended`, or it has no `end`. The status `ended` begins
on the date of `end`. The rule reports only what is certain: an end in the current year
may still be to come.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959
    end: 1990
    status: active

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959
    end: 1990
    status:
      - {is: active, since: 1959}
      - {is: ended, since: 1990, reason: Both councils agreed.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find each status that the end of the partnership surely contradicts."""
    text, changes = record.body.get("end"), record.body.get("status", ())
    if text is None or not changes:
        return
    end, today = dates.parse(text), dates.parse(record.today)
    *_, last = changes
    for number, change in enumerate(changes):
        message = _change_contradicts(change, text, end)
        if change is last:
            message = message or _present_contradicts(change["is"], text, end, today)
        if message:
            path = ("status", number, "is")
            yield RuleFinding(path, message, "correct the status or the end")


def _change_contradicts(
    change: dict[str, Any], text: str, end: dates.Date
) -> str | None:
    """Return the contradiction between the day of a change and the end, `text`."""
    since, status = change.get("since"), change["is"]
    if since is None:
        return None
    day = dates.parse(since)
    if dates.precedes(end, day):
        return f"'{status}' since '{since}', after the partnership ended ('{text}')"
    if status == "ended" and dates.precedes(day, end):
        return f"'ended' since '{since}', before the partnership ended ('{text}')"
    return None


def _present_contradicts(
    status: str, text: str, end: dates.Date, today: dates.Date
) -> str | None:
    """Return the contradiction between the present status and the end, `text`."""
    if status == "ended" and dates.precedes(today, end):
        return f"'ended', but the end of the partnership ('{text}') is in the future"
    if status != "ended" and dates.precedes(end, today):
        return f"'{status}', but the partnership ended ('{text}')"
    return None
