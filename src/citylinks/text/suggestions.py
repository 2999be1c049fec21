"""Suggestions: what a mistyped word was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def swapped_letters(folded: str) -> list[str]:
    """Return a name with each two letters that follow each other changed in places."""
    swapped = []
    for n in range(len(folded) - 1):
        first, second = folded[n], folded[n + 1]
        swapped.append(f"{folded[:n]}{second}{first}{folded[n + 2 :]}")
    return swapped


def similarity(name: str, other: str) -> float:
    """Return the likeness of two folded names, from 0 to 1, where they are the same.

    By the optimal string alignment distance: a letter left out, added, changed or
    swapped with the next costs 1.
    """
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(name, start=1):
        current = [i]
        for j, b in enumerate(other, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and name[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return 1 - previous[-1] / max(len(name), len(other), 1)


def closest(
    text: str, known: Iterable[str], count: int = 1, cutoff: float = 0.6
) -> list[str]:
    """Return up to `count` of `known` that `text` may mean, the likeliest first."""
    from difflib import get_close_matches

    by_fold = {fold(name): name for name in known}
    folded = fold(text)
    likely: list[str] = []
    if folded:
        likely = sorted(key for key in by_fold if f" {folded}" in f" {key}")
    if not likely:
        likely = get_close_matches(folded[:80], by_fold, n=count, cutoff=cutoff)
    return [by_fold[key] for key in likely[:count]]


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where one of `known` is near, else nothing."""
    names = closest(text, known)
    if not names:
        return ""
    return f"; did you mean '{names[0]}'?"
