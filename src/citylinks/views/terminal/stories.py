"""Stories and routes on a terminal: what happens along a line from top to bottom."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from citylinks.text.safe import visible
from citylinks.views.blocks import POSSIBLE
from citylinks.views.terminal.paragraphs import (
    GUTTER,
    READABLE_WIDTH,
    readable_width,
    wrap_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from citylinks.views.blocks import Bound, Route, Story, StoryEntry

WIDEST_DATE = 16
NARROW = 50  # on a narrower terminal a date has two lines where it would be wide
WIDEST_NARROW_DATE = 11
NO_BREAK = "\0"  # a space at which no line is broken; no record has it

# A sign and a colour for each kind of entry and of event; where `OTHER_SIGN` stands,
# the word of the kind says enough.
OTHER_SIGN = ("◇", "default")
SIGNS: dict[str, tuple[str, str]] = {
    "plan": OTHER_SIGN,
    "start": ("●", "green"),
    "founding": ("●", "green"),
    "join": ("▷", "green"),
    "term": ("▷", "green"),
    "member": OTHER_SIGN,
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
    "count": OTHER_SIGN,
    "milestone": OTHER_SIGN,
}

RAIL = Text("│", style="dim")
BROKEN_RAIL = Text("┆", style="dim")
BOUND_SIGN = Text("┤", style="dim")
EMPTY = Text()


# -- Stories ------------------------------------------------------------------


def story_lines(block: Story, console: Console) -> Iterator[Text]:
    """Yield the entries of a story: dates, a rail, and texts beside it."""
    most = WIDEST_DATE if console.width >= NARROW else WIDEST_NARROW_DATE
    dates_width = min(_widest_date(block), most)
    if block.is_brief:
        for entry in block.entries:
            yield from _brief_entry_lines(entry, console, dates_width)
        return
    for number, entry in enumerate(block.entries):
        if entry.gap:
            yield from _gap_lines(entry.gap, dates_width)
        elif number:
            yield _rail_line(EMPTY, RAIL, EMPTY, dates_width)
        yield from _full_entry_lines(entry, console, dates_width)


def _widest_date(block: Story) -> int:
    """Return the cells of the widest text in the column of dates."""
    texts = [block.widest]
    for entry in block.entries:
        texts.append(entry.when)
        if entry.is_possible:
            texts.append(POSSIBLE)
        texts += [bound.when for bound in entry.bounds]
    return max(map(cell_len, texts))


def _gap_lines(years: str, dates_width: int) -> Iterator[Text]:
    label = Text(years, style="dim")
    for text in (EMPTY, label, EMPTY):
        yield _rail_line(EMPTY, BROKEN_RAIL, text, dates_width)


def _brief_entry_lines(
    entry: StoryEntry, console: Console, dates_width: int
) -> Iterator[Text]:
    dates = _date_lines(entry, console, dates_width)
    sign, colour = _sign_and_colour(entry)
    title = _entry_title(entry, colour, entry.participants_phrase)
    texts = _title_lines(title, console, dates_width)
    yield from _beside_rail(dates, sign, texts, EMPTY, dates_width)


def _full_entry_lines(
    entry: StoryEntry, console: Console, dates_width: int
) -> Iterator[Text]:
    dates = _date_lines(entry, console, dates_width)
    sign, colour = _sign_and_colour(entry)
    title = _entry_title(entry, colour)
    texts = _title_lines(title, console, dates_width)
    width = _text_width(console, dates_width)
    if entry.summary:
        texts += wrap_text(Text(visible(entry.summary)), console, width)
    for label, text in entry.details:
        fact = Text.assemble((f"{visible(label)}: ", "dim"), visible(text))
        texts += wrap_text(fact, console, width)
    yield from _beside_rail(dates, sign, texts, RAIL, dates_width)
    for bound in entry.bounds:
        yield _rail_line(EMPTY, RAIL, EMPTY, dates_width)
        yield from _bound_lines(bound, console, dates_width)


def _bound_lines(bound: Bound, console: Console, dates_width: int) -> Iterator[Text]:
    dates = _wrap_date(bound.when, console, dates_width)
    label = Text(f"{bound.label}: {visible(bound.title)}", style="dim")
    texts = wrap_text(label, console, _text_width(console, dates_width))
    yield from _beside_rail(dates, BOUND_SIGN, texts, RAIL, dates_width)


def _sign_and_colour(entry: StoryEntry) -> tuple[Text, str]:
    sign, colour = SIGNS.get(entry.sign_kind or entry.kind, OTHER_SIGN)
    return Text(sign, style=colour), colour


def _entry_title(entry: StoryEntry, colour: str, participants: str = "") -> Text:
    title = Text.assemble((entry.kind, colour), "  ", (visible(entry.title), "bold"))
    title.append(visible(participants))
    if entry.marks:
        title.append(f"{NO_BREAK}{entry.marks}", "dim")
    return title


def _title_lines(title: Text, console: Console, dates_width: int) -> list[Text]:
    """Return a title in lines, its marks on the line of its last word."""
    lines = wrap_text(title, console, _text_width(console, dates_width) - 1)
    for line in lines:
        line.plain = line.plain.replace(NO_BREAK, " ")
    return lines


def _date_lines(entry: StoryEntry, console: Console, dates_width: int) -> list[Text]:
    lines = []
    if entry.when:
        lines += _wrap_date(entry.when, console, dates_width)
    if entry.is_possible:
        lines.append(Text(POSSIBLE))
    return lines


def _wrap_date(text: str, console: Console, dates_width: int) -> list[Text]:
    """Return a date in lines, one for each end where both do not fit in one."""
    start, dash, end = text.partition("–")
    if text.startswith("between "):
        start, dash, end = text.partition(" and ")
        dash, end = "", f"and {end}"
    if not end or cell_len(text) <= dates_width:
        return wrap_text(Text(text), console, dates_width)
    lines = wrap_text(Text(start + dash), console, dates_width)
    return lines + wrap_text(Text(end.strip()), console, dates_width)


def _text_width(console: Console, dates_width: int) -> int:
    """Return the columns to the right of the rail."""
    before = dates_width + 2 * GUTTER + len(RAIL)
    return min(console.width, READABLE_WIDTH + dates_width) - before


def _beside_rail(
    dates: Sequence[Text],
    sign: Text,
    texts: Sequence[Text],
    rail: Text,
    dates_width: int,
) -> Iterator[Text]:
    """Yield lines with the sign at the first, the rail at the others."""
    for date, text in zip_longest(dates, texts, fillvalue=EMPTY):
        yield _rail_line(date, sign, text, dates_width)
        sign = rail


def _rail_line(date: Text, rail: Text, text: Text, dates_width: int) -> Text:
    """Return one line: the date at the right of its column, the rail, the text."""
    when = Text(date.plain.strip(), style="bold")
    pad = " " * max(dates_width - cell_len(when.plain), 0)
    gutter = ""
    if dates_width:
        gutter = " " * GUTTER
    line = Text.assemble(pad, when, gutter, rail, " " * GUTTER, text)
    line.rstrip()
    return line


# -- Routes -------------------------------------------------------------------

END_SIGN = Text("●", style="green")
STOP_SIGN = Text("○", style="green")


def route_lines(block: Route, console: Console) -> Iterator[Text]:
    """Yield a line from stop to stop, with the lines between them beside it."""
    width = readable_width(console) - GUTTER - len(RAIL)
    last = len(block.stops) - 1
    for number, (stop, lines_between) in enumerate(block.stops_and_lines()):
        sign, line = STOP_SIGN, RAIL
        if number == 0:
            sign = END_SIGN
        if number == last:
            sign, line = END_SIGN, Text(" ")
        name = wrap_text(Text(visible(stop), style="bold"), console, width)
        yield from _beside_line(sign, name, line)
        for text in lines_between:
            texts = _hanging_lines(text, console, width)
            yield from _beside_line(RAIL, texts, RAIL)


def _hanging_lines(text: str, console: Console, width: int) -> list[Text]:
    """Return a text in lines at an indent, those after the first further in."""
    indented = []
    indent = GUTTER
    for line in wrap_text(Text(visible(text)), console, width - 2 * GUTTER):
        indented.append(Text(" " * indent) + line)
        indent = 2 * GUTTER
    return indented


def _beside_line(sign: Text, texts: Sequence[Text], line: Text) -> Iterator[Text]:
    """Yield lines with their sign at the first, the line that goes on at the others."""
    for text in texts:
        yield Text.assemble(sign, " " * GUTTER, text)
        sign = line
