"""Views: answers as people read them, on a terminal, in a pipe and in a document."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citylinks.questions.results import Answer
    from citylinks.views.blocks import Block

# The pages that are not the function `page` of a module named as the question's: the
# module below `pages`, and the function there. Only the page that is printed is
# imported.
OTHER_PAGES: dict[str, tuple[str, str]] = {
    "Cities": ("lists", "cities_page"),
    "Partnerships": ("lists", "partnerships_page"),
    "Agreements": ("lists", "agreements_page"),
    "Events": ("lists", "events_page"),
    "Themes": ("lists", "themes_page"),
    "Organizations": ("lists", "organizations_page"),
    "Sources": ("lists", "sources_page"),
    "Coverage": ("evidence", "coverage_page"),
    "Conflicts": ("evidence", "conflicts_page"),
    "SourceUses": ("evidence", "source_uses_page"),
    "Gaps": ("evidence", "gaps_page"),
    "FieldEvidence": ("evidence", "field_evidence_page"),
    "Validation": ("validate", "page"),
    "Statistics": ("validate", "statistics_page"),
}


# A story that is sorted by anything but its dates is a table with these columns.
COLUMNS_OF_STORIES = {"Timeline": ("date", "kind", "title", "record")}


def page_maker(answer_type: type[Answer]) -> Callable[[Answer], Iterator[Block]]:
    """Return the function that turns answers of this type into the blocks of a page."""
    question = answer_type.__module__.rpartition(".")[2]
    default = (question, "page")
    module, function = OTHER_PAGES.get(answer_type.__name__, default)
    maker: Callable[[Answer], Iterator[Block]] = getattr(
        import_module(f"{__name__}.pages.{module}"), function
    )
    return maker


def page(answer: Answer) -> Iterator[Block]:
    """Return the blocks of an answer; of the fields that were asked for, a table."""
    name = type(answer).__name__
    fields = answer.query.get("fields")
    if not fields and answer.query.get("sort") not in (None, "date"):
        fields = COLUMNS_OF_STORIES.get(name)
    if fields:
        from citylinks.views.pages.fields import fields_page

        return fields_page(answer, fields)
    return page_maker(type(answer))(answer)
