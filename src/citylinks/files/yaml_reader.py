"""One YAML text as plain data, with the place of every value.

Scalars stay the text that was written: `NO` is Norway and `1959-04` no number. libyaml
reads the text as a stream of events; a stack of our own makes data of them, so that
nesting is bounded and no alias is ever expanded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from citylinks.errors import CitylinksError
from citylinks.files.diagnostics import (
    MOST_PROBLEMS,
    RULE_BY_NAME,
    TOO_MANY,
    Diagnostic,
    Location,
)
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.model.references import Path

MAX_DEPTH = 32
BLOCK = 4096  # characters in which lines are counted when a place is asked for

_QUOTE = "write the value out, or put quotes around a text that begins with & * ! or ?"
# The most common remedy where libyaml says this.
_REMEDIES = {
    "mapping values are not allowed": "put quotes around a text that contains ': '",
    "did not find expected key": (
        "indent the keys of one mapping equally; in quotes, write '' for '"
    ),
    "did not find expected '-' indicator": "indent the items of one list equally",
    "did not find expected ',' or": (
        "close the bracket, or put quotes around a text with commas"
    ),
    "could not find expected ':'": (
        "a key ends in ': '; the lines of a long text are indented"
    ),
    "found character that cannot start any token": (
        "put quotes around a text that begins so"
    ),
    "found unexpected end of stream": "close the quotes that are opened here",
    "did not find expected <document start>": "indent what belongs to the value above",
    "did not find expected alphabetic": _QUOTE,
    "did not find expected node content": (
        "put quotes around a text that begins with a bracket"
    ),
    "block sequence entries are not allowed": "begin the list on the next line",
    "found unknown escape character": (
        "use single quotes, in which a backslash is a backslash"
    ),
    "control characters are not allowed": "remove the character",
}
_NO_KEY = object()
_BRACKET = re.compile(r"[][{}]")
_DEEPER = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}


class Document(NamedTuple):
    """One document of a stream: text, lists and dicts; `number` counts from 0."""

    data: Any
    number: int
    is_explicit: bool
    written: SourceText

    def span(self, *path: str | int) -> Location:
        """Return the location of the value at `path`, or of what encloses it."""
        return self.written.locate(self.number, path, is_key=False)

    def key_span(self, *path: str | int) -> Location:
        """Return the location of the key that ends `path`."""
        return self.written.locate(self.number, path, is_key=True)


class SourceText:
    """A text as it was written, and the places in it, found when they are needed."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text.removeprefix("\ufeff")

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """The lines that end before each block, and where the last of them begins."""
        blocks, line, start = [], 0, 0
        for at in range(0, len(self.text) + 1, BLOCK):
            blocks.append((line, start))
            line += self.text.count("\n", at, at + BLOCK)
            start = self.text.rfind("\n", at, at + BLOCK) + 1 or start
        return blocks

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, from 1, of a character; only a newline begins a line.

        libyaml counts more: the line ends of YAML 1.1, which no editor takes for such.
        """
        at = index // BLOCK * BLOCK
        line, start = self._blocks[index // BLOCK]
        start = self.text.rfind("\n", at, index) + 1 or start
        return line + self.text.count("\n", at, index) + 1, index - start + 1

    @cached_property
    def spots(self) -> list[Spot]:
        """Where all parts of each document begin, by reading the text a second time."""
        builder = _Builder(Stream(self))
        builder.run()
        return builder.spots

    def locate(self, number: int, path: Path, *, is_key: bool) -> Location:
        """Return the span of `path` in document `number`, or of what encloses it."""
        if number >= len(self.spots):
            return Location(self.path)
        spot = self.spots[number]
        index = _index(spot)
        for step in path:
            if isinstance(spot, int) or not spot.has(step):
                break
            key = spot.keys.get(step)
            spot = spot.inner[step]  # type: ignore[index]
            index = key if is_key and key is not None else _index(spot)
        return Location(self.path, *self.place(index))


class Within:
    """Where a list or mapping begins, and where the keys and values in it do."""

    __slots__ = ("index", "inner", "keys")

    def __init__(self, index: int, *, is_list: bool) -> None:
        self.index = index
        self.inner: list[Spot] | dict[str | int, Spot] = [] if is_list else {}
        self.keys: dict[str | int, int] = {}

    def has(self, step: str | int) -> bool:
        """Whether a value stands at a key or a position."""
        if isinstance(self.inner, dict):
            return step in self.inner
        return isinstance(step, int) and 0 <= step < len(self.inner)


# Where a value begins: the number of its first character; so little, since there may be
# millions.
Spot = int | Within


def _index(spot: Spot) -> int:
    return spot if isinstance(spot, int) else spot.index


class Stream:
    """What a text holds: its documents, and what was wrong with it.

    `broken` are the numbers of the documents that a problem spoils, `spoilt` the
    outermost keys below which it stands; where the text could not be read to its end,
    `is_complete` is false.
    """

    def __init__(self, written: SourceText) -> None:
        self.written = written
        self.documents: list[Document] = []
        self.problems: list[Diagnostic] = []
        self.broken: set[int] = set()
        self.spoilt: set[str] = set()
        self.is_complete = True


def parse_yaml(text: str, path: str) -> Stream:
    """Return the documents of `text` and its problems; bad YAML raises nothing."""
    written = SourceText(path, text)
    stream = Stream(written)
    if written.text != text:
        stream.problems.append(
            _diagnostic(
                "byte-order-mark",
                Location(path),
                "the file begins with a byte-order mark",
                "save it as UTF-8 without one",
            )
        )
    try:
        plain = _plain(written.text)
    except (yaml.YAMLError, UnicodeEncodeError):
        plain = None
    if plain is None:
        builder = _Builder(stream)
        builder.run()
        written.spots = builder.spots
    else:
        stream.documents = [
            Document(data, number, is_explicit, written)
            for number, (data, is_explicit) in enumerate(plain)
        ]
    return stream


def find_comments(
    text: str, pattern: re.Pattern[str]
) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield each comment of `text` that matches `pattern`, with its line and column.

    They count from 1. What looks like a comment within a scalar is none, and what lies
    behind a place that cannot be read may be anything.
    """
    written = SourceText("", text.removeprefix("\ufeff"))
    starts, ends, last = _scalars(written.text)
    for match in pattern.finditer(written.text):
        index = match.start()
        before = bisect_right(starts, index) - 1
        if index >= last or (before >= 0 and index < ends[before]):
            continue
        if written.text[index - 1 : index] in {"", " ", "\t", "\n"}:
            yield *written.place(index), match


def _scalars(text: str) -> tuple[list[int], list[int], int]:
    """Return the beginnings and ends of the scalars of a text, and how far it is read.

    A block scalar begins below its line, on which a comment may stand.
    """
    starts, ends = [], []
    last = 0
    try:
        for event in _events(text):
            last = event.end_mark.index
            kind = type(event)
            if kind is yaml.ScalarEvent:
                start = event.start_mark.index
                if event.style in {"|", ">"}:
                    start += len(text[start:last].partition("\n")[0])
                starts.append(start)
                ends.append(last)
    except (yaml.YAMLError, UnicodeEncodeError):
        return starts, ends, last
    return starts, ends, len(text)


# A comment that looks like part of the text before it: `#50`, `#tag`; `# 50`.
_LIKE_TEXT = re.compile(r"#(?!citylinks:)[^\W_]|#['\"(\[]")
_LIKE_NUMBER = re.compile(r" # [0-9]")
_MAY_CUT = re.compile(r"[ \t]#(?:[^ ]| [0-9])")
_BLANKS = re.compile(r"[ \t]+")


class Cut(NamedTuple):
    """A comment that cuts a text: the keys that lead there, its place, its words."""

    keys: tuple[str, ...]
    line: int
    column: int
    comment: str


def cuts(text: str) -> Iterator[Cut]:
    """Yield each comment that cuts a text without quotes, and looks like part of it.

    As far as the text can be read; an empty value, all of which is a comment, is cut
    too.
    """
    if not _MAY_CUT.search(text):
        return
    written = SourceText("", text)
    try:
        for keys, event in _values(text):
            if event.style:
                continue
            at = _cut_at(text, event.end_mark.index)
            if at is not None:
                comment = text[at : at + 100].partition("\n")[0].rstrip()
                yield Cut(keys, *written.place(at), comment)
    except (yaml.YAMLError, UnicodeEncodeError):  # which the reader of its data reports
        return


def _cut_at(text: str, end: int) -> int | None:
    """Return the beginning of a comment that looks like part of the text before it."""
    blanks = _BLANKS.match(text, end)
    if blanks and (
        _LIKE_TEXT.match(text, blanks.end()) or _LIKE_NUMBER.match(text, end)
    ):
        return blanks.end()
    return None


def _values(text: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each scalar that is a value, with the keys that lead to it."""
    # Of each container around a value its open key: [] of a list, [None] of a mapping
    # that waits for one.
    around: list[list[str | None]] = []
    for event in _events(text):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if around and around[-1] == [None]:
                around[-1] = [event.value]
                continue
            yield _open_keys(around), event
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(around) >= MAX_DEPTH:
                return
            around.append([None] if kind is yaml.MappingStartEvent else [])
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            around.pop()
        else:
            continue
        if around and around[-1]:
            around[-1] = [None]


def _open_keys(around: list[list[str | None]]) -> tuple[str, ...]:
    keys = chain.from_iterable(around)
    return tuple(key for key in keys if key is not None)


# -- The short way, for a text without problems -------------------------------


def _plain(text: str) -> list[tuple[Any, bool]] | None:  # noqa: C901, PLR0912 - calls would double its time
    """Return the data of each document and whether it begins with `---`.

    None where anything in the text is a problem, for the builder below to say what and
    where: nearly all texts have none, and most of the time of reading goes into this
    loop.
    """
    scalar, mapping, sequence = (
        yaml.ScalarEvent,
        yaml.MappingStartEvent,
        yaml.SequenceStartEvent,
    )
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    documents: list[tuple[Any, bool]] = []
    # The containers around this one, each with its open key.
    around: list[tuple[Any, Any]] = []
    container: Any = None
    key: Any = _NO_KEY
    is_explicit = False
    next_event = _parser(text).get_event
    while (event := next_event()) is not None:
        kind = type(event)
        if kind is scalar:
            if event.anchor is not None or event.tag is not None:
                return None
            value = event.value
        elif kind is mapping or kind is sequence:
            is_key = type(container) is dict and key is _NO_KEY
            if event.anchor is not None or event.tag is not None or is_key:
                return None
            if len(around) >= MAX_DEPTH:
                return None
            around.append((container, key))
            container, key = ({} if kind is mapping else []), _NO_KEY
            continue
        elif kind in ends:
            value = container
            container, key = around.pop()
        else:
            if kind is yaml.AliasEvent:
                return None
            if kind is yaml.DocumentStartEvent:
                is_explicit = bool(event.explicit)
            continue
        if type(container) is list:
            container.append(value)
        elif container is None:
            documents.append((value, is_explicit))
        elif key is not _NO_KEY:
            container[key], key = value, _NO_KEY
        elif value in container:
            return None
        else:
            key = value
    return documents


# -- From events to data, with every problem and place ------------------------


class _StopReadingError(Exception):
    """What follows in this text cannot be a record."""


class _Frame:
    """A list or mapping that is being filled; `key` waits for its value."""

    __slots__ = ("container", "key", "within")

    def __init__(self, container: list[Any] | dict[str, Any], index: int) -> None:
        self.container = container
        self.within = Within(index, is_list=isinstance(container, list))
        self.key: Any = _NO_KEY

    @property
    def wants_key(self) -> bool:
        return isinstance(self.container, dict) and self.key is _NO_KEY

    def put(self, value: Any, spot: Spot) -> None:
        """Add a value; of a key that is given twice, the first stays."""
        if isinstance(self.container, list):
            self.container.append(value)
            self.within.inner.append(spot)  # type: ignore[union-attr]
        else:
            self.container.setdefault(self.key, value)
            self.within.inner.setdefault(self.key, spot)  # type: ignore[union-attr]
            self.key = _NO_KEY


class _Builder:
    """Makes documents of events, with the place of everything in them."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.spots: list[Spot] = []
        self.stack: list[_Frame] = []
        self.is_explicit = False
        # The last document may be, where nothing marks its end.
        self.may_be_cut = False

    def run(self) -> None:
        """Read the whole text, as far as it can be read."""
        steps = {
            yaml.DocumentStartEvent: self._start_document,
            yaml.DocumentEndEvent: self._end_document,
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start_mapping,
            yaml.SequenceStartEvent: self._start_sequence,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
        }
        try:
            for event in _events_in_order(self.stream.written.text):
                step = steps.get(type(event))
                if step:
                    step(event)
        except _StopReadingError:
            self._give_up()
        except yaml.YAMLError as error:
            self._give_up()
            if self.may_be_cut:
                self.stream.broken.add(len(self.spots) - 1)
            self.stream.problems.append(_yaml_problem(error, self.stream.written))
        except UnicodeEncodeError as error:
            self._give_up()
            self._report(
                "yaml-syntax", error.start, "a lone surrogate is not a character"
            )

    def _give_up(self) -> None:
        self.stream.is_complete = False

    def _start_document(self, event: Any) -> None:
        self.is_explicit = bool(event.explicit)
        self.may_be_cut = False

    def _end_document(self, event: Any) -> None:
        self.may_be_cut = not event.explicit

    def _scalar(self, event: Any) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.wants_key:
            self._take_key(frame, event)
            self._refuse_features(event)
        else:
            self._refuse_features(event)
            self._put(event.value, event.start_mark.index)

    def _take_key(self, frame: _Frame, event: Any) -> None:
        if event.value in frame.container:
            message = f"the key {quoted(event.value)} is given twice"
            self._problem("duplicate-key", event, message, "keep one of the two")
        frame.key = event.value
        frame.within.keys.setdefault(event.value, event.start_mark.index)

    def _start_mapping(self, event: Any) -> None:
        self._open({}, event)

    def _start_sequence(self, event: Any) -> None:
        self._open([], event)

    def _open(self, container: list[Any] | dict[str, Any], event: Any) -> None:
        self._refuse_features(event)
        if self.stack and self.stack[-1].wants_key:
            message = "a key is plain text, not a list or mapping"
            self._problem("yaml-feature", event, message, _QUOTE)
            self.stack[-1].key = ""
            raise _StopReadingError
        if len(self.stack) >= MAX_DEPTH:
            self._problem(
                "too-deep", event, f"values are nested more than {MAX_DEPTH} deep"
            )
            raise _StopReadingError
        self.stack.append(_Frame(container, event.start_mark.index))

    def _end(self, event: Any) -> None:
        frame = self.stack.pop()
        self._put(frame.container, frame.within)

    def _alias(self, event: Any) -> None:
        name = f"*{event.anchor}"
        message = f"the alias {quoted(name)} is not allowed"
        if self.stack and self.stack[-1].wants_key:
            self.stack[-1].key = name
            self._problem("yaml-feature", event, message, _QUOTE)
        else:
            self._problem("yaml-feature", event, message, _QUOTE)
            self._put("", event.start_mark.index)

    def _put(self, value: Any, spot: Spot) -> None:
        if self.stack:
            self.stack[-1].put(value, spot)
            return
        number = len(self.spots)
        self.stream.documents.append(
            Document(value, number, self.is_explicit, self.stream.written)
        )
        self.spots.append(spot)
        self.may_be_cut = True

    def _refuse_features(self, event: Any) -> None:
        if event.anchor is not None:
            message = f"the anchor {quoted(f'&{event.anchor}')} is not allowed"
            self._problem("yaml-feature", event, message, _QUOTE)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(
                "yaml-feature", event, f"the tag {quoted(tag)} is not allowed", _QUOTE
            )

    def _problem(
        self, rule: str, event: Any, message: str, note: str | None = None
    ) -> None:
        self.stream.broken.add(len(self.spots))
        if self.stack and isinstance(self.stack[0].key, str):
            self.stream.spoilt.add(self.stack[0].key)
        self._report(rule, event.start_mark.index, message, note)

    def _report(
        self, rule: str, index: int, message: str, note: str | None = None
    ) -> None:
        span = Location(self.stream.written.path, *self.stream.written.place(index))
        self.stream.problems.append(_diagnostic(rule, span, message, note))
        if len(self.stream.problems) == MOST_PROBLEMS:
            self.stream.problems.append(_diagnostic("too-large", span, TOO_MANY))
            raise _StopReadingError


def _events(text: str) -> Iterator[Any]:
    return iter(_parser(text).get_event, None)


def _events_in_order(text: str) -> Iterator[Any]:
    """Yield the events of a text, too deep a bracket before any fault behind it.

    libyaml reads some thousand characters further than the event that it returns. A
    fault there, or its own limit on depth, must not hide that our limit was passed
    before.
    """
    count = depth = end = 0
    try:
        for event in _events(text):
            count += 1
            depth += _DEEPER.get(type(event), 0)
            end = event.end_mark.index
            yield event
    except yaml.YAMLError:
        cut = _too_deep(text, end, depth)
        if cut is not None:
            with suppress(yaml.YAMLError):  # the fault of the whole text is told below
                yield from islice(_events(text[:cut]), count, None)
        raise


def _too_deep(text: str, start: int, depth: int) -> int | None:
    """Return the end of the first bracket that is too deep, from `start` at `depth`."""
    for bracket in _BRACKET.finditer(text, start):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            return bracket.end()
    return None


def _parser(text: str) -> Any:
    """Return libyaml's parser of a text; its `get_event` gives None at the end."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        raise CitylinksError("PyYAML was built without libyaml; install a PyYAML wheel")
    return loader(text)


def _diagnostic(
    rule: str, span: Location, message: str, note: str | None = None
) -> Diagnostic:
    return Diagnostic(RULE_BY_NAME[rule], span, message, note)


def _yaml_problem(error: yaml.YAMLError, written: SourceText) -> Diagnostic:
    """Return the fault that libyaml reports, at its place."""
    if not isinstance(error, yaml.MarkedYAMLError) or not error.problem_mark:
        return _character_problem(error, written)
    index, message = error.problem_mark.index, error.problem or "it cannot be read"
    if "end of stream" in message and error.context_mark:
        index = error.context_mark.index  # where the quotes begin, not the text's end
    span = Location(written.path, *written.place(index))
    if "\\t" in message or written.text[index : index + 1] == "\t":
        return _diagnostic(
            "tab", span, "there is a tab where only spaces may be", "indent with spaces"
        )
    if error.context:
        message = f"{error.context}: {message}"
    return _not_yaml(span, message)


def _character_problem(error: yaml.YAMLError, written: SourceText) -> Diagnostic:
    """Return the problem of a character that libyaml does not read."""
    raw = written.text.encode()[: getattr(error, "position", 0)]
    index = len(raw.decode(errors="ignore"))
    span = Location(written.path, *written.place(index))
    return _not_yaml(span, getattr(error, "reason", "it cannot be read"))


def _not_yaml(span: Location, reason: str) -> Diagnostic:
    message = f"this is not YAML: {reason}"
    return _diagnostic("yaml-syntax", span, message, _find_remedy(reason))


def _find_remedy(reason: str) -> str | None:
    """Return the help that goes with what libyaml says."""
    for words, remedy in _REMEDIES.items():
        if words in reason:
            return remedy
    return None
