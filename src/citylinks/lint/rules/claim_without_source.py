"""An agreement, a count, an outcome, a status and a dated membership have a source.

Each of them may have its own `sources`; without them, the sources of the record count
for it. They do not count if every one of them is limited to other `fields`: then
nothing says where this comes from. A record without any source is `no-source`.

Bad:
    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04-07
    agreements:
      - {kind: renewal, signed: 2009}
    sources:
      - {source: yokohama-sister-cities, fields: [start]}

Good:
    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04-07
    agreements:
      - {kind: renewal, signed: 2009, sources: [lyon-yokohama-page]}
    sources:
      - {source: yokohama-sister-cities, fields: [start]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.lint.rules import RuleFinding
from citylinks.model.evidence import carries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.lint.rules import CheckedRecord

# The lists whose items have a place of their own for evidence, and what one of them is.
STATEMENTS: dict[str, str] = {
    "agreements": "agreement",
    "counts": "count",
    "outcomes": "outcome",
    "status": "status",
    "members": "membership",
}
OWN = frozenset(("sources", "listed"))


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find what no source of a record speaks for, where the record has any."""
    sources = record.body.get("sources", ())
    for field, noun in STATEMENTS.items() if sources else ():
        for number, part in enumerate(record.body.get(field, ())):
            if field == "members" and not {"from", "until"} & part.keys():
                continue
            if OWN & part.keys() or _have_source(sources, f"{field}[{number}]"):
                continue
            message = (
                f"this {noun} has no source: the sources of the record are limited to"
                " other fields"
            )
            yield RuleFinding(
                (field, number), message, "give it a source of its own under 'sources'"
            )


def _have_source(sources: Sequence[dict[str, Any]], path: str) -> bool:
    return any(carries(source, path) for source in sources)
