"""What rests on which source, against a second answer in plain Python, from the models.

The oracle asks `entries.evidence`, by which timelines cite, and counts with lists.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from support import examples, open_dataset

from citylinks import Filters
from citylinks.files.loader import Dataset, Loaded, Origin
from citylinks.model.entries import entry_sources
from citylinks.model.records import MODELS, Record
from citylinks.model.references import covers

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES: dict[str, str | None] = {
    "page": "primary", "paper": "press", "list": "secondary", "note": None, "unused": "press",
}  # fmt: skip
CITED = ("page", "paper", "list", "note")
FIELDS = (
    "start",
    "kind",
    "name",
    "members",
    "agreements",
    "agreements[0].signed",
    "date",
    "end",
)
TYPES = ("city", "partnership", "event")
PLURALS = ("cities", "partnerships", "events")

thorough = examples(30)


class Chance(Random):
    """Makes records of a few fields, with evidence of every form."""

    def some(self, values: tuple[str, ...], most: int) -> list[str]:
        return self.sample(values, self.randint(0, most))

    def cited(self) -> dict[str, Any]:
        citations = [{"source": id_} for id_ in self.some(CITED, 3)]
        limited = [
            {**citation, "fields": fields}
            if (fields := self.some(FIELDS, 2))
            else citation
            for citation in citations
        ]
        claims = [
            {
                "field": self.choice(FIELDS),
                "value": "1900",
                "source": self.choice(CITED),
            }
            for _ in range(self.choice((0, 0, 1, 2)))
        ]
        return {
            **({"sources": limited} if citations else {}),
            **({"claims": claims} if claims else {}),
        }

    def maybe(self, **fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if self.random() < 0.5}

    def city(self) -> dict[str, Any]:
        place = {"latitude": 1, "longitude": 2}
        known = self.maybe(country="FR", level="region", location=place)
        return {"name": "A", **known, **self.cited()}

    def tie(self) -> dict[str, Any]:
        papers = [self.paper() for _ in range(self.randint(0, 2))]
        return {
            "kind": "cooperation",
            "members": [{"city": "city-0"}, {"city": "city-1"}],
            **self.maybe(start="1959", end="2001"),
            **({"agreements": papers} if papers else {}),
            **self.cited(),
        }

    def paper(self) -> dict[str, Any]:
        own = self.some(CITED, 2)
        listed = self.maybe(listed={"source": "list", "position": 1}, signed="1959")
        return {"kind": "protocol", **listed, **({"sources": own} if own else {})}

    def event(self) -> dict[str, Any]:
        return {"title": "A", "date": "1959", "kind": "visit", **self.cited()}


def world_of(seed: int, size: int) -> Dataset:
    chance, dataset = Chance(seed), Dataset(())
    makers = dict(zip(TYPES, (chance.city, chance.tie, chance.event), strict=True))
    records: dict[str, dict[str, dict[str, Any]]] = {
        type_: {f"{type_}-{number}": make() for number in range(size)}
        for type_, make in makers.items()
    }
    records["source"] = {
        id_: {"title": id_, **({"kind": kind} if kind else {})}
        for id_, kind in SOURCES.items()
    }
    for type_, of_type in records.items():
        for id_, record in of_type.items():
            model = MODELS[type_].model_validate(record)
            dataset.records[type_][id_] = Loaded(
                type_, id_, model, Origin("", f"{id_}.yaml")
            )
    return dataset


worlds = st.builds(world_of, st.integers(0, 2**32 - 1), st.integers(0, 4))


class Cited(NamedTuple):
    """A record with its fields, each with its sources, and all that it cites."""

    record: Loaded
    fields: dict[str, tuple[str, ...]]
    sources: set[str]


def known(dataset: Dataset) -> list[Cited]:
    return [
        _cited(record)
        for type_ in TYPES
        for _, record in sorted(dataset.records[type_].items())
    ]


def _cited(record: Loaded) -> Cited:
    assert isinstance(record.model, Record)
    fields = dict(_fields(record.model))
    named = {source.source for source in record.model.sources or ()}
    return Cited(record, fields, named.union(*fields.values()))


def _fields(model: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    body = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    for name in model.model_fields_set - {"sources", "claims"}:
        value = vars(model)[name]
        if name not in {"agreements", "members"}:
            yield name, _ids(body, name, None)
            continue
        for number, part in enumerate(value):
            for key in part.model_fields_set - {"sources"}:
                path, own = f"{name}[{number}].{key}", part.sources
                yield (
                    path,
                    (part.listed.source,) if key == "listed" else _ids(body, path, own),
                )


def _ids(body: dict[str, Any], path: str, own: Any) -> tuple[str, ...]:
    return tuple(source.source for source in entry_sources(body, path, own))


@thorough
@given(worlds)
def test_coverage(dataset: Dataset) -> None:
    answer = open_dataset(dataset).evidence()
    records = known(dataset)
    assert bool(answer.results) == bool(records)
    for row in answer.results:
        for type_, plural in zip(TYPES, PLURALS, strict=True):
            of_type = [cited for cited in records if cited.record.type == type_]
            assert getattr(row, plural) == number(
                row.measure, row.key, type_, of_type
            ), row


def number(measure: str, key: str, type_: str, records: list[Cited]) -> int | None:
    if measure == "sources":
        return sum(called(len(cited.sources)) == key for cited in records)
    if measure == "fields":
        return sum(
            called(len(ids)) == key
            for cited in records
            for ids in cited.fields.values()
        )
    if measure == "best":
        return sum(best(cited.sources) == key for cited in records)
    if measure == "claims":
        return sum(len(vars(cited.record.model)["claims"] or ()) for cited in records)
    lacks = [missing(cited) for cited in records]
    may = {"date": "partnership", "coordinates": "city", "country": "city"}
    return sum(key in gaps for gaps in lacks) if may.get(key, type_) == type_ else None


def called(number: int) -> str:
    return ("none", "one", "several")[min(number, 2)]


def best(sources: set[str]) -> str | None:
    """Return the kind of the best source; one of an unknown kind may be primary."""
    kinds = {SOURCES[id_] or "unknown" for id_ in sources}
    return next(
        (k for k in ("primary", "unknown", "press", "secondary") if k in kinds), None
    )


def missing(cited: Cited) -> tuple[str, ...]:
    fields = vars(cited.record.model)
    gaps = [] if cited.sources else ["source"]
    if cited.record.type == "partnership" and fields["start"] is None:
        gaps.append("date")
    if cited.record.type == "city":
        gaps += ["coordinates"] * (fields["location"] is None)
        gaps += ["country"] * (
            fields["country"] is None and fields["level"] != "region"
        )
    return tuple(gaps)


@thorough
@given(worlds)
def test_sources(dataset: Dataset) -> None:
    uses = open_dataset(dataset).source_uses().results
    records = known(dataset)
    assert {use.id for use in uses} == set(SOURCES)
    assert list(uses) == sorted(uses, key=lambda use: (-use.records, use.id))
    for use in uses:
        resting = [cited for cited in records if use.id in cited.sources]
        fields = [
            ids for cited in resting for ids in cited.fields.values() if use.id in ids
        ]
        claims = [
            c for cited in records for c in vars(cited.record.model)["claims"] or ()
        ]
        assert use.kind == SOURCES[use.id]
        assert (use.cities, use.partnerships, use.events) == tuple(
            sum(cited.record.type == type_ for cited in resting) for type_ in TYPES
        )
        assert use.records == len(resting)
        assert use.alone == sum(len(cited.sources) == 1 for cited in resting)
        assert use.fields == len(fields)
        assert use.fields_alone == sum(len(ids) == 1 for ids in fields)
        assert use.claims == sum(claim.source == use.id for claim in claims)


@thorough
@given(worlds)
def test_conflicts(dataset: Dataset) -> None:
    listed = [
        (row.record.id, row.field, {source.id for source in row.sources}, row.source.id)
        for row in open_dataset(dataset).conflicts().results
    ]
    expected = [
        (
            cited.record.id,
            claim.field,
            {
                i
                for p, ids in cited.fields.items()
                if covers(claim.field, p)
                for i in ids
            },
            claim.source,
        )
        for type_ in sorted(TYPES)
        for cited in known(dataset)
        if cited.record.type == type_
        for claim in vars(cited.record.model)["claims"] or ()
    ]
    assert listed == expected


@thorough
@given(worlds, st.sets(st.sampled_from(["source", "date", "coordinates", "country"])))
def test_gaps(dataset: Dataset, wanted: set[str]) -> None:
    listed = {
        row.record.id: row.missing
        for row in open_dataset(dataset).gaps(missing=sorted(wanted)).results
    }
    lacks = {cited.record.id: missing(cited) for cited in known(dataset)}
    assert listed == {
        id_: gaps
        for id_, gaps in lacks.items()
        if gaps and (not wanted or wanted & set(gaps))
    }


@thorough
@given(worlds)
def test_one_record(dataset: Dataset) -> None:
    kb = open_dataset(dataset)
    for cited in known(dataset):
        rows = kb.evidence_of(f"{cited.record.type}/{cited.record.id}").results
        stated = {
            row.field: {s.id for s in row.sources}
            for row in rows
            if row.value is not None
        }
        assert stated == {path: set(ids) for path, ids in cited.fields.items()}
        claims = vars(cited.record.model)["claims"] or ()
        for row in rows:
            expected = [
                claim.source for claim in claims if covers(claim.field, row.field)
            ]
            assert [claim.source.id for claim in row.claims] == expected
        assert all(any(covers(c.field, row.field) for row in rows) for c in claims)


@thorough
@given(worlds)
def test_a_filter_chooses_the_records_that_are_counted(dataset: Dataset) -> None:
    kb = open_dataset(dataset)
    chosen = Filters(kind=["visit"])
    events = [row for row in kb.evidence(chosen).results if row.measure == "sources"]
    assert sum(row.events or 0 for row in events) == len(dataset.records["event"])
    assert not any(row.cities or row.partnerships for row in events)
    cited = {
        id_
        for item in known(dataset)
        if item.record.type == "event"
        for id_ in item.sources
    }
    claimed = {
        claim.source
        for record in dataset.records["event"].values()
        for claim in vars(record.model)["claims"] or ()
    }
    assert {use.id for use in kb.source_uses(chosen).results} == cited | claimed
