"""Questions: one module for each, from what is asked to its answer."""

from __future__ import annotations

# The answers that programs read: the name of the schema -> module and type.
ANSWERS: dict[str, tuple[str, str]] = {
    "timeline": ("timeline", "Timeline"),
    "cities": ("lists", "Cities"),
    "partnerships": ("lists", "Partnerships"),
    "agreements": ("lists", "Agreements"),
    "events": ("lists", "Events"),
    "themes": ("lists", "Themes"),
    "organizations": ("lists", "Organizations"),
    "sources": ("lists", "Sources"),
    "search": ("search", "Search"),
    "stats": ("stats", "Stats"),
    "growth": ("growth", "Growth"),
    "anniversaries": ("anniversaries", "Anniversaries"),
    "expiring": ("expiring", "Expiring"),
    "evidence": ("evidence", "Coverage"),
    "evidence-conflicts": ("conflicts", "Conflicts"),
    "evidence-sources": ("source_uses", "SourceUses"),
    "evidence-gaps": ("gaps", "Gaps"),
    "evidence-record": ("record_evidence", "FieldEvidence"),
    "path": ("path", "Chains"),
    "common": ("common", "Common"),
    "show": ("show", "Shown"),
    "validate": ("validation", "Validation"),
    "validate-statistics": ("validation", "Statistics"),
    "explain": ("explain", "Explained"),
    "version": ("version", "Version"),
}
SCHEMA_VERSION = 1


def schema_name(answer: str) -> str:
    """Return the name of the schema of an answer: `citylinks/timeline/1`."""
    name = next(name for name, (_, known) in ANSWERS.items() if known == answer)
    return f"citylinks/{name}/{SCHEMA_VERSION}"
