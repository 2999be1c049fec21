"""The version and what it works on, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import PLURALS
from citylinks.text.safe import number_of
from citylinks.views.blocks import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.version import Version
    from citylinks.views.blocks import Block


def page(answer: Version) -> Iterator[Block]:
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


def _counted(count: int, type_: str) -> str:
    return number_of(count, type_, PLURALS[type_])
