from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citylinks.text.highlight import LENGTH, best_passage, find_matches
from citylinks.text.normalize import script_runs, words


def search_pieces(*pieces: str) -> list[list[str]]:
    return [
        [run for word in words(piece) for run in script_runs(word)] for piece in pieces
    ]


def marked(text: str, *pieces: str) -> list[str]:
    return [
        text[start:end] for start, end in find_matches(text, search_pieces(*pieces))
    ]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Silk and silken things, SILK", "silk", ["Silk", "silken", "SILK"]),
        ("The city of Łódź is here", "lodz", ["Łódź"]),
        ("Straße nach Groß-Gerau", "strasse", ["Straße"]),
        ("Straße nach Groß-Gerau", "gross", ["Groß"]),
        ("Un cœur", "coeur", ["cœur"]),
        ("ﬁne ﬁsh", "fish", ["ﬁsh"]),
        ("ＬＹＯＮ and lyon", "lyon", ["ＬＹＯＮ", "lyon"]),
        ("Go\u0308teborg, Göteborg", "goteborg", ["Go\u0308teborg", "Göteborg"]),
        ("Yoko\u00adhama", "yokohama", ["Yoko\u00adhama"]),
        ("İstanbul ISTANBUL", "istanbul", ["İstanbul", "ISTANBUL"]),
        ("ΠΑΤΡΑΣ, Πάτρας", "πάτρας", ["ΠΑΤΡΑΣ", "Πάτρας"]),
        ("l'énergie", "energie", ["énergie"]),
        ("Xi'an and Xián", "xian", ["Xián"]),
        ("Xi'an", "xian", ["Xi'an"]),
        ("Xi'an", "xi'an", ["Xi'an"]),
        ("A b ab a", "a", ["A", "a"]),
        ("เชียงใหม่ เมือง", "เชียงใหม่", ["เชียงใหม่"]),
        ("दिल्ली।", "दिल्ली", ["दिल्ली"]),
        ("横浜市会議", "浜市", ["浜市"]),
        ("横浜横浜", "横浜", ["横浜", "横浜"]),
        ("東京2020大会", "2020", ["2020"]),
        ("東京2020大会", "大会", ["大会"]),
        ("ﾖｺﾊﾏの会議", "ヨコハマ", ["ﾖｺﾊﾏ"]),
        ("ｶﾞｽとﾊﾞﾝｺｸへ", "バンコク", ["ﾊﾞﾝｺｸ"]),
        (unicodedata.normalize("NFD", "バンコクへ"), "コク", ["コク"]),
        ("nothing of it", "silk", []),
        ("", "silk", []),
    ],
)
def test_what_matched_is_marked_as_it_is_spelled(
    text: str, typed: str, expected: list[str]
) -> None:
    assert marked(text, typed) == expected


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("smart energy in a smart grid", "smart grid", ["smart grid"]),
        ("a smart,\n  GRID", "smart grid", ["smart,\n  GRID"]),
        ("smart grids", "smart grid", ["smart grids"]),
        ("smarter grids", "smart grid", []),
        ("横浜市 会議室", "浜市 会議", ["浜市 会議"]),
        ("横浜市 会議室", "横浜 会議", []),
        ("C40 Cities", "c40 cities", ["C40 Cities"]),
    ],
)
def test_a_phrase_is_marked_as_one(text: str, typed: str, expected: list[str]) -> None:
    assert marked(text, typed) == expected


def test_several_pieces_are_marked_each_and_together_where_they_overlap() -> None:
    assert marked("Lyon and Yokohama", "yokohama", "lyon") == ["Lyon", "Yokohama"]
    assert marked("横浜市", "横浜", "浜市") == ["横浜市"]


@given(st.text(), st.text(min_size=1))
def test_marks_are_in_order_and_apart(text: str, typed: str) -> None:
    pieces = [piece for piece in search_pieces(typed) if piece]
    spans = find_matches(text, pieces)
    ends = [0, *(end for _, end in spans)]
    assert all(
        end <= start < stop for end, (start, stop) in zip(ends, spans, strict=False)
    )
    assert all(stop <= len(text) for _, stop in spans)


# -- Passages -----------------------------------------------------------------


def cut(text: str, typed: str) -> tuple[str, list[str]]:
    shown, spans = best_passage(text, find_matches(text, search_pieces(typed)))
    return shown, [shown[start:end] for start, end in spans]


def test_a_short_text_is_shown_whole() -> None:
    assert cut("Of silk.\nAnd more.", "more") == ("Of silk.\nAnd more.", ["more"])


def test_a_long_text_is_cut_between_words() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    shown, matches = cut(text, "word77")
    assert matches == ["word77"]
    assert shown.startswith("… word")
    assert shown.endswith(" …")
    assert set(shown.strip("… ").split()) <= set(text.split())
    assert len(shown) <= LENGTH + 4


def test_a_match_near_an_end_needs_one_ellipsis_only() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    first, last = cut(text, "word1")[0], cut(text, "word199")[0]
    assert first.startswith("word0 ")
    assert first.endswith(" …")
    assert last.startswith("… ")
    assert last.endswith("word199")


def test_text_without_spaces_is_cut_after_a_stop_or_where_it_must_be() -> None:
    text = "両市は友好を深めた。" * 40 + "桜の苗木を植えた" + "市民が集まり祝った" * 40
    shown, matches = cut(text, "桜")
    assert matches == ["桜"]
    assert len(shown) <= LENGTH + 4
    assert shown.startswith("… 両市は")
    assert shown.endswith(" …")
    unbroken = "市" * 1000 + "桜" + "市" * 1000
    shown, matches = cut(unbroken, "桜")
    assert matches == ["桜"]
    assert LENGTH <= len(shown) <= LENGTH + 4


def test_no_letter_is_parted_from_its_marks() -> None:
    text = "e\u0301" * 400 + " silk " + "e\u0301" * 400
    shown, matches = cut(text, "silk")
    assert matches == ["silk"]
    letters = shown.removeprefix("… ").removesuffix(" …").replace(" silk ", "")
    assert set(unicodedata.normalize("NFC", letters)) == {"é"}


def test_where_nothing_matches_the_beginning_is_shown() -> None:
    text = "word " * 100
    shown, matches = cut(text, "silk")
    assert text.startswith(shown.removesuffix(" …"))
    assert matches == []
    assert len(shown) <= LENGTH + 4


@given(
    st.lists(
        st.sampled_from(["silk ", "silk", "市", "e\u0301", "word ", "。", "\n"]),
        max_size=300,
    )
)
def test_a_passage_is_a_part_of_its_text_with_the_first_match(parts: list[str]) -> None:
    text = "".join(parts)
    spans = find_matches(text, search_pieces("silk"))
    shown, moved = best_passage(text, spans)
    inner = shown.removeprefix("… ").removesuffix(" …")
    assert inner in text
    assert bool(moved) == bool(spans)
    if spans:
        first = text[spans[0][0] : spans[0][1]]
        assert shown[moved[0][0] : moved[0][1]] == first
