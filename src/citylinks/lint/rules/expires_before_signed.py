"""An agreement does not expire before it is signed.

One of the two dates is mistyped, or `signed` is the date of the renewal and `expires`
the end of the first term; in that case, record two agreements. The rule reports only
what is certain.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    agreements:
      - {kind: memorandum-of-understanding, signed: 2018-01-24, expires: 2013}

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    agreements:
      - {kind: memorandum-of-understanding, signed: 2018-01-24, expires: 2023}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding
from citylinks.lint.rules.ends_before_start import is_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find an agreement that surely expires before it is signed."""
    for number, agreement in enumerate(record.body.get("agreements", ())):
        expires, signed = agreement.get("expires"), agreement.get("signed")
        if is_before(expires, signed):
            message = f"expires '{expires}' is before signed '{signed}'"
            yield RuleFinding(("agreements", number, "expires"), message)
