"""Formats: answers as programs read them, one module each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.results import Answer


class Format(Protocol):
    """What a format's module offers."""

    def lines(self, answer: Answer) -> Iterator[str]:
        """Yield the text of an answer in pieces that end where a line ends."""


# Name -> module, imported when asked for. Add a format by adding its module and its
# line.
FORMATS: dict[str, str] = {
    "json": "citylinks.exporters.json",
    "jsonl": "citylinks.exporters.jsonl",
    "csv": "citylinks.exporters.csv",
    "tsv": "citylinks.exporters.tsv",
    "markdown": "citylinks.views.markdown",
}

# The same for formats that only a report of problems has.
OF_REPORTS: dict[str, str] = {
    "concise": "citylinks.exporters.reports.concise",
    "github": "citylinks.exporters.reports.github",
    "gitlab": "citylinks.exporters.reports.gitlab",
    "sarif": "citylinks.exporters.reports.sarif",
    "junit": "citylinks.exporters.reports.junit",
}

# And for those that only an answer with days in it has.
OF_CALENDARS: dict[str, str] = {
    "ics": "citylinks.exporters.ics",
}


# The formats that are tables, which one whole record is not.
TABLES = ("csv", "tsv")


def formats_of_answers() -> list[str]:
    """Return the formats of most answers, the one for people first."""
    return ["text", *FORMATS]


def formats_of_records() -> list[str]:
    """Return the formats of one whole record."""
    return [name for name in formats_of_answers() if name not in TABLES]


def formats_of_reports() -> list[str]:
    """Return the formats of a report of problems."""
    return [*formats_of_answers(), *OF_REPORTS]


def formats_of_calendars() -> list[str]:
    """Return the formats of an answer with days in it."""
    return [*formats_of_answers(), *OF_CALENDARS]


def format_named(name: str) -> Format:
    """Return the format of that name, from whichever list."""
    return cast(
        "Format", import_module({**FORMATS, **OF_REPORTS, **OF_CALENDARS}[name])
    )
