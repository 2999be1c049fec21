"""What the last word of a command line may become: the answer to the scripts of
`completion`.

They ask `citylinks __complete SHELL LINE`, LINE being the text up to the cursor, and
read one candidate a line, with a tab and what is to be said of it. A word with a colon
tells them something: `:files` and `:directories`, that the shell knows these itself;
`:unlike`, that what the candidates have in common is not what was typed and must not
take its place.

A person waits for this at every press of a key, so that Typer is imported only for the
names of commands and options. What cannot be answered is answered by nothing, without a
word of why.
"""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, NamedTuple

from citylinks.cli.completion import suggestions
from citylinks.cli.completion.suggestions import (
    Completion,
    PartialValue,
    from_list,
    records,
)
from citylinks.model.vocabulary import PARTNERSHIP_KINDS
from citylinks.text.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citylinks.cli.completion.suggestions import Hints, Offer

FILES = Completion(":files")
DIRECTORIES = Completion(":directories")
UNLIKE = Completion(":unlike")


def _nothing(_: PartialValue) -> Hints:
    return []


def _files(_: PartialValue) -> Hints:
    return [FILES]


def _directories(begun: PartialValue) -> Hints:
    from citylinks.files.paths import SHIPPED

    return [
        *suggestions.matching(
            begun.text, [Completion(SHIPPED, "the data that is installed")]
        ),
        DIRECTORIES,
    ]


def _commands(begun: PartialValue) -> Hints:
    from citylinks.cli.app import COMMANDS

    known = {**COMMANDS, "help": "the help of a command"}
    return suggestions.matching(
        begun.text, [Completion(name, about) for name, about in known.items()]
    )


def _formats() -> list[str]:
    from citylinks.exporters import format_names

    return format_names("list")


def _whole_formats() -> list[str]:
    from citylinks.exporters import format_names

    return format_names("record")


def _report_formats() -> list[str]:
    from citylinks.exporters import format_names

    return format_names("report")


def _calendar_formats() -> list[str]:
    from citylinks.exporters import format_names

    return format_names("calendar")


def _actions() -> Iterable[str]:
    from citylinks.cli.commands.index import ACTIONS

    return ACTIONS


def _adapters() -> Iterable[str]:
    from citylinks.importers import ADAPTERS

    return ADAPTERS


def _statistics() -> Iterable[str]:
    from citylinks.cli.commands.stats import WHATS

    return WHATS


def _shells() -> Iterable[str]:
    from citylinks.cli.commands.completion import SCRIPTS

    return SCRIPTS


def _evidence(begun: PartialValue) -> Hints:
    from citylinks.cli.commands.evidence import WHATS

    named = records("city", "partnership", "event")(begun)
    return [*suggestions.matching(begun.text, map(Completion, WHATS)), *named]


_ANY = records("city", "partnership", "event", "theme", "organization", "source")

# Command -> what its arguments are, in order. Each command stands here.
ARGUMENTS: dict[str, tuple[Offer, ...]] = {
    "timeline": (records("city", "partnership"), records("city")),
    "show": (_ANY,),
    "search": (),
    "list": (suggestions.lists,),
    "stats": (from_list(_statistics),),
    "path": (records("city"), records("city")),
    "common": (records("city"),),
    "anniversaries": (),
    "expiring": (),
    "evidence": (_evidence, _nothing),
    "validate": (_files,),
    "explain": (suggestions.rules,),
    "import": (from_list(_adapters), _files),
    "schema": (suggestions.schemas,),
    "version": (),
    "completion": (from_list(_shells),),
    "index": (from_list(_actions),),
    "help": (_commands,),
}
REPEATED = frozenset(
    ("timeline", "common", "validate", "explain", "import")
)  # their last argument may be given again

# Option -> what its value is. Each option that takes a value stands here; where a
# command means something else by it, under both names.
VALUES: dict[str, Offer] = {
    "--accept": _nothing,
    "--as-of": _nothing,
    "--by": suggestions.groupings,
    "timeline --by": suggestions.timeline_groupings,
    "--city": records("city"),
    "--color": from_list(lambda: ("auto", "always", "never")),
    "--country": suggestions.countries,
    "--data": _directories,
    "--format": from_list(_formats),
    "anniversaries --format": from_list(_calendar_formats),
    "expiring --format": from_list(_calendar_formats),
    "show --format": from_list(_whole_formats),
    "validate --format": from_list(_report_formats),
    "--from": _nothing,
    "--ignore": suggestions.rules,
    "--into": _directories,
    "--kind": suggestions.kinds,
    "import --kind": from_list(lambda: PARTNERSHIP_KINDS),
    "--labels": _files,
    "--encoding": _nothing,
    "--map": _files,
    "--level": suggestions.levels,
    "--limit": _nothing,
    "--max": _nothing,
    "--max-problems": _nothing,
    "--missing": suggestions.lacks,
    "--organization": records("organization"),
    "--output": _files,
    "-o": _files,
    "--region": suggestions.regions,
    "--report": _files,
    "--select": suggestions.rules,
    "--source-title": _nothing,
    "--source-url": _nothing,
    "--status": suggestions.statuses,
    "--stdin-filename": _files,
    "--step": _nothing,
    "--theme": records("theme"),
    "--to": _nothing,
    "--with": records("city"),
    "--within": _nothing,
    "--year": _nothing,
}


class Line(NamedTuple):
    """A command line up to the cursor: what its words are, and the last word as far as
    typed.
    """

    command: str
    arguments: tuple[str, ...]
    options: tuple[tuple[str, str], ...]  # with their values
    awaits: str  # the option whose value the last word is, if any
    is_past_options: bool  # after `--`
    typed: str

    @property
    def data(self) -> tuple[str, ...]:
        """The data directories that it names, as the shell would have them."""
        named = (value for name, value in self.options if name == "--data")
        return tuple(os.path.expandvars(os.path.expanduser(value)) for value in named)  # noqa: PTH111


def answer(arguments: Sequence[str]) -> None:
    """Print what the last word of a line may become; whatever goes wrong, nothing."""
    try:
        shell, line = arguments
        printed = "".join(_printed(hint) for hint in candidates(line, shell))
        sys.stdout.buffer.write(printed.encode())
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):
        if os.environ.get("CITYLINKS_DEBUG"):
            raise


def _printed(hint: Completion) -> str:
    value, about = visible(hint.value), visible(hint.about)
    return f"{value}\t{about}\n" if about else f"{value}\n"


def candidates(text: str, shell: str) -> Hints:
    """Return what the last word of a line may become, in a form that the shell takes."""
    *before, typed = split(text)
    line = parse_line(before[1:], typed)
    found = _offered(line)
    if shell == "fish":
        return [_spelled(hint, typed) for hint in found]
    return [*found, UNLIKE] if _is_unlike(found, typed) else found


def split(text: str) -> list[str]:
    """Return the words of a line as a shell reads them; the last is that at the end,
    often empty.

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


def parse_line(words: Sequence[str], typed: str) -> Line:
    """Read the words after `citylinks` as the command will, whatever is wrong with
    them.
    """
    command = words[0] if words else ""
    arguments, options = [], []
    awaits, is_past_options = "", False
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if awaits:
            options.append((awaits, word))
            awaits = ""
        elif is_past_options or not word.startswith("-"):
            arguments.append(word)
        elif word == "--":
            is_past_options = True
        elif _offer(command, word) and not equals:
            awaits = word
        else:
            options.append((name, value))
    return Line(
        command, tuple(arguments), tuple(options), awaits, is_past_options, typed
    )


def _offer(command: str, option: str) -> Offer | None:
    return VALUES.get(f"{command} {option}") or VALUES.get(option)


def _offered(line: Line) -> Hints:
    name, equals, value = line.typed.partition("=")
    if line.awaits:
        return _values(line, line.awaits, line.typed)
    if line.typed.startswith("-") and not line.is_past_options:
        if not equals:
            return _options(line)
        found = _values(line, name, value)
        return [hint._replace(value=_after(f"{name}=", hint.value)) for hint in found]
    if not line.command:
        return _commands(PartialValue(line.typed))
    return _arguments(line)


def _after(start: str, value: str) -> str:
    return value if value.startswith(":") else start + value


def _values(line: Line, option: str, typed: str) -> Hints:
    offer = _offer(line.command, option)
    return offer(PartialValue(typed, line.data)) if offer else []


def _arguments(line: Line) -> Hints:
    """Return what the next argument may be, but for those already given; or the
    options.
    """
    offers = ARGUMENTS.get(line.command, ())
    number = len(line.arguments)
    if line.command in REPEATED:
        number = min(number, len(offers) - 1)
    if number < len(offers):
        found = offers[number](PartialValue(line.typed, line.data))
        given = {suggestions.slug(argument) for argument in line.arguments}
        return [
            hint
            for hint in found
            if not given & {hint.value, suggestions.slug(hint.name)}
        ]
    return [] if line.typed or line.is_past_options else _options(line)


def _options(line: Line) -> Hints:
    """Return the options that begin so, but for those that are given and count once."""
    given = {name for name, _ in line.options}
    known = _declared(line.command) if line.command else _general()
    return [
        Completion(long, about)
        for long, about, is_repeatable in known
        if long.startswith(line.typed) and (is_repeatable or long not in given)
    ]


def _general() -> list[tuple[str, str, bool]]:
    """Return the options without a command; the help has them too."""
    return [
        ("--help", "Print this help.", False),
        ("--version", "Print the version.", False),
    ]


def _declared(command: str) -> list[tuple[str, str, bool]]:
    """Return the long options that a command declares, their help, and whether they
    repeat.
    """
    from citylinks.cli.app import COMMANDS, build

    if command not in COMMANDS:
        return []
    parameters = [
        one for one in build(command).params if one.param_type_name == "option"
    ]
    found = [(one.opts[0], one.help or "", one.multiple) for one in parameters]
    return [*found, ("--help", "Print this help.", False)]


# -- What a shell takes -------------------------------------------------------


def _spelled(hint: Completion, typed: str) -> Completion:
    """Return a hint as fish takes it, which drops what does not begin with what was
    typed.
    """
    start = typed.rpartition("=")[0]
    start = f"{start}=" if start else ""
    begins = hint.value.lower().startswith(typed.lower()) or hint.value.startswith(":")
    return hint if begins or not hint.name else hint._replace(value=start + hint.name)


def _is_unlike(found: Hints, typed: str) -> bool:
    """Whether several candidates have less in common than was typed."""
    values = [hint.value for hint in found if not hint.value.startswith(":")]
    common = os.path.commonprefix(values)  # noqa: RUF071  # of letters, as is meant
    return len(values) > 1 and not suggestions.slug(common).startswith(
        suggestions.slug(typed)
    )
