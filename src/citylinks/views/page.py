"""A page: what is to be read, in blocks, before it is laid out for a terminal or a pipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citylinks.dates import parse

if TYPE_CHECKING:
    from citylinks.answers import SourceRef


@dataclass(frozen=True, slots=True)
class Title:
    """What the page is about; `lines` say more under it."""

    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the next blocks are about."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with what they say; several texts of one label stand below each other."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `note` says what could be missing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a story: when, what kind, what; `facts` are labels with texts.

    `gap` is how long nothing is known to have happened before it.
    """

    when: str
    kind: str
    title: str
    marks: str = ""
    summary: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Moments in order; a brief one leaves out what is below the titles."""

    moments: tuple[Moment, ...]
    is_brief: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: where, which rule, what, and the line of the file where there is one."""

    place: str
    code: str
    severity: str
    message: str
    help: str | None = None
    line: str | None = None
    column: int = 1


@dataclass(frozen=True, slots=True)
class Findings:
    """Problems in order."""

    findings: tuple[Finding, ...]


Block = Title | Heading | Prose | Fields | Table | Story | Findings


@dataclass(slots=True)
class Notes:
    """Sources as numbered notes, in the order in which a page cites them."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _sources: list[SourceRef] = field(default_factory=list)

    def marks(self, sources: tuple[SourceRef, ...]) -> str:
        """Return the numbers of these sources as they stand behind a text: `[1][3]`."""
        return "".join(f"[{self._number(source)}]" for source in sources)

    def _number(self, source: SourceRef) -> int:
        if source.id not in self._numbers:
            self._numbers[source.id] = len(self._numbers) + 1
            self._sources.append(source)
        return self._numbers[source.id]

    def blocks(self, *, with_notes: bool = False) -> tuple[Block, ...]:
        """Return the list of sources for the end of a page, with what a record notes of each."""
        rows = tuple(
            (f"[{number}]", (source_line(source), *_noted(source, with_notes=with_notes)))
            for number, source in enumerate(self._sources, start=1)
        )
        return (Heading("Sources"), Fields(rows)) if rows else ()


def _noted(source: SourceRef, *, with_notes: bool) -> tuple[str, ...]:
    return (source.note,) if with_notes and source.note else ()


def source_line(source: SourceRef) -> str:
    """Return title, publisher, date and address of a source in one line."""
    dated = parse(source.date).human if source.date else None
    parts = [source.title, source.publisher, dated, source.url]
    return ". ".join(part.rstrip(".") for part in parts if part)
