"""What happened, in order.

Of one city, what it takes part in; of two or more, what lies between any two of
them; with --any, what concerns any of them. What has no date comes last.

With --by decade an entry stands in the decade that its date names first, last
where that is not known; with --by theme under each of its themes; with --by
city under each other city that takes part. Of three cities or more, and of two
with --any, --by city puts it under each of these that takes part.

Examples:
  citylinks timeline lyon yokohama
  citylinks timeline tokyo seoul beijing --by decade
  citylinks timeline lyon yokohama --any --reverse --limit 5
  citylinks timeline lyon --theme energy
  citylinks timeline yokohama --from 2009 --to 2012
  citylinks timeline Lyon 横浜 --format json
"""

from typing import Annotated

from typer import Argument, Option

from citylinks.cli.options import (
    FACE,
    SUBJECT,
    THEN,
    THERE,
    TIME,
    Invocation,
    Output,
    limit_notes,
    with_options,
)


@with_options(*SUBJECT, *TIME, *THEN, "with_", *THERE, *FACE)
def command(
    asked: Invocation,
    subjects: Annotated[
        list[str] | None,
        Argument(
            metavar="[CITY...]",
            help="Cities, or a partnership; by id or any name.",
            show_default=False,
        ),
    ] = None,
    any_: Annotated[
        bool, Option("--any", help="What concerns any of these; with any of --with.")
    ] = False,
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="WHAT",
            help="Under headings: decade, theme or city.",
        ),
    ] = None,
    reverse: Annotated[bool, Option("--reverse", help="The latest first.")] = False,
    limit: Annotated[
        int | None, Option("--limit", metavar="N", min=1, help="Only the first N.")
    ] = None,
) -> Output:
    """Answer with a timeline."""
    answer = asked.open().timeline(
        *(subjects or ()),
        filters=asked.filters,
        any_=any_,
        by=by,
        reverse=reverse,
        limit=limit,
    )
    return Output(asked, answer, notes=limit_notes(answer.more))
