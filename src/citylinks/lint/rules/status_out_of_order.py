"""The changes of a status are in the order in which they happened.

The last of them is the present status, so a change in the wrong place could make an
ended partnership active again. The rule reports only what is certain: a change of 2011
may follow one of May 2011.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    status:
      - {is: dormant, since: 2011}
      - {is: active, since: 1959}

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    status:
      - {is: active, since: 1959}
      - {is: dormant, since: 2011}
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find each change that surely happened before the one that stands before it."""
    changes = enumerate(record.body.get("status", ()))
    dated = [(number, change) for number, change in changes if "since" in change]
    for (_, before), (number, change) in pairwise(dated):
        if dates.precedes(dates.parse(change["since"]), dates.parse(before["since"])):
            message = (
                f"'{change['is']}' since '{change['since']}' comes after"
                f" '{before['is']}' since '{before['since']}'"
            )
            yield RuleFinding(
                ("status", number, "since"), message, "write the earliest change first"
            )
