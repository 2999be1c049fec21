"""The questions against a second, naive answer: plain Python, written from what filters
mean.

The rows are those of `entries`, which has tests of its own; what is asked here is which
of them an answer keeps, how sure it is of each, and in which order it tells them.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import drop_empty, examples, open_dataset

from citylinks import Filters, KnowledgeBase, UsageError, dates
from citylinks.files.loader import Dataset, Loaded, Origin
from citylinks.geo.names import country_codes, region_codes
from citylinks.model.entries import Entry, StoredRecord, timeline_entries
from citylinks.model.fields import record_fields
from citylinks.model.records import MODELS, City, Event, Partnership, Theme
from citylinks.model.vocabulary import BILATERAL_KINDS, GATHERING_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from citylinks.questions.list_rows import AgreementRow
    from citylinks.questions.results import TimelineEntry

TODAY = date(2026, 11, 22)

thorough = examples(150)


def entries_of(record: Loaded) -> Iterator[Entry]:
    stored = StoredRecord(record.type, record.id, record.body)
    return timeline_entries(stored, record_fields()[record.type])


# -- A small world ------------------------------------------------------------

CITIES = ("lyon", "milan", "kobe", "kobe-port", "seoul", "nowhere")
PLACES: tuple[dict[str, str], ...] = (
    {"country": "FR", "level": "city"},
    {"country": "IT", "level": "metropolis"},
    {"country": "JP", "level": "city"},
    {"country": "JP", "level": "port"},
    {"country": "KR"},
    {},
)
THEMES = ("culture", "energy", "light", "wind")
ORGANIZATIONS = ("jica", "nedo")
# One partnership bears the id of a city: ids are unique within a type only.
TIES = ("forum", "kobe", "lyon-milan", "pact", "seoul-kobe", "y-port")
EARLY = (
    "1959", "1959-04", "1959-04-07", "1960~", "1984?", "198X", "1959-21", "1950~", "1962/1965",
    "1962/..", "../1965", "1970/", "/1970", "[1964-04..1966-03]", "1975-XX", "1999-12-31", "2000",
)  # fmt: skip
LATE = (
    "2001", "2003-05-06", "2004~", "2005/..", "200X", "2020/2030", "2026-11-21", "2026-11-22",
    "2026", "2040?", "2007/2009", "[2001..2003]",
)  # fmt: skip
TIE_KINDS = (
    "sister-city",
    "contact",
    "cooperation",
    "network",
    "programme",
    "commitment",
)
PAPER_KINDS = ("twinning", "agreement", "protocol")
EVENT_KINDS = ("visit", "forum", "agreement", "policy")
STATUSES = ("active", "dormant", "ended")


class Chance(Random):
    """Makes records; a seed makes them much faster than a strategy for each value
    would.
    """

    def some(self, values: Sequence[str], most: int = 2, least: int = 0) -> list[str]:
        return self.sample(values, self.randint(least, min(most, len(values))))

    def maybe(self, values: Sequence[str]) -> str | None:
        return self.choice(values) if values and self.random() < 0.6 else None

    def member(self, city: str) -> dict[str, Any]:
        role = self.choice((None, None, "member", "chair", "host"))
        in_office = role not in (None, "member")
        return drop_empty(
            city=city,
            role=role,
            from_=self.maybe(("1959", "1970-05") if in_office else EARLY),
            until=self.maybe(("2001", "2003-05-06") if in_office else LATE),
        )

    def paper(self, members: list[str], number: int) -> dict[str, Any]:
        is_listed = self.random() < 0.5
        return drop_empty(
            kind=self.choice(PAPER_KINDS),
            title=f"Paper {number}",
            signed=self.maybe(EARLY),
            expires=self.maybe(LATE),
            parties=self.some(members),
            themes=self.some(THEMES),
            listed={"source": "list", "position": self.randint(1, 6)}
            if is_listed
            else None,
        )

    def outcome(self, number: int) -> dict[str, Any]:
        return drop_empty(
            summary=f"Outcome {number}", date=self.maybe(EARLY), city=self.maybe(CITIES)
        )

    def tie(self, ids: Sequence[str]) -> dict[str, Any]:
        kind = self.choice(TIE_KINDS)
        is_pair = kind in BILATERAL_KINDS
        cities = self.some(CITIES, 2, 2) if is_pair else self.some(CITIES, 4, 1)
        members = [self.member(city) for city in cities]
        if not is_pair and self.random() < 0.5:
            members.append({"city": cities[0], "role": "lead"})
        changes = [
            drop_empty(
                is_=self.choice(STATUSES),
                since=self.maybe(EARLY),
                reason=self.maybe(["Why"]),
            )
            for _ in range(self.choice((0, 0, 1, 2)))
        ]
        is_counted = self.random() < 0.5
        return drop_empty(
            kind=kind,
            name=self.maybe(["A name"]),
            members=members,
            start=self.maybe(EARLY),
            end=self.maybe(LATE),
            status=changes,
            themes=self.some(THEMES),
            agreements=[
                self.paper(cities, number) for number in range(self.randint(0, 2))
            ],
            organizations=[{"organization": id_} for id_ in self.some(ORGANIZATIONS)],
            part_of=self.maybe(ids),
            outcomes=[self.outcome(number) for number in range(self.randint(0, 2))],
            counts=[{"of": "things", "value": 3, "date": self.choice(EARLY)}]
            * is_counted,
        )

    def event(self, ties: Sequence[str], number: int) -> dict[str, Any]:
        series = self.maybe(ties)
        return drop_empty(
            title=f"Event {number}",
            date=self.choice(EARLY),
            kind=self.choice(EVENT_KINDS),
            cities=self.some(CITIES),
            place=self.maybe(CITIES),
            partnerships=self.some(ties),
            series={"id": series} if series else None,
            organizations=[{"organization": id_} for id_ in self.some(ORGANIZATIONS)],
            themes=self.some(THEMES),
        )

    def filters(self, number: int, taken: Sequence[str]) -> Filters:
        """A question that sets so many of these filters."""
        chosen: dict[str, Any] = {}
        for name in self.sample(taken, min(number, len(taken))):
            known = ASKED[name]
            if name in {"from_", "to"}:
                chosen[name] = self.choice(known)
            elif name == "between":
                chosen[name] = [self.choice(known), self.choice(known)]
            else:
                chosen[name] = self.some(known, 2, 1)
        is_timed = any(name in chosen for name in ("year", "from_", "to"))
        is_either = len(chosen.get("with_", ())) > 1 and self.random() < 0.5
        is_certain = is_timed and self.random() < 0.4
        return Filters(**chosen, certain=is_certain, any_=is_either)


def world_of(seed: int, size: int) -> World:
    """Make a world of up to so many partnerships and events."""
    chance = Chance(seed)
    ties = chance.some(TIES, size, size)
    records: dict[str, dict[str, dict[str, Any]]] = {
        "city": {
            id_: {"name": id_.title(), **place}
            for id_, place in zip(CITIES, PLACES, strict=True)
        },
        "theme": {
            id_: drop_empty(label=id_, broader=chance.maybe(THEMES)) for id_ in THEMES
        },
        "organization": {id_: {"name": id_.upper()} for id_ in ORGANIZATIONS},
        "source": {"list": {"title": "A list"}},
        "partnership": {id_: chance.tie(ties) for id_ in ties},
        "event": {
            f"event-{number}": chance.event(ties, number) for number in range(size)
        },
    }
    records["city"]["lyon"]["counts"] = [{"of": "sisters", "value": 8, "date": "1984"}]
    dataset = Dataset(())
    for type_, of_type in records.items():
        for id_, record in of_type.items():
            model = MODELS[type_].model_validate(record)
            dataset.records[type_][id_] = Loaded(
                type_, id_, model, Origin("", f"{id_}.yaml")
            )
    return World(dataset)


seeds = st.integers(0, 2**32 - 1)
worlds = st.builds(world_of, seeds, st.integers(0, len(TIES)))
pairs = st.permutations(CITIES).map(lambda cities: list(cities[:2]))
several = st.lists(st.sampled_from(CITIES), min_size=3, max_size=5, unique=True)
by = st.sampled_from((None, "decade", "theme", "city"))


def filters(*taken: str) -> st.SearchStrategy[Filters]:
    return st.builds(
        lambda seed, number: Chance(seed).filters(number, taken),
        seeds,
        st.integers(0, 3),
    )


ASKED: dict[str, tuple[str, ...]] = {
    "theme": THEMES,
    "year": ("1959", "1950s", "1960..1980", "1965-05", "1970~", "2001..", "..1958"),
    "from_": ("1955", "1959-04-07", "196X"),
    "to": ("1985", "1990-02", "200X"),
    "kind": (*TIE_KINDS, "twinning", "protocol", "visit", "forum", "start", "join"),
    "country": ("JP", "Japan", "France", "kr"),
    "region": ("Asia", "Western Europe", "030"),
    "status": STATUSES,
    "level": ("city", "port", "metropolis"),
    "organization": ORGANIZATIONS,
    "with_": CITIES,
    "between": ("JP", "Japan", "France", "kr", "Asia", "Europe", "Western Europe"),
}
EVERY = tuple(ASKED)


# -- The oracle ---------------------------------------------------------------


class Row(NamedTuple):
    """An entry of a record."""

    record: Loaded
    entry: Entry


class World:
    """The same records for both: the index that is asked, and the models that know."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def __repr__(self) -> str:
        return "\n".join(
            f"{record.type}/{record.id}: {record.model.model_dump(exclude_none=True)}"
            for record in self.dataset
            if record.type in {"partnership", "event", "theme"}
        )

    def open(self) -> KnowledgeBase:
        return open_dataset(self.dataset)

    def all_of(self, type_: str) -> Iterable[Loaded]:
        return self.dataset.records[type_].values()

    def rows(self) -> Iterator[Row]:
        for record in self.dataset:
            for entry in entries_of(record):
                yield Row(record, entry)

    def city(self, id_: str) -> City:
        model = self.dataset.records["city"][id_].model
        assert isinstance(model, City)
        return model

    def tie(self, id_: str) -> Partnership:
        model = self.dataset.records["partnership"][id_].model
        assert isinstance(model, Partnership)
        return model

    def themes_above(self, id_: str) -> set[str]:
        """A theme and all that it is part of."""

        def broader(theme: str) -> str | None:
            model = self.dataset.records["theme"][theme].model
            assert isinstance(model, Theme)
            return model.broader

        return closure(id_, broader)

    def ties_above(self, id_: str) -> set[str]:
        """A partnership and all that it is part of."""
        return closure(id_, lambda tie: self.tie(tie).part_of)

    def status(self, id_: str) -> str | None:
        """The last one that is stated, else ended where the end is past."""
        model = self.tie(id_)
        if model.status:
            return model.status[-1].is_
        latest = dates.parse(model.end).latest if model.end else None
        return "ended" if latest and latest < TODAY else None

    # What each filter asks; a filter that is not set asks nothing.

    def has_theme(self, themes: Iterable[str], f: Filters) -> bool:
        return not f.theme or any(
            self.themes_above(theme) & set(f.theme) for theme in themes
        )

    def has_place(self, cities: Collection[str], f: Filters) -> bool:
        """Whether some city is there, and some is of that level."""
        models = [self.city(city) for city in cities]
        in_country = union(country_codes, f.country)
        in_region = union(region_codes, f.region)
        return (
            (not f.country or any(model.country in in_country for model in models))
            and (not f.region or any(model.country in in_region for model in models))
            and (not f.level or any(model.level in f.level for model in models))
        )

    def has_sides(self, cities: Collection[str], f: Filters) -> bool:
        """Whether some city is on one side of --between, and another on the other."""
        if not f.between:
            return True
        first, second = (
            country_codes(text) or region_codes(text) for text in f.between
        )
        return any(
            self.city(city).country in first and self.city(other).country in second
            for city, other in permutations(set(cities), 2)
        )

    def is_of_tie_with_sides(self, entry: Entry, f: Filters) -> bool:
        """Whether an entry is of a partnership of cities on both sides then."""
        known = self.dataset.records["partnership"]
        return any(
            self.stands_between(entry, self.tie(id_), f)
            for id_ in entry.partnerships
            if id_ in known
        )

    def stands_between(self, entry: Entry, tie: Partnership, f: Filters) -> bool:
        parsed = dates.parse(entry.date) if entry.date else None
        first = (parsed.earliest if parsed else None) or date.min
        last = (parsed.latest if parsed else None) or date.max
        begun = (dates.parse(tie.start).earliest if tie.start else None) or date.min
        then = {
            member.city
            for member in tie.members
            if (
                not member.from_
                or (dates.parse(member.from_).earliest or date.min) <= last
            )
            and (
                not member.until
                or (dates.parse(member.until).latest or date.max) >= first
            )
        }
        return (
            tie.kind not in GATHERING_KINDS
            and last >= begun
            and self.has_sides(then, f)
        )

    def has_status(self, ties: Iterable[str], f: Filters) -> bool:
        return not f.status or any(self.status(id_) in f.status for id_ in ties)

    def is_of(self, entry: Entry, subject: tuple[str, str]) -> bool:
        """Whether a city takes part in an entry, or a partnership or a part of it is
        concerned.
        """
        type_, id_ = subject
        if type_ == "city":
            return id_ in {city.id for city in entry.cities}
        return any(
            id_ in self.ties_above(partnership) for partnership in entry.partnerships
        )

    def is_of_tie(
        self, entry: Entry, wanted: Sequence[tuple[Sequence[str], int]]
    ) -> bool:
        """Whether so many of each of these cities belong, then, to a partnership of an
        entry.
        """
        parsed = dates.parse(entry.date) if entry.date else None
        first = (parsed.earliest if parsed else None) or date.min
        last = (parsed.latest if parsed else None) or date.max

        def belong(tie: Partnership, city: str) -> bool:
            return any(
                (
                    not member.from_
                    or (dates.parse(member.from_).earliest or date.min) <= last
                )
                and (
                    not member.until
                    or (dates.parse(member.until).latest or date.max) >= first
                )
                for member in tie.members
                if member.city == city
            )

        def is_between(tie: Partnership) -> bool:
            begun = (dates.parse(tie.start).earliest if tie.start else None) or date.min
            return (
                tie.kind not in GATHERING_KINDS
                and last >= begun
                and all(
                    sum(belong(tie, c) for c in cities) >= least
                    for cities, least in wanted
                )
            )

        known = self.dataset.records["partnership"]
        return any(
            is_between(self.tie(id_)) for id_ in entry.partnerships if id_ in known
        )

    def keeps(
        self,
        row: Row,
        f: Filters,
        subjects: Sequence[tuple[str, str]] = (),
        *,
        any_: bool = False,
        is_listed: bool = False,
    ) -> bool:
        """Whether a timeline of these subjects tells this entry, or a list has it.

        A timeline between cities is without what all members of a network share.
        """
        record, entry = row
        cities = {city.id for city in entry.cities}
        own = [id_ for type_, id_ in subjects if type_ == "city"]
        least = 2 if len(subjects) > 1 and not any_ else min(len(subjects), 1)
        is_with = bool(f.with_ and own and len(own) == len(subjects))
        is_of_both = bool(not subjects and len(f.with_) > 1 and not f.any_)
        is_between = least == 2 or is_with or is_of_both or bool(f.between)
        model = record.model
        kind = model.kind if isinstance(model, Partnership) else None
        is_of = sum(self.is_of(entry, subject) for subject in subjects) >= least
        has_all = has_with(cities, f)
        wanted: list[tuple[Sequence[str], int]] = []
        if own and len(own) == len(subjects):
            wanted.append((own, max(least, 1)))
        wanted += with_groups(f)
        if is_several(wanted) and self.is_of_tie(entry, wanted):
            has_all = True
            is_of = is_of or bool(own and len(own) == len(subjects))
        return (
            is_of
            and has_all
            and (not f.kind or bool({entry.kind, entry.detail, kind} & set(f.kind)))
            and self.has_theme(entry.themes, f)
            and (
                not f.organization
                or any(o.id in f.organization for o in entry.organizations)
            )
            and self.has_status(entry.partnerships, f)
            and self.has_place(cities - {*own, *f.with_}, f)
            and (self.has_sides(cities, f) or self.is_of_tie_with_sides(entry, f))
            and in_time(entry.date, f, is_end=is_end(entry))
            and not (
                is_between
                and not is_listed
                and entry.is_general
                and kind in GATHERING_KINDS
            )
        )


def has_with(cities: Collection[str], f: Filters) -> bool:
    """Whether all the cities of --with are among these, or with --any one of them."""
    named = set(cities) & set(f.with_)
    return not f.with_ or bool(named if f.any_ else named == set(f.with_))


def with_groups(f: Filters) -> list[tuple[Sequence[str], int]]:
    """So many of these cities that --with asks for: each, or one of all."""
    if f.any_:
        return [(f.with_, 1)] if f.with_ else []
    return [((city,), 1) for city in f.with_]


def is_several(wanted: Sequence[tuple[Sequence[str], int]]) -> bool:
    return len(wanted) > 1 or any(least > 1 for _, least in wanted)


def closure(start: str, above: Callable[[str], str | None]) -> set[str]:
    reached: set[str] = set()
    at: str | None = start
    while at is not None and at not in reached:
        reached.add(at)
        at = above(at)
    return reached


def union(codes: Callable[[str], frozenset[str]], names: Iterable[str]) -> set[str]:
    return {code for name in names for code in codes(name)}


def spans(f: Filters) -> list[dates.Span]:
    """The spans asked for: each year, as far as it lies within --from and --to."""
    first = dates.parse_span(f.from_).first if f.from_ else None
    last = dates.parse_span(f.to).last if f.to else None
    years = [dates.parse_span(text) for text in f.year] or [dates.Span(None, None)]
    narrowed = [
        dates.Span(
            max((day for day in (year.first, first) if day), default=date.min),
            min((day for day in (year.last, last) if day), default=date.max),
        )
        for year in years
    ]
    return [
        span for span in narrowed if (span.first or date.min) <= (span.last or date.max)
    ]


def is_end(entry: Entry) -> bool:
    return entry.path != "date" and entry.kind in {"end", "leave", "expiry"}


def certainty(text: str | None, f: Filters, *, is_end: bool = False) -> str | None:
    """How sure it is that a date falls in a time; None also where no time is asked for."""
    if text is None or not (f.year or f.from_ or f.to):
        return None
    answers = {falls(dates.parse(text), span, is_end=is_end) for span in spans(f)}
    return next((word for word in ("certain", "possible") if word in answers), None)


def falls(day: dates.Date, span: dates.Span, *, is_end: bool) -> str | None:
    """An end is on one day of an interval: certain where all of it, and that it came,
    is known.
    """
    sure = dates.certainty(day, span)
    if sure is None or not (is_end and day.is_interval):
        return sure
    is_known = day.earliest is not None and day.latest is not None
    return (
        "certain" if is_known and dates.contains(span, day) == "certain" else "possible"
    )


def in_time(text: str | None, f: Filters, *, is_end: bool = False) -> bool:
    if not (f.year or f.from_ or f.to):
        return True
    return certainty(text, f, is_end=is_end) in (
        ("certain",) if f.certain else ("certain", "possible")
    )


def ends_of(text: str) -> list[tuple[str, int]]:
    """The first and the last day that a text states, each with on how many days that
    end may be.

    An open or unknown end may be on any.
    """
    if text.startswith("["):
        text = text[1:-1].replace("..", "/")
    if "/" not in text:
        parsed, plain = dates.parse(text), dates.parse(text.rstrip("~%"))
        assert parsed.earliest
        assert parsed.latest
        days = (parsed.latest - parsed.earliest).days
        return [(f"{plain.earliest}", days), (f"{plain.latest}", days)]
    (start, _, end), always = text.partition("/"), date.max.toordinal() * 2
    first = ends_of(start)[0] if start.strip(".") else ("", always)
    last = ends_of(end)[1] if end.strip(".") else ("9999-99-99", always)
    return [first, last]


def order(text: str | None) -> tuple[object, ...]:
    """By the first day that is written, the less exact first; what has no date is last."""
    if text is None:
        return (True,)
    (first, days), (last, _) = ends_of(text)
    return (False, first, -days, last, text)


def in_order(texts: Sequence[str | None]) -> bool:
    return list(texts) == sorted(texts, key=order)


# -- Timelines ----------------------------------------------------------------


def of_row(row: Row, f: Filters) -> tuple[Any, ...]:
    """What an entry of a timeline should say, as far as it tells one from another."""
    record, entry = row
    return (
        record.type,
        record.id,
        entry.kind,
        entry.detail,
        entry.date,
        certainty(entry.date, f, is_end=is_end(entry)),
        tuple((city.id, city.role) for city in entry.cities),
        entry.themes,
        entry.title if entry.title and entry.kind != "expiry" else None,
    )


def of_answer(entry: TimelineEntry) -> tuple[Any, ...]:
    has_title = (
        entry.title.startswith(("Paper", "Event", "Outcome")) and entry.kind != "expiry"
    )
    return (
        entry.record.type,
        entry.record.id,
        entry.kind,
        entry.detail,
        entry.date,
        entry.certainty,
        tuple((city.id, city.role) for city in entry.cities),
        tuple(theme.id for theme in entry.themes),
        entry.title if has_title else None,
    )


def check_timeline(
    world: World, subjects: Sequence[tuple[str, str]], f: Filters, *, any_: bool = False
) -> None:
    kb, named = world.open(), ["/".join(key) for key in subjects]
    answer = kb.timeline(*named, filters=f, any_=any_)
    f = f._replace(any_=f.any_ or any_)
    kept = [row for row in world.rows() if world.keeps(row, f, subjects, any_=any_)]
    assert Counter(map(of_answer, answer.results)) == Counter(
        of_row(row, f) for row in kept
    )
    assert in_order([entry.date for entry in answer.results])


def without(f: Filters, cities: Collection[str]) -> Filters:
    """The same question, none of the cities that it is of being in --with too."""
    others = [id_ for id_ in f.with_ if id_ not in cities]
    return f._replace(with_=others, any_=f.any_ and len(others) > 1)


@thorough
@given(worlds, filters(*EVERY))
def test_the_timeline_of_all(world: World, f: Filters) -> None:
    check_timeline(world, [], f)


@thorough
@given(worlds, st.sampled_from(CITIES), filters(*EVERY))
def test_the_timeline_of_a_city(world: World, city: str, f: Filters) -> None:
    f = without(f, [city])
    check_timeline(world, [("city", city)], f)


@thorough
@given(worlds, pairs, filters(*EVERY))
def test_the_timeline_between_two_cities(
    world: World, pair: list[str], f: Filters
) -> None:
    f = f._replace(with_=[], any_=False)
    check_timeline(world, [("city", city) for city in pair], f)


@thorough
@given(worlds, several, filters(*EVERY))
def test_the_timeline_between_any_two_of_several(
    world: World, cities: list[str], f: Filters
) -> None:
    f = without(f, cities)
    check_timeline(world, [("city", city) for city in cities], f)


@thorough
@given(worlds, st.data(), several, filters(*EVERY))
def test_the_timeline_of_any_of_several(
    world: World, data: st.DataObject, cities: list[str], f: Filters
) -> None:
    f = without(f, cities)
    ties = sorted(world.dataset.records["partnership"])
    some = (
        data.draw(st.lists(st.sampled_from(ties), unique=True, max_size=2))
        if ties
        else []
    )
    subjects = [("city", city) for city in cities] + [
        ("partnership", tie) for tie in some
    ]
    check_timeline(world, data.draw(st.permutations(subjects)), f, any_=True)


@thorough
@given(worlds, several)
def test_what_a_header_names_is_between_two_of_several(
    world: World, cities: list[str]
) -> None:
    answer = world.open().timeline(*cities)
    members = {
        record.id: {member.city for member in record.model.members} & set(cities)
        for record in world.all_of("partnership")
        if isinstance(record.model, Partnership)
    }
    named = [*answer.ties, *answer.networks]
    assert sorted(tie.id for tie in named) == sorted(
        id_ for id_, belonging in members.items() if len(belonging) > 1
    )
    assert all(world.tie(tie.id).kind in GATHERING_KINDS for tie in answer.networks)
    assert all(
        {city.id for city in tie.members} == members[tie.id] for tie in answer.networks
    )
    assert not any(world.tie(tie.id).kind in GATHERING_KINDS for tie in answer.ties)


def backwards(text: str) -> tuple[object, ...]:
    """By the last day that is written, the less exact first, which in reverse is last."""
    (first, _), (last, days) = ends_of(text)
    return (last, -days, first, text)


@thorough
@given(worlds, filters("theme", "year", "kind"))
def test_in_reverse_the_latest_come_first(world: World, f: Filters) -> None:
    kb = world.open()
    forward, reverse = kb.timeline(filters=f), kb.timeline(filters=f, reverse=True)
    assert Counter(reverse.results) == Counter(forward.results)
    texts = [entry.date for entry in reverse.results]
    dated = [text for text in texts if text]
    assert texts == sorted(dated, key=backwards, reverse=True) + [None] * (
        len(texts) - len(dated)
    )


@thorough
@given(worlds, st.integers(1, 12), st.booleans(), by, filters("theme", "year", "kind"))
def test_a_limit_keeps_the_first(
    world: World, limit: int, reverse: bool, by: str | None, f: Filters
) -> None:
    kb = world.open()
    whole = kb.timeline(filters=f, by=by, reverse=reverse)
    first = kb.timeline(filters=f, by=by, reverse=reverse, limit=limit)
    assert first.results == whole.results[:limit]
    assert first.more == len(whole.results) - len(first.results)


def groups_of(entry: TimelineEntry, by: str, cities: Sequence[str]) -> set[str | None]:
    """The ids of the groups that an entry belongs to."""
    if by == "decade":
        return {decade_of(entry.date)}
    ids = {theme.id for theme in entry.themes}
    if by == "city":
        known = {city.id for city in entry.cities}
        ids = known & set(cities) if len(cities) > 2 else known - set(cities)
    return {*ids} or {None}


def decade_of(text: str | None) -> str | None:
    if text is None:
        return None
    if text.startswith(("/", "..")):
        return "unknown"
    return f"{text.lstrip('[')[:3]}0s"


@thorough
@given(
    worlds,
    st.integers(0, 4),
    by.filter(bool),
    st.booleans(),
    filters("theme", "year", "kind"),
)
def test_grouped_it_tells_the_same(
    world: World, number: int, by: str, reverse: bool, f: Filters
) -> None:
    kb, cities = world.open(), CITIES[:number]
    plain = kb.timeline(*cities, filters=f, reverse=reverse).results
    grouped = kb.timeline(*cities, filters=f, reverse=reverse, by=by).results
    wanted = Counter(
        (entry, group) for entry in plain for group in groups_of(entry, by, cities)
    )
    ids = [entry.group.id if entry.group else None for entry in grouped]
    bare = [entry._replace(group=None) for entry in grouped]
    assert Counter(zip(bare, ids, strict=True)) == wanted
    shown = list(dict.fromkeys(ids))
    assert None not in shown[:-1], "what is of no group comes last"
    for group in shown:
        within = [entry for entry, id_ in zip(bare, ids, strict=True) if id_ == group]
        assert within == [
            entry for entry in plain if group in groups_of(entry, by, cities)
        ]
        assert ids[ids.index(group) :][: len(within)] == [group] * len(within)


@thorough
@given(worlds, st.data(), filters(*EVERY))
def test_the_timeline_of_a_partnership(
    world: World, data: st.DataObject, f: Filters
) -> None:
    ties = list(world.dataset.records["partnership"])
    if ties:
        check_timeline(world, [("partnership", data.draw(st.sampled_from(ties)))], f)


@thorough
@given(worlds, pairs, filters("theme", "year", "kind", "country", "status"))
def test_two_cities_and_with_are_the_same(
    world: World, pair: list[str], f: Filters
) -> None:
    a, b = pair
    kb = world.open()
    answer = kb.timeline(a, b, filters=f)
    for first, second in (pair, pair[::-1]):
        again = kb.timeline(f"city/{first}", filters=f._replace(with_=[second]))
        assert again.results == answer.results
        assert (again.ties, again.networks) == (answer.ties, answer.networks)
    both = [
        (record.id, record.model.kind)
        for record in world.all_of("partnership")
        if isinstance(record.model, Partnership)
        and {a, b} <= {member.city for member in record.model.members}
    ]
    assert sorted(tie.id for tie in answer.networks) == sorted(
        id_ for id_, kind in both if kind in GATHERING_KINDS
    )
    assert sorted(tie.id for tie in answer.ties) == sorted(
        id_ for id_, kind in both if kind not in GATHERING_KINDS
    )


# -- Lists --------------------------------------------------------------------


def themes_of(model: Partnership | Event) -> set[str]:
    """The themes that a record names, a paper's among them."""
    themes = set(model.themes or ())
    if isinstance(model, Partnership):
        themes |= {
            theme for paper in model.agreements or () for theme in paper.themes or ()
        }
    return themes


def keeps_record(world: World, record: Loaded, f: Filters) -> bool:
    model, with_, sides = record.model, False, False
    if isinstance(model, Partnership):
        cities, when = {member.city for member in model.members}, model.start
        is_of_status = world.has_status([record.id], f)
    else:
        assert isinstance(model, Event)
        cities, when = {city.city for city in model.cities or ()}, model.date
        cities |= {model.place} if model.place else set()
        is_of_status = True
        [entry] = entries_of(record)
        if is_several(with_groups(f)) and world.is_of_tie(entry, with_groups(f)):
            with_ = True
        sides = world.is_of_tie_with_sides(entry, f)
    organizations = {item.organization for item in model.organizations or ()}
    return (
        (not f.kind or model.kind in f.kind)
        and world.has_theme(themes_of(model), f)
        and (not f.organization or bool(organizations & set(f.organization)))
        and is_of_status
        and (with_ or has_with(cities, f))
        and world.has_place(cities - set(f.with_), f)
        and (sides or world.has_sides(cities, f))
        and in_time(when, f)
    )


def of_kinds(f: Filters, kinds: Sequence[str]) -> Filters:
    """The same question, of these kinds alone; a twinning makes sister cities."""
    meant = [
        "sister-city" if kind == "twinning" and kind not in kinds else kind
        for kind in f.kind
    ]
    return f._replace(kind=list(dict.fromkeys(kind for kind in meant if kind in kinds)))


@thorough
@given(worlds, filters(*EVERY))
def test_partnerships(world: World, f: Filters) -> None:
    if "twinning" in f.kind:
        twinning = world.open().list("partnerships", f._replace(kind=["twinning"]))
        sisters = world.open().list("partnerships", f._replace(kind=["sister-city"]))
        assert twinning == sisters
    f = of_kinds(f, TIE_KINDS)
    answer: Any = world.open().list("partnerships", f)
    wanted = {
        (record.id, world.status(record.id), certainty(world.tie(record.id).start, f))
        for record in world.all_of("partnership")
        if keeps_record(world, record, f)
    }
    assert {(row.id, row.status, row.certainty) for row in answer.results} == wanted
    assert len(answer.results) == len(wanted)
    assert in_order([row.start for row in answer.results])


@thorough
@given(worlds, filters(*(name for name in EVERY if name != "status")))
def test_events(world: World, f: Filters) -> None:
    f = of_kinds(f, EVENT_KINDS)
    answer: Any = world.open().list("events", f)
    wanted = {
        (record.id, certainty(record.model.date, f))
        for record in world.all_of("event")
        if isinstance(record.model, Event) and keeps_record(world, record, f)
    }
    assert {(row.id, row.certainty) for row in answer.results} == wanted
    assert len(answer.results) == len(wanted)
    assert in_order([row.date for row in answer.results])


@thorough
@given(worlds, filters("country", "region", "level", "with_", "between"))
def test_cities(world: World, f: Filters) -> None:
    answer: Any = world.open().list("cities", f)
    groups = [
        {member.city for member in record.model.members}
        for record in world.all_of("partnership")
        if isinstance(record.model, Partnership)
    ]

    def is_kept(city: str) -> bool:
        partners = {other for group in groups if city in group for other in group} - {
            city
        }
        is_across = any(world.has_sides([city, other], f) for other in partners)
        return (
            world.has_place([city], f)
            and has_with(partners, f)
            and (is_across or not f.between)
        )

    wanted = [
        (city, sum(city in group for group in groups))
        for city in CITIES
        if is_kept(city)
    ]
    assert [(row.id, row.ties) for row in answer.results] == sorted(wanted)


@thorough
@given(worlds, filters(*EVERY))
def test_agreements(world: World, f: Filters) -> None:
    f = of_kinds(f, (*PAPER_KINDS, *TIE_KINDS))
    answer: Any = world.open().list("agreements", f)
    wanted = Counter(
        (row.record.id, row.entry.title, row.entry.date, certainty(row.entry.date, f))
        for row in world.rows()
        if row.entry.kind == "agreement"
        and row.record.type == "partnership"
        and world.keeps(row, f, is_listed=True)
    )
    listed = [
        (row.record.id, row.title, row.signed, row.certainty) for row in answer.results
    ]
    assert Counter(listed) == wanted
    check_order_of_papers(answer.results)


def check_order_of_papers(papers: Sequence[AgreementRow]) -> None:
    """Dated ones in order; an undated one after the dated before it in its list, else
    last.
    """
    assert in_order([paper.signed for paper in papers if paper.signed])
    for number, paper in enumerate(papers):
        if paper.signed or paper.position is None:
            continue
        later = [
            other for other in papers[number + 1 :] if other.signed and other.position
        ]
        assert all((other.position or 0) > paper.position for other in later)
    last_dated = max((n for n, paper in enumerate(papers) if paper.signed), default=0)
    assert all(paper.signed or paper.position for paper in papers[:last_dated])


def test_a_span_that_is_turned_round_is_refused() -> None:
    kb = World(Dataset(())).open()
    with pytest.raises(UsageError):
        kb.timeline(filters=Filters(from_="1985", to="1955"))
