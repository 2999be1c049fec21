"""`--as-of` against a second, naive answer: every course that the dates allow, day by
day.

A course fixes the day on which something begins and the day on which it ends. What
holds in some course is possible; what holds in all of them, where nothing is doubted or
unknown, is certain.
"""

from __future__ import annotations

from datetime import date
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from questions.test_oracle import (
    CITIES,
    TIE_KINDS,
    TODAY,
    World,
    filters,
    of_kinds,
    thorough,
    worlds,
)
from support import ROOT

from citylinks import Filters, KnowledgeBase, UsageError, dates
from citylinks.geo.names import country_codes, region_codes
from citylinks.model.vocabulary import GATHERING_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from citylinks.model.records import Member, Partnership

    Write = Callable[[Mapping[str, str]], Path]

TIMES = (
    "1958",
    "1959-04",
    "1959-04-07",
    "1964",
    "1970-05-02",
    "1980s",
    "2002",
    "2004",
    "2006",
)
times = st.sampled_from((*TIMES, "2026-11-21", "2031", "2001..2003"))

Courses = tuple[
    list[date], bool
]  # the days that are possible at one end, and whether none is sure


def at_start(text: str | None) -> Courses:
    if text is None:
        return [date.min], True
    parsed = dates.parse(text)
    first = parsed.earliest or date.min
    return [
        first,
        parsed.begun_by or parsed.latest or date.max,
    ], parsed.begun_by is None


def at_end(text: str | None) -> Courses:
    """The days on which it may end: `..` is never, no text an end that is not known."""
    if text is None:
        return [date.min, date.max], True
    if text == "..":
        return [date.max], False
    parsed = dates.parse(text)
    last = parsed.latest or date.max
    if parsed.is_interval and parsed.start is None:
        return [date.min, last], True
    sure = parsed.start or parsed  # of an interval, an end is on some day of it
    return [
        sure.lasts_until or parsed.earliest or date.min,
        last,
    ], sure.lasts_until is None


def held(start: Courses, ends: Sequence[Courses], span: dates.Span) -> str | None:
    """How sure it is that something held in a span that begins and ends so."""
    first, last = span.first or date.min, span.last or date.max
    courses = product(start[0], *(end[0] for end in ends))
    holds = [begun <= last and min(over) >= first for begun, *over in courses]
    is_doubted = start[1] or any(end[1] for end in ends)
    if not any(holds):
        return None
    return "certain" if all(holds) and not is_doubted else "possible"


def ends_of(tie: Partnership) -> list[Courses]:
    if tie.end:
        return [at_end(tie.end)]
    if tie.status and tie.status[-1].is_ == "ended":
        dated = [change.since for change in tie.status if change.since]
        since = tie.status[-1].since
        return [
            at_end(since)
            if since
            else some_day_since(dated[-1] if dated else tie.start)
        ]
    return [at_end("..")]


def some_day_since(known: str | None) -> Courses:
    """The days on which a tie ended that is over today, after the last date that is
    known of it.
    """
    if known is None:
        return [date.min, TODAY], True
    parsed = dates.parse(known)
    first = parsed.lasts_until or parsed.earliest or date.min
    return [min(first, TODAY), TODAY], parsed.lasts_until is None


FOUNDING = {"founder", "lead", "coordinator", "host"}


def belonged(tie: Partnership, member: Member, span: dates.Span) -> str | None:
    """How sure it is that a member belonged to a tie.

    One without a date was there from the start, but of a network only if it founded it:
    else it is a member today, and since it had any role of which that is known.
    """
    over = [at_end(member.until or "..")]
    if member.from_ is not None:
        return held(at_start(member.from_), over, span)
    if tie.kind not in GATHERING_KINDS or member.role in FOUNDING:
        return held(([date.min], False), over, span)
    if member.until:
        return held(([at_start(tie.start)[0][0]], True), over, span)
    since = [at_start(other.from_) for other in tie.members
             if other.city == member.city and other.from_]  # fmt: skip
    known = min([TODAY, *(days[-1] for days, is_doubted in since if not is_doubted)])
    return held(([at_start(tie.start)[0][0], known], False), over, span)


def surest(certainties: Sequence[str | None]) -> str | None:
    return min((certainty for certainty in certainties if certainty), default=None)


def members_of(tie: Partnership, city: str, span: dates.Span) -> str | None:
    return surest(
        [belonged(tie, member, span) for member in tie.members if member.city == city]
    )


def both(*certainties: str | None) -> str | None:
    return (
        None
        if None in certainties
        else max(certainty for certainty in certainties if certainty)
    )


@thorough
@given(worlds, times)
def test_which_ties_held(world: World, time: str) -> None:
    span = dates.parse_span(time)
    held_then = {
        record.id: held(at_start(tie.start), ends_of(tie), span)
        for record in world.all_of("partnership")
        for tie in (world.tie(record.id),)
    }
    wanted = {id_: sure for id_, sure in held_then.items() if sure}
    answer = world.open().list("partnerships", Filters(as_of=time))
    assert {row.id: row.certainty for row in answer.results} == wanted
    only = world.open().list("partnerships", Filters(as_of=time, certain=True))
    certain = {id_ for id_, sure in wanted.items() if sure == "certain"}
    assert {row.id for row in only.results} == certain


@thorough
@given(worlds, times, st.sampled_from(CITIES))
def test_which_ties_a_city_belonged_to(world: World, time: str, city: str) -> None:
    span = dates.parse_span(time)
    wanted = {}
    for record in world.all_of("partnership"):
        tie = world.tie(record.id)
        in_force = held(at_start(tie.start), ends_of(tie), span)
        sure = both(in_force, members_of(tie, city, span))
        if sure:
            wanted[record.id] = sure
    answer = world.open().list("partnerships", Filters(as_of=time, with_=(city,)))
    assert {row.id: row.certainty for row in answer.results} == wanted
    [profile] = world.open().show(f"city/{city}", as_of=time).results
    assert {row.id: row.certainty for row in profile.ties} == wanted
    certain = [sure for sure in wanted.values() if sure == "certain"]
    for is_certain, ties in ((False, len(wanted)), (True, len(certain))):
        listed: Any = world.open().list(
            "cities", Filters(as_of=time, certain=is_certain)
        )
        assert {row.id: row.ties for row in listed.results}[city] == ties
        chosen = Filters(as_of=time, certain=is_certain, kind=TIE_KINDS)
        counted = world.open().stats("city", chosen).results
        numbers = {row.key: (row.partnerships, row.uncertain) for row in counted}
        possible = len(wanted) - len(certain)
        expected = (ties, 0 if is_certain else possible)
        assert numbers.get(city, (0, 0)) == expected


@thorough
@given(worlds, times, st.sampled_from(CITIES))
def test_which_cities_were_tied_to_a_city(world: World, time: str, city: str) -> None:
    span = dates.parse_span(time)
    by_city: dict[str, list[str | None]] = {
        other: [] for other in CITIES if other != city
    }
    for record in world.all_of("partnership"):
        tie = world.tie(record.id)
        mine = both(
            held(at_start(tie.start), ends_of(tie), span), members_of(tie, city, span)
        )
        for other, ties in by_city.items():
            ties.append(both(mine, members_of(tie, other, span)))
    wanted = {other: surest(ties) for other, ties in by_city.items() if surest(ties)}
    answer: Any = world.open().list("cities", Filters(as_of=time, with_=(city,)))
    assert {row.id: row.certainty for row in answer.results} == wanted
    only: Any = world.open().list(
        "cities", Filters(as_of=time, with_=(city,), certain=True)
    )
    certain = {other for other, sure in wanted.items() if sure == "certain"}
    assert {row.id for row in only.results} == certain


PLACES = ("JP", "France", "Korea", "Asia", "Europe", "Western Europe")
sides = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES))


@thorough
@given(worlds, times, sides)
def test_which_ties_were_between_two_places(
    world: World, time: str, between: tuple[str, str]
) -> None:
    span = dates.parse_span(time)
    first, second = (country_codes(text) or region_codes(text) for text in between)
    wanted = {}
    partners: dict[str, list[str | None]] = {}
    for record in world.all_of("partnership"):
        tie = world.tie(record.id)
        in_force = held(at_start(tie.start), ends_of(tie), span)
        of_pairs = []
        for city, other in permutations({member.city for member in tie.members}, 2):
            countries = world.city(city).country, world.city(other).country
            if countries[0] in first and countries[1] in second:
                belonged_then = (members_of(tie, each, span) for each in (city, other))
                sure = both(in_force, *belonged_then)
                of_pairs.append(sure)
                partners.setdefault(city, []).append(sure)
                partners.setdefault(other, []).append(sure)
        if surest(of_pairs):
            wanted[record.id] = surest(of_pairs)
    then = Filters(as_of=time, between=between)
    kb = world.open()
    answer = kb.list("partnerships", then)
    assert {row.id: row.certainty for row in answer.results} == wanted
    certain = {id_ for id_, sure in wanted.items() if sure == "certain"}
    only = kb.list("partnerships", then._replace(certain=True))
    assert {row.id for row in only.results} == certain
    cities: Any = kb.list("cities", then)
    assert {row.id: row.certainty for row in cities.results} == {
        city: surest(ties) for city, ties in partners.items() if surest(ties)
    }
    year = f"{span.first.year:04}" if span.first else "1970"
    assert_has_what_is_listed(kb, Filters(between=between), f"{year}..{year}")


@thorough
@given(worlds, times)
def test_who_belonged_to_a_tie(world: World, time: str) -> None:
    span = dates.parse_span(time)
    answer: Any = world.open().list("partnerships", Filters(as_of=time))
    for row in answer.results:
        tie = world.tie(row.id)
        expected = [
            (member.city, member.role, belonged(tie, member, span))
            for member in tie.members
        ]
        listed = [(city.id, city.role, city.certainty) for city in row.members]
        assert listed == [item for item in expected if item[2]]
        [profile] = world.open().show(f"partnership/{row.id}", as_of=time).results
        assert profile.standing
        assert profile.standing.members == row.members
        assert [member["city"] for member in profile.record.get("members", ())] == [
            city.id for city in row.members
        ]


@thorough
@given(worlds, times)
def test_which_papers_were_running(world: World, time: str) -> None:
    span = dates.parse_span(time)
    wanted = []
    for record in world.all_of("partnership"):
        tie = world.tie(record.id)
        if not held(at_start(tie.start), ends_of(tie), span):
            continue
        for paper in tie.agreements or ():
            ends = [*([at_end(paper.expires)] if paper.expires else []), *ends_of(tie)]
            sure = held(at_start(paper.signed), ends, span)
            if sure:
                wanted.append((record.id, paper.title, paper.signed, sure))
    answer: Any = world.open().list("agreements", Filters(as_of=time))
    listed = [
        (row.record.id, row.title, row.signed, row.certainty) for row in answer.results
    ]
    assert sorted(listed, key=str) == sorted(wanted, key=str)


@thorough
@given(worlds, times, st.sampled_from(CITIES))
def test_a_timeline_tells_what_held(world: World, time: str, city: str) -> None:
    """Each entry is of a tie to which the city belonged, or an event that lasted."""
    answer = world.open().timeline(f"city/{city}", filters=Filters(as_of=time))
    ties = world.open().list("partnerships", Filters(as_of=time, with_=(city,)))
    belonging = {row.id for row in ties.results}
    span = dates.parse_span(time)
    for entry in answer.results:
        assert (
            entry.kind in {"start", "agreement", "join", "member", "term", "status"}
            or entry.date
        )
        if entry.kind == "start":
            assert entry.record.id in belonging
        if entry.record.type == "event":
            assert entry.date
            assert "/" in entry.date
            assert dates.certainty(dates.parse(entry.date), span) == entry.certainty
        if entry.earliest and span.last:
            assert entry.earliest <= span.last.isoformat()


def since_of(tie: Partnership, number: int) -> Courses:
    """The days on which a status may begin.

    Stated last without a date it holds today, stated first ever since there is a tie.
    """
    changes = tie.status or ()
    if changes[number].since:
        return at_start(changes[number].since)
    is_last = number == len(changes) - 1
    if number == 0 and not is_last:
        return [date.min], False
    dated = [change.since for change in changes[:number] if change.since]
    before = at_start(dated[-1])[0][0] if dated else date.min
    return ([before, TODAY], False) if is_last else ([before, date.max], True)


def status_then(tie: Partnership, number: int, span: dates.Span) -> str | None:
    """How sure it is that a tie that held had a status; without a date, no surer than
    that it did.

    A status ends with the next, and where that has no date by the next that has one.
    """
    changes = tie.status or ()
    change, following = (
        changes[number],
        [later.since for later in changes[number + 1 :]],
    )
    dated = next(
        (place for place, since in enumerate(following) if since), len(following)
    )
    over = [at_end(since) for since in following[: dated + 1]]
    if not over and change.is_ != "ended":
        over = ends_of(tie)
    in_force = held(at_start(tie.start), ends_of(tie), span)
    sure = held(since_of(tie, number), over or [at_end("..")], span)
    if in_force is None or change.since or change.is_ == "ended":
        return sure if in_force else None
    return both(in_force, sure)


@thorough
@given(worlds, times)
def test_which_statuses_with_a_date_or_a_reason_are_told(
    world: World, time: str
) -> None:
    span = dates.parse_span(time)
    wanted = []
    for record in world.all_of("partnership"):
        tie = world.tie(record.id)
        for number, change in enumerate(tie.status or ()):
            sure = status_then(tie, number, span)
            if sure and (change.since or change.reason):
                wanted.append(
                    (record.id, change.is_, change.since, change.reason, sure)
                )
    for is_certain in (False, True):
        filters = Filters(as_of=time, kind=("status",), certain=is_certain)
        listed = [
            (entry.record.id, entry.detail, entry.date, entry.summary, entry.certainty)
            for entry in world.open().timeline(filters=filters).results
        ]
        kept = [row for row in wanted if row[-1] == "certain" or not is_certain]
        assert sorted(listed, key=str) == sorted(kept, key=str)


@thorough
@given(worlds, st.sampled_from(("1958..1975", "1980s", "2000..2006", "2026")))
def test_growth_counts_what_was_in_force_in_each_year(world: World, years: str) -> None:
    for row in world.open().growth(Filters(year=(years,))).results:
        year = dates.parse_span(f"{row.year:04}")
        certainties = [
            held(at_start(tie.start), ends_of(tie), year)
            for tie in (world.tie(record.id) for record in world.all_of("partnership"))
        ]
        assert row.possible == len([sure for sure in certainties if sure])
        assert row.certain == certainties.count("certain")


# -- Growth: in each year it has as many ties as the list as of that year -----

ASKED_OF_PLACES: list[Filters] = [
    Filters(country=("JP",)),
    Filters(region=("Asia",), level=("metropolis",)),
    Filters(country=("KR",), with_=("tokyo",)),
]


def assert_has_what_is_listed(kb: KnowledgeBase, filters: Filters, years: str) -> None:
    """Hold each year against the list as of it; a year without a row is one in which
    none held.
    """
    answer = kb.growth(filters._replace(year=(years,)))
    counts = {row.year: (row.possible, row.certain) for row in answer.results}
    first, _, last = years.partition("..")
    for year in range(int(first), int(last) + 1):
        then = filters._replace(as_of=str(year))
        possible = kb.list("partnerships", then).results
        certain = kb.list("partnerships", then._replace(certain=True)).results
        assert counts.get(year, (0, 0)) == (len(possible), len(certain)), year


@thorough
@given(
    worlds,
    filters("with_", "country", "region", "level", "kind", "between"),
    st.sampled_from(("1948..1968", "1998..2008", "2024..2031")),
)
def test_growth_in_some_places(world: World, wanted: Filters, years: str) -> None:
    assert_has_what_is_listed(world.open(), of_kinds(wanted, TIE_KINDS), years)


def came_and_went(kb: KnowledgeBase) -> set[str]:
    """The cities that joined a tie or left it on a day that is told."""
    entries: Any = kb.timeline(filters=Filters(kind=("join", "leave", "term"))).results
    return {city.id for entry in entries for city in entry.cities}


def test_growth_of_the_frozen_data() -> None:
    wanted = Filters(country=("FJ",)), Filters(region=("Asia",), level=("port",))
    assert_growth_of_all({"lanxing", "maravel"}, wanted, ROOT / "tests" / "data")


@pytest.mark.exhaustive
def test_growth_of_the_shipped_data() -> None:
    cities = {"hamburg", "london", "beijing", "seoul", "lyon"}
    assert_growth_of_all(cities, ASKED_OF_PLACES, ROOT / "data")


def assert_growth_of_all(
    expected: set[str], places: Iterable[Filters], directory: Path
) -> None:
    """Hold every year of each city that came and went, `expected` among them."""
    with KnowledgeBase.open(directory) as kb:
        cities = came_and_went(kb)
        assert expected <= cities
        for filters in (*places, *(Filters(with_=(city,)) for city in sorted(cities))):
            assert_has_what_is_listed(kb, filters, "1950..2030")
        assert_has_what_is_listed(kb, Filters(), "1797..1803")


BEGUN = {
    "cities/a.yaml": "name: A\n",
    "cities/b.yaml": "name: B\n",
    "cities/c.yaml": "name: C\n",
    "cities/d.yaml": "name: D\n",
    "partnerships/a-b.yaml": "kind: contact\nmembers: [a, b]\nstart: 1970\n",
    "partnerships/a-c.yaml": "kind: contact\nmembers: [a, c]\nend: 1900\n",
    "partnerships/a-d.yaml": "kind: contact\nmembers: [{city: a, from: 1985}, d]\n",
}
A, C, D = ((city,) for city in "acd")


@pytest.mark.parametrize(
    ("wanted", "years"),
    [
        (Filters(with_=A), range(1970, 2027)),
        (Filters(with_=A, year=("1980..1990",)), range(1980, 1991)),
        (Filters(with_=A, to="2030"), range(1970, 2031)),
        # Before the first known beginning, if a tie possibly held then.
        (Filters(with_=A, from_="1800"), range(1800, 2027)),
        (Filters(with_=A, year=("1800..1810",)), range(1800, 1811)),
        (Filters(with_=A, from_="1950"), range(1970, 2027)),
        (Filters(with_=A, year=("1950..1960",)), range(0)),
        (Filters(with_=A, to="1850"), range(1850, 1851)),
        (Filters(with_=A, to="1950"), range(0)),
        # A time to come.
        (Filters(with_=A, from_="2027"), range(2027, 2028)),
        (Filters(with_=A, year=("2027..",)), range(2027, 2028)),
        (Filters(with_=A, from_="2027", to="2030"), range(2027, 2031)),
        # No known beginning: today, if a tie possibly holds. A time that cannot be has
        # no year.
        (Filters(with_=D), range(2026, 2027)),
        (Filters(with_=C), range(0)),
        (Filters(with_=A, year=("1990",), from_="2000"), range(0)),
    ],
)
def test_the_years_of_growth(data: Write, wanted: Filters, years: range) -> None:
    with KnowledgeBase.open(data(BEGUN)) as kb:
        assert [row.year for row in kb.growth(wanted).results] == list(years)


def test_ties_without_a_known_beginning_are_counted(data: Write) -> None:
    """Who joined on a known day belonged to it from then on, whenever the tie began."""
    with KnowledgeBase.open(data(BEGUN)) as kb:
        assert kb.growth().undated == 2
        assert kb.growth(Filters(with_=A)).undated == 1


@thorough
@given(worlds, times)
def test_the_status_of_a_tie_is_one_that_it_may_have_had(
    world: World, time: str
) -> None:
    kb = world.open()
    answer: Any = kb.list("partnerships", Filters(as_of=time))
    for row in answer.results:
        if row.status:
            had: Any = kb.list(
                "partnerships", Filters(as_of=time, status=(row.status,))
            )
            assert row.id in {other.id for other in had.results}


TIE = "kind: contact\nmembers: [a, b]\nstatus: [{is: dormant}]\n"


def test_today_is_the_day_of_the_one_who_asks(data: Write) -> None:
    kb = KnowledgeBase.open(
        data(
            {
                "cities/a.yaml": "name: A\n",
                "cities/b.yaml": "name: B\n",
                "partnerships/a-b.yaml": TIE,
            }
        )
    )
    [row] = kb.list("partnerships", Filters(as_of=TODAY.isoformat())).results
    assert row.status == "dormant"


def test_a_member_since_nobody_knows_when_is_counted_as_possible(data: Write) -> None:
    members = "members: [{city: a, role: founder}, b]"
    files = {
        "cities/a.yaml": "name: Alpha\ncountry: FR\n",
        "cities/b.yaml": "name: Beta\ncountry: JP\n",
        "partnerships/net.yaml": f"kind: network\nname: Net\nstart: 1970\n{members}\n",
    }
    kb = KnowledgeBase.open(data(files))
    for by, founder, member in (("city", "a", "b"), ("country", "FR", "JP")):
        rows = kb.stats(by, Filters(as_of="1990")).results
        assert {row.key: row.uncertain for row in rows} == {founder: 0, member: 1}
        certain = kb.stats(by, Filters(as_of="1990", certain=True)).results
        assert [row.key for row in certain] == [founder]


def test_only_what_can_hold_is_asked_for_as_it_was(data: Write) -> None:
    kb = KnowledgeBase.open(data({"themes.yaml": "x: {label: X}\n"}))
    with pytest.raises(UsageError, match="--as-of does not apply to a list of themes"):
        kb.list("themes", Filters(as_of="1985"))
    with pytest.raises(UsageError, match="--as-of applies to a city or a partnership"):
        kb.show("theme/x", as_of="1985")


def test_who_joined_later_is_called_by_name(data: Write) -> None:
    """With whom a tie began does not change; what concerns all of it then concerns who
    joined.
    """
    members = "members: [{city: a, role: founder}, {city: b, from: 1980}]"
    kb = KnowledgeBase.open(
        data(
            {
                "cities/a.yaml": "name: Alpha\n",
                "cities/b.yaml": "name: Beta\n",
                "partnerships/net.yaml": f"kind: network\nname: Net\nstart: 1970\n{members}\n"
                "status: [{is: dormant, since: 1975}]\n",
            }
        )
    )
    start, status = kb.timeline("a", filters=Filters(as_of="1990")).results
    assert [city.name for city in start.cities] == ["Alpha"]
    assert start.undated_members == ()
    assert [city.name for city in status.cities] == ["Alpha", "Beta"]


PLANS = {
    "cities/a.yaml": "name: A\n",
    "cities/b.yaml": "name: B\n",
    "partnerships/all.yaml": """\
id: undated
kind: contact
members: [a, b]
status: [{is: planned}]
---
id: begins-2030
kind: contact
members: [a, b]
start: 2030
status: [{is: planned, since: 2025}]
---
id: begun
kind: contact
members: [a, b]
start: 1992
status: [{is: planned, since: 1989}, {is: active, since: 1992}]
---
id: over
kind: contact
members: [a, b]
start: 1970
status: [{is: ended}]
""",
}


@pytest.mark.parametrize(
    ("status", "day", "wanted"),
    [
        ("planned", "2026-11-22", {"undated": "certain", "begins-2030": "certain"}),
        ("planned", "2031", {"undated": "certain"}),
        ("planned", "1990", {"undated": "possible", "begun": "certain"}),
        ("active", "1990", {}),
        ("active", "1993", {"begun": "certain"}),
        ("ended", "2026-11-23", {"over": "certain"}),
        ("ended", "1980", {"over": "possible"}),
    ],
)
def test_what_was_planned_or_had_ended(
    data: Write, status: str, day: str, wanted: dict[str, str]
) -> None:
    kb = KnowledgeBase.open(data(PLANS))
    answer: Any = kb.list("partnerships", Filters(as_of=day, status=(status,)))
    assert {row.id: row.certainty for row in answer.results} == wanted


def test_what_has_ended_holds_no_more_after_today(data: Write) -> None:
    kb = KnowledgeBase.open(data(PLANS))
    for day, is_there in (
        (TODAY.isoformat(), True),
        ("2026-11-23", False),
        ("2031", False),
    ):
        answer: Any = kb.list("partnerships", Filters(as_of=day))
        assert ("over" in {row.id for row in answer.results}) == is_there
        entries = kb.timeline("partnership/over", filters=Filters(as_of=day)).results
        assert bool(entries) == is_there
    years: Any = kb.growth(Filters(year=("2026..2028",)))
    assert [row.possible for row in years.results] == [2, 1, 1]


REASONS = {
    **PLANS,
    "partnerships/all.yaml": """\
id: vowed
kind: contact
members: [a, b]
status: [{is: planned, reason: A vow}]
---
id: quarrelled
kind: contact
members: [a, b]
start: 1970
status: [{is: active}, {is: ended, reason: A quarrel}]
""",
}


@pytest.mark.parametrize(
    ("status", "day", "wanted"),
    [
        ("planned", "2026-11-23", {"A vow": "certain"}),
        ("planned", "1990", {"A vow": "possible"}),
        ("ended", "2026-11-23", {"A quarrel": "certain"}),
        ("ended", "1980", {"A quarrel": "possible"}),
    ],
)
def test_why_a_tie_was_planned_or_ended(
    data: Write, status: str, day: str, wanted: dict[str, str]
) -> None:
    """The reason has no date, and yet is told of the ties that do not hold, if they are
    asked.
    """
    kb = KnowledgeBase.open(data(REASONS))
    filters = Filters(as_of=day, status=(status,), kind=("status",))
    entries = kb.timeline("a", filters=filters).results
    assert {entry.summary: entry.certainty for entry in entries} == wanted


def test_a_timeline_of_what_was_planned(data: Write) -> None:
    kb = KnowledgeBase.open(data(PLANS))
    for day, wanted in (
        ("2026-11-22", {"undated": "plan", "begins-2030": "status"}),
        ("1990", {"undated": "plan", "begun": "status"}),
    ):
        entries = kb.timeline(
            "a", filters=Filters(as_of=day, status=("planned",))
        ).results
        assert {entry.record.id: entry.kind for entry in entries} == wanted
