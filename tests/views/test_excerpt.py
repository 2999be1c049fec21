"""The line with the caret: under the very character, whatever stands before it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from citylinks.text.safe import visible
from citylinks.views.excerpt import CUT, cut_excerpt

ODD = st.text(st.sampled_from("ab 横浜\u0301\t\x07é,:"), max_size=120)


@pytest.mark.parametrize(
    ("line", "column", "text", "before"),
    [
        ("level: town", 8, "level: town", 7),
        ("横浜: town", 5, "横浜: town", 6),
        ("cafe\u0301: town", 8, "cafe\u0301: town", 6),
        ("a:\ttown", 4, "a: town", 3),
        ("\x07: town", 4, "\\x07: town", 6),
        ("town", 5, "town", 4),
        ("town", 90, "town", 4),
        ("", 1, "", 0),
    ],
)
def test_the_caret_stands_under_the_character(
    line: str, column: int, text: str, before: int
) -> None:
    assert cut_excerpt(line, column, 40) == (text, before)


@pytest.mark.parametrize(
    ("column", "text", "before"),
    [(1, "0123456789012345678" + CUT, 0), (31, CUT + "012345678901234567" + CUT, 11),
     (60, CUT + "90123456789", 11)],
)  # fmt: skip
def test_of_a_long_line_what_is_around_is_shown(
    column: int, text: str, before: int
) -> None:
    assert cut_excerpt("0123456789" * 6, column, 20) == (text, before)


@given(ODD, st.integers(1, 130), st.integers(10, 60))
@example(":::::::::\x07", 10, 10)
def test_an_excerpt_fits_and_points_at_its_character(
    line: str, column: int, room: int
) -> None:
    excerpt = cut_excerpt(line, column, room)
    assert excerpt.caret <= room
    assert cell_len(excerpt.text) <= room + len("\\x07")
    if column <= len(line):
        pointed = visible(line[column - 1])
        rests = [
            excerpt.text[at:]
            for at in range(len(excerpt.text) + 1)
            if cell_len(excerpt.text[:at]) == excerpt.caret
        ]
        assert any(rest.startswith(pointed) for rest in rests)


def test_a_line_of_a_million_characters_is_cut_at_once() -> None:
    for character in ("a", "横", "\u0301"):
        excerpt = cut_excerpt(character * 1_000_000, 500_000, 80)
        assert len(excerpt.text) <= 170
