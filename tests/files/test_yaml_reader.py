from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support import examples

from citylinks.files.yaml_reader import (
    MAX_DEPTH,
    Document,
    Stream,
    _Builder,
    parse_yaml,
)

modest = examples(200)


def stream(text: str) -> Stream:
    return parse_yaml(dedent(text).lstrip("\n"), "a.yaml")


def document(text: str) -> Document:
    parsed = stream(text)
    assert parsed.problems == []
    [only] = parsed.documents
    return only


def problems(text: str) -> list[tuple[str, int, int]]:
    """Return rule, line and column of each problem."""
    return [
        (problem.rule.name, problem.span.line, problem.span.column)
        for problem in parse_yaml(text, "a.yaml").problems
    ]


# --- scalars stay text -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "yes",
        "true",
        "null",
        "~",
        "1959",
        "1959-04-07",
        "12:30",
        "0o7",
        "010",
        "1e3",
        ".inf",
    ],
)
def test_scalars_stay_what_was_written(written: str) -> None:
    assert document(f"a: {written}\n{written}: [{written}]\n").data == {
        "a": written,
        written: [written],
    }


def test_what_is_not_written_is_empty_text() -> None:
    assert document("a:\nb: ''\nc: [x, '']\n").data == {
        "a": "",
        "b": "",
        "c": ["x", ""],
    }


def test_block_and_quoted_scalars() -> None:
    text = """
        folded: >-
          two
          lines
        kept: |
          two
          lines
        quoted: "a\\tb # no comment"  # a comment
        """
    assert document(text).data == {
        "folded": "two lines",
        "kept": "two\nlines\n",
        "quoted": "a\tb # no comment",
    }


# --- places ------------------------------------------------------------------------------------

NESTED = """
    # a comment
    name: Lyon
    names:
      fr: Lyon
      ja: リヨン
    agreements:
      - kind: twinning
        signed: 1959
      - {kind: protocol, parties: [lyon, "横浜", kobe]}
    """


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("name",), (2, 1), (2, 7)),
        (("names",), (3, 1), (4, 3)),
        (("names", "ja"), (5, 3), (5, 7)),
        (("agreements", 0, "signed"), (8, 5), (8, 13)),
        (("agreements", 1, "kind"), (9, 6), (9, 12)),
        (("agreements", 1, "parties"), (9, 22), (9, 31)),
    ],
)
def test_place_of_a_key_and_of_its_value(
    path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]
) -> None:
    parsed = document(NESTED)
    assert parsed.key_span(*path)[1:] == key
    assert parsed.span(*path)[1:] == value


def test_place_of_an_item_counts_characters() -> None:
    parsed = document(NESTED)
    assert parsed.span("agreements", 1, "parties", 2)[1:] == (9, 44)
    assert parsed.key_span("agreements", 1)[1:] == (9, 5), (
        "an item has no key: its value's place"
    )


def test_what_is_missing_stands_where_it_would() -> None:
    parsed = document(NESTED)
    assert parsed.span("agreements", 0, "title")[1:] == (7, 5)
    assert parsed.span("agreements", 7, "title")[1:] == (7, 3)
    assert parsed.span("nothing")[1:] == (2, 1)
    assert parsed.span()[1:] == (2, 1)
    assert parsed.span("name") == ("a.yaml", 2, 7)


def test_places_in_a_stream() -> None:
    first, second, third = stream(
        "a: 1\n---\na: 2\n...\n---\n# note\n- a\n- b: 3\n"
    ).documents
    assert [first.is_explicit, second.is_explicit, third.is_explicit] == [
        False,
        True,
        True,
    ]
    assert [first.number, second.number, third.number] == [0, 1, 2]
    assert (first.span("a")[1:], second.span("a")[1:]) == ((1, 4), (3, 4))
    assert third.span(1, "b")[1:] == (8, 6)


def test_lines_are_those_of_an_editor() -> None:
    """Only line feeds, with or without carriage returns, end lines: YAML 1.2, section
    5.4.
    """
    assert document("a: 1\r\nb: 2\r\n").span("b")[1:] == (2, 4)
    assert document('a: "x\u2028y\u2029z"\nb: 2\n').span("b")[1:] == (2, 4)
    assert document('a: "x\u0085y"\nb: 2\n').span("b")[1:] == (2, 4)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
        ("a: {b: 1, b: 2}\n", [("duplicate-key", 1, 11)]),
        ("a: 1\na: 2\na: 3\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 1)]),
        ("a: 1\n'a': 2\n", [("duplicate-key", 2, 1)]),
        ("- a: 1\n- a: 2\n", []),
        ("a: &x 1\n", [("yaml-feature", 1, 4)]),
        ("a: *x\n", [("yaml-feature", 1, 4)]),
        ("*x : a\n", [("yaml-feature", 1, 1)]),
        ("a: !!int 1\n", [("yaml-feature", 1, 4)]),
        ("a: !x [1]\n", [("yaml-feature", 1, 4)]),
        ("[a]: 1\n", [("yaml-feature", 1, 1)]),
        ("a: 1\n? {b: c}\n: d\n", [("yaml-feature", 2, 3)]),
        ("\ufeffa: 1\n", [("byte-order-mark", 1, 1)]),
        ("a:\n\tb: 1\n", [("tab", 2, 1)]),
        ("\ta: 1\n", [("tab", 1, 1)]),
        ("a: b: c\n", [("yaml-syntax", 1, 5)]),
        ("a: @b\n", [("yaml-syntax", 1, 4)]),
        ("a: [b\n", [("yaml-syntax", 2, 1)]),
        ("a: b\nc: 横浜\x07\n", [("yaml-syntax", 2, 6)]),
        ("a: 😀\0\n", [("yaml-syntax", 1, 5)]),
        ("a: \ud800\n", [("yaml-syntax", 1, 4)]),
    ],
)
def test_what_is_refused_and_where(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert problems(text) == expected


def test_a_document_that_an_error_may_have_cut_is_broken() -> None:
    """An outdented line ends a document for YAML; what follows was meant to be of it."""
    assert parse_yaml("  a: 1\nb: 2\n", "a.yaml").broken == {0}
    assert parse_yaml("a: 1\n---\n  b: 2\nc: 3\n", "a.yaml").broken == {1}
    assert parse_yaml("a\nb: c\n", "a.yaml").broken == {0}
    assert parse_yaml("a: 1\n...\n@", "a.yaml").broken == set()
    assert parse_yaml("a: 1\n---\n@", "a.yaml").broken == set()


@pytest.mark.parametrize("size", [1, 4094, 4095, 4096, 4097, 9000])
def test_places_are_right_at_any_length(size: int) -> None:
    text = "#" * size + "\n" + "# b\n" * 3000 + "a: [" + "x, " * 3000 + "y]\n"
    parsed = parse_yaml(text, "a.yaml").documents[0]
    assert parsed.span("a", 3000)[1:] == (3002, 4 + 9000 + 1)
    assert parsed.written.place(size) == (1, size + 1)
    assert parsed.written.place(size + 1) == (2, 1)
    assert parsed.written.place(len(text)) == (3003, 1)


def test_a_byte_order_mark_moves_no_column() -> None:
    assert parse_yaml("\ufeffa: 1\n", "a.yaml").documents[0].span("a")[1:] == (1, 4)


def test_a_word_may_hold_what_looks_like_a_feature() -> None:
    assert document("a: x & y * z !\nb: '*x'\nc: \"&x !y\"\n").data["b"] == "*x"


OPENINGS = {  # what opens one level, and what closes it
    "[": "]",
    "{a: ": "}",
    "- ": "",
    "[ ": " ]",
    "[\n": "]",
    "['b', ": "]",
    '["[[[[", ': "]",
    "{a: '{', b: ": "}",
}


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 1_001, 100_000])
def test_depth_is_bounded(opening: str, levels: int) -> None:
    closing = OPENINGS[opening]
    newlines, text = opening.count("\n"), opening * levels
    place = (1 + MAX_DEPTH, 1) if newlines else (1, MAX_DEPTH * len(opening) + 1)
    assert problems(text) == [("too-deep", *place)]
    assert problems(f"{text}x{closing * levels}") == [("too-deep", *place)]
    assert problems(opening * MAX_DEPTH + "x" + closing * MAX_DEPTH) == []


BEFORE = [
    "",
    "a: ",
    "a: 1\nb:\n  - c: ",
    "x\n---\n",
    "'[[[['\n---\n",
    f"#{'x' * 9_000}\n",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(
    ("brackets", "rule"),
    [("[", "too-deep"), ("[{", "yaml-feature"), ("{{[", "yaml-feature")],
)
def test_a_thousand_brackets_are_refused_by_a_rule(
    before: str, brackets: str, rule: str
) -> None:
    """The limit of libyaml is never the one that is told."""
    assert [name for name, *_ in problems(before + brackets * 1_000)] == [rule]


@pytest.mark.parametrize("fault", ["@", "\x07", "*", "]]]]}", '"', "\n\t- "])
def test_a_fault_further_on_does_not_hide_the_depth(fault: str) -> None:
    assert problems("a: " + "[" * 40 + fault) == [("too-deep", 1, 3 + MAX_DEPTH)]


@pytest.mark.parametrize(
    "text", ["[" * 40 + "]" * 40, "a: {b: " + "[" * 40, "[" * 2_000]
)
def test_our_bound_comes_before_that_of_libyaml(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Releases of libyaml differ in how deep they go: here is one that looks at all the
    text.
    """

    class Strict(yaml.CSafeLoader):
        def __init__(self, stream: str) -> None:
            super().__init__(stream)
            self.refuses = stream.count("[") + stream.count("{") > MAX_DEPTH + 1

        def get_event(self) -> Any:
            if self.refuses:
                raise yaml.YAMLError("nested too deeply for me")
            return super().get_event()

    monkeypatch.setattr("yaml.CSafeLoader", Strict)
    assert [rule for rule, *_ in problems(text)] == ["too-deep"]


def test_an_empty_text_holds_no_document() -> None:
    for text in ("", "\n\n", "# a comment\n"):
        assert parse_yaml(text, "a.yaml").documents == []
        assert problems(text) == []


# --- any text, any data ------------------------------------------------------------------------

yamlish = st.text(
    st.sampled_from("ab:-[]{}?,&*!|>'\"#%@ \t\n\r~.\0\x85\u2028\ufeff\ud800é横")
)


@given(st.one_of(st.text(), yamlish))
@modest
def test_no_text_raises(text: str) -> None:
    parsed = parse_yaml(text, "a.yaml")
    for problem in parsed.problems:
        assert problem.span.line >= 1
        assert problem.span.column >= 1
        assert problem.span.line <= len(text.splitlines()) + 1
    for each in parsed.documents:
        assert each.span().line >= 1
        json.dumps(each.data)


pieces = st.lists(
    st.sampled_from(["a: ", "b: ", "- ", "\n", "  ", "{", "}", "[", "]", ", ", "x", "'x'", "&y ",
                     "*y", "!z ", "? ", "---\n", "...\n", "|\n", "横"]),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(pieces, yamlish))
@modest
def test_the_short_way_says_what_the_long_one_says(text: str) -> None:
    parsed = parse_yaml(text, "a.yaml")
    careful = Stream(parsed.written)
    _Builder(careful).run()
    assert [each[:3] for each in parsed.documents] == [
        each[:3] for each in careful.documents
    ]
    assert [
        p for p in parsed.problems if p.rule.name != "byte-order-mark"
    ] == careful.problems
    assert (parsed.broken, parsed.is_complete) == (careful.broken, careful.is_complete)


written_text = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"
    ),
    max_size=20,
)
nested: st.SearchStrategy[Any] = st.recursive(
    written_text,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(written_text, inner, max_size=4)
    ),
    max_leaves=15,
)


@given(nested, st.booleans())
@modest
def test_data_comes_back_as_it_was_written(data: Any, is_flow: bool) -> None:
    text = yaml.safe_dump(
        data, allow_unicode=True, default_flow_style=is_flow, default_style='"'
    )
    text = text.replace("!!str ", "")
    parsed = parse_yaml(text, "a.yaml")
    assert parsed.problems == []
    assert [each.data for each in parsed.documents] == [data]


@given(nested)
@modest
def test_json_is_read_as_yaml(data: Any) -> None:
    parsed = parse_yaml(json.dumps(data, ensure_ascii=False), "a.json")
    assert parsed.problems == []
    assert [each.data for each in parsed.documents] == [data]


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, unique=True))
@modest
def test_every_value_is_found_where_it_stands(names: list[str]) -> None:
    lines = [f"{name}: {{inner: [x, {name}]}}" for name in names]
    only = document("\n".join(lines) + "\n")
    for number, name in enumerate(names):
        span = only.span(name, "inner", 1)
        assert span.line == number + 1
        assert lines[number][span.column - 1 :].startswith(name)


# --- how it is mended --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "mending"),
    [
        ("a: b: c\n", 1, "put quotes around a text that contains ': '"),
        ("a: x\nb: 'y\nc: z\n", 2, "close the quotes that are opened here"),
        (
            "a: 'it's'\n",
            1,
            "indent the keys of one mapping equally; in quotes, write '' for '",
        ),
        (
            "a: [1, 2\nb: 3\n",
            2,
            "close the bracket, or put quotes around a text with commas",
        ),
        ("a: @x\n", 1, "put quotes around a text that begins so"),
        ("a: }\n", 1, "put quotes around a text that begins with a bracket"),
        (
            "a: |\n  x\nb\n",
            4,
            "a key ends in ': '; the lines of a long text are indented",
        ),
        ('a: "\\q"\n', 1, "use single quotes, in which a backslash is a backslash"),
        ("a: x\x07\n", 1, "remove the character"),
        ("a: - b\n", 1, "begin the list on the next line"),
        ("a:\n\tb: c\n", 2, "indent with spaces"),
    ],
)
def test_how_what_is_not_yaml_is_mended(text: str, line: int, mending: str) -> None:
    [problem] = parse_yaml(text, "a.yaml").problems
    assert (problem.span.line, problem.help) == (line, mending)
