"""Candidates for the last word of a command line, for the scripts of `completion`.

They call `citylinks __complete SHELL LINE`, where LINE is the text up to the cursor,
and read one candidate a line, then a tab and its explanation. A word with a colon is a
message to them: `:files` and `:directories` say that the shell knows these itself;
`:unlike` says that the common beginning of the candidates is not what was typed and
must not replace it.

A person waits for this at every press of a key, so Typer is never imported. Whatever
goes wrong, nothing is printed.
"""

from __future__ import annotations

import os
import shlex
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from citylinks.cli.commands import COMMANDS
from citylinks.cli.completion import suggestions
from citylinks.cli.completion.suggestions import Completion, PartialValue, slug
from citylinks.cli.completion.values import COMPLETES
from citylinks.cli.options import flags_of
from citylinks.cli.parameters import (
    command_fields,
    command_module,
    is_argument,
    is_list,
)
from citylinks.query.options import Field, Option
from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.cli.completion.suggestions import Completions

UNLIKE = Completion(":unlike")

# The options without a command; the help of the program has them too.
GENERAL_OPTIONS = [
    Completion("--help", "Print this help."),
    Completion("--version", "Print the version."),
]
_COMMAND = Field(
    "command", str | None, None, Option("", completes="help topic", is_argument=True)
)


class CommandLine(NamedTuple):
    """A command line up to the cursor; `typed` is its last word as far as it goes."""

    command: str
    arguments: tuple[str, ...]
    options: tuple[tuple[str, str], ...]  # with their values
    awaits: str  # the option whose value the last word is, if any
    is_past_options: bool  # after `--`
    typed: str

    @property
    def data(self) -> tuple[str, ...]:
        """The data directories that it names, as the shell would have them."""
        named = [value for name, value in self.options if name == "--data"]
        return tuple(map(_expanded, named))


def _expanded(path: str) -> str:
    return os.path.expandvars(os.path.expanduser(path))  # noqa: PTH111


def answer(arguments: Sequence[str]) -> None:
    """Print what the last word of a line may become; whatever goes wrong, nothing."""
    try:
        shell, line = arguments
        printed = "".join(_line(each) for each in complete_line(line, shell))
        sys.stdout.buffer.write(printed.encode())
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):
        if os.environ.get("CITYLINKS_DEBUG"):
            raise


def _line(completion: Completion) -> str:
    value, about = visible(completion.value), visible(completion.about)
    if not about:
        return f"{value}\n"
    return f"{value}\t{about}\n"


def complete_line(text: str, shell: str) -> Completions:
    """Return the completions of the last word of a line, as the shell takes them."""
    *before, typed = split(text)
    line = read_line(before[1:], typed)
    completions = _completions(line)
    if shell == "fish":
        return [_as_typed(each, typed) for each in completions]
    if _is_unlike(completions, typed):
        return [*completions, UNLIKE]
    return completions


# -- Reading the line -----------------------------------------------------------


def split(text: str) -> list[str]:
    """Return the words of a line as a shell reads them; the last one is often empty.

    Quotes that are still open end with the line.
    """
    end = "\0"
    lexer = shlex.shlex(text + end, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        while (word := lexer.get_token()) is not None:
            words.append(word)
    except ValueError:  # an open quote
        words.append(lexer.token)
    return [word.removesuffix(end) for word in words]


def read_line(words: Sequence[str], typed: str) -> CommandLine:
    """Read the words after `citylinks`, also those that begin with no command.

    Cities mean their timeline; one record is shown, where `show` has the options.
    """
    line = parse_line(words, typed)
    if not line.command or line.command in (*COMMANDS, "help"):
        return line
    as_timeline = parse_line(["timeline", *words], typed)
    type_ = suggestions.named_type(line.command, as_timeline.data)
    if type_ == "city" and not _is_shown(as_timeline):
        return as_timeline
    as_shown = parse_line(["show", *words], typed)
    if type_ and (as_shown.awaits or typed.startswith("-")):
        return as_shown
    return line


def _is_shown(line: CommandLine) -> bool:
    """Whether a line of cities asks for one and has, or begins, options of `show`."""
    flags = [name for name, _ in line.options]
    flags += [flag for flag in (line.awaits, line.typed) if flag.startswith("-")]
    if len(line.arguments) > 1 or not flags:
        return False
    return all(_begins_option("show", flag) for flag in flags)


def _begins_option(command: str, typed: str) -> bool:
    """Whether an option of a command begins so."""
    for field in _fields(command):
        names = () if is_argument(field) else flags_of(field)
        if any(name.startswith(typed) for name in names):
            return True
    return False


def parse_line(words: Sequence[str], typed: str) -> CommandLine:
    """Read the words after `citylinks` as the command will, whatever is wrong."""
    command, *others = words or [""]
    arguments, options = [], []
    awaits, is_past_options = "", False
    for word in others:
        name, equals, value = word.partition("=")
        if awaits:
            options.append((awaits, word))
            awaits = _awaiting(command, awaits, options)
        elif is_past_options or not word.startswith("-"):
            arguments.append(word)
        elif word == "--":
            is_past_options = True
        elif not equals and _takes_value(command, word):
            awaits = word
        else:
            options.append((name, value))
            awaits = _awaiting(command, name, options)
    return CommandLine(
        command, tuple(arguments), tuple(options), awaits, is_past_options, typed
    )


def _awaiting(command: str, flag: str, options: Sequence[tuple[str, str]]) -> str:
    """Return the flag where more values of it are to come, as of `--between US`."""
    field = _option(command, flag)
    if field is None or field.option is None or field.option.values == 1:
        return ""
    given = ",".join(value for name, value in options if name == flag).split(",")
    return flag if len(given) < field.option.values else ""


def _takes_value(command: str, flag: str) -> bool:
    field = _option(command, flag)
    return field is not None and field.type is not bool


@cache
def _fields(command: str) -> list[Field]:
    """Return the arguments and options of a command."""
    if command == "help":
        return [_COMMAND]
    if command not in COMMANDS:
        return []
    return command_fields(command_module(command))


def _option(command: str, flag: str) -> Field | None:
    for field in _fields(command):
        if not is_argument(field) and flag in flags_of(field):
            return field
    return None


# -- What may come next ---------------------------------------------------------


def _completions(line: CommandLine) -> Completions:
    if line.awaits:
        return _values(line, line.awaits, line.typed)
    if line.typed.startswith("-") and not line.is_past_options:
        flag, equals, value = line.typed.partition("=")
        if not equals:
            return _options(line)
        values = _values(line, flag, value)
        return [each._replace(value=_after(flag, each.value)) for each in values]
    if not line.command:
        return COMPLETES["command"](PartialValue(line.typed))
    return _arguments(line)


def _after(flag: str, value: str) -> str:
    """Return a value after its flag; what the shell completes itself is as it is."""
    return value if value.startswith(":") else f"{flag}={value}"


def _values(line: CommandLine, flag: str, typed: str) -> Completions:
    """Return the values of an option."""
    field = _option(line.command, flag)
    if field is None:
        return []
    return _field_values(field, PartialValue(typed, line.data))


def _field_values(field: Field, typed: PartialValue) -> Completions:
    if field.option is None or not field.option.completes:
        return []
    return COMPLETES[field.option.completes](typed)


def _arguments(line: CommandLine) -> Completions:
    """Return the values of the next argument that are not given already."""
    field = _next_argument(line)
    if field is None or not (field.option and field.option.completes):
        if line.typed or line.is_past_options:
            return []
        return _options(line)
    typed = PartialValue(line.typed, line.data, line.arguments)
    given = {slug(argument) for argument in line.arguments}
    values = _field_values(field, typed)
    return [each for each in values if not given & {each.value, slug(each.name)}]


def _next_argument(line: CommandLine) -> Field | None:
    number = len(line.arguments)
    for field in filter(is_argument, _fields(line.command)):
        metavar = field.option.metavar if field.option else ""
        words = max(len(metavar.split()), 1)
        if number < words or "..." in metavar:
            return field
        number -= words
    return None


def _options(line: CommandLine) -> Completions:
    """Return the options that begin so, without those that are given and count once."""
    given = {name for name, _ in line.options}
    if not line.command:
        return _beginning(GENERAL_OPTIONS, line.typed, given)
    if line.command not in COMMANDS:
        return []
    options = [field for field in _fields(line.command) if not is_argument(field)]
    repeatable = {field.flag for field in options if _is_repeatable(field)}
    known = [Completion(field.flag, _help(field)) for field in options]
    return _beginning([*known, GENERAL_OPTIONS[0]], line.typed, given - repeatable)


def _is_repeatable(field: Field) -> bool:
    """Whether an option may be given again."""
    is_single = field.option is None or field.option.values == 1
    return is_single and is_list(field)


def _beginning(
    known: Sequence[Completion], typed: str, without: set[str]
) -> Completions:
    return [
        each
        for each in known
        if each.value.startswith(typed) and each.value not in without
    ]


def _help(field: Field) -> str:
    return field.option.help if field.option else ""


# -- What a shell takes -------------------------------------------------------


def _as_typed(completion: Completion, typed: str) -> Completion:
    """Return a completion for fish, which drops what does not begin as it was typed."""
    value, name = completion.value, completion.name
    if not name or value.startswith(":") or value.lower().startswith(typed.lower()):
        return completion
    flag, equals, _ = typed.rpartition("=")
    return completion._replace(value=f"{flag}{equals}{name}")


def _is_unlike(completions: Completions, typed: str) -> bool:
    """Whether several completions have less in common than was typed."""
    values = [each.value for each in completions if not each.value.startswith(":")]
    common = os.path.commonprefix(values)  # noqa: RUF071  # of letters, as is meant
    return len(values) > 1 and not slug(common).startswith(slug(typed))
