"""A partnership between two cities has exactly two different members.

Sister, friendship and partner cities, sister and friendship ports and contacts are
partnerships between two. If there are more members, it is a network, a programme, a
series or a cooperation. If three cities are sister cities of each other, each pair is a
separate partnership.

Bad:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama, nice]

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules import RuleFinding
from citylinks.model.vocabulary import BILATERAL_KINDS, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find a bilateral partnership that is not between two different members."""
    if record.type != "partnership" or record.body["kind"] not in BILATERAL_KINDS:
        return
    cities = [member["city"] for member in record.body["members"]]
    if len(cities) != 2:
        kind = in_words(record.body["kind"])
        message = f"a {kind} partnership has two members, not {len(cities)}"
        yield RuleFinding(("members",), message)
    elif cities[0] == cities[1]:
        yield RuleFinding(("members",), f"'{cities[0]}' cannot be a partner of itself")
