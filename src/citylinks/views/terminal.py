"""A page on a terminal: fitted to its width, columns aligned, colour where it says
something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from citylinks.text.safe import visible
from citylinks.views.blocks import (
    POSSIBLE,
    Bars,
    Chart,
    Example,
    Fields,
    Findings,
    Heading,
    Hits,
    Prose,
    Route,
    Story,
    TableBlock,
    Title,
)
from citylinks.views.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from citylinks.views.blocks import Block, Bound, FindingBlock, TimelineBlock

READABLE = 100  # columns beyond which a paragraph is hard to read
WIDEST_DATE = 16
NARROWEST_COLUMN = 8
READABLE_COLUMN = 16  # below which a column of words is hard to read
WIDEST_WORD = 24  # a longer one may be broken to make a table fit
GUTTER = 2

# A sign and a colour for each kind of entry; what is not named here is told by its word
# alone.
SIGNS: dict[str, tuple[str, str]] = {
    "start": ("●", "green"),
    "founding": ("●", "green"),
    "join": ("▷", "green"),
    "term": ("▷", "green"),
    "end": ("○", "red"),
    "leave": ("◁", "red"),
    "status": ("◐", "red"),
    "agreement": ("■", "yellow"),
    "declaration": ("■", "yellow"),
    "policy": ("■", "yellow"),
    "expiry": ("□", "yellow"),
    "outcome": ("✓", "cyan"),
    "project": ("✓", "cyan"),
    "commemoration": ("★", "magenta"),
    "visit": ("▲", "blue"),
    "conference": ("▲", "blue"),
    "forum": ("▲", "blue"),
    "seminar": ("▲", "blue"),
    "symposium": ("▲", "blue"),
    "summit": ("▲", "blue"),
    "exercise": ("✚", "blue"),
}
OTHER_SIGN = ("◇", "default")

DATES = frozenset(("since", "signed", "when", "date", "expires"))  # columns of dates

_JOIN = "\0"  # a space at which a line is not broken; no text from a record has it


def lines(blocks: Iterable[Block], console: Console) -> Iterator[Text]:
    """Yield the lines of a page, each no wider than the console."""
    previous: Block | None = None
    for block in blocks:
        if previous and not isinstance(previous, Heading):
            yield Text()
        yield from _LINES[type(block)](block, console)
        previous = block


def _wrapped(text: Text, console: Console, width: int) -> list[Text]:
    """Return the lines of a paragraph; a word that is too long, as an address, is
    broken.
    """
    wrapped = list(text.wrap(console, max(width, 10), overflow="fold")) or [Text()]
    for line in wrapped:
        line.rstrip()
    return wrapped


def _title(block: Title, console: Console) -> Iterator[Text]:
    yield from _wrapped(Text(visible(block.text), style="bold"), console, console.width)
    for line in block.lines:
        yield from _wrapped(Text(visible(line)), console, min(console.width, READABLE))


def _heading(block: Heading, console: Console) -> Iterator[Text]:
    yield from _wrapped(Text(visible(block.text), style="bold"), console, console.width)


def _prose(block: Prose, console: Console) -> Iterator[Text]:
    yield from _wrapped(
        Text(visible(block.text)), console, min(console.width, READABLE)
    )


def _example(block: Example, console: Console) -> Iterator[Text]:
    yield Text(f"{block.label}:", style="dim")
    for line in block.text.split("\n"):
        yield Text(f"{' ' * 2 * GUTTER}{visible(line)}".rstrip())


def _fields(block: Fields, console: Console) -> Iterator[Text]:
    widest = max(cell_len(visible(label)) for label, _ in block.rows)
    indent = min(widest, max(console.width // 4, NARROWEST_COLUMN)) + GUTTER
    for label, texts in block.rows:
        head = Text(visible(label), style="dim")
        body = [
            line
            for text in texts
            for line in _wrapped(
                Text(visible(text)), console, min(console.width, READABLE) - indent
            )
        ]
        if cell_len(head.plain) > indent - GUTTER:
            yield from _wrapped(head, console, console.width)
            head = Text()
        yield from _beside(head, body, indent)


def _beside(head: Text, body: Sequence[Text], indent: int) -> Iterator[Text]:
    """Yield the lines of `body`, the first with `head` before it, all at `indent`."""
    for number, line in enumerate(body):
        first = head if number == 0 else Text()
        yield Text.assemble(first, " " * (indent - cell_len(first.plain)), line)


# -- Tables -------------------------------------------------------------------


def _table(block: TableBlock, console: Console) -> Iterator[Text]:
    if not block.rows:
        return
    cells = [
        tuple(" ".join(visible(cell).split()) for cell in row) for row in block.rows
    ]
    used = [n for n in range(len(block.columns)) if any(row[n] for row in cells)]
    header = tuple(block.columns[n] for n in used)
    rows = [tuple(_kept(block.columns[n], row[n]) for n in used) for row in cells]
    widths = _fitted(header, rows, console.width)
    if sum(widths) + GUTTER * (len(widths) - 1) > console.width:
        yield from _stacked(header, rows, console)
        return
    yield from _row([Text(name, style="dim") for name in header], widths, console)
    for row in rows:
        yield from _row([Text(cell) for cell in row], widths, console)


def _kept(column: str, cell: str) -> str:
    """Return a cell as it may be broken: a date stays on one line."""
    is_kept = column in DATES and cell_len(cell) <= WIDEST_WORD
    return cell.replace(" ", _JOIN) if is_kept else cell


def _stacked(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], console: Console
) -> Iterator[Text]:
    """Yield a table that is too wide for its columns: each row as labels with their
    cells.
    """
    widest = max(map(len, header))
    for number, row in enumerate(rows):
        if number:
            yield Text()
        pairs = [
            (name.ljust(widest), cell) for name, cell in zip(header, row, strict=True)
        ]
        labelled = tuple(
            (name, (cell.replace(_JOIN, " "),)) for name, cell in pairs if cell
        )
        yield from _fields(Fields(labelled), console)


def _fitted(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], width: int
) -> list[int]:
    """Return the widths of columns: what they need, or less until all fit.

    The widest column with words in it gives way first, and none so far that it is hard
    to read; one of ids never does.
    """
    columns = [[row[n] for row in (header, *rows)] for n in range(len(header))]
    widths = [
        max(cell_len(cell.replace(_JOIN, " ")) for cell in column) for column in columns
    ]
    least = [
        min(width, max(READABLE_COLUMN, _longest_word(c)))
        for width, c in zip(widths, columns, strict=True)
    ]
    has_words = [any(" " in row[n] for row in rows) for n in range(len(header))]
    excess = sum(widths) + GUTTER * (len(widths) - 1) - width
    yielding = [n for n in range(len(header)) if has_words[n]]
    while excess > 0 and any(widths[n] > least[n] for n in yielding):
        widest = max(
            (n for n in yielding if widths[n] > least[n]), key=widths.__getitem__
        )
        widths[widest] -= 1
        excess -= 1
    return widths


def _longest_word(cells: Sequence[str]) -> int:
    """Return the width below which a word of a column would be broken, within reason."""
    longest = max(
        (
            cell_len(word.replace(_JOIN, " "))
            for cell in cells
            for word in cell.split(" ")
        ),
        default=0,
    )
    return min(longest, WIDEST_WORD)


def _row(
    cells: Sequence[Text], widths: Sequence[int], console: Console
) -> Iterator[Text]:
    columns = [
        list(cell.wrap(console, width, overflow="fold")) or [Text()]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        line = Text()
        for column, width in zip(columns, widths, strict=True):
            part = column[number] if number < len(column) else Text()
            part.plain = part.plain.replace(_JOIN, " ")
            line.append_text(part)
            line.append(" " * (width - cell_len(part.plain) + GUTTER))
        line.rstrip()
        yield line


# -- Stories ------------------------------------------------------------------


def _story(block: Story, console: Console) -> Iterator[Text]:
    dates = min(max(map(cell_len, _dates(block))), WIDEST_DATE)
    for number, moment in enumerate(block.moments):
        is_last = number == len(block.moments) - 1
        if moment.gap and not block.is_brief:
            yield from _gap(moment.gap, dates)
        yield from _moment(moment, console, dates, is_brief=block.is_brief)
        for bound in () if block.is_brief else moment.bounds:
            yield _railed(Text(), "│", Text(), dates)
            yield from _bound(bound, console, dates)
        if not is_last and not block.is_brief and not block.moments[number + 1].gap:
            yield _railed(Text(), "│", Text(), dates)


def _dates(block: Story) -> Iterator[str]:
    """Yield what stands in the column of dates."""
    yield block.widest
    for moment in block.moments:
        yield moment.when
        if moment.is_possible:
            yield POSSIBLE
        yield from (bound.when for bound in moment.bounds)


def _gap(years: str, dates: int) -> Iterator[Text]:
    yield _railed(Text(), "┆", Text(), dates)
    yield _railed(Text(), "┆", Text(years, style="dim"), dates)
    yield _railed(Text(), "┆", Text(), dates)


def _bound(bound: Bound, console: Console, dates: int) -> Iterator[Text]:
    when = _when(bound.when, console, dates)
    said = Text(f"{bound.label}: {visible(bound.title)}", style="dim")
    body = _wrapped(said, console, _width(console, dates))
    yield from _beside_rail(when, Text("┤", style="dim"), body, dates, "│")


def _moment(
    moment: TimelineBlock, console: Console, dates: int, *, is_brief: bool
) -> Iterator[Text]:
    sign, colour = SIGNS.get(moment.sign or moment.kind, OTHER_SIGN)
    when = _when(moment.when, console, dates) if moment.when else []
    when += [Text(POSSIBLE)] if moment.is_possible else []
    body = list(
        _told(moment, console, _width(console, dates), colour, is_brief=is_brief)
    )
    rail = "" if is_brief else "│"
    yield from _beside_rail(when, Text(sign, style=colour), body, dates, rail)


def _when(text: str, console: Console, dates: int) -> list[Text]:
    """Return a date in lines: two ends that do not fit beside each other have one each."""
    start, dash, end = text.partition("–")
    ends = [start + dash, end.strip()] if dash and cell_len(text) > dates else [text]
    return [line for end in ends for line in _wrapped(Text(end), console, dates)]


def _beside_rail(
    when: Sequence[Text], sign: Text, body: Sequence[Text], dates: int, rail: str
) -> Iterator[Text]:
    """Yield lines with their sign at the first, the rail at the others."""
    for number in range(max(len(when), len(body))):
        yield _railed(
            when[number] if number < len(when) else Text(),
            rail if number else sign,
            body[number] if number < len(body) else Text(),
            dates,
        )


def _width(console: Console, dates: int) -> int:
    """Return the columns beside the rail."""
    return min(console.width, READABLE + dates) - _body_at(dates)


def _told(
    moment: TimelineBlock, console: Console, width: int, colour: str, *, is_brief: bool
) -> Iterator[Text]:
    title = Text.assemble((moment.kind, colour), "  ", (visible(moment.title), "bold"))
    if is_brief:
        title.append(visible(moment.company))
    if moment.marks:
        title.append(f"{_JOIN}{moment.marks}", "dim")
    for line in _wrapped(title, console, width - 1):
        line.plain = line.plain.replace(_JOIN, " ")
        yield line
    if is_brief:
        return
    if moment.summary:
        yield from _wrapped(Text(visible(moment.summary)), console, width)
    for label, text in moment.details:
        fact = Text.assemble((f"{visible(label)}: ", "dim"), visible(text))
        yield from _wrapped(fact, console, width)


def _body_at(dates: int) -> int:
    return dates + 2 * GUTTER + 1


def _railed(when: Text, sign: Text | str, body: Text, dates: int) -> Text:
    """Return one line: the date to the right of its column, the sign, the text."""
    rail = Text(sign, style="dim") if isinstance(sign, str) else sign
    when = Text(when.plain.strip(), style="bold")
    pad = " " * max(dates - cell_len(when.plain), 0)
    gutter = " " * GUTTER if dates else ""
    line = Text.assemble(pad, when, gutter, rail, " " * GUTTER, body)
    line.rstrip()
    return line


# -- Routes -------------------------------------------------------------------


def _route(block: Route, console: Console) -> Iterator[Text]:
    """Draw a line from stop to stop, with what leads on beside it."""
    width = min(console.width, READABLE) - GUTTER - 1
    line = Text("│", style="dim")
    last = len(block.stops) - 1
    for number, (stop, ways) in enumerate(block.told()):
        sign = Text("●" if number in {0, last} else "○", style="green")
        name = _wrapped(Text(visible(stop), style="bold"), console, width)
        yield from _beside_line(sign, name, Text(" ") if number == last else line)
        for way in ways:
            first, *others = _wrapped(Text(visible(way)), console, width - 2 * GUTTER)
            indented = [Text(" " * GUTTER) + first]
            indented += [Text(" " * 2 * GUTTER) + other for other in others]
            yield from _beside_line(line, indented, line)


def _beside_line(sign: Text, body: Sequence[Text], line: Text) -> Iterator[Text]:
    """Yield lines with their sign at the first, the line that goes on at the others."""
    for number, text in enumerate(body):
        yield Text.assemble(line if number else sign, " " * GUTTER, text)


# -- Hits and bars ------------------------------------------------------------


def _hits(block: Hits, console: Console) -> Iterator[Text]:
    width = min(console.width, READABLE)
    for number, hit in enumerate(block.hits):
        if number:
            yield Text()
        title = Text.assemble(
            (visible(hit.title), "bold"), "  ", (visible(hit.about), "dim")
        )
        yield from _wrapped(title, console, console.width)
        passage = Text("".join(c if visible(c) == c else " " for c in hit.passage))
        for start, end in hit.matches:
            passage.stylize("bold yellow", start, end)
        for line in _wrapped(passage, console, width - GUTTER):
            yield Text.assemble(" " * GUTTER, line)


def _bars(block: Bars, console: Console) -> Iterator[Text]:
    kept = [
        n for n in range(len(block.columns) - 1) if any(row[1][n] for row in block.rows)
    ]
    columns = [block.columns[n + 1] for n in kept]
    width = min(console.width, READABLE)
    figures = sum(len(name) + GUTTER for name in columns)
    longest = max((cell_len(visible(label)) for label, _ in block.rows), default=0)
    labels = max(min(longest, width - figures), NARROWEST_COLUMN)
    room = width - labels - figures - GUTTER
    most = max((sum(numbers[:-1]) for _, numbers in block.rows), default=0)
    heading = "".join(f"{' ' * GUTTER}{name}" for name in columns)
    yield from _wrapped(
        Text(" " * labels + heading, style="dim"), console, console.width
    )
    for label, numbers in block.rows:
        name = Text(visible(label))
        name.truncate(labels, overflow="ellipsis", pad=True)
        for number, column in zip((numbers[n] for n in kept), columns, strict=True):
            name.append(" " * GUTTER + str(number or "–").rjust(len(column)))
        if room >= NARROWEST_COLUMN and most:
            name.append(" " * GUTTER)
            name.append("█" * -(-room * sum(numbers[:-1]) // most), "cyan")
        yield from _wrapped(name, console, console.width)


CHART_HEIGHT = 10


def _chart(block: Chart, console: Console) -> Iterator[Text]:
    """Draw the first numbers light and the second ones solid, as many years to a column
    as must be.

    Of several years a column has the most of each number.
    """
    if not block.rows:
        return
    _, whole, part = block.columns
    most = max(row[1] for row in block.rows)
    axis = len(str(most)) + GUTTER
    step = -(-len(block.rows) // max(min(console.width, READABLE) - axis, 1))
    columns = [block.rows[at : at + step] for at in range(0, len(block.rows), step)]
    drawn = [
        (max(row[1] for row in years), max(row[2] for row in years))
        for years in columns
    ]
    labels = {CHART_HEIGHT: str(most or ""), 1: "0"}
    for level in range(CHART_HEIGHT, 0, -1):
        height = max(most, 1) * (level - 0.5) / CHART_HEIGHT
        dots = "".join(_dot(possible, certain, height) for possible, certain in drawn)
        axis_text = labels.get(level, "").rjust(axis - GUTTER) + " " * GUTTER
        yield Text.assemble((axis_text, "dim"), (dots.rstrip(), "cyan"))
    yield Text(
        " " * axis + _ends(block.rows[0][0], block.rows[-1][0], len(drawn)), "dim"
    )
    yield Text.assemble(
        (f"{' ' * axis}█", "cyan"), f" {part}  ", ("░", "cyan"), f" {whole}"
    )


def _ends(first: int, last: int, width: int) -> str:
    """Return the first and the last year, as far apart as the columns are."""
    if first == last:
        return str(first)
    return f"{first} {str(last).rjust(width - len(f'{first} '))}"


def _dot(possible: int, certain: int, height: float) -> str:
    if certain >= height:
        return "█"
    return "░" if possible >= height else " "


# -- Problems -----------------------------------------------------------------


def _findings(block: Findings, console: Console) -> Iterator[Text]:
    for number, finding in enumerate(block.findings):
        if number:
            yield Text()
        yield from _finding(finding, console)


def _finding(finding: FindingBlock, console: Console) -> Iterator[Text]:
    colour = "red" if finding.severity == "error" else "yellow"
    head = Text.assemble(
        (visible(finding.place), "bold"), ": ", (f"{finding.severity} {finding.code}", colour),
        ": ", visible(finding.message),
    )  # fmt: skip
    yield from _wrapped(head, console, console.width)
    gutter = f"{' ' * GUTTER}{finding.number}"
    indent = len(gutter) + len(" │ ")
    if finding.line:
        found = excerpt(finding.line, finding.column, console.width - indent - len("^"))
        yield Text.assemble((gutter, "dim"), (" │ ", "dim"), found.text)
        yield Text.assemble(
            (f"{' ' * len(gutter)} │ ", "dim"), " " * found.before, ("^", colour)
        )
    if finding.help:
        label = Text.assemble(" " * len(gutter), (" = ", "dim"))
        wrapped = _wrapped(Text(visible(finding.help)), console, console.width - indent)
        yield from _beside(label, wrapped, indent)


_LINES: dict[type[Block], Callable[..., Iterator[Text]]] = {
    Title: _title,
    Heading: _heading,
    Prose: _prose,
    Example: _example,
    Fields: _fields,
    TableBlock: _table,
    Story: _story,
    Hits: _hits,
    Bars: _bars,
    Chart: _chart,
    Route: _route,
    Findings: _findings,
}
