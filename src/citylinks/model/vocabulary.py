"""The closed lists of the model: kinds, roles and so on, with words for people."""

from __future__ import annotations

from typing import Literal, get_args

Level = Literal[
    "city",
    "metropolis",
    "prefecture",
    "state",
    "region",
    "country",
    "port",
    "corporation",
]
PartnershipKind = Literal[
    "sister-city",
    "friendship-city",
    "sister-or-friendship",
    "partner-city",
    "cooperation",
    "technical-cooperation",
    "sister-port",
    "friendship-port",
    "programme",
    "series",
    "network",
    "commitment",
    "contact",
    "unspecified",
]
AgreementKind = Literal[
    "twinning",
    "agreement",
    "memorandum-of-understanding",
    "joint-declaration",
    "joint-statement",
    "joint-communique",
    "letter-of-intent",
    "protocol",
    "renewal",
]
EventKind = Literal[
    "visit",
    "conference",
    "forum",
    "seminar",
    "symposium",
    "summit",
    "declaration",
    "agreement",
    "policy",
    "project",
    "commemoration",
    "founding",
    "exercise",
    "milestone",
]
Status = Literal["planned", "active", "dormant", "suspended", "ended"]
OrganizationRole = Literal[
    "coordinator",
    "organizer",
    "funder",
    "supporter",
    "implementer",
    "adviser",
    "knowledge-partner",
    "private-sector",
    "host",
    "signatory",
]
MemberRole = Literal[
    "lead", "coordinator", "chair", "host", "member", "partner", "founder"
]
EventRole = Literal[
    "host",
    "guest",
    "delegation",
    "organizer",
    "participant",
    "signatory",
    "chair",
    "origin",
]
OrganizationKind = Literal[
    "local-government",
    "government-agency",
    "development-bank",
    "company",
    "university",
    "research-institute",
    "network",
    "ngo",
    "international-organization",
]
SourceKind = Literal["primary", "press", "secondary"]
RecordType = Literal["city", "partnership", "event", "theme", "organization", "source"]

LEVELS: tuple[str, ...] = get_args(Level)
PARTNERSHIP_KINDS: tuple[str, ...] = get_args(PartnershipKind)
AGREEMENT_KINDS: tuple[str, ...] = get_args(AgreementKind)
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)
STATUSES: tuple[str, ...] = get_args(Status)
RECORD_TYPES: tuple[str, ...] = get_args(RecordType)
ORGANIZATION_KINDS: tuple[str, ...] = get_args(OrganizationKind)
# The nearest to what it tells first.
SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)

# Every kind of entry that the dates of a city or a partnership become in a timeline, in
# the order in which the entries of a record are numbered: what falls on one day stands
# in it. The entries of one row are numbered as their parts stand in the record.
ENTRY_KINDS: tuple[tuple[str, ...], ...] = (
    ("plan", "start"),
    ("end",),
    ("join", "member", "leave", "term"),
    ("status",),
    ("agreement",),
    ("expiry",),
    ("outcome",),
    ("count",),
)
ENTRY_PLACES: dict[str, int] = {}
for _place, _kinds in enumerate(ENTRY_KINDS):
    ENTRY_PLACES |= dict.fromkeys(_kinds, _place)
# Those that no event has.
DERIVED_KINDS = tuple(kind for kind in ENTRY_PLACES if kind not in EVENT_KINDS)

# The types whose records have a name, and those whose records have a title; a search
# ranks what is else alike in this order.
NAMED_TYPES = ("city", "partnership", "theme", "organization")
TITLED_TYPES = ("event", "source")

# What has a kind, and which there are; an entry of a timeline has one where no record
# does.
KINDS_OF: dict[str, tuple[str, ...]] = {
    "event": EVENT_KINDS,
    "entry": DERIVED_KINDS,
    "partnership": PARTNERSHIP_KINDS,
    "agreement": AGREEMENT_KINDS,
    "organization": ORGANIZATION_KINDS,
    "source": SOURCE_KINDS,
}

# What a person may mean by --kind where ties, events and their timelines are asked for:
# each once.
ALL_KINDS: tuple[str, ...] = tuple(
    dict.fromkeys((*EVENT_KINDS, *DERIVED_KINDS, *PARTNERSHIP_KINDS, *AGREEMENT_KINDS))
)
# What a kind of agreement means where only partnerships can be meant.
PARTNERSHIPS_MADE_BY = {"twinning": "sister-city"}

# The plural that a list is called by, and the folder or file it is kept in.
PLURALS: dict[str, str] = {
    "city": "cities",
    "partnership": "partnerships",
    "event": "events",
    "theme": "themes",
    "organization": "organizations",
    "source": "sources",
}

# A tie between two and only two.
BILATERAL_KINDS = frozenset(
    (
        "sister-city",
        "friendship-city",
        "sister-or-friendship",
        "partner-city",
        "sister-port",
        "friendship-port",
        "contact",
    )
)
# Something that many belong to: named in the header of a pair, not told in its
# timeline.
GATHERING_KINDS = frozenset(("programme", "series", "network", "commitment"))

# Of a partnership, the entries that say who belongs to it.
MEMBERSHIP_KINDS = ("join", "member", "leave", "term")

# Of a partnership, the entries that are an end, which comes once and does not last.
END_KINDS = frozenset(("end", "leave", "expiry"))

# Who has one of these roles in something that many belong to was there at its
# beginning, unless the record says since when. Of others without a date nobody knows
# when they joined.
FOUNDING_ROLES = frozenset(("founder", "lead", "coordinator", "host"))

# How the parties of a partnership of that kind are called: "Lyon and Yokohama: sister
# cities".
KIND_WORDS: dict[str, str] = {
    "sister-city": "sister cities",
    "friendship-city": "friendship cities",
    "sister-or-friendship": "sister or friendship cities",
    "partner-city": "partner cities",
    "cooperation": "cooperation",
    "technical-cooperation": "technical cooperation",
    "sister-port": "sister ports",
    "friendship-port": "friendship ports",
    "programme": "programme",
    "series": "series",
    "network": "network",
    "commitment": "commitment",
    "contact": "contact",
    "unspecified": "partnership (kind not stated)",
}


_SPELLINGS = {"joint-communique": "joint communiqué"}


def in_words(identifier: str) -> str:
    """Return an identifier as words: `memorandum-of-understanding` with spaces."""
    return _SPELLINGS.get(identifier) or identifier.replace("-", " ")
