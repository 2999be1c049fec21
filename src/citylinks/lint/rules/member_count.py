"""A bilateral tie has exactly two different members.

Sister, friendship and partner cities, sister and friendship ports and contacts are ties
between two. What binds more is a network, a programme, a series or a cooperation; of
three cities that are sisters of each other, each pair is a tie of its own.

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
        message = (
            f"a {in_words(record.body['kind'])} tie has two members, not {len(cities)}"
        )
        yield RuleFinding(("members",), message)
    elif cities[0] == cities[1]:
        yield RuleFinding(("members",), f"'{cities[0]}' cannot be tied to itself")
