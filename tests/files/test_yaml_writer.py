from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from citylinks.files import yaml_writer
from citylinks.files.yaml_reader import parse_yaml

TEXT = st.text(st.characters(codec="utf-8"))


def read_back(text: str) -> Any:
    """Return a document as our own reader has it, which takes every scalar for text."""
    stream = parse_yaml(text, "file.yaml")
    assert not stream.problems, stream.problems
    (document,) = stream.documents
    return document.data


@given(TEXT)
@example("NO")
@example("null")
@example("~")
@example("- a")
@example("a: b")
@example("a #b")
@example(" a ")
@example("'")
@example('"')
@example("[relations.tsv]")
@example("\x7f\x85\u2028\ufeff\ufffe")
@example("\U0001f600")
@example("=")
def test_any_text_comes_back_as_it_was(text: str) -> None:
    record = {"name": text, "aliases": [text, {"name": text}], "names": {"ja": text}}
    if text.isprintable():
        assert read_back(yaml_writer.document_text(record)) == record
    loaded = yaml.load(yaml_writer.document_text(record), yaml.CBaseLoader)
    assert loaded == record


@given(TEXT.filter(bool))
def test_a_word_is_a_text_to_other_readers_too(text: str) -> None:
    """`no` and `null` are quoted; a number or a date may be one, as people write them."""
    (loaded,) = yaml.load(f"[{yaml_writer.scalar_text(text)}]", yaml.CSafeLoader)
    assert loaded is not None
    assert not isinstance(loaded, bool | list | dict)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Lyon", "Lyon"),
        ("São Paulo", "São Paulo"),
        ("横浜市", "横浜市"),
        ("1959-04", "1959-04"),
        ("1860~", "1860~"),
        ("[2019-04..2020-03]", '"[2019-04..2020-03]"'),
        ("no", '"no"'),
        ("-4.8", "-4.8"),
        ("https://www.lyon.fr/", '"https://www.lyon.fr/"'),
        (["a", "b"], "[a, b]"),
        ({"ja": "横浜"}, "{ja: 横浜}"),
    ],
)
def test_what_is_written(value: Any, written: str) -> None:
    assert yaml_writer.flow_text(value) == written


def test_a_document_and_a_term() -> None:
    assert (
        yaml_writer.document_text({"id": "a", "name": "A"}) == "---\nid: a\nname: A\n"
    )
    assert (
        yaml_writer.term_text("a", {"title": "A", "url": "x"})
        == "a:\n  title: A\n  url: x\n"
    )
