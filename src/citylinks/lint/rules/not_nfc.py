r"""A name is in Unicode NFC.

`ã` can be one character, or an `a` with a tilde laid over it. They look alike but are
not equal: a search, a sort or a comparison in another program finds only one of them.
NFC, the composed form, is what keyboards write and the web expects; file names copied
on macOS are often in the other form. The rule applies to names, aliases, titles and
labels.

Bad:

    # cities/sao-paulo.yaml
    name: "Sa\u0303o Paulo"

Good:

    # cities/sao-paulo.yaml
    name: São Paulo
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

NAMES = frozenset(("name", "names", "aliases", "title", "label", "labels"))


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the names that are not in NFC."""
    if record.written.isascii() or unicodedata.is_normalized("NFC", record.written):
        return
    for path, text in _names(record.body, (), is_name=False):
        if not unicodedata.is_normalized("NFC", text):
            composed = unicodedata.normalize("NFC", text)
            message = f"'{composed}' is written with {_difference(text, composed)}"
            yield RuleFinding(path, message, "write it in Unicode NFC")


def _names(value: Any, path: Path, *, is_name: bool) -> Iterator[tuple[Path, str]]:
    """Yield the texts that are names: the values of the keys of NAMES."""
    if isinstance(value, str):
        if is_name:
            yield path, value
    elif isinstance(value, dict):
        is_named = path[-1:] in {("names",), ("labels",)}
        for key, part in value.items():
            yield from _names(part, (*path, key), is_name=is_named or key in NAMES)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _names(part, (*path, number), is_name=is_name)


def _difference(text: str, composed: str) -> str:
    """Return the first characters that are not in NFC: `U+0061 U+0303 for 'ã'`."""
    same = 0
    for character, other in zip(text, composed, strict=False):
        if character != other:
            break
        same += 1
    rest = text[same:]
    characters = rest[:1]
    for character in rest[1:]:
        if not unicodedata.combining(character):
            break
        characters += character
    codes = " ".join(f"U+{ord(character):04X}" for character in characters)
    return f"{codes} for '{unicodedata.normalize('NFC', characters)}'"
