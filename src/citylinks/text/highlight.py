"""The part of a text that shows what matched in it, as it is spelled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citylinks.text.normalize import (
    APOSTROPHES,
    fold,
    folded_word,
    is_cjk,
    is_prefix_of,
    script_runs,
    separate_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]

LENGTH = 160  # characters of a passage, about
_BEFORE = LENGTH // 3
_NEAR = 24  # characters within which a cut looks for a place between words

# Marks that stand with the letter before them.
_MARKS = "[\u0300-\u036f\u064b-\u065f\u200c\u200d\u3099\u309a\uff9e\uff9f]"
_GAP = r"\s+|(?<=[。、，．！？；：])"  # between words, or after a stop


class HighlightedText(NamedTuple):
    """Letters of a folded word, and where in the text the word stands.

    `first` counts the letters of the folded word that come before.
    """

    letters: str
    word: str
    start: int
    first: int = 0

    def span(self, first: int, last: int) -> Span:
        """Return where these letters of the run are in the text."""
        edges = _edges(self.word)
        at = self.start
        return at + edges[self.first + first][0], at + edges[self.first + last - 1][1]


def find_matches(text: str, asked: Sequence[Sequence[str]]) -> list[Span]:
    """Return where a text has what is asked for, as it is spelled.

    Each of `asked` is the runs of a word or phrase, folded. The last may be the
    beginning of a word; what is CJK may stand anywhere in one. Positions count
    characters, the end excluded.
    """
    located = list(_located(text))
    found = [span for piece in asked for span in _found(located, piece)]
    return _merged(found or _joined(text, asked))


def text_beginning(name: str, typed: str) -> list[Span]:
    """Return the part of a name that was typed, where it begins with that as names are
    compared.
    """
    begun = fold(typed)
    ends = (
        end for end in range(1, len(name) + 1) if fold(name[:end]).startswith(begun)
    )
    return [(0, end) for end in ends][:1]


def _located(text: str) -> Iterator[HighlightedText]:
    """Yield the runs of a text."""
    for found in re.finditer(r"\S+", separate_words(text)):
        word, first = found.group(), 0
        for letters in (run for one in folded_word(word) for run in script_runs(one)):
            yield HighlightedText(letters, word, found.start(), first)
            first += len(letters)


def _joined(text: str, asked: Sequence[Sequence[str]]) -> list[Span]:
    """Return the words that are asked for without what parts them in the text: `Xi'an`."""
    single = [piece[0] for piece in asked if len(piece) == 1]
    if not any(mark in text for mark in APOSTROPHES):
        return []
    found = re.finditer(rf"\S*[{APOSTROPHES}]\S*", text)
    return [
        word.span()
        for word in found
        if any(is_prefix_of(fold(word.group()), one) for one in single)
    ]


def _edges(word: str) -> list[Span]:
    """Return where in a word each letter of its folded form is; the whole word if that
    is open.
    """
    if word.isascii():
        return [(at, at + 1) for at in range(len(word))]
    edges = [
        found.span()
        for found in re.finditer(f"(?s:.){_MARKS}*", word)
        for _ in "".join(folded_word(found.group()))
    ]
    letters = len("".join(folded_word(word)))
    return (
        edges if len(edges) == letters else [(0, len(word))] * max(letters, len(word))
    )


def _found(text: Sequence[HighlightedText], asked: Sequence[str]) -> Iterator[Span]:
    """Yield where runs of a text are those asked for, one after the other."""
    for at in range(len(text) - len(asked) + 1):
        if len(asked) == 1:
            yield from _within(text[at], asked[0])
        elif _are(text[at : at + len(asked)], asked):
            first, last = text[at], text[at + len(asked) - 1]
            begun = len(first.letters) - len(asked[0])
            end = len(asked[-1]) if is_cjk(asked[-1]) else len(last.letters)
            yield first.span(begun, len(first.letters))[0], last.span(0, end)[1]


def _within(run: HighlightedText, asked: str) -> Iterator[Span]:
    """Yield where one run has what is asked for."""
    if not is_cjk(asked):
        if is_prefix_of(run.letters, asked):
            yield run.span(0, len(run.letters))
        return
    at = run.letters.find(asked)
    while at >= 0:
        yield run.span(at, at + len(asked))
        at = run.letters.find(asked, at + 1)


def _are(text: Sequence[HighlightedText], asked: Sequence[str]) -> bool:
    """Whether runs that follow each other are those asked for."""
    first, *between, last = (run.letters for run in text)
    ends = first.endswith(asked[0]) if is_cjk(asked[0]) else first == asked[0]
    return ends and between == list(asked[1:-1]) and is_prefix_of(last, asked[-1])


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


# -- Passages -----------------------------------------------------------------


def best_passage(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return the part of a text around its first match, and where the matches are in
    it.
    """
    if len(text) <= LENGTH:
        return text, list(spans)
    first = spans[0] if spans else (0, 0)
    start = _start(text, first[0])
    end = _end(text, max(first[1], start + 1), start + LENGTH)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    moved = len(before) - start
    kept = [
        (max(one, start), min(two, end))
        for one, two in spans
        if start < two and one < end
    ]
    return f"{before}{text[start:end]}{after}", [
        (one + moved, two + moved) for one, two in kept
    ]


def _start(text: str, match: int) -> int:
    """Return where to begin, with the match in the first third: at a word if one is
    near.
    """
    start = min(match - _BEFORE, len(text) - LENGTH)
    if start <= 0:
        return 0
    gap = re.compile(_GAP).search(text, start, min(start + _NEAR, match))
    return gap.end() if gap else _between_letters(text, start)


def _end(text: str, least: int, end: int) -> int:
    """Return where to end, after the match: after a word if one ends near."""
    if end >= len(text):
        return len(text)
    gaps = [
        gap.start()
        for gap in re.compile(_GAP).finditer(text, max(least, end - _NEAR), end)
    ]
    return gaps[-1] if gaps else _between_letters(text, max(least, end))


def _between_letters(text: str, at: int) -> int:
    """Return the next place at which no letter is parted from its marks."""
    while at < len(text) and re.match(_MARKS, text[at]):
        at += 1
    return at
