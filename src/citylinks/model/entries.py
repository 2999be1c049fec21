"""What of a record stands in a timeline: its beginning, its papers, its changes,
itself.

Everything dated in a record becomes one entry. Add a kind of entry by writing the
function that yields it and naming it in `OF_PARTNERSHIP`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks import dates
from citylinks.model.records import (
    Attendance,
    City,
    Claim,
    Event,
    Partnership,
    Pillar,
    SourceReference,
)
from citylinks.model.references import covers
from citylinks.model.validity import (
    OPEN,
    Period,
    date_validity,
    end_dates,
    has_unknown_joining,
    is_only_planned,
    until_next,
    validity_between,
)
from citylinks.model.vocabulary import FOUNDING_ROLES, GATHERING_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from citylinks.model.records import (
        Agreement,
        Count,
        Member,
        Part,
        Record,
        StatusChange,
    )
    from citylinks.model.validity import Change


# The fields that the beginning of a tie tells, and those that the signing of a paper
# does: what others say of them is told there.
TOLD_AT_START = ("start", "kind", "themes", "organizations", "summary")
TOLD_OF_A_PAPER = ("signed", "kind", "title", "parties", "themes", "summary", "listed")


class Involved(NamedTuple):
    """A city or organization in an entry; `people` is how many a city sent."""

    id: str
    role: str | None = None
    people: int | None = None


class Entry(NamedTuple):
    """One dated thing; `path` says where in its record it stands, `date` is None if
    unknown.

    `kind` is the kind of an event or what became of a partnership; `detail` says it
    more closely (the kind of agreement, the role, the status). `is_general` marks what
    concerns all members of a partnership alike. `undated` are members of whom nobody
    knows when they joined what began: they are no part of that. `listed` is the source
    and position of an undated agreement. `until` is what ends that which holds beyond
    its date, as `standing.spell` takes it: the first of several; without any it goes
    on. It is None for what only happened.
    """

    path: str
    kind: str
    date: str | None
    detail: str | None = None
    title: str | None = None
    summary: str | None = None
    value: int | None = None
    pillars: tuple[Pillar, ...] = ()
    attendance: Attendance | None = None
    cities: tuple[Involved, ...] = ()
    themes: tuple[str, ...] = ()
    organizations: tuple[Involved, ...] = ()
    partnerships: tuple[str, ...] = ()
    sources: tuple[SourceReference, ...] = ()
    claims: tuple[Claim, ...] = ()
    is_general: bool = False
    listed: tuple[str, int] | None = None
    undated: tuple[Involved, ...] = ()
    until: tuple[str, ...] | None = None


def timeline_entries(id_: str, record: Part) -> Iterator[Entry]:
    """Yield the entries of one record; a term of a vocabulary has none."""
    if isinstance(record, Event):
        yield event_entry(record)
    elif isinstance(record, City):
        yield from city_count_entries(id_, record)
    elif isinstance(record, Partnership):
        for yielding in OF_PARTNERSHIP:
            yield from yielding(id_, record)


def event_entry(event: Event) -> Entry:
    """Return the event itself, its place among its cities."""
    cities = tuple(Involved(c.city, c.role, c.people) for c in event.cities or ())
    if event.place and event.place not in {city.id for city in cities}:
        cities += (Involved(event.place, "place"),)
    series = (event.series.id,) if event.series else ()
    return Entry(
        path="date",
        kind=event.kind,
        date=event.date,
        title=event.title,
        summary=event.summary,
        pillars=event.pillars or (),
        attendance=event.attendance,
        cities=cities,
        themes=event.themes or (),
        organizations=tuple(
            Involved(o.organization, o.role) for o in event.organizations or ()
        ),
        partnerships=tuple(dict.fromkeys((*(event.partnerships or ()), *series))),
        sources=event.sources or (),
        claims=event.claims or (),
        until=_while_it_lasts(event.date),
    )


def city_count_entries(id_: str, city: City) -> Iterator[Entry]:
    """Yield the dated numbers that a source gives for a city."""
    for number, count in enumerate(city.counts or ()):
        if count.date:
            yield _count(city, f"counts[{number}]", count, (Involved(id_),))


# -- Of a partnership ---------------------------------------------------------


def start_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield the beginning, also where its date is unknown; who joined later is not in
    it.

    What is only planned has not begun; it is told as a plan, or by what is told of its
    status.
    """
    if is_only_planned(tie.start, _changes(tie)):
        if not any(_is_told(change) for change in tie.status or ()):
            yield _of_all(id_, tie, "status", "plan", None)._replace(
                detail=tie.kind, until=()
            )
        return
    yield _of_all(
        id_, tie, "start", "start", tie.start, cities=_first_members(tie)
    )._replace(
        detail=tie.kind,
        summary=tie.summary,
        claims=_claims(
            tie,
            *TOLD_AT_START,
            *(f"members[{n}].city" for n in range(len(tie.members))),
        ),
        organizations=_organizations(tie),
        themes=_stated_at_start(tie),
        undated=tuple(
            Involved(member.city, member.role) for _, member in _undated(tie)
        ),
        until=_ends(tie),
    )


def _stated_at_start(tie: Partnership) -> tuple[str, ...]:
    """Return the themes of the papers that began a tie; what it treats by now is none
    of them.
    """
    papers = [
        one for one in tie.agreements or () if one.signed and one.signed == tie.start
    ]
    return tuple(
        dict.fromkeys(theme for paper in papers for theme in paper.themes or ())
    )


def end_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield the end where one is stated."""
    if tie.end:
        yield _of_all(id_, tie, "end", "end", tie.end)._replace(detail=tie.kind)


def membership_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield who joined or left; a term in office with both dates is one entry."""
    for number, member in enumerate(tie.members):
        term = _term(member)
        changes = (
            [("from", "term", term)]
            if term
            else [("from", "join", member.from_), ("until", "leave", member.until)]
        )
        for field, kind, date in changes:
            if date:
                path = f"members[{number}]" if term else f"members[{number}].{field}"
                cities = (Involved(member.city, member.role),)
                yield _of_all(id_, tie, path, kind, date, cities=cities)._replace(
                    detail=member.role,
                    sources=entry_sources(tie, path, member.sources),
                    claims=_claims(tie, path, f"members[{number}].role"),
                    is_general=False,
                    until=_until(kind, member, tie),
                )


def undated_members(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield who belongs to a network, nobody knows since when; who left is told by
    that.
    """
    if is_only_planned(tie.start, _changes(tie)):
        return
    for number, member in _undated(tie):
        if member.until:
            continue
        path = f"members[{number}]"
        cities = (Involved(member.city, member.role),)
        yield _of_all(id_, tie, path, "member", None, cities=cities)._replace(
            detail=member.role,
            sources=entry_sources(tie, path, member.sources),
            is_general=False,
            until=_until("member", member, tie),
        )


def status_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield each change of status of which more is known than the word, with its
    reason.
    """
    for number, change in enumerate(tie.status or ()):
        if _is_told(change):
            path = f"status[{number}].since" if change.since else f"status[{number}]"
            yield _of_all(id_, tie, path, "status", change.since)._replace(
                detail=change.is_,
                summary=change.reason,
                sources=entry_sources(tie, path, change.sources),
                claims=_claims(tie, f"status[{number}]"),
                until=_next_status(tie, number),
            )


def agreement_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield each paper, also where its date is unknown."""
    for number, paper in enumerate(tie.agreements or ()):
        path = f"agreements[{number}].signed"
        entry = _of_agreement(id_, tie, path, "agreement", paper)
        until = (*([paper.expires] if paper.expires else ()), *_ends(tie))
        told = (f"agreements[{number}].{field}" for field in TOLD_OF_A_PAPER)
        claims = _claims(tie, *told)
        yield entry._replace(
            date=paper.signed, summary=paper.summary, claims=claims, until=until
        )


def expiry_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield when a paper runs out."""
    for number, paper in enumerate(tie.agreements or ()):
        if paper.expires:
            path = f"agreements[{number}].expires"
            yield _of_agreement(id_, tie, path, "expiry", paper)._replace(
                date=paper.expires
            )


def outcome_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield what came of it, also where its date is unknown."""
    for number, outcome in enumerate(tie.outcomes or ()):
        path = f"outcomes[{number}]"
        cities = _with_place(_members(tie, outcome.date), outcome.city)
        yield _of_all(id_, tie, path, "outcome", outcome.date, cities=cities)._replace(
            title=outcome.summary,
            sources=entry_sources(tie, path, outcome.sources),
            is_general=outcome.city is None,
        )


def count_entries(id_: str, tie: Partnership) -> Iterator[Entry]:
    """Yield the dated numbers that a source gives for a partnership."""
    for number, count in enumerate(tie.counts or ()):
        if count.date:
            entry = _count(tie, f"counts[{number}]", count, _members(tie, count.date))
            yield entry._replace(partnerships=(id_,), is_general=True)


OF_PARTNERSHIP: tuple[Callable[[str, Partnership], Iterator[Entry]], ...] = (
    start_entries,
    end_entries,
    membership_entries,
    undated_members,
    status_entries,
    agreement_entries,
    expiry_entries,
    outcome_entries,
    count_entries,
)


# -- Parts of entries ---------------------------------------------------------


def _of_all(
    id_: str,
    tie: Partnership,
    path: str,
    kind: str,
    date: str | None,
    *,
    cities: tuple[Involved, ...] | None = None,
) -> Entry:
    """Return an entry that concerns a partnership as a whole.

    `cities` are told where they are not all its members of then. What the partnership
    treats is no part of it: nobody says that it did on that day.
    """
    return Entry(
        path=path,
        kind=kind,
        date=date,
        cities=_members(tie, date) if cities is None else cities,
        partnerships=(id_,),
        sources=entry_sources(tie, path),
        claims=_claims(tie, path),
        is_general=True,
    )


def _of_agreement(
    id_: str, tie: Partnership, path: str, kind: str, paper: Agreement
) -> Entry:
    """Return an entry about one paper; its themes are its own, not those of the tie."""
    return Entry(
        path=path,
        kind=kind,
        date=None,
        detail=paper.kind,
        title=paper.title,
        cities=_parties(tie, paper),
        themes=paper.themes or (),
        partnerships=(id_,),
        sources=entry_sources(tie, path, paper.sources),
        claims=_claims(tie, path),
        is_general=paper.parties is None,
        listed=(paper.listed.source, paper.listed.position) if paper.listed else None,
    )


def _count(
    record: City | Partnership, path: str, count: Count, cities: tuple[Involved, ...]
) -> Entry:
    return Entry(
        path=path,
        kind="count",
        date=count.date,
        detail=count.of,
        value=count.value,
        cities=cities,
        sources=entry_sources(record, path, count.sources),
        claims=_claims(record, path),
    )


def _members(tie: Partnership, date: str | None) -> tuple[Involved, ...]:
    """Return each city that may have been in it then, once, with the first role that it
    has.
    """
    when = date_validity(date) if date else date_validity(OPEN)
    days = Period(when.earliest, when.latest, today="")
    roles: dict[str, str | None] = {}
    for member in tie.members:
        if validity_between(member.from_ or OPEN, member.until or OPEN).at(days):
            roles.setdefault(member.city, member.role)
    return tuple(Involved(city, role) for city, role in roles.items())


def _parties(tie: Partnership, paper: Agreement) -> tuple[Involved, ...]:
    if paper.parties:
        return tuple(Involved(city) for city in paper.parties)
    return _members(tie, paper.signed or paper.expires)


def _first_members(tie: Partnership) -> tuple[Involved, ...]:
    """Return who was in it from its start: all but those who surely joined later.

    Of a network, those whom the record gives as founders, or as members since that day.
    """
    if tie.kind in GATHERING_KINDS:
        founders = (member for member in tie.members if _is_founder(member, tie))
        return tuple(Involved(member.city, member.role) for member in founders)
    start = dates.parse(tie.start) if tie.start else None
    begun = (start.begun_by or start.latest) if start else None
    return tuple(
        Involved(member.city, member.role)
        for member in tie.members
        if member.from_ is None or not (begun and _is_after(member.from_, begun))
    )


def _is_founder(member: Member, tie: Partnership) -> bool:
    if member.from_ is None:
        return member.role in FOUNDING_ROLES
    return member.from_ == tie.start


def _undated(tie: Partnership) -> Iterator[tuple[int, Member]]:
    """Yield the members of a network of whom nobody knows when they joined, with their
    number.
    """
    known = {member.city for member in tie.members if _is_known_since(member)}
    for number, member in enumerate(tie.members):
        is_undated = has_unknown_joining(tie.kind, member.role, member.from_)
        if is_undated and member.city not in known:
            yield number, member


def _is_known_since(member: Member) -> bool:
    """Whether it is known since when a city belongs to a network, and not only its
    office.
    """
    if member.from_ is None:
        return member.role in FOUNDING_ROLES
    return member.role in {None, "member", "partner", "founder"}


def _is_after(text: str, day: date) -> bool:
    earliest = dates.parse(text).earliest
    return earliest is not None and earliest > day


def _with_place(
    cities: tuple[Involved, ...], place: str | None
) -> tuple[Involved, ...]:
    """Return the cities of an entry, the one where it happened in that role.

    Among many, what came of it in one of them is no affair of the others.
    """
    if place is None:
        return cities
    others = (
        tuple(city for city in cities if city.id != place) if len(cities) < 3 else ()
    )
    return (*others, Involved(place, "place"))


def _ends(tie: Partnership) -> tuple[str, ...]:
    return end_dates(tie.start, tie.end, _changes(tie))


def _changes(tie: Partnership) -> list[Change]:
    return [(change.is_, change.since) for change in tie.status or ()]


def _until(kind: str, member: Member, tie: Partnership) -> tuple[str, ...] | None:
    """Return what ends a membership that begins here; a term is its own, and leaving is
    an end.
    """
    if kind == "leave":
        return None
    return (*([member.until] if member.until else ()), *_ends(tie))


def _is_told(change: StatusChange) -> bool:
    return bool(change.since or change.reason or change.sources)


def _next_status(tie: Partnership, number: int) -> tuple[str, ...]:
    following = until_next(_changes(tie), number)
    if following:
        return following
    is_over = tie.status is not None and tie.status[number].is_ == "ended"
    return () if is_over else _ends(tie)


def _while_it_lasts(date: str) -> tuple[str, ...] | None:
    """Return the end of an event that lasted, which its date has."""
    return (date.partition("/")[2],) if "/" in date else None


def _organizations(tie: Partnership) -> tuple[Involved, ...]:
    return tuple(
        Involved(item.organization, item.role) for item in tie.organizations or ()
    )


def _term(member: Member) -> str | None:
    """Return a term in office as one date: `2019`, or from its beginning to its end."""
    if member.role in {None, "member"} or not (member.from_ and member.until):
        return None
    if member.from_ == member.until:
        return member.from_
    try:
        return dates.parse(f"{member.from_}/{member.until}").text
    except dates.DateError:
        return None


# -- Evidence -----------------------------------------------------------------


def entry_sources(
    record: Record, path: str, own: Iterable[str] | None = None
) -> tuple[SourceReference, ...]:
    """Return the sources that carry the field at `path`: its own, else those of the
    record.
    """
    general = tuple(
        source
        for source in record.sources or ()
        if source.fields is None or any(covers(field, path) for field in source.fields)
    )
    if own is None:
        return general
    noted = {source.source: source for source in general if source.fields}
    return tuple(noted.get(id_) or SourceReference(source=id_) for id_ in own)


def _claims(record: Record, *paths: str) -> tuple[Claim, ...]:
    """Return what others say of any of these fields."""
    return tuple(
        claim
        for claim in record.claims or ()
        if any(covers(claim.field, path) for path in paths)
    )
