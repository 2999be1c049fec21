"""One record as a page that one would print."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from citylinks.model.validity import has_unknown_joining
from citylinks.model.vocabulary import LEVELS, PARTNERSHIP_KINDS, in_words
from citylinks.questions.results import Ref
from citylinks.views.blocks import FieldList, Heading, Prose, Story, TableBlock, Title
from citylinks.views.notes import Notes
from citylinks.views.pages.first_screen import (
    agreement_rows,
    conflict_label,
    conflict_values,
    overview_rows,
    partner_groups,
    partner_names,
    status_rows,
)
from citylinks.views.phrases import (
    as_of_phrase,
    capitalized,
    claim_phrase,
    field_phrase,
    human_date,
    human_end,
    name_list,
    number_phrase,
    organizations_with_roles,
    partnership_phrase,
    possible_mark,
)
from citylinks.views.story import story_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citylinks.questions.conflicts import ConflictRow
    from citylinks.questions.results import PartnershipRow, TimelineEntry
    from citylinks.questions.show import Profile, Shown
    from citylinks.views.blocks import Block

    Row = tuple[str, tuple[str, ...]]
    RowMakers = tuple[tuple[Callable[[Profile], Iterator[Row]], tuple[str, ...]], ...]


def page(answer: Shown) -> Iterator[Block]:
    """Yield the blocks of one record."""
    for profile in answer.results:
        yield from _profile_blocks(profile, answer.query)


def _profile_blocks(profile: Profile, query: dict[str, Any]) -> Iterator[Block]:
    """Yield the first screen and, unless it is to be brief, what follows from it."""
    as_of = query.get("as-of")
    notes = Notes(profile.sources)
    opening = (_OPENINGS[profile.type](profile), *_as_of_line(profile, as_of))
    yield Title(profile.name, opening)
    first_rows = tuple(_field_rows(profile, _FIRST_ROWS))
    if first_rows:
        yield FieldList(first_rows)
    if query.get("brief"):
        return
    if profile.record.get("summary"):
        yield Prose(profile.record["summary"])
    rows = tuple(_field_rows(profile, _OTHER_ROWS))
    if rows:
        yield FieldList(rows)
    yield from _outcomes(profile)
    if profile.type == "source":
        yield from _citing_records(profile)
    else:
        yield from _partnerships(profile)
        yield from _history(profile, notes)
        yield from _claims(profile, notes)
        yield from notes.blocks(is_full=bool(query.get("sources")))
    yield Prose(f"Record: {profile.file}")


# -- The lines under the title ------------------------------------------------


def _city_opening(profile: Profile) -> str:
    record = profile.record
    country = profile.countries.get(profile.id)
    return _dotted(record.get("level"), country, record.get("subdivision"))


def _partnership_opening(profile: Profile) -> str:
    record = profile.record
    status = None
    if record.get("status"):
        status = record["status"][-1]["is"]
    if profile.standing:
        status = profile.standing.status
    return partnership_phrase(
        record["kind"], record.get("start"), record.get("end"), status
    )


def _event_opening(profile: Profile) -> str:
    return f"{in_words(profile.record['kind'])} · {human_date(profile.record['date'])}"


def _term_opening(profile: Profile) -> str:
    kind = in_words(profile.record.get("kind", ""))
    return _dotted(profile.type, kind, profile.countries.get(profile.id))


def _dotted(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))


_OPENINGS: dict[str, Callable[[Profile], str]] = {
    "city": _city_opening,
    "partnership": _partnership_opening,
    "event": _event_opening,
    "theme": _term_opening,
    "organization": _term_opening,
    "source": _term_opening,
}

_IN_FORCE = {
    "certain": "in force",
    "possible": "possibly in force: the dates are too imprecise to be sure",
    "no": "not in force",
}


def _as_of_line(profile: Profile, as_of: str | None) -> Iterator[str]:
    """Yield the time for which a record is shown, and how it stood then."""
    if as_of is None:
        return
    if profile.standing:
        yield f"{as_of_phrase(as_of)}: {_IN_FORCE[profile.standing.in_force]}"
    elif profile.name != profile.record["name"]:
        yield f"{as_of_phrase(as_of)}: now {profile.record['name']}"
    else:
        yield as_of_phrase(as_of)


# -- Fields -------------------------------------------------------------------


def _field_rows(profile: Profile, makers: RowMakers) -> Iterator[Row]:
    """Yield the labels with their texts, without those that have none."""
    for make_rows, _ in makers:
        for label, texts in make_rows(profile):
            if texts:
                yield label, texts


def _optional(text: str | None) -> tuple[str, ...]:
    """Return the texts of a label that has one text or none."""
    if not text:
        return ()
    return (text,)


def _named(profile: Profile, type_: str, id_: str) -> str:
    return profile.names.get(f"{type_}/{id_}", id_)


def _names(profile: Profile) -> Iterator[Row]:
    record = profile.record
    names = record.get("names") or record.get("labels") or {}
    yield "Names", _optional(", ".join(_in_languages(names)))
    yield "Also", _optional(", ".join(map(_alias, record.get("aliases", ()))))
    places = map(_alias, record.get("places", ()))
    yield "Places in it", _optional(", ".join(places))


def _in_languages(names: dict[str, str]) -> Iterator[str]:
    """Yield each name once, with the languages that have it."""
    languages: dict[str, list[str]] = {}
    for tag, name in names.items():
        languages.setdefault(name, []).append(tag)
    for name, tags in languages.items():
        yield f"{name} ({', '.join(tags)})"


def _alias(alias: str | dict[str, Any]) -> str:
    if isinstance(alias, str):
        return alias
    details = []
    if alias.get("lang"):
        details.append(alias["lang"])
    if alias.get("from") or alias.get("until"):
        start, end = human_date(alias.get("from")), human_date(alias.get("until"))
        details.append(f"{start}–{end}")
    if not details:
        return str(alias["name"])
    return f"{alias['name']} ({', '.join(details)})"


def _members(profile: Profile) -> Iterator[Row]:
    dated, undated = [], []
    for member, certainty in _members_with_certainty(profile):
        line = _city(profile, member) + possible_mark(certainty)
        if _is_undated(profile, member):
            undated.append(line)
        else:
            dated.append(line)
    yield "Parties", tuple(dated)
    yield "Joining date unknown", tuple(undated)


def _members_with_certainty(
    profile: Profile,
) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Return the members of a record with how sure it is that each was a member."""
    members = profile.record.get("members", ())
    certainties: list[str | None] = []
    if profile.standing:
        certainties = [member.certainty for member in profile.standing.members]
    return zip_longest(members, certainties)


def _is_undated(profile: Profile, member: dict[str, Any]) -> bool:
    """Whether nobody knows when a member of a network joined it."""
    kind = profile.record["kind"]
    return has_unknown_joining(kind, member.get("role"), member.get("from"))


def _cities(profile: Profile) -> Iterator[Row]:
    record = profile.record
    cities = record.get("cities", ())
    yield "Cities", tuple(_city(profile, city) for city in cities)
    if record.get("place"):
        yield "Place", (_city(profile, {"city": record["place"]}),)


def _city(profile: Profile, part: dict[str, Any]) -> str:
    """Return a city with its country, its role, its people and its dates."""
    phrase = _named(profile, "city", part["city"])
    country = profile.countries.get(part["city"])
    if country:
        phrase += f" ({country})"
    if part.get("role"):
        phrase += f", {in_words(part['role'])}"
    if "people" in part:
        phrase += f", {number_phrase(part['people'], 'people')}"
    return phrase + _membership_phrase(part.get("from"), part.get("until"))


def _membership_phrase(start: str | None, end: str | None) -> str:
    """Return when a city belonged to a partnership, as it follows its name."""
    since, until = human_date(start), human_end(end)
    if start and start == end:
        return f", {since}"
    phrase = ""
    if since.startswith("between "):
        phrase += f", joined some time {since}"
    elif since:
        phrase += f", from {since}"
    if until.startswith("between "):
        phrase += f", left some time {until}"
    elif until:
        phrase += f", until {until}"
    return phrase


def _related(profile: Profile) -> Iterator[Row]:
    """Yield the records that this one belongs to."""
    record = profile.record
    if record.get("part_of"):
        yield "Part of", (_named(profile, profile.type, record["part_of"]),)
    ids = record.get("partnerships", ())
    names = tuple(_named(profile, "partnership", id_) for id_ in ids)
    yield "Partnerships", names
    if record.get("series"):
        series = record["series"]
        name = _named(profile, "partnership", series["id"])
        if "edition" in series:
            name += f", edition {series['edition']}"
        yield "Series", (name,)


def _themes(profile: Profile) -> Iterator[Row]:
    record = profile.record
    themes = [_named(profile, "theme", id_) for id_ in record.get("themes", ())]
    yield "Themes", _optional(", ".join(themes))
    if record.get("broader"):
        yield "Part of", (_named(profile, "theme", record["broader"]),)
    yield "UN goals", _optional(", ".join(map(str, record.get("sdgs", ()))))


def _organizations(profile: Profile) -> Iterator[Row]:
    lines = []
    for item in profile.record.get("organizations", ()):
        line = _named(profile, "organization", item["organization"])
        if item.get("role"):
            line += f", {in_words(item['role'])}"
        lines.append(line)
    yield "With", tuple(lines)


def _pillars(profile: Profile) -> Iterator[Row]:
    lines = []
    for number, pillar in enumerate(profile.record.get("pillars", ()), start=1):
        line = f"{number}. {pillar['name']}"
        if "summary" in pillar:
            line += f": {pillar['summary']}"
        lines.append(line)
    yield "Pillars", tuple(lines)


def _counts(profile: Profile) -> Iterator[Row]:
    lines = []
    for count in profile.record.get("counts", ()):
        date = "date not stated"
        if "date" in count:
            date = human_date(count["date"])
        lines.append(f"{count['value']} {count['of']}, {date}")
    yield "Counts", tuple(lines)


def _contacts(profile: Profile) -> Iterator[Row]:
    as_of = "undated source"
    if profile.overview and profile.overview.contacts_as_of:
        as_of = f"as of {human_date(profile.overview.contacts_as_of)}"
    for contact in profile.record.get("contacts", ()):
        service = []
        if contact.get("unit"):
            service.append(contact["unit"])
        if contact.get("organization"):
            service.append(_named(profile, "organization", contact["organization"]))
        person = f"{contact['name']} ({as_of})"
        lines = (person, contact.get("role"), ", ".join(service))
        yield "Contact", tuple(filter(None, lines))


def _attendance(profile: Profile) -> Iterator[Row]:
    attendance = profile.record.get("attendance", {})
    phrases = [f"{number} {plural}" for plural, number in attendance.items()]
    yield "Attendance", _optional(", ".join(phrases))


# Fields that are printed as they are written, with their labels, in this order.
_PLAIN_FIELDS = {
    "wikidata": "Wikidata",
    "geonames": "GeoNames",
    "website": "Website",
    "url": "Address",
    "publisher": "Publisher",
}
_PLAIN_SOURCE_FIELDS = {"date": "Date", "accessed": "Accessed", "language": "Language"}


def _identifiers(profile: Profile) -> Iterator[Row]:
    record = profile.record
    location = record.get("location")
    if location:
        yield "Location", (f"{location['latitude']}, {location['longitude']}",)
    labels = _PLAIN_FIELDS
    if profile.type == "source":
        labels = _PLAIN_FIELDS | _PLAIN_SOURCE_FIELDS
    for key, label in labels.items():
        if key in record:
            yield label, (str(record[key]),)


def _other_fields(profile: Profile) -> Iterator[Row]:
    """Yield the fields that nothing else on the page shows, as they stand."""
    for key, value in profile.record.items():
        if key not in _LABELLED_FIELDS:
            values = value if isinstance(value, list) else (value,)
            yield key.replace("_", " ").capitalize(), (", ".join(map(str, values)),)


# The rows of the page in their order, each function with the fields that it shows:
# those of the first screen and those that follow. To show a field in a form of its own,
# write its function and add its line.
_FIRST_ROWS: RowMakers = (
    (_names, ("names", "labels", "aliases")),
    (_members, ("members",)),
    (status_rows, ("status",)),
    (_cities, ("cities", "place")),
    (_related, ("part_of", "partnerships", "series")),
    (_themes, ("themes", "broader", "sdgs")),
    (_organizations, ("organizations",)),
    (agreement_rows, ("agreements",)),
    (partner_groups, ()),
    (overview_rows, ()),
)
_OTHER_ROWS: RowMakers = (
    (_pillars, ("pillars",)),
    (_counts, ("counts",)),
    (_contacts, ("contacts",)),
    (_attendance, ("attendance",)),
    (_identifiers, ("location", *_PLAIN_FIELDS, *_PLAIN_SOURCE_FIELDS)),
    (_other_fields, ()),
)
# What stands above or below the rows: the title, the line under it, and the sections.
_FIELDS_OF_NO_ROW = (
    "claims",
    "country",
    "end",
    "kind",
    "label",
    "level",
    "name",
    "outcomes",
    "sources",
    "start",
    "subdivision",
    "summary",
    "title",
)
_LABELLED_FIELDS = frozenset(_FIELDS_OF_NO_ROW).union(
    *(keys for _, keys in (*_FIRST_ROWS, *_OTHER_ROWS))
)


# -- Sections -----------------------------------------------------------------


def _outcomes(profile: Profile) -> Iterator[Block]:
    rows = tuple(map(_outcome_row, profile.record.get("outcomes", ())))
    if rows:
        yield Heading("Outcomes")
        yield FieldList(rows)


def _outcome_row(outcome: dict[str, Any]) -> Row:
    return human_date(outcome.get("date")) or "–", (outcome["summary"],)


def _partnerships(profile: Profile) -> Iterator[Block]:
    """Yield the table of partnerships by kind, level and date."""
    if not profile.ties:
        return
    yield Heading(f"Partnerships ({len(profile.ties)})")
    columns = ("since", "with", "level", "kind", "themes", "organizations", "id")
    ordered = sorted(profile.ties, key=lambda row: _order_key(row, profile.id))
    cells = [_partnership_cells(row, profile) for row in ordered]
    hide_first = ("organizations", "level", "id", "themes", "kind")
    yield TableBlock(columns, tuple(cells), hide_first)


def _partnership_cells(row: PartnershipRow, profile: Profile) -> tuple[str, ...]:
    kind = in_words(row.kind)
    if row.status:
        kind += f" ({row.status})"
    return (
        (_since(row, profile) + possible_mark(row.certainty)).strip(),
        partner_names(row, profile),
        in_words(_other_level(row, profile.id)),
        kind,
        name_list(row.themes),
        organizations_with_roles(row.organizations),
        row.id,
    )


def _since(row: PartnershipRow, profile: Profile) -> str:
    """Return the start of a partnership; of a city, when it joined and when it left."""
    if profile.type != "city":
        return human_date(row.start)
    if row.until and row.until != row.end:
        return f"{human_date(row.since)}, until {human_end(row.until)}"
    return human_date(row.since)


def _other_level(row: PartnershipRow, id_: str) -> str:
    """Return the level of the other member of a partnership between two."""
    others = [member for member in row.members if member.id != id_]
    if len(others) != 1:
        return ""
    return others[0].level or ""


def _order_key(row: PartnershipRow, id_: str) -> tuple[int, int]:
    """Return the order of a partnership by kind and level; dates decide the rest."""
    level = _other_level(row, id_)
    kind_order = PARTNERSHIP_KINDS.index(row.kind)
    if not level:
        return kind_order, len(LEVELS)
    return kind_order, LEVELS.index(level)


def _citing_records(profile: Profile) -> Iterator[Block]:
    """Yield the records that cite a source."""
    if not profile.named_by:
        return
    yield Heading(f"Cited by ({len(profile.named_by)})")
    rows = [(f"{record.type}/{record.id}", record.name) for record in profile.named_by]
    yield TableBlock(("record", "name"), tuple(rows))


def _history(profile: Profile, notes: Notes) -> Iterator[Block]:
    record = profile.record
    subjects = [profile.id, *(member["city"] for member in record.get("members", ()))]
    theme_ids = record.get("themes", ())
    themes = tuple(Ref(id_, _named(profile, "theme", id_)) for id_ in theme_ids)
    dated, undated = _dated_and_undated(profile)
    is_brief = profile.type != "partnership"
    for heading, entries in (("History", dated), ("Date not known", undated)):
        if entries:
            yield Heading(heading)
            story = story_entries(entries, notes, subjects, [themes])
            yield Story(story, is_brief=is_brief)


def _dated_and_undated(
    profile: Profile,
) -> tuple[list[TimelineEntry], list[TimelineEntry]]:
    """Return the entries with a date, and those without that the page lacks so far."""
    dated: list[TimelineEntry] = []
    undated: list[TimelineEntry] = []
    for entry in profile.entries:
        if entry.date:
            dated.append(entry)
        elif not _is_stated_above(entry, profile):
            undated.append(entry)
    return dated, undated


def _is_stated_above(entry: TimelineEntry, profile: Profile) -> bool:
    """Whether an entry without a date stands among the partnerships or outcomes."""
    if entry.kind == "start":
        return True
    return entry.record.id == profile.id and entry.kind in {"outcome", "member"}


def _claims(profile: Profile, notes: Notes) -> Iterator[Block]:
    if profile.overview:
        yield from _conflicts(profile.overview.conflicts, profile, notes)
        return
    rows = []
    for claim in profile.claims:
        label = capitalized(field_phrase(claim.field))
        rows.append((label, (claim_phrase(claim, notes, names_field=False),)))
    if rows:
        yield Heading("Where sources disagree")
        yield FieldList(tuple(rows))


def _conflicts(
    conflicts: Sequence[ConflictRow], profile: Profile, notes: Notes
) -> Iterator[Block]:
    """Yield both values of each field on which sources disagree."""
    rows = []
    for row in conflicts:
        text = f"{conflict_values(row)} {notes.marks((row.source,))}"
        if row.note:
            text += f" ({row.note})"
        rows.append((conflict_label(row, profile), (text,)))
    if rows:
        yield Heading("Where sources disagree")
        yield FieldList(tuple(rows))
