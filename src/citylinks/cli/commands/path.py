"""Find how two cities are connected through others.

Shows the shortest chain in which each city has a partnership with the next,
with all partnerships of each step, and says how many chains are as short.
Partnerships that have ended count too, and are marked; planned ones count only
with --status planned.

Networks, programmes, series and commitments connect nearly every city, so they
count only with --networks or if --kind names them. The other options choose
partnerships as in a list. With --as-of, only partnerships in force on that date
count, between the cities that belonged to them then.

Examples:
  citylinks path lyon cebu
  citylinks path lyon da-nang --as-of 2015 --json
  citylinks path seoul cairo --networks --all
  citylinks path lyon da-nang --max 3
"""

from collections.abc import Iterator

from citylinks.cli.invocation import Invocation, Output, count_phrase
from citylinks.cli.options import OF_CHAINS
from citylinks.questions.path import Chains, PathQuery, path
from citylinks.text.safe import number_of

OPTIONS = OF_CHAINS


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
        return "use --limit to see more"
    return "use --all to see them"


def _nothing(answer: Chains) -> str:
    """Return the note that there is no chain, and how one may be found."""
    if answer.is_cut:
        steps = number_of(answer.query["max"], "step")
        return f"no chain of partnerships of up to {steps}; a larger --max may find one"
    if {"networks", "kind"} & answer.query.keys():
        return "no chain of partnerships"
    return "no chain of partnerships; --networks adds networks and the like"
