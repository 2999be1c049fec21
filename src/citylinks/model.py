"""The records as pydantic models: the one definition of what a record may hold.

Every scalar arrives as the text that stands in the file; the types here give it its meaning.
No field has a default that asserts a fact: an absent key stays absent.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from citylinks import countries, dates
from citylinks.vocabulary import (
    BILATERAL_KINDS,
    AgreementKind,
    EventKind,
    EventRole,
    Level,
    MemberRole,
    OrganizationKind,
    OrganizationRole,
    PartnershipKind,
    Status,
    words,
)

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
FIELD_PATH = r"[a-z_]+(\[\d+\]|\.[a-z_]+)*"


def problem(rule: str, message: str, **context: Any) -> PydanticCustomError:
    """Return the error that the loader turns into a diagnostic of the rule of that name."""
    return PydanticCustomError(rule, "{message}", {"message": message, **context})


# -- Scalars ------------------------------------------------------------------


def _not_blank(text: str) -> str:
    if not text.strip():
        raise problem("empty-value", "nothing is written here; leave the key out instead")
    return text


def _edtf(text: str) -> str:
    try:
        return dates.parse(text).text
    except dates.DateError as error:
        raise problem("invalid-date", str(error)) from None


def _country(text: str) -> str:
    if countries.get(text) is None:
        codes = sorted(countries.country_codes(text))
        hint = f"; did you mean '{codes[0]}'?" if codes else ""
        raise problem(
            "invalid-country", f"'{text}' is not an ISO 3166-1 alpha-2 country code{hint}"
        )
    return text


def _pattern(rule: str, pattern: str, wanted: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise problem(rule, f"'{text}' is not {wanted}")
        return text

    return AfterValidator(check)


def _whole_number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,15}", value):
        raise problem("invalid-number", f"'{value}' is not a whole number written in digits")
    return value


def _decimal_degrees(limit: int) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]{1,15})?", value) or abs(float(value)) > limit:
            raise problem(
                "invalid-number", f"'{value}' is not decimal degrees from -{limit} to {limit}"
            )
        return float(value)

    return BeforeValidator(check, json_schema_input_type=float)


Text = Annotated[str, AfterValidator(_not_blank)]
Slug = Annotated[
    str,
    AfterValidator(_not_blank),
    _pattern("id-not-a-slug", SLUG, "an id: lower-case ASCII words joined by hyphens"),
    Field(json_schema_extra={"pattern": f"^{SLUG}$"}),
]
EdtfDate = Annotated[
    str,
    AfterValidator(_not_blank),
    AfterValidator(_edtf),
    Field(
        description="EDTF (ISO 8601-2), level 0 or 1, or [a..b].",
        json_schema_extra={"type": ["string", "integer"]},
    ),
]
CountryCode = Annotated[
    str,
    AfterValidator(_country),
    Field(description="ISO 3166-1 alpha-2.", json_schema_extra={"pattern": "^[A-Z]{2}$"}),
]
Subdivision = Annotated[
    str,
    _pattern("malformed-identifier", r"[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 subdivision code"),
    Field(description="ISO 3166-2.", json_schema_extra={"pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$"}),
]
LanguageTag = Annotated[
    str,
    _pattern(
        "malformed-identifier",
        r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*",
        "a BCP 47 language tag such as ja or zh-Hant",
    ),
]
Wikidata = Annotated[
    str,
    _pattern("malformed-identifier", r"Q[1-9][0-9]{0,11}", "a Wikidata item such as Q456"),
    Field(json_schema_extra={"pattern": "^Q[1-9][0-9]{0,11}$"}),
]
Geonames = Annotated[
    str,
    _pattern("malformed-identifier", r"[1-9][0-9]{0,11}", "a GeoNames id such as 2996944"),
    Field(json_schema_extra={"type": ["string", "integer"], "pattern": "^[1-9][0-9]{0,11}$"}),
]
Url = Annotated[
    str,
    _pattern(
        "malformed-identifier", r"https?://[^\s<>\"]+", "an address that begins with https://"
    ),
]
FieldPath = Annotated[
    str,
    _pattern(
        "malformed-identifier",
        FIELD_PATH,
        "a path of a field such as start or agreements[1].signed",
    ),
]
WholeNumber = Annotated[int, BeforeValidator(_whole_number, json_schema_input_type=int)]
Goal = Annotated[WholeNumber, Field(ge=1, le=17, description="One of the seventeen UN goals.")]


# -- Parts --------------------------------------------------------------------


class Part(BaseModel):
    """What every model here shares: no unknown keys, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


def _written_short(key: str) -> BeforeValidator:
    """Let a part be written as one word: `lyon` for `{city: lyon}`."""

    def expand(value: object) -> object:
        return {key: value} if isinstance(value, str) else value

    return BeforeValidator(expand, json_schema_input_type=str | dict[str, Any])


class SourceReference(Part):
    """A source that the record rests on, and the fields that it carries where it is not all."""

    source: Slug
    fields: Annotated[tuple[FieldPath, ...], Field(min_length=1)] | None = None
    note: Text | None = None


class Claim(Part):
    """What another source says of a field, kept beside the value that the record follows."""

    field: FieldPath
    value: Text
    source: Slug
    note: Text | None = None


class Alias(Part):
    """Another or a former name."""

    name: Text
    lang: LanguageTag | None = None
    from_: EdtfDate | None = Field(None, alias="from")
    until: EdtfDate | None = None


class Location(Part):
    """A point in decimal degrees, WGS 84."""

    latitude: Annotated[float, _decimal_degrees(90)]
    longitude: Annotated[float, _decimal_degrees(180)]


SourceIds = Annotated[tuple[Slug, ...], Field(min_length=1)]


class Count(Part):
    """A number that a source states, and the day or month for which it states it."""

    of: Text
    value: WholeNumber
    date: EdtfDate | None = None
    sources: SourceIds | None = None


class Member(Part):
    """A party to a partnership, in a role, for as long as it was one."""

    city: Slug
    role: MemberRole | None = None
    from_: EdtfDate | None = Field(None, alias="from")
    until: EdtfDate | None = None
    sources: SourceIds | None = None


class StatusChange(Part):
    """What a partnership became, since when and why."""

    is_: Status = Field(alias="is")
    since: EdtfDate | None = None
    reason: Text | None = None
    sources: SourceIds | None = None


class Listed(Part):
    """The place of an agreement in a list that its source gives without dates."""

    source: Slug
    position: WholeNumber


class Agreement(Part):
    """A paper that parties signed."""

    kind: AgreementKind
    title: Text | None = None
    signed: EdtfDate | None = None
    expires: EdtfDate | None = None
    parties: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = None
    themes: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = None
    summary: Text | None = None
    listed: Listed | None = None
    sources: SourceIds | None = None


class Involvement(Part):
    """An organization and what it did."""

    organization: Slug
    role: OrganizationRole | None = None


class Pillar(Part):
    """A goal of a strategy, a step of a method, a theme of an experiment."""

    name: Text
    summary: Text | None = None


class Outcome(Part):
    """What came of it."""

    summary: Text
    date: EdtfDate | None = None
    city: Slug | None = None
    sources: SourceIds | None = None


class Contact(Part):
    """A person in office as an authority publishes it, without private addresses."""

    name: Text
    role: Text | None = None
    organization: Slug | None = None
    unit: Text | None = None


class EventCity(Part):
    """A city at an event, what it was there, and how many people it sent."""

    city: Slug
    role: EventRole | None = None
    people: WholeNumber | None = None


class Attendance(Part):
    """How many took part, as a source counts them."""

    cities: WholeNumber | None = None
    people: WholeNumber | None = None


class Edition(Part):
    """The series that an event belongs to, and which time it was."""

    id: Slug
    edition: WholeNumber | None = None


Sources = Annotated[
    tuple[Annotated[SourceReference, _written_short("source")], ...], Field(min_length=1)
]
Members = Annotated[tuple[Annotated[Member, _written_short("city")], ...], Field(min_length=1)]
EventCities = Annotated[
    tuple[Annotated[EventCity, _written_short("city")], ...], Field(min_length=1)
]
Aliases = Annotated[tuple[Annotated[Alias, _written_short("name")], ...], Field(min_length=1)]
Involvements = Annotated[
    tuple[Annotated[Involvement, _written_short("organization")], ...], Field(min_length=1)
]
Slugs = Annotated[tuple[Slug, ...], Field(min_length=1)]
Names = Annotated[dict[LanguageTag, Text], Field(min_length=1)]


def _status_history(value: object) -> object:
    return ({"is": value},) if isinstance(value, str) else value


StatusHistory = Annotated[
    tuple[StatusChange, ...],
    Field(min_length=1),
    BeforeValidator(_status_history, json_schema_input_type=Status | list[StatusChange]),
]


# -- Records ------------------------------------------------------------------


class Record(Part):
    """What cities, partnerships and events share: their evidence."""

    type: ClassVar[str]

    sources: Sources | None = None
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)] | None = None


class City(Record):
    """A party to ties: a city, or a state, prefecture, port or corporation as `level` says."""

    type = "city"

    name: Text = Field(description="The common English name.")
    names: Names | None = Field(None, description="Names by BCP 47 language tag.")
    aliases: Aliases | None = Field(None, description="Other and former names.")
    level: Level | None = None
    country: CountryCode | None = None
    subdivision: Subdivision | None = None
    part_of: Slug | None = Field(None, description="The place that contains it.")
    location: Location | None = None
    wikidata: Wikidata | None = None
    geonames: Geonames | None = None
    website: Url | None = None
    summary: Text | None = None
    counts: Annotated[tuple[Count, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _subdivision_of_country(self) -> City:
        if self.subdivision and self.country and self.subdivision[:2] != self.country:
            raise problem(
                "malformed-identifier",
                f"subdivision '{self.subdivision}' is not of country '{self.country}'",
                at="subdivision",
            )
        return self


class Partnership(Record):
    """A lasting tie: a sister city, a cooperation, a programme, a series, a network."""

    type = "partnership"

    name: Text | None = Field(None, description="Where it has one of its own.")
    aliases: Aliases | None = Field(None, description="Other names that it is known by.")
    kind: PartnershipKind
    members: Members
    start: EdtfDate | None = None
    end: EdtfDate | None = None
    status: StatusHistory | None = None
    themes: Slugs | None = None
    agreements: Annotated[tuple[Agreement, ...], Field(min_length=1)] | None = None
    organizations: Involvements | None = None
    part_of: Slug | None = Field(None, description="The programme or network it belongs to.")
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=1)] | None = None
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)] | None = None
    counts: Annotated[tuple[Count, ...], Field(min_length=1)] | None = None
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1)] | None = None
    website: Url | None = None
    summary: Text | None = None

    @model_validator(mode="after")
    def _two_members_where_bilateral(self) -> Partnership:
        distinct = {member.city for member in self.members}
        if self.kind in BILATERAL_KINDS and (len(self.members) != 2 or len(distinct) != 2):
            raise problem(
                "member-count",
                f"a {words(self.kind)} tie has two different members, not {len(distinct)}",
                at="members",
            )
        return self

    @model_validator(mode="after")
    def _ends_after_start(self) -> Partnership:
        _in_order(self.start, self.end, "end")
        for number, member in enumerate(self.members):
            _in_order(member.from_, member.until, "members", number, "until")
        for number, paper in enumerate(self.agreements or ()):
            _in_order(paper.signed, paper.expires, "agreements", number, "expires")
        return self


class Event(Record):
    """Something that happened at a time."""

    type = "event"

    title: Text = Field(description="Fits a line of a timeline.")
    date: EdtfDate
    kind: EventKind
    cities: EventCities | None = None
    partnerships: Slugs | None = Field(None, description="The ties that it belongs to.")
    organizations: Involvements | None = None
    themes: Slugs | None = None
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=1)] | None = None
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)] | None = None
    summary: Text | None = None
    place: Slug | None = Field(None, description="The city where it took place.")
    attendance: Attendance | None = None
    series: Edition | None = None


def _in_order(first: str | None, last: str | None, *at: str | int) -> None:
    """Refuse an end that surely lies before its beginning."""
    if first is None or last is None:
        return
    begun, ended = dates.parse(first).earliest, dates.parse(last).latest
    if begun is not None and ended is not None and ended < begun:
        raise problem("ends-before-start", f"{last} lies before {first}", at=at)


# -- Vocabularies -------------------------------------------------------------


class Theme(Part):
    """What a tie is about."""

    type: ClassVar[str] = "theme"

    label: Text
    labels: Names | None = Field(None, description="Labels by BCP 47 language tag.")
    broader: Slug | None = Field(None, description="The wider theme (SKOS broader).")
    sdgs: Annotated[tuple[Goal, ...], Field(min_length=1)] | None = Field(
        None, description="The UN Sustainable Development Goals it serves."
    )
    aliases: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None


class Organization(Part):
    """A body other than the parties themselves."""

    type: ClassVar[str] = "organization"

    name: Text
    names: Names | None = None
    aliases: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    kind: OrganizationKind | None = None
    country: CountryCode | None = None
    wikidata: Wikidata | None = None
    website: Url | None = None


class Source(Part):
    """Evidence: a page, a text or a data set that records cite."""

    type: ClassVar[str] = "source"

    title: Text
    publisher: Text | None = None
    url: Url | None = None
    date: EdtfDate | None = None
    accessed: EdtfDate | None = None
    language: LanguageTag | None = None


RECORDS: dict[str, type[Record]] = {"city": City, "partnership": Partnership, "event": Event}
VOCABULARIES: dict[str, type[Part]] = {
    "theme": Theme,
    "organization": Organization,
    "source": Source,
}
MODELS: dict[str, type[Part]] = {**RECORDS, **VOCABULARIES}
