"""A quotation in a summary or a note is no longer than 300 characters.

Records are written in our own words. We may not be allowed to publish a long passage of
somebody else's text, and readers seldom want it: summarise it and cite the source. A
quotation is text between “…”, "…", « … » or 「…」.

Bad:
    # events/2012-symposium.yaml
    title: Symposium on urban vulnerabilities
    date: 2012-09
    kind: symposium
    summary: >-
      Its programme says: “The rapid growth of cities, the change of the climate, the
      ageing of those who live in them and of what was built for them, the dependence of
      each network on every other, and the loss of the memory of what befell them
      before, are the five sources of a vulnerability that no city, however rich it is
      and however well it is governed, can hope to master by itself and without learning
      from others.”
    sources: [lyon-page]

Good:
    # events/2012-symposium.yaml
    title: Symposium on urban vulnerabilities
    date: 2012-09
    kind: symposium
    summary: >-
      Its programme names five sources of a vulnerability that no city “can hope to
      master by itself and without learning from others”.
    sources: [lyon-page]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

LONGEST = 300
FIELDS = frozenset(("summary", "note"))
_QUOTED = re.compile('“([^”]*)”|"([^"]*)"|«([^»]*)»|「([^」]*)」')


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the fields that quote too much at once."""
    for path, text in _texts(record.body, ()):
        lengths = [len("".join(match).strip()) for match in _QUOTED.findall(text)]
        longest = max(lengths, default=0)
        if longest > LONGEST:
            message = f"the quotation is {longest} characters long, more than {LONGEST}"
            yield RuleFinding(
                path, message, "summarise it in your own words and cite the source"
            )


def _texts(part: dict[str, Any], at: Path) -> Iterator[tuple[Path, str]]:
    for key, value in part.items():
        if isinstance(value, str):
            if key in FIELDS:
                yield (*at, key), value
        elif isinstance(value, dict):
            yield from _texts(value, (*at, key))
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _texts(item, (*at, key, number))
