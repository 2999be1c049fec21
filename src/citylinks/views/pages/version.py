"""The version, with the data directories and schemas that it reads, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.vocabulary import PLURALS
from citylinks.text.safe import number_of
from citylinks.views.blocks import FieldList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.version import Version
    from citylinks.views.blocks import Block


def page(answer: Version) -> Iterator[Block]:
    """Yield version, data directories, numbers of records, and schemas."""
    for info in answer.results:
        records = []
        for type_, count in info.counts.items():
            records.append(number_of(count, type_, PLURALS[type_]))
        yield FieldList(
            (
                ("citylinks", (info.version,)),
                ("Python", (info.python,)),
                ("Data", info.data),
                ("Records", tuple(records)),
                ("Schemas", info.schemas),
            )
        )
