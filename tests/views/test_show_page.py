"""The page of a record: what matters first, sources in short where there are many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import call

from citylinks.questions.results import SourceRef
from citylinks.views import markdown, page, plain
from citylinks.views.notes import MOST_IN_FULL, Notes

if TYPE_CHECKING:
    from citylinks import KnowledgeBase
    from citylinks.views.blocks import Block


def printed(frozen: KnowledgeBase, name: str) -> str:
    return "\n".join(plain.lines(page(frozen.show(name))))


def test_a_city_begins_with_what_matters(frozen: KnowledgeBase) -> None:
    text = printed(frozen, "maravel")
    order = [
        "Names: ",
        "Sister cities (1): Kazehama (1959)",
        "Partners (4): ",
        "Networks (3): Lantern Network (2002), ",
        "Last event: ",
        "Next anniversary: ",
        "Open conflicts (",
        "History\n",
        "Sources\n",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_nobody_knows_when_a_city_joined_a_network_of_that_year(
    frozen: KnowledgeBase,
) -> None:
    assert "Estuary Forum (2012)" not in printed(frozen, "maravel")


def test_a_partnership_begins_with_what_matters(frozen: KnowledgeBase) -> None:
    text = printed(frozen, "kazehama-maravel")
    order = [
        "Sister cities since Apr 1959",
        "Parties: ",
        "Themes: ",
        "Agreements: 7 Apr 1959: ",
        "Next anniversary: ",
        "Open conflicts (2): Start: Apr 1959; Quayside Press gives 2 May 1960",
        "Contact: Odile Farandel (as of 15 Jan 2025)",
        "History\n",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["maravel", "kazehama-maravel"])
def test_the_first_screen_is_the_beginning_of_the_page(name: str) -> None:
    command = f"citylinks show {name} --data tests/data"
    brief = call(f"{command} --brief").rstrip()
    assert call(command).startswith(brief)
    assert "History" not in brief
    assert "Open conflicts" in brief


def test_a_document_says_the_same(frozen: KnowledgeBase) -> None:
    text = "".join(markdown.lines(frozen.show("maravel")))
    for label in ("Sister cities (1)", "Next anniversary", "Open conflicts (5)"):
        assert label in text


def sources_of(count: int, *, is_full: bool) -> tuple[Block, ...]:
    sources = tuple(
        SourceRef(
            f"source-{number}",
            "A page",
            "City of Lyon",
            "https://lyon.example/",
            "2012-09",
        )
        for number in range(count)
    )
    return Notes(sources).blocks(is_full=is_full)


def test_many_sources_are_listed_in_short() -> None:
    short = list(plain.lines(sources_of(MOST_IN_FULL + 1, is_full=False)))
    assert short[:2] == [
        "Sources (16; --sources shows them in full)",
        "[1] City of Lyon, 2012",
    ]
    full = "\n".join(plain.lines(sources_of(MOST_IN_FULL + 1, is_full=True)))
    assert full.count("https://lyon.example/") == MOST_IN_FULL + 1


def test_few_sources_are_always_in_full() -> None:
    full = "\n".join(plain.lines(sources_of(MOST_IN_FULL, is_full=False)))
    assert full.count("https://lyon.example/") == MOST_IN_FULL


@pytest.mark.parametrize(
    "command",
    [
        "timeline kazehama",
        "show kazehama",
        "list cities",
        "list partnerships",
        "common kazehama maravel",
        "path kazehama nahr-al-nur",
        "anniversaries --status ended",
        "expiring",
        "stats growth",
    ],
)
def test_pages_call_a_partnership_a_partnership(command: str) -> None:
    text = call(f"citylinks {command} --data tests/data")
    words = re.sub(r"Register of ties|renew the tie|example/ties", "", text)
    assert not re.search(r"\b(ties?|tied|birthdays?)\b", words)
