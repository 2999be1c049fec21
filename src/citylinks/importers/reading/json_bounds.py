"""The bounds of foreign JSON: lists within lists without end, half a character, ...

A parser would fill the memory with such JSON, or make something else of it without a
word. So the bytes are looked through before a parser has them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import accumulate
from typing import Any

from citylinks.text.safe import quoted

DEEPEST = 100  # lists and objects within each other; an entity of Wikidata has 14
MOST_DIGITS = 500  # of one number

# As far as every escape is whole and no half of a surrogate pair stands alone.
_WELL = re.compile(
    rb"(?:[^\\]++"
    rb"|\\[^u]"
    rb"|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
    rb"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb")*+",
    re.DOTALL,
)
_HALF = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_LONGEST_ESCAPE = 12
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_TEXT = re.compile(rb'"[^"]*"')
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
_MANY_DIGITS = b"0" * (MOST_DIGITS + 1)
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_ALL_BUT_MARKS = bytes(set(range(256)) - {*_STEPS, ord('"')})


class JsonError(ValueError):
    """What is wrong with JSON, in words."""


class Bounds:
    """Looks through one JSON text, piece by piece; raises JsonError."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_in_text = False
        self._depth = 0

    def look(self, piece: bytes) -> None:
        """Look through the next piece."""
        raw = self._rest + piece
        whole = len(raw)
        if b"\\" in raw:
            whole = _WELL.match(raw).end()  # type: ignore[union-attr]
        if _HALF.match(raw, whole) and len(raw) - whole >= _LONGEST_ESCAPE:
            raise _half(raw, whole)
        self._rest = b""
        if len(raw) - whole < _LONGEST_ESCAPE:  # an escape may be cut here
            raw, self._rest = raw[:whole], raw[whole:]
        if b"\\" in raw:
            raw = _ESCAPE.sub(b"", raw)
        self._look_at(raw)

    def end(self) -> None:
        """Look at what waited for more to come."""
        if _HALF.match(self._rest):
            raise _half(self._rest, 0)

    def _look_at(self, raw: bytes) -> None:
        """Look for numbers and brackets outside texts, in bytes without escapes."""
        before = b'"' if self._is_in_text else b""
        zeros = raw.translate(_DIGITS_AS_ZEROS)
        if _MANY_DIGITS in zeros and _MANY_DIGITS in _TEXT.sub(b"", before + zeros):
            raise JsonError(f"a number has more than {MOST_DIGITS} digits")
        marks = (before + raw).translate(None, _ALL_BUT_MARKS).replace(b'""', b"")
        bare, quote, _ = _TEXT.sub(b"", marks).partition(b'"')
        self._is_in_text = bool(quote)
        steps = [_STEPS[bracket] for bracket in bare]
        deepest = self._depth + max(accumulate(steps), default=0)
        self._depth += sum(steps)
        if deepest > DEEPEST:
            raise JsonError(f"lists and objects are nested more than {DEEPEST} deep")


def look_through(raw: bytes) -> None:
    """Look through a whole JSON text; raises JsonError."""
    bounds = Bounds()
    bounds.look(raw)
    bounds.end()


def refuse_constant(word: str) -> Any:
    """Refuse NaN and Infinity, which Python reads and JSON has not."""
    raise JsonError(f"{word} is not a JSON number; write null where there is no value")


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of its keys and values, of which no key may stand twice."""
    keys = dict(pairs)
    if len(keys) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        raise repeated_key_error(counted.most_common(1)[0][0])
    return keys


_with_numbers = json.JSONDecoder(
    object_pairs_hook=unique_keys, parse_constant=refuse_constant
).decode
_with_texts = json.JSONDecoder(
    object_pairs_hook=unique_keys,
    parse_float=str,
    parse_int=str,
    parse_constant=refuse_constant,
).decode


def parse_json(raw: bytes, *, numbers_as_texts: bool = False) -> Any:
    """Return the value of a JSON text in UTF-8, within the bounds.

    Numbers stay as they are written if that is asked for. Raises JsonError,
    `json.JSONDecodeError` or UnicodeDecodeError.
    """
    look_through(raw)
    decode = _with_texts if numbers_as_texts else _with_numbers
    return decode(raw.decode())


class KeyNoter(dict[str, Any]):
    """An object that is filled key by key, and notes a key that stands twice.

    It raises nothing, since the parser that fills it would not stop.
    """

    def __init__(self, twice: list[str]) -> None:
        super().__init__()
        self._twice = twice

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self:
            self._twice.append(key)
        super().__setitem__(key, value)


def repeated_key_error(key: str) -> JsonError:
    """Return the error about a key that stands twice."""
    return JsonError(f"the key {quoted(key)} is given twice in one object")


def _half(raw: bytes, at: int) -> JsonError:
    half = raw[at : at + 6].decode()
    return JsonError(f"{half} is half of a character (a lone surrogate)")
