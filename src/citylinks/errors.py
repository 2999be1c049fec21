"""Errors: why a command stopped.

What is wrong with the data is a diagnostic, not an error.

CitylinksError            2  it could not run
├── NoDataError           2  no data directory, or one that is not
├── ClosedError           2  what was closed was asked
├── ReadError             2  a file or folder could not be read this time
├── UsageError            2  an option or argument means nothing, or too much
│   ├── MissingError      2  an argument that is needed is missing
│   ├── AmbiguousError    2  a name that several records bear
│   └── DateError         2  a text is no date; a ValueError too
└── NotFoundError         1  no record bears that name
    └── ElsewhereError    1  a city of that name lies elsewhere
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130  # the exit code after Ctrl-C, as shells have it


class CitylinksError(Exception):
    """The command could not do its work; `exit_code` is what the shell is told."""

    exit_code = 2
    notes: Sequence[str] = ()  # what else a person should know


class NoDataError(CitylinksError):
    """There is no data directory, or the one named is none."""


class ClosedError(CitylinksError):
    """A `KnowledgeBase` was asked after it had been closed."""


class ReadError(CitylinksError):
    """A file or folder could not be read this time; the next time it may be."""


class UsageError(CitylinksError):
    """What was asked for cannot be understood."""


class MissingError(UsageError):
    """An argument that is needed is missing."""


class AmbiguousError(UsageError):
    """A name that several records bear."""


class DateError(UsageError, ValueError):
    """The text is no date; the message is one printable sentence that says why."""


class NotFoundError(CitylinksError):
    """No record bears that name."""

    exit_code = 1


class ElsewhereError(NotFoundError):
    """A city of that name lies elsewhere: London in Canada."""
