"""A note on what is no theme, and yet occurs in texts: the search that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.cli.messages import as_typed
from citylinks.errors import CitylinksError
from citylinks.questions.search import SearchQuery, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.cli.invocation import Invocation


def search_notes(
    invocation: Invocation, themes: Sequence[str], refusal: str
) -> Iterator[str]:
    """Yield the search for each text that is no theme and that records have."""
    for text in themes:
        if f"no theme '{text}'" in refusal and _is_found(invocation, text):
            yield f"'{text}' occurs in texts: citylinks search {as_typed([text])}"


def _is_found(invocation: Invocation, text: str) -> bool:
    try:
        return invocation.ask(search, SearchQuery(text, limit=1)).is_literal
    except CitylinksError:  # the refusal is told all the same, without this hint
        return False
