from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from citylinks import Filters, KnowledgeBase, NotFoundError, UsageError
from citylinks.query.filters import (
    parse_country,
    parse_kind,
    parse_level,
    parse_region,
    parse_status,
    requested_spans,
)
from citylinks.query.sql import Condition, Where

Write = Callable[[Mapping[str, str]], Path]


# -- Words to values ----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sister-city", "sister-city"),
        ("Sister City", "sister-city"),
        ("SISTER_CITY", "sister-city"),
        (" visit ", "visit"),
        ("joint-communique", "joint-communique"),
        ("start", "start"),
    ],
)
def test_a_kind_in_any_spelling(text: str, kind: str) -> None:
    assert parse_kind(text) == kind


def test_an_unknown_word_says_which_was_probably_meant() -> None:
    with pytest.raises(
        UsageError, match="unknown kind 'sistercity'; did you mean 'sister-city'"
    ):
        parse_kind("sistercity")
    with pytest.raises(
        UsageError, match="unknown status 'dormat'; did you mean 'dormant'"
    ):
        parse_status("dormat")
    with pytest.raises(
        UsageError, match="unknown level 'xyz'; choose from city, metropolis"
    ):
        parse_level("xyz")


def test_a_country_by_code_or_name() -> None:
    assert parse_country("JP") == parse_country("japan") == {"JP"}
    assert parse_country("Côte d’Ivoire") == {"CI"}
    with pytest.raises(
        UsageError, match="unknown country 'Japn'; did you mean 'Japan'"
    ):
        parse_country("Japn")


def test_a_region_in_place_of_a_country_says_the_right_option() -> None:
    with pytest.raises(UsageError, match="'Europe' is a region: write --region Europe"):
        parse_country("Europe")
    with pytest.raises(UsageError, match="'Corée' is a country: write --country Corée"):
        parse_region("Corée")
    with pytest.raises(UsageError, match="'USSR' is not one of today's countries"):
        parse_country("USSR")


def test_a_region_by_name_or_number() -> None:
    assert parse_region("Eastern Asia") == parse_region("030")
    assert {"JP", "TW"} < parse_region("asia")
    with pytest.raises(UsageError, match="unknown region 'Easten Asia'; did you mean"):
        parse_region("Easten Asia")


# -- Time ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "spans"),
    [
        (Filters(), ()),
        (Filters(year=["1959"]), (("1959-01-01", "1959-12-31"),)),
        (Filters(year=["1950s"]), (("1950-01-01", "1959-12-31"),)),
        (Filters(year=["2009..2012"]), (("2009-01-01", "2012-12-31"),)),
        (Filters(from_="2009-04"), (("2009-04-01", "9999-12-31"),)),
        (Filters(to="2009-04"), (("0001-01-01", "2009-04-30"),)),
        (Filters(from_="2009", to="2012"), (("2009-01-01", "2012-12-31"),)),
        (
            Filters(year=["1959", "1984"]),
            (("1959-01-01", "1959-12-31"), ("1984-01-01", "1984-12-31")),
        ),
        (Filters(year=["1950s"], from_="1955"), (("1955-01-01", "1959-12-31"),)),
    ],
)
def test_the_spans_that_are_asked_for(
    filters: Filters, spans: tuple[tuple[str, str], ...]
) -> None:
    assert requested_spans(filters) == spans


def test_an_end_before_the_beginning_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--from 2012 is after --to 2009"):
        requested_spans(Filters(from_="2012", to="2009"))


@pytest.mark.parametrize("field", ["year", "from_", "to"])
def test_a_year_that_is_none_is_wrong_usage(field: str) -> None:
    value = ["soon"] if field == "year" else "soon"
    with pytest.raises(UsageError, match="'soon' is not a date"):
        requested_spans(Filters(**{field: value}))  # type: ignore[arg-type]


# -- Questions as values ------------------------------------------------------


def test_the_filters_that_are_given_have_the_names_of_the_options() -> None:
    filters = Filters(from_="2009", with_=("yokohama",), theme=["energy"])
    assert filters.given() == {
        "theme": ["energy"],
        "from": "2009",
        "with": ["yokohama"],
    }
    assert Filters().given() == {}


def test_a_row_meets_every_condition() -> None:
    where = Where((Condition("a = ? OR b = ?", (1, 2)), Condition("c = ?", (3,))))
    assert where.sql == " WHERE (a = ? OR b = ?) AND (c = ?)"
    assert where.parameters == (1, 2, 3)
    assert Where().sql == ""


# -- What filters mean --------------------------------------------------------

FILES = {
    "cities/lyon.yaml": "{name: Lyon, country: FR, level: city}",
    "cities/milan.yaml": "{name: Milan, country: IT, level: city}",
    "cities/yokohama.yaml": "{name: Yokohama, country: JP, level: city}",
    "cities/kobe-port.yaml": "{name: Port of Kobe, country: JP, level: port}",
    "partnerships/lyon-yokohama.yaml": """
        kind: sister-city
        members: [lyon, yokohama]
        start: 1959-04
        themes: [energy]
        agreements:
          - {kind: twinning, signed: 1959-04-07}
          - {kind: agreement, signed: 1990, themes: [wind]}
        """,
    "partnerships/lyon-milan.yaml": """
        {kind: sister-city, members: [lyon, milan], start: 1967, end: 2001}
        """,
    "partnerships/forum.yaml": """
        kind: network
        name: Forum
        members:
          - {city: lyon, role: founder}
          - {city: milan, role: founder}
          - {city: yokohama, role: founder}
        start: 1986
        """,
    # a partnership may have the id of a city
    "partnerships/milan.yaml": """
        kind: network
        name: Lyon Circle
        members: [{city: lyon, role: founder}, {city: milan, role: founder}]
        start: 2001
        """,
    "events/1990-visit.yaml": """
        {title: A visit, date: 1990, kind: visit, cities: [lyon], place: yokohama}
        """,
    "themes.yaml": """
        energy: {label: Energy, broader: wind}
        wind: {label: Wind, broader: energy}
        light: {label: Light}
        """,
    "organizations.yaml": """
        nedo: {name: NEDO, country: JP}
        ademe: {name: ADEME, country: FR}
        """,
}


@pytest.fixture
def kb(data: Write) -> KnowledgeBase:
    return KnowledgeBase.open(data(FILES))


def list_entries(kb: KnowledgeBase, *subjects: str, **filters: object) -> list[str]:
    answer = kb.timeline(*subjects, filters=Filters(**filters))  # type: ignore[arg-type]
    return [f"{entry.record.id} {entry.kind} {entry.date}" for entry in answer.results]


def listed(kb: KnowledgeBase, what: str, **filters: object) -> list[str]:
    answer = kb.list(what, Filters(**filters))  # type: ignore[arg-type]
    return [
        getattr(row, "id", None) or f"{row.kind} {row.signed}" for row in answer.results
    ]


PAIR = [
    "lyon-yokohama start 1959-04",
    "lyon-yokohama agreement 1959-04-07",
    "lyon-yokohama agreement 1990",
    "1990-visit visit 1990",
]


def test_between_two_cities_without_the_networks_that_both_are_in(
    kb: KnowledgeBase,
) -> None:
    assert list_entries(kb, "lyon", "yokohama") == PAIR
    answer = kb.timeline("lyon", "yokohama")
    assert [tie.id for tie in answer.ties] == ["lyon-yokohama"]
    assert [tie.id for tie in answer.networks] == ["forum"]
    assert {city.id for tie in answer.networks for city in tie.members} == {
        "lyon",
        "yokohama",
    }


def test_with_is_the_same_as_a_second_city_in_either_order(kb: KnowledgeBase) -> None:
    assert list_entries(kb, "lyon", with_=["yokohama"]) == PAIR
    assert list_entries(kb, "yokohama", with_=["lyon"]) == PAIR
    assert list_entries(kb, "yokohama", "lyon") == PAIR


def test_of_three_cities_any_two(kb: KnowledgeBase) -> None:
    answer = kb.timeline("milan", "lyon", "yokohama")
    between = {
        *PAIR,
        *list_entries(kb, "lyon", "milan"),
        *list_entries(kb, "milan", "yokohama"),
    }
    assert set(list_entries(kb, "milan", "lyon", "yokohama")) == between
    assert {tie.id for tie in answer.ties} == {"lyon-milan", "lyon-yokohama"}
    assert {tie.id for tie in answer.networks} == {"forum", "milan"}
    assert answer.query == {"subjects": ["milan", "lyon", "yokohama"]}


def test_with_narrows_what_lies_between_two(kb: KnowledgeBase) -> None:
    assert list_entries(kb, "lyon", "yokohama", with_=["milan"]) == []


def test_any_is_each_of_them_with_its_networks(kb: KnowledgeBase) -> None:
    entries = {
        name: list_entries(kb, name)
        for name in ("lyon", "yokohama", "partnership/milan")
    }
    answer = kb.timeline(*entries, any_=True)
    merged = [
        f"{entry.record.id} {entry.kind} {entry.date}" for entry in answer.results
    ]
    assert set(merged) == {line for lines in entries.values() for line in lines}
    assert len(merged) == len(set(merged))
    assert any(line.startswith("forum ") for line in merged)
    assert answer.query == {"subjects": ["lyon", "yokohama", "milan"], "any": True}
    assert [tie.id for tie in answer.ties] == ["milan"]
    assert answer.networks == ()


def test_any_of_one_is_that_one(kb: KnowledgeBase) -> None:
    assert kb.timeline("lyon", any_=True).results == kb.timeline("lyon").results


def test_two_cities_with_which_are_either(kb: KnowledgeBase) -> None:
    either = set(list_entries(kb, with_=["lyon", "yokohama"], any_=True))
    assert either == {*list_entries(kb, "lyon"), *list_entries(kb, "yokohama")}


def test_in_reverse_and_so_many(kb: KnowledgeBase) -> None:
    answer = kb.timeline("lyon", "yokohama", reverse=True, limit=3)
    assert [f"{entry.record.id} {entry.kind} {entry.date}" for entry in answer.results] == [
        PAIR[3], PAIR[2], PAIR[0],
    ]  # fmt: skip
    assert answer.more == 1
    assert answer.query == {
        "subjects": ["lyon", "yokohama"],
        "reverse": True,
        "limit": 3,
    }


def test_wrong_ways_to_tell_it(kb: KnowledgeBase) -> None:
    with pytest.raises(
        UsageError, match="--limit 0 is not possible; the number of entries"
    ):
        kb.timeline("lyon", limit=0)
    with pytest.raises(
        UsageError, match="unknown grouping 'decades'; did you mean 'decade'"
    ):
        kb.timeline("lyon", by="decades")
    with pytest.raises(UsageError, match="--any needs"):
        kb.timeline(any_=True)


@pytest.mark.parametrize(
    ("date", "decade"),
    [
        ("1860~", "1860s"), ("1959-04", "1950s"), ("198X", "1980s"), ("19XX", "1900–99"),
        ("2009/2012", "2000s"), ("[1959..1961]", "1950s"), ("2011/..", "2010s"),
        ("../1965", "Beginning not known"), ("/1965", "Beginning not known"),
    ],
)  # fmt: skip
def test_a_date_stands_in_the_decade_that_it_names(
    data: Write, date: str, decade: str
) -> None:
    event = f"{{title: A visit, date: '{date}', kind: visit, cities: [lyon]}}"
    kb = KnowledgeBase.open(data({**FILES, "events/0-visit.yaml": event}))
    groups = {
        e.group.name
        for e in kb.timeline(by="decade").results
        if e.group and e.date == date
    }
    assert groups == {decade}


def test_decades_in_their_order_and_what_is_not_known_last(data: Write) -> None:
    dates = ["1960~", "19XX", "2001", "../1950", "1959"]
    events = {
        f"events/{number}-visit.yaml": f"{{title: A visit, date: '{date}', kind: visit}}"
        for number, date in enumerate(dates)
    }
    kb = KnowledgeBase.open(
        data({"events/x.yaml": events.pop("events/0-visit.yaml"), **events})
    )
    forward = [e.group.id for e in kb.timeline(by="decade").results if e.group]
    assert forward == ["1950s", "1960s", "19XX", "2000s", "unknown"]
    reverse = [
        e.group.id for e in kb.timeline(by="decade", reverse=True).results if e.group
    ]
    assert reverse == ["2000s", "19XX", "1960s", "1950s", "unknown"]


def test_by_city_the_others_or_of_several_each_of_them(kb: KnowledgeBase) -> None:
    def cities(*subjects: str, any_: bool = False, **filters: object) -> list[str]:
        f = Filters(**filters)  # type: ignore[arg-type]
        results = kb.timeline(*subjects, by="city", any_=any_, filters=f).results
        return list(
            dict.fromkeys(entry.group.id if entry.group else "" for entry in results)
        )

    assert cities("lyon")[0] == "yokohama", "the largest group"
    assert "lyon" not in cities("lyon")
    assert cities("lyon", "yokohama") == cities("lyon", with_=["yokohama"]) == [""]
    assert cities("lyon", "yokohama", any_=True) == ["lyon", "yokohama"]
    assert cities("yokohama", "lyon", "milan") == ["yokohama", "lyon", "milan"]
    assert {"lyon", "yokohama"} <= set(cities())


def test_the_same_city_twice_is_an_error(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError):
        kb.timeline("lyon", "Lyon")


def test_the_same_city_twice_is_an_error_also_in_with(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError):
        kb.timeline("lyon", filters=Filters(with_=["lyon"]))


def test_an_unknown_city_in_with_is_not_found(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="no record of lyno; did you mean"):
        kb.timeline("yokohama", filters=Filters(with_=["lyno"]))


def test_an_unknown_theme_is_wrong_usage(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="there is no theme 'enrgy'; did you mean"):
        kb.list("partnerships", Filters(theme=["enrgy"]))


def test_a_theme_includes_the_narrower_ones_also_in_a_circle(kb: KnowledgeBase) -> None:
    assert list_entries(kb, theme=["wind"]) == ["lyon-yokohama agreement 1990"]
    assert list_entries(kb, theme=["energy"]) == list_entries(kb, theme=["wind"])
    assert listed(kb, "partnerships", theme=["wind"]) == ["lyon-yokohama"]
    assert [
        tie.id for tie in kb.timeline("lyon", filters=Filters(theme=["wind"])).ties
    ] == ["lyon-yokohama"]
    assert list_entries(kb, theme=["light"]) == []
    assert list_entries(kb, theme=["light", "energy"]) == list_entries(
        kb, theme=["energy"]
    )


def test_place_is_that_of_the_others(kb: KnowledgeBase) -> None:
    assert "lyon-yokohama start 1959-04" in list_entries(kb, "lyon", country=["Japan"])
    assert "lyon-milan start 1967" not in list_entries(kb, "lyon", country=["JP"])
    assert "lyon-milan start 1967" not in list_entries(kb, "lyon", country=["France"])
    assert "lyon-milan start 1967" in list_entries(
        kb, "lyon", region=["Southern Europe"]
    )


def test_a_partnership_is_no_city_of_the_same_id(kb: KnowledgeBase) -> None:
    wanted = ["milan start 2001"]
    assert list_entries(kb, "partnership/milan") == wanted
    assert list_entries(kb, "partnership/milan", country=["Italy"]) == wanted


def test_the_status_of_a_tie_is_the_same_in_every_question(kb: KnowledgeBase) -> None:
    assert listed(kb, "partnerships", status=["ended"]) == ["lyon-milan"]
    assert list_entries(kb, status=["ended"]) == [
        "lyon-milan start 1967",
        "lyon-milan end 2001",
    ]


def test_cities_with_either_of_two(kb: KnowledgeBase) -> None:
    with_lyon = set(listed(kb, "cities", with_=["lyon"]))
    with_milan = set(listed(kb, "cities", with_=["milan"]))
    assert with_lyon == {"milan", "yokohama"}
    both = {"with_": ["lyon", "milan"]}
    assert set(listed(kb, "cities", **both, any_=True)) == with_lyon | with_milan
    assert set(listed(kb, "cities", **both)) == with_lyon & with_milan


def test_cities_by_where_and_what_they_are(kb: KnowledgeBase) -> None:
    assert listed(kb, "cities", country=["JP"]) == ["kobe-port", "yokohama"]
    assert listed(kb, "cities", country=["JP"], level=["city"]) == ["yokohama"]
    assert listed(kb, "cities", country=["JP", "IT"], level=["city"]) == [
        "milan",
        "yokohama",
    ]


def test_organizations_by_their_own_country(kb: KnowledgeBase) -> None:
    assert listed(kb, "organizations") == ["ademe", "nedo"]
    assert listed(kb, "organizations", country=["Japan"]) == ["nedo"]
    assert listed(kb, "organizations", region=["Europe"]) == ["ademe"]


def test_agreements_of_a_kind_are_of_that_kind(kb: KnowledgeBase) -> None:
    assert listed(kb, "agreements", kind=["twinning"]) == ["twinning 1959-04-07"]
    assert listed(kb, "agreements", kind=["agreement"]) == ["agreement 1990"]


def test_certain_needs_a_time(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="--certain needs a time"):
        kb.timeline(filters=Filters(certain=True))


def test_a_filter_that_a_list_cannot_take_is_wrong_usage(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="--theme does not apply to a list of cities"):
        kb.list("cities", Filters(theme=["energy"]))
    with pytest.raises(UsageError, match="--from does not apply to a list of themes"):
        kb.list("themes", Filters(from_="2009"))


def test_an_unknown_list_says_which_was_probably_meant(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="unknown list 'citys'; did you mean 'cities'"):
        kb.list("citys")
