"""The two places of `--between US JP`, which people write in more than one way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citylinks.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_BETWEEN = "--between"
_JOINTS = frozenset(("and", "&", "et", "und", "y", "e", "と", "和", "-", "–", "to"))
_JOINT = re.compile(r"[,;、，&/と和–]|\s(?:and|et|und|y|e|to|-)\s")


def read_places(words: Sequence[str]) -> list[str]:
    """Return the words with each place of `--between US JP` after a flag of its own."""
    read: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        flag, equals, value = word.partition("=")
        if word == "--":
            return [*read, word, *left]
        if flag != _BETWEEN:
            read.append(word)
            continue
        if not (equals or left):
            raise UsageError(f"{_BETWEEN} takes two countries or regions: US JP")
        places = _two_places(value if equals else left.pop(0))
        if len(places) == 1 and left[1:] and left[0] in _JOINTS:
            del left[0]
        if len(places) == 1 and left and not left[0].startswith("-"):
            places.append(left.pop(0))
        read += [f"{_BETWEEN}={place}" for place in places]
    return read


def _two_places(text: str) -> list[str]:
    """Return the two places that a text names, or the text where it names one."""
    parts = [part.strip() for part in _JOINT.split(text)]
    if len(parts) != 2 or not all(parts):
        return [text]
    from citylinks.query.places import is_place

    return [text] if is_place(text) else parts
