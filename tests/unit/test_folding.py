import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citylinks.folding import did_you_mean, fold, nearest


@pytest.mark.parametrize(
    ("one", "other"),
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
    ],
)
def test_the_same_name_written_differently(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łódź", "Lodz"),  # Ł is a letter of its own, no L with an accent
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
def test_different_letters_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_accents_of_lodz_but_not_its_first_letter_are_set_aside() -> None:
    assert fold("Łódź") == fold("łodz") == "łodz"


@pytest.mark.parametrize("name", ["İstanbul", "istanbul", "ISTANBUL", "I\u0307stanbul"])
def test_the_dotted_capital_of_turkish(name: str) -> None:
    assert fold(name) == "istanbul"


@pytest.mark.parametrize("name", ["Diyarbakır", "Isparta", "Iğdır", "Ełk", "Groß-Gerau", "Ђаково"])
def test_a_name_in_capitals_is_the_same_name(name: str) -> None:
    assert fold(name.upper()) == fold(name)


@pytest.mark.parametrize("name", ["กรุงเทพ", "เชียงใหม่", "दिल्ली", "தமிழ்", "ဗမာ"])
def test_vowels_that_are_marks_are_kept_and_part_no_word(name: str) -> None:
    assert " " not in fold(name)
    assert len(fold(name)) == len(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize("name", ["Łódź", "İzmir", "ガ", "Hồ Chí Minh", "दिल्ली", "Αθήνα", "한국"])
def test_decomposed_and_composed_are_the_same(name: str) -> None:
    forms = {fold(unicodedata.normalize(form, name)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


def test_a_name_of_punctuation_alone_is_still_something() -> None:
    assert fold("--") == "--"
    assert fold("") == ""


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F), max_size=12))
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
    assert nearest(typed, KNOWN) == [meant]
    assert did_you_mean(typed, KNOWN) == f"; did you mean '{meant}'?"


def test_nothing_near_is_not_guessed() -> None:
    assert nearest("xqz", KNOWN) == []
    assert did_you_mean("xqz", KNOWN) == ""


def test_several_are_ordered_by_likelihood() -> None:
    assert nearest("lyons", ["Leyons", "Lyon", "Oslo"], count=2) == ["Leyons", "Lyon"]
