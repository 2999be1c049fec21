"""The entries of a record in a timeline: its beginning, agreements, changes, itself.

Every date of a record that a marker `Dated` names becomes one entry. Most need nothing
else; a kind of entry that says more than its field has a function in `COMPOSED`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates
from citylinks.model.evidence import carries
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
from citylinks.model.vocabulary import ENTRY_PLACES, FOUNDING_ROLES, GATHERING_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from citylinks.model.field_uses import Fields
    from citylinks.model.validity import Change


Body = dict[str, Any]  # the JSON of a record, or of a part of one

# What another source claims of these fields is shown with the beginning of a
# partnership, and with the signing of an agreement.
CLAIMS_AT_START = ("start", "kind", "themes", "organizations", "summary")
CLAIMS_AT_SIGNING = (
    "signed",
    "kind",
    "title",
    "parties",
    "themes",
    "summary",
    "listed",
)


class StoredRecord(NamedTuple):
    """A record by its type and id, with its plain JSON body."""

    type: str
    id: str
    body: Body


class Involved(NamedTuple):
    """A city or organization in an entry; `people` is how many a city sent."""

    id: str
    role: str | None = None
    people: int | None = None


class Citation(NamedTuple):
    """A source that an entry rests on, with what the record notes of it."""

    source: str
    note: str | None = None


class Entry(NamedTuple):
    """One dated thing; `path` is its place in the record, `date` is None if unknown.

    `kind` is the kind of an event or what became of a partnership; `detail` says it
    more closely (the kind of agreement, the role, the status). `is_general` marks what
    concerns all members of a partnership alike. `undated` are members of whom nobody
    knows when they joined what began: they are no part of that. `listed` is the source
    and position of an undated agreement. `until` is what ends that which holds beyond
    its date, as `validity.validity_between` takes it: the first of several; without any
    it goes on. It is None for what only happened. `claims` are the JSON of the claims.
    """

    path: str
    kind: str
    date: str | None
    detail: str | None = None
    title: str | None = None
    summary: str | None = None
    value: int | None = None
    cities: tuple[Involved, ...] = ()
    themes: tuple[str, ...] = ()
    organizations: tuple[Involved, ...] = ()
    partnerships: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    claims: tuple[Body, ...] = ()
    is_general: bool = False
    listed: tuple[str, int] | None = None
    undated: tuple[Involved, ...] = ()
    until: tuple[str, ...] | None = None


def timeline_entries(record: StoredRecord, fields: Fields) -> Iterator[Entry]:
    """Yield the entries of one record; a term of a vocabulary has none."""
    if record.type == "event":
        yield event_entry(record.body)
    elif record.type == "city":
        yield from dated_entries(record, fields)
    elif record.type == "partnership":
        entries = partnership_entries(record, fields)
        yield from sorted(entries, key=lambda entry: ENTRY_PLACES[entry.kind])


def event_entry(event: Body) -> Entry:
    """Return the event itself, its place among its cities."""
    cities = [
        Involved(city["city"], city.get("role"), city.get("people"))
        for city in event.get("cities", ())
    ]
    place = event.get("place")
    if place and place not in {city.id for city in cities}:
        cities.append(Involved(place, "place"))
    partnerships = [*event.get("partnerships", ())]
    if "series" in event:
        partnerships.append(event["series"]["id"])
    return Entry(
        path="date",
        kind=event["kind"],
        date=event["date"],
        title=event["title"],
        summary=event.get("summary"),
        cities=tuple(cities),
        themes=tuple(event.get("themes", ())),
        organizations=_organizations(event),
        partnerships=tuple(dict.fromkeys(partnerships)),
        sources=_citations(event.get("sources", ())),
        claims=tuple(event.get("claims", ())),
        until=_while_it_lasts(event["date"]),
    )


# -- Fields that need nothing but their marker ---------------------------------


def dated_entries(record: StoredRecord, fields: Fields) -> Iterator[Entry]:
    """Yield an entry for each date that has no function in `COMPOSED`."""
    for key, value in record.body.items():
        use = fields[key]
        if use.dated:
            if use.dated not in _COMPOSED_KINDS:
                yield _record_entry(record, key, use.dated, value)
        elif use.shape == "part":
            yield from _dated_part(record, key, value, use.fields)
        elif use.shape == "list" and use.fields:
            for number, part in enumerate(value):
                yield from _dated_part(record, f"{key}[{number}]", part, use.fields)


def _dated_part(
    record: StoredRecord, at: str, part: Body, fields: Fields
) -> Iterator[Entry]:
    """Yield an entry for each such date in a part, the one at the path `at`."""
    for name, date in part.items():
        kind = fields[name].dated
        if kind and kind not in _COMPOSED_KINDS:
            path = at if name == "date" else f"{at}.{name}"  # `date` is of it all
            yield _part_entry(record, path, kind, part, date)._replace(date=date)


def _record_entry(
    record: StoredRecord,
    path: str,
    kind: str,
    date: str | None,
    cities: tuple[Involved, ...] = (),
) -> Entry:
    """Return an entry that concerns a city, or a partnership as a whole.

    Of a partnership it concerns all members at its date, unless others are given. What
    the partnership treats is no part of it: nobody says that it did on that day.
    """
    body = record.body
    is_partnership = record.type == "partnership"
    if not cities:
        cities = _members(body, date) if is_partnership else (Involved(record.id),)
    return Entry(
        path=path,
        kind=kind,
        date=date,
        detail=body.get("kind"),
        cities=cities,
        partnerships=(record.id,) if is_partnership else (),
        sources=entry_sources(body, path),
        claims=_claims(body, path),
        is_general=is_partnership,
    )


def _part_entry(
    record: StoredRecord,
    path: str,
    kind: str,
    part: Body,
    date: str | None,
) -> Entry:
    """Return an entry about one part, an agreement or a count, with its own themes.

    It concerns the city or the parties that the part names, else all members: of an
    agreement those of its signing.
    """
    if "city" in part:
        named: tuple[Involved, ...] = (Involved(part["city"], part.get("role")),)
    else:
        named = tuple(Involved(city) for city in part.get("parties", ()))
    entry = _record_entry(record, path, kind, part.get("signed", date), named)
    listed = part.get("listed")
    if listed:
        entry = entry._replace(listed=(listed["source"], listed["position"]))
    return entry._replace(
        detail=part.get("kind", part.get("of")),
        title=part.get("title"),
        value=part.get("value"),
        themes=tuple(part.get("themes", ())),
        sources=entry_sources(record.body, path, part.get("sources")),
        is_general=entry.is_general and not named,
    )


# -- Of a partnership ----------------------------------------------------------


def partnership_entries(record: StoredRecord, fields: Fields) -> Iterator[Entry]:
    """Yield the entries of a partnership, in no order."""
    for make_entries, _ in COMPOSED:
        yield from make_entries(record)
    yield from dated_entries(record, fields)


def start_entries(record: StoredRecord) -> Iterator[Entry]:
    """Yield the beginning, even without a date; who joined later is not in it.

    What is only planned has not begun; it is shown as a plan, or by its status.
    """
    partnership = record.body
    start = partnership.get("start")
    if is_only_planned(start, _changes(partnership)):
        if not any(_says_more(change) for change in partnership.get("status", ())):
            entry = _record_entry(record, "status", "plan", None)
            yield entry._replace(until=())
        return
    cities = [
        f"members[{number}].city" for number in range(len(partnership["members"]))
    ]
    first = _first_members(partnership)
    yield _record_entry(record, "start", "start", start, first)._replace(
        cities=first,
        summary=partnership.get("summary"),
        claims=_claims(partnership, *CLAIMS_AT_START, *cities),
        organizations=_organizations(partnership),
        themes=_stated_at_start(partnership),
        undated=tuple(_involved(member) for _, member in _undated(partnership)),
        until=_ends(partnership),
    )


def _stated_at_start(partnership: Body) -> tuple[str, ...]:
    """Return the themes of the agreements that began a partnership.

    What it treats by now is none of them.
    """
    themes: dict[str, None] = {}
    for agreement in partnership.get("agreements", ()):
        if "signed" in agreement and agreement["signed"] == partnership.get("start"):
            themes |= dict.fromkeys(agreement.get("themes", ()))
    return tuple(themes)


def membership_entries(record: StoredRecord) -> Iterator[Entry]:
    """Yield who joined or left; a term in office with both dates is one entry."""
    partnership = record.body
    for number, member in enumerate(partnership["members"]):
        at = f"members[{number}]"
        term = _term(member)
        if term:
            yield _membership_entry(record, at, at, "term", member, term)
            continue
        for field, kind in (("from", "join"), ("until", "leave")):
            if field in member:
                path = f"{at}.{field}"
                date = member[field]
                yield _membership_entry(record, at, path, kind, member, date)


def _membership_entry(
    record: StoredRecord,
    at: str,
    path: str,
    kind: str,
    member: Body,
    date: str | None,
) -> Entry:
    partnership = record.body
    return _record_entry(record, path, kind, date, (_involved(member),))._replace(
        detail=member.get("role"),
        sources=entry_sources(partnership, path, member.get("sources")),
        claims=_claims(partnership, path, f"{at}.role"),
        is_general=False,
        until=_membership_ends(kind, member, partnership),
    )


def undated_members(record: StoredRecord) -> Iterator[Entry]:
    """Yield the members of a network of whom nobody knows when they joined.

    Who left is in the timeline by that.
    """
    partnership = record.body
    if is_only_planned(partnership.get("start"), _changes(partnership)):
        return
    for number, member in _undated(partnership):
        if "until" in member:
            continue
        at = f"members[{number}]"
        yield _membership_entry(record, at, at, "member", member, None)


def status_entries(record: StoredRecord) -> Iterator[Entry]:
    """Yield each change of status that says more than the word."""
    partnership = record.body
    for number, change in enumerate(partnership.get("status", ())):
        if not _says_more(change):
            continue
        at = f"status[{number}]"
        since = change.get("since")
        path = f"{at}.since" if since else at
        yield _record_entry(record, path, "status", since)._replace(
            detail=change["is"],
            summary=change.get("reason"),
            sources=entry_sources(partnership, path, change.get("sources")),
            claims=_claims(partnership, at),
            until=_next_status(partnership, number),
        )


def agreement_entries(record: StoredRecord) -> Iterator[Entry]:
    """Yield each agreement, even without a date."""
    partnership = record.body
    for number, agreement in enumerate(partnership.get("agreements", ())):
        at = f"agreements[{number}]"
        signed, expires = agreement.get("signed"), agreement.get("expires")
        entry = _part_entry(
            record,
            f"{at}.signed",
            "agreement",
            agreement,
            signed or expires,
        )
        claimed = [f"{at}.{field}" for field in CLAIMS_AT_SIGNING]
        yield entry._replace(
            date=signed,
            summary=agreement.get("summary"),
            claims=_claims(partnership, *claimed),
            until=(expires, *_ends(partnership)) if expires else _ends(partnership),
        )


def outcome_entries(record: StoredRecord) -> Iterator[Entry]:
    """Yield what came of it, even without a date."""
    partnership = record.body
    for number, outcome in enumerate(partnership.get("outcomes", ())):
        at = f"outcomes[{number}]"
        place = outcome.get("city")
        entry = _record_entry(record, at, "outcome", outcome.get("date"))
        yield entry._replace(
            detail=None,
            title=outcome["summary"],
            cities=_with_place(entry.cities, place),
            sources=entry_sources(partnership, at, outcome.get("sources")),
            is_general=place is None,
        )


# The functions for what says more than its date, each with the kinds of its entries.
COMPOSED: tuple[
    tuple[Callable[[StoredRecord], Iterator[Entry]], tuple[str, ...]], ...
] = (
    (start_entries, ("plan", "start")),
    (membership_entries, ("join", "leave", "term")),
    (undated_members, ("member",)),
    (status_entries, ("status",)),
    (agreement_entries, ("agreement",)),
    (outcome_entries, ("outcome",)),
)
_COMPOSED_KINDS = frozenset().union(*(kinds for _, kinds in COMPOSED))


# -- Parts of entries ----------------------------------------------------------


def _involved(member: Body) -> Involved:
    return Involved(member["city"], member.get("role"))


def _members(partnership: Body, date: str | None) -> tuple[Involved, ...]:
    """Return each city that may have been in it then, once, with its first role."""
    when = date_validity(date or OPEN)
    days = Period(when.earliest, when.latest, today="")
    members: dict[str, Involved] = {}
    for member in partnership["members"]:
        since, until = member.get("from", OPEN), member.get("until", OPEN)
        if validity_between(since, until).at(days):
            members.setdefault(member["city"], _involved(member))
    return tuple(members.values())


def _first_members(partnership: Body) -> tuple[Involved, ...]:
    """Return the members from the start: all but those who surely joined later.

    Of a network, those whom the record gives as founders, or as members since that day.
    """
    members = partnership["members"]
    if partnership["kind"] in GATHERING_KINDS:
        return tuple(
            _involved(each) for each in members if _is_founder(each, partnership)
        )
    begun = _begun_by(partnership)
    return tuple(_involved(each) for each in members if not _is_later(each, begun))


def _begun_by(partnership: Body) -> date | None:
    """Return the day by which a partnership has surely begun, if it is known."""
    if "start" not in partnership:
        return None
    start = dates.parse(partnership["start"])
    return start.begun_by or start.latest


def _is_later(member: Body, begun: date | None) -> bool:
    """Whether a member surely joined after that day."""
    if begun is None or "from" not in member:
        return False
    earliest = dates.parse(member["from"]).earliest
    return earliest is not None and earliest > begun


def _is_founder(member: Body, partnership: Body) -> bool:
    if "from" not in member:
        return member.get("role") in FOUNDING_ROLES
    return bool(member["from"] == partnership.get("start"))


def _undated(partnership: Body) -> Iterator[tuple[int, Body]]:
    """Yield the members of a network without a known joining date, by number."""
    known = {
        member["city"] for member in partnership["members"] if _is_known_since(member)
    }
    for number, member in enumerate(partnership["members"]):
        role, since = member.get("role"), member.get("from")
        is_undated = has_unknown_joining(partnership["kind"], role, since)
        if is_undated and member["city"] not in known:
            yield number, member


def _is_known_since(member: Body) -> bool:
    """Whether the record says since when a city, not its office, is in a network."""
    if "from" not in member:
        return member.get("role") in FOUNDING_ROLES
    return member.get("role") in {None, "member", "partner", "founder"}


def _with_place(
    cities: tuple[Involved, ...], place: str | None
) -> tuple[Involved, ...]:
    """Return the cities of an entry, the one where it happened in that role.

    Among many, what came of it in one of them is no affair of the others.
    """
    if place is None:
        return cities
    happened = Involved(place, "place")
    if len(cities) > 2:
        return (happened,)
    return (*(city for city in cities if city.id != place), happened)


def _ends(partnership: Body) -> tuple[str, ...]:
    return end_dates(
        partnership.get("start"), partnership.get("end"), _changes(partnership)
    )


def _changes(partnership: Body) -> list[Change]:
    return [
        (change["is"], change.get("since")) for change in partnership.get("status", ())
    ]


def _membership_ends(
    kind: str, member: Body, partnership: Body
) -> tuple[str, ...] | None:
    """Return the ends of a membership that begins here; leaving is an end itself."""
    if kind == "leave":
        return None
    if "until" in member:
        return (member["until"], *_ends(partnership))
    return _ends(partnership)


def _says_more(change: Body) -> bool:
    """Whether more is known of a change of status than the word."""
    return not {"since", "reason", "sources"}.isdisjoint(change)


def _next_status(partnership: Body, number: int) -> tuple[str, ...]:
    following = until_next(_changes(partnership), number)
    if following:
        return following
    return () if partnership["status"][number]["is"] == "ended" else _ends(partnership)


def _while_it_lasts(date: str) -> tuple[str, ...] | None:
    """Return the end of an event that lasted, which its date has."""
    return (date.partition("/")[2],) if "/" in date else None


def _organizations(body: Body) -> tuple[Involved, ...]:
    return tuple(
        Involved(item["organization"], item.get("role"))
        for item in body.get("organizations", ())
    )


def _term(member: Body) -> str | None:
    """Return a term in office as one date: `2019`, or from its beginning to its end."""
    since, until = member.get("from"), member.get("until")
    if member.get("role") in {None, "member"} or not (since and until):
        return None
    if since == until:
        return str(since)
    try:
        return dates.parse(f"{since}/{until}").text
    except dates.DateError:
        return None


# -- Evidence ------------------------------------------------------------------


def entry_sources(
    body: Body, path: str, own: Iterable[str] | None = None
) -> tuple[Citation, ...]:
    """Return the sources of the field at `path`: its own, else those of the record."""
    general = [source for source in body.get("sources", ()) if carries(source, path)]
    if own is None:
        return _citations(general)
    noted = {source["source"]: source for source in general if "fields" in source}
    return _citations(noted.get(id_, {"source": id_}) for id_ in own)


def _citations(sources: Iterable[Body]) -> tuple[Citation, ...]:
    return tuple(Citation(source["source"], source.get("note")) for source in sources)


def _claims(body: Body, *paths: str) -> tuple[Body, ...]:
    """Return the claims of other sources about any of these fields."""
    claims = body.get("claims", ())
    return tuple(claim for claim in claims if _is_about(claim, paths))


def _is_about(claim: Body, paths: Iterable[str]) -> bool:
    return any(covers(claim["field"], path) for path in paths)
