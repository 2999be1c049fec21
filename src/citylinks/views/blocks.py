"""The blocks of a page: what is to be read, before it is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Stands beside a date that is not certainly in the time that was asked for.
POSSIBLE = "possible"


class Title(NamedTuple):
    """The subject of the page; `lines` say more under it."""

    text: str
    lines: tuple[str, ...] = ()


class Heading(NamedTuple):
    """The subject of the next blocks."""

    text: str


class Prose(NamedTuple):
    """A paragraph; where it `has_code`, code stands between backquotes."""

    text: str
    has_code: bool = False


class Example(NamedTuple):
    """A text in a language of its own, as it is written, under a label."""

    label: str
    text: str
    language: str = "yaml"


class FieldList(NamedTuple):
    """Labels with their texts; several texts of one label stand below each other."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


class TableBlock(NamedTuple):
    """Rows under columns.

    Where there is no room for all columns, those in `hide_first` go first; there an
    `id` is cut when its turn comes, and stays.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hide_first: tuple[str, ...] = ()
    has_header: bool = True


class Bound(NamedTuple):
    """The line of a story that says where an earlier entry `ends`.

    In a story that runs backwards it says where the entry `begins`.
    """

    when: str
    label: str
    title: str


class StoryEntry(NamedTuple):
    """One entry of a story: when it was, of what kind it is, and its title.

    `participants` and `facts` are labels with texts. `gap` is how long nothing is known
    to have happened before the entry; `bounds` are the ends that follow it. It
    `is_possible` where it need not have been in the time that was asked for.
    `sign_kind` is the kind whose sign it has on a terminal, where that is not its own.
    """

    when: str
    kind: str
    title: str
    marks: str = ""
    summary: str | None = None
    participants: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    gap: str | None = None
    is_possible: bool = False
    bounds: tuple[Bound, ...] = ()
    sign_kind: str | None = None

    @property
    def participants_phrase(self) -> str:
        """The participants as they follow a title: `, with Lyon`."""
        return "".join(f", {label} {text}" for label, text in self.participants)

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """The labels with texts that stand below the summary."""
        details = (*self.participants, *self.facts)
        return tuple((label[:1].upper() + label[1:], text) for label, text in details)


class Story(NamedTuple):
    """Entries in order; a brief story shows only their titles and participants.

    `widest` is the widest date of the stories whose dates stand in one column with it.
    """

    entries: tuple[StoryEntry, ...]
    is_brief: bool = False
    widest: str = ""


class HitBlock(NamedTuple):
    """A record that matches: its name, what it is, and a passage of its text.

    There is no passage where it says no more than the title. `matches` are the start
    and end of each match in it.
    """

    title: str
    about: str
    passage: str = ""
    matches: tuple[tuple[int, int], ...] = ()


class Hits(NamedTuple):
    """The records that match a search, the best first."""

    hits: tuple[HitBlock, ...]


class Bars(NamedTuple):
    """Numbers by label, in columns; each but the last has a bar.

    The heading says what is counted. A pipe has none: it has the names of the columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    has_header: bool = True
    heading: str = ""


class Chart(NamedTuple):
    """Two numbers a year, the second a part of the first, in columns.

    The heading says what is counted, and `counted` names its axis. A pipe has neither.
    """

    columns: tuple[str, str, str]
    rows: tuple[tuple[int, int, int], ...]
    has_header: bool = True
    heading: str = ""
    counted: str = ""


class Route(NamedTuple):
    """Stops in order.

    `between` has, for each stop but the last, the lines that lead on to the next.
    """

    stops: tuple[str, ...]
    between: tuple[tuple[str, ...], ...]

    def stops_and_lines(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each stop with the lines that lead on from it; the last has none."""
        yield from zip(self.stops, (*self.between, ()), strict=True)


class FindingBlock(NamedTuple):
    """One problem: its place, rule and message, and the line of the file, if any.

    `number` is that of the line, `column` the one in it, both counted from 1.
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


def without_headers(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, tables without the names of their columns."""
    for block in blocks:
        if isinstance(block, (TableBlock, Bars, Chart)):
            yield block._replace(has_header=False)
        else:
            yield block


Block = (
    Title
    | Heading
    | Prose
    | Example
    | FieldList
    | TableBlock
    | Story
    | Hits
    | Bars
    | Chart
    | Route
    | Findings
)
