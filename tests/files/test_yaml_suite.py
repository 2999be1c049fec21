"""Documents in the manner of the YAML test suite: what a record may use, and what it
may not.

Each is a text with the data that it means, or with rule, line and column of each of its
problems. References are to sections of YAML 1.2.2; libyaml reads YAML 1.1, and where
that is another thing the case says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from citylinks.files.yaml_reader import parse_yaml

MEANS: dict[str, tuple[str, list[Any]]] = {
    # 2.1 Collections
    "a list": ("- a\n- b\n", [["a", "b"]]),
    "a mapping": ("a: 1\nb: 2\n", [{"a": "1", "b": "2"}]),
    "a mapping of lists": ("a:\n  - x\n  - y\nb:\n- z\n", [{"a": ["x", "y"], "b": ["z"]}]),
    "a list of mappings": ("-\n  a: 1\n- a: 2\n  b: 3\n", [[{"a": "1"}, {"a": "2", "b": "3"}]]),
    "a list in a list": ("- - a\n  - b\n- c\n", [[["a", "b"], "c"]]),
    "flow in block": ("a: [x, {y: z}]\nb: {c: d}\n", [{"a": ["x", {"y": "z"}], "b": {"c": "d"}}]),
    "flow over lines": ("a: [x,\n  y,\n  z,\n  ]\n", [{"a": ["x", "y", "z"]}]),
    "a pair in a flow list": ("[a: 1, b]\n", [[{"a": "1"}, "b"]]),
    "empty flow": ("a: []\nb: {}\n", [{"a": [], "b": {}}]),
    # 2.2, 9 Documents
    "two documents": ("a: 1\n---\nb: 2\n", [{"a": "1"}, {"b": "2"}]),
    "ended documents": ("---\na: 1\n...\n---\nb: 2\n...\n", [{"a": "1"}, {"b": "2"}]),
    "an empty document": ("--- \n---\na: 1\n", ["", {"a": "1"}]),
    "a word beside the mark": ("--- a\n", ["a"]),
    "a list below the mark": ("---\n- a\n", [["a"]]),
    "the version that is known": ("%YAML 1.1\n---\na: 1\n", [{"a": "1"}]),
    "the version of today": ("%YAML 1.2\n---\na: 1\n", [{"a": "1"}]),
    # 6 Structure
    "comments": ("# one\na: 1 # two\n  # three\nb: # four\n  2\n", [{"a": "1", "b": "2"}]),
    "what is no comment": ("a: b#c\nd: '# e'\n", [{"a": "b#c", "d": "# e"}]),
    "comments only": ("# one\n\n# two\n", []),
    "blank lines": ("\n\na: 1\n\n\nb: 2\n\n", [{"a": "1", "b": "2"}]),
    "spaces at the end of lines": ("a: 1   \nb:   \n  2  \n", [{"a": "1", "b": "2"}]),
    "no line feed at the end": ("a: 1", [{"a": "1"}]),
    "CR LF": ("a: 1\r\nb: >\r\n  c\r\n  d\r\n", [{"a": "1", "b": "c d\n"}]),
    "CR alone": ("a: 1\rb: 2\r", [{"a": "1", "b": "2"}]),
    "a wide indentation": ("a:\n        b: 1\n        c: 2\n", [{"a": {"b": "1", "c": "2"}}]),
    "a tab between key and value": ("a:\t1\n", [{"a": "1"}]),
    "a tab before a comment": ("a: 1\t# b\n", [{"a": "1"}]),
    # 7.3 Flow scalars
    "plain": ("a: b c; d\n", [{"a": "b c; d"}]),
    "plain over lines": ("a: b\n  c\n\n  d\n", [{"a": "b c\nd"}]),
    "plain with marks inside": ("a: b-c?d:e\nf: ::g\n", [{"a": "b-c?d:e", "f": "::g"}]),
    "plain with an apostrophe": ("a: Côte d'Ivoire\n", [{"a": "Côte d'Ivoire"}]),
    "an address": ("a: https://example.org/?b=c#d\n", [{"a": "https://example.org/?b=c#d"}]),
    "single quotes": ("a: 'it''s'\nb: '\\n'\n", [{"a": "it's", "b": "\\n"}]),
    "single quotes over lines": ("a: 'b\n  c\n\n  d'\n", [{"a": "b c\nd"}]),
    "double quotes": ('a: "\\x41\\u0042\\U00000043 \\"d\\" \\\\"\n', [{"a": 'ABC "d" \\'}]),
    "double quotes over lines": ('a: "b\n  c \\\n  d"\n', [{"a": "b c d"}]),
    "escaped line ends": ('a: "b\\nc\\td\\_e"\n', [{"a": "b\nc\td\u00a0e"}]),
    "empty quotes": ("a: ''\nb: \"\"\n", [{"a": "", "b": ""}]),
    "quoted keys": ("'a': 1\n\"b c\": 2\n", [{"a": "1", "b c": "2"}]),
    "JSON": ('{"a": ["b", {"c": "d"}], "e": 1}\n', [{"a": ["b", {"c": "d"}], "e": "1"}]),
    "JSON without spaces": ('{"a":"b","c":["d","e"]}\n', [{"a": "b", "c": ["d", "e"]}]),
    # 8.1 Block scalars
    "literal": ("a: |\n  b\n   c\n\n  d\n", [{"a": "b\n c\n\nd\n"}]),
    "literal, stripped": ("a: |-\n  b\n  c\n\n", [{"a": "b\nc"}]),
    "literal, kept": ("a: |+\n  b\n\n\nc: d\n", [{"a": "b\n\n\n", "c": "d"}]),
    "literal, indented by its word": ("a: |2\n    b\n  c\n", [{"a": "  b\nc\n"}]),
    "literal, both words": ("a: |1-\n  b\n c\n", [{"a": " b\nc"}]),
    "folded": ("a: >\n  b\n  c\n\n  d\n", [{"a": "b c\nd\n"}]),
    "folded, with an indented line": ("a: >\n  b\n    c\n  d\n", [{"a": "b\n  c\nd\n"}]),
    "folded, stripped": ("a: >-\n  b\n  c\n", [{"a": "b c"}]),
    "a block scalar with what looks like YAML": ("a: |\n  b: [c\n  # d\n", [{"a": "b: [c\n# d\n"}]),
    "a block scalar with a comment beside": ("a: | # b\n  c\n", [{"a": "c\n"}]),
    "an empty block scalar": ("a: |\nb: >-\n", [{"a": "", "b": ""}]),
    # 10.2 Words that other schemas take for something else
    "no booleans": ("a: yes\nb: NO\nc: on\n", [{"a": "yes", "b": "NO", "c": "on"}]),
    "no nulls": ("a: ~\nb: null\n", [{"a": "~", "b": "null"}]),
    "no numbers": ("a: 0o14\nb: 1_000\nc: 1:20\n", [{"a": "0o14", "b": "1_000", "c": "1:20"}]),
    "no merging": ("<<: {a: 1}\nb: 2\n", [{"<<": {"a": "1"}, "b": "2"}]),
    "an explicit plain key": ("? a\n: 1\n? b\n", [{"a": "1", "b": ""}]),
    "a key with spaces and colons": ("a b:c: 1\n", [{"a b:c": "1"}]),
    "no Unicode is folded": ("é: 1\ne\u0301: 2\n", [{"é": "1", "e\u0301": "2"}]),
    "a character beyond the first plane": ('a: 𠮷 "\U0001f600"\n', [{"a": '𠮷 "\U0001f600"'}]),
}  # fmt: skip

Told = list[tuple[str, int, int]]
REFUSED: dict[str, tuple[str, Told]] = {
    # 3.2.2.2, 6.9 Anchors, aliases and tags
    "an anchor": ("a: &b c\n", [("yaml-feature", 1, 4)]),
    "an anchor on a list": ("a: &b\n  - c\n", [("yaml-feature", 1, 4)]),
    "an anchor on a key": ("&a b: c\n", [("yaml-feature", 1, 1)]),
    "an alias": ("a: &b c\nd: *b\n", [("yaml-feature", 1, 4), ("yaml-feature", 2, 4)]),
    "merging with an alias": ("<<: *a\nb: 2\n", [("yaml-feature", 1, 5)]),
    "a tag of YAML": ("a: !!str b\n", [("yaml-feature", 1, 4)]),
    "a tag of one's own": ("a: !b c\n", [("yaml-feature", 1, 4)]),
    "a tag in full": ("a: !<tag:example.org,2000:b> c\n", [("yaml-feature", 1, 4)]),
    "the tag that says nothing": ("a: ! b\n", [("yaml-feature", 1, 4)]),
    "a set": ("!!set\n? a\n? b\n", [("yaml-feature", 1, 1)]),
    "an ordered mapping": ("--- !!omap\n- a: 1\n", [("yaml-feature", 1, 5)]),
    "binary": ("a: !!binary |\n  R0lGODlh\n", [("yaml-feature", 1, 4)]),
    "a Python object": (
        'a: !!python/object/apply:os.system ["true"]\n', [("yaml-feature", 1, 4)]
    ),
    "a handle that is declared": ("%TAG !e! tag:e.org:\n---\n!e!a b\n", [("yaml-feature", 3, 1)]),
    "a handle that is not": ("!e!a b\n", [("yaml-syntax", 1, 1)]),
    # 7.4, 8.2 Keys
    "a list as key": ("? [a]\n: b\n", [("yaml-feature", 1, 3)]),
    "a mapping as key": ("? a: b\n: c\n", [("yaml-feature", 1, 3)]),
    "a list as key in a flow mapping": ("{[a]: b}\n", [("yaml-feature", 1, 2)]),
    "a key without text, which YAML knows": (": 1\n", [("yaml-syntax", 1, 1)]),
    "a key over two lines": ("a\nb: c\n", [("yaml-syntax", 2, 2)]),
    "a key of more than 1024 characters": (f"{'a' * 1025}: b\n", [("yaml-syntax", 1, 1026)]),
    "a key given twice": ("a: 1\nb: 2\n'a': 3\n", [("duplicate-key", 3, 1)]),
    "a key given twice, escaped": ('a: 1\n"\\x61": 2\n', [("duplicate-key", 2, 1)]),
    "merging twice": ("<<: {a: 1}\n<<: {b: 1}\n", [("duplicate-key", 2, 1)]),
    # 5, 6 Characters and structure
    "a tab as indentation": ("a:\n\tb: 1\n", [("tab", 2, 1)]),
    "a byte-order mark": ("\ufeffa: 1\n", [("byte-order-mark", 1, 1)]),
    "NUL": ("a: \0\n", [("yaml-syntax", 1, 4)]),
    "a control character": ("a: \x07\n", [("yaml-syntax", 1, 4)]),
    "half of a surrogate pair, escaped": ('a: "\\ud800"\n', [("yaml-syntax", 1, 7)]),
    "a pair of surrogates, which JSON may have": ('a: "\\ud83d\\ude00"\n', [("yaml-syntax", 1, 7)]),
    "beyond Unicode, escaped": ('a: "\\U00110000"\n', [("yaml-syntax", 1, 7)]),
    "an unknown escape": ('a: "\\d"\n', [("yaml-syntax", 1, 5)]),
    "an outdented line": ("a:\n    b: 1\n  c: 2\n", [("yaml-syntax", 3, 3)]),
    "a mapping in a plain value": ("a: b: c\n", [("yaml-syntax", 1, 5)]),
    "a list beside a key": ("a: - b\n", [("yaml-syntax", 1, 4)]),
    "a reserved character": ("a: @b\n", [("yaml-syntax", 1, 4)]),
    "an unclosed list": ("a: [b\n", [("yaml-syntax", 2, 1)]),
    "an unclosed quote": ("a: 'b\n", [("yaml-syntax", 1, 4)]),
    "a bracket too many": ("a: [b]]\n", [("yaml-syntax", 1, 7)]),
    "words after a quote": ("a: 'b' c\n", [("yaml-syntax", 1, 8)]),
    "a version to come": ("%YAML 2.0\n---\na: 1\n", [("yaml-syntax", 1, 1)]),
    "an unknown directive": ("%FOO bar\n---\na: 1\n", [("yaml-syntax", 1, 5)]),
    "a directive without a document": ("%YAML 1.1\n", [("yaml-syntax", 2, 1)]),
    "indentation by nothing": ("a: |0\n  b\n", [("yaml-syntax", 1, 5)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "data"), MEANS.values(), ids=MEANS.keys())
def test_what_a_text_means(text: str, data: list[Any]) -> None:
    parsed = parse_yaml(text, "a.yaml")
    assert parsed.problems == []
    assert [document.data for document in parsed.documents] == data


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused(text: str, expected: Told) -> None:
    problems = parse_yaml(text, "a.yaml").problems
    assert [(problem.rule.name, *problem.span[1:]) for problem in problems] == expected
