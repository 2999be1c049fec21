import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citylinks.text import escaped_json, visible

STEERING = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "a\x00b",
    "a\rb",
    "\x7f",
    "\x9b31m",
    "\u202eabc",  # right-to-left override
    "\u2066x\u2069",
    "a\u2028b",
    "\ufeffname",
]


@pytest.mark.parametrize("text", STEERING)
def test_what_could_steer_a_terminal_is_shown_as_its_code(text: str) -> None:
    assert visible(text).isprintable()
    assert "\\" in visible(text)


def test_codes_are_those_of_python() -> None:
    assert visible("\x1b") == "\\x1b"
    assert visible("\u202e") == "\\u202e"


def test_lines_and_tabs_become_spaces() -> None:
    assert visible("one\ntwo\tthree") == "one two three"


def test_any_script_and_rich_markup_pass_as_they_are() -> None:
    for text in ("横浜市", "[bold]Lyon[/bold]", "Łódź", "दिल्ली", "العربية", "\U0001f1ef\U0001f1f5"):
        assert visible(text) == text


@given(st.text())
def test_no_control_passes(text: str) -> None:
    assert not any(
        ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in visible(text)
    )


@given(st.text())
def test_escaped_json_means_the_same(text: str) -> None:
    written = escaped_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert visible(written) == written


def test_an_encoding_without_the_sign_gets_the_nearest_plain_one() -> None:
    text = "Lyon – Yokohama… 横 ■"
    assert text.encode("ascii", errors="citylinks.plain") == b"Lyon - Yokohama... ? #"


def test_what_an_encoding_has_stays() -> None:
    assert "Métropole – 1".encode("latin-1", errors="citylinks.plain") == b"M\xe9tropole - 1"
