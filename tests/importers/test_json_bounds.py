"""What JSON of others may not have, in whatever pieces it comes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citylinks.importers.reading.json_bounds import (
    DEEPEST,
    MOST_DIGITS,
    Bounds,
    JsonError,
    look_through,
)

DEEP = DEEPEST + 1
REFUSED = {
    "brackets": (b"[" * DEEP, "nested more than 100 deep"),
    "brackets in thousands": (b"[" * 100_000, "nested more than 100 deep"),
    "objects": (b'{"a":' * DEEP, "nested more than 100 deep"),
    "objects in lists": (b'[{"a":' * DEEP, "nested more than 100 deep"),
    "deep after much that is not": (b"[" + b"[[]]," * 500 + b"[" * DEEP, "nested more"),
    "deep behind brackets in a text": (
        b'{"]]]]\\"]]":' * DEEP,
        "nested more than 100 deep",
    ),
    "digits": (b"[" + b"7" * (MOST_DIGITS + 1) + b"]", "more than 500 digits"),
    "a million digits": (
        b'{"a":-' + b"1234567890" * 100_000 + b"}",
        "more than 500 digits",
    ),
    "a lone first half": (b'["\\ud83d"]', "\\ud83d is half of a character"),
    "a lone second half": (
        b'["\\uDE00, and much else"]',
        "\\uDE00 is half of a character",
    ),
    "two first halves": (
        b'["\\ud83d\\ud83d\\ude00"]',
        "\\ud83d is half of a character",
    ),
    "a half behind a backslash": (b'["\\\\\\ud83d"]', "\\ud83d is half of a character"),
}
TAKEN = {
    "as deep as may be": b"[" * DEEPEST + b"]" * DEEPEST,
    "brackets in texts": b'["' + b"[" * 1000 + b'","' + b"{" * 1000 + b'"]',
    "brackets behind a quote in a text": b'["\\"' + b"[" * 1000 + b'"]',
    "digits in a text": b'["' + b"7" * 5000 + b'"]',
    "a long number": b"[" + b"7" * MOST_DIGITS + b"]",
    "a whole pair": b'["\\ud83d\\ude00"]',
    "no escape at all": b'["\\\\ud83d"]',
    "other escapes": b'["\\u00e9\\n\\ud7ff\\ue000\\uD83D\\uDE00\\\\"]',
}


def in_pieces(raw: bytes, size: int) -> None:
    bounds = Bounds()
    for at in range(0, len(raw), size):
        bounds.look(raw[at : at + size])
    bounds.end()


@pytest.mark.parametrize("size", [1, 2, 5, 11, 64, 1 << 20])
@pytest.mark.parametrize(("raw", "message"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(raw: bytes, message: str, size: int) -> None:
    if "digits" in message and size <= MOST_DIGITS:
        return  # a number in pieces is measured by the parser
    with pytest.raises(JsonError) as caught:
        in_pieces(raw, size)
    assert message in str(caught.value)


@pytest.mark.parametrize("size", [1, 2, 5, 11, 64, 1 << 20])
@pytest.mark.parametrize("raw", TAKEN.values(), ids=TAKEN)
def test_it_is_taken(raw: bytes, size: int) -> None:
    in_pieces(raw, size)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(json_values, st.booleans(), st.integers(1, 40))
def test_what_json_is_made_of_is_taken_in_any_pieces(
    value: object, is_ascii: bool, size: int
) -> None:
    raw = json.dumps(value, ensure_ascii=is_ascii).encode(errors="replace")
    look_through(raw)
    in_pieces(raw, size)
