"""An agreement is signed while its partnership lasts.

An agreement that was signed before the partnership began or after it ended belongs to
another partnership, or one of the dates is wrong. A letter of intent may come before
the partnership that it announces. The rule reports only what is certain: an agreement
of 1959 may belong to a partnership that began in April 1959, and a date that is
approximate or uncertain proves nothing.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04
    agreements:
      - {kind: twinning, signed: 1958-04-07}

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04
    agreements:
      - {kind: letter-of-intent, signed: 1958-04-07}
      - {kind: twinning, signed: 1959-04-07}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks import dates
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the agreements that were surely signed before the start or after the end."""
    start, end = record.body.get("start"), record.body.get("end")
    for number, agreement in enumerate(record.body.get("agreements", ())):
        signed, path = agreement.get("signed"), ("agreements", number, "signed")
        if signed is None:
            continue
        day = dates.parse(signed)
        if (
            start
            and agreement["kind"] != "letter-of-intent"
            and dates.precedes(day, dates.parse(start))
        ):
            message = f"signed '{signed}', before the partnership began ('{start}')"
            yield RuleFinding(
                path,
                message,
                "correct one of the dates, or move it to an earlier partnership",
            )
        if end and dates.precedes(dates.parse(end), day):
            message = f"signed '{signed}', after the partnership ended ('{end}')"
            yield RuleFinding(
                path,
                message,
                "correct one of the dates, or move it to a later partnership",
            )
