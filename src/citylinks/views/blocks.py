"""A page: what is to be read, in blocks, before it is laid out for a terminal or a
pipe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.dates import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.results import SourceRef


POSSIBLE = (
    "possible"  # beside a date that is not certainly in the time that was asked for
)


class Title(NamedTuple):
    """What the page is about; `lines` say more under it."""

    text: str
    lines: tuple[str, ...] = ()


class Heading(NamedTuple):
    """What the next blocks are about."""

    text: str


class Prose(NamedTuple):
    """A paragraph; `has_code` where what stands between backquotes is to be shown as
    code.
    """

    text: str
    has_code: bool = False


class Example(NamedTuple):
    """A text in a language of its own, as it is written, under a label."""

    label: str
    text: str
    language: str = "yaml"


class Fields(NamedTuple):
    """Labels with what they say; several texts of one label stand below each other."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


class TableBlock(NamedTuple):
    """Rows under columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Bound(NamedTuple):
    """Where something that a story told before `ends`, or, told backwards, `begins`."""

    when: str
    label: str
    title: str


class TimelineBlock(NamedTuple):
    """One entry of a story: when, what kind, what; `parties` and `facts` are labels
    with texts.

    `gap` is how long nothing is known to have happened before it, `bounds` what ends
    after it; `is_possible` where it need not have been in the time that was asked for.
    `sign` is the kind whose sign it bears, where that is another.
    """

    when: str
    kind: str
    title: str
    marks: str = ""
    summary: str | None = None
    parties: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    gap: str | None = None
    is_possible: bool = False
    bounds: tuple[Bound, ...] = ()
    sign: str | None = None

    @property
    def company(self) -> str:
        """The parties as they follow a title where nothing else is told: `, with Lyon`."""
        return "".join(f", {label} {text}" for label, text in self.parties)

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """What is told below the summary."""
        return (*self.parties, *self.facts)


class Story(NamedTuple):
    """Moments in order; a brief one leaves out all but titles and parties.

    `widest` is the widest date of the stories that it stands in line with.
    """

    moments: tuple[TimelineBlock, ...]
    is_brief: bool = False
    widest: str = ""


class HitBlock(NamedTuple):
    """A record that was found: its name, what it is, and the passage with positions to
    mark.
    """

    title: str
    about: str
    passage: str
    matches: tuple[tuple[int, int], ...]


class Hits(NamedTuple):
    """What was found, the best first."""

    hits: tuple[HitBlock, ...]


class Bars(NamedTuple):
    """Numbers by label, in columns; the bars show their sum."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


class Chart(NamedTuple):
    """Two numbers a year, the second a part of the first, in columns."""

    columns: tuple[str, str, str]
    rows: tuple[tuple[int, int, int], ...]


class Route(NamedTuple):
    """Stops in order; `between` has, for each but the last, what leads on to the next,
    in lines.
    """

    stops: tuple[str, ...]
    between: tuple[tuple[str, ...], ...]

    def told(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each stop with what leads on from it; from the last nothing does."""
        yield from zip(self.stops, (*self.between, ()), strict=True)


class FindingBlock(NamedTuple):
    """One problem: where, which rule, what, and the line of the file where there is
    one.

    `number` and `column` are those of the line and in it, counted from 1.
    """

    place: str
    code: str
    severity: str
    message: str
    help: str | None = None
    line: str | None = None
    column: int = 1
    number: int = 1


class Findings(NamedTuple):
    """Problems in order."""

    findings: tuple[FindingBlock, ...]


Block = (
    Title
    | Heading
    | Prose
    | Example
    | Fields
    | TableBlock
    | Story
    | Hits
    | Bars
    | Chart
    | Route
    | Findings
)


class Notes:
    """Sources as numbered notes, in the order in which a page cites them.

    `own` are those of the record that the page shows: they come first, with what it
    notes of them.
    """

    def __init__(self, own: tuple[SourceRef, ...] = ()) -> None:
        self.own = own
        self._numbers: dict[str, int] = {}
        self._sources: list[SourceRef] = []
        self.marks(own)

    def marks(self, sources: tuple[SourceRef, ...]) -> str:
        """Return the numbers of these sources as they stand behind a text: `[1][3]`."""
        return "".join(
            f"[{number}]" for number in sorted({self._number(s) for s in sources})
        )

    def _number(self, source: SourceRef) -> int:
        if source.id not in self._numbers:
            self._numbers[source.id] = len(self._numbers) + 1
            self._sources.append(source)
        return self._numbers[source.id]

    def blocks(self) -> tuple[Block, ...]:
        """Return the list of sources for the end of a page."""
        rows = tuple(
            (f"[{number}]", (*source_lines(source), *self._noted(source)))
            for number, source in enumerate(self._sources, start=1)
        )
        return (Heading("Sources"), Fields(rows)) if rows else ()

    def _noted(self, source: SourceRef) -> tuple[str, ...]:
        return (source.note,) if source.note and source in self.own else ()


def source_lines(source: SourceRef) -> tuple[str, ...]:
    """Return a source as it is cited: title, publisher and date, then its address."""
    dated = parse(source.date).human if source.date else None
    parts = [source.title, source.publisher, dated]
    cited = ". ".join(part.rstrip(".") for part in parts if part)
    return (cited, source.url) if source.url else (cited,)
