"""How two cities are connected: the shortest chain of ties between them.

Two cities follow each other in a chain where both are members of one tie. The
first chain by the ids of its cities is told, with all ties of each step, and
how many chains are as short. Ties that have ended connect too, and are marked;
ties that are only planned do not, unless --status planned asks for them.

Networks, programmes, series and commitments would connect nearly everybody, so
that they are no steps, unless --networks lets them in or --kind names them. The
other options say which ties count, as in a list of partnerships: with --as-of,
those that held then, between cities that belonged to them then.

Examples:
  citylinks path lyon cebu
  citylinks path lyon da-nang --as-of 2015 --json
  citylinks path seoul cairo --networks --all
  citylinks path lyon da-nang --max 3
"""

from collections.abc import Iterator
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
    with_options,
)
from citylinks.errors import MissingError, UsageError
from citylinks.questions.path import Chains
from citylinks.text.safe import number_of


@with_options(*SUBJECT, *TIME, *THEN, *THERE, *FACE)
def command(
    asked: Invocation,
    cities: Annotated[
        list[str], Argument(metavar="CITY CITY", help="Two cities, by id or any name.")
    ],
    all_: Annotated[
        bool, Option("--all", help="All chains, at most 100 without --limit.")
    ] = False,
    networks: Annotated[
        bool, Option("--networks", help="Through networks and the like too.")
    ] = False,
    max_: Annotated[
        int | None,
        Option("--max", metavar="N", min=1, help="Only chains of up to N steps."),
    ] = None,
    limit: Annotated[
        int | None, Option("--limit", metavar="N", min=1, help="The first N chains.")
    ] = None,
) -> Output:
    """Answer with chains."""
    if len(cities) < 2:
        raise MissingError("path needs two cities")
    if len(cities) > 2:
        raise UsageError(f"path takes two cities, not {len(cities)}")
    answer = asked.open().path(
        *cities,
        filters=asked.filters,
        all_=all_,
        networks=networks,
        max_=max_,
        limit=limit,
    )
    return Output(
        asked, answer, notes=tuple(_notes(answer)), nothing=_unconnected(answer)
    )


def _notes(answer: Chains) -> Iterator[str]:
    """Yield how many chains have not been told."""
    more = answer.more
    if more:
        are = "is" if more == 1 else "are"
        is_limited = {"all", "limit"} & answer.query.keys()
        told = "--limit says how many to show" if is_limited else "--all shows them"
        yield f"there {are} {more} more; {told}"


def _unconnected(answer: Chains) -> str:
    """Return that there is no chain, and what might find one."""
    if answer.is_cut:
        longest = answer.query["max"]
        return f"no chain of ties of up to {number_of(longest, 'step')}; --max looks no further"
    if {"networks", "kind"} & answer.query.keys():
        return "no chain of ties"
    return "no chain of ties; --networks looks through networks and the like too"
