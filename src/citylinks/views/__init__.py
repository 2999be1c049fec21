"""Views: answers as people read them, on a terminal and in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks import answers
from citylinks.views import ahead, evidence, lists, profile, report, rules, timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citylinks.views.page import Block

# Which page each answer becomes. Add an answer by adding its line.
PAGES: dict[type[answers.Answer], Callable[[Any], Iterator[Block]]] = {
    answers.Timeline: timeline.page,
    answers.Cities: lists.cities,
    answers.Partnerships: lists.partnerships,
    answers.Agreements: lists.agreements,
    answers.Events: lists.events,
    answers.Themes: lists.themes,
    answers.Organizations: lists.organizations,
    answers.Sources: lists.sources,
    answers.Search: report.search,
    answers.Stats: report.stats,
    answers.Growth: report.growth,
    answers.Anniversaries: ahead.anniversaries,
    answers.Expiring: ahead.expiring,
    answers.Coverage: evidence.coverage,
    answers.Conflicts: evidence.conflicts,
    answers.SourceUses: evidence.source_uses,
    answers.Gaps: evidence.gaps,
    answers.FieldEvidence: evidence.of_record,
    answers.Shown: profile.page,
    answers.Validation: report.validation,
    answers.Statistics: report.statistics,
    answers.Explained: rules.page,
    answers.Version: report.version,
}


def page(answer: answers.Answer) -> Iterator[Block]:
    """Return the blocks of an answer."""
    return PAGES[type(answer)](answer)
