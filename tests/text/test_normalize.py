from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from anyascii import anyascii
from hypothesis import given
from hypothesis import strategies as st

from citylinks.text import normalize
from citylinks.text.normalize import (
    APOSTROPHES,
    LETTERS,
    fold,
    index_names,
    index_text,
    query_terms,
    words,
)
from citylinks.text.suggestions import (
    closest,
    did_you_mean,
    similarity,
    swapped_letters,
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lyon", "LYON"),
        ("São Paulo", "sao paulo"),
        ("Saint-Étienne", "SAINT ETIENNE"),
        ("L'Aquila", "L’Aquila"),
        ("St. Gallen", "st gallen"),
        ("  New   York ", "new_york"),
        ("Lyon", "Ｌｙｏｎ"),
        ("ヨコハマ", "ﾖｺﾊﾏ"),
        ("ガ", "ｶﾞ"),
        ("Straße", "STRASSE"),
        ("Πάτρας", "ΠΑΤΡΑΣ"),
        ("Йошкар-Ола", "Йошкар-Ола"),
        ("القَاهِرَة", "القاهرة"),
        ("ירושלַיִם", "ירושלים"),
        ("Hồ Chí Minh", "ho chi minh"),
        ("Đà Nẵng", "da nang"),
        ("Łódź", "Lodz"),
        ("Tromsø", "TROMSO"),
        ("Ærøskøbing", "aeroskobing"),
        ("Þórshöfn", "thorshofn"),
        ("Ħamrun", "hamrun"),
        ("Gəncə", "gence"),
        ("Cœur", "coeur"),
        ("Ɔkɛnɛ", "okene"),  # a letter that is not in the table
        ("ʔaq̓am", "aqam"),  # a glottal stop is left out
        ("O'Higgins", "O’Higgins"),
        ("O'Higgins", "ohiggins"),
        ("Xi'an", "Xian"),
        ("Hawaiʻi", "Hawai'i"),
        ("Hawaiʻi", "HAWAII"),
        ("Sant Marcel·lí", "sant marcelli"),
        ("ニュー・ヨーク", "ニューヨーク"),
        ("よこはま", "ヨコハマ"),
        ("Constanţa", "Constanța"),  # U+0163 and U+021B
        ("Ōsaka", "Osaka"),
        ("Yoko\u00adhama", "Yokohama"),
        ("ক\u200dখ", "কখ"),
        ("القـاهـرة", "القاهرة"),
        ("\u200eירושלים\u200f", "ירושלים"),
        ("ﬁne", "FINE"),
        ("№ 5", "5"),
    ],
)
def test_the_same_name_written_differently(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Москва", "Moskva"),  # letters of other scripts stay what they are
        ("Αθήνα", "Athina"),
        ("横浜", "Heng Bin"),
        ("Köln", "Koeln"),
        ("ガ", "カ"),
        ("ハ", "パ"),
        ("横浜", "横須賀"),
        ("दिल्ली", "दाल"),
        ("दिल्ली", "द ल ल"),
        ("กรุงเทพ", "กรงเทพ"),
        ("กิน", "กัน"),
        ("தமிழ்", "தமழ"),
        ("Bar", "Bari"),
    ],
)
def test_different_letters_stay_different(first: str, second: str) -> None:
    assert fold(first) != fold(second)


def test_the_table_of_letters_says_what_anyascii_does() -> None:
    for letter, plain in LETTERS.items():
        assert anyascii(letter) == plain
        assert fold(letter) == fold(letter.upper()) == plain
        assert unicodedata.normalize("NFKD", letter) == letter


def test_every_latin_letter_has_an_ascii_form() -> None:
    for code in range(sys.maxunicode + 1):
        name = unicodedata.name(chr(code), "")
        if name.startswith("LATIN SMALL LETTER") or name.startswith(
            "LATIN CAPITAL LETTER"
        ):
            assert fold(chr(code)).isascii(), name


@pytest.mark.parametrize(
    ("texts", "loaded"),
    [
        (
            "Łódź Tromsø Đà Nẵng Diyarbakır Straße Αθήνα Москва 横浜 서울 القاهرة กรุงเทพ ﾖｺﾊﾏ",
            False,
        ),
        ("Ɔkɛnɛ", True),
    ],
)
def test_anyascii_is_loaded_for_rare_letters_only(texts: str, loaded: bool) -> None:
    code = (
        f"import sys; from citylinks.text.normalize import fold; fold({texts!r});"
        " print('anyascii' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == str(loaded)


@pytest.mark.parametrize("name", ["İstanbul", "istanbul", "ISTANBUL", "I\u0307stanbul"])
def test_the_dotted_capital_of_turkish(name: str) -> None:
    assert fold(name) == "istanbul"


@pytest.mark.parametrize(
    "name", ["Diyarbakır", "Isparta", "Iğdır", "Ełk", "Groß-Gerau", "Ђаково"]
)
def test_a_name_in_capitals_is_the_same_name(name: str) -> None:
    assert fold(name.upper()) == fold(name)


@pytest.mark.parametrize("name", ["กรุงเทพ", "เชียงใหม่", "दिल्ली", "தமிழ்", "ဗမာ"])
def test_vowels_that_are_marks_are_kept_and_part_no_word(name: str) -> None:
    assert " " not in fold(name)
    assert len(fold(name)) == len(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize(
    "name", ["Łódź", "İzmir", "ガ", "Hồ Chí Minh", "दिल्ली", "Αθήνα", "한국"]
)
def test_decomposed_and_composed_are_the_same(name: str) -> None:
    forms = {
        fold(unicodedata.normalize(form, name))
        for form in ("NFC", "NFD", "NFKC", "NFKD")
    }
    assert len(forms) == 1


def test_a_name_of_punctuation_alone_is_still_something() -> None:
    assert fold("--") == "--"
    assert fold("") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.text(
        alphabet=st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F),
        max_size=12,
    )
)
def test_case_is_set_aside(text: str) -> None:
    assert fold(text.swapcase().upper()) == fold(text.upper())


KNOWN = ["Lyon", "Yokohama", "São Paulo", "Saint-Étienne", "横浜市"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lyno", "Lyon"),
        ("Yokahama", "Yokohama"),
        ("sao paolo", "São Paulo"),
        ("st etienne", "Saint-Étienne"),
        ("横浜", "横浜市"),
    ],
)
def test_what_was_probably_meant(typed: str, meant: str) -> None:
    assert closest(typed, KNOWN) == [meant]
    assert did_you_mean(typed, KNOWN) == f"; did you mean '{meant}'?"


def test_nothing_near_is_not_guessed() -> None:
    assert closest("xqz", KNOWN) == []
    assert did_you_mean("xqz", KNOWN) == ""


def test_several_are_ordered_by_likelihood() -> None:
    assert closest("lyons", ["Leyons", "Lyon", "Oslo"], count=2) == ["Leyons", "Lyon"]


# -- Words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its name, in Japan: SILK!", "its name in japan silk"),
        ("l'énergie d’Ōsaka", "l energie d osaka"),
        ("snake_case/slash-hyphen", "snake case slash hyphen"),
        ("नमस्ते। दिल्ली", "नमस्ते दिल्ली"),
        ("½ ﷺ", "1 2 صلى الله عليه وسلم"),
        ("", ""),
        ("?! — …", ""),
    ],
)
def test_words_of_a_text(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@given(st.text())
def test_words_are_folded_once_for_all(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(st.text(alphabet=st.characters(blacklist_characters=APOSTROPHES)))
def test_a_name_is_its_words(text: str) -> None:
    assert fold(text) == " ".join(words(text)) or not words(text)


@pytest.mark.parametrize(
    ("text", "terms", "query"),
    [
        ("Lyon, Yokohama", "lyon yokohama", "lyon yokohama"),
        ("横浜市", "横浜 浜市 市", "横浜 浜市"),
        ("市", "市", "市"),
        ("横浜 市", "横浜 浜 市", "横浜 浜 市"),
        ("東京2020大会", "東京 京 2020 大会 会", "東京 京 2020 大会"),
        ("代々木", "代々 々木 木", "代々 々木"),
        ("서울시", "서울 울시 시", "서울 울시"),
    ],
)
def test_terms_in_the_index_and_terms_asked_for(
    text: str, terms: str, query: str
) -> None:
    assert query_terms(text) == query.split()
    if not text.isascii():
        assert index_text([text]).split() == terms.split()


@given(st.lists(st.text(), max_size=3), st.text())
def test_what_is_in_a_text_is_asked_for_as_the_index_has_it(
    texts: list[str], text: str
) -> None:
    """The terms of each text stand in a row among the terms of all."""
    indexed = f" {index_text([*texts, text])} "
    query = " ".join(query_terms(text))
    assert text.isascii() or not query or f" {query} " in indexed


def test_names_with_something_left_out_are_indexed_in_both_ways() -> None:
    assert index_names(["Xi'an"]).replace(normalize.APART, "|") == "Xi'an|xian"
    assert index_names(["Lyon", "King’s Lynn"]).split() == [
        "Lyon", normalize.APART.strip(), "king", "s", "lynn",
        normalize.APART.strip(), "kings", "lynn",
    ]  # fmt: skip


# -- Likeness -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        ("lyon", "lyon", 1),
        ("lyno", "lyon", 0.75),
        ("toyko", "tokyo", 0.8),
        ("yokohma", "yokohama", 0.875),
        ("", "", 1),
        ("", "ab", 0),
        ("ca", "abc", 0),
    ],
)
def test_how_alike_two_names_are(first: str, second: str, likeness: float) -> None:
    assert similarity(first, second) == pytest.approx(likeness)


def test_neighbours_that_changed_places() -> None:
    assert swapped_letters("lyno") == ["ylno", "lnyo", "lyon"]
    assert swapped_letters("a") == []
