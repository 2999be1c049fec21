"""The options that commands share, each once, and what is asked when they are read."""

from __future__ import annotations

import inspect
import os
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Option

from citylinks.cli.console import progress
from citylinks.errors import CitylinksError, UsageError
from citylinks.exporters import (
    FORMAT_BY_SUFFIX,
    FORMATS,
    format_help,
    format_names,
    has_suffix,
)
from citylinks.files import paths
from citylinks.questions.results import Answer
from citylinks.text.safe import number_of, readable
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citylinks.exporters import AnswerKind
    from citylinks.knowledge_base import KnowledgeBase
    from citylinks.query.filters import Filters
    from citylinks.questions.anniversaries import Anniversaries
    from citylinks.questions.expiring import Expiring

_Many = list[str] | None
_One = str | None

# Name -> annotation of each shared option; an underscore keeps a Python keyword apart.
OPTIONS: dict[str, Any] = {
    "theme": Annotated[
        _Many,
        Option("--theme", metavar="THEME", help="About this theme or a narrower one."),
    ],
    "year": Annotated[
        _Many,
        Option(
            "--year",
            metavar="DATE",
            help="Begun or happened within it: 2009, 1950s, 2009..2012.",
        ),
    ],
    "from_": Annotated[
        _One, Option("--from", metavar="DATE", help="Not before this date.")
    ],
    "to": Annotated[_One, Option("--to", metavar="DATE", help="Not after this date.")],
    "certain": Annotated[
        bool, Option("--certain", help="Leave out what is only possibly in that time.")
    ],
    "as_of": Annotated[
        _One, Option("--as-of", metavar="DATE", help="What held then, as it was then.")
    ],
    "kind": Annotated[
        _Many,
        Option(
            "--kind", metavar="KIND", help="Of this kind: sister-city, visit, start."
        ),
    ],
    "country": Annotated[
        _Many,
        Option("--country", metavar="COUNTRY", help="With a city there: JP or Japan."),
    ],
    "region": Annotated[
        _Many,
        Option(
            "--region",
            metavar="REGION",
            help="With a city there: Asia, Western Europe.",
        ),
    ],
    "status": Annotated[
        _Many,
        Option(
            "--status",
            metavar="STATUS",
            help="planned, active, dormant, suspended, ended.",
        ),
    ],
    "level": Annotated[
        _Many,
        Option("--level", metavar="LEVEL", help="With a city, state, port, region..."),
    ],
    "organization": Annotated[
        _Many, Option("--organization", metavar="ORG", help="With this organization.")
    ],
    "with_": Annotated[
        _Many,
        Option("--with", metavar="CITY", help="With this city too; twice: with both."),
    ],
    "any_": Annotated[
        bool, Option("--any", help="With one at least of those of --with.")
    ],
    "city": Annotated[_Many, Option("--city", metavar="CITY", help="Of this city.")],
    "within": Annotated[
        _One, Option("--within", metavar="PERIOD", help="From today on: 90d, 12m, 2y.")
    ],
    "select": Annotated[
        _Many,
        Option(
            "--select", metavar="RULE", help="Report only these rules: CL3, no-source."
        ),
    ],
    "ignore": Annotated[
        _Many, Option("--ignore", metavar="RULE", help="Do not report these rules.")
    ],
    "strict": Annotated[bool, Option("--strict", help="Fail on warnings too.")],
    "exit_zero": Annotated[
        bool,
        Option("--exit-zero", help="Exit with 0, whatever is wrong with the data."),
    ],
    "into": Annotated[
        Path | None,
        Option("--into", metavar="DIR", help="The data directory to make or add to."),
    ],
    "rows": Annotated[
        Path | None,
        Option(
            "--report",
            metavar="FILE",
            help="Write what became of each row: .csv or .jsonl.",
        ),
    ],
    "accept": Annotated[
        _Many,
        Option("--accept", metavar="ID=ID", help="Take the second city for the first."),
    ],
    "source_title": Annotated[
        _One,
        Option(
            "--source-title", metavar="TEXT", help="The title of the source to cite."
        ),
    ],
    "source_url": Annotated[
        _One,
        Option("--source-url", metavar="URL", help="Where that source can be read."),
    ],
    "kind_of_tie": Annotated[
        _One,
        Option(
            "--kind", metavar="KIND", help="Of ties of which the source states none."
        ),
    ],
    "labels": Annotated[
        list[Path] | None,
        Option(
            "--labels",
            metavar="FILE",
            help="pairs: what the ids are called, in two columns.",
        ),
    ],
    "map": Annotated[
        Path | None,
        Option(
            "--map", metavar="FILE", help="table: which column is what; docs/import.md."
        ),
    ],
    "encoding": Annotated[
        _One,
        Option(
            "--encoding", metavar="NAME", help="table: where it is not UTF-8: cp1252."
        ),
    ],
    "guess": Annotated[
        bool,
        Option("--guess", help="table: print a map that may fit, and ten rows by it."),
    ],
    "data": Annotated[
        _Many,
        Option(
            "--data",
            metavar="DIR",
            help="Read this data directory; may be repeated; 'shipped' is the one installed.",
        ),
    ],
    "format": Annotated[
        _One,
        Option(
            "--format",
            metavar="FORMAT",
            help=format_help("list"),
        ),
    ],
    "whole": Annotated[
        _One,
        Option("--format", metavar="FORMAT", help=format_help("record")),
    ],
    "report": Annotated[
        _One,
        Option(
            "--format",
            metavar="FORMAT",
            help=format_help("report"),
        ),
    ],
    "calendar": Annotated[
        _One,
        Option(
            "--format",
            metavar="FORMAT",
            help=format_help("calendar"),
        ),
    ],
    "json": Annotated[bool, Option("--json", help="Short for --format json.")],
    "output": Annotated[
        _One,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file; its suffix says the format, unless --format does; - is"
            " standard output.",
        ),
    ],
    "script": Annotated[
        _One,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file; - is standard output.",
        ),
    ],
    "no_pager": Annotated[
        bool, Option("--no-pager", help="Print to the terminal, however long it is.")
    ],
    "color": Annotated[
        str,
        Option(
            "--color", metavar="WHEN", help="auto, always or never.", show_default=False
        ),
    ],
}
_DEFAULTS: dict[str, Any] = {
    "any_": False,
    "certain": False,
    "guess": False,
    "strict": False,
    "exit_zero": False,
    "json": False,
    "no_pager": False,
    "color": "auto",
}

_NOT_GIVEN: tuple[Any, ...] = (None, False, [])

# The format that is meant where neither an option nor the suffix of a file says one.
FORMAT_VARIABLE = "CITYLINKS_OUTPUT_FORMAT"

# The options of a format, each with the kind of answer whose formats it knows.
ANSWER_KINDS: dict[str, AnswerKind] = {
    "format": "list",
    "report": "report",
    "calendar": "calendar",
    "whole": "record",
}

LAYOUT = ("json", "output", "color", "no_pager")
FACE = ("data", "format", *LAYOUT)
CALENDAR_FACE = ("data", "calendar", *LAYOUT)
WHOLE_FACE = ("data", "whole", *LAYOUT)
TIME = ("year", "from_", "to", "certain")
THEN = ("as_of",)
THERE = ("country", "region", "level")
PLACE = ("with_", "any_", *THERE)
SUBJECT = ("theme", "kind", "organization", "status")
IMPORT = ("into", "rows", "accept", "source_title", "source_url", "kind_of_tie")
AHEAD = (
    "city",
    *SUBJECT,
    "within",
    *TIME,
    *PLACE,
    *CALENDAR_FACE,
)  # of what lies ahead


class Invocation:
    """What the shared options of one call say; `kb` is the data it opened."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.kb: KnowledgeBase | None = None
        self.formats: Sequence[
            str
        ] = ()  # where the answer has not all that the command knows
        self.left_out_before: tuple[str, ...] = ()  # of data that is closed by now

    @property
    def filters(self) -> Filters:
        """The filters among the options."""
        from citylinks.query.filters import Filters

        names = (*TIME, *THEN, *PLACE, *SUBJECT)
        said: dict[str, Any] = {name: self.values.get(name) for name in names}
        return Filters(
            **{name: value for name, value in said.items() if value not in _NOT_GIVEN}
        )

    @property
    def format(self) -> str | None:
        """The format for machines, if one was asked for."""
        known = self._known_formats
        name = self._named_format
        if name is not None and name not in known:
            raise UsageError(_unknown_format(name, known))
        name = name or self._meant(known)
        return None if name == "text" else name

    @property
    def _known_formats(self) -> Sequence[str]:
        if self.formats:
            return self.formats
        option = next((name for name in ANSWER_KINDS if name in self.values), None)
        return format_names(ANSWER_KINDS[option]) if option else []

    @property
    def _named_format(self) -> str | None:
        """The format that an option names."""
        name = next(
            (self.values[key] for key in ANSWER_KINDS if key in self.values), None
        )
        if self.values.get("json"):
            if name not in {None, "json"}:
                raise UsageError(f"--json and --format {name} say two things")
            return "json"
        return name

    def _meant(self, known: Sequence[str]) -> str | None:
        """Return the format that the file's suffix says, else that of the environment.

        In GitHub Actions it is the one that is shown there, unless a variable says
        another.
        """
        if not known:
            return None
        suffix = suffix_of(self.output or "")
        self.refuse_suffix(
            [suffix for suffix, name in FORMAT_BY_SUFFIX.items() if name in known]
        )
        if suffix:
            return FORMAT_BY_SUFFIX[suffix]
        asked = os.environ.get(FORMAT_VARIABLE)
        if asked:
            if asked not in known:
                raise UsageError(f"{FORMAT_VARIABLE}: {_unknown_format(asked, known)}")
            return asked
        is_action = os.environ.get("GITHUB_ACTIONS") == "true" and not self.output
        return (
            "github"
            if is_action and "github" in known and not sys.stdout.isatty()
            else None
        )

    def refuse_suffix(self, known: Sequence[str]) -> None:
        """Refuse a file whose suffix promises what this command does not write."""
        suffix = suffix_of(self.output or "")
        if suffix in {*FORMATS["text"].suffixes, *known}:
            return
        first = {
            FORMAT_BY_SUFFIX.get(name, name): name
            for name in reversed([".txt", *known])
            if name
        }
        *others, last = reversed(first.values())
        told = f"{', '.join(others)} or {last}" if others else last
        or_format = "; --format allows any name" if self._known_formats else ""
        raise UsageError(
            f"this command cannot write {suffix}; it writes {told}{or_format}"
        )

    @property
    def contradiction(self) -> str | None:
        """What there is to say of a file whose suffix promises another format than is
        named.
        """
        name = self._named_format
        if name is None or not self.output:
            return None
        suffix = suffix_of(self.output)
        if has_suffix(name, suffix):
            return None
        return (
            f"'{self.output}' is {name}, as the format asked for, and no {suffix} file"
        )

    @property
    def output(self) -> str | None:
        """The file to write to, if not to standard output."""
        path: str | None = self.values.get("output") or self.values.get("script")
        if "" in {self.values.get("output"), self.values.get("script")}:
            raise UsageError("--output names no file")
        return None if path == "-" else path

    @property
    def color(self) -> str:
        """When to colour: auto, always or never."""
        color: str = self.values.get("color", "auto")
        if color not in {"auto", "always", "never"}:
            raise UsageError(
                f"unknown colour setting '{color}'; known are auto, always, never"
            )
        return color

    @property
    def left_out(self) -> list[str]:
        """The files from which something was left out, as a person here would type
        them.
        """
        from citylinks.files.paths import shown

        found = self.kb.files_left_out if self.kb else self.left_out_before
        return [shown(path) for path in found]

    @property
    def wants_pager(self) -> bool:
        """Whether a pager may be used."""
        return not self.values.get("no_pager")

    def open(self) -> KnowledgeBase:
        """Open the data that was named, or found from here."""
        from citylinks.knowledge_base import opened_once

        self.kb = opened_once(*(self.values.get("data") or ()), progress=progress)
        return self.kb


def suffix_of(name: str) -> str:
    """Return the suffix of a file in lower case; that of `.json` is its whole name."""
    stem, dot, suffix = Path(name).name.lower().rpartition(".")
    suffix = dot + suffix if suffix else ""
    return suffix if stem or suffix in FORMAT_BY_SUFFIX else ""


def _unknown_format(name: str, known: Sequence[str]) -> str:
    """Return that there is no such format: not here, or not at all."""
    listed = f"; known are {', '.join(known)}"
    if name in FORMATS:
        return f"'{name}' is no format of this command{listed}"
    return f"unknown format '{name}'{did_you_mean(name, known) or listed}"


class Output(NamedTuple):
    """What a command gives to the door: an answer to print, or text that is already
    made.
    """

    asked: Invocation
    answer: Answer | None = None
    text: str = ""
    exit_code: int = 0
    notes: tuple[str, ...] = ()  # what there is to say beside it
    nothing: str | None = None  # what to say of no results, where the usual is wrong


def left_out_notes(asked: Invocation) -> list[str]:
    """Return what there is to say of files and folders from which something was left
    out.
    """
    if asked.kb is None or not (left_out := asked.kb.files_left_out):
        return []
    from shlex import quote

    folders = [path for each in asked.kb.directories for path in paths.folders(each)]
    unlisted = [path for path in left_out if path in folders]
    options = "".join(
        f" --data {quote(name)}" for name in asked.values.get("data") or ()
    )
    notes = [
        f"'{paths.shown(path)}' cannot be listed: the files in it were left out"
        for path in unlisted
    ]
    if number := len(left_out) - len(unlisted):
        files = number_of(number, "file")
        notes.append(f"records of {files} have errors and were left out")
    notes[-1] += f"; see citylinks validate{options}"
    return notes


def limit_notes(more: int) -> tuple[str, ...]:
    """Return what there is to say of results that a limit has left out."""
    return (f"--limit left out {more} more",) if more else ()


def calendar_notes(asked: Invocation, answer: Anniversaries | Expiring) -> list[str]:
    """Return how many results a calendar has no day for, where one was asked for."""
    if asked.format != "ics":
        return []
    from citylinks.exporters.ics import without_day

    number = len(without_day(answer))
    some, are = count_phrase(number, "result", "results", past=False)
    return [f"{some} {are} not known to the day, and not in the calendar"] * bool(
        number
    )


def count_phrase(
    number: int, one: str, many: str, *, past: bool = True
) -> tuple[str, str]:
    """Return so many things, and the verb that goes with them: `3 results`, `were`."""
    verbs = ("was", "were") if past else ("is", "are")
    return number_of(number, one, many), verbs[number != 1]


def with_options(
    *names: str,
) -> Callable[[Callable[..., Output]], Callable[..., Output]]:
    """Give a command the shared options of these names; they reach it as its `asked`."""

    def decorate(command: Callable[..., Output]) -> Callable[..., Output]:
        @wraps(command)
        def called(**given: Any) -> Output:
            given = {name: _text(name, value) for name, value in given.items()}
            asked = Invocation({name: given.pop(name) for name in names})
            _ = (
                asked.format,
                asked.color,
                asked.output,
            )  # refuse these before any work is done
            try:
                return command(asked=asked, **given)
            except CitylinksError as error:
                error.notes = left_out_notes(asked)
                raise

        parameters = _own_parameters(command) + _shared_parameters(names)
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {p.name: p.annotation for p in parameters}
        return called

    return decorate


# The values that name files and folders, whose bytes need be no text.
_PATHS = frozenset(
    (
        "data", "files", "into", "labels", "map", "output", "places", "rows", "script",
        "stdin_filename",
    )
)  # fmt: skip


def _text(name: str, value: Any) -> Any:
    """Return a value as text, its bytes read as UTF-8; the name of a path as it was
    given.
    """
    if name in _PATHS:
        return value
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, list | tuple):
        return type(value)(_text(name, item) for item in value)
    return value


def _own_parameters(command: Callable[..., Output]) -> list[inspect.Parameter]:
    signature = inspect.signature(command, eval_str=True)
    return [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in signature.parameters.items()
        if name != "asked"
    ]


def _shared_parameters(names: Sequence[str]) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_DEFAULTS.get(name),
            annotation=OPTIONS[name],
        )
        for name in names
    ]
