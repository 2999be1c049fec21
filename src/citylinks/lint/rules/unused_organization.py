"""Every organization is named by a record.

An organization that no record names is left over from a deleted record, or a record
names another one by mistake. If a record was left out because of errors, nothing is
reported, since that record may name the organization.

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
