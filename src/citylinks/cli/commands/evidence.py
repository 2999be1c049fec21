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

from typing import Annotated

from typer import Argument, Option

from citylinks.cli.options import (
    FACE,
    PLACE,
    SUBJECT,
    TIME,
    Invocation,
    Output,
    with_options,
)
from citylinks.errors import UsageError

WHATS = ("conflicts", "sources", "gaps")


@with_options(*SUBJECT, *TIME, *PLACE, *FACE)
def command(
    asked: Invocation,
    what: Annotated[
        str | None,
        Argument(
            metavar="[WHAT]",
            help="conflicts, sources, gaps, or a record.",
            show_default=False,
        ),
    ] = None,
    field: Annotated[
        str | None,
        Argument(
            metavar="[FIELD]",
            help="A field of it: start, agreements[0].",
            show_default=False,
        ),
    ] = None,
    missing: Annotated[
        list[str] | None,
        Option(
            "--missing", metavar="GAP", help="Gaps: source, date, coordinates, country."
        ),
    ] = None,
) -> Output:
    """Answer with what records rest on."""
    filters = asked.filters
    if missing and what != "gaps":
        raise UsageError("--missing is for citylinks evidence gaps")
    if field is not None and what in WHATS:
        raise UsageError(f"evidence {what} takes no field; a record does")
    if what == "conflicts":
        return Output(asked, asked.open().conflicts(filters))
    if what == "sources":
        return Output(asked, asked.open().source_uses(filters))
    if what == "gaps":
        return Output(asked, asked.open().gaps(filters, missing=missing or ()))
    if what is None:
        return Output(asked, asked.open().evidence(filters))
    for name in filters.given():
        raise UsageError(f"--{name} does not apply to the evidence of one record")
    return Output(asked, asked.open().evidence_of(what, field))
