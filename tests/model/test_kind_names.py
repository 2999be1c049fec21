"""The words for levels of cities."""

from __future__ import annotations

from citylinks.model.kind_names import LEVEL_NAMES, levels_by_name
from citylinks.model.vocabulary import LEVELS
from citylinks.text.normalize import kind_key


def test_each_word_means_levels_of_the_vocabulary() -> None:
    for levels in levels_by_name().values():
        assert levels
        assert set(levels) <= set(LEVELS)


def test_each_level_but_that_of_a_country_has_words() -> None:
    named = {level for levels in LEVEL_NAMES for level in levels.split()}
    assert named == set(LEVELS) - {"country"}


def test_a_word_means_the_same_in_the_plural() -> None:
    levels = levels_by_name()
    for word in ("ports", "Harbours", "prefectures", "cities", "PUERTOS", "villes"):
        assert levels[kind_key(word)], word
