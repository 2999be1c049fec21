"""Formats: answers as programs read them, one module each."""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from citylinks.questions.results import Answer

# A format is for some kinds of answer: a list of results, one whole record, a report of
# problems, or an answer with days in it, of which a calendar can be made.
AnswerKind = Literal["list", "record", "report", "calendar"]

EVERY: tuple[AnswerKind, ...] = ("list", "record", "report", "calendar")
TABLES: tuple[AnswerKind, ...] = ("list", "report", "calendar")
REPORTS: tuple[AnswerKind, ...] = ("report",)
CALENDARS: tuple[AnswerKind, ...] = ("calendar",)


class Format(NamedTuple):
    """A format: its module, the answers that have it, and the suffixes of its files.

    A file with one of `suffixes` is in this format unless an option says otherwise; one
    with a suffix in `also` may be in it.
    """

    module: str
    answers: tuple[AnswerKind, ...]
    suffixes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


# Every format, in the order in which they are listed. To add one, write its module and
# add its line here.
FORMATS: dict[str, Format] = {
    "text": Format("", EVERY, (".txt", "")),  # which the views lay out
    "concise": Format("citylinks.exporters.reports.concise", REPORTS),
    "json": Format("citylinks.exporters.json", EVERY, (".json",)),
    "jsonl": Format("citylinks.exporters.jsonl", EVERY, (".jsonl", ".ndjson")),
    "csv": Format("citylinks.exporters.csv", TABLES, (".csv",)),
    "tsv": Format("citylinks.exporters.tsv", TABLES, (".tsv",)),
    "markdown": Format("citylinks.views.markdown", EVERY, (".md", ".markdown")),
    "github": Format("citylinks.exporters.reports.github", REPORTS),
    "gitlab": Format("citylinks.exporters.reports.gitlab", REPORTS, (), (".json",)),
    "sarif": Format(
        "citylinks.exporters.reports.sarif", REPORTS, (".sarif",), (".json",)
    ),
    "junit": Format("citylinks.exporters.reports.junit", REPORTS, (".xml",)),
    "ics": Format("citylinks.exporters.ics", CALENDARS, (".ics",)),
}


def _formats_by_suffix() -> dict[str, str]:
    names: dict[str, str] = {}
    for name, format_ in FORMATS.items():
        names |= dict.fromkeys(format_.suffixes, name)
    return names


# The format of a file by its suffix.
FORMAT_BY_SUFFIX = _formats_by_suffix()


class Exporter(Protocol):
    """What the module of a format offers."""

    def lines(self, answer: "Answer") -> Iterator[str]:
        """Yield the text of an answer in pieces that end where a line ends."""


def format_names(answers: AnswerKind) -> list[str]:
    """Return the formats of a kind of answer, the one for people first."""
    return [name for name, format_ in FORMATS.items() if answers in format_.answers]


def has_columns(name: str) -> bool:
    """Whether a format has columns, of which some may be left out."""
    return FORMATS[name].answers not in (REPORTS, CALENDARS)


def format_help(answers: AnswerKind) -> str:
    """Return the help of the option that names a format: `text, json or markdown.`."""
    *others, last = format_names(answers)
    return f"{', '.join(others)} or {last}."


def has_suffix(name: str, suffix: str) -> bool:
    """Whether a file in the format of that name may have this suffix."""
    format_ = FORMATS[name]
    plain = FORMATS["text"].suffixes  # which any text may have
    return suffix in {*plain, *format_.suffixes, *format_.also}


def load_exporter(name: str) -> Exporter:
    """Return the module of the format of that name."""
    return cast("Exporter", import_module(FORMATS[name].module))
