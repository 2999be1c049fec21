"""The records as pydantic models: the one definition of what a record may hold.

Every scalar arrives as the text that stands in the file; the types here give it its meaning.
No field has a default that asserts a fact: an absent key stays absent.
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

from citylinks import countries, dates
from citylinks.text import quoted
from citylinks.vocabulary import (
    STATUSES,
    AgreementKind,
    EventKind,
    EventRole,
    Level,
    MemberRole,
    OrganizationKind,
    OrganizationRole,
    PartnershipKind,
    Status,
)

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
FIELD_PATH = r"[a-z_]+(\[\d+\]|\.[a-z_]+)*"


def problem(rule: str, message: str) -> PydanticCustomError:
    """Return the error that the loader turns into a diagnostic of the rule of that name."""
    return PydanticCustomError(rule, "{message}", {"message": message})


# -- Scalars ------------------------------------------------------------------


class Checked:
    """Has a value checked, or changed, by a function: before pydantic's own check, or after.

    In place of pydantic's validators, which inspect each function at each of its uses; that was
    a tenth of the time that a command takes to start.
    """

    def __init__(self, check: Callable[[Any], Any], *, first: bool = False, **shown: Any) -> None:
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
        raise problem("empty-value", "nothing is written here; leave the key out instead")
    return text


def _edtf(text: str) -> str:
    try:
        return dates.parse(_not_blank(text)).text
    except dates.DateError as error:
        raise problem("invalid-date", str(error)) from None


def _country(text: str) -> str:
    if countries.get(_not_blank(text)) is None:
        codes = sorted(countries.country_codes(text))
        hint = f"; did you mean '{codes[0]}'?" if codes else ""
        raise problem(
            "invalid-country", f"{quoted(text)} is not an ISO 3166-1 alpha-2 country code{hint}"
        )
    return text


def _matching(rule: str, pattern: str, wanted: str, **shown: Any) -> Checked:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if compiled.fullmatch(text):
            return text
        meant = next(filter(compiled.fullmatch, _readings(_not_blank(text), pattern)), None)
        hint = f"; did you mean {quoted(meant)}?" if meant else ""
        raise problem(rule, f"{quoted(text)} is not {wanted}{hint}")

    return Checked(check, pattern=f"^{pattern}$", **shown)


def _readings(text: str, pattern: str) -> Iterator[str]:
    """Yield what may be meant by a malformed identifier: its address may have been copied."""
    yield from (text.upper(), text.replace("_", "-"), f"Q{text}", f"https://{text}")
    found = re.search(rf"\b{pattern}\b", text) if "://" in text else None
    if found:
        yield found.group()


def _whole_number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,15}", value):
        raise problem("invalid-number", f"{quoted(value)} is not a whole number written in digits")
    return value


def _decimal_degrees(limit: int) -> Checked:
    def check(value: object) -> object:
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"[-+]?[0-9]{1,3}(\.[0-9]{1,15})?", value) or abs(float(value)) > limit:
            raise problem(
                "invalid-number", f"{quoted(value)} is not decimal degrees from -{limit} to {limit}"
            )
        return float(value)

    return Checked(check, first=True, minimum=-limit, maximum=limit)


_IDENTIFIER = "malformed-identifier"
_NUMBER_OR_TEXT = ["string", "integer"]  # what an editor takes plain digits for

Text = Annotated[str, Checked(_not_blank)]
Slug = Annotated[
    str,
    _matching("id-not-a-slug", SLUG, "an id: lower-case ASCII words joined by hyphens"),
]
EdtfDate = Annotated[
    str,
    Checked(_edtf, description="EDTF (ISO 8601-2), level 0 or 1, or [a..b].", type=_NUMBER_OR_TEXT),
]
CountryCode = Annotated[
    str, Checked(_country, description="ISO 3166-1 alpha-2.", pattern="^[A-Z]{2}$")
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
    _matching(_IDENTIFIER, FIELD_PATH, "a path of a field such as start or agreements[1].signed"),
]
WholeNumber = Annotated[int, Checked(_whole_number, first=True)]
Goal = Annotated[
    int,
    Field(ge=1, le=17),
    Checked(
        _whole_number,
        first=True,
        description="One of the seventeen UN goals.",
        minimum=1,
        maximum=17,
    ),
]
ClaimedValue = Annotated[str, Checked(_not_blank, type=["string", "integer", "number"])]


# -- Parts --------------------------------------------------------------------


class Part(BaseModel):
    """What every model here shares: no unknown keys, nothing changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Short(Checked):
    """Lets a part be written as one word: `lyon` for `{city: lyon}`."""

    def __init__(self, key: str) -> None:
        super().__init__(lambda v: {key: v} if isinstance(v, str) else v, first=True)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class SourceReference(Part):
    """A source that the record rests on, and the fields that it carries where it is not all."""

    source: Slug
    fields: Annotated[tuple[FieldPath, ...], Field(min_length=1)] | None = None
    note: Text | None = None


class Claim(Part):
    """What another source says of a field, kept beside the value that the record follows."""

    field: FieldPath
    value: ClaimedValue
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


Sources = Annotated[tuple[Annotated[SourceReference, Short("source")], ...], Field(min_length=1)]
Members = Annotated[tuple[Annotated[Member, Short("city")], ...], Field(min_length=1)]
EventCities = Annotated[tuple[Annotated[EventCity, Short("city")], ...], Field(min_length=1)]
Aliases = Annotated[tuple[Annotated[Alias, Short("name")], ...], Field(min_length=1)]
Involvements = Annotated[
    tuple[Annotated[Involvement, Short("organization")], ...], Field(min_length=1)
]
Slugs = Annotated[tuple[Slug, ...], Field(min_length=1)]
Names = Annotated[dict[LanguageTag, Text], Field(min_length=1)]


class _WordOrHistory(Checked):
    """Lets a status be written as one word, or as the list of its changes."""

    def __init__(self) -> None:
        super().__init__(lambda v: ({"is": v},) if isinstance(v, str) else v, first=True)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(STATUSES)}, handler(schema)]}


StatusHistory = Annotated[tuple[StatusChange, ...], Field(min_length=1), _WordOrHistory()]


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


def parts_in(field: FieldInfo) -> Iterator[type[Part]]:
    """Yield the models that the values of a field hold."""
    hints = [field.annotation]
    while hints:
        hint = hints.pop()
        if isinstance(hint, type) and issubclass(hint, Part):
            yield hint
        hints += getattr(hint, "__args__", ())
