"""An organization is named by some record.

An organization that no record names is left over, or a record names another by mistake.
If some record has errors and was left out, nothing is reported: it may be the one that
names it.

Bad:
    # events/2017-asia-smart-city-conference.yaml
    title: Sixth Asia Smart City Conference
    date: 2017
    kind: conference
    organizations: [jica]
    sources: [conference-page]

    # organizations.yaml
    jica: {name: Japan International Cooperation Agency}
    iges: {name: Institute for Global Environmental Strategies}

Good:
    # events/2017-asia-smart-city-conference.yaml
    title: Sixth Asia Smart City Conference
    date: 2017
    kind: conference
    organizations: [jica]
    sources: [conference-page]

    # organizations.yaml
    jica: {name: Japan International Cooperation Agency}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.lint.rules.unused_source import never_used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedIndex, CrossRecordFinding


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the organizations that no record names."""
    yield from never_used(index, "organization", "no record names the organization")
