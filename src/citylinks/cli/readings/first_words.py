"""A command line whose first word is no command: the command that is meant.

Known commands do not come here, so that none of them waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.cli.commands import COMMANDS
from citylinks.cli.messages import as_typed
from citylinks.cli.options import flags_of
from citylinks.cli.parameters import command_fields, command_module, is_argument
from citylinks.cli.readings.option_names import TypedReading
from citylinks.cli.readings.requests import (
    TAKE_CITIES,
    command_instead,
    requested_command,
)
from citylinks.errors import CitylinksError, NotFoundError, UsageError
from citylinks.questions.requests import WORDS_FOR_COMMANDS
from citylinks.text.suggestions import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.knowledge_base import KnowledgeBase
    from citylinks.questions.first_words import FirstWords

LEAST_ALIKE = 0.7  # of a command, by `difflib`, that is suggested beside cities
HELP = "'citylinks help' lists the commands"


class Line(NamedTuple):
    """The words of a command line up to its first option, and what comes after."""

    words: list[str]
    options: list[str]

    @property
    def data(self) -> list[str]:
        """The data directories that it names."""
        named = []
        for place, option in enumerate(self.options):
            flag, equals, value = option.partition("=")
            if flag == "--data" and equals:
                named.append(value)
            elif flag == "--data":
                named += self.options[place + 1 : place + 2]
        return named


def read_command(arguments: Sequence[str]) -> TypedReading:
    """Return the command that is meant by words of which the first is none.

    Cities mean their timeline, a record means `show`; what else the words may mean is
    in the error.
    """
    line = _line(arguments)
    with _opened(line) as kb:
        from citylinks.questions.first_words import FirstWordsQuery, read_first_words

        words = kb.ask(read_first_words, FirstWordsQuery(line.words))
        command = _command(words, line)
        if command is None:
            raise _refusal(words, line)
    return TypedReading(command, f"reading this as: citylinks {as_typed(command)}")


def _line(arguments: Sequence[str]) -> Line:
    places = [n for n, word in enumerate(arguments) if _is_option(word)]
    end = min([len(arguments), *places])
    return Line(list(arguments[:end]), list(arguments[end:]))


def _is_option(word: str) -> bool:
    """Whether a word is an option: `-` and `->` only stand between two cities."""
    return word.startswith("-") and any(map(str.isalnum, word))


def _opened(line: Line) -> KnowledgeBase:
    from citylinks.cli.messages import progress
    from citylinks.knowledge_base import opened_once

    try:
        return opened_once(*line.data, progress=progress)
    except CitylinksError as error:
        word = line.words[0]
        if line.data:
            raise
        if _similar_commands(word):  # no word can be a city: it was mistyped
            raise UsageError(unknown_command(word)) from error
        reason = f"'{word}' is not a command, and cities cannot be looked up: {error}"
        raise UsageError(reason) from error


def unknown_command(word: str) -> str:
    """Return the message that a word is no command, with the likeliest one."""
    names = _similar_commands(word)
    hint = f"did you mean '{names[0]}'?" if names else HELP
    return f"unknown command '{word}'; {hint}"


def _similar_commands(word: str) -> list[str]:
    return closest(word, COMMANDS, cutoff=LEAST_ALIKE)


def _command(words: FirstWords, line: Line) -> list[str] | None:
    """Return the words of the command that is meant, if one surely is."""
    if words.is_record:
        return ["show", " ".join(line.words), *line.options]
    if not words.cities or not words.request.is_time_at_most:
        return None
    options = [*words.request.options, *line.options]
    is_profile = len(words.cities) == 1 and _has_options("show", options)
    return ["show" if is_profile else "timeline", *words.cities, *options]


def _has_options(command: str, options: Sequence[str]) -> bool:
    """Whether a command has all of these options."""
    known = {"-h", "--help"}
    for field in command_fields(command_module(command)):
        if not is_argument(field):
            known |= set(flags_of(field))
    given = {option.partition("=")[0] for option in options if option[:1] == "-"}
    return given <= known


def correct_cities(arguments: Sequence[str]) -> CitylinksError | None:
    """Return the error of words where a command takes cities, if they mean something.

    They may be a time, a place or a kind, for which there are options.
    """
    command, *rest = arguments
    line = _line(rest)
    if command not in TAKE_CITIES or not line.words:
        return None
    with _opened(line) as kb:
        from citylinks.questions.first_words import FirstWordsQuery, read_first_words

        words = kb.ask(read_first_words, FirstWordsQuery(line.words))
    meant = command_instead(command, words)
    if meant and meant != [command, *line.words]:
        instead = as_typed(["citylinks", *meant, *line.options])
        if command == "show":
            return UsageError(f"'{words.others[0]}' is not a record; try: {instead}")
        name = next(iter(words.request.options[1:]), words.others[0])
        return UsageError(f"'{name}' is not a city; try: {instead}")
    if command == "list" and words.request.unknown and words.request.is_anything:
        return NotFoundError(words.unknown)
    return None


# -- What else may be meant ---------------------------------------------------------


def _refusal(words: FirstWords, line: Line) -> CitylinksError:
    """Return the error of words that are no command, with what they may mean."""
    name = words.others[0]
    to_ask = _way_to_ask(words, line)
    if to_ask:
        return UsageError(f"'{name}' is not a command; try: {as_typed(to_ask)}")
    guesses = list(_guesses(words))
    first = line.words[0]
    is_mistyped = len(first) > 2 and first not in words.cities
    commands = _similar_commands(first) if is_mistyped else []
    if commands and not guesses:
        return UsageError(unknown_command(first))
    if commands or guesses:
        meant = " or ".join([*(f"'{command}'" for command in commands), *guesses])
        message = f"'{name}' is neither a command nor a city"
        return UsageError(f"{message}; did you mean {meant}?")
    if words.is_in_texts:
        command = as_typed(["citylinks", "search", *line.words])
        return NotFoundError(_joined(words.unknown, f"to search all texts: {command}"))
    if words.cities:
        return NotFoundError(words.unknown)
    return NotFoundError(_joined(words.unknown, HELP))


def _joined(message: str, more: str) -> str:
    """Return a message with more after it: after a question, a sentence of its own."""
    if message.endswith("?"):
        return f"{message} {more[:1].upper()}{more[1:]}"
    return f"{message}; {more}"


def _way_to_ask(words: FirstWords, line: Line) -> list[str] | None:
    """Return the command that asks for all that was named, where all is known."""
    first, *rest = line.words
    if rest and first.lower() in WORDS_FOR_COMMANDS["search"].split():
        return ["citylinks", "search", *rest, *line.options]
    if not words.cities and first.lower() in COMMANDS:
        return None
    if words.others[0].lower() in COMMANDS:
        return ["citylinks", words.others[0].lower(), *words.cities, *line.options]
    if words.request.unknown or not words.request.is_anything:
        return None
    return ["citylinks", *requested_command(words.request, words.cities), *line.options]


def _guesses(words: FirstWords) -> Iterator[str]:
    """Yield the city and the theme that words without a city are most like."""
    if words.cities:
        return
    if words.similar_city:
        yield f"the city '{words.similar_city}'"
    if words.theme:
        yield as_typed(["citylinks", "timeline", "--theme", words.theme])
