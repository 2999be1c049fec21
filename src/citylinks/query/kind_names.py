"""Kinds as people type them: in the plural, by other words, in other languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from citylinks.model.kind_names import KIND_NAMES
from citylinks.model.vocabulary import KINDS_OF, in_words
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def kinds_called(text: str) -> tuple[str, ...]:
    """Return the kinds that a text means, of whatever: `jumelages`, `sister cities`."""
    return _kinds_by_name().get(_key(text), ())


def kind_readings(typed: Iterable[str], read: Iterable[str]) -> Iterator[str]:
    """Yield how each kind was read that was typed by another name."""
    read = list(read)
    for text in dict.fromkeys(typed):
        meant = [kind for kind in kinds_called(text) if kind in read]
        if meant and fold(text) not in {in_words(kind) for kind in meant}:
            yield f"reading '{text}' as {' or '.join(meant)}"


@cache
def _kinds_by_name() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for known in KINDS_OF.values():
        for kind in known:
            kinds[_key(in_words(kind))] = (kind,)
    for called, names in KIND_NAMES.items():
        for name in ",".join(names.values()).split(","):
            before = kinds.get(_key(name), ())
            kinds[_key(name)] = tuple(dict.fromkeys((*before, *called.split())))
    return kinds


def _key(name: str) -> str:
    """Return a name as it is compared: the plural that only adds an s is the same."""
    return "".join(map(_stem, fold(name).split()))


def _stem(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s").removesuffix("e")
