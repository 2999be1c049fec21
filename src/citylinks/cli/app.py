"""The command line as a whole: a command, its output, its errors and exit code."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from citylinks.cli.commands import COMMANDS
from citylinks.cli.console import write
from citylinks.cli.invocation import left_out_notes
from citylinks.cli.messages import (
    discard_stream,
    is_coloured,
    print_message,
    step,
    tell,
)
from citylinks.cli.program import Program, build_command
from citylinks.errors import (
    INTERRUPTED,
    CitylinksError,
    MissingError,
    NotFoundError,
    UsageError,
)
from citylinks.model.vocabulary import KIND_WORDS, PARTNERSHIPS_MADE_BY
from citylinks.query.options import option_name
from citylinks.questions.plain_dates import DATE_FIELDS, readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.cli.invocation import Output
    from citylinks.questions.results import Answer

BROKEN_PIPE = 141

# The kinds that some sources do not tell from each other.
SISTER_OR_FRIENDSHIP = frozenset(("sister-city", "friendship-city"))

# What asks for the help of all commands, and for the version.
HELP_FLAGS = frozenset(("-h", "--help", "-help", "-?", "/?"))
VERSION_FLAGS = frozenset(("-V", "--version", "-version"))

# The commands after which the word help is a text to look for.
TAKES_ANY_TEXT = ("search",)


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit code; nothing is raised."""
    try:
        return _answer(list(arguments))
    except (CitylinksError, typer.TyperException) as error:
        return _refused(error, arguments)
    except BrokenPipeError:
        discard_stream(sys.stdout)
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return _interrupted()
    except OSError as error:
        print_message(_system_message(error), is_error=True)
        discard_stream(sys.stdout)
        return 2
    except Exception as error:
        if _interrupts:
            return _interrupted()
        if os.environ.get("CITYLINKS_DEBUG"):
            raise
        print_message(
            f"unexpected fault: {error!r}; set CITYLINKS_DEBUG=1 to see where; please"
            " report it in the issue tracker of the citylinks repository",
            is_error=True,
        )
        return 2


def _system_message(error: OSError) -> str:
    reason = error.strerror or error
    if error.filename:
        return f"'{error.filename}': {reason}"
    return f"cannot write: {reason}"


# Ctrl-C, as often as it was pressed. Where it comes while SQLite calls a function of
# ours, SQLite makes a fault of its own of it.
_interrupts: list[int] = []


def _interrupt(number: int, frame: object) -> None:
    _interrupts.append(number)
    raise KeyboardInterrupt


def _interrupted() -> int:
    """End quietly, whether or not Ctrl-C is pressed again."""
    if signal.getsignal(signal.SIGINT) is _interrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    discard_stream(sys.stdout)
    step.clear()
    return INTERRUPTED


def _answer(arguments: list[str]) -> int:
    first, *_ = arguments or ["--help"]
    if re.fullmatch("-[hV]+", first):  # of several the first counts
        first = first[:2]
    if first in VERSION_FLAGS:
        return _print_version()
    if first in HELP_FLAGS or _is_general_help(arguments):
        return _print_general_help()
    if first == "help" and arguments[1] not in COMMANDS:
        return _print_topic(arguments[1])
    if first == "help":
        arguments = [*arguments[1:], "--help"]
    elif first not in COMMANDS and first.strip() and not first.startswith("-"):
        arguments = _meant_command(arguments)
    elif arguments[1:] == ["help"] and first not in TAKES_ANY_TEXT:
        arguments = [first, "--help"]
    output = Program(name="citylinks", rich_markup_mode=None).main(
        args=arguments, prog_name="citylinks", standalone_mode=False
    )
    if output == INTERRUPTED:  # which Typer makes of Ctrl-C
        raise KeyboardInterrupt
    if isinstance(output, int):
        return output
    return _deliver(output)


def _meant_command(arguments: list[str]) -> list[str]:
    """Return the command that words without one mean, and say so."""
    from citylinks.cli.readings.first_words import read_command

    reading = read_command(arguments)
    print_message(reading.message)
    return reading.words


def _is_general_help(arguments: Sequence[str]) -> bool:
    """Whether the help of all commands is asked for."""
    return arguments[0] == "help" and HELP_FLAGS.issuperset(
        {*arguments[1:2]} - {"help"}
    )


def _print_general_help() -> int:
    from citylinks.cli import help as pages
    from citylinks.cli.help.general import general_help

    text = general_help()
    if is_coloured(sys.stdout):
        text = pages.styled(text, COMMANDS)
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _print_topic(name: str) -> int:
    from citylinks.cli.help.topics import TOPICS, topic_page
    from citylinks.text.suggestions import did_you_mean

    if name not in TOPICS:
        hint = did_you_mean(name, [*COMMANDS, *TOPICS])
        hint = hint or "; 'citylinks help' lists commands and topics"
        raise UsageError(f"there is no help on '{name}'{hint}")
    sys.stdout.write(topic_page(name))
    sys.stdout.flush()
    return 0


def _print_version() -> int:
    from importlib.metadata import version

    sys.stdout.write(f"citylinks {version('citylinks')}\n")
    sys.stdout.flush()
    return 0


# -- Output and notes -----------------------------------------------------------


def _deliver(output: Output | None) -> int:
    """Print an output, and its notes on standard error."""
    if output is None:
        return 0
    write(output)
    for note in _notes(output):
        print_message(note)
    return output.exit_code


def _notes(output: Output) -> list[str]:
    """Return the notes for a person that stdout does not have."""
    invocation = output.invocation
    notes = [
        invocation.contradiction or "",
        *left_out_notes(invocation),
        *_kinds_read_otherwise(output),
        *_levels_read_otherwise(output),
        *_places_read_otherwise(output),
        *_dates_read_otherwise(output),
        *output.notes,
    ]
    if output.answer is not None and not output.answer.results:
        notes.append(_nothing_matched(output, output.answer))
    return [note for note in notes if note]


def _kinds_read_otherwise(output: Output) -> list[str]:
    """Return a note for each kind that was read as another than was typed."""
    if output.answer is None:
        return []
    read = output.answer.query.get("kind", ())
    typed_kinds = output.invocation.values.get("kind") or ()
    typed = {_spelled_kind(kind) for kind in typed_kinds}
    notes = []
    for made, meant in PARTNERSHIPS_MADE_BY.items():
        if made in typed and meant in read and made not in read:
            words = KIND_WORDS[meant]
            notes.append(f"a {made} makes {words}; reading --kind {made} as {meant}")
            typed_kinds = [kind for kind in typed_kinds if _spelled_kind(kind) != made]
    if typed.issubset(read):
        return notes
    from citylinks.query.kinds import kind_readings

    return [*notes, *kind_readings(typed_kinds, read)]


def _levels_read_otherwise(output: Output) -> list[str]:
    """Return a note for each level that was read as another than was typed."""
    typed = output.invocation.values.get("level")
    if not typed:
        return []
    from citylinks.query.kinds import level_readings

    return list(level_readings(typed))


def _places_read_otherwise(output: Output) -> list[str]:
    """Return a note for each country and region whose name says less or more."""
    values = output.invocation.values
    typed = [values.get(name) or () for name in ("country", "region", "between")]
    if not any(typed):
        return []
    from citylinks.query.places import place_readings

    return list(place_readings(*typed))


def _dates_read_otherwise(output: Output) -> list[str]:
    """Return a note for each date that was read as another text than was typed."""
    if output.answer is None:
        return []
    notes = []
    for name in DATE_FIELDS:
        typed = output.invocation.values.get(name)
        read = output.answer.query.get(option_name(name))
        notes += readings(typed, read)
    return notes


def _spelled_kind(text: str) -> str:
    return "-".join(text.lower().split())


def _nothing_matched(output: Output, answer: Answer) -> str:
    """Return the note that nothing matched, and the likely reason."""
    if output.nothing is not None:
        return output.nothing
    for made, meant in PARTNERSHIPS_MADE_BY.items():
        if made in answer.query.get("kind", ()):
            words = KIND_WORDS[meant]
            return f"nothing matched; a {made} makes {words}: try --kind {meant}"
    if not SISTER_OR_FRIENDSHIP.isdisjoint(answer.query.get("kind", ())):
        return (
            "nothing matched; some sources do not say whether two cities are sister or"
            " friendship cities: try --kind sister-or-friendship"
        )
    if "status" in answer.query:
        return (
            "nothing matched; a partnership has a status only if a source states one"
            " or it has ended"
        )
    return "nothing matched"


# -- Errors ---------------------------------------------------------------------


def _refused(
    error: CitylinksError | typer.TyperException, arguments: Sequence[str]
) -> int:
    """Print why it was refused; where an argument is missing, also the usage."""
    missing = getattr(error, "param", None)
    if getattr(missing, "param_type_name", "") == "argument":
        from citylinks.cli import help as pages

        error = MissingError(pages.missing_argument(arguments[0], missing))
    if isinstance(error, typer.TyperException):
        print_message(_one_line(error), is_error=True)
        return error.exit_code
    if isinstance(error, NotFoundError) and arguments[0] in COMMANDS:
        error = _with_options_for_words(error, arguments)
    print_message(str(error), is_error=True)
    for line in error.notes:
        print_message(line)
    if isinstance(error, MissingError):
        tell(_usage_and_example(arguments[0]))
    return error.exit_code


def _with_options_for_words(
    error: NotFoundError, arguments: Sequence[str]
) -> CitylinksError:
    """Return an error that names the options for words that are no cities, if some are.

    Else it is the error as it was.
    """
    from citylinks.cli.readings.first_words import correct_cities

    try:
        return correct_cities(arguments) or error
    except CitylinksError:  # the first error is told all the same
        return error


def _usage_and_example(name: str) -> str:
    """Return the usage of a command and its first example."""
    from citylinks.cli import help as pages

    command = build_command(name)
    usage = pages.usage(name, command.params)
    example = pages.first_example(command.help)
    if not sys.stderr.isatty():
        return f"{usage}\nExample: {example}\n"
    return pages.render_text(usage) + pages.render_text(f"Example:\n  {example}")


# Messages of Typer -> ours.
_MESSAGES = (
    (r" \(Possible options: (.*)\)$", r"; did you mean \1?"),
    (r"^Got unexpected extra arguments? \((.*)\)$", r"too many arguments: \1"),
    (r"^Got unexpected extra argument\(s\) \((.*)\)$", r"too many arguments: \1"),
    (
        r"^Invalid value for '(.*?)': '(.*)' is not a valid int.*$",
        r"\1 takes a number, not '\2'",
    ),
    (
        r"^Invalid value for '(.*?)': (.*) is not in the range x>=(\d+)\.?$",
        r"\1 takes a number from \3 on, not \2",
    ),
)


def _one_line(error: typer.TyperException) -> str:
    """Return Typer's message as one line in our manner."""
    message = " ".join(error.format_message().split())
    for theirs, ours in _MESSAGES:
        message = re.sub(theirs, ours, message)
    context = getattr(error, "ctx", None)
    if message.startswith("No such option") and context and context.parent is None:
        message += "; the options of a command stand after its name"
    return message[:1].lower() + message[1:].removesuffix(".")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def run_program() -> int:
    """Do what the command line asks and return the exit code, all output flushed.

    No model here wants the plugins for which pydantic looks through all installed
    packages.
    """
    sys.stderr = sys.stderr or _nowhere()  # None where the shell closed it
    if sys.stdout is None:
        print_message("standard output is closed", is_error=True)
        return 2
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        discard_stream(sys.stdout)
        code = code or 2
    return code
