"""On whose word: what rests on which source, what disagrees, what is missing.

Alone, a summary of all. WHAT is conflicts, sources or gaps, or a record, by id
or name, perhaps with one of its fields.

Examples:
  citylinks evidence
  citylinks evidence conflicts
  citylinks evidence sources --country FR
  citylinks evidence gaps --missing coordinates
  citylinks evidence lyon-yokohama
  citylinks evidence tokyo-berlin agreements[0].signed
"""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.errors import UsageError
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Option

OPTIONS = OF_ANSWER
WITHOUT = ("as_of",)
OVERVIEWS = ("conflicts", "sources", "gaps")


class EvidenceQuery(NamedTuple):
    """What may be asked of the evidence."""

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
            "A field of it: start, agreements[0].", metavar="[FIELD]", is_argument=True
        ),
    ] = None
    missing: Annotated[
        Sequence[str],
        Option(
            "Gaps: source, date, coordinates, country.", metavar="GAP", completes="gap"
        ),
    ] = ()
    filters: Filters = NO_FILTERS


def command(invocation: Invocation, query: EvidenceQuery) -> Output:
    """Answer with what records rest on."""
    what, filters = query.what, query.filters
    if query.missing and what != "gaps":
        raise UsageError("--missing is for citylinks evidence gaps")
    if query.field is not None and what in OVERVIEWS:
        raise UsageError(f"evidence {what} takes no field; a record does")
    if what == "conflicts":
        return Output(invocation, invocation.open().conflicts(filters))
    if what == "sources":
        return Output(invocation, invocation.open().source_uses(filters))
    if what == "gaps":
        gaps = invocation.open().gaps(filters, missing=query.missing)
        return Output(invocation, gaps)
    if what is None:
        return Output(invocation, invocation.open().evidence(filters))
    for name in filters.given():
        raise UsageError(f"--{name} does not apply to the evidence of one record")
    return Output(invocation, invocation.open().evidence_of(what, query.field))
