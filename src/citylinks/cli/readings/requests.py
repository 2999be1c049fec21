"""The command that answers a question in words: `who are the partners of lyon`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.cli.readings.list_words import COUNTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.query.kinds import MeantList
    from citylinks.questions.first_words import FirstWords
    from citylinks.questions.requests import Request

# The commands after which cities stand.
TAKE_CITIES = frozenset(
    (
        "timeline",
        "show",
        "list",
        "stats",
        "path",
        "common",
        "anniversaries",
        "expiring",
    )
)

# The lists that no city narrows -> the command that answers with its cities instead.
INSTEAD_OF_LISTS = {
    "themes": ("stats", "--by", "theme"),
    "organizations": ("stats", "--by", "organization"),
    "sources": ("evidence",),
}
# What is counted -> by what, also where it is a list.
GROUPS = {
    **COUNTED,
    "cities": "city",
    "themes": "theme",
    "organizations": "organization",
}
# The lists whose name may stand before one record of theirs: `show city lyon`.
OF_ONE_RECORD = (["cities"], ["themes"], ["organizations"])
# Of several lists, a list of kinds is meant, else the first of these.
MEANT_FIRST = ("partnerships", "events", "agreements", "sources", "cities")


def requested_command(request: Request, cities: Sequence[str]) -> list[str]:
    """Return the words of the command that asks for all that words ask for."""
    cities = [*cities, *request.cities]
    if request.record:
        are_sources = "sources" in {meant.name for meant in request.lists}
        is_evidence = are_sources or request.command == "evidence"
        return ["evidence" if is_evidence else "show", request.record]
    if request.command == "help":
        return ["help"]
    command, fixed = _command_and_options(request)
    options = [*request.options, *fixed]
    if request.lists and command[:1] in ([], ["show"], ["list"]):
        return _list(_meant(request.lists), cities, options)
    if command == ["path"] and len(cities) < 2:
        command = ["path" if cities else "stats"]
        options = [*options, *([] if cities else ["--by", "city"])]
    if command == ["timeline"]:
        options = [*_kinds(request.lists), *options]
    if command:
        return [*command, *cities, *options]
    if cities or "--theme" in request.options:
        return ["timeline", *cities, *request.options]
    return ["list", "partnerships", *request.options]


def _command_and_options(request: Request) -> tuple[list[str], list[str]]:
    """Return the command that is named, and the options that it is named with.

    `show` takes no filters; a timeline does.
    """
    if request.options and request.command == "show":
        return [] if request.lists else ["timeline"], []
    words = request.command.split()
    command = [word for word in words if not word.startswith("--")]
    if len(command) < len(words) and words[-1] in command:  # the value of an option
        command.pop()
    return command, words[len(command) :]


def _kinds(lists: Sequence[MeantList]) -> list[str]:
    """Return the options that ask for the kinds of lists."""
    options: list[str] = []
    for meant in lists:
        options += meant.options()
    return options


def _list(meant: MeantList, cities: Sequence[str], options: Sequence[str]) -> list[str]:
    instead = INSTEAD_OF_LISTS.get(meant.name)
    if cities and instead:
        command, *by = instead
        return [command, *cities, *by, *options]
    return [*meant.command(), *cities, *options]


def _meant(lists: Sequence[MeantList]) -> MeantList:
    """Return the list that is meant where several are named: `cities twinned`."""
    of_kinds = [meant for meant in lists if meant.kinds]
    if of_kinds:
        return of_kinds[0]
    by_name = {meant.name: meant for meant in reversed(lists)}
    for name in MEANT_FIRST:
        if name in by_name:
            return by_name[name]
    return lists[0]


# -- Words where a command takes cities ----------------------------------------------


def command_instead(command: str, words: FirstWords) -> list[str] | None:
    """Return the command that takes other words than cities by options, if it can.

    So `anniversaries 2027` asks for a year, and `list cities in japan` for a country.
    """
    request, cities = words.request, list(words.cities)
    groups = _groups(command, request)
    is_known = command == "stats" and set(request.unknown) <= GROUPS.keys()
    if (request.unknown and not is_known) or not (request.is_anything or groups):
        return None
    if command == "show" and [meant.name for meant in request.lists] in OF_ONE_RECORD:
        names = [*cities, *request.options[1::2], *filter(None, [request.record])]
        if len(names) == 1:
            return ["show", *names]
    if request.record and command not in {"list", "show"}:
        return None
    if (
        command == "list"
        and len([each for each in request.lists if not each.kinds]) > 1
    ):
        return None
    if command in {"list", "show"}:
        return requested_command(request, cities)
    options = [*groups, *request.options, *_kinds(request.lists)]
    return [command, *cities, *options]


def _groups(command: str, request: Request) -> list[str]:
    """Return the options for what is to be counted by: `stats per country`."""
    if command != "stats":
        return []
    named = [
        *request.unknown,
        *(meant.name for meant in request.lists if not meant.kinds),
    ]
    groups = [GROUPS[name] for name in map(str.lower, named) if name in GROUPS]
    return ["--by", *groups[:1]] if groups else []
