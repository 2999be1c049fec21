"""A source is cited only for fields that the record has.

A source that is cited for a missing field supports nothing. Either the value was
forgotten, or the path should name another field. If only another source states the
field, write it as a claim.

Bad:
    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    sources:
      - {source: yokohama-sister-cities, fields: [start]}

Good:
    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04-07
    sources:
      - {source: yokohama-sister-cities, fields: [start]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding
from citylinks.lint.rules.unknown_field import cited_paths, find_fault
from citylinks.model.references import value_at
from citylinks.text.safe import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the citations for a field that the record leaves out."""
    for path, text in cited_paths(record):
        if value_at(record.body, text) is None and find_fault(record, text) is None:
            message = (
                f"the source is cited for {quoted(text)},"
                " which the record does not state"
            )
            yield RuleFinding(path, message, "state it, or remove it from 'fields'")
