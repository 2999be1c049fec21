"""How two cities are connected: the shortest chain of partnerships between them.

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

from citylinks.cli.invocation import Invocation, Output, count_phrase
from citylinks.cli.options import OF_ANSWER
from citylinks.questions.path import Chains, PathQuery, path
from citylinks.text.safe import number_of

OPTIONS = OF_ANSWER


def command(invocation: Invocation, query: PathQuery) -> Output:
    """Answer with chains."""
    answer = invocation.ask(path, query)
    notes, nothing = tuple(_notes(answer)), _nothing(answer)
    return Output(invocation, answer, notes=notes, nothing=nothing)


def _notes(answer: Chains) -> Iterator[str]:
    """Yield a note on the chains that are not in the answer."""
    more = answer.more
    if more:
        _, are = count_phrase(more, "chain", "chains", past=False)
        yield f"there {are} {more} more; {_more_by(answer)}"


def _more_by(answer: Chains) -> str:
    if {"all", "limit"} & answer.query.keys():
        return "--limit says how many to show"
    return "--all shows them"


def _nothing(answer: Chains) -> str:
    """Return the note that there is no chain, and how one may be found."""
    if answer.is_cut:
        steps = number_of(answer.query["max"], "step")
        return f"no chain of partnerships of up to {steps}; --max looks no further"
    if {"networks", "kind"} & answer.query.keys():
        return "no chain of partnerships"
    return (
        "no chain of partnerships; --networks looks through networks and the like too"
    )
