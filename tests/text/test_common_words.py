"""The words that only join others, as a search compares them."""

from __future__ import annotations

import pytest

from citylinks.text.common_words import BEFORE_CITIES, COMMON_WORDS, is_common
from citylinks.text.normalize import fold


def test_each_word_stands_as_it_is_compared() -> None:
    for language, words in COMMON_WORDS.items():
        for word in words.split():
            assert fold(word) == word, (language, word)
    for phrase in BEFORE_CITIES:
        assert fold(phrase) == phrase


def test_each_list_is_in_order_and_names_nothing_twice() -> None:
    for language, words in COMMON_WORDS.items():
        listed = words.split()
        assert len(listed) == len(set(listed)), language


@pytest.mark.parametrize(
    "word", ["of", "The", "à", "DER", "für", "の", "と", "は", "и", "και", "与"]
)
def test_a_word_that_joins_is_common(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["us", "lyon", "est", "水", "sister", "to lyon"])
def test_a_word_of_its_own_is_not(word: str) -> None:
    assert not is_common(word)
