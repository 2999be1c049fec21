import ast
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citylinks
from citylinks.text.safe import escaped_json, number_of, visible

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
    for text in (
        "横浜市",
        "[bold]Lyon[/bold]",
        "Łódź",
        "दिल्ली",
        "العربية",
        "\U0001f1ef\U0001f1f5",
    ):
        assert visible(text) == text


@given(st.text())
def test_no_control_passes(text: str) -> None:
    assert not any(
        ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E
        for c in visible(text)
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
    assert (
        "Métropole – 1".encode("latin-1", errors="citylinks.plain")
        == b"M\xe9tropole - 1"
    )


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (100_000, "100000 rows")],
)
def test_a_number_goes_with_its_noun(number: int, expected: str) -> None:
    assert number_of(number, "row") == expected


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert [number_of(n, "city", "cities") for n in (1, 2)] == ["1 city", "2 cities"]


NOUNS = {"agreements", "cells", "characters", "chains", "cities", "columns", "errors", "events",
         "files", "lines", "members", "names", "partnerships", "people", "problems", "reasons",
         "records", "results", "rows", "rules", "sources", "steps", "ties", "values", "warnings",
         "words", "years"}  # fmt: skip
# What is counted there is never one: (file, noun).
SEVERAL = {
    ("files/diagnostics.py", "problems"),
    ("importers/tables/source_table.py", "columns"),
    ("importers/tables/source_table.py", "lines"),
    ("files/loader.py", "records"),
    ("files/loader.py", "values"),
    ("questions/anniversaries.py", "years"),
    ("questions/search_words.py", "characters"),
    ("questions/shared_partnership.py", "partnerships"),
    ("questions/search_words.py", "words"),
    ("lint/rules/long_quotation.py", "characters"),
    ("lint/rules/long_title.py", "columns"),
    ("views/pages/anniversaries.py", "years"),
    ("views/pages/path.py", "chains"),
    ("views/pages/path.py", "steps"),
}


def numbers_with_nouns(tree: ast.AST) -> Iterator[str]:
    """Yield each plural that follows a value in an f-string, with or without `more`
    before it.
    """
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        for value, text in itertools.pairwise(parts):
            if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
                words = str(text.value).removeprefix(" more").split(" ")
                noun = (
                    words[1].rstrip(",.;:") if len(words) > 1 and not words[0] else ""
                )
                if noun in NOUNS:
                    yield noun


def test_no_message_counts_but_with_its_noun() -> None:
    package = Path(citylinks.__file__).parent
    counted = {
        (path.relative_to(package).as_posix(), noun)
        for path in package.rglob("*.py")
        for noun in numbers_with_nouns(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert counted == SEVERAL
