"""The words after `list` as people type them: `sister cities lyon`, `lyon visits`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.cli.commands import COMMANDS
from citylinks.cli.messages import as_typed, print_message
from citylinks.errors import UsageError
from citylinks.model.kind_names import levels_called
from citylinks.model.vocabulary import PLURALS
from citylinks.query.kinds import meant_list
from citylinks.questions.lists import LISTS, parse_list
from citylinks.questions.requests import WORDS_FOR_COMMANDS
from citylinks.text.suggestions import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.lists import ListQuery

# What is counted rather than listed -> by what.
COUNTED = {
    "countries": "country",
    "country": "country",
    "decades": "decade",
    "decade": "decade",
    "kinds": "kind",
    "kind": "kind",
    "nations": "country",
    "regions": "region",
    "region": "region",
    "continents": "region",
    "statuses": "status",
    "status": "status",
    "types": "kind",
    "year": "decade",
    "years": "decade",
}


# The lists that no city narrows -> the question about cities that is likest.
WITHOUT_CITIES = {
    "themes": "to count: citylinks stats {} --by theme",
    "organizations": "to count: citylinks stats {} --by organization",
    "sources": "for the sources of one: citylinks evidence {}",
}


def read_list(query: ListQuery, more: Sequence[str]) -> tuple[ListQuery, list[str]]:
    """Return the list that is meant by the first words, and the cities after it.

    `UsageError` where none is meant, with the command that may be.
    """
    words = [query.list, *more]
    for start, end in _runs(len(words)):
        typed = " ".join(words[start:end])
        meant = meant_list(typed)
        if meant is None or typed.lower() in COMMANDS:
            continue
        if meant.kinds and query.filters.kind:
            raise UsageError(f"'{typed}' is a kind already: leave out --kind")
        if meant.kinds or typed.lower() not in {*PLURALS, "agreement"}:
            print_message(f"reading {typed} as {as_typed(meant.command()[1:])}")
        filters = query.filters
        if meant.kinds:
            filters = filters._replace(kind=meant.kinds)
        return (
            query._replace(list=meant.name, filters=filters),
            [*words[:start], *words[end:]],
        )
    _refuse(query.list)
    return query, list(more)


def _runs(length: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of runs of words, the longest first."""
    for start in range(length):
        for end in range(length, start, -1):
            yield start, end


def _refuse(word: str) -> None:
    """Raise a `UsageError` that says what else may be asked."""
    name = word.lower()
    if name in COUNTED:
        command = f"citylinks stats --by {COUNTED[name]}"
        raise UsageError(f"there is no list of {name}; to count by them: {command}")
    for command, names in WORDS_FOR_COMMANDS.items():
        if name in names.split() and name not in COMMANDS:
            raise UsageError(f"there is no list of {name}; try: citylinks {command}")
    if name in COMMANDS and not closest(name, LISTS):
        raise UsageError(f"'{name}' is a command of its own: citylinks {name}")
    levels = levels_called(word)
    if levels and "city" not in levels:
        command = f"citylinks list cities --level {levels[0]}"
        raise UsageError(f"there is no list of {name}; to list them: {command}")
    parse_list(word)


def refuse_cities(name: str, cities: Sequence[str]) -> None:
    """Raise a `UsageError` where cities stand after a list that takes none."""
    if name in WITHOUT_CITIES:
        instead = WITHOUT_CITIES[name].format(as_typed(cities))
        raise UsageError(f"a list of {name} takes no cities; {instead}")
