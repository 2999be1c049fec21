"""Names as they are compared: case, accents, width and punctuation set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Marks that a reader leaves out when typing. Marks that make another letter, such as the
# Japanese voicing mark or the vowels of Indic scripts and Thai, are not among them.
_OPTIONAL_MARKS = "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
_NO_LETTER = r"[\W_]"

_WORDS = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff])*"

# Han, kana and Hangul, which are written without spaces or with endings.
_CJK = (
    ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uac00", "\ud7af"),
    ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip

# Of ASCII, what parts words.
_ASCII = {ord(character): " " for character in map(chr, range(128)) if not character.isalnum()}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most commands need none."""
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the form in which `text` is compared: `Łódź`, `SÃO PAULO` → `łodz`, `sao paulo`.

    Compatibility decomposition and case folding (Unicode 3.13, UAX 15), with what separates
    words reduced to one space. Different letters stay different, but for the
    Turkish ı, whose capital is that of i.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split()) or text.lower().strip()
    unmarked = _compiled(_OPTIONAL_MARKS).sub("", unicodedata.normalize("NFKD", text))
    plain = _compiled(_OPTIONAL_MARKS).sub("", unmarked.casefold()).replace("ı", "i")
    folded = unicodedata.normalize("NFC", plain)
    return " ".join(_compiled(_NO_LETTER).sub(_kept, folded).split()) or folded.strip()


def _kept(found: re.Match[str]) -> str:
    """Return a mark that belongs to its letter, as a vowel of Thai; all else parts words."""
    return found.group() if unicodedata.category(found.group()).startswith("M") else " "


def terms(text: str) -> list[str]:
    """Return the words of a text as they are searched: folded, CJK runs as pairs of characters.

    A run ends with its last character alone, so that 市 is found in 横浜市 too.
    """
    return [term for word in _words(text) for term in _pairs(word)]


def asked_terms(text: str) -> list[str]:
    """Return the terms that a text must have to contain what is asked for.

    As `terms`, without the last character of a CJK run: it stands in the pair before it.
    """
    found: list[str] = []
    for word in _words(text):
        for is_cjk, run in _runs(word):
            found += _pairs(run)[:-1] if is_cjk and len(run) > 1 else [run]
    return found


def _words(text: str) -> list[str]:
    return [word for word in fold(text).split() if any(map(str.isalnum, word))]


def _pairs(word: str) -> list[str]:
    found = []
    for is_cjk, run in _runs(word):
        if is_cjk:
            found += [run[n : n + 2] for n in range(len(run) - 1)] + [run[-1]]
        else:
            found.append(run)
    return found


def _runs(word: str) -> list[tuple[bool, str]]:
    """Return a word in runs, and of each whether it is CJK."""
    if word.isascii():
        return [(False, word)]
    return [(is_cjk, "".join(run)) for is_cjk, run in groupby(word, _is_cjk)]


def _is_cjk(character: str) -> bool:
    return character >= "\u3040" and any(first <= character <= last for first, last in _CJK)


def matches(text: str, asked: Iterable[str]) -> list[tuple[int, int]]:
    """Return where in `text`, as it is spelled, words begin with or contain what is asked for.

    `asked` are folded words; those in CJK are looked for anywhere in a word, others at its start.
    Positions count characters, the end excluded.
    """
    wanted = [word for text in asked for word in text.split()]
    words = _compiled(_WORDS).finditer(text)
    found = (_match(word, one) for word in words for one in wanted)
    first: dict[int, tuple[int, int]] = {}
    for span in found:
        if span:
            first.setdefault(span[0], span)
    return sorted(first.values())


def _match(word: re.Match[str], wanted: str) -> tuple[int, int] | None:
    """Return where one word of a text has what is asked for; a whole word unless it is CJK."""
    folded = fold(word.group())
    if not _is_cjk(wanted[0]):
        return word.span() if folded.startswith(wanted) else None
    at = folded.find(wanted)
    if at < 0:
        return None
    if len(folded) != len(word.group()):
        return word.span()
    return word.start() + at, word.start() + at + len(wanted)


def bounded(folded: str) -> str:
    """Return a folded name with marks at its ends, so that short names have trigrams too."""
    return f"$${folded}$"


def trigrams(folded: str) -> list[str]:
    """Return the runs of three characters of a folded name, with marks at its ends."""
    text = bounded(folded)
    return list(dict.fromkeys(text[n : n + 3] for n in range(len(text) - 2)))


def similarity(one: str, other: str) -> float:
    """Return how much two folded names are alike, from 0 to 1, where they are the same.

    By the optimal string alignment distance: a letter left out, added, changed or swapped with
    the next costs 1.
    """
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        current = [i]
        for j, b in enumerate(other, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return 1 - previous[-1] / max(len(one), len(other), 1)


def nearest(text: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Return up to `count` of `known` that `text` was probably meant to be, the likeliest first."""
    from difflib import get_close_matches

    by_fold = {fold(name): name for name in known}
    folded = fold(text)
    begun = sorted(key for key in by_fold if f" {folded}" in f" {key}")
    if begun and folded:
        return [by_fold[key] for key in begun[:count]]
    close = get_close_matches(folded[:80], by_fold, n=count, cutoff=0.6)
    return [by_fold[key] for key in close]


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where one of `known` is near, and nothing otherwise."""
    found = nearest(text, known)
    return f"; did you mean '{found[0]}'?" if found else ""
