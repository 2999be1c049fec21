"""Views: answers as people read them, on a terminal and in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.views.pages import (
    connections,
    evidence,
    explain,
    lists,
    report,
    show,
    timeline,
    upcoming,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citylinks.questions.results import Answer
    from citylinks.views.blocks import Block

# Which page each answer becomes. Add an answer by adding its line.
PAGES: dict[str, Callable[[Any], Iterator[Block]]] = {
    "Timeline": timeline.page,
    "Cities": lists.cities,
    "Partnerships": lists.partnerships,
    "Agreements": lists.agreements,
    "Events": lists.events,
    "Themes": lists.themes,
    "Organizations": lists.organizations,
    "Sources": lists.sources,
    "Search": report.search,
    "Stats": report.stats,
    "Growth": report.growth,
    "Anniversaries": upcoming.anniversaries,
    "Expiring": upcoming.expiring,
    "Coverage": evidence.coverage,
    "Conflicts": evidence.conflicts,
    "SourceUses": evidence.source_uses,
    "Gaps": evidence.gaps,
    "FieldEvidence": evidence.of_record,
    "Chains": connections.path,
    "Common": connections.common,
    "Shown": show.page,
    "Validation": report.validation,
    "Statistics": report.statistics,
    "Explained": explain.page,
    "Version": report.version,
}


def page(answer: Answer) -> Iterator[Block]:
    """Return the blocks of an answer."""
    return PAGES[type(answer).__name__](answer)
