"""Which records speak of a text, the best first.

Every word is looked for, in quotes as a phrase; case and accents do not matter.
Names come before titles and titles before texts. Where nothing matches, similar
names are shown as such. After -- nothing is taken for an option.

Examples:
  citylinks search silk
  citylinks search "smart grid" --theme energy
  citylinks search 横浜 --format jsonl
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.options import Option
from citylinks.questions.search import Search

OPTIONS = OF_ANSWER
WITHOUT = ("as_of",)


class SearchQuery(NamedTuple):
    """What may be searched for."""

    words: Annotated[
        Sequence[str], Option("What to look for.", metavar="TEXT...", is_argument=True)
    ]
    limit: Annotated[int, Option("At most so many.", metavar="N", minimum=1)] = 20
    filters: Filters = NO_FILTERS


def command(invocation: Invocation, query: SearchQuery) -> Output:
    """Answer with the records that speak of it."""
    kb, words = invocation.open(), " ".join(query.words)
    phrased = " ".join(map(_as_phrase, query.words))
    answer = kb.search(phrased, query.filters, limit=query.limit)
    if phrased != words and not answer.is_literal:
        answer = kb.search(words, query.filters, limit=query.limit)
    return Output(invocation, answer, notes=tuple(_notes(answer)))


def _notes(answer: Search) -> Iterator[str]:
    """Yield that there is more, or that only similar names matched."""
    if answer.is_cut:
        yield f"there are more than these {len(answer.results)}; --limit says how many"
    elif answer.results and not answer.is_literal:
        yield "nothing matched; these names are like it"


def _as_phrase(argument: str) -> str:
    """Return an argument with blanks, which the shell had in quotes, as a phrase."""
    is_phrase = " " in argument.strip() and '"' not in argument
    return f'"{argument}"' if is_phrase else argument
