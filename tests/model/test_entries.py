from textwrap import dedent

import pytest

from citylinks import dates
from citylinks.files import yaml_reader
from citylinks.model.entries import Entry, Involved, StoredRecord, timeline_entries
from citylinks.model.fields import record_fields
from citylinks.model.records import MODELS

ALL = (Involved("lyon"), Involved("milan"), Involved("yokohama", "lead"))
WITHOUT_MILAN = (Involved("lyon"), Involved("yokohama", "lead"))

NETWORK = """
kind: network
name: Three Cities
members:
  - lyon
  - {city: milan, until: 2005}
  - {city: yokohama, role: lead}
"""


def make_entries(
    text: str, type_: str = "partnership", id_: str = "three"
) -> list[Entry]:
    """The entries of a record, and that each date can be read."""
    stream = yaml_reader.parse_yaml(dedent(text), "record.yaml")
    assert not stream.problems
    model = MODELS[type_].model_validate(stream.documents[0].data)
    body = model.model_dump(by_alias=True, exclude_none=True, mode="json")
    record = StoredRecord(type_, id_, body)
    made = list(timeline_entries(record, record_fields()[type_]))
    assert all(entry.date is None or dates.parse(entry.date) for entry in made)
    return made


def of_kind(kind: str, text: str, type_: str = "partnership") -> list[Entry]:
    return [entry for entry in make_entries(text, type_) if entry.kind == kind]


def only(kind: str, text: str, type_: str = "partnership") -> Entry:
    (entry,) = of_kind(kind, text, type_)
    return entry


def sources(entry: Entry) -> list[str]:
    return [source.source for source in entry.sources]


# -- The beginning and the end ------------------------------------------------


def test_the_start_concerns_all_and_carries_what_the_tie_is() -> None:
    entry = only(
        "start",
        """
        kind: sister-city
        members: [lyon, yokohama]
        start: 1959-04
        themes: [energy, light]
        organizations: [{organization: nedo, role: supporter}]
        summary: On an official footing.
        """,
    )
    assert (entry.path, entry.date, entry.detail) == ("start", "1959-04", "sister-city")
    assert entry.summary == "On an official footing."
    assert entry.cities == (Involved("lyon"), Involved("yokohama"))
    assert entry.themes == ()
    assert entry.organizations == (Involved("nedo", "supporter"),)
    assert entry.partnerships == ("three",)
    assert entry.is_general


def test_a_tie_without_a_start_has_one_without_a_date() -> None:
    assert [
        (e.kind, e.date)
        for e in make_entries("{kind: sister-city, members: [lyon, yokohama]}")
    ] == [("start", None)]


@pytest.mark.parametrize(
    ("papers", "themes"),
    [
        (
            "{kind: twinning, signed: 1959-04, themes: [culture, light]}",
            ("culture", "light"),
        ),
        ("{kind: twinning, signed: 1959-05, themes: [culture]}", ()),
        ("{kind: twinning, themes: [culture]}", ()),
        ("{kind: twinning, signed: 1959-04}", ()),
    ],
)
def test_the_start_has_the_themes_of_the_paper_that_made_it(
    papers: str, themes: tuple[str, ...]
) -> None:
    text = f"""
        kind: sister-city
        members: [lyon, yokohama]
        start: 1959-04
        themes: [energy]
        agreements: [{papers}]
        """
    assert only("start", text).themes == themes


def test_who_joined_later_is_not_in_the_start() -> None:
    text = (
        "{kind: cooperation, start: 1986, members: [lyon, {city: milan, from: 1990}]}"
    )
    assert only("start", text).cities == (Involved("lyon"),)


@pytest.mark.parametrize("kind", ["network", "programme", "series", "commitment"])
def test_of_a_network_only_founders_are_in_the_start(kind: str) -> None:
    text = f"""
        kind: {kind}
        start: 1986
        members:
          - lyon
          - {{city: milan, role: founder}}
          - {{city: kobe, role: lead}}
          - {{city: seoul, role: member}}
          - {{city: paris, from: 1986}}
          - {{city: rome, from: 1986-05}}
          - {{city: delhi, until: 1990}}
          - {{city: milan, role: member}}
          - {{city: hanoi, role: chair, from: 2001, until: 2002}}
          - hanoi
        """
    start = only("start", text)
    assert [city.id for city in start.cities] == ["milan", "kobe", "paris"]
    assert [city.id for city in start.undated] == ["lyon", "seoul", "delhi", "hanoi"]
    entries = of_kind("member", text)
    assert [(entry.path, entry.date, entry.cities) for entry in entries] == [
        ("members[0]", None, (Involved("lyon"),)),
        ("members[3]", None, (Involved("seoul", "member"),)),
        ("members[9]", None, (Involved("hanoi"),)),
    ]
    assert not any(entry.is_general for entry in entries)


def test_of_a_planned_network_nobody_is_a_member_yet() -> None:
    text = "{kind: network, members: [lyon], status: planned}"
    assert [entry.kind for entry in make_entries(text)] == ["plan"]


def test_who_was_there_from_the_start_is_in_it_also_where_that_is_written_out() -> None:
    text = """
        kind: sister-city
        start: 1959-04
        members: [{city: lyon, from: 1959-04}, {city: yokohama, from: 1959-04}]
        """
    assert only("start", text).cities == (Involved("lyon"), Involved("yokohama"))


def test_the_end_stands_where_it_is_stated() -> None:
    entry = only("end", NETWORK + "start: 1990\nend: 2012~\nthemes: [energy]")
    assert (entry.path, entry.date, entry.detail) == ("end", "2012~", "network")
    assert entry.themes == ()
    assert entry.is_general
    assert of_kind("end", NETWORK) == []


# -- Members ------------------------------------------------------------------


def test_a_member_joins_and_leaves() -> None:
    text = """
        kind: network
        members:
          - lyon
          - {city: milan, from: 1990, until: 2005, sources: [minutes]}
        themes: [energy]
        sources: [page]
        """
    join, leave = only("join", text), only("leave", text)
    assert (join.path, join.date) == ("members[1].from", "1990")
    assert (leave.path, leave.date) == ("members[1].until", "2005")
    for entry in (join, leave):
        assert entry.cities == (Involved("milan"),)
        assert entry.partnerships == ("three",)
        assert entry.themes == ()
        assert sources(entry) == ["minutes"]
        assert entry.detail is None
        assert not entry.is_general


def test_one_who_only_left_has_one_entry() -> None:
    assert only("leave", NETWORK).date == "2005"
    assert of_kind("join", NETWORK) == []


def test_a_term_in_office_is_one_entry_from_its_beginning_to_its_end() -> None:
    text = """
        kind: network
        members:
          - lyon
          - {city: lyon, role: chair, from: 2019, until: 2021-06}
        """
    entry = only("term", text)
    assert (entry.date, entry.detail) == ("2019/2021-06", "chair")
    assert entry.cities == (Involved("lyon", "chair"),)
    assert of_kind("leave", text) == []


def test_a_term_within_one_year_is_that_year() -> None:
    text = (
        "{kind: network, members: [{city: lyon, role: chair, from: 2019, until: 2019}]}"
    )
    assert only("term", text).date == "2019"


@pytest.mark.parametrize(
    ("from_", "until"),
    [
        ("2019/2020", "2021"),
        ("2019", "[2020-04..2021-03]"),
        ("2019", "2021/.."),
        ("2011", "2010~"),
    ],
)
def test_a_term_whose_dates_make_no_interval_still_has_entries(
    from_: str, until: str
) -> None:
    text = f"""
        kind: network
        members: [{{city: lyon, role: chair, from: '{from_}', until: '{until}'}}]
        """
    assert [e.kind for e in make_entries(text)][:2] == ["start", "join"]


def test_a_role_taken_up_and_not_given_up() -> None:
    text = "{kind: network, members: [{city: lyon, role: host, from: 2019}, milan]}"
    entry = only("join", text)
    assert (entry.date, entry.detail) == ("2019", "host")


# -- Status -------------------------------------------------------------------


def test_each_dated_change_of_status_with_its_reason() -> None:
    text = """
        kind: sister-city
        members: [hamburg, st-petersburg]
        status:
          - {is: active}
          - {is: suspended, since: 2022-03, reason: War, sources: [news]}
        sources: [page]
        """
    entry = only("status", text)
    assert (entry.path, entry.date, entry.detail) == (
        "status[1].since",
        "2022-03",
        "suspended",
    )
    assert entry.summary == "War"
    assert sources(entry) == ["news"]
    assert entry.cities == (Involved("hamburg"), Involved("st-petersburg"))
    assert entry.is_general


def test_a_status_without_a_date_is_told_for_its_reason_and_its_sources() -> None:
    text = """
        kind: sister-city
        members: [a, b]
        status:
          - {is: active, sources: [page]}
          - {is: suspended, reason: War}
          - {is: dormant}
        sources: [list]
        claims: [{field: 'status[1].reason', value: Quarrel, source: news}]
        """
    active, suspended = of_kind("status", text)
    assert (active.path, active.date, active.detail) == ("status[0]", None, "active")
    assert (active.summary, sources(active)) == (None, ["page"])
    assert (suspended.path, suspended.date, suspended.detail) == (
        "status[1]",
        None,
        "suspended",
    )
    assert (suspended.summary, sources(suspended)) == ("War", ["list"])
    assert [claim["value"] for claim in suspended.claims] == ["Quarrel"]


@pytest.mark.parametrize(
    "status", ["dormant", "[{is: active}]", "[{is: active}, {is: dormant}]"]
)
def test_a_status_of_one_word_has_no_date_and_no_entry(status: str) -> None:
    assert (
        of_kind("status", f"{{kind: contact, members: [a, b], status: {status}}}") == []
    )


# -- Papers -------------------------------------------------------------------

PAPERS = f"""{NETWORK}
themes: [energy]
sources: [page]
agreements:
  - kind: memorandum-of-understanding
    title: On light
    signed: 2018-01-24
    expires: 2023-01
    parties: [lyon, yokohama]
    themes: [light]
    summary: Both will light up.
    sources: [paper]
  - kind: joint-statement
    listed: {{source: list, position: 3}}
"""


def test_an_agreement_has_its_own_parties_themes_and_sources() -> None:
    signed, _ = of_kind("agreement", PAPERS)
    assert (signed.path, signed.date) == ("agreements[0].signed", "2018-01-24")
    assert (signed.detail, signed.title) == ("memorandum-of-understanding", "On light")
    assert signed.summary == "Both will light up."
    assert signed.cities == (Involved("lyon"), Involved("yokohama"))
    assert signed.themes == ("light",)
    assert sources(signed) == ["paper"]
    assert signed.partnerships == ("three",)
    assert not signed.is_general


def test_an_agreement_without_a_date_or_parties_is_still_one_of_all() -> None:
    _, listed = of_kind("agreement", PAPERS)
    assert (listed.path, listed.date) == ("agreements[1].signed", None)
    assert listed.listed == ("list", 3)
    assert listed.cities == ALL
    assert listed.themes == ()
    assert sources(listed) == ["page"]
    assert listed.is_general


def test_a_paper_runs_out() -> None:
    entry = only("expiry", PAPERS)
    assert (entry.path, entry.date) == ("agreements[0].expires", "2023-01")
    assert (entry.detail, entry.title) == ("memorandum-of-understanding", "On light")
    assert entry.cities == (Involved("lyon"), Involved("yokohama"))
    assert entry.themes == ("light",)
    assert not entry.is_general


# -- Outcomes and counts ------------------------------------------------------


OUTCOMES = f"""{NETWORK}
themes: [energy]
outcomes:
  - {{summary: A school, date: 2001, city: milan, sources: [report]}}
  - {{summary: A charter}}
"""


def test_an_outcome_among_many_is_of_its_city() -> None:
    school, _ = of_kind("outcome", OUTCOMES)
    assert (school.path, school.date, school.title) == (
        "outcomes[0]",
        "2001",
        "A school",
    )
    assert school.cities == (Involved("milan", "place"),)
    assert school.partnerships == ("three",)
    assert sources(school) == ["report"]


def test_an_outcome_between_two_is_of_both_and_its_city_is_where_it_stands() -> None:
    text = "{kind: contact, members: [a, b], outcomes: [{summary: A school, city: b}]}"
    assert only("outcome", text).cities == (Involved("a"), Involved("b", "place"))


def test_an_outcome_without_a_date_or_city() -> None:
    _, charter = of_kind("outcome", OUTCOMES)
    assert (charter.date, charter.title) == (None, "A charter")
    assert (charter.cities, charter.is_general) == (ALL, True)


def test_the_city_of_an_outcome_may_be_no_member() -> None:
    text = "{kind: contact, members: [a, b], outcomes: [{summary: A school, city: c}]}"
    entry = only("outcome", text)
    assert "c" in {city.id for city in entry.cities}


def test_a_dated_count_of_a_partnership() -> None:
    text = f"""{NETWORK}
counts:
  - {{of: endorsing cities, value: 38, date: 2022-02, sources: [list]}}
  - {{of: members, value: 40}}
"""
    entry = only("count", text)
    assert (entry.path, entry.date) == ("counts[0]", "2022-02")
    assert (entry.value, entry.detail) == (38, "endorsing cities")
    assert (entry.cities, entry.partnerships) == (WITHOUT_MILAN, ("three",))
    assert sources(entry) == ["list"]
    assert entry.is_general


@pytest.mark.parametrize(
    ("signed", "cities"),
    [
        ("1990", ALL),
        ("2005", ALL),  # Milan left in that year, and may have signed before
        ("2006", WITHOUT_MILAN),
        ("2006~", ALL),  # where doubt stands, nobody is left out
    ],
)
def test_who_was_in_it_when_a_paper_was_signed(
    signed: str, cities: tuple[Involved, ...]
) -> None:
    paper = f"{NETWORK}agreements: [{{kind: agreement, signed: {signed}}}]\n"
    assert only("agreement", paper).cities == cities


def test_who_joined_later_signed_nothing_before() -> None:
    members, papers = "[a, {city: b, from: 2004}]", "[{kind: agreement, signed: 1995}]"
    text = f"{{kind: network, members: {members}, agreements: {papers}}}"
    assert only("agreement", text).cities == (Involved("a"),)


def test_what_is_planned_has_not_begun() -> None:
    text = "{kind: sister-city, members: [a, b], status: [{is: planned}]}"
    [entry] = make_entries(text)
    assert (entry.kind, entry.date, entry.detail) == ("plan", None, "sister-city")
    text = (
        "{kind: sister-city, members: [a, b], status: [{is: planned, since: 2025-06}]}"
    )
    [entry] = make_entries(text)
    assert (entry.kind, entry.date, entry.detail) == ("status", "2025-06", "planned")
    text = (
        "{kind: sister-city, members: [a, b], status: [{is: planned, reason: A vow}]}"
    )
    [entry] = make_entries(text)
    assert (entry.kind, entry.date, entry.detail) == ("status", None, "planned")
    assert entry.summary == "A vow"


def test_a_dated_count_of_a_city() -> None:
    text = "{name: Yokohama, counts: [{of: sister cities, value: 12, date: 2024}]}"
    (entry,) = make_entries(text, "city", "yokohama")
    assert (entry.kind, entry.date, entry.value) == ("count", "2024", 12)
    assert entry.cities == (Involved("yokohama"),)
    assert entry.partnerships == ()
    assert not entry.is_general


# -- Events -------------------------------------------------------------------


def test_an_event_is_itself_and_its_place_is_among_its_cities() -> None:
    text = """
        title: Symposium on urban vulnerabilities
        date: 2012-09
        kind: symposium
        cities: [{city: lyon, role: participant, people: 5}]
        place: yokohama
        partnerships: [lyon-yokohama]
        series: {id: vulnerable-cities, edition: 2}
        organizations: [{organization: university-of-lyon, role: organizer}]
        themes: [smart-city]
        attendance: {people: 300}
        summary: Orientations.
        sources: [page]
        claims: [{field: date, value: 2012-10, source: other}]
        """
    (entry,) = make_entries(text, "event")
    assert (entry.kind, entry.date, entry.path) == ("symposium", "2012-09", "date")
    assert entry.title == "Symposium on urban vulnerabilities"
    assert entry.summary == "Orientations."
    assert entry.cities == (
        Involved("lyon", "participant", 5),
        Involved("yokohama", "place"),
    )
    assert entry.partnerships == ("lyon-yokohama", "vulnerable-cities")
    assert entry.organizations == (Involved("university-of-lyon", "organizer"),)
    assert entry.themes == ("smart-city",)
    assert sources(entry) == ["page"]
    assert [claim["value"] for claim in entry.claims] == ["2012-10"]
    assert not entry.is_general


def test_a_place_that_takes_part_is_not_named_twice() -> None:
    text = """
        {title: A, date: 2012, kind: visit, cities: [{city: lyon, role: host}], place: lyon}
        """
    (entry,) = make_entries(text, "event")
    assert entry.cities == (Involved("lyon", "host"),)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("theme", "label: Energy"),
        ("organization", "name: A"),
        ("source", "{title: A, date: 2009}"),
    ],
)
def test_a_term_has_no_entries(type_: str, text: str) -> None:
    assert make_entries(text, type_) == []


# -- Evidence -----------------------------------------------------------------

EVIDENCE = """
kind: sister-city
members: [lyon, yokohama]
start: 1959-04
end: 2001
agreements:
  - {kind: twinning, signed: 1959-04-07}
  - {kind: renewal, signed: 1984}
sources:
  - page
  - {source: city-office, fields: [kind, start], note: gives April}
  - {source: archive, fields: ['agreements[0].signed']}
  - {source: gazette, fields: ['agreements']}
claims:
  - {field: start, value: 1959, source: page}
  - {field: 'agreements[1].signed', value: 1985, source: archive}
  - {field: 'agreements[1].expires', value: 1990, source: archive}
  - {field: status, value: ended, source: archive}
"""


def test_a_source_with_fields_carries_those_and_no_other() -> None:
    assert sources(only("start", EVIDENCE)) == ["page", "city-office"]
    assert sources(only("end", EVIDENCE)) == ["page"]
    twinning, renewal = of_kind("agreement", EVIDENCE)
    assert sources(twinning) == ["page", "archive", "gazette"]
    assert sources(renewal) == ["page", "gazette"]


def test_the_note_of_a_source_comes_with_it() -> None:
    assert [s.note for s in only("start", EVIDENCE).sources] == [None, "gives April"]


def test_a_claim_stands_with_the_entry_of_its_field() -> None:
    assert [claim["value"] for claim in only("start", EVIDENCE).claims] == ["1959"]
    assert only("end", EVIDENCE).claims == ()
    twinning, renewal = of_kind("agreement", EVIDENCE)
    assert twinning.claims == ()
    assert [claim["value"] for claim in renewal.claims] == ["1985"]


def test_the_tenth_agreement_is_not_the_first() -> None:
    papers = "\n".join(f"  - {{kind: protocol, signed: {1990 + n}}}" for n in range(11))
    text = f"""kind: contact
members: [a, b]
agreements:
{papers}
sources: [{{source: of-the-second, fields: ['agreements[1]']}}]
"""
    assert [bool(entry.sources) for entry in of_kind("agreement", text)] == [
        n == 1 for n in range(11)
    ]


def test_a_claim_of_either_date_stands_with_a_term() -> None:
    text = """
        kind: network
        members: [{city: lyon, role: chair, from: 2019, until: 2021}]
        claims: [{field: 'members[0].until', value: 2022, source: page}]
        """
    assert [claim["value"] for claim in only("term", text).claims] == ["2022"]


@pytest.mark.parametrize(
    ("field", "kinds"),
    [
        ("kind", {"start"}),
        ("start", {"start"}),
        ("members[1].city", {"start"}),
        ("members", {"start", "join", "member"}),
        ("members[1].from", {"join"}),
        ("agreements[0].kind", {"agreement"}),
        ("agreements[0].expires", {"expiry"}),
        ("status[0].is", {"status"}),
        ("website", set()),
    ],
)
def test_what_another_source_says_is_told_where_the_field_is(
    field: str, kinds: set[str]
) -> None:
    text = f"""
        kind: network
        members: [lyon, {{city: milan, from: 1970}}]
        start: 1966
        agreements: [{{kind: twinning, signed: 1966, expires: 1976}}]
        status: [{{is: dormant, since: 1980}}]
        claims: [{{field: '{field}', value: other, source: page}}]
        """
    assert {entry.kind for entry in make_entries(text) if entry.claims} == kinds
