"""Nothing ends before it begins.

One of the two dates is mistyped, or they have been swapped. The rule reports only what
is certain: a partnership of `1990` may have ended in `1990-01`, and the start `1990?`
is itself uncertain.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1995
    end: 1959

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959
    end: 1995
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find what surely ends before it begins."""
    body = record.body
    if is_before(body.get("end"), body.get("start")):
        yield RuleFinding(
            ("end",), f"the end '{body['end']}' is before the start '{body['start']}'"
        )
    for number, alias in enumerate(body.get("aliases", ())):
        if isinstance(alias, dict) and is_before(alias.get("until"), alias.get("from")):
            message = f"until '{alias['until']}' is before from '{alias['from']}'"
            yield RuleFinding(("aliases", number, "until"), message)


def is_before(last: str | None, first: str | None) -> bool:
    """Whether one date surely lies before another; not where one is absent."""
    if last is None or first is None:
        return False
    return dates.precedes(dates.parse(last), dates.parse(first))
