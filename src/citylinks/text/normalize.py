"""Names and words as they are compared: without case, accents, width, punctuation."""

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
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)

# What may stand inside a name and is often left out: Xi'an, Hawaiʻi, Sant Marcel·lí. It
# parts words all the same, so that l'énergie is found by énergie.
APOSTROPHES = "'`’‘ʹʻʼʽʾʿ´·•‧・･׳״"
_MARKS = frozenset(APOSTROPHES)

# Between two texts in the full-text index: a character for private use.
APART = " \ue000 "

# Begins the term of a kind in the full-text index; for private use too.
_KIND = "\ue001"

# What ends the range of all that begins with a text.
AFTER_ALL = chr(0x10FFFF)

# What keeps no word together; which marks do is told by their category.
_PARTS = rf"[^\w\s]|[_{APOSTROPHES}]"

# Latin letters that are no other letter with a mark, as anyascii writes them. These are
# all that are in daily use in Europe, Turkey, Azerbaijan and Viet Nam; for others
# anyascii is loaded.
LETTERS = {
    "æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l",
    "ŋ": "ng", "œ": "oe", "ŧ": "t", "ə": "e",
}  # fmt: skip
_OTHER_LATIN = (
    "[\u0138\u0180-\u02af\u1d00-\u1dbf\u1e9c-\u1eff\u2184\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab6f"
    "\U00010780-\U000107bf\U0001df00-\U0001dfff]"
)

# Hiragana and katakana differ as small and capital letters do (Unicode Technical
# Standard 10).
_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_LETTERS: dict[int, str | int] = {
    **{ord(letter): ascii_ for letter, ascii_ in LETTERS.items()},
    **_KATAKANA,
}

# Han, kana and Hangul, which are written without spaces or with endings.
_CJK = (
    ("\u3005", "\u3007"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
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
    """Return the form in which names are compared: `Łódź` as `lodz`, `Xi'an` as `xian`.

    Compatibility decomposition and case folding (Unicode 3.13, UAX 15) without marks
    that are left out in typing, Latin letters in ASCII, and what separates words as one
    space. Letters of other scripts stay what they are.
    """
    if text.isascii():
        plain = " ".join(text.lower().translate(_ASCII_NAME).split())
        return plain or text.lower().strip()
    joined = text
    if not _MARKS.isdisjoint(text):
        joined = re.sub(f"[{APOSTROPHES}]", "", text)
    return " ".join(words(joined)) or _plain(text).strip()


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    if text.isascii():
        return text.lower().translate(_ASCII).split()
    folded: list[str] = []
    for word in separate_words(text).split():
        folded += folded_word(word)
    return folded


def separate_words(text: str) -> str:
    """Return a text with a space in place of each character that parts words."""
    if text.isascii():
        return text.translate(_ASCII)
    if text.isalnum() and _MARKS.isdisjoint(text):
        return text
    return _compiled(_PARTS).sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    """Return a mark that belongs to its letter, as a vowel of Thai; else a space."""
    character = match.group()
    is_mark = unicodedata.category(character).startswith("M")
    if is_mark or _compiled(_LEFT_OUT).match(character):
        return character
    return " "


@lru_cache(maxsize=16384)
def folded_word(word: str) -> tuple[str, ...]:
    """Return one word folded; a ligature such as ﷺ may be several."""
    if word.isascii():
        return tuple(words(word))
    if all(map(is_cjk, word)):
        return (unicodedata.normalize("NFKC", word).translate(_KATAKANA),)
    parts = separate_words(_plain(word)).split()
    return tuple(filter(_has_letter, parts))


def _has_letter(part: str) -> bool:
    """Whether a letter or a digit stands in a text, not marks alone."""
    return any(map(str.isalnum, part))


def _plain(text: str) -> str:
    """Return a text folded letter by letter."""
    unmarked = (
        _compiled(_LEFT_OUT).sub("", unicodedata.normalize("NFKD", text)).casefold()
    )
    plain = _compiled(_LEFT_OUT).sub("", unmarked).translate(_LETTERS)
    if not plain.isascii():
        plain = _compiled(_OTHER_LATIN).sub(_in_ascii, plain)
    return unicodedata.normalize("NFC", plain)


def _in_ascii(match: re.Match[str]) -> str:
    """Return a rare Latin letter in ASCII; nothing for a glottal stop."""
    letter = match.group()
    if not unicodedata.name(letter, "").startswith("LATIN"):
        return letter
    from anyascii import anyascii

    return "".join(filter(str.isalnum, anyascii(letter).lower()))


# -- Words as they are searched -------------------------------------------------


def index_text(texts: Iterable[str]) -> str:
    """Return texts as the full-text index takes them; it parts ASCII by itself.

    CJK runs become pairs of characters, and end with their last character alone, so
    that 市 is found in 横浜市 too. A word that nobody asks for keeps a phrase within
    one text.
    """
    return APART.join(map(_in_terms, texts))


def index_names(names: Iterable[str]) -> str:
    """Return names for the full-text index: `Xi'an` as two words and as one."""
    texts = []
    for name in names:
        texts.append(name)
        if not _MARKS.isdisjoint(name):
            texts.append(fold(name))
    return index_text(texts)


def _in_terms(text: str) -> str:
    if text.isascii():
        return text
    return " ".join(_terms(text))


def _terms(text: str) -> list[str]:
    terms: list[str] = []
    for word in words(text):
        terms += _pairs(word)
    return terms


def kind_term(kind: str) -> str:
    """Return the term for a kind in the full-text index, which no text has."""
    return _KIND + kind.replace("-", "")


def query_terms(text: str) -> list[str]:
    """Return the terms that must follow each other in a text that matches.

    The last may be the beginning of one. Where a CJK run is last, its last character
    has no term of its own: it stands in the pair before it.
    """
    terms = _terms(text)
    is_in_pair = len(terms) > 1 and is_cjk(terms[-1]) and terms[-2][1:] == terms[-1]
    if is_in_pair:
        del terms[-1]
    return terms


def is_prefix_of(word: str, term: str) -> bool:
    """Whether a folded word is a term or begins with it; one letter is only itself."""
    return word == term or (is_extensible(term) and word.startswith(term))


def is_extensible(term: str) -> bool:
    """Whether a term may be the beginning of a word: all but a single letter may."""
    return len(term) > 1 or is_cjk(term)


def _pairs(word: str) -> list[str]:
    """Return the terms of a folded word: CJK runs in pairs of characters."""
    terms = []
    for run in script_runs(word):
        if is_cjk(run):
            terms += _windows(run, 2)
            terms.append(run[-1])
        else:
            terms.append(run)
    return terms


def _windows(text: str, length: int) -> list[str]:
    """Return each run of so many characters in a text."""
    return [text[n : n + length] for n in range(len(text) - length + 1)]


def script_runs(word: str) -> list[str]:
    """Return a folded word in runs that are CJK throughout or not at all."""
    if word.isascii():
        return [word]
    return ["".join(run) for _, run in groupby(word, is_cjk)]


def is_cjk(text: str) -> bool:
    """Whether a text begins with Han, kana or Hangul."""
    return text >= "\u3005" and any(first <= text[0] <= last for first, last in _CJK)


# -- Names of kinds ---------------------------------------------------------------


def kind_key(name: str) -> str:
    """Return a name as kinds are compared: a plural that adds an s is the same."""
    return "".join(map(_stem, fold(name).split()))


def _stem(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s").removesuffix("e")


# -- What was probably meant ----------------------------------------------------


def with_edges(folded: str) -> str:
    """Return a folded name with marks at its ends: short ones have trigrams too."""
    return f"$${folded}$"


def trigrams(folded: str) -> list[str]:
    """Return the runs of three characters of a folded name, with marks at its ends."""
    return list(dict.fromkeys(_windows(with_edges(folded), 3)))
