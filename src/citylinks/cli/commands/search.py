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
from citylinks.questions.search import Search


@with_options(*SUBJECT, *TIME, *PLACE, *FACE)
def command(
    asked: Invocation,
    text: Annotated[list[str], Argument(metavar="TEXT...", help="What to look for.")],
    limit: Annotated[
        int, Option("--limit", metavar="N", min=1, help="At most so many.")
    ] = 20,
) -> Output:
    """Answer with the records that speak of it."""
    kb, words = asked.open(), " ".join(text)
    phrased = " ".join(map(_phrased, text))
    answer = kb.search(phrased, asked.filters, limit=limit)
    if phrased != words and not answer.is_literal:
        answer = kb.search(words, asked.filters, limit=limit)
    return Output(asked, answer, notes=tuple(_notes(answer)))


def _notes(answer: Search) -> Iterator[str]:
    """Yield that there is more, or that only names were found that are like it."""
    if answer.is_cut:
        yield f"there are more than these {len(answer.results)}; --limit says how many"
    elif answer.results and not answer.is_literal:
        yield "nothing matched; these names are like it"


def _phrased(argument: str) -> str:
    """Return an argument that the shell was given in quotes as the phrase that was
    meant.
    """
    return (
        f'"{argument}"' if " " in argument.strip() and '"' not in argument else argument
    )
