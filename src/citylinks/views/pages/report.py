"""What is found, counted, wrong or installed, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import PLURALS, in_words
from citylinks.questions.results import FUZZY
from citylinks.text.safe import number_of
from citylinks.views.blocks import (
    Bars,
    Chart,
    Fields,
    FindingBlock,
    Findings,
    HitBlock,
    Hits,
    TableBlock,
)
from citylinks.views.phrases import human

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.growth import Growth
    from citylinks.questions.search import Hit as SearchHit
    from citylinks.questions.search import Search
    from citylinks.questions.stats import Stats
    from citylinks.questions.validation import Statistics, Validation
    from citylinks.questions.version import Version
    from citylinks.views.blocks import Block


def validation(answer: Validation) -> Iterator[Block]:
    """Yield every problem with the line that it stands in."""
    yield Findings(
        tuple(
            FindingBlock(
                f"{problem.path}:{problem.line}:{problem.column}",
                problem.code,
                problem.severity,
                problem.message,
                problem.help,
                problem.text,
                problem.column,
                problem.line,
            )
            for problem in answer.results
        )
    )


def statistics(answer: Statistics) -> Iterator[Block]:
    """Yield the number of problems of each rule."""
    rows = (
        (str(row.problems), row.code, row.rule, row.severity) for row in answer.results
    )
    yield TableBlock(("problems", "code", "rule", "severity"), tuple(rows))


def search(answer: Search) -> Iterator[Block]:
    """Yield what was found."""
    yield Hits(
        tuple(
            HitBlock(hit.record.name, _about(hit), hit.passage, hit.matches)
            for hit in answer.results
        )
    )


def _about(hit: SearchHit) -> str:
    said = [
        hit.record.type,
        in_words(hit.kind or ""),
        human(hit.date),
        hit.record.id,
        "a similar name" if hit.reason == FUZZY else f"by {hit.reason}",
    ]
    return " · ".join(part for part in said if part)


def stats(answer: Stats) -> Iterator[Block]:
    """Yield the counts as bars."""
    yield Bars(
        (answer.query["by"], "partnerships", "events", "uncertain"),
        tuple(
            (row.name, (row.partnerships, row.events, row.uncertain))
            for row in answer.results
        ),
    )


def growth(answer: Growth) -> Iterator[Block]:
    """Yield how many ties were in force in each year."""
    yield Chart(("year", "possibly in force", "certainly in force"), answer.results)


def _counted(count: int, type_: str) -> str:
    return number_of(count, type_, PLURALS[type_])


def version(answer: Version) -> Iterator[Block]:
    """Yield version, schemas, data directories and counts."""
    for info in answer.results:
        yield Fields(
            (
                ("citylinks", (info.version,)),
                ("Python", (info.python,)),
                ("Data", info.data),
                (
                    "Records",
                    tuple(
                        _counted(count, type_) for type_, count in info.counts.items()
                    ),
                ),
                ("Schemas", info.schemas),
            )
        )
