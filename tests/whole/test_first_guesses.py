"""What people type at first, by the list in `first_guesses.txt`, over the shipped data."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from support import ROOT, run_line

GUESSES = ROOT / "tests" / "first_guesses.txt"
EXPECTATIONS = ("runs", "prints", "says", "exit")


class Guess(NamedTuple):
    """A command line that somebody types, and what must come of it."""

    typed: str
    expected: list[tuple[str, str]]


def read_guesses() -> list[Guess]:
    guesses: list[Guess] = []
    for line in GUESSES.read_text(encoding="utf-8").splitlines():
        if line.startswith("citylinks"):
            guesses.append(Guess(line, []))
        elif line.startswith("  "):
            expectation, _, text = line.strip().partition(" ")
            assert expectation in EXPECTATIONS, line
            guesses[-1].expected.append((expectation, text))
    return guesses


@pytest.mark.parametrize("guess", read_guesses(), ids=lambda guess: guess.typed)
def test_a_first_guess_is_answered_or_corrected(guess: Guess) -> None:
    assert guess.expected
    printed = run_line(guess.typed)
    code = 0
    for expectation, text in guess.expected:
        if expectation == "runs":
            meant = run_line(text)
            assert meant.out
            assert printed.out == meant.out
        elif expectation == "prints":
            assert text in printed.out
        elif expectation == "says":
            assert any(text in line for line in printed.err.splitlines()), printed.err
        else:
            code = int(text)
    assert printed.code == code, printed.err
    assert "Traceback" not in printed.err


def test_each_of_many_guesses_stands_once() -> None:
    typed = [guess.typed for guess in read_guesses()]
    assert len(typed) == len(set(typed)) >= 120
