"""A member does not leave before it joins.

One of the two dates is wrong, or they have been swapped. A member that left and came
back appears twice in the list, each time with its own dates.

Bad:

    # partnerships/citynet.yaml
    kind: network
    members:
      - {city: lyon, from: 2010, until: 2001}

Good:

    # partnerships/citynet.yaml
    kind: network
    members:
      - {city: lyon, from: 1987, until: 2001}
      - {city: lyon, from: 2010}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the members that surely left before they joined."""
    if record.type != "partnership":
        return
    for number, member in enumerate(record.body["members"]):
        joined, left = member.get("from"), member.get("until")
        if joined and left and dates.precedes(dates.parse(left), dates.parse(joined)):
            message = (
                f"'{member['city']}' leaves ('{left}') before it joins ('{joined}')"
            )
            yield RuleFinding(("members", number, "until"), message)
