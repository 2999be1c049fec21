"""One call of a command: its shared options, the data it opens, and its output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.cli import formats
from citylinks.cli.messages import progress
from citylinks.cli.options import COLORS
from citylinks.errors import UsageError
from citylinks.files import paths
from citylinks.questions.results import Answer
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from citylinks.knowledge_base import Answered, KnowledgeBase
    from citylinks.query.arguments import Query
    from citylinks.questions.anniversaries import Anniversaries
    from citylinks.questions.expiring import Expiring
    from citylinks.questions.session import Session


class Invocation:
    """The values of one call by the names of their fields; `kb` is the opened data."""

    def __init__(self, values: Mapping[str, Any], known: Sequence[str] = ()) -> None:
        self.values = values
        self.formats = known  # that the answer has
        self.kb: KnowledgeBase | None = None
        self.left_out_before: tuple[str, ...] = ()  # of data that is closed by now

    def check(self) -> None:
        """Refuse options that have no meaning, before any work is done."""
        _ = self.format, self.color, self.output

    @property
    def data(self) -> Sequence[str]:
        """The data directories that were named."""
        return self.values.get("data") or ()

    @property
    def named_format(self) -> str | None:
        """The format that an option names."""
        is_json = bool(self.values.get("json"))
        return formats.named_format(self.values.get("format"), is_json=is_json)

    @property
    def format(self) -> str | None:
        """The format for machines, if one was asked for."""
        return formats.choose_format(self.named_format, self.output, self.formats)

    @property
    def contradiction(self) -> str | None:
        """A message where a file's suffix promises another format than is named."""
        return formats.contradiction(self.named_format, self.output)

    @property
    def output(self) -> str | None:
        """The file to write to, if not to standard output."""
        path: str | None = self.values.get("output")
        if path == "":
            raise UsageError("--output needs the name of a file")
        return None if path == "-" else path

    @property
    def color(self) -> str:
        """When to colour: auto, always or never."""
        color: str | None = self.values.get("color")
        if color is None:
            return "auto"
        if color not in COLORS:
            known = ", ".join(COLORS)
            raise UsageError(f"unknown colour setting '{color}'; choose from {known}")
        return color

    @property
    def has_header(self) -> bool:
        """Whether tables have a line with the names of their columns."""
        return not self.values.get("no_header")

    @property
    def wants_pager(self) -> bool:
        """Whether a pager may be used."""
        return not self.values.get("no_pager")

    @property
    def left_out(self) -> list[str]:
        """The files that are not wholly in the answer, as a person would type them."""
        left_out = self.kb.files_left_out if self.kb else self.left_out_before
        return list(map(paths.shown, left_out))

    def ask(
        self, question: Callable[[Session, Query], Answered], query: Query
    ) -> Answered:
        """Open the data, if it is not yet open, and return the answer to a question."""
        kb = self.kb or self.open()
        return kb.ask(question, query)

    def open(self) -> KnowledgeBase:
        """Open the data that was named, or that is near."""
        from citylinks.knowledge_base import opened_once

        self.kb = opened_once(*self.data, progress=progress)
        return self.kb


class Output(NamedTuple):
    """What a command hands over to be printed: an answer, or text already made.

    `notes` are printed beside it on standard error; `nothing` is the note on an answer
    without results, where the usual one is wrong. Of the results only the `number` is
    printed, where there is one.
    """

    invocation: Invocation
    answer: Answer | None = None
    text: str = ""
    exit_code: int = 0
    notes: tuple[str, ...] = ()
    nothing: str | None = None
    number: int | None = None


# -- Notes ----------------------------------------------------------------------


def left_out_notes(invocation: Invocation) -> list[str]:
    """Return the notes on files and folders that are not wholly in the answer."""
    if invocation.kb is None or not (left_out := invocation.kb.files_left_out):
        return []
    folders: list[str] = []
    for directory in invocation.kb.directories:
        folders += paths.folders(directory)
    unlisted = [path for path in left_out if path in folders]
    notes = [
        f"'{paths.shown(path)}' cannot be listed: the files in it were left out"
        for path in unlisted
    ]
    number = len(left_out) - len(unlisted)
    if number:
        files = number_of(number, "file")
        notes.append(f"records of {files} have errors and were left out")
    notes[-1] += f"; see citylinks validate{_data_options(invocation.data)}"
    return notes


def _data_options(names: Sequence[str]) -> str:
    from shlex import quote

    return "".join(f" --data {quote(name)}" for name in names)


def limit_notes(more: int) -> tuple[str, ...]:
    """Return a note on the results that a limit has left out."""
    return (f"--limit left out {more} more",) if more else ()


def calendar_notes(
    invocation: Invocation, answer: Anniversaries | Expiring
) -> list[str]:
    """Return a note on the results that have no day, where a calendar is written."""
    if invocation.format != "ics":
        return []
    from citylinks.exporters.ics import without_day

    number = len(without_day(answer))
    if not number:
        return []
    some, are = count_phrase(number, "result", "results", past=False)
    return [f"{some} {are} not known to the day and left out of the calendar"]


def ended_note(number: int, singular: str, plural: str) -> str:
    """Return the note that results of ended partnerships were left out."""
    some, were = count_phrase(number, singular, plural)
    ended, them = ("ended partnerships", "them")
    if number == 1:
        ended, them = ("an ended partnership", "it")
    return f"{some} of {ended} {were} left out; use --status ended to include {them}"


def count_phrase(
    number: int, singular: str, plural: str, *, past: bool = True
) -> tuple[str, str]:
    """Return so many things, and their verb: `3 results`, `were`."""
    verbs = ("was", "were") if past else ("is", "are")
    return number_of(number, singular, plural), verbs[number != 1]
