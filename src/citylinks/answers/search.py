"""Which records speak of a text."""

from typing import Any, NamedTuple

from citylinks.answers.parts import RecordRef

FUZZY = "fuzzy"  # the reason of a hit that is but like what was searched


class Hit(NamedTuple):
    """A record that speaks of what was searched, the best first.

    `reason` is where: name, alias, title, id or text, or the name of a city, theme, organization
    or source that the record refers to; or fuzzy, where nothing matched and the name is like it.
    `passage` is that text as it is spelled, with the positions of what matched in it. `score`
    follows from where the words are found and whether they are whole; of what is fuzzy it says
    how alike it is, from 0 to 1.
    """

    score: float
    reason: str
    passage: str
    matches: tuple[tuple[int, int], ...]
    date: str | None
    kind: str | None
    record: RecordRef


class Search(NamedTuple):
    """The records that speak of a text; `is_cut` where there are more than were asked for."""

    query: dict[str, Any]
    results: tuple[Hit, ...]
    is_cut: bool = False

    @property
    def more(self) -> int | None:
        """How many more there are; null where they were not counted."""
        return None if self.is_cut else 0

    @property
    def is_literal(self) -> bool:
        """Whether what was searched was found, and not only names that are like it."""
        return bool(self.results) and self.results[0].reason != FUZZY
