"""What is installed, and what it reads."""

from typing import Any, NamedTuple


class VersionInfo(NamedTuple):
    """What is installed and what it reads."""

    version: str
    python: str
    schemas: tuple[str, ...]
    data: tuple[str, ...]
    counts: dict[str, int]


class Version(NamedTuple):
    """Version, schemas and data."""

    query: dict[str, Any]
    results: tuple[VersionInfo, ...]
