"""The phrases that several pages share: dates, names, partnerships, claims, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.dates import DateError, parse, span_in_words
from citylinks.geo import countries
from citylinks.model.titles import join_words
from citylinks.model.vocabulary import (
    AGREEMENT_KINDS,
    GATHERING_KINDS,
    KIND_WORDS,
    STATUSES,
    in_words,
)
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from citylinks.questions.anniversaries import Anniversaries
    from citylinks.questions.common import Common
    from citylinks.questions.evidence import Coverage
    from citylinks.questions.expiring import Expiring
    from citylinks.questions.growth import Growth
    from citylinks.questions.path import Chains
    from citylinks.questions.results import (
        AttendanceRef,
        CityRef,
        ClaimRef,
        PartnershipRow,
        Ref,
        Subject,
    )
    from citylinks.questions.stats import Stats
    from citylinks.questions.timeline import Timeline
    from citylinks.views.notes import Notes

    FilteredAnswer = (
        Anniversaries
        | Chains
        | Common
        | Coverage
        | Expiring
        | Growth
        | Stats
        | Timeline
    )

NOT_CERTAIN = ("possible", "the date is too imprecise to be sure")


# -- Dates and numbers --------------------------------------------------------


def human_date(text: str | None) -> str:
    """Return a date in words, or nothing where there is none."""
    if not text:
        return ""
    return parse(text).human


def human_end(text: str | None) -> str:
    """Return the date of an end in words: one day within an interval."""
    if not text:
        return ""
    date = parse(text)
    if not date.is_interval:
        return date.human
    if date.text.endswith(("/", "/..")):
        return f"{human_date(str(date.start))} or later"
    if date.text.startswith(("/", "../")):
        return f"{human_date(str(date.end))} or earlier"
    return f"between {human_date(str(date.start))} and {human_date(str(date.end))}"


def some_time(words: str) -> str:
    """Return a time after `since` or `until`: `some time between 2017 and 2019`."""
    if words.startswith("between "):
        return f"some time {words}"
    return words


def human_value(text: str) -> str:
    """Return a date in words, and all else as it is written."""
    try:
        return human_date(text)
    except DateError:
        return text


def as_of_phrase(date: str) -> str:
    """Return the time for which an answer holds: `As of 1985`, `As of Apr 1985`."""
    return f"As of {human_value(date)}"


def years_phrase(years: int, *, is_about: bool) -> str:
    """Return a number of years: `70 years`, `about 170 years`."""
    phrase = number_of(years, "year")
    if is_about:
        return f"about {phrase}"
    return phrase


_SINGULAR = {"cities": "city", "people": "person"}


def number_phrase(number: int, plural: str) -> str:
    """Return a number of `cities` or `people`: `1 city`, `300 people`."""
    return number_of(number, _SINGULAR[plural], plural)


def attendance_phrase(attendance: AttendanceRef) -> str:
    """Return the numbers of those who took part: `21 cities, 300 people`."""
    phrases = []
    if attendance.cities is not None:
        phrases.append(number_phrase(attendance.cities, "cities"))
    if attendance.people is not None:
        phrases.append(number_phrase(attendance.people, "people"))
    return ", ".join(phrases)


def possible_mark(certainty: str | None) -> str:
    """Return the mark of something that is only possible, else nothing."""
    if certainty == "possible":
        return " (possible)"
    return ""


def date_phrase(date: str | None, certainty: str | None) -> str:
    """Return a date in words, with the mark of something that is only possible."""
    return (human_date(date) + possible_mark(certainty)).strip()


def capitalized(phrase: str) -> str:
    """Return a phrase as it begins a line: with a capital letter."""
    return phrase[:1].upper() + phrase[1:]


# -- Names --------------------------------------------------------------------


def member_phrase(city: CityRef) -> str:
    """Return the name of a city, marked where it was only possibly a member."""
    return f"{city.name}{possible_mark(city.certainty)}"


def name_list(refs: Iterable[Ref | CityRef]) -> str:
    """Return names with commas."""
    return ", ".join(ref.name for ref in refs)


def names_all(title: str, names: Iterable[str]) -> bool:
    """Whether a title has all these names in it."""
    return all(name in title for name in names)


def location_phrase(name: str, country_code: str | None) -> str:
    """Return a name with the country of that ISO 3166-1 code: `Lyon (France)`."""
    country = countries.get_country(country_code or "")
    if country is None:
        return name
    return f"{name} ({country.name})"


def located_names(cities: Iterable[Subject | CityRef]) -> list[str]:
    """Return the names of cities with their countries."""
    return [location_phrase(city.name, city.country) for city in cities]


def organizations_by_role(
    refs: Sequence[Ref], without_role: str
) -> list[tuple[str, str]]:
    """Return organizations under their roles: `organizers` and `A, B`.

    Roles that the same organizations have share a line; those without a role stand
    under `without_role`.
    """
    names_by_role: dict[str | None, list[str]] = {}
    for ref in refs:
        names_by_role.setdefault(ref.role, []).append(ref.name)
    labels_by_names: dict[tuple[str, ...], list[str]] = {}
    for role, names in names_by_role.items():
        label = without_role
        if role:
            label = _role_label(role, len(names))
        labels_by_names.setdefault(tuple(names), []).append(label)
    lines = []
    for shared_names, labels in labels_by_names.items():
        lines.append((", ".join(labels), ", ".join(shared_names)))
    return lines


def _role_label(role: str, count: int) -> str:
    if count == 1 or role.endswith("sector"):
        return in_words(role)
    return f"{in_words(role)}s"


def organizations_with_roles(refs: Sequence[Ref]) -> str:
    """Return organizations with all their roles: `JICA (funder, supporter)`."""
    roles_by_name: dict[str, list[str]] = {}
    for ref in refs:
        roles = roles_by_name.setdefault(ref.name, [])
        if ref.role:
            roles.append(in_words(ref.role))
    phrases = []
    for name, roles in roles_by_name.items():
        if roles:
            phrases.append(f"{name} ({', '.join(roles)})")
        else:
            phrases.append(name)
    return ", ".join(phrases)


# -- Partnerships -------------------------------------------------------------


def partnership_phrase(
    kind: str, start: str | None, end: str | None, status: str | None
) -> str:
    """Return a kind of partnership with its dates, and any status but active."""
    text = KIND_WORDS[kind].capitalize()
    if start:
        since = human_date(start).removeprefix("since ")
        text += f" since {some_time(since)}"
    if end:
        text += f", until {some_time(human_end(end))}"
    if status and status != "active":
        text += f" ({status})"
    return text


def since_phrase(row: PartnershipRow) -> str:
    """Return the kind of a partnership with its dates: `Sister cities since Apr 1959`.

    Where the row says since when cities belong to it together, these are the dates.
    """
    start, end = row.since or row.start, row.until or row.end
    text = partnership_phrase(row.kind, start, end, row.status)
    return text + older_phrase(row.since, row.start) + possible_mark(row.certainty)


def older_phrase(since: str | None, start: str | None) -> str:
    """Return the start of a partnership that is older than the membership of cities."""
    if since and start and since != start:
        return f" (partnership since {human_date(start)})"
    return ""


def network_phrase(row: PartnershipRow) -> str:
    """Return a network as it is named in a header: `Y-PORT (programme)`."""
    kind = in_words(row.kind)
    if row.kind in GATHERING_KINDS:
        kind = KIND_WORDS[row.kind]
    return f"{row.name} ({kind}){possible_mark(row.certainty)}"


# -- Claims -------------------------------------------------------------------


# What fields are called in a sentence, where their own name would not do.
_FIELD_WORDS = {
    "attendance.cities": "number of cities",
    "attendance.people": "number of people",
    "expires": "expiry date",
    "from": "joining date",
    "geonames": "GeoNames",
    "lang": "language",
    "signed": "signing date",
    "until": "leaving date",
    "wikidata": "Wikidata",
}
# What one part of a list is called.
_PART_WORDS = {
    "agreements": "agreement",
    "aliases": "alias",
    "cities": "city",
    "contacts": "contact",
    "counts": "count",
    "members": "member",
    "organizations": "organization",
    "outcomes": "outcome",
    "pillars": "pillar",
    "places": "place",
}
# The fields that say which one a part of a list is.
_ITSELF = frozenset(
    (
        ("cities", "city"),
        ("counts", "value"),
        ("members", "city"),
        ("organizations", "organization"),
    )
)
# The dates of entries: a claim that gives another date need not say of what.
_DATES = frozenset(("date", "start", "end", "signed", "expires", "from", "until"))


def claim_phrase(claim: ClaimRef, notes: Notes, *, names_field: bool = True) -> str:
    """Return the words on another source: `Comune di Milano gives 1967 [3]`.

    The field is named where the phrase `names_field` and the value is not its date.
    """
    source = claim.source.publisher or claim.source.title
    phrase = f"{source} gives {claimed_value(claim.value)}"
    if names_field and claim.field.rpartition(".")[2] not in _DATES:
        phrase += f" for {_with_article(field_phrase(claim.field))}"
    phrase += f" {notes.marks((claim.source,))}"
    if claim.note:
        phrase += f" ({claim.note})"
    return phrase


def _with_article(field: str) -> str:
    """Return a field with `the`, but for one that has a number: `count 2`."""
    if field[-1].isdecimal() and " of " not in field:
        return field
    return f"the {field}"


def claimed_value(value: str) -> str:
    """Return the value of a field in words: a date, a kind, a status or a text."""
    if value in _IDENTIFIERS:
        return in_words(value)
    return human_value(value)


_IDENTIFIERS = frozenset((*KIND_WORDS, *AGREEMENT_KINDS, *STATUSES))


def field_phrase(path: str) -> str:
    """Return the path of a field in words.

    `agreements[1].signed` is `signing date of agreement 2`.
    """
    if path in _FIELD_WORDS:
        return _FIELD_WORDS[path]
    *steps, last = path.split(".")
    if not steps or (steps[-1].partition("[")[0], last) not in _ITSELF:
        steps.append(last)
    return " of ".join(map(_step_phrase, reversed(steps)))


def _step_phrase(step: str) -> str:
    name, _, index = step.removesuffix("]").partition("[")
    plain = name.replace("_", " ")
    if index:
        return f"{_PART_WORDS.get(name, plain)} {int(index) + 1}"
    return _FIELD_WORDS.get(name, plain)


# -- Filters ------------------------------------------------------------------


# What a query states beside its filters.
NEVER_FILTERS = frozenset(("any", "count", "fields", "limit", "reverse", "sort"))


def filter_phrases(
    answer: FilteredAnswer, stated_elsewhere: Collection[str]
) -> Iterator[str]:
    """Yield the filters of an answer in one phrase: `Only theme: Energy`.

    Options in `stated_elsewhere` are no filters, or the page states them otherwise.
    """
    named = dict(answer.named)
    phrases = []
    for name, value in _with_one_span(answer.query).items():
        if value and name not in NEVER_FILTERS and name not in stated_elsewhere:
            is_any = bool(answer.query.get("any"))
            phrases.append(_filter_phrase(name, named.get(name, value), is_any=is_any))
    if phrases:
        yield f"Only {'; '.join(phrases)}"


def _with_one_span(query: dict[str, Any]) -> dict[str, Any]:
    """Return a query whose first and last day are the ends of one span, if they can."""
    ends = [query.get(name) for name in ("from", "to")]
    if "year" in query or None in ends:
        return query
    span = "/".join(map(str, ends))
    if span_in_words(span) == span:
        return query
    joined: dict[str, Any] = {}
    for name, value in query.items():
        if name == "from":
            joined["year"] = span
        elif name != "to":
            joined[name] = value
    return joined


# The options that hold dates, and what stands before each in a phrase.
_SPAN_WORDS = {"year": "", "from": "from ", "to": "to ", "as-of": "as of "}


def _filter_phrase(name: str, value: object, *, is_any: bool) -> str:
    """Return a filter in words, its values by their names where they have some."""
    if value is True:
        return name
    texts = list(map(str, value)) if isinstance(value, list | tuple) else [str(value)]
    if name in _SPAN_WORDS:
        spans = [span_in_words(text) for text in texts]
        return f"{_SPAN_WORDS[name]}{join_words(spans, 'or')}"
    if name == "between" or (name == "with" and not is_any):
        return f"{name} {join_words(texts, 'and')}"
    if name == "with":
        return f"with {join_words(texts, 'or')}"
    return f"{name}: {join_words(texts, 'or')}"
