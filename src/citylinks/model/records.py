"""The records as pydantic models: the one definition of what a record may hold.

Every scalar arrives as the text that stands in the file; the types here give it its
meaning. No field has a default that asserts a fact: an absent key stays absent. The
text below a field is what editors show of it; `schemas` reads it here, so that it costs
nothing at start.
"""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from citylinks import dates
from citylinks.geo import countries
from citylinks.model.field_uses import Distinct
from citylinks.model.markers import (
    CarriedBy,
    CountryName,
    Dated,
    Evidence,
    FullText,
    Past,
    Refers,
    Words,
)
from citylinks.model.vocabulary import (
    STATUSES,
    AgreementKind,
    EventKind,
    EventRole,
    Level,
    MemberRole,
    OrganizationKind,
    OrganizationRole,
    PartnershipKind,
    SourceKind,
    Status,
)
from citylinks.text.safe import quoted

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
FIELD_PATH = r"[a-z_]+(\[[0-9]{1,6}\]|\.[A-Za-z_][A-Za-z0-9_-]*)*"


def violation(rule: str, message: str) -> PydanticCustomError:
    """Return the error that becomes a diagnostic of the rule of that name."""
    return PydanticCustomError(rule, "{message}", {"message": message})


# -- Scalars ------------------------------------------------------------------


class CheckedModel:
    """Has a function check or change a value, before pydantic's own check or after.

    In place of pydantic's validators, which inspect each function at each of its uses;
    that was a tenth of the time that a command takes to start.
    """

    def __init__(
        self, check: Callable[[Any], Any], *, first: bool = False, **shown: Any
    ) -> None:
        self.check = check
        self.first = first
        self.shown = shown

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        inner = handler(source)
        if self.first:
            return core_schema.no_info_before_validator_function(self.check, inner)
        return core_schema.no_info_after_validator_function(self.check, inner)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), **self.shown}


def _not_blank(text: str) -> str:
    if not text.strip():
        raise violation(
            "empty-value", "this key has no value; give it one or remove the key"
        )
    return text


def _edtf(text: str) -> str:
    try:
        return dates.parse(_not_blank(text)).text
    except dates.DateError as error:
        raise violation("invalid-date", str(error)) from None


def _country(text: str) -> str:
    if countries.get_country(_not_blank(text)) is None:
        from citylinks.geo.names import country_codes

        codes = sorted(country_codes(text))
        hint = ""
        if codes:
            hint = f"; did you mean '{codes[0]}'?"
        raise violation(
            "invalid-country",
            f"{quoted(text)} is not an ISO 3166-1 alpha-2 country code{hint}",
        )
    return text


def _matching(rule: str, pattern: str, wanted: str, **shown: Any) -> CheckedModel:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if compiled.fullmatch(text):
            return text
        hint = ""
        for reading in _readings(_not_blank(text), pattern):
            if compiled.fullmatch(reading):
                hint = f"; did you mean {quoted(reading)}?"
                break
        raise violation(rule, f"{quoted(text)} is not {wanted}{hint}")

    return CheckedModel(check, pattern=f"^{pattern}$", **shown)


def _readings(text: str, pattern: str) -> Iterator[str]:
    """Yield readings of a malformed identifier; its address may have been copied."""
    yield from (text.upper(), text.replace("_", "-"), f"Q{text}", f"https://{text}")
    if "://" in text:
        match = re.search(rf"\b{pattern}\b", text)
        if match:
            yield match.group()


def _whole_number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,15}", value):
        raise violation(
            "invalid-number", f"{quoted(value)} is not a whole number written in digits"
        )
    return value


def _decimal_degrees(limit: int) -> CheckedModel:
    def check(value: object) -> object:
        if not isinstance(value, str):
            return value
        if (
            not re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]{1,15})?", value)
            or abs(float(value)) > limit
        ):
            raise violation(
                "invalid-number",
                f"{quoted(value)} is not decimal degrees from -{limit} to {limit}",
            )
        return float(value)

    return CheckedModel(check, first=True, minimum=-limit, maximum=limit)


_IDENTIFIER = "malformed-identifier"
_NUMBER_OR_TEXT = ["string", "integer"]  # what an editor takes plain digits for

Text = Annotated[str, CheckedModel(_not_blank), Words()]
Slug = Annotated[
    str,
    _matching("id-not-a-slug", SLUG, "an id: lower-case ASCII words joined by hyphens"),
]
EdtfDate = Annotated[
    str,
    CheckedModel(
        _edtf,
        description="EDTF (ISO 8601-2), level 0 or 1, or [a..b].",
        type=_NUMBER_OR_TEXT,
    ),
]
CountryCode = Annotated[
    str, CheckedModel(_country, description="ISO 3166-1 alpha-2.", pattern="^[A-Z]{2}$")
]
Subdivision = Annotated[
    str,
    _matching(
        _IDENTIFIER,
        r"[A-Z]{2}-[A-Z0-9]{1,3}",
        "an ISO 3166-2 subdivision code",
        description="ISO 3166-2.",
    ),
]
LanguageTag = Annotated[
    str,
    _matching(
        _IDENTIFIER,
        r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*",
        "a BCP 47 language tag such as ja or zh-Hant",
    ),
]
Wikidata = Annotated[
    str, _matching(_IDENTIFIER, r"Q[1-9][0-9]{0,11}", "a Wikidata item such as Q456")
]
Geonames = Annotated[
    str,
    _matching(
        _IDENTIFIER,
        r"[1-9][0-9]{0,11}",
        "a GeoNames id such as 2996944",
        type=_NUMBER_OR_TEXT,
    ),
]
Url = Annotated[
    str,
    _matching(
        _IDENTIFIER,
        r"https?://([^\s<>\"/?#.]+\.)+[^\s<>\"/?#.]{2,}([/?#][^\s<>\"]*)?",
        "a web address such as https://www.lyon.fr/",
    ),
]
FieldPath = Annotated[
    str,
    _matching(
        _IDENTIFIER,
        FIELD_PATH,
        "a path of a field such as start or agreements[1].signed",
    ),
]
WholeNumber = Annotated[int, CheckedModel(_whole_number, first=True, minimum=0)]
Goal = Annotated[
    int,
    Field(ge=1, le=17),
    CheckedModel(
        _whole_number,
        first=True,
        description="One of the seventeen UN goals.",
        minimum=1,
        maximum=17,
    ),
]
ClaimedValue = Annotated[
    str, CheckedModel(_not_blank, type=["string", "integer", "number"]), Words()
]


CityId = Annotated[Slug, Refers("city")]
PartnershipId = Annotated[Slug, Refers("partnership")]
ThemeId = Annotated[Slug, Refers("theme")]
OrganizationId = Annotated[Slug, Refers("organization")]
SourceId = Annotated[Slug, Refers("source")]

Prose = Annotated[Text, FullText()]

# -- Parts --------------------------------------------------------------------


class Part(BaseModel):
    """What every model here shares: no unknown keys, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Short(CheckedModel):
    """Lets a part be written as one word: `lyon` for `{city: lyon}`."""

    def __init__(self, key: str) -> None:
        super().__init__(lambda v: {key: v} if isinstance(v, str) else v, first=True)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class SourceReference(Part):
    """A source of the record, and the fields that it supports if not all."""

    source: SourceId
    """The id of a source in sources.yaml."""
    fields: (
        Annotated[tuple[FieldPath, ...], Field(min_length=1), Distinct("field")] | None
    ) = None
    """The fields that this source supports, if it does not support the full record."""
    note: Text | None = None
    """A note on what this source says, or how it applies to this record."""


class Claim(Part):
    """What another source says about a field, if it differs from the record."""

    field: FieldPath
    """The field for which the other source differs: start, agreements[1].signed."""
    value: ClaimedValue
    """The value that the other source gives."""
    source: SourceId
    """The id of the other source."""
    note: Text | None = None
    """A note on the difference."""


class Alias(Part):
    """Another or a former name."""

    name: Text
    """The other name, in its own script."""
    lang: LanguageTag | None = None
    """The language of the name, as a BCP 47 tag: ja, zh-Hant."""
    from_: Annotated[EdtfDate | None, Past()] = Field(None, alias="from")
    """When this name came into use."""
    until: EdtfDate | None = None
    """When this name was dropped."""


class Synonym(Part):
    """Another word for a theme."""

    name: Text
    """The other word, in its own script."""
    lang: LanguageTag | None = None
    """The language of the word, as a BCP 47 tag: fr, ja."""


class Coordinates(Part):
    """A point in decimal degrees, WGS 84."""

    latitude: Annotated[float, _decimal_degrees(90)]
    """Degrees north of the equator, from -90 to 90."""
    longitude: Annotated[float, _decimal_degrees(180)]
    """Degrees east of Greenwich, from -180 to 180."""


SourceIds = Annotated[tuple[SourceId, ...], Field(min_length=1), Evidence()]


CityIds = Annotated[tuple[CityId, ...], Field(min_length=1)]
ThemeIds = Annotated[tuple[ThemeId, ...], Field(min_length=1)]
PartnershipIds = Annotated[tuple[PartnershipId, ...], Field(min_length=1)]


class Count(Part):
    """A number that a source states, with the day or month to which it applies."""

    of: Prose
    """What was counted: sister cities, endorsing cities."""
    value: WholeNumber
    """The number that the source states."""
    date: Annotated[EdtfDate | None, Dated("count"), FullText()] = None
    """The day, month or year to which the number applies."""
    sources: SourceIds | None = None
    """The sources for it."""


class Member(Part):
    """A member of a partnership, with its role and the time of its membership."""

    city: CityId
    """The id of a city."""
    role: Annotated[MemberRole | None, FullText()] = None
    """The role of the member, such as founder or chair."""
    from_: Annotated[EdtfDate | None, Dated("join")] = Field(None, alias="from")
    """When it became a member, if not at the start of the partnership."""
    until: Annotated[EdtfDate | None, Dated("leave", is_past=False)] = None
    """When it ceased to be a member, if not at the end of the partnership."""
    sources: SourceIds | None = None
    """The sources for it."""


class StatusChange(Part):
    """A change of the status of a partnership, with its date and reason."""

    is_: Status = Field(alias="is")
    """The new status of the partnership."""
    since: Annotated[EdtfDate | None, Dated("status")] = None
    """When the change took effect."""
    reason: Prose | None = None
    """The reason, in your own words."""
    sources: SourceIds | None = None
    """The sources for it."""


class ListPosition(Part):
    """The place of an agreement in a list without dates."""

    source: SourceId
    """The id of the source that has the list."""
    position: WholeNumber
    """The position in the list, counted from 1."""


class Agreement(Part):
    """An agreement that members signed."""

    kind: AgreementKind
    """The kind of agreement."""
    title: Prose | None = None
    """The title of the agreement."""
    signed: Annotated[EdtfDate | None, Dated("agreement"), FullText()] = None
    """When it was signed."""
    expires: Annotated[EdtfDate | None, Dated("expiry", is_past=False)] = None
    """When it expires unless it is renewed."""
    parties: CityIds | None = None
    """The cities that signed, if not all members did."""
    themes: ThemeIds | None = None
    """The themes that the agreement itself covers."""
    summary: Prose | None = None
    """What it says, in your own words."""
    listed: Annotated[ListPosition | None, CarriedBy("source")] = None
    """Its place in a list, if the source gives no date."""
    sources: SourceIds | None = None
    """The sources for it."""


class Involvement(Part):
    """An organization and what it did."""

    organization: OrganizationId
    """The id of an organization in organizations.yaml."""
    role: Annotated[OrganizationRole | None, FullText()] = None
    """The role of the organization."""


class Pillar(Part):
    """A goal of a strategy, a step of a method or a theme of an experiment."""

    name: Prose
    """The name that the source gives it."""
    summary: Prose | None = None
    """What it is about, in your own words."""


class Outcome(Part):
    """A result of the partnership or event."""

    summary: Prose
    """The result, in your own words."""
    date: Annotated[EdtfDate | None, Dated("outcome"), FullText()] = None
    """When it was achieved."""
    city: CityId | None = None
    """The city where it was achieved, if the record has several."""
    sources: SourceIds | None = None
    """The sources for it."""


class Contact(Part):
    """An official whom an authority names as a contact, without private addresses."""

    name: Prose
    """The name of the person, as published by the authority."""
    role: Prose | None = None
    """The office that the person holds."""
    organization: OrganizationId | None = None
    """The id of the organization that the person works for."""
    unit: Prose | None = None
    """The department of the person."""


class EventCity(Part):
    """A city at an event, with its role and the number of people it sent."""

    city: CityId
    """The id of a city."""
    role: Annotated[EventRole | None, FullText()] = None
    """The role of the city at the event."""
    people: WholeNumber | None = None
    """The number of people it sent."""


class Attendance(Part):
    """How many cities and people took part, according to a source."""

    cities: WholeNumber | None = None
    """The number of cities that took part."""
    people: WholeNumber | None = None
    """The number of people who took part."""


class Edition(Part):
    """The series to which an event belongs, and the number of the edition."""

    id: PartnershipId
    """The id of the partnership of kind series."""
    edition: WholeNumber | None = None
    """The number of the edition, such as 3 for the third."""


SourceReferences = Annotated[
    tuple[Annotated[SourceReference, Short("source")], ...],
    Field(min_length=1),
    Evidence(),
    Distinct("source", "source", ("source", "note")),
]
Claims = Annotated[
    tuple[Claim, ...],
    Field(min_length=1),
    Evidence(),
    Distinct("claim", None, ("field", "value", "source")),
]
Members = Annotated[
    tuple[Annotated[Member, Short("city")], ...],
    Field(min_length=1),
    Distinct("member", "city", ("city", "role"), at_a_time=True),
]
EventCities = Annotated[
    tuple[Annotated[EventCity, Short("city")], ...],
    Field(min_length=1),
    Distinct("city", "city", ("city",), ("role",)),
]
Aliases = Annotated[
    tuple[Annotated[Alias, Short("name")], ...],
    Field(min_length=1),
    Distinct("name", "name", ("name",), ("lang",), at_a_time=True),
]
Involvements = Annotated[
    tuple[Annotated[Involvement, Short("organization")], ...],
    Field(min_length=1),
    Distinct("organization", "organization", ("organization",), ("role",)),
]
Agreements = Annotated[
    tuple[Agreement, ...],
    Field(min_length=1),
    Distinct(
        "agreement",
        None,
        ("kind", "title", "signed", "listed"),
        ("parties", "themes", "summary"),
    ),
]
Pillars = Annotated[
    tuple[Pillar, ...],
    Field(min_length=1),
    Distinct("part", "name", ("name",), ("summary",)),
]
Outcomes = Annotated[
    tuple[Outcome, ...],
    Field(min_length=1),
    Distinct("outcome", None, ("summary",), ("city",)),
]
Counts = Annotated[
    tuple[Count, ...],
    Field(min_length=1),
    Distinct("count", "of", ("of", "date"), ("value",)),
]
Contacts = Annotated[
    tuple[Contact, ...],
    Field(min_length=1),
    Distinct("person", "name", ("name", "role"), ("organization", "unit")),
]
Synonyms = Annotated[
    tuple[Annotated[Synonym, Short("name")], ...],
    Field(min_length=1),
    Distinct("name", "name", ("name",), ("lang",)),
]
OtherNames = Annotated[tuple[Text, ...], Field(min_length=1), Distinct("name")]
TranslatedNames = Annotated[dict[LanguageTag, Text], Field(min_length=1)]


class _WordOrHistory(CheckedModel):
    """Lets a status be written as one word, or as the list of its changes."""

    def __init__(self) -> None:
        super().__init__(
            lambda v: ({"is": v},) if isinstance(v, str) else v, first=True
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(STATUSES)}, handler(schema)]}


StatusHistory = Annotated[
    tuple[StatusChange, ...],
    Field(min_length=1),
    _WordOrHistory(),
    Distinct("status", "is", ("is", "since"), ("reason",)),
]


# -- Records ------------------------------------------------------------------


class Record(Part):
    """What cities, partnerships and events share: sources and claims."""

    type: ClassVar[str]

    sources: SourceReferences | None = None
    """The sources of the record; `fields` limits a source to some of its fields."""
    claims: Claims | None = None
    """What other sources say about a field, if it differs from the record."""


class City(Record):
    """A party to partnerships: a city, a state, a port and so on; see `level`."""

    type = "city"

    name: Text
    """The common English name."""
    names: TranslatedNames | None = None
    """Names by BCP 47 language tag: {ja: 横浜市, fr: Yokohama}."""
    aliases: Aliases | None = None
    """Other and former names."""
    level: Level | None = None
    """The level of the party: a city, a state, a port."""
    country: Annotated[CountryCode | None, CountryName()] = None
    """The country that it is in."""
    subdivision: Subdivision | None = None
    """The state, prefecture or region that it is in."""
    part_of: CityId | None = None
    """The id of the place that contains it: the city of a port."""
    places: Aliases | None = None
    """Places within it that have no record of their own: Sydney in New South Wales."""
    location: Coordinates | None = None
    """Its coordinates."""
    wikidata: Wikidata | None = None
    """The Wikidata item, such as Q456."""
    geonames: Geonames | None = None
    """The GeoNames id, such as 2996944."""
    website: Url | None = None
    """The address of its website."""
    summary: Prose | None = None
    """A short description, in your own words."""
    counts: Counts | None = None
    """Numbers that sources state about it."""


class Partnership(Record):
    """A lasting relation: sister cities, a cooperation, a programme or a network."""

    type = "partnership"

    name: Text | None = None
    """Its own name, if it has one; otherwise the names of its members are used."""
    aliases: Aliases | None = None
    """Other names by which it is known."""
    kind: PartnershipKind
    """The kind of partnership, according to the source."""
    members: Members
    """The member cities: an id, or an id with a role and dates, for each.

    A partnership between two cities has two.
    """
    start: Annotated[EdtfDate | None, Dated("start"), FullText()] = None
    """When it began."""
    end: Annotated[EdtfDate | None, Dated("end", is_past=False)] = None
    """When it ended: 2011; or 2011/.. if it may have ended in or after 2011."""
    status: StatusHistory | None = None
    """The present status according to a source, or the list of its changes."""
    themes: ThemeIds | None = None
    """Its themes, by their ids in themes.yaml."""
    agreements: Agreements | None = None
    """The agreements that the parties signed."""
    organizations: Involvements | None = None
    """The organizations involved."""
    part_of: PartnershipId | None = None
    """The id of the programme or network that it belongs to."""
    pillars: Pillars | None = None
    """The goals of a strategy, the steps of a method, the themes of an experiment."""
    outcomes: Outcomes | None = None
    """Its results."""
    counts: Counts | None = None
    """Numbers that sources state about it."""
    contacts: Contacts | None = None
    """Officials whom an authority names as contacts."""
    website: Url | None = None
    """The address of its website."""
    summary: Prose | None = None
    """A short description, in your own words."""


class Event(Record):
    """Something that happened at a certain time."""

    type = "event"

    title: Text
    """A headline that fits on a line of a timeline."""
    date: Annotated[EdtfDate, Past(), FullText()]
    """When it happened."""
    kind: EventKind
    """What kind of event it was."""
    cities: EventCities | None = None
    """The cities: an id, or an id with a role and the number of people, for each."""
    partnerships: PartnershipIds | None = None
    """The ids of the partnerships that it belongs to."""
    organizations: Involvements | None = None
    """The organizations involved."""
    themes: ThemeIds | None = None
    """Its themes, by their ids in themes.yaml."""
    pillars: Pillars | None = None
    """The goals or parts that the source names."""
    outcomes: Outcomes | None = None
    """Its results."""
    summary: Prose | None = None
    """What happened, in your own words."""
    place: CityId | None = None
    """The id of the city where it took place."""
    attendance: Attendance | None = None
    """The numbers of cities and people who took part."""
    series: Edition | None = None
    """The series to which it belongs, and the edition."""


# -- Vocabularies -------------------------------------------------------------


class Theme(Part):
    """A theme: a subject of partnerships and events."""

    type: ClassVar[str] = "theme"

    label: Text
    """The English label."""
    labels: TranslatedNames | None = None
    """Labels in other languages, by BCP 47 language tag."""
    broader: ThemeId | None = None
    """The id of the wider theme (SKOS broader)."""
    sdgs: Annotated[tuple[Goal, ...], Field(min_length=1), Distinct("goal")] | None = (
        None
    )
    """The UN Sustainable Development Goals that it serves, by number: 7, 13."""
    aliases: Synonyms | None = None
    """Other words for it that people may type (SKOS altLabel)."""


class Organization(Part):
    """An organization that is involved but is not itself a party."""

    type: ClassVar[str] = "organization"

    name: Text
    """The English name, or the acronym by which it is known."""
    names: TranslatedNames | None = None
    """Names by BCP 47 language tag."""
    aliases: OtherNames | None = None
    """Other names and acronyms."""
    kind: OrganizationKind | None = None
    """The kind of organization."""
    country: Annotated[CountryCode | None, CountryName()] = None
    """The country where it is based."""
    wikidata: Wikidata | None = None
    """The Wikidata item, such as Q456."""
    website: Url | None = None
    """The address of its website."""


class Source(Part):
    """A source: a page, a text or a data set that records cite."""

    type: ClassVar[str] = "source"

    title: Text
    """The title of the page, the text or the data set."""
    publisher: Prose | None = None
    """Who published it."""
    url: Url | None = None
    """The address where it can be read, if known."""
    date: Annotated[EdtfDate | None, FullText()] = None
    """When it was published."""
    accessed: Annotated[EdtfDate | None, Past()] = None
    """When it was read."""
    language: LanguageTag | None = None
    """Its language, as a BCP 47 tag."""
    kind: SourceKind | None = None
    """primary (by a participant), press, or secondary (a list, a blog, a data set)."""


RECORDS: dict[str, type[Record]] = {
    "city": City,
    "partnership": Partnership,
    "event": Event,
}
VOCABULARIES: dict[str, type[Part]] = {
    "theme": Theme,
    "organization": Organization,
    "source": Source,
}
MODELS: dict[str, type[Part]] = {**RECORDS, **VOCABULARIES}


def nested_models(field: FieldInfo) -> Iterator[type[Part]]:
    """Yield the models that the values of a field hold."""
    hints = [field.annotation]
    while hints:
        hint = hints.pop()
        if isinstance(hint, type) and issubclass(hint, Part):
            yield hint
        hints += getattr(hint, "__args__", ())
