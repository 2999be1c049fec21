"""Lists as pages: one table each, its columns in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import TableBlock
from citylinks.views.phrases import date_phrase, human, involved, names, possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.lists import (
        Agreements,
        Cities,
        Events,
        Organizations,
        Partnerships,
        Sources,
        Themes,
    )
    from citylinks.views.blocks import Block


def cities_page(answer: Cities) -> Iterator[Block]:
    """Yield the table of cities."""
    yield TableBlock(
        ("id", "name", "level", "country", "region", "ties"),
        tuple(
            (
                row.id,
                f"{row.name}{possible(row.certainty)}",
                row.level or "",
                row.country or "",
                row.region or "",
                str(row.ties),
            )
            for row in answer.results
        ),
    )


def partnerships_page(answer: Partnerships) -> Iterator[Block]:
    """Yield the table of partnerships."""
    yield TableBlock(
        ("since", "name", "kind", "status", "themes", "organizations", "id"),
        tuple(
            (
                date_phrase(row.start, row.certainty),
                row.name,
                in_words(row.kind),
                row.status or "",
                names(row.themes),
                involved(row.organizations),
                row.id,
            )
            for row in answer.results
        ),
    )


def agreements_page(answer: Agreements) -> Iterator[Block]:
    """Yield the table of agreements."""
    yield TableBlock(
        ("signed", "agreement", "kind", "parties", "expires", "partnership"),
        tuple(
            (
                date_phrase(row.signed, row.certainty) or _position(row.position),
                row.title,
                in_words(row.kind),
                names(row.parties),
                human(row.expires),
                row.record.id,
            )
            for row in answer.results
        ),
    )


def events_page(answer: Events) -> Iterator[Block]:
    """Yield the table of events."""
    yield TableBlock(
        ("when", "event", "kind", "cities", "id"),
        tuple(
            (
                date_phrase(row.date, row.certainty),
                row.title,
                in_words(row.kind),
                names(row.cities),
                row.id,
            )
            for row in answer.results
        ),
    )


def themes_page(answer: Themes) -> Iterator[Block]:
    """Yield the table of themes."""
    yield TableBlock(
        ("id", "name", "broader", "records"),
        tuple(
            (row.id, row.name, row.broader or "", str(row.records))
            for row in answer.results
        ),
    )


def organizations_page(answer: Organizations) -> Iterator[Block]:
    """Yield the table of organizations."""
    yield TableBlock(
        ("id", "name", "kind", "country", "records"),
        tuple(
            (
                row.id,
                row.name,
                in_words(row.kind or ""),
                row.country or "",
                str(row.records),
            )
            for row in answer.results
        ),
    )


def sources_page(answer: Sources) -> Iterator[Block]:
    """Yield the table of sources."""
    yield TableBlock(
        ("id", "title", "publisher", "date", "records"),
        tuple(
            (row.id, row.title, row.publisher or "", human(row.date), str(row.records))
            for row in answer.results
        ),
    )


def _position(position: int | None) -> str:
    return f"(listed {position})" if position else ""
