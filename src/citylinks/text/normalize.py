"""Names and words as they are compared: case, accents, width and punctuation set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a reader leaves out when typing: accents and vowel points, the Arabic stretching
# mark, and what has no shape of its own, such as a soft hyphen, a joiner or a mark of
# direction. Marks that make another letter, such as the Japanese voicing mark or the
# vowels of Indic scripts and Thai, are not among them.
_LEFT_OUT = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe20-\ufe2f\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)

# What may stand inside a name and is often left out: Xi'an, Hawaiʻi, Sant Marcel·lí. It
# parts words all the same, so that l'énergie is found by énergie.
APOSTROPHES = "'`’‘ʹʻʼʽʾʿ´·•‧・･׳״"
_MARKS = frozenset(APOSTROPHES)

# Between two texts in the full-text index: a character for private use.
APART = " \ue000 "

# What ends the range of all that begins with a text.
AFTER_ALL = chr(0x10FFFF)

# What keeps no word together; which marks do is told by their category.
_PARTS = rf"[^\w\s]|[_{APOSTROPHES}]"

# Latin letters that are no other letter with a mark, as anyascii writes them. These are
# all that are in daily use in Europe, Turkey, Azerbaijan and Viet Nam; for others
# anyascii is loaded.
LETTERS = {
    "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "ng",
    "œ": "oe", "ŧ": "t", "ə": "e",
}  # fmt: skip
_OTHER_LATIN = (
    "[\u0138\u0180-\u02af\u1d00-\u1dbf\u1e9c-\u1eff\u2184\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab6f"
    "\U00010780-\U000107bf\U0001df00-\U0001dfff]"
)

# Hiragana and katakana differ as small and capital letters do (Unicode Technical
# Standard 10).
_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_LETTERS: dict[int, str | int] = {
    **{ord(one): to for one, to in LETTERS.items()},
    **_KATAKANA,
}

# Han, kana and Hangul, which are written without spaces or with endings.
_CJK = (
    ("\u3005", "\u3007"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"),
    ("\uac00", "\ud7af"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip

# Of ASCII, what parts words, and in names is left out.
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
_ASCII_NAME = {**_ASCII, ord("'"): None, ord("`"): None}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most commands need none."""
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the form in which names are compared: `Łódź`, `SÃO-PAULO`, `Xi'an` →
    `lodz`, ...

    Compatibility decomposition and case folding (Unicode 3.13, UAX 15) without marks
    that are left out in typing, Latin letters in ASCII, and what separates words as one
    space. Letters of other scripts stay what they are.
    """
    if text.isascii():
        return (
            " ".join(text.lower().translate(_ASCII_NAME).split())
            or text.lower().strip()
        )
    joined = text if _MARKS.isdisjoint(text) else re.sub(f"[{APOSTROPHES}]", "", text)
    return " ".join(words(joined)) or _plain(text).strip()


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    if text.isascii():
        return text.lower().translate(_ASCII).split()
    return [
        folded for word in separate_words(text).split() for folded in folded_word(word)
    ]


def separate_words(text: str) -> str:
    """Return a text with a space in place of each character that parts words."""
    if text.isascii():
        return text.translate(_ASCII)
    if text.isalnum() and _MARKS.isdisjoint(text):
        return text
    return _compiled(_PARTS).sub(_kept, text)


def _kept(found: re.Match[str]) -> str:
    """Return a mark that belongs to its letter, as a vowel of Thai; all else parts
    words.
    """
    character = found.group()
    is_mark = unicodedata.category(character).startswith("M")
    return character if is_mark or _compiled(_LEFT_OUT).match(character) else " "


@lru_cache(maxsize=16384)
def folded_word(word: str) -> tuple[str, ...]:
    """Return one word folded; a ligature such as ﷺ may be several."""
    if word.isascii():
        return tuple(words(word))
    if all(map(is_cjk, word)):
        return (unicodedata.normalize("NFKC", word).translate(_KATAKANA),)
    found = separate_words(_plain(word)).split()
    return tuple(one for one in found if any(map(str.isalnum, one)))


def _plain(text: str) -> str:
    """Return a text folded letter by letter."""
    unmarked = (
        _compiled(_LEFT_OUT).sub("", unicodedata.normalize("NFKD", text)).casefold()
    )
    plain = _compiled(_LEFT_OUT).sub("", unmarked).translate(_LETTERS)
    if not plain.isascii():
        plain = _compiled(_OTHER_LATIN).sub(_in_ascii, plain)
    return unicodedata.normalize("NFC", plain)


def _in_ascii(found: re.Match[str]) -> str:
    """Return a rare Latin letter in ASCII; nothing for a glottal stop."""
    if not unicodedata.name(found.group(), "").startswith("LATIN"):
        return found.group()
    from anyascii import anyascii

    return "".join(filter(str.isalnum, anyascii(found.group()).lower()))


# -- Words as they are searched -------------------------------------------------


def index_text(texts: Iterable[str]) -> str:
    """Return texts as the full-text index takes them, which parts ASCII into words by
    itself.

    CJK runs become pairs of characters, and end with their last character alone, so
    that 市 is found in 横浜市 too. A word that nobody asks for keeps a phrase within one
    text.
    """
    return APART.join(text if text.isascii() else _in_terms(text) for text in texts)


def index_names(names: Iterable[str]) -> str:
    """Return names as the full-text index takes them: `Xi'an` as two words and as one."""
    found = []
    for name in names:
        found.append(name)
        if not _MARKS.isdisjoint(name):
            found.append(fold(name))
    return index_text(found)


def _in_terms(text: str) -> str:
    return " ".join(term for word in words(text) for term in _pairs(word))


def query_terms(text: str) -> list[str]:
    """Return the terms that must follow each other in a text that has what is asked
    for.

    The last may be the beginning of one. Where a CJK run is last, its last character
    has no term of its own: it stands in the pair before it.
    """
    found = [term for word in words(text) for term in _pairs(word)]
    is_in_pair = len(found) > 1 and is_cjk(found[-1]) and found[-2][1:] == found[-1]
    return found[:-1] if is_in_pair else found


def is_prefix_of(word: str, asked: str) -> bool:
    """Whether a folded word is what is asked for or begins with it; one letter is but
    itself.
    """
    return word == asked or (is_extensible(asked) and word.startswith(asked))


def is_extensible(term: str) -> bool:
    """Whether a term may be the beginning of a word: all but a single letter may."""
    return len(term) > 1 or is_cjk(term)


def _pairs(word: str) -> list[str]:
    found = []
    for run in script_runs(word):
        if is_cjk(run):
            found += [run[n : n + 2] for n in range(len(run) - 1)] + [run[-1]]
        else:
            found.append(run)
    return found


def script_runs(word: str) -> list[str]:
    """Return a folded word in runs that are CJK throughout or not at all."""
    if word.isascii():
        return [word]
    return ["".join(run) for _, run in groupby(word, is_cjk)]


def is_cjk(text: str) -> bool:
    """Whether a text begins with Han, kana or Hangul."""
    return text >= "\u3005" and any(first <= text[0] <= last for first, last in _CJK)


# -- What was probably meant ----------------------------------------------------


def with_edges(folded: str) -> str:
    """Return a folded name with marks at its ends, so that short names have trigrams
    too.
    """
    return f"$${folded}$"


def trigrams(folded: str) -> list[str]:
    """Return the runs of three characters of a folded name, with marks at its ends."""
    text = with_edges(folded)
    return list(dict.fromkeys(text[n : n + 3] for n in range(len(text) - 2)))
