"""How an entry that no one titled is called: what became of a partnership, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import GATHERING_KINDS, KIND_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Kinds whose members become something; in one that states may share they only begin a tie.
_BECOMING = frozenset(
    ("sister-city", "friendship-city", "partner-city", "sister-port", "friendship-port")
)
_BEGUN = {"unspecified": "a tie", "sister-or-friendship": "a sister or friendship tie"}


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as a sentence has them: `A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def tie_name(name: str | None, members: Sequence[str]) -> str:
    """Return a partnership's own name, or the names of its members joined."""
    return name or " – ".join(members)


def entry_title(
    kind: str, detail: str | None, value: int | None, tie: str | None, parties: Sequence[str]
) -> str:
    """Return the title of an entry of a partnership; `tie` is its own name where it has one."""
    return _TITLES[kind](detail or "", value, tie, list(parties))


def _start(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    if tie or detail in GATHERING_KINDS:
        return f"{tie or listed(parties)} begins"
    if detail in _BECOMING:
        return f"{listed(parties)} become {KIND_WORDS[detail]}"
    return f"{listed(parties)} begin {_BEGUN.get(detail, words(detail))}"


def _plan(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    if tie or detail in GATHERING_KINDS:
        return f"{tie or listed(parties)} is planned"
    if detail in _BECOMING:
        return f"{listed(parties)} are to become {KIND_WORDS[detail]}"
    return f"{listed(parties)} are to begin {_BEGUN.get(detail, words(detail))}"


def _end(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    return f"{tie or f'The tie of {listed(parties)}'} ends"


def _join(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    if detail and detail != "member":
        return f"{listed(parties)} {_verb('is', parties)} {words(detail)} of {tie or 'the tie'}"
    return f"{listed(parties)} {_verb('joins', parties)} {tie or 'the tie'}"


def _member(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    said = f"{listed(parties)} {_verb('is', parties)}"
    if detail in {"", "member", "partner"}:
        noun = detail or "member"
        some = f"a {noun}" if len(parties) == 1 else f"{noun}s"
        return f"{said} {some} of {tie or 'the tie'}, joining date unknown"
    return f"{said} {words(detail)} of {tie or 'the tie'}, since when is unknown"


def _leave(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    if detail and detail != "member":
        is_ = _verb("is", parties)
        return f"{listed(parties)} {is_} {words(detail)} of {tie or 'the tie'} no longer"
    return f"{listed(parties)} {_verb('leaves', parties)} {tie or 'the tie'}"


def _verb(of_one: str, parties: list[str]) -> str:
    return of_one if len(parties) == 1 else {"is": "are"}.get(of_one, of_one.removesuffix("s"))


def _status(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    return f"{tie or listed(parties)}: {words(detail)}"


def _agreement(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    noun = {"renewal": "Renewed agreement"}.get(detail, words(detail).capitalize())
    return f"{noun} of {listed(parties)}"


def _expiry(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    return f"{_agreement(detail, value, tie, parties)} runs out"


def _count(detail: str, value: int | None, tie: str | None, parties: list[str]) -> str:
    return f"{tie or listed(parties)}: {value} {detail}"


_TITLES: dict[str, Callable[[str, int | None, str | None, list[str]], str]] = {
    "plan": _plan,
    "start": _start,
    "end": _end,
    "join": _join,
    "member": _member,
    "leave": _leave,
    "term": _join,
    "status": _status,
    "agreement": _agreement,
    "expiry": _expiry,
    "count": _count,
}
