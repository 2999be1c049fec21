"""The installed version and the data that it reads."""

from __future__ import annotations

import platform
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.files import paths
from citylinks.questions import ANSWERS, schema_name

if TYPE_CHECKING:
    from citylinks.questions.session import Session


class VersionInfo(NamedTuple):
    """The installed version and the data that it reads."""

    version: str
    python: str
    schemas: tuple[str, ...]
    data: tuple[str, ...]
    counts: dict[str, int]


class Version(NamedTuple):
    """Version, schemas and data."""

    query: dict[str, Any]
    results: tuple[VersionInfo, ...]


class VersionQuery(NamedTuple):
    """The question about the version; it has no options."""


def version(session: Session, query: VersionQuery) -> Version:
    """Return the version, the schemas, the data directories and their counts."""
    sql = "SELECT type, count(*) AS n FROM record GROUP BY type"
    info = VersionInfo(
        version=installed_version("citylinks"),
        python=platform.python_version(),
        schemas=tuple(schema_name(answer) for _, answer in ANSWERS.values()),
        data=tuple(paths.shown(directory) for directory in session.directories),
        counts={row["type"]: row["n"] for row in session.fetch(sql)},
    )
    return Version(query._asdict(), (info,))
