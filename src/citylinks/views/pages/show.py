"""One record as a page that one would print."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from citylinks.model.validity import has_unknown_joining
from citylinks.model.vocabulary import LEVELS, PARTNERSHIP_KINDS, in_words
from citylinks.questions.results import Ref
from citylinks.views.blocks import (
    Fields,
    Heading,
    Notes,
    Prose,
    Story,
    TableBlock,
    Title,
)
from citylinks.views.phrases import (
    as_of_phrase,
    claimed,
    count_of,
    described,
    human,
    involved,
    moments,
    names,
    once,
    party,
    possible,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from citylinks.questions.results import PartnershipRow, TimelineEntry
    from citylinks.questions.show import Profile, Shown
    from citylinks.views.blocks import Block

    Row = tuple[str, tuple[str, ...]]


def page(answer: Shown) -> Iterator[Block]:
    """Yield the blocks of one record."""
    for profile in answer.results:
        notes = Notes(profile.sources)
        opening = tuple(_OPENINGS[profile.type](profile))
        yield Title(
            profile.name, (*opening, *_then(profile, answer.query.get("as-of")))
        )
        if profile.record.get("summary"):
            yield Prose(profile.record["summary"])
        rows = tuple(row for make in _ROWS for row in make(profile) if row[1])
        if rows:
            yield Fields(rows)
        yield from _outcomes(profile)
        if profile.type != "source":
            yield from _tie_table(profile)
        if profile.type == "source":
            yield from _citing(profile)
            continue
        yield from _history(profile, notes)
        yield from _evidence(profile, notes)


# -- The line under the title -------------------------------------------------


def _of_city(profile: Profile) -> Iterator[str]:
    record = profile.record
    parts = [
        record.get("level"),
        profile.countries.get(profile.id),
        record.get("subdivision"),
    ]
    yield " · ".join(part for part in parts if part)


def _then(profile: Profile, date: str | None) -> Iterator[str]:
    """Yield for which time a record is told, and how it stood."""
    if date is None:
        return
    said = [as_of_phrase(date)]
    if profile.standing:
        said.append(_IN_FORCE[profile.standing.in_force])
    elif profile.name != profile.record["name"]:
        said.append(f"now {profile.record['name']}")
    yield ": ".join(said)


_IN_FORCE = {
    "certain": "in force",
    "possible": "perhaps in force, for all that is known of its dates",
    "no": "not in force",
}


def _of_partnership(profile: Profile) -> Iterator[str]:
    record = profile.record
    status = record["status"][-1]["is"] if record.get("status") else None
    if profile.standing:
        status = profile.standing.status
    yield described(record["kind"], record.get("start"), record.get("end"), status)


def _of_event(profile: Profile) -> Iterator[str]:
    yield f"{in_words(profile.record['kind'])} · {human(profile.record['date'])}"


def _of_term(profile: Profile) -> Iterator[str]:
    parts = [
        profile.type,
        in_words(profile.record.get("kind", "")),
        profile.countries.get(profile.id),
    ]
    yield " · ".join(part for part in parts if part)


_OPENINGS: dict[str, Callable[[Profile], Iterator[str]]] = {
    "city": _of_city,
    "partnership": _of_partnership,
    "event": _of_event,
    "theme": _of_term,
    "organization": _of_term,
    "source": _of_term,
}


# -- Fields -------------------------------------------------------------------


def _names(profile: Profile) -> Iterator[Row]:
    record = profile.record
    languages = record.get("names") or record.get("labels") or {}
    yield "Names", tuple(f"{name} ({tag})" for tag, name in languages.items())
    yield "Also", tuple(_alias(alias) for alias in record.get("aliases", ()))


def _alias(alias: Any) -> str:
    if isinstance(alias, str):
        return alias
    span = [human(alias.get("from")), human(alias.get("until"))]
    said = [alias.get("lang"), "–".join(span) if any(span) else None]
    known = ", ".join(part for part in said if part)
    return f"{alias['name']} ({known})" if known else str(alias["name"])


def _members(profile: Profile) -> Iterator[Row]:
    yield (
        "Parties",
        tuple(
            _city(profile, member, ("role", "from", "until")) + possible(certainty)
            for member, certainty in _belonging(profile)
            if not _is_undated(profile, member)
        ),
    )
    yield (
        "Joining date unknown",
        tuple(
            _city(profile, member, ("role", "until")) + possible(certainty)
            for member, certainty in _belonging(profile)
            if _is_undated(profile, member)
        ),
    )
    yield (
        "Cities",
        tuple(
            _city(profile, city, ("role", "people"))
            for city in profile.record.get("cities", ())
        ),
    )
    place = profile.record.get("place")
    yield "Place", (_city(profile, {"city": place}, ()),) if place else ()
    yield (
        "Part of",
        tuple(
            _named(profile, type_, profile.record["part_of"])
            for type_ in (profile.type,)
            if profile.record.get("part_of")
        ),
    )
    yield (
        "Ties",
        tuple(
            _named(profile, "partnership", id_)
            for id_ in profile.record.get("partnerships", ())
        ),
    )
    series = profile.record.get("series")
    edition = (
        f", edition {series['edition']}" if series and series.get("edition") else ""
    )
    yield (
        "Series",
        (_named(profile, "partnership", series["id"]) + edition,) if series else (),
    )


def _belonging(profile: Profile) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Return the members of a record, each with how sure it is that it belonged."""
    members = profile.record.get("members", ())
    sure = (
        [member.certainty for member in profile.standing.members]
        if profile.standing
        else ()
    )
    return zip_longest(members, sure)


def _is_undated(profile: Profile, member: dict[str, Any]) -> bool:
    """Whether nobody knows when a member of a network joined it."""
    kind = profile.record["kind"]
    return has_unknown_joining(kind, member.get("role"), member.get("from"))


def _city(profile: Profile, city: dict[str, Any], said: tuple[str, ...]) -> str:
    place = profile.countries.get(city["city"])
    name = _named(profile, "city", city["city"]) + (f" ({place})" if place else "")
    phrases: dict[str, Callable[[Any], str]] = {
        "role": in_words,
        "people": lambda value: count_of(value, "people"),
        "from": lambda value: f"from {human(value)}",
        "until": lambda value: f"until {once(value)}",
    }
    if city.get("from") and city.get("from") == city.get("until"):
        phrases["from"], said = human, tuple(key for key in said if key != "until")
    return ", ".join(
        [name, *(phrases[key](city[key]) for key in said if city.get(key))]
    )


def _named(profile: Profile, type_: str, id_: str) -> str:
    return profile.names.get(f"{type_}/{id_}", id_)


def _themes(profile: Profile) -> Iterator[Row]:
    themes = [_named(profile, "theme", id_) for id_ in profile.record.get("themes", ())]
    yield "Themes", (", ".join(themes),) if themes else ()
    broader = profile.record.get("broader")
    yield "Part of", (_named(profile, "theme", broader),) if broader else ()
    goals = profile.record.get("sdgs")
    yield "UN goals", (", ".join(map(str, goals)),) if goals else ()


def _organizations(profile: Profile) -> Iterator[Row]:
    yield (
        "With",
        tuple(
            ", ".join(
                part
                for part in (
                    _named(profile, "organization", item["organization"]),
                    in_words(item.get("role", "")),
                )
                if part
            )
            for item in profile.record.get("organizations", ())
        ),
    )


def _pillars(profile: Profile) -> Iterator[Row]:
    pillars = profile.record.get("pillars", ())
    yield (
        "Pillars",
        tuple(
            f"{number}. {pillar['name']}"
            + (f": {pillar['summary']}" if "summary" in pillar else "")
            for number, pillar in enumerate(pillars, start=1)
        ),
    )


def _counts(profile: Profile) -> Iterator[Row]:
    yield (
        "Counts",
        tuple(
            f"{count['value']} {count['of']}"
            + (f", {human(count['date'])}" if "date" in count else ", date not stated")
            for count in profile.record.get("counts", ())
        ),
    )


def _contacts(profile: Profile) -> Iterator[Row]:
    for contact in profile.record.get("contacts", ()):
        organization = contact.get("organization")
        service = [
            contact.get("unit"),
            _named(profile, "organization", organization) if organization else None,
        ]
        yield (
            "Contact",
            tuple(
                line
                for line in (
                    contact["name"],
                    contact.get("role"),
                    ", ".join(part for part in service if part),
                )
                if line
            ),
        )


def _attendance(profile: Profile) -> Iterator[Row]:
    attendance = profile.record.get("attendance", {})
    said = [f"{value} {of}" for of, value in attendance.items()]
    yield "Attendance", (", ".join(said),) if said else ()


def _identifiers(profile: Profile) -> Iterator[Row]:
    record = profile.record
    place = record.get("location")
    yield "Location", (f"{place['latitude']}, {place['longitude']}",) if place else ()
    yield "Wikidata", (record["wikidata"],) if record.get("wikidata") else ()
    yield "GeoNames", (record["geonames"],) if record.get("geonames") else ()
    for key, label in (
        ("website", "Website"),
        ("url", "Address"),
        ("publisher", "Publisher"),
    ):
        yield label, (record[key],) if record.get(key) else ()
    for key in ("date", "accessed", "language"):
        if profile.type == "source" and record.get(key):
            yield key.capitalize(), (record[key],)


_ROWS: tuple[Callable[[Profile], Iterator[Row]], ...] = (
    _names,
    _members,
    _themes,
    _organizations,
    _pillars,
    _counts,
    _contacts,
    _attendance,
    _identifiers,
)


# -- Sections -----------------------------------------------------------------


def _outcomes(profile: Profile) -> Iterator[Block]:
    outcomes = tuple(
        (human(outcome.get("date")) or "–", (outcome["summary"],))
        for outcome in profile.record.get("outcomes", ())
    )
    if outcomes:
        yield Heading("What came of it")
        yield Fields(outcomes)


def _tie_table(profile: Profile) -> Iterator[Block]:
    """Yield the ties by kind, level and date, with what they are about and who is
    behind them.
    """
    if not profile.ties:
        return
    yield Heading(f"Ties ({len(profile.ties)})")
    yield TableBlock(
        ("since", "with", "level", "kind", "themes", "organizations", "id"),
        tuple(
            (
                (_since(tie, profile) + possible(tie.certainty)).strip(),
                _others(tie, profile.id),
                in_words(_level(tie, profile.id)),
                in_words(tie.kind) + (f" ({tie.status})" if tie.status else ""),
                names(tie.themes),
                involved(tie.organizations),
                tie.id,
            )
            for tie in sorted(profile.ties, key=lambda tie: _order(tie, profile.id))
        ),
    )


def _since(tie: PartnershipRow, profile: Profile) -> str:
    """Return since when a tie is; of a city, since when it belongs to it, and when it
    left.
    """
    if profile.type != "city":
        return human(tie.start)
    left = f", until {once(tie.until)}" if tie.until and tie.until != tie.end else ""
    return human(tie.since) + left


def _level(tie: PartnershipRow, id_: str) -> str:
    """Return the level of the other member of a tie between two."""
    others = [member for member in tie.members if member.id != id_]
    return others[0].level or "" if len(others) == 1 else ""


def _order(tie: PartnershipRow, id_: str) -> tuple[int, int]:
    """Return the place of a tie by kind and level; by date they come already."""
    level = _level(tie, id_)
    return PARTNERSHIP_KINDS.index(tie.kind), LEVELS.index(level) if level else len(
        LEVELS
    )


def _others(tie: PartnershipRow, id_: str) -> str:
    """Return a partnership's own name, or those of its other members."""
    is_party = any(member.id == id_ for member in tie.members)
    if not is_party or tie.name != " – ".join(member.name for member in tie.members):
        return tie.name
    return ", ".join(party(member) for member in tie.members if member.id != id_)


def _history(profile: Profile, notes: Notes) -> Iterator[Block]:
    if not profile.entries:
        return
    subjects = [
        profile.id,
        *(member["city"] for member in profile.record.get("members", ())),
    ]
    dated = [entry for entry in profile.entries if entry.date]
    undated = [
        entry
        for entry in profile.entries
        if not entry.date and not _is_said(entry, profile)
    ]
    is_brief = profile.type != "partnership"
    for heading, entries in (("History", dated), ("Date not known", undated)):
        if entries:
            yield Heading(heading)
            yield Story(
                moments(entries, notes, subjects, [_own_themes(profile)]),
                is_brief=is_brief,
            )


def _citing(profile: Profile) -> Iterator[Block]:
    """Yield the records that cite a source."""
    if profile.named_by:
        yield Heading(f"Cited by ({len(profile.named_by)})")
        yield TableBlock(
            ("record", "name"),
            tuple(
                (f"{record.type}/{record.id}", record.name)
                for record in profile.named_by
            ),
        )
    yield Prose(f"Record: {profile.file}")


def _own_themes(profile: Profile) -> tuple[Ref, ...]:
    themes = profile.record.get("themes", ())
    return tuple(Ref(id_, _named(profile, "theme", id_)) for id_ in themes)


def _is_said(entry: TimelineEntry, profile: Profile) -> bool:
    """Whether the page has said it above: as a tie without a date, or as what came of
    it.
    """
    is_own = entry.record.id == profile.id
    return entry.kind == "start" or (entry.kind in {"outcome", "member"} and is_own)


def _evidence(profile: Profile, notes: Notes) -> Iterator[Block]:
    claims = tuple((claim.field, (claimed(claim, notes),)) for claim in profile.claims)
    if claims:
        yield Heading("Other sources say")
        yield Fields(claims)
    yield from notes.blocks()
    yield Prose(f"Record: {profile.file}")
