"""Full-text search, best matches first.

Finds the records in which every word occurs, or every phrase in quotes; case
and accents do not matter. Kinds are understood in many languages (sister
cities, jumelage, MoU); words such as "of" and "the" count only in quotes and in
names. Matches in names come first, then in titles, then in texts. If nothing
matches, similar names are shown. Everything after -- is text to search for, not
an option.

Examples:
  citylinks search silk
  citylinks search sister cities of lyon
  citylinks search "smart grid" --theme energy
  citylinks search 横浜 --format jsonl
"""

from collections.abc import Iterator

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RESULTS
from citylinks.questions.search import Search, SearchQuery, search
from citylinks.questions.search_ranking import Obstacle
from citylinks.text.safe import number_of

OPTIONS = OF_RESULTS

LONGEST_SHOWN = 40  # characters of a word that no record has
# The score of what a name, a title or a kind matches; texts have a lower one.
OF_NAMES = 35.0


def command(invocation: Invocation, query: SearchQuery) -> Output:
    """Answer with the records that speak of it."""
    phrased = " ".join(map(_as_phrase, invocation.values["text"]))
    answer = invocation.ask(search, query._replace(text=phrased))
    if phrased != query.text and not _is_name(answer):
        of_words = invocation.ask(search, query)
        if _is_name(of_words) or not answer.is_literal:
            answer = of_words
    return Output(
        invocation, answer, notes=tuple(_notes(answer)), nothing=_nothing(answer)
    )


def _is_name(answer: Search) -> bool:
    """Whether what comes first matches by more than a text."""
    return answer.is_literal and answer.results[0].score >= OF_NAMES


def _notes(answer: Search) -> Iterator[str]:
    """Yield notes: there is more, only names matched, or only similar names."""
    if answer.is_cut:
        shown = len(answer.results)
        yield f"there are more than these {shown}; use --limit to see more"
    if answer.common and answer.results:
        yield f"{_too_common(answer.common)}; these are names that begin with it"
    elif answer.results and not answer.is_literal:
        if answer.obstacle and answer.obstacle.others:
            yield _in_the_way(answer.obstacle)
        yield "nothing matched; these names are similar"


def _nothing(answer: Search) -> str | None:
    """Return why nothing matched, where that is known."""
    if answer.common:
        which = "it" if len(answer.common.split()) == 1 else "them"
        return (
            f"{_too_common(answer.common)}; put {which} in quotes to search for {which}"
        )
    if answer.obstacle:
        return _in_the_way(answer.obstacle)
    return None


def _too_common(words: str) -> str:
    verb = "is" if len(words.split()) == 1 else "are"
    return f"'{words}' {verb} too common to search for"


def _in_the_way(obstacle: Obstacle) -> str:
    """Return the note on a word without which others match."""
    word, others = obstacle.word, obstacle.others
    if len(word) > LONGEST_SHOWN:
        word = f"{word[:LONGEST_SHOWN]}…"
    results = number_of(others, "result")
    if not obstacle.is_unknown:
        return f"no record has all of these words; without '{word}': {results}"
    sentence = f"no record has '{word}'"
    if obstacle.similar:
        sentence += f" (did you mean '{obstacle.similar}'?)"
    if others:
        sentence += f"; without it: {results}"
    return sentence


def _as_phrase(argument: str) -> str:
    """Return an argument with blanks, which the shell had in quotes, as a phrase."""
    if " " in argument.strip() and '"' not in argument:
        return f'"{argument}"'
    return argument
