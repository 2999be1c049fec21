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
    """Letters of a folded word, and the place of the word in the text.

    `first` counts the letters of the folded word that come before.
    """

    letters: str
    word: str
    start: int
    first: int = 0

    def span(self, first: int, last: int) -> Span:
        """Return the place of these letters of the run in the text."""
        edges = _edges(self.word)
        at = self.start
        return at + edges[self.first + first][0], at + edges[self.first + last - 1][1]


def find_matches(text: str, pieces: Sequence[Sequence[str]]) -> list[Span]:
    """Return the places in a text that match, as it is spelled.

    Each of `pieces` is the runs of a word or phrase, folded. The last may be the
    beginning of a word; what is CJK may stand anywhere in one. Positions count
    characters, the end excluded.
    """
    runs = list(_locate_runs(text))
    matches: list[Span] = []
    for piece in pieces:
        matches += _match_piece(runs, piece)
    return _merge_spans(matches or _match_joined(text, pieces))


def text_beginning(name: str, typed: str) -> list[Span]:
    """Return the part of a name that was typed, where the name begins with that."""
    begun = fold(typed)
    for end in range(1, len(name) + 1):
        if fold(name[:end]).startswith(begun):
            return [(0, end)]
    return []


def _locate_runs(text: str) -> Iterator[HighlightedText]:
    """Yield the runs of a text."""
    for match in re.finditer(r"\S+", separate_words(text)):
        word, first = match.group(), 0
        for folded in folded_word(word):
            for letters in script_runs(folded):
                yield HighlightedText(letters, word, match.start(), first)
                first += len(letters)


def _match_joined(text: str, pieces: Sequence[Sequence[str]]) -> list[Span]:
    """Return the words that match without the marks within them, as in `Xi'an`."""
    if set(APOSTROPHES).isdisjoint(text):
        return []
    matches: list[Span] = []
    for word in re.finditer(rf"\S*[{APOSTROPHES}]\S*", text):
        folded = fold(word.group())
        if any(is_prefix_of(folded, piece[0]) for piece in pieces if len(piece) == 1):
            matches.append(word.span())
    return matches


def _edges(word: str) -> list[Span]:
    """Return the place in a word of each letter of its folded form.

    Where that cannot be told, it is the whole word.
    """
    if word.isascii():
        return [(at, at + 1) for at in range(len(word))]
    edges: list[Span] = []
    for letter in re.finditer(f"(?s:.){_MARKS}*", word):
        folded = "".join(folded_word(letter.group()))
        edges += [letter.span()] * len(folded)
    letters = len("".join(folded_word(word)))
    if len(edges) == letters:
        return edges
    return [(0, len(word))] * max(letters, len(word))


def _match_piece(
    runs: Sequence[HighlightedText], piece: Sequence[str]
) -> Iterator[Span]:
    """Yield the places where runs of a text match a piece, one after the other."""
    for at in range(len(runs) - len(piece) + 1):
        if len(piece) == 1:
            yield from _match_run(runs[at], piece[0])
        elif _is_match(runs[at : at + len(piece)], piece):
            first, last = runs[at], runs[at + len(piece) - 1]
            begun = len(first.letters) - len(piece[0])
            end = len(last.letters)
            if is_cjk(piece[-1]):
                end = len(piece[-1])
            yield first.span(begun, len(first.letters))[0], last.span(0, end)[1]


def _match_run(run: HighlightedText, term: str) -> Iterator[Span]:
    """Yield the places where one run matches a term."""
    if not is_cjk(term):
        if is_prefix_of(run.letters, term):
            yield run.span(0, len(run.letters))
        return
    at = run.letters.find(term)
    while at >= 0:
        yield run.span(at, at + len(term))
        at = run.letters.find(term, at + 1)


def _is_match(runs: Sequence[HighlightedText], piece: Sequence[str]) -> bool:
    """Whether runs that follow each other match a piece."""
    first, *between, last = (run.letters for run in runs)
    if between != list(piece[1:-1]) or not is_prefix_of(last, piece[-1]):
        return False
    if is_cjk(piece[0]):
        return first.endswith(piece[0])
    return first == piece[0]


def _merge_spans(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


# -- Passages -----------------------------------------------------------------


def best_passage(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return the part of a text around its first match, and the matches in it."""
    if len(text) <= LENGTH:
        return text, list(spans)
    first, last = spans[0] if spans else (0, 0)
    start = _start(text, first)
    end = _end(text, max(last, start + 1), start + LENGTH)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    moved = len(before) - start
    kept: list[Span] = []
    for left, right in spans:
        if start < right and left < end:
            kept.append((max(left, start) + moved, min(right, end) + moved))
    return f"{before}{text[start:end]}{after}", kept


def _start(text: str, match: int) -> int:
    """Return the beginning of a passage with the match in its first third.

    That is at a word where one is near.
    """
    start = min(match - _BEFORE, len(text) - LENGTH)
    if start <= 0:
        return 0
    gap = re.compile(_GAP).search(text, start, min(start + _NEAR, match))
    if gap:
        return gap.end()
    return _between_letters(text, start)


def _end(text: str, least: int, end: int) -> int:
    """Return the end of a passage, after the match: after a word if one ends near."""
    if end >= len(text):
        return len(text)
    gaps = list(re.compile(_GAP).finditer(text, max(least, end - _NEAR), end))
    if gaps:
        return gaps[-1].start()
    return _between_letters(text, max(least, end))


def _between_letters(text: str, at: int) -> int:
    """Return the next place at which no letter is parted from its marks."""
    while at < len(text) and re.match(_MARKS, text[at]):
        at += 1
    return at
