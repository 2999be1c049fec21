"""A city, a partnership or an event cites the source that it rests on.

A record is worth what its evidence is worth. Who reads it must be able to look up where
it was learnt, and who mends it must know what it was held against. `sources` names
entries of sources.yaml; a source that carries only some of the fields says which.

Bad:
    # cities/lyon.yaml
    name: Lyon
    country: FR

Good:
    # cities/lyon.yaml
    name: Lyon
    country: FR
    sources: [lyon-yokohama-page]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find a record that does not say where it was learnt."""
    if record.type in {"city", "partnership", "event"} and "sources" not in record.body:
        yield RuleFinding((), f"the {record.type} cites no source")
