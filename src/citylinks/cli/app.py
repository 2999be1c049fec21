"""The commands as one program: which there are, what they are told, how they end."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command as built

from citylinks.cli import INTERRUPTED
from citylinks.cli.console import discard_stream, print_message, step, tell, write
from citylinks.errors import CitylinksError, MissingError, UsageError
from citylinks.model.vocabulary import KIND_WORDS, TIES_MADE_BY
from citylinks.text.safe import docstring
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.cli.options import Output
    from citylinks.questions.results import Answer

# Name -> the one line that the help says of it. Add a command by adding its file and
# its line.
COMMANDS: dict[str, str] = {
    "timeline": "what happened, in order; with two cities or more, between them",
    "show": "one record whole, with its evidence: a city, a tie, an event",
    "search": "which records speak of it, best first, with passage and reason",
    "list": "which there are: cities, partnerships, events, themes, ...",
    "stats": "how many, by theme, decade, kind, country, region, status, ...",
    "path": "how two cities are connected: the shortest chain of ties",
    "common": "what cities share: partners, networks, themes, events",
    "anniversaries": "which round birthdays of ties, agreements, events fall when",
    "expiring": "which agreements run out, and which have run out",
    "evidence": "on whose word: sources, what disagrees, what is missing",
    "validate": "whether the data is sound",
    "import": "bulk data of others as a data directory, every row accounted for",
    "explain": "what a rule of validate wants, and why",
    "schema": "JSON Schema of the records and of the output",
    "version": "what is installed and what it reads",
    "completion": "a script that has a shell complete commands, cities, themes, ...",
    "index": "the index that makes answers quick: path, status, rebuild, clear",
}

HELP = """\
citylinks: who is tied to whom, since when, about what, on whose word.

Examples:

  citylinks timeline lyon yokohama
  citylinks timeline lyon --theme energy --format json
  citylinks show lyon-yokohama
  citylinks list partnerships --year 1950s

Usage: citylinks COMMAND [ARGUMENTS] [OPTIONS]
"""

OPTIONS = (
    ("-V, --version", "Print the version."),
    ("-h, --help", "Print this help; after a command, the help of that command."),
)

EXIT_CODES = (
    ("0", "done, also when nothing matched"),
    ("1", "a named record does not exist, or validate found errors"),
    ("2", "wrong usage, or it could not run"),
    ("130", "interrupted"),
)

# The commands that take the name of no record, so that none of theirs can be unknown.
WITHOUT_RECORDS = ("completion", "explain", "index", "schema", "version")

REPORT = (
    "If something goes wrong that looks like a fault of citylinks, please report it in the issue"
    " tracker of its repository, with the command and what citylinks version prints."
)

BROKEN_PIPE = 141


class Commands(TyperGroup):
    """The commands, each built only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build the command of that name."""
        if cmd_name not in COMMANDS:
            raise UsageError(f"unknown command '{cmd_name}'{_meant(cmd_name)}")
        return build(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help as it stands above."""
        formatter.write(_help())


class Command(TyperCommand):
    """A command whose help begins with what it answers and with examples, as they are
    written.
    """

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the text of the command's file, then usage and options."""
        from citylinks.cli import help as pages

        parameters = self.get_params(ctx)
        formatter.write(
            pages.text(f"{self.help}\n\n{pages.usage(self.name or '', parameters)}")
        )
        formatter.write(pages.options(parameters))
        one = {
            "validate": "validate found errors, ",
            **dict.fromkeys(WITHOUT_RECORDS, ""),
        }
        code = one.get(self.name or "", "no such record, ")
        formatter.write(
            pages.text(f"\nExit codes: 0 done, {code and '1 '}{code}2 wrong usage.")
        )


def _meant(name: str) -> str:
    return did_you_mean(name, COMMANDS) or "; 'citylinks help' lists them"


def build(name: str) -> Any:
    """Return the command of one file, its help being that of the file."""
    module = import_module(f"citylinks.cli.commands.{name}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {"help_option_names": ["-h", "--help"]}
    text = docstring(module)
    app.command(name, cls=Command, help=text, context_settings=settings)(module.command)
    return built(app)


def _help() -> str:
    from citylinks.cli import help as pages

    return (
        f"{pages.text(HELP)}\nCommands:\n{pages.rows(list(COMMANDS.items()))}"
        f"\nOptions:\n{pages.rows(OPTIONS)}\nExit codes:\n{pages.rows(EXIT_CODES)}"
        f"\n{pages.text(REPORT)}"
    )


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
        where = f"'{error.filename}': " if error.filename else "cannot write: "
        print_message(f"{where}{error.strerror or error}")
        discard_stream(sys.stdout)
        return 2
    except Exception as error:
        if _interrupts:
            return _interrupted()
        if os.environ.get("CITYLINKS_DEBUG"):
            raise
        print_message(
            f"unexpected fault: {error!r}; CITYLINKS_DEBUG=1 shows where; please report it in the"
            " issue tracker of the citylinks repository"
        )
        return 2


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
    first = arguments[0] if arguments else "--help"
    if re.fullmatch("-[hV]+", first):  # of several the first counts
        first = first[:2]
    if first in {"-V", "--version"}:
        return _print_version()
    if first in {"-h", "--help"} or _is_of_all(arguments):
        sys.stdout.write(_help())
        sys.stdout.flush()
        return 0
    if first == "help":
        arguments = [*arguments[1:], "--help"]
    reply = Commands(name="citylinks", rich_markup_mode=None).main(
        args=arguments, prog_name="citylinks", standalone_mode=False
    )
    if reply == INTERRUPTED:  # which Typer makes of Ctrl-C
        raise KeyboardInterrupt
    return reply if isinstance(reply, int) else _deliver(reply)


def _is_of_all(arguments: Sequence[str]) -> bool:
    """Whether the help of all commands is asked for."""
    return arguments[0] == "help" and set(arguments[1:2]) <= {"help", "-h", "--help"}


def _print_version() -> int:
    from importlib.metadata import version

    sys.stdout.write(f"citylinks {version('citylinks')}\n")
    sys.stdout.flush()
    return 0


def _deliver(reply: Output | None) -> int:
    """Print a reply and what there is to say beside it."""
    if reply is None:
        return 0
    write(reply)
    for note in _notes(reply):
        print_message(note)
    return reply.exit_code


def _notes(reply: Output) -> list[str]:
    """Return what a person should know of an answer that stdout does not say."""
    from citylinks.cli.options import left_out_notes

    said = reply.asked.contradiction or ""
    notes = [said, *left_out_notes(reply.asked), *_read_otherwise(reply), *reply.notes]
    if reply.answer is not None and not reply.answer.results:
        notes.append(_nothing(reply.answer) if reply.nothing is None else reply.nothing)
    return [note for note in notes if note]


def _read_otherwise(reply: Output) -> list[str]:
    """Return which kinds were taken for others than were typed."""
    read = reply.answer.query.get("kind", ()) if reply.answer else ()
    typed = {
        "-".join(kind.lower().split()) for kind in reply.asked.values.get("kind") or ()
    }
    return [
        f"a {made} makes {KIND_WORDS[meant]}: --kind {made} is read as {meant}"
        for made, meant in TIES_MADE_BY.items()
        if made in typed and meant in read and made not in read
    ]


def _nothing(answer: Answer) -> str:
    """Return that nothing matched, and what may have kept it from matching."""
    if "status" in answer.query:
        return "nothing matched; a tie has a status only where a source states it, or it has ended"
    return "nothing matched"


def _refused(
    error: CitylinksError | typer.TyperException, arguments: Sequence[str]
) -> int:
    """Say why it was refused; where an argument is missing, also how to ask."""
    from citylinks.cli import help as pages

    missing = getattr(error, "param", None)
    if getattr(missing, "param_type_name", "") == "argument":
        error = MissingError(pages.missing(arguments[0], missing))
    if isinstance(error, typer.TyperException):
        print_message(_one_line(error))
        return error.exit_code
    for line in (str(error), *error.notes):
        print_message(line)
    if isinstance(error, MissingError):
        tell(_how_to_ask(arguments[0]))
    return error.exit_code


def _how_to_ask(name: str) -> str:
    """Return the usage of a command and its first example."""
    from citylinks.cli import help as pages

    command = build(name)
    return (
        f"{pages.usage(name, command.params)}\nExample: {pages.example(command.help)}\n"
    )


# What Typer says, and how we say it.
_SAID = (
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
    for theirs, ours in _SAID:
        message = re.sub(theirs, ours, message)
    context = getattr(error, "ctx", None)
    if message.startswith("No such option") and context and context.parent is None:
        message += "; the options of a command stand after its name"
    return message[:1].lower() + message[1:].removesuffix(".")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def run() -> int:
    """Do what the command line asks and return the exit code, all output flushed.

    A command makes much and drops little, so that the collector is asked seldom; and no
    model here wants the plugins for which pydantic looks through all installed
    packages.
    """
    sys.stderr = sys.stderr or _nowhere()  # None where the shell closed it
    if sys.stdout is None:
        print_message("standard output is closed")
        return 2
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    gc.set_threshold(200_000)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        discard_stream(sys.stdout)
        code = code or 2
    return code
