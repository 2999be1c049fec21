"""A city, a partnership or an event cites its source.

A record is only as good as its sources. Readers must be able to look up where it comes
from, and anyone who corrects it must know what it was checked against. `sources` names
entries of sources.yaml; if a source supports only some of the fields, list them in its
`fields`.

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
