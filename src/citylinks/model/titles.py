"""The titles of entries that have none: what became of a partnership, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import (
    AGREEMENT_KINDS,
    GATHERING_KINDS,
    KIND_WORDS,
    in_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Kinds whose members become something; in one that states may share they only begin a
# partnership.
_BECOMING = frozenset(
    ("sister-city", "friendship-city", "partner-city", "sister-port", "friendship-port")
)
_BEGINNINGS = {
    "unspecified": "begin a partnership",
    "sister-or-friendship": "begin a sister or friendship partnership",
    "contact": "establish contact",
}
# How one of such a partnership calls it, where the kind alone would not do.
_NOUNS = {
    "sister-city": "sister-city partnership",
    "friendship-city": "friendship-city partnership",
    "sister-or-friendship": "sister or friendship partnership",
    "partner-city": "partnership",
    "sister-port": "sister-port partnership",
    "friendship-port": "friendship-port partnership",
    "unspecified": "partnership",
}
# What an agreement is called, where its kind alone would not do.
_AGREEMENTS = {
    "twinning": "Twinning agreement",
    "renewal": "Renewed agreement",
}
PARTNERSHIP = "the partnership"


def join_words(names: Sequence[str], last: str = "and") -> str:
    """Return names as a sentence has them: `A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def partnership_name(name: str | None, members: Sequence[str]) -> str:
    """Return a partnership's own name, or the names of its members joined."""
    return name or " – ".join(members)


def partnership_noun(kind: str, others: Sequence[str]) -> str:
    """Return a partnership without a name: `the cooperation with Ho Chi Minh City`."""
    noun = f"the {_NOUNS.get(kind, in_words(kind))}"
    if not others:
        return noun
    return f"{noun} with {join_words(others)}"


def entry_title(
    kind: str,
    detail: str | None,
    value: int | None,
    name: str | None,
    parties: Sequence[str],
    title: str | None = None,
) -> str:
    """Return the title of an entry of a city or a partnership.

    `name` is the partnership's own name, where it has one, and `title` that of its
    agreement or of what came of it. What is only a date of an agreement is called by
    it, and then by its kind: `Memorandum on light: copy`.
    """
    if kind in _TITLES:
        return _TITLES[kind](detail or "", value, name, list(parties))
    if title:
        subject = title
    elif detail in AGREEMENT_KINDS:
        subject = _agreement(detail, parties)
    else:
        subject = name or join_words(parties)
    return subject + _AFTER_SUBJECT.get(kind, f": {in_words(kind)}")


def _start(detail: str, value: int | None, name: str | None, parties: list[str]) -> str:
    if name or detail in GATHERING_KINDS:
        return f"{name or join_words(parties)} begins"
    if detail in _BECOMING:
        return f"{join_words(parties)} become {KIND_WORDS[detail]}"
    return f"{join_words(parties)} {_beginning(detail)}"


def _beginning(kind: str) -> str:
    return _BEGINNINGS.get(kind) or f"begin {in_words(kind)}"


def _plan(detail: str, value: int | None, name: str | None, parties: list[str]) -> str:
    if name or detail in GATHERING_KINDS:
        return f"{name or join_words(parties)} is planned"
    if detail in _BECOMING:
        return f"{join_words(parties)} plan to become {KIND_WORDS[detail]}"
    return f"{join_words(parties)} plan to {_beginning(detail)}"


def _end(detail: str, value: int | None, name: str | None, parties: list[str]) -> str:
    return f"{name or f'The partnership {_between(parties)}'} ends"


def _between(parties: Sequence[str]) -> str:
    """Return parties after a noun: `between` two of them, `among` more."""
    return f"{'between' if len(parties) == 2 else 'among'} {join_words(parties)}"


def _join(detail: str, value: int | None, name: str | None, parties: list[str]) -> str:
    if detail and detail != "member":
        office = f"{_role(detail, parties)} of {name or PARTNERSHIP}"
        return f"{join_words(parties)} {_verb('is', parties)} {office}"
    return f"{join_words(parties)} {_verb('joins', parties)} {name or PARTNERSHIP}"


def _member(
    detail: str, value: int | None, name: str | None, parties: list[str]
) -> str:
    beginning = f"{join_words(parties)} {_verb('is', parties)}"
    if detail in {"", "member", "partner"}:
        noun = detail or "member"
        members = f"a {noun}" if len(parties) == 1 else f"{noun}s"
        return f"{beginning} {members} of {name or PARTNERSHIP}, joining date unknown"
    role = _role(detail, parties)
    return f"{beginning} {role} of {name or PARTNERSHIP}, start date unknown"


def _leave(detail: str, value: int | None, name: str | None, parties: list[str]) -> str:
    if detail and detail != "member":
        office = f"{_role(detail, parties)} of {name or PARTNERSHIP}"
        return f"{join_words(parties)} {_verb('is', parties)} no longer {office}"
    return f"{join_words(parties)} {_verb('leaves', parties)} {name or PARTNERSHIP}"


def _role(role: str, parties: list[str]) -> str:
    """Return a role in the singular or the plural."""
    return in_words(role) if len(parties) == 1 else f"{in_words(role)}s"


def _verb(singular: str, parties: list[str]) -> str:
    """Return a verb in the singular or the plural, as its subject has it."""
    if len(parties) == 1:
        return singular
    return {"is": "are"}.get(singular, singular.removesuffix("s"))


def _status(
    detail: str, value: int | None, name: str | None, parties: list[str]
) -> str:
    return f"{name or join_words(parties)}: {in_words(detail)}"


def _agreement(detail: str, parties: Sequence[str]) -> str:
    noun = _AGREEMENTS.get(detail) or in_words(detail).capitalize()
    if not parties:
        return noun
    if len(parties) == 1:
        return f"{noun} signed by {parties[0]}"
    if noun.startswith("Joint "):
        return f"{noun} by {join_words(parties)}"
    return f"{noun} {_between(parties)}"


def _count(detail: str, value: int | None, name: str | None, parties: list[str]) -> str:
    return f"{name or join_words(parties)}: {value} {detail}"


# The kinds of entry whose titles are sentences of their own.
_TITLES: dict[str, Callable[[str, int | None, str | None, list[str]], str]] = {
    "plan": _plan,
    "start": _start,
    "end": _end,
    "join": _join,
    "member": _member,
    "leave": _leave,
    "term": _join,
    "status": _status,
    "count": _count,
}

# Others are called by their agreement or their partnership, and then, where this says
# nothing else, by their kind.
_AFTER_SUBJECT = {"agreement": "", "expiry": " expires", "outcome": ""}
