"""Which records speak of a text, the best first.

Every word is looked for, in quotes as a phrase; case and accents do not matter.
Names come before titles and titles before texts. Where nothing matches, similar
names are shown as such. After -- nothing is taken for an option.

Examples:
  citylinks search silk
  citylinks search "smart grid" --theme energy
  citylinks search 横浜 --format jsonl
"""

from collections.abc import Iterator

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RESULTS
from citylinks.questions.search import Search, SearchQuery, search

OPTIONS = OF_RESULTS


def command(invocation: Invocation, query: SearchQuery) -> Output:
    """Answer with the records that speak of it."""
    phrased = " ".join(map(_as_phrase, invocation.values["text"]))
    answer = invocation.ask(search, query._replace(text=phrased))
    if phrased != query.text and not answer.is_literal:
        answer = invocation.ask(search, query)
    return Output(invocation, answer, notes=tuple(_notes(answer)))


def _notes(answer: Search) -> Iterator[str]:
    """Yield that there is more, or that only similar names matched."""
    if answer.is_cut:
        yield f"there are more than these {len(answer.results)}; --limit says how many"
    elif answer.results and not answer.is_literal:
        yield "nothing matched; these names are like it"


def _as_phrase(argument: str) -> str:
    """Return an argument with blanks, which the shell had in quotes, as a phrase."""
    if " " in argument.strip() and '"' not in argument:
        return f'"{argument}"'
    return argument
