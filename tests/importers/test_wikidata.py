"""`import wikidata`: what its JSON holds becomes, what is set aside, and what cannot be
read.
"""

from __future__ import annotations

import bz2
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from support import ROOT, call

from citylinks.geo import countries, wikidata_items
from citylinks.importers import ImportOptions
from citylinks.importers.rows import (
    CitedSource,
    DescribedCity,
    ImportedCity,
    ImportedPartnership,
    SetAside,
    UnreadableError,
)
from citylinks.importers.wikidata.adapter import read
from citylinks.importers.wikidata.values import StatedTime, stated_time
from citylinks.lint.rules import unknown_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DATASETS = ROOT.parent / "shared" / "datasets" / "wikidata-entities"
with_datasets = pytest.mark.skipif(
    not DATASETS.is_dir(),
    reason="the data sets of others are not beside the repository",
)
GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
JULIAN = "http://www.wikidata.org/entity/Q1985786"


# -- What the tests are written in -----------------------------------------------


def time(text: str, precision: int, calendar: str = GREGORIAN) -> dict[str, Any]:
    return {"time": text, "precision": precision, "calendarmodel": calendar}


def item(id_: str) -> dict[str, Any]:
    return {"entity-type": "item", "numeric-id": int(id_[1:]), "id": id_}


def snak(property_: str, value: Any, kind: str = "value") -> dict[str, Any]:
    base = {"snaktype": kind, "property": property_}
    return {**base, "datavalue": {"value": value}} if kind == "value" else base


def statement(
    property_: str, value: Any, kind: str = "value", **more: Any
) -> dict[str, Any]:
    """Return a statement; `P580=value` qualifies it, `None` with a value that is not
    known.
    """
    qualifiers = {
        key: [snak(key, content, "value" if content else "somevalue")]
        for key, content in more.items()
        if key.startswith("P")
    }
    return {
        "mainsnak": snak(property_, value, kind),
        "id": f"{property_}${json.dumps(value)[:40]}",
        "rank": more.get("rank", "normal"),
        "qualifiers": qualifiers,
        "references": more.get("references", []),
    }


def entity(id_: str, *claims: dict[str, Any], **labels: str) -> dict[str, Any]:
    by_property: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        by_property.setdefault(claim["mainsnak"]["property"], []).append(claim)
    return {
        "type": "item",
        "id": id_,
        "labels": {
            tag: {"language": tag, "value": text} for tag, text in labels.items()
        },
        "aliases": {},
        "claims": by_property,
    }


def twin(id_: str, **more: Any) -> dict[str, Any]:
    return statement("P190", item(id_), **more)


def rows_of(*files: Path) -> list[ImportedPartnership | DescribedCity | SetAside]:
    return list(read(files, ImportOptions()))


def written(folder: Path, *entities: dict[str, Any], name: str = "answer.json") -> Path:
    """Return a file as the API answers."""
    file = folder / name
    document = {"entities": {body["id"]: body for body in entities}, "success": 1}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def ties_of(rows: Iterable[object]) -> list[ImportedPartnership]:
    return [row for row in rows if isinstance(row, ImportedPartnership)]


def parties_of(rows: Iterable[object]) -> dict[str | None, ImportedCity]:
    return {
        row.city.wikidata: row.city for row in rows if isinstance(row, DescribedCity)
    }


def only_tie(folder: Path, *claims: dict[str, Any]) -> ImportedPartnership:
    (tie,) = ties_of(rows_of(written(folder, entity("Q1", *claims, en="Lyon"))))
    return tie


def only_party(folder: Path, *claims: dict[str, Any], **labels: str) -> ImportedCity:
    rows = rows_of(written(folder, entity("Q1", twin("Q2"), *claims, **labels)))
    return parties_of(rows)["Q1"]


# -- Times ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "edtf"),
    [
        ("+1953-00-00T00:00:00Z", 9, "1953"),
        ("+1953-01-01T00:00:00Z", 9, "1953"),
        ("+00000001953-00-00T00:00:00Z", 9, "1953"),
        ("+1953-04-00T00:00:00Z", 10, "1953-04"),
        ("+1953-04-07T00:00:00Z", 11, "1953-04-07"),
        ("+1953-04-07T12:30:00Z", 14, "1953-04-07"),
        ("+1953-04-00T00:00:00Z", 11, "1953-04"),
        ("+1953-00-00T00:00:00Z", 11, "1953"),
        ("+1950-00-00T00:00:00Z", 8, "195X"),
        ("+1953-00-00T00:00:00Z", 8, "195X"),
        ("+1953-00-00T00:00:00Z", 7, "19XX"),
        ("+1900-00-00T00:00:00Z", 7, "19XX"),
        ("+0987-06-05T00:00:00Z", 11, "0987-06-05"),
    ],
)
def test_a_time_has_its_precision(text: str, precision: int, edtf: str) -> None:
    assert stated_time(time(text, precision)).edtf == edtf


@pytest.mark.parametrize(
    ("text", "precision", "remark"),
    [
        ("-0044-03-15T00:00:00Z", 11, "the year -0044, which has no form here"),
        ("+12000-00-00T00:00:00Z", 9, "the year 12000, which has no form here"),
        ("+1000-00-00T00:00:00Z", 6, "only the millennium of 1000, or less"),
        ("+0050-00-00T00:00:00Z", 7, "00XX, which is not a date"),
        ("+1953-02-30T00:00:00Z", 11, "1953-02-30, which is not a date"),
        ("soon", 11, "a time that cannot be read"),
    ],
)
def test_what_has_no_form_is_told(text: str, precision: int, remark: str) -> None:
    assert stated_time(time(text, precision)) == StatedTime(None, remark)


def test_a_day_of_the_julian_calendar_is_the_same_day_of_the_gregorian() -> None:
    october = stated_time(time("+1917-10-25T00:00:00Z", 11, JULIAN))
    assert october == StatedTime("1917-11-07", "1917-10-25 of the Julian calendar")
    assert stated_time(time("+1500-02-29T00:00:00Z", 11, JULIAN)).edtf == "1500-03-10"
    assert stated_time(time("+1917-10-00T00:00:00Z", 10, JULIAN)) == StatedTime(
        "1917-10"
    )


def test_the_turn_of_a_century_is_told() -> None:
    assert stated_time(time("+1900-00-00T00:00:00Z", 7)).remark == (
        "the century of 1900, which Wikidata's own pages call the 19th"
    )
    assert stated_time(time("+1953-00-00T00:00:00Z", 7)).remark is None


# -- Statements -------------------------------------------------------------------


def test_a_statement_is_a_tie(tmp_path: Path) -> None:
    start, end = time("+1959-04-07T00:00:00Z", 11), time("+2011-00-00T00:00:00Z", 9)
    tie = only_tie(tmp_path, twin("Q2", P580=start, P582=end))
    assert tie.a == ImportedCity("Lyon", "Q1")
    assert tie.b == ImportedCity(None, "Q2")
    assert (tie.start, tie.end, tie.status, tie.kind) == (
        "1959-04-07",
        "2011",
        None,
        None,
    )
    assert tie.is_one_way
    assert tie.where.startswith("answer.json: P190$")


def test_an_end_that_is_not_known_is_an_end(tmp_path: Path) -> None:
    tie = only_tie(tmp_path, twin("Q2", P582=None))
    assert (tie.end, tie.status) == (None, "ended")
    assert tie.note == "Wikidata states that the partnership ended, but gives no date"


def test_no_end_is_no_end(tmp_path: Path) -> None:
    claim = twin("Q2")
    claim["qualifiers"] = {"P582": [snak("P582", None, "novalue")]}
    tie = only_tie(tmp_path, claim)
    assert (tie.end, tie.status, tie.note) == (None, None, None)


def test_a_point_in_time_is_no_start(tmp_path: Path) -> None:
    tie = only_tie(tmp_path, twin("Q2", P585=time("+1987-00-00T00:00:00Z", 9)))
    assert tie.start is None
    assert tie.note == "Wikidata states the partnership for 1987 (point in time)"


def test_of_several_starts_the_first_is_taken_and_the_others_told(
    tmp_path: Path,
) -> None:
    claim = twin("Q2")
    years = ("+1987-00-00T00:00:00Z", "+1991-00-00T00:00:00Z")
    claim["qualifiers"] = {"P580": [snak("P580", time(year, 9)) for year in years]}
    tie = only_tie(tmp_path, claim)
    assert (tie.start, tie.note) == ("1987", "Wikidata also gives as start: 1991")


def test_a_date_without_a_form_is_told_with_the_tie(tmp_path: Path) -> None:
    tie = only_tie(tmp_path, twin("Q2", P580=time("-0300-00-00T00:00:00Z", 9)))
    assert tie.start is None
    assert (
        tie.note
        == "Wikidata gives this as start: the year -0300, which has no form here"
    )


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (twin("Q2", rank="deprecated"), "deprecated"),
        (statement("P190", None, "somevalue"), "unknown value"),
        (statement("P190", None, "novalue"), "no value"),
        (
            statement("P190", {"entity-type": "property", "id": "P17"}),
            "not a Wikidata item",
        ),
        (statement("P190", "Yokohama"), "not a Wikidata item"),
    ],
)
def test_what_is_no_tie_is_set_aside(
    tmp_path: Path, claim: dict[str, Any], why: str
) -> None:
    rows = rows_of(written(tmp_path, entity("Q1", claim, twin("Q3"), en="Lyon")))
    (aside,) = (row for row in rows if isinstance(row, SetAside))
    assert why in aside.why
    assert [tie.b.wikidata for tie in ties_of(rows)] == ["Q3"]


def test_preferred_and_normal_statements_are_both_taken(tmp_path: Path) -> None:
    rows = rows_of(
        written(tmp_path, entity("Q1", twin("Q2", rank="preferred"), twin("Q3")))
    )
    assert [tie.b.wikidata for tie in ties_of(rows)] == ["Q2", "Q3"]


# -- Places -----------------------------------------------------------------------


def test_who_is_named_is_described_where_it_stands(tmp_path: Path) -> None:
    """Before, after or in another file, with ties of its own or without; nobody else
    is.
    """
    first = written(
        tmp_path,
        entity("Q5", en="Cebu"),
        entity("Q1", twin("Q2"), twin("Q5"), en="Lyon"),
    )
    second = written(
        tmp_path,
        entity("Q9", en="Nowhere"),
        entity("Q2", en="Yokohama"),
        name="other.json",
    )
    rows = rows_of(first, second)
    assert {id_: party.name for id_, party in parties_of(rows).items()} == {
        "Q1": "Lyon", "Q2": "Yokohama", "Q5": "Cebu",
    }  # fmt: skip
    assert {tie.b for tie in ties_of(rows)} == {
        ImportedCity(None, "Q2"),
        ImportedCity(None, "Q5"),
    }


def test_names_are_those_of_few_languages_and_its_own(tmp_path: Path) -> None:
    own = statement("P1705", {"text": "Łódź", "language": "pl"})
    party = only_party(
        tmp_path, own, en="Lodz", de="Lodz", fr="Łódź", pl="x", ceb="Lodz (dakbayan)"
    )
    assert party.name == "Lodz"
    assert dict(party.names) == {"fr": "Łódź", "pl": "Łódź"}


def test_names_are_also_those_of_its_country(tmp_path: Path) -> None:
    finland = statement("P17", item("Q33"))
    labels = {"en": "Turku", "fi": "Turku", "sv": "Åbo", "et": "Turu"}
    assert dict(only_party(tmp_path, finland, **labels).names) == {"sv": "Åbo"}


@pytest.mark.parametrize(
    ("labels", "name", "names"),
    [
        ({"mul": "Lyon", "fr": "Lyon"}, "Lyon", {}),
        ({"fr": "Lyon"}, "Lyon", {"fr": "Lyon"}),
        ({"ceb": "Lyon", "af": "Lyons"}, "Lyons", {}),
        ({"en": " ", "ja": "横浜市"}, "横浜市", {"ja": "横浜市"}),
        ({}, None, {}),
    ],
)
def test_a_name_where_there_is_no_english_one(
    tmp_path: Path, labels: dict[str, str], name: str | None, names: dict[str, str]
) -> None:
    party = only_party(tmp_path, **labels)
    assert (party.name, dict(party.names)) == (name, names)


def test_languages_have_the_tags_of_bcp_47(tmp_path: Path) -> None:
    names = [("Züri", "als"), ("x", "mul"), ("y", "zxx")]
    own = [statement("P1448", {"text": text, "language": tag}) for text, tag in names]
    assert dict(only_party(tmp_path, *own, en="Zurich").names) == {"gsw": "Züri"}


def test_aliases_are_of_the_same_languages_and_once(tmp_path: Path) -> None:
    lyon = entity("Q1", twin("Q2"), en="Lyon", fr="Lyon")
    lyon["aliases"] = {
        "en": [{"value": "Lyons"}, {"value": "Lyon"}],
        "fr": [{"value": "Lugdunum"}, {"value": "Lyons"}],
        "af": [{"value": "Lion"}],
    }
    party = parties_of(rows_of(written(tmp_path, lyon)))["Q1"]
    assert party.aliases == (("Lyons", "en"), ("Lugdunum", "fr"))


FRANCE, GERMANY, SOVIET_UNION = item("Q142"), item("Q183"), item("Q15180")
ENDED = time("+1991-12-26T00:00:00Z", 11)


@pytest.mark.parametrize(
    ("claims", "country"),
    [
        ([statement("P17", FRANCE)], "FR"),
        ([statement("P17", FRANCE, P582=ENDED), statement("P17", GERMANY)], "DE"),
        ([statement("P17", FRANCE), statement("P17", GERMANY, rank="preferred")], "DE"),
        (
            [statement("P17", FRANCE, rank="deprecated"), statement("P17", GERMANY)],
            "DE",
        ),
        ([statement("P17", SOVIET_UNION), statement("P17", GERMANY)], "DE"),
        ([statement("P17", SOVIET_UNION)], "SU"),
        ([statement("P17", SOVIET_UNION, P582=None)], None),
        ([statement("P17", item("Q29999"))], "NL"),
        ([statement("P17", item("Q23681"))], "Q23681"),
        ([statement("P17", None, "somevalue")], None),
        ([], None),
    ],
)
def test_the_country_is_that_of_today(
    tmp_path: Path, claims: list[dict[str, Any]], country: str | None
) -> None:
    assert only_party(tmp_path, *claims, en="Lyon").country == country


def test_several_countries_are_none_and_told(tmp_path: Path) -> None:
    claims = [statement("P17", FRANCE), statement("P17", GERMANY), twin("Q2")]
    rows = rows_of(written(tmp_path, entity("Q1", *claims, en="Kehl")))
    assert parties_of(rows)["Q1"].country is None
    assert [tie.note for tie in ties_of(rows)] == [
        "Wikidata gives Kehl several countries: FR, DE"
    ]


@pytest.mark.parametrize(
    ("value", "location"),
    [
        ({"latitude": 50.983333333333, "longitude": 11.3166666667, "precision": 1 / 3600},
         (50.9833, 11.3167)),
        ({"latitude": 52.016666666667, "longitude": 8.5333333333, "precision": 1 / 60},
         (52.02, 8.53)),
        ({"latitude": -4, "longitude": 15.3, "precision": None}, (-4, 15.3)),
        ({"latitude": 4, "longitude": 15, "precision": 1}, (4, 15)),
        ({"latitude": 4, "longitude": 15, "globe": "http://www.wikidata.org/entity/Q405"}, None),
        ({"latitude": 94, "longitude": 15}, None),
        ({"latitude": None, "longitude": 15}, None),
    ],
)  # fmt: skip
def test_a_point_has_the_digits_of_its_precision(
    tmp_path: Path, value: dict[str, Any], location: tuple[float, float] | None
) -> None:
    assert only_party(tmp_path, statement("P625", value)).location == location


@pytest.mark.parametrize(
    ("classes", "level"),
    [
        (["Q1549591", "Q515"], "city"),
        (["Q50337"], "prefecture"),
        (["Q1221156", "Q1549591"], None),
        (["Q532"], None),
    ],
)
def test_the_level_is_that_of_plain_classes(
    tmp_path: Path, classes: list[str], level: str | None
) -> None:
    claims = [statement("P31", item(class_)) for class_ in classes]
    assert only_party(tmp_path, *claims).level == level


def test_of_several_ids_in_geonames_none_is_taken(tmp_path: Path) -> None:
    first, second = statement("P1566", "2996944"), statement("P1566", "2996943")
    assert only_party(tmp_path, first).geonames == "2996944"
    assert only_party(tmp_path, first, second).geonames is None


def test_every_country_of_the_house_has_its_item() -> None:
    codes = set(wikidata_items._codes_by_item().values()) - {"XK"}
    assert sorted(codes) == [country.code for country in countries.all_countries()]


def test_languages_of_countries_are_of_iso_639() -> None:
    for code, tags in wikidata_items._languages_by_code().items():
        assert code == "XK" or countries.get_country(code)
        assert not [tag for tag in tags if unknown_language.find_problem(tag)]


# -- Sources ----------------------------------------------------------------------


def reference(**snaks: Any) -> dict[str, Any]:
    return {"snaks": {key: [snak(key, value)] for key, value in snaks.items()}}


def test_references_are_sources(tmp_path: Path) -> None:
    title = {"text": "Villes jumelées", "language": "fr"}
    read_on = time("+2018-08-06T00:00:00Z", 11)
    tie = only_tie(
        tmp_path,
        twin(
            "Q2",
            references=[
                reference(
                    P854="https://www.lyon.fr/jumelages/", P1476=title, P813=read_on
                ),
                reference(P854="https://www.lyon.fr/jumelages/"),
                reference(P854="ftp://lyon.fr/"),
                reference(P854="see the town hall"),
                reference(P143=item("Q8447")),
                reference(P813=read_on),
            ],
        ),
    )
    assert tie.sources == (
        CitedSource("Villes jumelées", "https://www.lyon.fr/jumelages/", language="fr"),
        CitedSource("lyon.fr/jumelages", "https://www.lyon.fr/jumelages/"),
        CitedSource("lyon.fr", "ftp://lyon.fr/"),
    )


def test_a_work_has_its_title_where_a_file_has_it(tmp_path: Path) -> None:
    claims = [
        twin("Q2", references=[reference(P248=item(work))]) for work in ("Q7", "Q8")
    ]
    atlas = entity("Q7", en="Atlas of twin towns")
    rows = rows_of(written(tmp_path, entity("Q1", *claims, en="Lyon"), atlas))
    assert [tie.sources for tie in ties_of(rows)] == [
        (CitedSource("Atlas of twin towns", "https://www.wikidata.org/wiki/Q7"),),
        (CitedSource("Wikidata item Q8", "https://www.wikidata.org/wiki/Q8"),),
    ]
    assert list(parties_of(rows)) == ["Q1"]


# -- Forms of a file --------------------------------------------------------------

LYON = entity("Q1", twin("Q2"), en="Lyon")
YOKOHAMA = entity("Q2", twin("Q1"), en="Yokohama")
FORMS = {
    "an answer": json.dumps({"entities": {"Q1": LYON, "Q2": YOKOHAMA}}),
    "an answer, indented": json.dumps({"success": 1, "entities": {"Q1": LYON, "Q2": YOKOHAMA}},
                                      indent=1),
    "a dump": f"[\n{json.dumps(LYON)},\n{json.dumps(YOKOHAMA)}\n]\n",
    "a dump, compact": f"[\n{json.dumps(LYON, separators=(',', ':'))},\n{json.dumps(YOKOHAMA)}\n]",
    "a dump, closed on its last line": f"[\n{json.dumps(LYON)},\n{json.dumps(YOKOHAMA)}]",
    "lines": f"{json.dumps(LYON)}\n\n{json.dumps(YOKOHAMA)}\n",
    "an array": json.dumps([LYON, YOKOHAMA]),
    "an array, indented": json.dumps([LYON, YOKOHAMA], indent=2),
    "a byte-order mark": "\ufeff" + json.dumps({"entities": {"Q1": LYON, "Q2": YOKOHAMA}}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(tmp_path: Path, form: str) -> None:
    file = tmp_path / "form.json"
    file.write_text(FORMS[form], encoding="utf-8")
    rows = rows_of(file)
    assert [(tie.a, tie.b) for tie in ties_of(rows)] == [
        (ImportedCity("Lyon", "Q1"), ImportedCity(None, "Q2")),
        (ImportedCity("Yokohama", "Q2"), ImportedCity(None, "Q1")),
    ]
    assert list(parties_of(rows)) == ["Q1", "Q2"]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_entity_alone(tmp_path: Path, indent: int | None) -> None:
    file = tmp_path / "Q1.json"
    file.write_text(json.dumps(LYON, indent=indent), encoding="utf-8")
    assert [tie.b.wikidata for tie in ties_of(rows_of(file))] == ["Q2"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_packed_whatever_it_is_called(tmp_path: Path, pack: Any) -> None:
    file = tmp_path / "dump.json"
    file.write_bytes(pack(FORMS["a dump"].encode()))
    assert len(ties_of(rows_of(file))) == 2


def test_a_line_says_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "dump.json"
    file.write_text(FORMS["a dump"], encoding="utf-8")
    assert [tie.where.split(": ")[0] for tie in ties_of(rows_of(file))] == [
        "dump.json:2", "dump.json:3",
    ]  # fmt: skip


def test_what_is_no_item_is_passed_over_among_items(tmp_path: Path) -> None:
    others = [
        {"type": "property", "id": "P190", "labels": {}, "claims": {}},
        {"type": "lexeme", "id": "L7", "lemmas": {}},
        {"id": "Q404", "missing": ""},
        {"entity": "Q3", "redirect": "Q1"},
    ]
    file = tmp_path / "lines.json"
    file.write_text("\n".join(map(json.dumps, [*others, LYON])), encoding="utf-8")
    assert len(ties_of(rows_of(file))) == 1


def test_the_forms_of_2013(tmp_path: Path) -> None:
    file = tmp_path / "2013.json"
    partner = {"entity-type": "item", "numeric-id": 38283}
    old = {
        "label": {"en": "Lyon", "ja": ["リヨン"]},
        "description": [],
        "aliases": {"en": ["Lyons"], "fr": []},
        "entity": ["item", 456],
        "claims": [
            {
                "m": ["value", 190, "wikibase-entityid", partner],
                "q": [["value", 580, "time", time("+00000001959-04-07T00:00:00Z", 11)]],
                "g": "q456$1",
                "rank": 1,
                "refs": [[["value", 854, "string", "http://www.lyon.fr/"]]],
            },
            {"m": ["somevalue", 190], "q": [], "g": "q456$2", "rank": 1, "refs": []},
            {"m": ["value", 190, "wikibase-entityid", partner], "q": [], "rank": 0, "refs": []},
            {"m": ["value", 17, "wikibase-entityid", {"entity-type": "item", "numeric-id": 142}],
             "q": [], "g": "q456$3", "rank": 1, "refs": []},
        ],
    }  # fmt: skip
    plain = {
        "id": "q38283", "type": "item", "labels": {"en": "Yokohama"}, "aliases": [],
        "claims": {"p190": []},
    }  # fmt: skip
    empty = {"id": "q3", "type": "item", "labels": [], "aliases": [], "claims": []}
    file.write_text("\n".join(map(json.dumps, (old, plain, empty))), encoding="utf-8")
    rows = rows_of(file)
    (tie,) = ties_of(rows)
    assert (tie.where, tie.start) == ("2013.json:1: q456$1", "1959-04-07")
    assert tie.sources == (CitedSource("lyon.fr", "http://www.lyon.fr/"),)
    assert [
        "unknown value" in row.why for row in rows if isinstance(row, SetAside)
    ] == [
        True,
        False,
    ]
    lyon = parties_of(rows)["Q456"]
    assert (lyon.name, lyon.country) == ("Lyon", "FR")
    assert (lyon.names, lyon.aliases) == ((("ja", "リヨン"),), (("Lyons", "en"),))
    assert parties_of(rows)["Q38283"].name == "Yokohama"


# -- Results of queries -----------------------------------------------------------

ENTITY = "http://www.wikidata.org/entity/"


def uri(id_: str) -> dict[str, str]:
    return {"type": "uri", "value": f"{ENTITY}{id_}"}


def literal(text: str, **more: str) -> dict[str, str]:
    return {"type": "literal", "value": text, **more}


def queried(folder: Path, *rows: dict[str, Any], names: Iterable[str] = ()) -> Path:
    file = folder / "query.json"
    columns = list(names) or list(dict.fromkeys(name for row in rows for name in row))
    result = {"head": {"vars": columns}, "results": {"bindings": rows}}
    file.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return file


def test_a_row_of_a_query_is_a_tie(tmp_path: Path) -> None:
    row = {
        "item": uri("Q456"),
        "itemLabel": literal("Lyon", **{"xml:lang": "en"}),
        "country": uri("Q142"),
        "coord": literal("Point(4.84139 45.7589)"),
        "partner": uri("Q38283"),
        "partnerLabel": literal("横浜市", **{"xml:lang": "ja"}),
        "partnerCountryLabel": literal("Japon"),
        "start": literal("1959-04-07T00:00:00Z"),
        "statement": uri("statement/q456-1"),
    }
    (tie,) = ties_of(rows_of(queried(tmp_path, row)))
    assert tie.a == ImportedCity("Lyon", "Q456", "FR", location=(45.7589, 4.84139))
    assert tie.b == ImportedCity("横浜市", "Q38283", "Japon", names=(("ja", "横浜市"),))
    assert (tie.start, tie.end, tie.is_one_way) == ("1959-04-07", None, True)
    assert tie.where == "query.json: row 1 (q456-1)"


@pytest.mark.parametrize(
    "names",
    [
        ("item", "partner", "country"),
        ("country", "partner", "item"),
        ("a", "b", "country"),
        ("city1", "city2", "country1"),
        ("ville", "jumelle", "country"),
        ("villeCountry", "ville", "jumelle"),
    ],
)
def test_columns_are_found_whatever_they_are_called(
    tmp_path: Path, names: list[str]
) -> None:
    ids = iter(("Q456", "Q38283"))
    row = {
        name: uri("Q142" if "ountry" in name else next(ids))
        for name in (reversed(names) if names[0] == "country" else names)
    }
    (tie,) = ties_of(rows_of(queried(tmp_path, row, names=names)))
    assert (tie.a.wikidata, tie.a.country, tie.b.wikidata) == ("Q456", "FR", "Q38283")


def test_each_end_has_its_own_columns(tmp_path: Path) -> None:
    row = {
        "city1": uri("Q456"), "city2": uri("Q38283"),
        "country1": literal("FR"), "country2": literal("JP"),
        "city1Label": literal("Lyon"), "city2Label": literal("Q38283"),
    }  # fmt: skip
    (tie,) = ties_of(rows_of(queried(tmp_path, row)))
    assert tie.a == ImportedCity("Lyon", "Q456", "FR")
    assert tie.b == ImportedCity(None, "Q38283", "JP")


@pytest.mark.parametrize(
    ("text", "precision", "edtf"),
    [
        ("1953-01-01T00:00:00Z", None, "1953"),
        ("1953-04-01T00:00:00Z", None, "1953-04"),
        ("1953-04-07T00:00:00Z", None, "1953-04-07"),
        ("1953-01-01T00:00:00Z", 11, "1953-01-01"),
        ("1950-01-01T00:00:00Z", 8, "195X"),
        ("1953", None, "1953"),
        ("1953-04", None, "1953-04"),
        ("http://www.wikidata.org/.well-known/genid/ab12", None, None),
    ],
)
def test_a_time_of_a_query_is_never_finer_than_it_was(
    tmp_path: Path, text: str, precision: int | None, edtf: str | None
) -> None:
    row = {"item": uri("Q1"), "partner": uri("Q2"), "start": literal(text)}
    row |= {"startPrecision": literal(str(precision))} if precision else {}
    (tie,) = ties_of(rows_of(queried(tmp_path, row)))
    assert tie.start == edtf


def test_rows_that_are_no_tie_are_set_aside(tmp_path: Path) -> None:
    good = {"item": uri("Q1"), "partner": uri("Q2")}
    rows = rows_of(
        queried(
            tmp_path,
            {**good, "end": literal("t123")},
            {
                **good,
                "rank": {
                    "type": "uri",
                    "value": "http://wikiba.se/ontology#DeprecatedRank",
                },
            },
            {"item": uri("Q1"), "partner": {"type": "bnode", "value": "t9"}},
            {"item": uri("Q1")},
            {"item": uri("Q1"), "partner": literal("Yokohama")},
            *[good] * 2,
        )
    )
    assert [row.status for row in ties_of(rows)] == ["ended", None, None]
    assert [row.why for row in rows if isinstance(row, SetAside)] == [
        "Wikidata has set the statement to deprecated: it is known to be wrong",
        "Wikidata states a partner, but not which (unknown value)",
        "there is nothing in ?partner",
        "'Yokohama' in ?partner is not a Wikidata item",
    ]


def test_more_rows_than_are_looked_at(tmp_path: Path) -> None:
    rows = [
        {"item": uri("Q1"), "partner": uri(f"Q{number}")} for number in range(2, 252)
    ]
    ties = ties_of(rows_of(queried(tmp_path, *rows)))
    assert [tie.b.wikidata for tie in ties] == [
        f"Q{number}" for number in range(2, 252)
    ]
    assert ties[-1].where == "query.json: row 250"


def test_the_plain_rows_that_the_query_service_offers(tmp_path: Path) -> None:
    file = tmp_path / "query.json"
    row = {"item": f"{ENTITY}Q456", "itemLabel": "Lyon", "partner": f"{ENTITY}Q38283"}
    file.write_text(json.dumps([row]), encoding="utf-8")
    (tie,) = ties_of(rows_of(file))
    assert (tie.a.name, tie.b.wikidata) == ("Lyon", "Q38283")


def test_a_query_without_rows_is_no_mistake(tmp_path: Path) -> None:
    assert rows_of(queried(tmp_path, names=("item", "partner"))) == []


# -- What cannot be read ----------------------------------------------------------

ORLEANS = json.dumps(entity("Q1", twin("Q2"), en="Orléans"), ensure_ascii=False)
CUT = FORMS["an answer, indented"][:700]
PROPERTY = {"type": "property", "id": "P190", "claims": {}}
BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", ": it is empty"),
    "blanks": (b" \n\n", ": it is empty"),
    "HTML": (b"<!DOCTYPE html>\n<html>", ":1: this is HTML or XML, not JSON"),
    "a table": (b"a,b\nQ1,Q2\n", ":1: this is not JSON"),
    "UTF-16": ("{}".encode("utf-16"), ":1: this is UTF-16"),
    "Latin-1": (ORLEANS.encode("latin-1"), ":1: this is not UTF-8"),
    "a broken line": (
        f"[\n{json.dumps(LYON)},\n{json.dumps(YOKOHAMA)[:-9]},\n{{\"a\"}}\n]".encode(),
        ":3: the JSON is broken at column",
    ),
    "a dump cut at a line": (f"[\n{json.dumps(LYON)},\n".encode(), ":2: the list"),
    "a document cut short": (
        CUT.encode(), f":{CUT.count(chr(10)) + 1}: the JSON is broken: premature EOF",
    ),
    "a broken document": (b'{\n"entities": {\n"Q1": {"id": }\n}}', ":3: the JSON is broken"),
    "a packed file cut short": (
        gzip.compress(FORMS["a dump"].encode() * 900)[:900], "ends too early",
    ),
    "a damaged packed file": (
        gzip.compress(FORMS["a dump"].encode())[:40] + b"x" * 200, "the gzip file is damaged",
    ),
    "a zip": (b"PK\x03\x04rest", ":1: this is a spreadsheet or a zip archive; unpack it"),
    "UTF-16 without a mark": ("[{}]".encode("utf-16-le"), ":1: this is UTF-16"),
    "UTF-32": ('{"a": 1}'.encode("utf-32"), ":1: this is UTF-16"),
    "bzip2 cut short": (bz2.compress(b'{"id": "Q1"}\n' * 9000)[:-9], "ends too early"),
    "no UTF-8 in a document": (b'[\n["\xff"]]', ":2: this is not UTF-8; save the file"),
    "brackets": (b"[" * 100_000, ":1: lists and objects are nested more than 100 deep"),
    "objects": (b'{"a":' * 100_000, ":1: lists and objects are nested more than 100 deep"),
    "objects in lists": (b'[{"a":' * 100_000, ":1: lists and objects are nested"),
    "a deep entity": (
        b'{"entities": {"Q1":\n' + b'{"a":' * 100_000, ":2: lists and objects are nested",
    ),
    "a deep row": (
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [\n' + b"[" * 100_000,
        ":2: lists and objects are nested more than 100 deep",
    ),
    "a deep line": (
        b'{"id": "Q1", "claims": {"P190": []}}\n{"id": "Q2", "P190": ' + b"[" * 50_000,
        ":2: lists and objects are nested more than 100 deep",
    ),
    "deep and packed": (gzip.compress(b"[" * 100_000), ":1: lists and objects are nested"),
    "many digits in a line": (
        b'{"id": "Q1", "P190": ' + b"7" * 1_000_000 + b"}", ":1: a number has more than 500",
    ),
    "many digits": (b"[\n" + b"7" * 1_000_000 + b"]", "a number has more than 500 digits"),
    "a number that is none": (
        b'{"id": "Q1", "P190": NaN}', ":1: NaN is not a JSON number; write null where",
    ),
    "half a character in a line": (
        b'{"id": "Q1", "P190": "\\ud83d"}', ":1: \\ud83d is half of a character",
    ),
    "half a character": (b'[\n{"a": "\\ud83d"}]', ":2: \\ud83d is half of a character"),
    "a key twice in a line": (
        b'{"id": "Q1", "P190": {"a": 1, "a": 2}}', ":1: the key 'a' is given twice in one object",
    ),
    "a key twice": (b'[{"b": [],\n"a": 1, "a": 2}]', ":2: the key 'a' is given twice in one"),
    "a long text": (b'["' + b"x" * 17_000_000, ": a value is longer than 16 MiB"),
    "a long line": (b'{"id": "Q1", "P190": "' + b"x" * 17_000_000, ":1: the line is longer than"),
    "blanks without end": (b"[" + b" " * 17_000_000, ": a value is longer than 16 MiB"),
    "variables that are none": (b'{"vars": [[1]]}\n{"a": 1}\n', "no two columns of items"),
    "a property": (json.dumps(PROPERTY).encode(), "nor a row of a query: P190 is a property"),
    "a redirect": (
        json.dumps({"entities": {"Q3": {"entity": "Q3", "redirect": "Q1"}}}).encode(),
        "Q3 was merged into Q1",
    ),
    "a missing item": (
        json.dumps({"entities": {"Q404": {"id": "Q404", "missing": ""}}}).encode(),
        "Q404 does not exist",
    ),
    "an error of the API": (b'{\n"error": {"code": "no-such-entity"}}', "no two columns"),
    "statements that are none": (
        json.dumps({"id": "Q1", "claims": {"P190": [5]}}).encode(),
        ":1: Q1 does not have the form of a Wikidata entity",
    ),
    "numbers": (b"[1, 2]", "neither an entity nor a row"),
    "no items in rows": (
        b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"value": "y"}}]}}',
        "they have x",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    content, message = BROKEN[name]
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        rows_of(file)
    assert str(caught.value).startswith(str(file))
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


ODD: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**30, "", "\u202e\x1b\0", "9" * 5000, "٣", [], [[]], ["x"], {},
    {"value": None}, {"id": []}, [{"mainsnak": None}], {"x": {"y": []}},
)  # fmt: skip


def ways(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value within a value."""
    yield before
    inside = value if isinstance(value, dict) else {}
    inside = dict(enumerate(value)) if isinstance(value, list) else inside
    for step, inner in inside.items():
        yield from ways(inner, (*before, step))


def put(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """Return a value with another one at a place in it."""
    if not way:
        return new
    copied = value.copy()
    copied[way[0]] = put(value[way[0]], way[1:], new)
    return copied


BINDING = {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
           "partner": {"type": "uri", "value": "http://www.wikidata.org/entity/Q2"},
           "start": {"value": "1959-04-07T00:00:00Z"}, "precision": {"value": "11"}}  # fmt: skip
WHOLE: dict[str, Any] = {
    "an entity": LYON,
    "an answer": {"entities": {"Q1": LYON}},
    "a query": {"head": {"vars": ["item"]}, "results": {"bindings": [BINDING]}},
    "rows": [BINDING],
}


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_whatever_stands_in_place_of_a_value_is_read_or_told(
    tmp_path: Path, whole: Any
) -> None:
    file = tmp_path / "odd.json"
    refusals = []
    for way in ways(whole):
        for odd in ODD:
            file.write_text(json.dumps(put(whole, way, odd)), encoding="utf-8")
            try:
                rows_of(file)
            except UnreadableError as error:
                refusals.append(str(error).removeprefix(str(file)))
    assert refusals
    assert max(map(len, refusals)) < 400
    assert not [refusal for refusal in refusals if "attribute" in refusal]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read: No such file"):
        rows_of(tmp_path / "none.json")


# -- The whole way ----------------------------------------------------------------


def test_what_comes_in_is_sound_and_comes_in_once(tmp_path: Path) -> None:
    france, kosovo = statement("P17", FRANCE), statement("P17", item("Q1246"))
    sources = [reference(P854="http://localhost/x"), reference(P248=item("Q7"))]
    lyon = entity(
        "Q1",
        twin("Q2", P580=time("+1959-04-07T00:00:00Z", 11), references=sources),
        twin("Q3", P580=time("+1950-00-00T00:00:00Z", 8), P582=None),
        twin("Q4", P580=time("+2090-00-00T00:00:00Z", 9)),
        twin("Q4", rank="deprecated"),
        statement("P190", None, "somevalue"),
        france,
        statement("P1705", {"text": "Liy\u200eon", "language": "not a tag"}),
        statement("P625", {"latitude": -1e-9, "longitude": 4.8, "precision": 1e-9}),
        en="Lyon",
        ar="\u202bليون\u202c",
    )
    back = twin("Q1", P580=time("+1959-00-00T00:00:00Z", 9))
    file = written(tmp_path, lyon, entity("Q2", back, kosovo, en="Yokohama"))
    into = tmp_path / "into"
    printed = call(f"citylinks import wikidata {file} --into {into}")
    assert "! citylinks: 6 rows: 3 taken, 1 merged, 2 set aside\n" in printed
    assert "no problems" in call(f"citylinks validate --data {into} --ignore CL406")
    stated = json.loads(
        call(f"citylinks list partnerships --data {into} --format json")
    )
    assert {row["id"]: (row["start"], row["status"]) for row in stated["results"]} == {
        "lyon-yokohama": ("1959-04-07", None),
        "lyon-q3": ("195X", "ended"),
        "lyon-q4": (None, None),
    }
    again = call(f"citylinks import wikidata {file} --into {into}")
    assert "! citylinks: 6 rows: 0 taken, 4 merged, 2 set aside\n" in again


def test_nothing_is_written_of_what_cannot_be_read(tmp_path: Path) -> None:
    good = written(tmp_path, LYON)
    bad = tmp_path / "page.json"
    bad.write_text("<html></html>", encoding="utf-8")
    printed = call(f"citylinks import wikidata {good} {bad} --into {tmp_path / 'into'}")
    assert f"! citylinks: {bad}:1: this is HTML" in printed
    assert printed.endswith("? 2\n")
    assert not (tmp_path / "into").exists()


# -- Entities of Wikidata itself --------------------------------------------------


@with_datasets
def test_weimar_to_the_day() -> None:
    rows = rows_of(DATASETS / "Q3955-weimar.json")
    assert {tie.b.wikidata: tie.start for tie in ties_of(rows)} == {
        "Q160927": "1995-02-18",
        "Q202158": "1970-09-06",
        "Q2751": "1994-04-15",
        "Q3138": "1987-05-24",
        "Q145972": "2012-05-25",
    }
    weimar = parties_of(rows)["Q3955"]
    assert weimar[:4] == ("Weimar", "Q3955", "DE", "city")
    assert weimar.location == (50.9833, 11.3167)
    assert dict(weimar.names)["ja"] == "ヴァイマル"


@with_datasets
def test_bielefeld_to_the_year() -> None:
    rows = rows_of(DATASETS / "Q2112-bielefeld.json")
    starts = [tie.start for tie in ties_of(rows)]
    assert starts == [None, "1953", "1958", "1973", "1980", "1987", "1991", "1995"]
    bielefeld = parties_of(rows)["Q2112"]
    assert bielefeld[:4] == ("Bielefeld", "Q2112", "DE", "city")
    assert bielefeld.geonames == "3221125"
    assert ("Leineweberstadt", "de") in bielefeld.aliases


@with_datasets
def test_both_come_in(tmp_path: Path) -> None:
    files = " ".join(map(str, sorted(DATASETS.glob("*.json"))))
    printed = call(f"citylinks import wikidata {files} --into {tmp_path / 'into'}")
    assert "! citylinks: 13 rows: 13 taken, 0 merged, 0 set aside\n" in printed
    assert "no problems" in call(
        f"citylinks validate --data {tmp_path / 'into'} --ignore CL406"
    )
