"""Errors: why a command stopped.

What is wrong with the data is a diagnostic, not an error.

CitylinksError            2  it could not run
├── NoDataError           2  there is no data directory at that place
├── ClosedError           2  the KnowledgeBase has been closed
├── ReadError             2  a file or folder could not be read
├── UsageError            2  an option or argument is wrong
│   ├── MissingError      2  a required argument is missing
│   ├── AmbiguousError    2  several records have that name
│   └── DateError         2  the text is not a date; a ValueError too
└── NotFoundError         1  no record has that name
    └── ElsewhereError    1  the city of that name is in another country
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
    """There is no data directory, or the path given is not one."""


class ClosedError(CitylinksError):
    """A `KnowledgeBase` was asked a question after `close`."""


class ReadError(CitylinksError):
    """A file or folder could not be read; a second attempt may succeed."""


class UsageError(CitylinksError):
    """An argument is wrong; the message says which one and why."""


class MissingError(UsageError):
    """A required argument is missing."""


class AmbiguousError(UsageError):
    """Several records have the name; the message lists them with their ids."""


class DateError(UsageError, ValueError):
    """The text is not a date; the message is one sentence that says why."""


class NotFoundError(CitylinksError):
    """No record has that name; the message suggests similar names."""

    exit_code = 1


class ElsewhereError(NotFoundError):
    """The city of that name is in another country: London in Canada."""
