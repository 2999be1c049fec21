"""The world: a generated data set of any size, the same at every run.

At scale 1 it has 20,000 cities, 30,000 partnerships and 200,000 events. Each record is
written as text, not by a YAML library, so that making it is quick; each chunk has its
own generator.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.words import (
    AGREEMENTS,
    BILATERAL,
    COUNTRIES,
    EVENT_ROLES,
    EVENTS,
    GATHERING,
    LEVELS,
    MEMBER_ROLES,
    ORGANIZATION_KINDS,
    ORGANIZATION_ROLES,
    RARE,
    SCRIPTS,
    STATUSES,
    SYLLABLES,
    THEMES,
    WORDS,
    folded,
    native,
    prose,
)
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CITIES, TIES, EVENT_COUNT = 20_000, 30_000, 200_000
CITIES_A_FILE, TIES_A_FILE, EVENTS_A_FILE = 200, 300, 500
ORGANIZATION_COUNT, SOURCE_COUNT = 200, 100
LAST_YEAR = 2025  # in which anything has happened


class Place(NamedTuple):
    """A city before it is written, with its names in several languages."""

    id: str
    name: str
    own: str
    country: int
    others: dict[str, str]


class Tie(NamedTuple):
    """A partnership before it is written."""

    id: str
    kind: str
    members: tuple[str, ...]
    year: int
    end: int | None = None


class Chunk(NamedTuple):
    """The records of one bulk file, each an id and its text without the id."""

    folder: str
    name: str
    records: list[tuple[str, str]]


class World:
    """A data set of a scale; its texts are made when they are asked for."""

    def __init__(self, scale: float, seed: int = 1959) -> None:
        self.seed = seed
        self.places = self._places(max(2, round(CITIES * scale)))
        self.ties = self._ties(max(2, round(TIES * scale)))
        self.event_count = max(2, round(EVENT_COUNT * scale))

    @property
    def pair(self) -> tuple[str, str]:
        """Two cities with a past: much is told of each, and something of both."""
        return self.places[0].id, self.places[1].id

    @property
    def two_characters(self) -> str:
        """A name in two Chinese characters."""
        return self.places[0].own

    def chunks(self) -> Iterator[Chunk]:
        """Yield all records, in the pieces that are the files of the bulk form."""
        for start in range(0, len(self.places), CITIES_A_FILE):
            yield self._cities(start, min(start + CITIES_A_FILE, len(self.places)))
        for start in range(0, len(self.ties), TIES_A_FILE):
            yield self._partnerships(start, min(start + TIES_A_FILE, len(self.ties)))
        for start in range(0, self.event_count, EVENTS_A_FILE):
            yield self._events(start, min(start + EVENTS_A_FILE, self.event_count))

    def _random(self, *what: object) -> Random:
        return Random(" ".join(map(str, (self.seed, *what))))

    def _places(self, count: int) -> list[Place]:
        random, taken = self._random("places"), set[str]()
        found = [
            Place("aoyama", "Aoyama", "青山", 0, {}),
            Place("lunelle", "Lunelle", "Lunèlle", 1, {}),
        ]
        taken.update(place.id for place in found)
        names: list[set[str]] = [
            {"青山"},
            *(set() for _ in COUNTRIES[1:]),
        ]  # of each country
        while len(found) < count:
            country = len(found) // CITIES_A_FILE % len(COUNTRIES)
            parts = random.choices(SYLLABLES, k=random.randint(2, 4))
            plain = "".join(part[0] for part in parts)
            if plain in names[country]:
                continue
            names[country].add(plain)
            slug = _free(plain, taken)
            spelled = "".join(part[1] for part in parts).capitalize()
            lang = COUNTRIES[country].lang
            own = _new(random, lang, names[country]) if lang in SCRIPTS else spelled
            langs = random.sample(sorted(SCRIPTS.keys() - {lang}), k=2)
            others = {other: _new(random, other, names[country]) for other in langs}
            found.append(Place(slug, spelled, own, country, others))
        return found

    def _ties(self, count: int) -> list[Tie]:
        random, taken, pairs = self._random("ties"), set[str](), {frozenset(self.pair)}
        found = [Tie("-".join(self.pair), "sister-city", self.pair, 1959)]
        taken.add(found[0].id)
        while len(found) < count:
            home = self._near(random, len(found) / count)
            year = random.randint(1947, 2022)
            is_gathering = random.random() < 0.12
            kind = random.choice(GATHERING if is_gathering else BILATERAL)
            number = random.randint(3, 24) if is_gathering else 1
            others = [
                other
                for other in (self._far(random) for _ in range(number))
                if other != home
            ]
            members = tuple(dict.fromkeys((home, *(others or [self._next(home)]))))
            end = random.randint(year + 2, LAST_YEAR) if random.random() < 0.1 else None
            if not is_gathering and frozenset(members) in pairs:
                continue
            pairs.add(frozenset(members))
            name = (
                "-".join(random.sample(WORDS[8:], k=3))
                if is_gathering
                else "-".join(members)
            )
            found.append(Tie(_free(name, taken), kind, members, year, end))
        return found

    def _near(self, random: Random, share: float) -> str:
        """Return a city of the country that the file at this share is about."""
        start = int(share * len(self.places)) // CITIES_A_FILE * CITIES_A_FILE
        end = min(start + CITIES_A_FILE, len(self.places))
        return self.places[random.randrange(start, end)].id

    def _far(self, random: Random) -> str:
        """Return a city anywhere; the first ones have many friends."""
        return self.places[int(len(self.places) * random.random() ** 2)].id

    def _next(self, id_: str) -> str:
        return next(place.id for place in self.places if place.id != id_)

    # -- Cities ---------------------------------------------------------------

    def _cities(self, start: int, end: int) -> Chunk:
        random = self._random("cities", start)
        code = COUNTRIES[self.places[start].country].code.lower()
        records = [
            (self.places[no].id, self._city(random, no)) for no in range(start, end)
        ]
        return Chunk("cities", f"{code}-{start // CITIES_A_FILE:05}", records)

    def _city(self, random: Random, no: int) -> str:
        place = self.places[no]
        country = COUNTRIES[place.country]
        lines = [f"name: {place.name}", "names:", f"  {country.lang}: {place.own}"]
        lines += [f"  {lang}: {name}" for lang, name in place.others.items()]
        lines += _aliases(random, place) if random.random() < 0.4 else []
        lines += [f"level: {random.choice(LEVELS)}", f"country: {country.code}"]
        if random.random() < 0.6:
            lines.append(
                f"subdivision: {country.code}-{random.choice(country.subdivisions.split())}"
            )
        if no % CITIES_A_FILE > 20 and random.random() < 0.3:
            lines.append(
                f"part_of: {self.places[no // CITIES_A_FILE * CITIES_A_FILE].id}"
            )
        latitude, longitude = random.uniform(-60, 70), random.uniform(-180, 180)
        lines += [
            "location:",
            f"  latitude: {latitude:.5f}",
            f"  longitude: {longitude:.5f}",
        ]
        lines += [
            f"wikidata: Q{no * 4_000 + random.randint(60, 4_000)}",
            f"geonames: {random.randint(10, 10**7)}",
        ]
        if random.random() < 0.3:
            lines.append(
                f"website: https://www.{place.id}.example/en?lang=en&page=1#top"
            )
        if random.random() < 0.5:
            lines.append(f"summary: {folded(prose(random, 12, 30), '  ')}")
        lines += _counts(random, "population") if random.random() < 0.3 else []
        lines += _sources(random, ("name", "location", "wikidata"))
        return "\n".join(lines) + "\n"

    # -- Partnerships ---------------------------------------------------------

    def _partnerships(self, start: int, end: int) -> Chunk:
        random = self._random("ties", start)
        records = [
            (self.ties[no].id, self._tie(random, no)) for no in range(start, end)
        ]
        return Chunk(
            "partnerships",
            f"{self._country(start / len(self.ties))}-{start:07}",
            records,
        )

    def _country(self, share: float) -> str:
        place = self.places[int(share * len(self.places))]
        return COUNTRIES[place.country].code.lower()

    def _tie(self, random: Random, no: int) -> str:
        tie = self.ties[no]
        lines = []
        if tie.kind in GATHERING:
            lines.append(f"name: {tie.id.replace('-', ' ').title()}")
            lines += [
                "aliases:",
                f"  - {''.join(word[0] for word in tie.id.split('-')).upper()}",
            ]
        lines += [
            f"kind: {tie.kind}",
            *_members(random, tie),
            f"start: {moment(random, tie.year)}",
        ]
        if tie.end:
            lines.append(f"end: {moment(random, tie.end)}")
        lines += _status(random, tie) if not tie.end and random.random() < 0.3 else []
        lines.append(
            f"themes: [{', '.join(random.sample(THEMES, k=random.randint(1, 4)))}]"
        )
        lines += _agreements(random, tie)
        lines += _organizations(random) if random.random() < 0.4 else []
        if no % TIES_A_FILE > 5 and random.random() < 0.1:
            lines.append(f"part_of: {self.ties[no - 1 - no % 5].id}")
        lines += _parts(random, tie)
        lines.append(f"summary: {folded(prose(random, 18, 36), '  ')}")
        lines += _sources(random, ("kind", "start", "members"))
        lines += _claims(random, tie) if random.random() < 0.1 else []
        return "\n".join(lines) + "\n"

    # -- Events ---------------------------------------------------------------

    def _events(self, start: int, end: int) -> Chunk:
        random = self._random("events", start)
        records = [self._event(random, no) for no in range(start, end)]
        return Chunk(
            "events", f"{self._country(start / self.event_count)}-{start:07}", records
        )

    def _event(self, random: Random, no: int) -> tuple[str, str]:
        tie = self._tie_of(random, no)
        last = tie.end - 1 if tie.end else LAST_YEAR
        year = random.randint(tie.year + 1, min(tie.year + 40, last))
        kind = random.choice(EVENTS)
        host, *guests = random.sample(tie.members, k=min(len(tie.members), 3))
        lines = [f"title: {prose(random, 3, 6)[:-1]}", f"date: {when(random, year)}"]
        lines += [f"kind: {kind}", "cities:", f"  - {{city: {host}, role: host}}"]
        lines += [_guest(random, guest) for guest in guests]
        lines.append(f"partnerships: [{tie.id}]")
        lines += _organizations(random) if random.random() < 0.1 else []
        lines.append(
            f"themes: [{', '.join(random.sample(THEMES, k=random.randint(1, 3)))}]"
        )
        rare = f"{RARE.title()} first. " if no == self.event_count // 2 else ""
        lines.append(f"summary: {folded(rare + prose(random, 23, 36), '  ')}")
        if random.random() < 0.5:
            lines.append(f"place: {host}")
        if random.random() < 0.15:
            lines.append(
                f"attendance: {{cities: {len(tie.members)}, people: {random.randint(8, 999)}}}"
            )
        if tie.kind == "series":
            lines.append(f"series: {{id: {tie.id}, edition: {no % EVENTS_A_FILE + 1}}}")
        lines += _sources(random, ("date",))
        return f"{year}-{host}-{kind}-{no}", "\n".join(lines) + "\n"

    def _tie_of(self, random: Random, no: int) -> Tie:
        """Return the tie of an event; the first in reach of it are the liveliest."""
        reach = EVENTS_A_FILE * len(self.ties) // self.event_count
        first = no // EVENTS_A_FILE * reach
        at = first + int(reach * random.random() ** 1.2)
        return self.ties[min(at, len(self.ties) - 1)]

    # -- Vocabularies ---------------------------------------------------------

    def vocabularies(self) -> dict[str, str]:
        """Return the text of each vocabulary file by its name."""
        random = self._random("vocabularies")
        return {
            "themes.yaml": "".join(_theme(random, no) for no in range(len(THEMES))),
            "organizations.yaml": "".join(
                _organization(random, no) for no in range(ORGANIZATION_COUNT)
            ),
            "sources.yaml": "".join(_source(random, no) for no in range(SOURCE_COUNT)),
        }


# -- Dates ----------------------------------------------------------------


def moment(random: Random, year: int) -> str:
    """Return a date in that year, or about it, in any of the forms that a moment has."""
    month, day = random.randint(1, 12), random.randint(1, 28)
    shape = random.randrange(24)
    if shape < 10:
        return f"{year}-{month:02}-{day:02}"
    if shape < 14:
        return f"{year}-{month:02}"
    forms = (
        f"{year}", f"{year}", f"{year}-{random.randint(21, 24)}", f"{year // 10}X", f"{year}~",
        f"{year}?", f"{year}-{month:02}%", f"{year}-XX-XX", f"{year}-{month:02}-XX", f"{year}-XX",
    )  # fmt: skip
    return forms[shape - 14]


def when(random: Random, year: int) -> str:
    """Return a date as an event has it: a moment, or an interval of any form."""
    shape = random.randrange(40)
    if shape >= 6:
        return moment(random, year)
    month, day = random.randint(1, 11), random.randint(1, 25)
    forms = (
        f"{year}-{month:02}-{day:02}/{year}-{month:02}-{day + 3:02}",
        f"{year}-{month:02}/{year + 1}",
        f"{year}/..",
        f"../{year}",
        f"{year}/",
        f'"[{year}-{month:02}..{year}-{month + 1:02}]"',
    )
    return forms[shape]


# -- Parts of records -----------------------------------------------------


def _free(slug: str, taken: set[str]) -> str:
    """Return an id that is not yet taken, and take it."""
    found, number = slug, 2
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    taken.add(found)
    return found


def _new(random: Random, lang: str, taken: set[str]) -> str:
    """Return a name that is not taken yet, and take its folded form."""
    name = native(random, lang)
    while fold(name) in taken:
        name = native(random, lang)
    taken.add(fold(name))
    return name


def _aliases(random: Random, place: Place) -> list[str]:
    former = "".join(part[1] for part in random.choices(SYLLABLES, k=5)).capitalize()
    lines = ["aliases:", f"  - City of {place.name}"]
    if random.random() < 0.4:
        year = random.randint(1850, 1930)
        lines.append(
            f"  - {{name: {former}, lang: de, from: {year}, until: {year + 20}~}}"
        )
    return lines


def _source_id(random: Random) -> str:
    return f"page-{random.randrange(SOURCE_COUNT)}"


def _sources(random: Random, fields: Sequence[str]) -> list[str]:
    first = random.randrange(SOURCE_COUNT - 1)
    if random.random() < 0.85:
        return [f"sources: [page-{first}]"]
    lines = [
        "sources:",
        f"  - source: page-{first}",
        f"    fields: [{', '.join(fields)}]",
    ]
    if random.random() < 0.3:
        lines.append(f'    note: "as read in 2022: {prose(random, 3, 8)}"')
    return [*lines, f"  - page-{first + 1}"]


def _counts(random: Random, of: str) -> list[str]:
    year = random.randint(1960, LAST_YEAR)
    value, source = random.randint(1000, 10**7), _source_id(random)
    return [
        "counts:",
        f"  - {{of: {of}, value: {value}, date: {year}, sources: [{source}]}}",
    ]


def _claims(random: Random, tie: Tie) -> list[str]:
    source = _source_id(random)
    return ["claims:", f"  - {{field: start, value: {tie.year + 1}, source: {source}}}"]


def _members(random: Random, tie: Tie) -> list[str]:
    if len(tie.members) == 2:
        return [f"members: [{', '.join(tie.members)}]"]
    return ["members:", *(_member(random, city, tie.year) for city in tie.members)]


def _member(random: Random, city: str, year: int) -> str:
    shape = random.random()
    if shape < 0.5:
        return f"  - {city}"
    if shape < 0.7:
        return f"  - {{city: {city}, role: {random.choice(MEMBER_ROLES)}}}"
    joined = min(LAST_YEAR, year + random.randint(0, 4))
    left = f", until: {joined + random.randint(1, 9)}" if shape > 0.9 else ""
    return f"  - {{city: {city}, role: member, from: {joined}{left}}}"


def _status(random: Random, tie: Tie) -> list[str]:
    if random.random() < 0.5:
        return [f"status: {random.choice(STATUSES)}"]
    since = min(LAST_YEAR, tie.year + random.randint(1, 20))
    lines = ["status:", "  - {is: active, since: " + f"{tie.year}" + "}"]
    return [
        *lines,
        f"  - is: dormant\n    since: {since}~\n    reason: {prose(random, 6, 12)}",
    ]


def _agreements(random: Random, tie: Tie) -> list[str]:
    papers = [_agreement(random, tie) for _ in range(random.choice((0, 1, 1, 2, 3)))]
    return ["agreements:", *papers] if papers else []


def _agreement(random: Random, tie: Tie) -> str:
    year = random.randint(tie.year + 1, min(tie.year + 4, (tie.end or LAST_YEAR) - 1))
    lines = [
        f"  - kind: {random.choice(AGREEMENTS)}",
        f"    signed: {moment(random, year)}",
    ]
    if random.random() < 0.6:
        lines.append(f'    title: "Memorandum: {prose(random, 3, 7)}"')
    if random.random() < 0.3:
        lines.append(f"    expires: {random.randint(year + 1, year + 6)}")
    if random.random() < 0.2:
        lines.append(f"    parties: [{', '.join(tie.members[:2])}]")
    if random.random() < 0.5:
        lines.append(f"    themes: [{', '.join(random.sample(THEMES, k=2))}]")
    if random.random() < 0.2:
        lines.append(f"    summary: {folded(prose(random, 10, 20), '      ')}")
    if random.random() < 0.2:
        where = f"{{source: {_source_id(random)}, position: {random.randint(1, 30)}}}"
        lines.append(f"    listed: {where}")
    return "\n".join([*lines, f"    sources: [{_source_id(random)}]"])


def _organizations(random: Random) -> list[str]:
    number, role = (
        random.randrange(ORGANIZATION_COUNT),
        random.choice(ORGANIZATION_ROLES),
    )
    first = f"  - {{organization: organization-{number}, role: {role}}}"
    others = [f"  - organization-{(number + 7) % ORGANIZATION_COUNT}"]
    return ["organizations:", first, *(others if random.random() < 0.3 else [])]


def _parts(random: Random, tie: Tie) -> list[str]:
    """Return the fields that only some partnerships have."""
    lines = []
    if random.random() < 0.05:
        lines += [
            "pillars:",
            f"  - {{name: Pillar one, summary: {prose(random, 6, 10)}}}",
        ]
    if random.random() < 0.2:
        year = min(LAST_YEAR, tie.year + random.randint(1, 9))
        lines += ["outcomes:", f"  - summary: {prose(random, 8, 16)}\n    date: {year}"]
    if random.random() < 0.1:
        lines += _counts(random, "exchange students")
    if random.random() < 0.1:
        lines += ["contacts:", "  - {name: Renée Øst, role: international relations}"]
    if random.random() < 0.1:
        lines.append(f"website: https://ties.example/{tie.year}?id=%2F{tie.year}")
    return lines


def _guest(random: Random, city: str) -> str:
    shape = random.random()
    if shape < 0.5:
        return f"  - {city}"
    people = f", people: {random.randint(2, 60)}" if shape > 0.8 else ""
    return f"  - {{city: {city}, role: {random.choice(EVENT_ROLES)}{people}}}"


def _theme(random: Random, no: int) -> str:
    id_ = THEMES[no]
    lines = [f"{id_}:", f"  label: {id_.replace('-', ' ').capitalize()}"]
    lines += [f"  labels: {{ja: {native(random, 'ja')}, ru: {native(random, 'ru')}}}"]
    if no >= 10 and no % 3:
        lines.append(f"  broader: {THEMES[no % 10]}")
    if no % 4 == 0:
        lines.append(f"  sdgs: [{no % 17 + 1}]")
    return "\n".join(lines) + "\n"


def _organization(random: Random, no: int) -> str:
    name = prose(random, 2, 4)[:-1].title()
    lines = [
        f"organization-{no}:",
        f"  name: {name} Agency {no}",
        f"  aliases: [ORG{no}]",
    ]
    lines += [f"  kind: {random.choice(ORGANIZATION_KINDS)}"]
    lines += [
        f"  country: {random.choice(COUNTRIES).code}",
        f"  wikidata: Q{no + 1000}",
    ]
    return "\n".join(lines) + "\n"


def _source(random: Random, no: int) -> str:
    lines = [f"page-{no}:", f'  title: "Page {no}: {prose(random, 4, 9)}"']
    lines += [
        f"  publisher: {prose(random, 2, 4)}",
        f"  url: https://pages.example/{no}?x=%2F",
    ]
    lines += [f"  date: {moment(random, random.randint(1990, 2025))}", "  language: en"]
    return "\n".join(lines) + "\n"


# -- Writing --------------------------------------------------------------


def write_bulk(world: World, folder: Path) -> int:
    """Write many records a file, each with its id; return how many bytes."""
    size = _write_vocabularies(world, folder)
    for chunk in world.chunks():
        text = "".join(f"---\nid: {id_}\n{body}" for id_, body in chunk.records)
        size += _write(folder / chunk.folder / f"{chunk.name}.yaml", text)
    return size


def write_single(world: World, folder: Path) -> int:
    """Write one record a file, whose name is its id; return how many bytes."""
    size = _write_vocabularies(world, folder)
    for chunk in world.chunks():
        for id_, body in chunk.records:
            size += _write(folder / chunk.folder / f"{id_}.yaml", body)
    return size


def _write_vocabularies(world: World, folder: Path) -> int:
    for name in ("cities", "partnerships", "events"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return sum(
        _write(folder / name, text) for name, text in world.vocabularies().items()
    )


def _write(path: Path, text: str) -> int:
    return path.write_bytes(text.encode())
