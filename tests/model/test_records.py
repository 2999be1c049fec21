from textwrap import dedent
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from citylinks.files import yaml_reader
from citylinks.model import vocabulary
from citylinks.model.records import MODELS, Part


def read(type_: str, text: str) -> Any:
    """The record that a YAML text holds, by way of our own YAML: every scalar is text."""
    stream = yaml_reader.parse_yaml(dedent(text), "record.yaml")
    assert not stream.problems
    return MODELS[type_].model_validate(stream.documents[0].data)


def problems(type_: str, text: str) -> list[tuple[str, str]]:
    """Where a record is refused and by which rule or type of pydantic's."""
    refusals = all_problems(type_, text)
    within = tuple(f"{at}." for at, rule in refusals if rule == "too_short")
    is_one = any(at.startswith(within) for at, _ in refusals)
    return [item for item in refusals if not (is_one and item[1] == "too_short")]


def all_problems(type_: str, text: str) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as raised:
        read(type_, text)
    return [
        (".".join(map(str, error["loc"])), error["type"])
        for error in raised.value.errors(include_url=False)
    ]


def messages(type_: str, text: str) -> str:
    with pytest.raises(ValidationError) as raised:
        read(type_, text)
    return "\n".join(error["msg"] for error in raised.value.errors(include_url=False))


def tie(**more: str) -> str:
    fields = {"kind": "sister-city", "members": "[lyon, yokohama]", **more}
    return "\n".join(f"{key.rstrip('_')}: {value}" for key, value in fields.items())


def event(**more: str) -> str:
    fields = {"title": "A visit", "date": "2009", "kind": "visit", **more}
    return "\n".join(f"{key}: {value}" for key, value in fields.items())


# -- Absent stays absent ------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "text", "given"),
    [
        ("city", "name: Lyon", {"name"}),
        ("partnership", tie(), {"kind", "members"}),
        ("event", event(), {"title", "date", "kind"}),
        ("theme", "label: Energy", {"label"}),
        ("organization", "name: NEDO", {"name"}),
        ("source", "title: A page", {"title"}),
    ],
)
def test_what_is_not_said_stays_unsaid(type_: str, text: str, given: set[str]) -> None:
    record = read(type_, text)
    assert record.model_dump(exclude_none=True).keys() == given


def test_a_member_that_is_one_word_has_no_role() -> None:
    assert read("partnership", tie()).members[0].model_dump(exclude_none=True) == {
        "city": "lyon"
    }


@pytest.mark.parametrize(
    ("type_", "text", "missing"),
    [
        ("city", "level: city", ["name"]),
        ("partnership", "start: 1959", ["kind", "members"]),
        ("event", "summary: x", ["title", "date", "kind"]),
        ("theme", "sdgs: [7]", ["label"]),
        ("organization", "kind: ngo", ["name"]),
        ("source", "url: https://example.org", ["title"]),
    ],
)
def test_what_a_record_must_have(type_: str, text: str, missing: list[str]) -> None:
    assert problems(type_, text) == [(key, "missing") for key in missing]


@pytest.mark.parametrize(
    ("type_", "text", "at"),
    [
        ("city", "{name: Lyon, contry: FR}", "contry"),
        ("city", "{name: Lyon, location: {latitude: 1, longitude: 2, height: 3}}",
         "location.height"),
        ("partnership", tie(since="1959"), "since"),
        ("partnership", tie(agreements="[{kind: protocol, date: 1959}]"), "agreements.0.date"),
        ("partnership", tie(members="[{city: lyon, form: 1959}, yokohama]"), "members.0.form"),
        ("event", event(attendance="{persons: 3}"), "attendance.persons"),
        ("source", "{title: A page, author: B}", "author"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_refused(type_: str, text: str, at: str) -> None:
    assert problems(type_, text) == [(at, "extra_forbidden")]


@pytest.mark.parametrize("value", ["''", "'  '"])
def test_an_optional_key_is_absent_never_empty(value: str) -> None:
    assert problems("city", f"{{name: Lyon, summary: {value}}}") == [
        ("summary", "empty-value")
    ]
    assert problems("partnership", tie(start=value)) == [("start", "empty-value")]


@pytest.mark.parametrize(
    "key", ["themes", "agreements", "organizations", "sources", "claims"]
)
def test_a_list_is_absent_never_empty(key: str) -> None:
    assert problems("partnership", tie(**{key: "[]"})) == [(key, "too_short")]


# -- Closed lists -------------------------------------------------------------

CLOSED: list[tuple[str, Any, str, str]] = [
    ("level", vocabulary.Level, "city", "{{name: Lyon, level: {}}}"),
    ("kind", vocabulary.EventKind, "event", "{{title: A, date: 2009, kind: {}}}"),
    ("status", vocabulary.Status, "partnership", tie(status="{}")),
    ("status.0.is", vocabulary.Status, "partnership", tie(status="[{{is: {}}}]")),
    ("agreements.0.kind", vocabulary.AgreementKind, "partnership",
     tie(agreements="[{{kind: {}}}]")),
    ("members.0.role", vocabulary.MemberRole, "partnership",
     tie(members="[{{city: a, role: {}}}, b]")),
    ("organizations.0.role", vocabulary.OrganizationRole, "partnership",
     tie(organizations="[{{organization: a, role: {}}}]")),
    ("cities.0.role", vocabulary.EventRole, "event", event(cities="[{{city: a, role: {}}}]")),
    ("kind", vocabulary.OrganizationKind, "organization", "{{name: A, kind: {}}}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "text", "word"),
    [
        (type_, text, word)
        for _, words, type_, text in CLOSED
        for word in get_args(words)
    ],
)
def test_every_word_of_a_closed_list_is_taken(type_: str, text: str, word: str) -> None:
    assert isinstance(read(type_, text.format(word)), Part)


@pytest.mark.parametrize("kind", vocabulary.PARTNERSHIP_KINDS)
def test_every_kind_of_partnership_is_taken(kind: str) -> None:
    assert read("partnership", tie(kind=kind)).kind == kind


@pytest.mark.parametrize(("at", "_words", "type_", "text"), CLOSED)
@pytest.mark.parametrize("word", ["nonsense", "City", "SISTER-CITY"])
def test_no_other_word_is_taken(
    at: str, _words: Any, type_: str, text: str, word: str
) -> None:
    refusals = problems(type_, text.format(word))
    where = "status.0.is" if at == "status" else at
    assert refusals == [(where, "literal_error")]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            vocabulary.Level,
            "city metropolis prefecture state region country port corporation",
        ),
        (
            vocabulary.PartnershipKind,
            "sister-city friendship-city sister-or-friendship partner-city cooperation"
            " technical-cooperation sister-port friendship-port programme series network"
            " commitment contact unspecified",
        ),
        (
            vocabulary.AgreementKind,
            "twinning agreement memorandum-of-understanding joint-declaration joint-statement"
            " joint-communique letter-of-intent protocol renewal",
        ),
        (
            vocabulary.EventKind,
            "visit conference forum seminar symposium summit declaration agreement policy"
            " project commemoration founding exercise milestone",
        ),
        (vocabulary.Status, "planned active dormant suspended ended"),
        (
            vocabulary.OrganizationRole,
            "coordinator organizer funder supporter implementer adviser knowledge-partner"
            " private-sector host signatory",
        ),
        (
            vocabulary.EventRole,
            "host guest delegation organizer participant signatory chair origin",
        ),
        (
            vocabulary.OrganizationKind,
            "local-government government-agency development-bank company university"
            " research-institute network ngo international-organization",
        ),
    ],
)
def test_the_lists_are_those_of_the_design(words: Any, wanted: str) -> None:
    assert " ".join(get_args(words)) == wanted


# -- Short forms --------------------------------------------------------------


def test_short_forms_mean_the_long_ones() -> None:
    short = read(
        "partnership",
        """
        kind: sister-city
        members: [lyon, yokohama]
        status: dormant
        organizations: [nedo]
        aliases: [L–Y]
        sources: [a-page]
        """,
    )
    long = read(
        "partnership",
        """
        kind: sister-city
        members: [{city: lyon}, {city: yokohama}]
        status: [{is: dormant}]
        organizations: [{organization: nedo}]
        aliases: [{name: L–Y}]
        sources: [{source: a-page}]
        """,
    )
    assert short == long


def test_short_and_long_forms_stand_side_by_side() -> None:
    model = read(
        "event", event(cities="[lyon, {city: yokohama, role: host, people: 50}]")
    )
    assert [(c.city, c.role, c.people) for c in model.cities] == [
        ("lyon", None, None),
        ("yokohama", "host", 50),
    ]


def test_a_history_of_status() -> None:
    model = read(
        "partnership",
        """
        kind: sister-city
        members: [st-petersburg, hamburg]
        status:
          - {is: active, since: 1957}
          - {is: suspended, since: 2022-03, reason: War, sources: [news]}
        """,
    )
    assert [(s.is_, s.since) for s in model.status] == [
        ("active", "1957"),
        ("suspended", "2022-03"),
    ]


# -- Scalars ------------------------------------------------------------------


def test_numbers_arrive_as_text() -> None:
    city = read(
        "city",
        """
        name: Yokohama
        country: NO
        location: {latitude: 35.433333333, longitude: -139.5}
        geonames: 1848354
        counts: [{of: sister cities, value: 12, date: 2024}]
        """,
    )
    assert (city.location.latitude, city.location.longitude) == (35.433333333, -139.5)
    assert (city.country, city.geonames) == ("NO", "1848354")
    assert (city.counts[0].value, city.counts[0].date) == (12, "2024")


@pytest.mark.parametrize("value", ["twelve", "1.5", "-1", "1e3", "١٢", "0x10", "1_000"])
def test_a_whole_number_is_written_in_digits(value: str) -> None:
    assert problems("event", event(attendance=f"{{people: {value}}}")) == [
        ("attendance.people", "invalid-number")
    ]


@pytest.mark.parametrize("value", ["91", "-90.1", "north", "1e1", "nan", "45°"])
def test_latitude_is_decimal_degrees(value: str) -> None:
    refusals = problems(
        "city", f"{{name: A, location: {{latitude: {value}, longitude: 0}}}}"
    )
    assert refusals == [("location.latitude", "invalid-number")]


@pytest.mark.parametrize("goal", ["0", "18"])
def test_the_goals_are_seventeen(goal: str) -> None:
    assert len(problems("theme", f"{{label: A, sdgs: [{goal}]}}")) == 1
    assert read("theme", "{label: A, sdgs: [1, 17]}").sdgs == (1, 17)


@pytest.mark.parametrize(
    "date", ["1959", "1860~", "2011/..", "[2019-04..2020-03]", "1959-21"]
)
def test_a_date_is_edtf_and_stays_as_it_is_written(date: str) -> None:
    assert read("partnership", tie(start=f"'{date}'")).start == date


@pytest.mark.parametrize(
    "date", ["April 1959", "1950s", "12:30", "0000", "2012-13", "1959..1960"]
)
def test_anything_else_is_no_date(date: str) -> None:
    assert problems("partnership", tie(start=f"'{date}'")) == [
        ("start", "invalid-date")
    ]


@pytest.mark.parametrize(
    ("text", "at", "rule"),
    [
        ("{name: A, country: UK}", "country", "invalid-country"),
        ("{name: A, country: fr}", "country", "invalid-country"),
        ("{name: A, subdivision: Kanagawa}", "subdivision", "malformed-identifier"),
        ("{name: A, wikidata: 38283}", "wikidata", "malformed-identifier"),
        ("{name: A, geonames: Q1}", "geonames", "malformed-identifier"),
        ("{name: A, website: www.lyon.fr}", "website", "malformed-identifier"),
        ("{name: A, website: 'javascript:alert(1)'}", "website", "malformed-identifier"),
        ("{name: A, part_of: Lyon}", "part_of", "id-not-a-slug"),
        ("{name: A, part_of: lyon--metropole}", "part_of", "id-not-a-slug"),
        ("{name: A, claims: [{field: Na me, value: x, source: s}]}", "claims.0.field",
         "malformed-identifier"),
    ],
)  # fmt: skip
def test_identifiers_have_their_forms(text: str, at: str, rule: str) -> None:
    assert problems("city", text) == [(at, rule)]


def test_the_key_of_a_name_is_a_language_tag() -> None:
    assert read("city", "{name: A, names: {ja: あ, zh-Hant: 甲}}").names == {
        "ja": "あ",
        "zh-Hant": "甲",
    }
    assert (
        problems("city", "{name: A, names: {日本語: あ}}")[0][1]
        == "malformed-identifier"
    )


def test_a_country_by_another_code_is_told_which_was_meant() -> None:
    assert "did you mean 'GB'" in messages("city", "{name: A, country: UK}")


def test_the_path_of_a_claim_may_lie_deep() -> None:
    text = tie(
        claims="[{field: 'agreements[1].signed', value: 1967-09-22, source: comune-milano}]"
    )
    assert read("partnership", text).claims[0].field == "agreements[1].signed"
