"""What comes back from a question: plain frozen values, the same for programs and for people.

Every answer holds the question as it was understood, and its results. All are named tuples: a
dataclass costs eighteen times as much to define. They are defined when they are first asked for,
a family at a time, since a command needs few of them.
Dates are EDTF text as the record has it, with `earliest` and `latest` as ISO days beside it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citylinks.answers.about import *  # noqa: F403
    from citylinks.answers.ahead import *  # noqa: F403
    from citylinks.answers.counts import *  # noqa: F403
    from citylinks.answers.evidence import *  # noqa: F403
    from citylinks.answers.lists import *  # noqa: F403
    from citylinks.answers.parts import *  # noqa: F403
    from citylinks.answers.profile import *  # noqa: F403
    from citylinks.answers.search import *  # noqa: F403
    from citylinks.answers.timeline import *  # noqa: F403
    from citylinks.answers.together import *  # noqa: F403
    from citylinks.answers.union import *  # noqa: F403
    from citylinks.answers.validation import *  # noqa: F403

# Name -> the module that defines it. Add a value by writing it there and adding its line.
HOMES: dict[str, str] = {
    "Certainty": "parts",
    "Ref": "parts",
    "CityRef": "parts",
    "RecordRef": "parts",
    "Subject": "parts",
    "SourceRef": "parts",
    "ClaimRef": "parts",
    "PillarRef": "parts",
    "Group": "parts",
    "AttendanceRef": "parts",
    "PartnershipRow": "parts",
    "TimelineEntry": "timeline",
    "Timeline": "timeline",
    "CityRow": "lists",
    "AgreementRow": "lists",
    "EventRow": "lists",
    "TermRow": "lists",
    "SourceRow": "lists",
    "Cities": "lists",
    "Partnerships": "lists",
    "Agreements": "lists",
    "Events": "lists",
    "Themes": "lists",
    "Organizations": "lists",
    "Sources": "lists",
    "Standing": "profile",
    "Profile": "profile",
    "Shown": "profile",
    "FUZZY": "search",
    "Hit": "search",
    "Search": "search",
    "StatRow": "counts",
    "GrowthRow": "counts",
    "Stats": "counts",
    "Growth": "counts",
    "Anniversary": "ahead",
    "Expiry": "ahead",
    "Anniversaries": "ahead",
    "Expiring": "ahead",
    "CoverageRow": "evidence",
    "ConflictRow": "evidence",
    "SourceUse": "evidence",
    "GapRow": "evidence",
    "FieldRow": "evidence",
    "Coverage": "evidence",
    "Conflicts": "evidence",
    "SourceUses": "evidence",
    "Gaps": "evidence",
    "FieldEvidence": "evidence",
    "Link": "together",
    "Chain": "together",
    "Shared": "together",
    "Chains": "together",
    "Common": "together",
    "Problem": "validation",
    "RuleCount": "validation",
    "Totals": "validation",
    "Validation": "validation",
    "Statistics": "validation",
    "RuleText": "about",
    "VersionInfo": "about",
    "Explained": "about",
    "Version": "about",
    "Answer": "union",
}

# The name of each answer's schema -> the name of the answer.
ANSWERS: dict[str, str] = {
    "timeline": "Timeline",
    "cities": "Cities",
    "partnerships": "Partnerships",
    "agreements": "Agreements",
    "events": "Events",
    "themes": "Themes",
    "organizations": "Organizations",
    "sources": "Sources",
    "search": "Search",
    "stats": "Stats",
    "growth": "Growth",
    "anniversaries": "Anniversaries",
    "expiring": "Expiring",
    "evidence": "Coverage",
    "evidence-conflicts": "Conflicts",
    "evidence-sources": "SourceUses",
    "evidence-gaps": "Gaps",
    "evidence-record": "FieldEvidence",
    "path": "Chains",
    "common": "Common",
    "show": "Shown",
    "validate": "Validation",
    "validate-statistics": "Statistics",
    "explain": "Explained",
    "version": "Version",
}
SCHEMA_VERSION = 1


def schema_name(answer: str) -> str:
    """Return the name that the envelope of an answer carries: `citylinks/timeline/1`."""
    name = next(name for name, known in ANSWERS.items() if known == answer)
    return f"citylinks/{name}/{SCHEMA_VERSION}"


if not TYPE_CHECKING:  # a type checker knows the names, and should know of no others

    def __getattr__(name: str) -> Any:
        """Define the family of a value when the value is first asked for."""
        if name not in HOMES:
            raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
        found = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    """Return all names, also of what is not yet defined."""
    return sorted({*globals(), *HOMES})
