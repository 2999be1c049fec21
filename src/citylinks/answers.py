"""What comes back from a question: plain frozen values, the same for programs and for people.

Every answer holds the question as it was understood, and its results. All are named tuples: a
dataclass costs eighteen times as much to define, at every start.
Dates are EDTF text as the record has it, with `earliest` and `latest` as ISO days beside it.
"""

from typing import Any, Literal, NamedTuple

Certainty = Literal["certain", "possible"]


# -- Parts --------------------------------------------------------------------


class Ref(NamedTuple):
    """Another record: its id, its name, and the role in which it stands here."""

    id: str
    name: str
    role: str | None = None


class CityRef(NamedTuple):
    """A city as it takes part; `people` is how many it sent.

    `certainty` is how sure it is that it belonged to the tie at the time asked for.
    """

    id: str
    name: str
    country: str | None = None
    level: str | None = None
    role: str | None = None
    people: int | None = None
    certainty: Certainty | None = None


class RecordRef(NamedTuple):
    """The record that an answer rests on."""

    type: str
    id: str
    name: str


class Subject(NamedTuple):
    """Whom a timeline is about; `country` is the ISO 3166-1 code of a city's country."""

    type: str
    id: str
    name: str
    country: str | None


class SourceRef(NamedTuple):
    """Evidence; `note` is what the record says of this source."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    note: str | None = None


class ClaimRef(NamedTuple):
    """What another source says of a field."""

    field: str
    value: str
    source: SourceRef
    note: str | None = None


class PillarRef(NamedTuple):
    """A goal, a step or a theme that an event is built on."""

    name: str
    summary: str | None = None


class Group(NamedTuple):
    """What an entry stands under where a timeline is grouped: a decade, a theme or a city."""

    id: str
    name: str


class AttendanceRef(NamedTuple):
    """How many took part, as a source counts them."""

    cities: int | None = None
    people: int | None = None


# -- Results ------------------------------------------------------------------


class TimelineEntry(NamedTuple):
    """One dated thing; `certainty` is null where no span of time was asked for.

    `kind` is the kind of an event, or plan, start, end, join, leave, status, agreement, expiry,
    outcome or count; `detail` says more closely what: the kind of tie or paper, the role, the
    status.
    An entry of several groups is there once for each; `group` is null where it is of none.
    """

    date: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    detail: str | None
    title: str
    summary: str | None
    cities: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    organizations: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]
    record: RecordRef
    pillars: tuple[PillarRef, ...] = ()
    attendance: AttendanceRef | None = None
    group: Group | None = None


class CityRow(NamedTuple):
    """A city in a list; `ties` counts the partnerships that it is a member of."""

    id: str
    name: str
    level: str | None
    country: str | None
    region: str | None
    ties: int


class PartnershipRow(NamedTuple):
    """A partnership in a list; its members carry their level."""

    id: str
    name: str
    kind: str
    start: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    end: str | None
    status: str | None
    members: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    organizations: tuple[Ref, ...]
    sources: tuple[str, ...]


class AgreementRow(NamedTuple):
    """A paper that parties signed; `position` is its place in the list that its source gives."""

    signed: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    title: str
    summary: str | None
    parties: tuple[CityRef, ...]
    expires: str | None
    position: int | None
    themes: tuple[Ref, ...]
    sources: tuple[str, ...]
    record: RecordRef


class EventRow(NamedTuple):
    """An event in a list."""

    id: str
    date: str
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    title: str
    cities: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    sources: tuple[str, ...]


class TermRow(NamedTuple):
    """A theme or organization in a list; `records` counts those that name it."""

    id: str
    name: str
    kind: str | None
    country: str | None
    broader: str | None
    records: int


class SourceRow(NamedTuple):
    """A source in a list; `records` counts those that cite it."""

    id: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    records: int


class Standing(NamedTuple):
    """How a tie stood at the time asked for: whether it was in force, and its last sure status."""

    in_force: Literal["certain", "possible", "no"]
    status: str | None


class Profile(NamedTuple):
    """One record whole: as it is written, with what it names and what names it.

    Where a time is asked for, `record` is without what did not hold then or was yet to come,
    `ties` and `entries` are those that held, and `standing` says how a partnership stood.

    `record` is the record as validated; `names` gives the name of each record that it refers to,
    by `type/id`; `countries` the country and region of its cities, by their id; `ties` are the
    partnerships of a city, within a partnership, or about a term; `named_by` are all records that
    name it.
    """

    type: str
    id: str
    name: str
    record: dict[str, Any]
    names: dict[str, str]
    countries: dict[str, str]
    ties: tuple[PartnershipRow, ...]
    entries: tuple[TimelineEntry, ...]
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]
    named_by: tuple[RecordRef, ...]
    file: str
    standing: Standing | None = None


class Problem(NamedTuple):
    """One problem of the data at its place; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: str
    message: str
    help: str | None
    text: str | None  # the line of the file where it stands


class RuleCount(NamedTuple):
    """How many problems of one rule there are."""

    code: str
    rule: str
    severity: str
    problems: int


class RuleText(NamedTuple):
    """A rule: what it wants, in a sentence, and why; a bad and a good example, in YAML."""

    code: str
    rule: str
    severity: str
    wants: str
    why: str | None
    bad: str | None
    good: str | None


class VersionInfo(NamedTuple):
    """What is installed and what it reads."""

    version: str
    python: str
    schemas: tuple[str, ...]
    data: tuple[str, ...]
    counts: dict[str, int]


FUZZY = "fuzzy"  # the reason of a hit that is but like what was searched


class Hit(NamedTuple):
    """A record that speaks of what was searched, the best first.

    `reason` is where: name, alias, title, id or text, or the name of a city, theme, organization
    or source that the record refers to; or fuzzy, where nothing matched and the name is like it.
    `passage` is that text as it is spelled, with the positions of what matched in it. `score`
    follows from where the words are found and whether they are whole; of what is fuzzy it says
    how alike it is, from 0 to 1.
    """

    score: float
    reason: str
    passage: str
    matches: tuple[tuple[int, int], ...]
    date: str | None
    kind: str | None
    record: RecordRef


class StatRow(NamedTuple):
    """How many partnerships and events there are under one key, null where it is not known.

    `uncertain` counts those of both whose date only possibly falls there.
    """

    key: str | None
    name: str
    partnerships: int
    events: int
    uncertain: int


class GrowthRow(NamedTuple):
    """How many ties were in force in a year: for all that is known, and of these, surely."""

    year: int
    possible: int
    certain: int


class Anniversary(NamedTuple):
    """A round birthday of what stands at `path` of a record, at the precision of its date.

    `certainty` is how sure it is that it falls in the time asked for; `is_about` says that the
    `years` are, since the date is approximate. `kind` and `detail` are those of the entry in a
    timeline. `status` is that of the tie; of an event, the one that all its ties have. `last` is
    the latest round birthday that is over today, `next` the one after it.
    """

    date: str
    earliest: str | None
    latest: str | None
    certainty: Certainty
    years: int
    is_about: bool
    original: str
    kind: str
    detail: str | None
    title: str
    note: str | None
    cities: tuple[CityRef, ...]
    status: str | None
    last: str | None
    next: str | None
    sources: tuple[SourceRef, ...]
    record: RecordRef
    path: str


class Expiry(NamedTuple):
    """An agreement that runs out, at `path` of a record, and is not renewed.

    `certainty` is how sure it is that it does so in the time asked for, null where it is over and
    stands here for that; `past` is how sure it is that it is over today, null where it is not.
    `status` is that of the tie.
    """

    expires: str
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    past: Certainty | None
    kind: str
    title: str
    signed: str | None
    parties: tuple[CityRef, ...]
    status: str | None
    themes: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]
    record: RecordRef
    path: str


class CoverageRow(NamedTuple):
    """How many records or fields of each type something is true of; null where it cannot be.

    `measure` is sources (how many records rest on none, one or several), best (the kind of the
    best source of a record), fields (as sources, of fields), missing (what records lack) or
    claims (what other sources say otherwise); `key` says which of these.
    """

    measure: str
    key: str
    cities: int | None
    partnerships: int | None
    events: int | None


class ConflictRow(NamedTuple):
    """What a record states, on whose word, and what another source claims instead.

    `value` is null where the record states nothing there; both values are text as it is written.
    """

    record: RecordRef
    field: str
    value: str | None
    sources: tuple[SourceRef, ...]
    claimed: str
    source: SourceRef
    note: str | None


class SourceUse(NamedTuple):
    """What rests on a source: records by type, and `fields` of them.

    `alone` are the records that rest on nothing else, `fields_alone` the fields; `claims` counts
    what it says otherwise than the records.
    """

    id: str
    title: str
    kind: str | None
    publisher: str | None
    date: str | None
    cities: int
    partnerships: int
    events: int
    records: int
    alone: int
    fields: int
    fields_alone: int
    claims: int


class GapRow(NamedTuple):
    """A record and what it lacks: source, date, coordinates, country."""

    record: RecordRef
    missing: tuple[str, ...]


class FieldRow(NamedTuple):
    """A field of a record by its path: what it states, on whose word, and what others claim.

    `value` is the text of what is written, null where only others say something. The note of a
    source is what the record notes of it.
    """

    record: RecordRef
    field: str
    value: str | None
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]


# -- Answers ------------------------------------------------------------------


class Timeline(NamedTuple):
    """What happened, in order: `subjects` are whom it was asked of, `ties` what is between them.

    `networks` are what several of them belong to without its filling their timeline, with only
    these of their members. There are so many `more` results than were asked for.
    """

    query: dict[str, Any]
    results: tuple[TimelineEntry, ...]
    subjects: tuple[Subject, ...] = ()
    ties: tuple[PartnershipRow, ...] = ()
    networks: tuple[PartnershipRow, ...] = ()
    more: int = 0


class Cities(NamedTuple):
    """The cities that were asked for."""

    query: dict[str, Any]
    results: tuple[CityRow, ...]


class Partnerships(NamedTuple):
    """The partnerships that were asked for."""

    query: dict[str, Any]
    results: tuple[PartnershipRow, ...]


class Agreements(NamedTuple):
    """The agreements that were asked for, in the order of signature as far as it is known."""

    query: dict[str, Any]
    results: tuple[AgreementRow, ...]


class Events(NamedTuple):
    """The events that were asked for."""

    query: dict[str, Any]
    results: tuple[EventRow, ...]


class Themes(NamedTuple):
    """The themes of the vocabulary."""

    query: dict[str, Any]
    results: tuple[TermRow, ...]


class Organizations(NamedTuple):
    """The organizations of the vocabulary."""

    query: dict[str, Any]
    results: tuple[TermRow, ...]


class Sources(NamedTuple):
    """The sources that records cite."""

    query: dict[str, Any]
    results: tuple[SourceRow, ...]


class Search(NamedTuple):
    """The records that speak of a text; `is_cut` where there are more than were asked for."""

    query: dict[str, Any]
    results: tuple[Hit, ...]
    is_cut: bool = False

    @property
    def is_literal(self) -> bool:
        """Whether what was searched was found, and not only names that are like it."""
        return bool(self.results) and self.results[0].reason != FUZZY


class Stats(NamedTuple):
    """How many, by what was asked."""

    query: dict[str, Any]
    results: tuple[StatRow, ...]


class Growth(NamedTuple):
    """How many ties were in force in each year; `undated` are those whose beginning is unknown."""

    query: dict[str, Any]
    results: tuple[GrowthRow, ...]
    undated: int = 0


class Anniversaries(NamedTuple):
    """The round birthdays that fall in a time, to the cities in `subjects` or at all.

    `today` is the ISO day of the question, `ended` how many were left out since their tie has
    ended, `vague` how many dates tell too little to have birthdays.
    """

    query: dict[str, Any]
    results: tuple[Anniversary, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0
    vague: int = 0


class Expiring(NamedTuple):
    """The agreements that run out in a time, or have run out; `today`, `ended` as above."""

    query: dict[str, Any]
    results: tuple[Expiry, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0


class Coverage(NamedTuple):
    """How far the records are borne out; `uses` are the sources, those most used first."""

    query: dict[str, Any]
    results: tuple[CoverageRow, ...]
    uses: tuple[SourceUse, ...] = ()


class Conflicts(NamedTuple):
    """Where sources disagree."""

    query: dict[str, Any]
    results: tuple[ConflictRow, ...]


class SourceUses(NamedTuple):
    """The sources by their use, those most used first."""

    query: dict[str, Any]
    results: tuple[SourceUse, ...]


class Gaps(NamedTuple):
    """The records that lack something."""

    query: dict[str, Any]
    results: tuple[GapRow, ...]


class FieldEvidence(NamedTuple):
    """On what each field of a record rests, or each within one."""

    query: dict[str, Any]
    results: tuple[FieldRow, ...]


class Shown(NamedTuple):
    """One record whole."""

    query: dict[str, Any]
    results: tuple[Profile, ...]


class Totals(NamedTuple):
    """What was read and what is wrong with it; `is_failed` where that is not to be passed over."""

    files: int = 0
    records: int = 0
    errors: int = 0
    warnings: int = 0
    is_failed: bool = False


class Validation(NamedTuple):
    """The problems of the data, all of them or as many as were asked for; `totals` counts all."""

    query: dict[str, Any]
    results: tuple[Problem, ...]
    totals: Totals = Totals()


class Statistics(NamedTuple):
    """How many problems there are of each rule that is broken, most first."""

    query: dict[str, Any]
    results: tuple[RuleCount, ...]
    totals: Totals = Totals()


class Explained(NamedTuple):
    """What rules want; all of them where none was asked for."""

    query: dict[str, Any]
    results: tuple[RuleText, ...]


class Version(NamedTuple):
    """Version, schemas and data."""

    query: dict[str, Any]
    results: tuple[VersionInfo, ...]


Answer = (
    Timeline
    | Cities
    | Partnerships
    | Agreements
    | Events
    | Themes
    | Organizations
    | Sources
    | Search
    | Stats
    | Growth
    | Anniversaries
    | Expiring
    | Coverage
    | Conflicts
    | SourceUses
    | Gaps
    | FieldEvidence
    | Shown
    | Validation
    | Statistics
    | Explained
    | Version
)
# The name of each answer's schema.
ANSWERS: dict[str, type[Answer]] = {
    "timeline": Timeline,
    "cities": Cities,
    "partnerships": Partnerships,
    "agreements": Agreements,
    "events": Events,
    "themes": Themes,
    "organizations": Organizations,
    "sources": Sources,
    "search": Search,
    "stats": Stats,
    "growth": Growth,
    "anniversaries": Anniversaries,
    "expiring": Expiring,
    "evidence": Coverage,
    "evidence-conflicts": Conflicts,
    "evidence-sources": SourceUses,
    "evidence-gaps": Gaps,
    "evidence-record": FieldEvidence,
    "show": Shown,
    "validate": Validation,
    "validate-statistics": Statistics,
    "explain": Explained,
    "version": Version,
}
SCHEMA_VERSION = 1


def schema_name(answer: type[Answer]) -> str:
    """Return the name that the envelope of an answer carries: `citylinks/timeline/1`."""
    name = next(name for name, known in ANSWERS.items() if known is answer)
    return f"citylinks/{name}/{SCHEMA_VERSION}"
