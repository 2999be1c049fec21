"""Full-text search: the best matches first, each with a passage and a reason."""

from typing import Annotated, Any, NamedTuple

from citylinks.query.filters import NO_FILTERS, FilterOptions, Filters, of_kinds
from citylinks.query.options import Option, Without
from citylinks.questions.search_passages import FUZZY, Hit, guessed_hits, passages
from citylinks.questions.search_ranking import Obstacle, Question
from citylinks.questions.session import (
    Session,
    check_number,
    describe_query,
)


class Search(NamedTuple):
    """The records that match a search; `is_cut` is true if there are more.

    `common` is the text of a search that has only words such as "of" and "the".
    `obstacle` is the word to blame if nothing matched.
    """

    query: dict[str, Any]
    results: tuple[Hit, ...]
    is_cut: bool = False
    common: str | None = None
    obstacle: Obstacle | None = None

    @property
    def more(self) -> int | None:
        """How many more there are; null if they were not counted."""
        return None if self.is_cut else 0

    @property
    def is_literal(self) -> bool:
        """Whether the words themselves were found, and not only similar names."""
        return bool(self.results) and self.results[0].reason != FUZZY


class SearchQuery(NamedTuple):
    """The text to search for: every word and quoted phrase must occur."""

    text: Annotated[
        str, Option("The words to search for.", metavar="TEXT...", is_argument=True)
    ]
    limit: Annotated[int, Option("Show at most N results.", metavar="N", minimum=1)] = (
        20
    )
    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


class SearchOptions(FilterOptions, total=False):
    """The options of `search` as keywords."""

    limit: int


_HAVE_KINDS = ("partnership", "event", "organization", "source")


def search(session: Session, query: SearchQuery) -> Search:
    """Return the records that contain every word and phrase of the text.

    If there are none, records with similar names are returned, for the reason `fuzzy`.
    A word matches any word that begins with it. The search covers what a record says
    itself, and the names of the cities, themes, organizations and sources that it
    refers to.
    """
    limit = query.limit
    check_number("limit", limit, "results")
    query = query._replace(
        text=query.text.encode(errors="replace").decode(),
        filters=of_kinds(query.filters, *_HAVE_KINDS),
    )
    question = Question(session, query.text, query.filters)
    described = describe_query(query, text=query.text)
    matches = question.first(limit + 1)
    hits = tuple(passages(session, matches[:limit], question))
    is_cut = len(matches) > limit
    if not question.pieces:
        return Search(described, hits, is_cut, common=question.text)
    if hits:
        return Search(described, hits, is_cut)
    guesses = guessed_hits(session, question.similar(limit))
    return Search(described, guesses, obstacle=question.obstacle())
