"""KnowledgeBase: opens the data and answers every question about it."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from citylinks import answers, paths
from citylinks.errors import UsageError
from citylinks.query import Filters
from citylinks.questions.lists import list_of
from citylinks.questions.profile import show
from citylinks.questions.search import search
from citylinks.questions.session import Session
from citylinks.questions.stats import stats
from citylinks.questions.timeline import timeline

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_NO_FILTERS = Filters()


class KnowledgeBase:
    """The records of one or more data directories, ready to be asked.

    A name in a question is an id, a name or an alias, in any script and case. One that no record
    bears raises `NotFoundError`, one that several bear `AmbiguousError`, and any other word
    without meaning `UsageError`.
    """

    def __init__(
        self, index: sqlite3.Connection, directories: Sequence[str], left_out: Sequence[str]
    ) -> None:
        self._session = Session(index)
        self.directories = tuple(directories)
        self.files_left_out = tuple(left_out)

    @classmethod
    def open(cls, *directories: str | os.PathLike[str]) -> KnowledgeBase:
        """Open the given data directories, or those found from here and the environment.

        Bad records raise nothing: `files_left_out` names their files and `validate` says why.
        """
        from citylinks.build import fill
        from citylinks.index import open_in_memory
        from citylinks.loader import load

        dataset = load(paths.data_directories(directories))
        index = open_in_memory(today())
        fill(index, dataset)
        return cls(index, dataset.directories, sorted(dataset.left_out))

    def timeline(self, *subjects: str, filters: Filters = _NO_FILTERS) -> answers.Timeline:
        """Return what happened, in order: to one subject, between two cities, or at all.

        Alone, a subject may be a city or a partnership. The same city twice is a `UsageError`.
        """
        return timeline(self._session, subjects, filters)

    def list(self, what: str, filters: Filters = _NO_FILTERS) -> answers.Answer:
        """Return the records of one kind: `cities`, `partnerships`, `agreements` and so on."""
        return list_of(self._session, what, filters)

    def search(
        self, text: str, filters: Filters = _NO_FILTERS, *, limit: int = 20
    ) -> answers.Search:
        """Return the records that speak of every word and quoted phrase of `text`, best first."""
        return search(self._session, text, filters, limit)

    def stats(self, by: str, filters: Filters = _NO_FILTERS) -> answers.Stats:
        """Return how many partnerships and events there are by `theme`, `decade`, `kind`, ..."""
        return stats(self._session, by, filters)

    def show(self, name: str) -> answers.Shown:
        """Return one record whole; `city/lyon` says its type where an id alone does not."""
        return show(self._session, name)

    def validate(self) -> answers.Validation:
        """Return every problem of the data, read anew from the files."""
        return validate(*self.directories)

    def version(self) -> answers.Version:
        """Return what is installed and what it reads."""
        import platform
        from importlib.metadata import version as installed_version

        counted = self._session.fetch("SELECT type, count(*) AS n FROM record GROUP BY type")
        info = answers.VersionInfo(
            version=installed_version("citylinks"),
            python=platform.python_version(),
            schemas=tuple(answers.schema_name(answer) for answer in answers.ANSWERS.values()),
            data=tuple(paths.shown(directory) for directory in self.directories),
            counts={row["type"]: row["n"] for row in counted},
        )
        return answers.Version(query={}, results=(info,))


def validate(*directories: str | os.PathLike[str], only: Sequence[str] = ()) -> answers.Validation:
    """Return every problem of the data directories, or those in the files and folders of `only`."""
    from citylinks.questions import validation

    found = [str(path) for path in paths.data_directories(directories)]
    return validation.validate(found, only)


def today() -> str:
    """Return the ISO day on which it is asked: `CITYLINKS_TODAY` where that is set."""
    given = os.environ.get("CITYLINKS_TODAY")
    try:
        return date.fromisoformat(given).isoformat() if given else date.today().isoformat()
    except ValueError:
        raise UsageError(f"CITYLINKS_TODAY is '{given}', not a day such as 2026-11-22") from None
