"""Names as they are compared: case, accents, width and punctuation set aside."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Marks that a reader leaves out when typing. Marks that make another letter, such as the
# Japanese voicing mark or the vowels of Indic scripts and Thai, are not among them.
_OPTIONAL_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the form in which `text` is compared: `Łódź`, `SÃO PAULO` → `łodz`, `sao paulo`.

    Compatibility decomposition and case folding (Unicode 3.13, UAX 15), with what separates
    words reduced to one space. Different letters stay different.
    """
    unmarked = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", text))
    folded = unicodedata.normalize("NFC", _OPTIONAL_MARKS.sub("", unmarked.casefold()))
    return _BETWEEN_WORDS.sub(" ", folded).strip() or folded.strip()


def nearest(text: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Return up to `count` of `known` that `text` was probably meant to be, the likeliest first."""
    by_fold = {fold(name): name for name in known}
    close = get_close_matches(fold(text)[:80], by_fold, n=count, cutoff=0.6)
    return [by_fold[key] for key in close]


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where one of `known` is near, and nothing otherwise."""
    found = nearest(text, known)
    return f"; did you mean '{found[0]}'?" if found else ""
