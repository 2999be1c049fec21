"""Text from records as a terminal may have it: visible, harmless, in its encoding."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

# Controls (C0, DEL, C1), bidirectional marks and overrides, line and paragraph
# separators. Of white space only the newline passes, and only where a caller asks for
# lines.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff]"
)

# What typography becomes where the encoding has no place for it.
_PLAIN = {
    "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "·": "-",
    "→": "->", "●": "*", "○": "o", "◆": "*", "◇": "*", "■": "#", "□": "#", "▲": "^",
    "★": "*", "▷": ">", "◁": "<", "◐": "%", "✓": "+", "✚": "+", "│": "|", "┆": ":",
    "─": "-", "█": "#", "▏": "|",
}  # fmt: skip


def docstring(module: ModuleType) -> str:
    """Return the docstring of a module, also under `python -OO`, which drops it."""
    from inspect import cleandoc, getsource

    if module.__doc__ is not None:
        return cleandoc(module.__doc__)
    import ast

    return ast.get_docstring(ast.parse(getsource(module))) or ""


def readable(name: str) -> str:
    """Return the name of a path as text: bytes that are not UTF-8 become U+FFFD."""
    return name.encode(errors="surrogateescape").decode(errors="replace")


def quoted(text: str) -> str:
    """Return a text in single quotes, cut to 60 characters, for a message."""
    return f"'{shortened(text, 60)}'"


def number_of(number: int, singular: str, plural: str | None = None) -> str:
    """Return so many things in words, `1 city` or `3 cities`; the plural has an s."""
    if number == 1:
        return f"1 {singular}"
    return f"{number} {plural or f'{singular}s'}"


def with_article(noun: str) -> str:
    """Return a noun with its article: `an event`."""
    if noun[0] in "aeio":
        return f"an {noun}"
    return f"a {noun}"


def shortened(text: str, longest: int = 200) -> str:
    """Return `text`, cut where it is longer than a message may have it."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 3]}..."


def visible(text: str) -> str:
    """Return `text` with each character that could steer a terminal as its code."""
    if text.isprintable():
        return text
    return re.sub(_UNSAFE, _as_code, text.replace("\n", " "))


def visible_lines(text: str) -> str:
    """Return `text` with the same characters as their codes, but with its lines."""
    return "\n".join(map(visible, text.split("\n")))


def escaped_json(text: str) -> str:
    """Return JSON with those characters as JSON escapes, which mean the same."""
    return re.sub(_UNSAFE, _in_json, text)


def _as_code(match: re.Match[str]) -> str:
    if match.group() == "\t":
        return " "
    return _code(match.group())


def _code(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}"


def _in_json(match: re.Match[str]) -> str:
    if match.group() == "\n":
        return "\n"
    return f"\\u{ord(match.group()):04x}"


def _to_plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = ""
    for character in error.object[error.start : error.end]:
        plain += _PLAIN.get(character, "?")
    return plain, error.end


codecs.register_error("citylinks.plain", _to_plain)
