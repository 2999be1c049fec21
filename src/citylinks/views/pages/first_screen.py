"""The first screen of a record: partners in groups, what was last, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.dates import parse
from citylinks.model.titles import join_words
from citylinks.model.vocabulary import GATHERING_KINDS
from citylinks.views.phrases import (
    capitalized,
    claimed_value,
    field_phrase,
    human_date,
    human_end,
    member_phrase,
    possible_mark,
    some_time,
    years_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.anniversaries import Anniversary
    from citylinks.questions.conflicts import ConflictRow
    from citylinks.questions.results import PartnershipRow, TimelineEntry
    from citylinks.questions.show import Profile

    Row = tuple[str, tuple[str, ...]]

MOST_CONFLICTS = 3  # on the first screen; all of them stand below the history
SISTER_KINDS = frozenset(("sister-city", "friendship-city", "sister-or-friendship"))
# What is said of a kind beside a name, as its group says something else.
_KIND_NOTES = {
    "friendship-city": "friendship city",
    "sister-or-friendship": "sister or friendship city",
    "sister-port": "sister port",
    "friendship-port": "friendship port",
    "contact": "contact",
}


# -- Of a partnership ---------------------------------------------------------


def status_rows(profile: Profile) -> Iterator[Row]:
    """Yield the status of a partnership, where its record states one."""
    changes = profile.record.get("status", ())
    if not changes or profile.standing:
        return
    phrase = str(changes[-1]["is"])
    if changes[-1].get("since"):
        since = human_date(changes[-1]["since"]).removeprefix("since ")
        phrase += f" since {some_time(since)}"
    yield "Status", (phrase,)


def agreement_rows(profile: Profile) -> Iterator[Row]:
    """Yield the agreements of a partnership, each with its date."""
    if profile.type != "partnership":
        return
    lines = []
    for entry in profile.entries:
        if entry.kind == "agreement" and entry.record.id == profile.id:
            date = human_date(entry.date) or "date not known"
            lines.append(f"{date}: {entry.title}{possible_mark(entry.certainty)}")
    yield "Agreements", tuple(lines)


# -- Of a city ----------------------------------------------------------------


def partner_groups(profile: Profile) -> Iterator[Row]:
    """Yield the sister cities, the partners and the networks of a city, by date."""
    if profile.type != "city":
        return
    groups: dict[str, list[PartnershipRow]] = {
        "Sister cities": [],
        "Partners": [],
        "Networks": [],
    }
    for row in sorted(profile.ties, key=_date_key):
        groups[_group(row)].append(row)
    for label, rows in groups.items():
        if rows:
            phrases = [_partner_phrase(row, profile) for row in rows]
            yield f"{label} ({len(rows)})", (", ".join(phrases),)


def _group(row: PartnershipRow) -> str:
    if row.kind in SISTER_KINDS:
        return "Sister cities"
    if row.kind in GATHERING_KINDS:
        return "Networks"
    return "Partners"


def _date_key(row: PartnershipRow) -> tuple[bool, str]:
    """Return the order of partnerships: by date, those without one last."""
    if row.since is None:
        return True, ""
    return False, parse(row.since).sort_key


def _partner_phrase(row: PartnershipRow, profile: Profile) -> str:
    """Return a partnership as it is named in a group: `Gothenburg (1990s, dormant)`."""
    details = []
    dates = _years(row)
    if dates:
        details.append(dates)
    if row.kind in _KIND_NOTES:
        details.append(_KIND_NOTES[row.kind])
    if row.status and row.status != "active":
        details.append(row.status)
    if row.certainty == "possible":
        details.append("possible")
    name = partner_names(row, profile)
    if not details:
        return name
    return f"{name} ({', '.join(details)})"


def partner_names(row: PartnershipRow, profile: Profile) -> str:
    """Return a partnership's own name, or the names of its other members.

    The place that a city is part of is not named where it belongs to it as well.
    """
    has_own_name = row.name != " – ".join(member.name for member in row.members)
    others = [member for member in row.members if member.id != profile.id]
    if has_own_name or len(others) == len(row.members):
        return row.name
    around = profile.record.get("part_of")
    others = [member for member in others if member.id != around] or others
    return join_words(list(map(member_phrase, others)))


def _years(row: PartnershipRow) -> str:
    """Return the years in which a city belongs to a partnership, as far as known."""
    until = row.until or row.end
    if row.since and until and parse(until).is_interval:
        return f"{_year(row.since)}, until {human_end(until)}"
    if row.since and until:
        return f"{_year(row.since)}–{_year(until)}"
    if until:
        return f"until {human_end(until)}"
    return _year(row.since)


def _year(text: str | None) -> str:
    """Return the year of a date where it has one, else the date in words."""
    if text is None:
        return ""
    date = parse(text)
    if date.year and not (date.is_approximate or date.is_uncertain):
        return str(date.year)
    return date.human


# -- What was last and what comes next ----------------------------------------


def overview_rows(profile: Profile) -> Iterator[Row]:
    """Yield the last event, the next anniversary and the open conflicts."""
    overview = profile.overview
    if overview is None:
        return
    if overview.last_event:
        yield "Last event", (_event_phrase(overview.last_event),)
    if overview.next_anniversary:
        yield "Next anniversary", (_anniversary_phrase(overview.next_anniversary),)
    if overview.conflicts:
        yield (
            f"Open conflicts ({len(overview.conflicts)})",
            tuple(_conflict_lines(overview.conflicts, profile)),
        )


def _event_phrase(entry: TimelineEntry) -> str:
    return f"{human_date(entry.date)}, {entry.title}"


def _anniversary_phrase(row: Anniversary) -> str:
    years = years_phrase(row.years, is_about=row.is_about)
    phrase = f"{human_date(row.date)}, {years}: {row.title}"
    return phrase + possible_mark(row.certainty if row.is_about else None)


def _conflict_lines(
    conflicts: Sequence[ConflictRow], profile: Profile
) -> Iterator[str]:
    """Yield the first conflicts in a line each, and how many more there are."""
    for row in conflicts[:MOST_CONFLICTS]:
        label, values = conflict_label(row, profile), conflict_values(row)
        yield f"{label}: {values}"
    more = len(conflicts) - MOST_CONFLICTS
    if more > 0:
        yield f"and {more} more"


def conflict_label(row: ConflictRow, profile: Profile) -> str:
    """Return the field that is in doubt, of another record with its name."""
    if (row.record.type, row.record.id) == (profile.type, profile.id):
        return capitalized(field_phrase(row.field))
    return f"{row.record.name}, {field_phrase(row.field)}"


def conflict_values(row: ConflictRow) -> str:
    """Return both values: `1966; Comune di Milano gives 22 Sep 1967`."""
    stated = "nothing on record"
    if row.value is not None:
        stated = claimed_value(row.value.removeprefix("is: ").partition(";")[0])
    source = row.source.publisher or row.source.title
    return f"{stated}; {source} gives {claimed_value(row.claimed)}"
