"""Lists as pages: one table each, its columns beside its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import in_words
from citylinks.views.blocks import TableBlock
from citylinks.views.phrases import (
    date_phrase,
    human_date,
    name_list,
    organizations_with_roles,
    possible_mark,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.list_rows import (
        AgreementRow,
        CityRow,
        EventRow,
        SourceRow,
        TermRow,
    )
    from citylinks.questions.lists import (
        Agreements,
        Cities,
        Events,
        Organizations,
        Partnerships,
        Sources,
        Themes,
    )
    from citylinks.questions.results import PartnershipRow
    from citylinks.views.blocks import Block


def cities_page(answer: Cities) -> Iterator[Block]:
    """Yield the table of cities."""
    columns = ("id", "name", "level", "country", "region", "partnerships")
    cells = tuple(map(_city_cells, answer.results))
    yield TableBlock(columns, cells, hide_first=("level", "region"))


def _city_cells(row: CityRow) -> tuple[str, ...]:
    return (
        row.id,
        f"{row.name}{possible_mark(row.certainty)}",
        row.level or "",
        row.country or "",
        row.region or "",
        str(row.ties),
    )


def partnerships_page(answer: Partnerships) -> Iterator[Block]:
    """Yield the table of partnerships."""
    columns = ("start", "name", "kind", "status", "themes", "organizations", "id")
    cells = tuple(map(_partnership_cells, answer.results))
    hide_first = ("organizations", "status", "id", "themes", "kind")
    yield TableBlock(columns, cells, hide_first)


def _partnership_cells(row: PartnershipRow) -> tuple[str, ...]:
    return (
        date_phrase(row.start, row.certainty),
        row.name,
        in_words(row.kind),
        row.status or "",
        name_list(row.themes),
        organizations_with_roles(row.organizations),
        row.id,
    )


def agreements_page(answer: Agreements) -> Iterator[Block]:
    """Yield the table of agreements."""
    columns = ("signed", "title", "kind", "parties", "expires", "record")
    cells = tuple(map(_agreement_cells, answer.results))
    hide_first = ("kind", "parties", "record")
    yield TableBlock(columns, cells, hide_first)


def _agreement_cells(row: AgreementRow) -> tuple[str, ...]:
    return (
        date_phrase(row.signed, row.certainty) or _position_phrase(row.position),
        row.title,
        in_words(row.kind),
        name_list(row.parties),
        human_date(row.expires),
        row.record.id,
    )


def _position_phrase(position: int | None) -> str:
    if not position:
        return ""
    return f"(listed {position})"


def events_page(answer: Events) -> Iterator[Block]:
    """Yield the table of events."""
    columns = ("date", "title", "kind", "cities", "id")
    cells = tuple(map(_event_cells, answer.results))
    yield TableBlock(columns, cells, hide_first=("cities", "id", "kind"))


def _event_cells(row: EventRow) -> tuple[str, ...]:
    return (
        date_phrase(row.date, row.certainty),
        row.title,
        in_words(row.kind),
        name_list(row.cities),
        row.id,
    )


def themes_page(answer: Themes) -> Iterator[Block]:
    """Yield the table of themes."""
    columns = ("id", "name", "broader", "records")
    yield TableBlock(columns, tuple(map(_theme_cells, answer.results)))


def _theme_cells(row: TermRow) -> tuple[str, ...]:
    return (row.id, row.name, row.broader or "", str(row.records))


def organizations_page(answer: Organizations) -> Iterator[Block]:
    """Yield the table of organizations."""
    columns = ("id", "name", "kind", "country", "records")
    cells = tuple(map(_organization_cells, answer.results))
    yield TableBlock(columns, cells, hide_first=("country", "id", "kind"))


def _organization_cells(row: TermRow) -> tuple[str, ...]:
    kind = in_words(row.kind or "")
    return (row.id, row.name, kind, row.country or "", str(row.records))


def sources_page(answer: Sources) -> Iterator[Block]:
    """Yield the table of sources."""
    columns = ("id", "title", "publisher", "date", "records")
    cells = tuple(map(_source_cells, answer.results))
    yield TableBlock(columns, cells, hide_first=("records", "id", "publisher", "date"))


def _source_cells(row: SourceRow) -> tuple[str, ...]:
    date = human_date(row.date)
    return (row.id, row.title, row.publisher or "", date, str(row.records))
