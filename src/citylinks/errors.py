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
    """The base of all errors; `exit_code` is the exit code of the command."""

    exit_code = 2
    notes: Sequence[str] = ()  # what else a person should know


class NoDataError(CitylinksError):
    """There is no data directory, or the path named is not one."""


class ClosedError(CitylinksError):
    """A `KnowledgeBase` was asked a question after `close`."""


class ReadError(CitylinksError):
    """A file or folder could not be read; another attempt may succeed."""


class UsageError(CitylinksError):
    """An argument has no meaning or the wrong type; the message names it."""


class MissingError(UsageError):
    """An argument that is needed is missing."""


class AmbiguousError(UsageError):
    """Several records have the name; the message lists them with their ids."""


class DateError(UsageError, ValueError):
    """The text is not a date; the message is one sentence that says why."""


class NotFoundError(CitylinksError):
    """No record has that name; the message suggests similar names."""

    exit_code = 1


class ElsewhereError(NotFoundError):
    """The city of that name is in another country: London in Canada."""
