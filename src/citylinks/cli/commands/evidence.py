"""Sources, conflicts and gaps.

Without WHAT, it shows a summary. WHAT is conflicts, sources or gaps, or the id
or name of a record; FIELD is one of the fields of that record.

Examples:
  citylinks evidence
  citylinks evidence conflicts
  citylinks evidence sources --country FR
  citylinks evidence gaps --missing coordinates
  citylinks evidence lyon-yokohama
  citylinks evidence tokyo-berlin agreements[0].signed
"""

from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RESULTS
from citylinks.errors import UsageError
from citylinks.query.options import Option
from citylinks.questions.gaps import GapsQuery

OPTIONS = OF_RESULTS
OVERVIEWS = ("conflicts", "sources", "gaps")


class EvidenceSubject(NamedTuple):
    """The overview that is asked for, or a record and one of its fields."""

    what: Annotated[
        str | None,
        Option(
            "conflicts, sources, gaps, or a record.",
            metavar="[WHAT]",
            completes="evidence",
            is_argument=True,
        ),
    ] = None
    field: Annotated[
        str | None,
        Option(
            "A field of the record: start, agreements[0].",
            metavar="[FIELD]",
            is_argument=True,
        ),
    ] = None


def command(
    invocation: Invocation, subject: EvidenceSubject, query: GapsQuery
) -> Output:
    """Answer with what records rest on."""
    what, field = subject
    if query.missing and what != "gaps":
        raise UsageError("--missing is for citylinks evidence gaps")
    if field is not None and what in OVERVIEWS:
        raise UsageError(f"evidence {what} takes no field; name a record to use one")
    if what is None:
        return Output(invocation, invocation.open().evidence(query.filters))
    if what == "conflicts":
        return Output(invocation, invocation.open().conflicts(query.filters))
    if what == "sources":
        return Output(invocation, invocation.open().source_uses(query.filters))
    if what == "gaps":
        return Output(invocation, invocation.open().gaps(query))
    for name in query.filters.given():
        raise UsageError(f"--{name} does not apply to the evidence of one record")
    return Output(invocation, invocation.open().evidence_of(what, field))
