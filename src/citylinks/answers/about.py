"""What the rules want, and what is installed."""

from typing import Any, NamedTuple


class RuleText(NamedTuple):
    """A rule: what it wants, in a sentence, and why; a bad and a good example, in YAML."""

    code: str
    rule: str
    severity: str
    wants: str
    why: str | None
    bad: str | None
    good: str | None


class VersionInfo(NamedTuple):
    """What is installed and what it reads."""

    version: str
    python: str
    schemas: tuple[str, ...]
    data: tuple[str, ...]
    counts: dict[str, int]


class Explained(NamedTuple):
    """What rules want; all of them where none was asked for."""

    query: dict[str, Any]
    results: tuple[RuleText, ...]


class Version(NamedTuple):
    """Version, schemas and data."""

    query: dict[str, Any]
    results: tuple[VersionInfo, ...]
